"""Small sites with a list of their files, and logs of manifests, for the tests of what signs and carries them."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.folder import part_of
from desk.keys import manifests, secret_keys
from desk.wire import envelope, manifest
from overrides.frame import sums
from tests.samples import CHEAP
from tests.site import SITE_SEED, key_list, put_practice_key

DAY = date(2026, 12, 1)
LATER = DAY + timedelta(days=30)
URL = "https://desk.example"
WORDS = "alpha bravo charlie delta echo foxtrot golf"
OTHER_SEED = b"o" * 32  # of another site key


def write_list(site: Path, *, practice: bool = False, url: str = URL, source: str = "") -> None:
    """Say of a folder what it was built of, and list its files."""
    built = {"practice": practice, "site_url": url, "source": source}
    (site / "built.json").write_text(json.dumps(built, separators=(",", ":")), "utf-8")
    (site / sums.NAME).unlink(missing_ok=True)
    sums.write(site)


def sign(site: Path, seed: bytes = SITE_SEED, day: date = DAY) -> bytes:
    """Put one more line under the log of a site, with what it holds now; returns the log."""
    path = site / manifest.NAME
    log = path.read_bytes() if path.exists() else b""
    built = manifest.read_built((site / "built.json").read_bytes())
    made = manifest.follow(log, built, (site / sums.NAME).read_bytes(), day)
    octets = manifest.sign(log, made, seed)
    path.write_bytes(octets)
    return octets


def put_key(folder: Path, seed: bytes = SITE_SEED, *, practice: bool = False) -> Path:
    """A site key of a known seed and its public half, on the stick `folder`."""
    folder.mkdir(exist_ok=True)
    put_practice_key(folder, seed, practice=practice)
    public = secret_keys.public_of("site", seed)
    key = secret_keys.SecretKey(
        "site", envelope.key_id(public), "2026-10-01", public, practice, seed
    )
    return secret_keys.write(key, folder, None if practice else WORDS, CHEAP)


def make_site(folder: Path, seed: bytes = SITE_SEED, **told: object) -> Path:
    """A site of three files."""
    folder.mkdir()
    practice = bool(told.get("practice"))
    (folder / "keys.json").write_text(key_list(seed=seed, practice=practice), "utf-8")
    (folder / "index.html").write_text("<p>1", "utf-8")
    write_list(folder, **told)  # type: ignore[arg-type]
    return folder


def real_key(tmp_path: Path) -> Path:
    """A real site key on a stick."""
    return put_key(tmp_path / "keys")


def real_site(tmp_path: Path) -> Path:
    """A real site."""
    return make_site(tmp_path / "site", source="ab" * 20)


def change(site: Path, text: str = "<p>2") -> None:
    """A later build of the site, in a folder of its own."""
    part_of(site / manifest.NAME).unlink(missing_ok=True)
    (site / "index.html").write_text(text, "utf-8")
    write_list(site, source="cd" * 20)


def signed(site: Path, key: Path, day: date = DAY, after: Path | None = None) -> list[str]:
    """Look and sign, with the right words; returns what was shown before them."""
    draft = manifests.draft(site, key, after, day, told=True)
    manifests.sign(draft, key, lambda _: WORDS)
    return list(draft.lines)


def refused(site: Path, key: Path, day: date = DAY, **more: object) -> DeskError:
    """The refusal of a site that is looked at; nothing is written anywhere by it."""
    given = {"after": None, "told": True} | more
    before = {path: path.read_bytes() for path in site.parent.rglob("*") if path.is_file()}
    with pytest.raises(DeskError) as found:
        manifests.draft(site, key, today=day, **given)  # type: ignore[arg-type]
    after = {path: path.read_bytes() for path in site.parent.rglob("*") if path.is_file()}
    assert before == after
    assert found.value.hint
    return found.value


def log_of(site: Path, seed: bytes = SITE_SEED) -> manifest.Log:
    public = secret_keys.public_of("site", seed)
    return manifest.parse_log((site / manifest.NAME).read_bytes(), public)
