"""Makes the handbook: `python -m handbook.build OUT`, with the pictures of a folder; `make handbook` types it.

Comes in: handbook/pages and pictures in {nl,en}/NAME.png. Goes out: a folder that a browser opens without a network,
whole or not at all, the same bytes each time. It refuses a page without its translation, a link that leads nowhere
and a picture that is not there.
"""

import argparse
import logging
import shutil
import sys
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from handbook.links import BadLink
from handbook.records import shown
from handbook.sources import LANGUAGES, PAGES, ROOT

SUMS = "SHA256SUMS"  # what was built and nothing else: .ci/bundle/make.py takes what stands in it
CONFIG = ROOT / "handbook" / "mkdocs.yml"
# One grey point, where a test says that it needs no real picture.
_POINT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)


class Unlike(Exception):
    """The languages have not the same pages."""


def pages(language: str) -> set[str]:
    """The pages of a language by their path below it."""
    return {
        path.relative_to(PAGES / language).as_posix() for path in PAGES.glob(f"{language}/**/*.md")
    }


def stand_in(folder: Path) -> None:
    """A point for each picture that is named: for tests that look at no picture."""
    for language in LANGUAGES:
        (folder / language).mkdir(parents=True, exist_ok=True)
        for name in shown(language):
            (folder / language / f"{name}.png").write_bytes(_POINT)


def check(pictures: Path) -> None:
    """Refuse what MkDocs would pass over in silence."""
    both = [pages(language) for language in LANGUAGES]
    if alone := both[0] ^ both[1]:
        raise Unlike(f"in one language only: {', '.join(sorted(alone))}")
    gone = [
        f"{language}/{name}.png"
        for language in LANGUAGES
        for name in sorted(shown(language))
        if not (pictures / language / f"{name}.png").is_file()
    ]
    if gone:
        raise Unlike(f"pictures that are not there: {', '.join(gone)}")


def listed(folder: Path) -> Iterator[str]:
    """A line for each file, as `sha256sum` writes it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digits = sha256(path.read_bytes()).hexdigest()
            yield f"{digits}  {path.relative_to(folder).as_posix()}\n"


def make(out: Path, pictures: Path) -> None:
    """Build into a folder beside, and put it in its place when all is right."""
    part = out.with_name(f".{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    config = load_config(str(CONFIG), site_dir=str(part))
    config.extra["pictures"] = str(pictures)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    (part / SUMS).write_text("".join(listed(part)), "ascii")
    shutil.rmtree(out, ignore_errors=True)
    part.rename(out)


def main(argv: list[str]) -> int:
    """Build, and say where it lies; 1 with a sentence when it cannot be built."""
    parser = argparse.ArgumentParser(description="Make the handbook.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--pictures", type=Path, default=ROOT / "var" / "pictures")
    parser.add_argument("--stand-in", action="store_true", help="a grey point for each picture")
    given = parser.parse_args(argv)
    out, folder = given.out.absolute(), given.pictures.absolute()
    logging.basicConfig(level=logging.WARNING, format="balie: %(message)s")
    try:
        if given.stand_in:
            stand_in(folder)
        check(folder)
        make(out, folder)
    except (Unlike, BadLink, MkDocsException) as error:
        sys.stderr.write(f"balie: {error}\nhint: change what is named, then type make handbook\n")
        return 1
    sys.stdout.write(f"handbook  {given.out}/index.html\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
