"""The pictures of the handbook, of screens that run: `python -m handbook.pictures OUT`; `make pictures` types it.

Comes in: handbook/pictures.yml. Goes out: OUT/{nl,en}/NAME.png, all anew, the same bytes each time. A record whose
element is not there stops it, and leaves what was there before.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from handbook import palette, records, screens
from handbook.camera import WAIT_MS, Camera
from handbook.records import HOUSES, Picture, Unlike
from handbook.sources import LANGUAGES

SHELL = "chromium-headless-shell"
WINDOWS = {"desk": (880, 900), "site": (420, 900)}  # of a laptop and of a telephone, in pixels
_LOCALES = {"nl": "nl-NL", "en": "en-GB"}
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    # Else the edges of what is drawn again over an older drawing come out a shade darker, now and then.
    "--disable-partial-raster",
    "--num-raster-threads=1",
]


def _browser(playwright: Playwright) -> Browser:
    program = shutil.which(SHELL)
    if program is None:
        raise Unlike(f"there is no {SHELL}: type .venv/bin/python -m tests.browsers")
    return playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)


@contextmanager
def _tab(browser: Browser, house: str, language: str) -> Iterator[Page]:
    """An empty profile."""
    width, height = WINDOWS[house]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale=_LOCALES[language],
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    yield page
    context.close()


@contextmanager
def _serving(house: str, folder: Path, language: str) -> Iterator[str]:
    """One house for the time of the block; of the desk a copy, since what is done there stays."""
    if house == "site":
        with screens.serving_site(folder / "site") as address:
            yield address
        return
    store = Path(shutil.copytree(folder / "desk", folder / f"desk-{language}"))
    with screens.serving_desk(store, language) as address:
        yield address


def _shoot(browser: Browser, house: str, found: Sequence[Picture], folder: Path) -> None:
    """Take them in both languages, one after the other: each begins where the one before ended."""
    blank = browser.new_page()
    for language in LANGUAGES:
        out = folder / "out" / language
        out.mkdir(parents=True, exist_ok=True)
        with _serving(house, folder, language) as address, _tab(browser, house, language) as page:
            page.goto(address)
            camera = Camera(page, language, address.partition("/?")[0], folder / "stick")
            for one in found:
                (out / f"{one.name}.png").write_bytes(palette.pack(camera.take(one), blank))


def make(out: Path, found: Sequence[Picture]) -> None:
    """Take them, and put them in the place of those that were there."""
    houses = [house for house in HOUSES if any(one.house == house for one in found)]
    with (
        TemporaryDirectory() as made,
        ThreadPoolExecutor() as pool,
        sync_playwright() as playwright,
    ):
        folder = Path(made)
        screens.make_keys(folder)
        making = {house: pool.submit(screens.MAKERS[house], folder) for house in houses}
        browser = _browser(playwright)
        for house in houses:
            making[house].result()
            _shoot(browser, house, [one for one in found if one.house == house], folder)
        browser.close()
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(folder / "out", out)


def main(argv: list[str]) -> int:
    """Take all pictures, or the first of them; 1 with a sentence when one cannot be taken."""
    parser = argparse.ArgumentParser(description="Take the pictures of the handbook.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--first", type=int, metavar="N", help="only so many, to look at")
    given = parser.parse_args(argv)
    try:
        found = records.read()
        records.check(found)
        make(given.out, found[: given.first])
    except Unlike as error:
        sys.stderr.write(f"balie: {error}\nhint: change handbook/pictures.yml, or the page\n")
        return 1
    sizes = [path.stat().st_size for path in given.out.rglob("*.png")]
    sys.stdout.write(f"pictures  {len(sizes)}, {sum(sizes):,} bytes, in {given.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
