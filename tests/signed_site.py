"""A small site as its desk signed it, and our app that serves it: what the tests of the two verifiers spoil."""

import json
import os
import shutil
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from desk.wire import manifest
from desk.wire.board import build
from desk.wire.manifest import Built
from overrides.frame import headers as records
from overrides.press import header_formats
from tests import spoiler, stores, trusted
from tests.board_samples import BOARD_SEED, heading
from tests.spoiler import Host

TODAY = datetime.now(UTC).date()  # of the clock: the small verifier has no other
SOURCE = "ab" * 20
FORMS = ("/nl/write/", "/en/write/")
BESIDE = {"SHA256SUMS", "manifests.jsonl", "board.bin"}
_PAGE = (
    '<!doctype html><link rel="stylesheet" href="/assets/x1/site.css"><p>{0}<a href="/nl/">x</a>'
)
TEXTS = {
    **{f"{name}index.html": _PAGE.format(name) for name in ("", "nl/", "en/", "nl/m/x/")},
    **{f"{at[1:]}index.html": _PAGE.format(at) for at in FORMS},
    **{f"nl/p/{number}/index.html": _PAGE.format(number) for number in range(13)},
    # Where nothing is, in signs that a request cannot have as they are.
    "nl/door/index.html": '<a href="/nl/café/">x</a><a href="/a b?c">x</a><a href="/%ff"><a href="http://[x">x</a>',
    "404.html": _PAGE.format("not here"),
    "assets/x1/site.css": "p { margin: 0 }\n",
    "assets/x1/write.js": "'use strict';\n",
    "assets/x1/icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    "data/places.csv": "a,b\n",
    "data/law.yml": "a: 1\n",
    "nl/search.json": "[]\n",
    "nl/cards/card.pdf": "%PDF-1.7\n",
    "nl/sound/door.mp3": "ID3\n",
    "sitemap.xml": "<urlset/>\n",
    "settings.yml": "name: Balie\n",
}


def sums_of(site: Path) -> bytes:
    """The list of a folder, as `desk sign` takes it."""
    found = {one.relative_to(site).as_posix(): one for one in site.rglob("*") if one.is_file()}
    paths = sorted(found.keys() - BESIDE - {"_headers"})
    return "".join(
        f"{sha256(found[path].read_bytes()).hexdigest()}  {path}\n" for path in paths
    ).encode("ascii")


@dataclass(frozen=True)
class SignedSite:
    """A deployment of our app in `folder`, and its address; `practice` as its site key is."""

    folder: Path
    address: str
    practice: bool
    source: str = SOURCE

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def sign(
        self, issued: date = TODAY, *, log: bytes | None = None, seed: bytes = trusted.SITE_SEED
    ) -> bytes:
        """Put up the list of what stands there now, and the log with one line more; returns the log."""
        octets = sums_of(self.site)
        built = Built(self.practice, self.address, self.source)
        (self.site / "SHA256SUMS").write_bytes(octets)
        before = b"" if log is None else log
        longer = manifest.sign(before, manifest.follow(before, built, octets, issued), seed)
        (self.site / "manifests.jsonl").write_bytes(longer)
        return longer

    def say(self) -> None:
        """Put up what the build says of itself, as the manifest says it."""
        built = {"practice": self.practice, "site_url": self.address, "source": self.source}
        path = self.site / "built.json"
        path.unlink(missing_ok=True)  # it may be one more name of another site's
        path.write_text(json.dumps(built, separators=(",", ":")), "ascii")

    def board(self, number: int = 7) -> None:
        """Put up a board of the test key."""
        days = heading(epoch=number, published=TODAY, next_board=TODAY + timedelta(days=7))
        made = build.build([], [], heading=days, board_seed=BOARD_SEED, rng=os.urandom)
        (self.site / "board.bin").write_bytes(made.octets)


def write(
    folder: Path, address: str, *, practice: bool = False, source: str = SOURCE
) -> SignedSite:
    """Write the site, its headers, its key list and a log of two lines."""
    for path, text in TEXTS.items():
        (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / path).write_text(text, "utf-8")
    record = header_formats.to_json(records.of_site(address, list(FORMS)))
    keys = trusted.key_list(practice=practice)
    for path in ("site/headers.json", "site.headers.json"):
        (folder / path).write_text(record, "utf-8")
    for path in ("site/keys.json", "keys.json"):
        (folder / path).write_text(keys, "ascii")
    made = SignedSite(folder, address, practice, source)
    made.say()
    made.board()
    made.sign(log=made.sign())
    return made


def watching(path: Path, *, practice: bool = False) -> Path:
    """Make the folder of a machine that watches."""
    path.mkdir()
    trusted.half(path, practice=practice)
    return path


@dataclass(frozen=True)
class Served:
    """A signed site, and the host that stands before it."""

    site: SignedSite
    host: Host

    @property
    def address(self) -> str:
        return self.site.address


@contextmanager
def behind(
    made: SignedSite,
    port: int,
    context: ssl.SSLContext | None = None,
    machines: tuple[str, ...] = spoiler.MACHINES,
) -> Iterator[Served]:
    """Serve what was written with our app behind a host for the time of the block; under TLS with a `context`."""
    deployment = stores.Deployment(made.site, made.folder / "keys.json")
    store = f"files:{made.folder / 'drop'}"
    with stores.serve(deployment, store, made.folder / "said") as server:
        host = Host(server.port, machines)
        with spoiler.running(host, port, context):
            yield Served(made, host)


@contextmanager
def served(folder: Path, *, practice: bool = False, source: str = SOURCE) -> Iterator[Served]:
    """Write the site and serve it for the time of the block."""
    port = stores.free_port()
    made = write(folder, f"http://127.0.0.1:{port}", practice=practice, source=source)
    with behind(made, port) as found:
        yield found


@contextmanager
def spoilt(*paths: Path) -> Iterator[None]:
    """What stood in these files, or that they were not there, is so again after the block."""
    kept = {path: path.read_bytes() if path.exists() else None for path in paths}
    try:
        yield
    finally:
        for path, octets in kept.items():
            if octets is not None:
                path.write_bytes(octets)
            elif path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
