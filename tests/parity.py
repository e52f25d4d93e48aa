"""What a page has whatever its language: two pages in, each property in which they differ out.

A page is taken apart into blocks (a paragraph, a point of a list, a row of a table, a heading), since a number or
a source that moved to another paragraph says something else there. Words are not looked at.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from overrides.facts import front_matter
from overrides.words import cldr

_BEGINS = re.compile(
    r"\s*(?:- |\d+\. |\||#|!!!|\{[\w:]+\}$|: )"
)  # a block, whatever stood before it
_ATTRIBUTES = re.compile(r"\{:([^}]*)\}")
_SAY = re.compile(r"\*([^*\n]+)\*\{: \.say[^}]*\}")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_SOURCE = re.compile(r"\[\^([\w-]+)\]")
_MARKER = re.compile(r"\{[\w:-]+\}")
_KIND = re.compile(r"\s*(#+|- |\d+\.|\||!!! \w+)?")
_NOT_READ = re.compile(r"\[\^[\w-]+\]|\]\([^)]*\)|\{[^}]*\}|^\s*(?:#+|\d+\.)(?= )", re.M)
# A time such as 6.00, a number with signs between its thousands or before its decimals, or a plain one.
_TIME = re.compile(r"(?<![\d.,:])(\d{1,2})[.:](\d\d)(?!\d|[.,:]\d|\s?%)")
_THOUSANDS = re.compile(r"(?<=\d)[.,' \u00a0\u202f](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
Months = tuple[str, ...]  # names of the twelve, as dates are written with them
_HELD = ("kind", "attributes", "says", "links", "sources", "markers", "numbers")
_SAME = ("last_checked", "check_again", "legal_reviewer", "medical_reviewer", "template")


@dataclass(frozen=True)
class Block:
    """One block: its first line for a message, and what it holds besides words."""

    first: str
    kind: str
    attributes: tuple[str, ...]
    says: tuple[str, ...]
    links: Counter[str]
    sources: Counter[str]
    markers: tuple[str, ...]
    numbers: Counter[str]


def latin(text: str) -> str:
    """The text with the digits of any script as those of ours."""
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in text)


def numbers(text: str, named: Months = ()) -> Counter[str]:
    """Every number of a text as it counts: without signs between thousands, a full hour as the hour alone.

    A month behind its day counts by its number. Nought is left out: midnight is a word in some languages.
    """
    plain = _dated(_THOUSANDS.sub("", latin(text)), named)
    plain = _TIME.sub(lambda at: at[1] if at[2] == "00" else f"{at[1]} {at[2]}", plain)
    found = [number.replace(",", ".") for number in _NUMBER.findall(plain)]
    dated = Counter(f"month {month}" for month in re.findall(r"@(\d+)@", plain))
    plain_ones = Counter(n if "." in n else str(int(n)) for n in found if n.strip("0"))
    return plain_ones - Counter(name.split()[1] for name in dated.elements()) + dated


def months(language: str) -> Months:
    """The names of the months of a language as its dates have them: what no other month's date has."""
    parts = [re.split(r"\s|{\w+}|[年日]", day) for day in cldr.calendar(language).days]
    shared = set.intersection(*map(set, parts))
    return tuple(next(part for part in one if part not in shared) for one in parts)


def _dated(text: str, named: Months) -> str:
    """The text with each month of a day by its number: 1 juli, 1 de julio, 7月1日 as 1 @7@."""
    for number, name in enumerate(named, 1):
        if name[:1].isdigit():
            text = re.sub(rf"(?<!\d){name}(?=\d)", f" @{number}@ ", text)
            text = re.sub(rf"(?<!\d){name}", " ", text)  # without a day, a word in other languages
        else:
            stop = "" if name[0].isupper() else "[.º]?"  # else it begins a sentence: May they
            behind = rf"(?<=\d){stop}\s(?:de\s)?{name}(?!\w)"
            before = rf"(?<!\w){name}(?=\s\d\d?(?!\d))"  # a day, in Hungarian
            text = re.sub(f"{behind}|{before}", f" @{number}@", text)
    return text


def blocks(text: str, named: Months = (), *, is_dutch: bool = False) -> list[Block]:
    """The blocks of a text in Markdown. What is said in Dutch is read as it stands by who reads Dutch."""
    return [_block("\n".join(lines), named, is_dutch=is_dutch) for lines in split(text)]


def split(text: str) -> list[list[str]]:
    """The lines of each block."""
    found: list[list[str]] = []
    is_open = False
    for line in text.splitlines():
        if not line.strip():
            is_open = False
        elif is_open and not _BEGINS.match(line):
            found[-1].append(line)
        else:
            found.append([line])
            is_open = not line.startswith("#")
    return found


def _block(text: str, named: Months, *, is_dutch: bool) -> Block:
    bare = text if is_dutch else _SAY.sub(" ", text)
    kind = _KIND.match(text)
    return Block(
        first=text.splitlines()[0],
        kind=(kind[1] or "").strip() if kind else "",
        attributes=tuple(
            " ".join(word for word in found.split() if not word.startswith(("lang=", "dir=")))
            for found in _ATTRIBUTES.findall(text)
        ),
        says=tuple(_SAY.findall(text)),
        links=Counter(_LINK.findall(text)),
        sources=Counter(_SOURCE.findall(text)),
        markers=tuple(_MARKER.findall(text)),
        numbers=numbers(_NOT_READ.sub(" ", bare), named),
    )


def differences(original: str, page: str, dutch: Months = (), named: Months = ()) -> Iterator[str]:
    """What differs of a page from the Dutch one, a line for each; with the months of both languages."""
    (front, text), (own_front, own_text) = map(front_matter.parted, (original, page))
    yield from _front(front, own_front)
    theirs = blocks(_summary(front) + text, dutch, is_dutch=True)
    ours = blocks(_summary(own_front) + own_text, named)
    for one, other in zip_longest(theirs, ours):
        if one is None or other is None:
            yield f"there are more or fewer blocks from: {(one or other).first}"
            return
        for name in _HELD:
            if (held := getattr(one, name)) != (has := getattr(other, name)):
                yield f"{name} {_said(held)} became {_said(has)} in: {other.first}"


def pairs(original: str, page: str) -> list[tuple[str, str]]:
    """The words of each block of the Dutch page and of the same block of another, as they are read."""
    texts = [_summary(front) + text for front, text in map(front_matter.parted, (original, page))]
    found = [[_words(lines) for lines in split(text)] for text in texts]
    return list(zip(*found, strict=False))


def _words(lines: list[str]) -> str:
    return " ".join(_NOT_READ.sub(" ", _SAY.sub(" ", "\n".join(lines))).split())


def _said(value: object) -> str:
    return str(sorted(value.elements()) if isinstance(value, Counter) else value)


def _front(original: str, page: str) -> Iterator[str]:
    for name in _SAME:
        pair = [re.findall(rf"(?m)^{name}: (.*?)(?: #.*)?$", front) for front in (original, page)]
        if pair[0] != pair[1]:
            yield f"{name} is {pair[1]} and not {pair[0]}"


def _summary(front: str) -> str:
    """The summary as blocks by itself, one for each line: they are read as they are written."""
    found = re.search(r"^summary:.*\n((?:[ \t]+.*\n)*)", front, re.M)
    return re.sub(r"^[ \t]+", "", found[1], flags=re.M) + "\n" if found else ""
