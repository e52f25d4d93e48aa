"""Pictograms (step 1): the HTML of a text with their names in, the same with the drawings out.

In Markdown a link is made a row with a pictogram by its class: `[**Title** few words](door.md){: .i-door }`.
Pages that are made of data write `mark` themselves. The drawings stand once at the end of the text, and
only those that it shows. Words always stand beside one; a screen reader hears the words alone. It knows no page.
"""

import re
from dataclasses import dataclass
from functools import cache

from overrides.frame.edition import ROOM
from overrides.words.errors import SiteError

_SYMBOL = re.compile(r'<symbol id="i-([a-z]+)".*?</symbol>')
# What people should read in a drawing, and how many of those asked did, once they were.
_MEANT = re.compile(
    r'<symbol id="i-([a-z]+)".*?</symbol>(?:<!-- ([^;<>]+?)(?:; (\d+) of (\d+))? -->)?'
)
_ROW = re.compile(r'<a ([^>]*)class="i-([a-z]+)"([^>]*)>(.*?)</a>', re.S)
_HREF = re.compile(r' href="([^"]*)"')
_ROWS = re.compile(r'<ul>(?=\s*<li>\s*<a [^>]*class="i-)')  # a list whose first link is a row
_MADE = '<ul class="rows">'
_SUMMARY = '<div class="admonition summary">'
_SPOT = re.compile(r'<span class="i-([a-z]+)"></span>')
_USED = re.compile(r'<use href="#i-([a-z]+)"/>')


def _set() -> str:
    return (ROOM / "templates" / "pictograms.svg").read_text("utf-8")


@cache
def drawings() -> dict[str, str]:
    """The symbol of each pictogram by its name."""
    return {found[1]: found[0] for found in _SYMBOL.finditer(_set())}


@dataclass(frozen=True)
class Meant:
    """What a drawing should say to people; `read_by` of `asked` of them read it so, none before they were asked."""

    name: str
    meaning: str
    read_by: int
    asked: int


@cache
def meant() -> tuple[Meant, ...]:
    """What each drawing should say, in the order of the set; one that does not tell is refused."""
    found = [_MEANT.match(line) for line in _set().splitlines()]
    made = [Meant(one[1], one[2] or "", int(one[3] or 0), int(one[4] or 0)) for one in found if one]
    for one in made:
        if not one.meaning:
            hint = "write it behind the drawing in pictograms.svg: <!-- a letter -->"
            raise SiteError(
                f"nobody wrote what people should read in the pictogram {one.name}", hint
            )
    return tuple(made)


def mark(name: str) -> str:
    """One pictogram as HTML; the text it stands in must go through `insert`."""
    if name not in drawings():
        known = ", ".join(sorted(drawings()))
        raise SiteError(f"there is no pictogram {name}", f"take one of: {known}")
    return f'<svg class="i" aria-hidden="true"><use href="#i-{name}"/></svg>'


def spot(name: str) -> str:
    """The place of a pictogram in a text that is Markdown yet, where no drawing may stand."""
    mark(name)
    return f'<span class="i-{name}"></span>'


def insert(text: str) -> str:
    """The text with its rows made, and behind it the drawings that it shows."""
    if 'class="i-' in text:
        text = _ROW.sub(_row, _ROWS.sub(_MADE, text))
        text = _SPOT.sub(lambda spot: mark(spot[1]), text)
    return text + symbols(text)


def first(text: str) -> tuple[str, str]:
    """What stands before all else on a page that begins with rows, up to its summary or heading; and the rest."""
    begin = text.partition("<h2 ")[0].partition(_SUMMARY)[0]
    return (begin, text[len(begin) :]) if _MADE in begin else ("", text)


def symbols(text: str) -> str:
    """The drawings that a text shows, each once, as HTML that takes no room; empty where it shows none."""
    used = sorted(set(_USED.findall(text)))
    drawn = "".join(drawings()[name] for name in used)
    return f"<svg hidden>{drawn}</svg>" if drawn else ""


def _row(link: re.Match[str]) -> str:
    """One row; its address first, as every link has it, wherever Markdown wrote the class."""
    before, name, behind, words = link.groups()
    attributes = f" {before}{behind}"
    (href,) = _HREF.findall(attributes)
    rest = " ".join(["", *_HREF.sub(" ", attributes).split()])
    return f'<a href="{href}"{rest}>{mark(name)}<span>{words}</span></a>'
