"""Numbers and Latin words in text from right to left (step 1): a page in, the same page out.

Without a mark of their own, groups of digits change places there: 020 123 45 67 is seen as
67 45 123 020, and 1012 AB behind an Arabic word as AB 1012. Each such run is set apart as one piece
from left to right. It knows no language; what stands in an element with a direction of its own is
judged by that one. Twin of overrides/assets/bidi.mjs.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_WORD = r"[0-9A-Za-z\u00c0-\u024f]+"
_BETWEEN = r"(?:, | [-\u2013/&+] | ?\(\d+\) ?|://|[- \u00a0\u2010-\u2013./:@'\u2019&+_])"
_BRACKETS = rf" \({_WORD}(?:{_BETWEEN}{_WORD})*\)"
# A sign before a number belongs to it, and what stands in brackets behind words; one word alone needs no mark.
RUN = re.compile(
    rf"(?:\(\d+\) ?|\+(?=\d))(?:{_WORD}(?:{_BETWEEN}{_WORD})*)"
    rf"|{_WORD}(?:(?:{_BETWEEN}{_WORD})+(?:{_BRACKETS})?|{_BRACKETS})"
)
_TAG = re.compile(r"(<[^>]*>)")
_DIRECTION = re.compile(r"\sdir=\"(\w+)\"")
_BARE = {"title", "option", "textarea", "script", "style"}  # they hold text and no elements
_VOID = {"br", "hr", "img", "input", "link", "meta"}
_UNDIRECTED = re.compile(r'<(?=[^>]* lang=")(?![^>]* dir=")([^>]+)>')
_ENTITY = re.compile(r"&#?\w+;")


def isolate(html: str) -> str:
    """The page with every run in right-to-left text in a `bdi` of its own.

    What is in another language and says no direction takes that of its first letter.
    """
    return _isolate(html, [])


@lru_cache(maxsize=4096)
def isolate_part(html: str) -> str:
    """The same for what stands inside right-to-left text: a word, or whole elements."""
    return _isolate(html, [("", "rtl")])


def directed(html: str) -> str:
    """Every tag that names a language and no direction takes that of its first letter."""
    return _UNDIRECTED.sub(r'<\1 dir="auto">', html)


def _isolate(html: str, around: list[tuple[str, str]]) -> str:
    """As `pieces` has it, without telling each: of a page's tags one in ten has a say in directions."""
    found = _TAG.split(directed(html))
    inside, is_rtl = _innermost(around)
    for at, piece in enumerate(found):
        if at % 2:
            name, _, has_say = _read(piece)
            if has_say or name == inside:
                _follow(piece, around)
                inside, is_rtl = _innermost(around)
        elif is_rtl and piece and not piece.isspace():
            found[at] = isolated(piece)
    return "".join(found)


def _innermost(open_: list[tuple[str, str]]) -> tuple[str | None, bool]:
    """The name of the innermost element that counts, and whether it is read from right to left."""
    name, direction = open_[-1] if open_ else (None, "")
    return name, direction == "rtl"


def pieces(html: str, open_: list[tuple[str, str]] | None = None) -> Iterator[tuple[str, bool]]:
    """Tags and text in order, each with whether it is text that is read from right to left.

    `open_` holds name and direction of the elements around it that have one, and of those of the
    same name inside.
    """
    around = open_ or []
    for at, piece in enumerate(_TAG.split(html)):
        if at % 2:
            _follow(piece, around)
        yield piece, at % 2 == 0 and _innermost(around)[1] and not piece.isspace()


def _follow(tag: str, open_: list[tuple[str, str]]) -> None:
    """Keep count of the directions that hold behind this tag."""
    name, direction, has_say = _read(tag)
    if not has_say and (not open_ or open_[-1][0] != name):
        return
    if tag.startswith("</"):
        open_.pop()
    elif name in _BARE:
        open_.append((name, "none"))
    else:
        open_.append((name, direction or open_[-1][1]))


@lru_cache(maxsize=4096)
def _read(tag: str) -> tuple[str, str, bool]:
    """Name and direction of a tag, and whether it begins or ends an element that counts by itself."""
    direction = _DIRECTION.search(tag)
    name = tag[1:-1].partition(" ")[0].partition("\n")[0].strip("/")
    if name in _VOID:
        return "/", "", False  # the name of no element
    return name, direction[1] if direction else "", bool(direction) or name in _BARE


@lru_cache(maxsize=4096)
def isolated(text: str) -> str:
    """Text of a page, with entities, and its runs set apart."""
    if not RUN.search(
        text
    ):  # as most of a page; a run between entities is one of the whole text too
        return text
    parts = _ENTITY.split(text)
    signs = [*_ENTITY.findall(text), ""]
    return "".join(RUN.sub(_bdi, part) + sign for part, sign in zip(parts, signs, strict=True))


def _bdi(run: re.Match[str]) -> str:
    return f'<bdi dir="ltr">{run[0]}</bdi>'


def isolate_all(folder: Path) -> None:
    """Every page in the folder, in place."""
    for path in folder.rglob("*.html"):
        path.write_text(isolate(path.read_text("utf-8")), "utf-8", newline="\n")
