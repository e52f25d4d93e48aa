"""What is printed, for its tests: cards and PDFs of each language, and a PDF as a picture or as its words."""

import pickle
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from overrides.frame import edition, frame
from overrides.frame.edition import Edition, Job
from overrides.paper import cards, pdf
from overrides.paper.cards import Card
from overrides.press import workers
from tests.site import LANGUAGES, ROOT, key_list, settings_text

SITE = "https://desk.example"
DPI = 300
MM = DPI / 25.4
Picture = NDArray[np.uint8]
Made = TypeVar("Made")


@cache
def editions() -> dict[str, Edition]:
    """The site in each language, at an address of a real one."""
    with TemporaryDirectory() as folder:
        settings, keys = Path(folder) / "settings.yml", Path(folder) / "keys.json"
        settings.write_text(settings_text(site_url=SITE), "utf-8")
        keys.write_text(key_list(), "utf-8")
        first = edition.load(Job(LANGUAGES[0], str(settings), str(keys), str(ROOT / "docs"), None))
    return {language: frame.speaking(first, language) for language in LANGUAGES}


@cache
def found(language: str) -> tuple[Card, ...]:
    """The cards of a language."""
    return cards.of(editions()[language])


@cache
def made(language: str) -> dict[str, bytes]:
    """The PDFs of a language by file name."""
    return apart(lambda: pdf.made(editions()[language], found(language)))


def apart(make: Callable[[], Made]) -> Made:
    """What is made, in a process of its own; what it refuses is refused here.

    Typst keeps threads, which no process that is begun later has: a build would wait for them for ever.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        workers.each([("made", lambda: void(path.write_bytes(pickle.dumps(make()))))])
        made: Made = pickle.loads(path.read_bytes())
        return made


def void(_: object) -> None:
    """Nothing."""


def sheets(octets: bytes) -> int:
    """How many pages it has."""
    return len(pypdfium2.PdfDocument(octets))


@lru_cache(maxsize=4)
def picture(octets: bytes, page: int = 0, dpi: int = DPI) -> Picture:
    """A page in shades of grey, 0 is black."""
    shown = pypdfium2.PdfDocument(octets)[page].render(scale=dpi / 72, grayscale=True)
    return np.array(shown.to_numpy()).squeeze()


def copied(octets: bytes) -> str:
    """What somebody gets who copies all of it, without white space."""
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(octets))
    return "".join(words.split())


def card(shown: Picture, number: int) -> Picture:
    """One card of a sheet of A4, from 0."""
    left, top = 20 + 85 * (number % 2), 40 + 54 * (number // 2)
    return shown[int(top * MM) : int((top + 54) * MM), int(left * MM) : int((left + 85) * MM)]
