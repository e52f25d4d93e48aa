"""The cards as pictures: every sentence in a PDF of Typst looks as Chromium draws the same words with the same fonts.

Letters of Arabic that do not join, marks of Thai in the wrong place and brackets that are not there would differ by
whole strokes or dots. Two programs place and smooth an edge each in its own way: measured in all languages, no edge is
more than three dots of 200 dpi away from the other's, and no line longer by more. A full stop is six dots wide.
"""

import json
from html import escape

import numpy as np
import pytest
import typst
from playwright.sync_api import Browser
from scipy.ndimage import binary_dilation

from overrides.paper import pdf
from tests import printed
from tests.printed import Picture
from tests.site import LANGUAGES
from tests.soak import SOAK

SIZE, GAP, WIDE = 20, 60, 1800  # points: letters, from one line to the next, and the page
DPI = 200
APART = 14  # dots of white, beyond which two are not one line
REACH = 3  # dots, of an edge and of the end of a line
SOURCE = """
#let given = json(bytes(sys.inputs.given))
#set page(width: {wide}pt, height: auto, margin: 20pt)
#set text(size: {size}pt, fallback: false, cjk-latin-spacing: none)
#for one in given {{
  let direction = if one.direction == "rtl" {{ rtl }} else {{ ltr }}
  block(height: {gap}pt, above: 0pt, below: 0pt, text(lang: one.lang, dir: direction, font: one.fonts, one.words))
}}
"""


def lines(language: str) -> list[dict[str, object]]:
    """The words of every card of a language, as Typst gets them."""
    site = printed.editions()[language]
    found = []
    for card in printed.found(language):
        found.append(pdf._text(card.title))
        found += [pdf._text(said.means) for said in card.sentences if said.means]
        found += [pdf._words(said.sound, site.t) for said in card.sentences if said.sound]
    return found


def by_typst(words: list[dict[str, object]]) -> bytes:
    source = SOURCE.format(wide=WIDE, size=SIZE, gap=GAP).encode()
    return printed.apart(lambda: set_by_typst(source, json.dumps(words)))


def set_by_typst(source: bytes, words: str) -> bytes:
    fonts = typst.Fonts(False, False, [str(folder) for folder in pdf.fonts()])
    made: bytes = typst.compile(source, font_paths=fonts, sys_inputs={"given": words})
    return made


def by_chromium(chromium: Browser, words: list[dict[str, object]]) -> bytes:
    faces = "".join(
        f"@font-face {{ font-family: '{path.name.partition('[')[0].partition('-')[0]}'; src: url('{path.as_uri()}') }}"
        for folder in pdf.fonts()
        for path in sorted(folder.glob("NotoSans*.[ot]tf"))
        if "Italic" not in path.name
    )
    letters = (
        f"font-size: {SIZE}pt; text-rendering: geometricPrecision"  # else advances are whole dots
    )
    style = f"body {{ margin: 20pt }} p {{ margin: 0; height: {GAP}pt; white-space: nowrap; {letters} }}"
    texts = "".join(map(paragraph, words))
    page = chromium.new_page()
    try:
        page.goto("file:///dev/null")
        page.set_content(f"<!doctype html><style>{faces}{style}</style>{texts}")
        page.evaluate("document.fonts.ready")
        return page.pdf(width=f"{WIDE / 72}in", height=f"{(GAP * len(words) + 60) / 72}in")
    finally:
        page.close()


def paragraph(one: dict[str, object]) -> str:
    words, style = escape(str(one["words"])), f"font-family: {families(one)}"
    return f'<p lang="{one["lang"]}" dir="{one["direction"]}" style="{style}">{words}</p>'


def families(one: dict[str, object]) -> str:
    """The names of the fonts as they stand in the names of their files."""
    names: list[str] = one["fonts"]  # type: ignore[assignment]
    return ", ".join("'" + name.replace(" ", "") + "'" for name in names)


def drawn(octets: bytes) -> list[Picture]:
    """Each line as a picture of what is black in it, cut at its edges; white lies between two."""
    pages = [printed.picture(octets, page, DPI) for page in range(printed.sheets(octets))]
    shown = np.vstack(pages) < 128
    black = binary_dilation(shown.any(axis=1), iterations=APART)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], black.astype(int), [0]])))
    return [cut(shown[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def cut(shown: Picture) -> Picture:
    rows, columns = np.flatnonzero(shown.any(axis=1)), np.flatnonzero(shown.any(axis=0))
    return shown[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def alone(one: Picture, other: Picture) -> int:
    """How many dots are black in one and nowhere near anything black in the other, or the other way round."""
    height, width = (max(one.shape[axis], other.shape[axis]) for axis in (0, 1))
    a, b = (
        np.pad(each, ((0, height - each.shape[0]), (0, width - each.shape[1])))
        for each in (one, other)
    )
    pairs = (left & ~binary_dilation(right, iterations=REACH) for left, right in ((a, b), (b, a)))
    return int(sum(map(np.count_nonzero, pairs)))


def for_each_font() -> list[str]:
    """One language for each set of fonts; in the whole counts all of them."""
    found = {tuple(map(str, lines(one)[0]["fonts"])): one for one in reversed(LANGUAGES)}  # type: ignore[call-overload]
    return [one for one in LANGUAGES if SOAK or one in found.values()]


@pytest.mark.parametrize("language", for_each_font())
def test_every_sentence_looks_as_in_a_browser(chromium: Browser, language: str) -> None:
    """Line for line, both ways: nothing is missing and nothing is there that should not be."""
    words = lines(language)
    ours, theirs = drawn(by_typst(words)), drawn(by_chromium(chromium, words))
    assert len(ours) == len(words)
    for one, mine, other in zip(words, ours, theirs, strict=True):
        assert mine.shape[1] == pytest.approx(other.shape[1], abs=REACH), one["words"]
        assert alone(mine, other) == 0, one["words"]


@pytest.mark.parametrize(
    ("language", "said", "otherwise"),
    [
        ("ar", "محامي", "م\u200cح\u200cا\u200cم\u200cي"),  # letters that do not join
        ("th", "น้ำ", "น่ำ"),  # another mark above the same letter
        ("nl", "Ik zwijg.", "Ik zwijg"),  # a full stop that is not there
    ],
)
def test_what_is_drawn_otherwise_would_be_seen(language: str, said: str, otherwise: str) -> None:
    """The measure tells two texts apart that differ in so little."""
    direction = "rtl" if language == "ar" else "ltr"
    fonts = ["Noto Sans Arabic", "Noto Sans Thai", "Noto Sans"]
    both = [
        {"words": one, "lang": language, "direction": direction, "fonts": fonts}
        for one in (said, otherwise)
    ]
    assert alone(*drawn(by_typst(both))) > 0  # type: ignore[arg-type]
