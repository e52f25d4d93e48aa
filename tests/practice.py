"""A practice desk for the browser tests: keys by the desk's own commands, the built site, the app."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests import stores
from tests.site import LANGUAGES

REPO = stores.REPO
_MODULES = (
    "import sys; from desk.cli import main; status = main(sys.argv[1:]); "
    "print(status, *sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
)
_FEW = """
import sys
from pathlib import Path
from overrides.press.build import build
from overrides.press.order import Order
from tests.site import few
settings, keys, out = map(Path, sys.argv[1:4])
build(Order(settings, keys, out, **few(out.with_name("few"), *sys.argv[4:])))
"""
AWAY = "<!doctype html><title>weather</title><p>weather"  # where the exit leads to in tests


def desk(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a desk command in a process of its own."""
    return _python("-m", "desk", *arguments, **options)


def _python(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, arguments)]
    given = {"cwd": REPO, "capture_output": True, "text": True, "check": False} | options
    return subprocess.run(command, **given)  # type: ignore[no-any-return]


def loaded_by(*arguments: object, **options: Any) -> set[str]:
    """First names of all modules in the process of a desk command, at its end."""
    done = _python("-c", _MODULES, *arguments, **options)
    status, *names = done.stderr.splitlines()[-1].split()
    assert status == "0", done.stderr
    return set(names)


def make_key(folder: Path, use: str, first: str = "2026-10-01", last: str = "2099-12-31") -> Path:
    """Make a practice key; returns its secret file."""
    days = ("--not-before", first, "--not-after", last)
    before = set(folder.glob(f"{use}-*.key"))
    made = desk("key", "new", use, "--practice", "--out", folder, *days)
    assert made.returncode == 0, made.stderr
    (secret,) = set(folder.glob(f"{use}-*.key")) - before
    return secret


def publish(folder: Path, today: str = "2026-11-22") -> str:
    """Sign the list of all public halves in the folder, as on that day; returns its text."""
    (site_key,) = folder.glob("site-*.key")
    out = folder / "keys.json"
    out.unlink(missing_ok=True)
    done = desk(
        "key", "publish", "--keys", folder, "--site-key", site_key, "--out", out, "--today", today
    )
    assert done.returncode == 0, done.stderr
    return out.read_text("utf-8")


@dataclass(frozen=True)
class Practice:
    """Files of a practice desk: the built site, the key list, the secret intake key, the file store."""

    folder: Path
    secret: Path
    keys: Path
    site: Path
    drop: Path

    @property
    def deployment(self) -> stores.Deployment:
        return stores.Deployment(self.site, self.keys)

    def names(self) -> set[str]:
        """Names of all objects in the file store."""
        folder = self.drop / "in"
        return {path.name for path in folder.iterdir()} if folder.is_dir() else set()

    def complaints(self, *paths: Path, secret: Path | None = None) -> list[dict[str, Any]]:
        """What `desk open --json` reads from these files, or from the whole store."""
        opened = desk("open", *(paths or (self.drop,)), "--key", secret or self.secret, "--json")
        assert opened.returncode == 0, opened.stderr
        return [json.loads(line)["complaint"] for line in opened.stdout.splitlines()]


# Other ways as a desk fills them in: what stands in them is read from left to right in every language.
CONTACT = {
    "telephone": {"nl": "020 123 45 67", "ar": "020 123 45 67، من 09:00-17:00"},
    "post": {"nl": "Postbus 12, 1000 AB Amsterdam", "ar": "Postbus 12, 1000 AB Amsterdam"},
    "visit": {"nl": "Damrak 1-3, 1012 LG Amsterdam", "ar": "في 12 (Damrak 1-3, 1012 LG Amsterdam)"},
}


def _contact(codes: Sequence[str]) -> list[dict[str, Any]]:
    """Every language has a text of its own, or the Dutch one."""
    return [
        {
            "kind": kind,
            "verified_live": None,
            "text": {code: said.get(code, said["nl"]) for code in codes},
        }
        for kind, said in CONTACT.items()
    ]


def _settings(out: Path, exit_url: str, codes: Sequence[str] = LANGUAGES) -> Path:
    settings = yaml.safe_load((REPO / "settings.practice.yml").read_text("utf-8"))
    chosen = out.with_name("settings.yml")
    chosen.write_text(
        yaml.safe_dump(settings | {"exit_url": exit_url, "contact": _contact(codes)}), "utf-8"
    )
    return chosen


def build_site(keys: Path, out: Path, exit_url: str) -> None:
    """Build the practice site in a process of its own, leaving to `exit_url`."""
    chosen = _settings(out, exit_url)
    command = [sys.executable, "-m", "overrides.press", "--settings", chosen, "--keys", keys]
    done = subprocess.run(
        [*map(str, command), "--out", str(out)],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def build_few(keys: Path, out: Path, exit_url: str, *codes: str) -> None:
    """Build such a site of these languages alone."""
    chosen = _settings(out, exit_url, codes)
    done = _python("-c", _FEW, chosen, keys, out, *codes)
    assert done.returncode == 0, done.stderr


def make_practice(folder: Path, exit_url: str) -> Practice:
    """Make keys, key list and site."""
    make_key(folder / "keys-of-practice", "intake")
    make_key(folder / "keys-of-practice", "board")
    make_key(folder / "keys-of-practice", "site")
    publish(folder / "keys-of-practice")
    build_site(folder / "keys-of-practice" / "keys.json", folder / "site", exit_url)
    return practice_in(folder)


def practice_in(folder: Path) -> Practice:
    """What `make_practice` made there."""
    (secret,) = (folder / "keys-of-practice").glob("intake-*.key")
    return Practice(folder, secret, secret.with_name("keys.json"), folder / "site", folder / "drop")


def moved(whole: Path, folder: Path, exit_url: str) -> None:
    """Copy keys and site of another folder; the exit leads to `exit_url`, and nothing else is another."""
    old = yaml.safe_load((whole / "settings.yml").read_text("utf-8"))["exit_url"].encode("ascii")
    for name in ("keys-of-practice", "site"):
        shutil.copytree(whole / name, folder / name)
    shutil.copyfile(whole / "site.headers.json", folder / "site.headers.json")
    if old != exit_url.encode("ascii"):
        for path in (folder / "site").rglob("*.html"):
            path.write_bytes(path.read_bytes().replace(old, exit_url.encode("ascii")))


@contextmanager
def running(
    practice: Practice, store: str = "", env: dict[str, str] | None = None
) -> Iterator[str]:
    """Run the app on a free port for the time of the block; gives its address."""
    chosen = store or f"files:{practice.drop}"
    written = practice.folder / "server.log"
    with stores.serve(practice.deployment, chosen, written, env) as server:
        yield f"http://127.0.0.1:{server.port}"
    assert server.output() == b"", "the app wrote something"
