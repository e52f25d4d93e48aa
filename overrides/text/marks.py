"""Marks of sources in a text (step 1): Markdown with a mark for each claim in, with one for each block out;
the HTML made of it in, with a link to a footnote for each mark out.

However many claims a block makes, it has one mark, at its end: a mark is for a finger, and two would touch.
Blocks with the same sources share a number. It knows no source.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
_NUMBER = re.compile(r"\[\^(\d+)\]")  # of a block; Markdown leaves it as it is
_PLACE = re.compile(r'<sup id="(fnref\d*:(\d+))">')
# A line that begins a block: an item, a term, a heading, a box or the row of a table.
_BEGINS = re.compile(r"\s*(?:[-*+:] |\d+\. |#|!!!|\|)")
_CELL = re.compile(r"[^|]+")
# What stands behind the last word; of a heading, its id.
_ENDING = re.compile(r"(?: +\{:[^}]*\})?\s*$")


def used_ids(markdown: str) -> list[str]:
    """Ids of the footnotes that a page refers to, each once, in order."""
    return list(dict.fromkeys(_REFERENCE.findall(markdown)))


def gathered(markdown: str) -> tuple[str, list[tuple[str, ...]]]:
    """The text with one mark in each block that has sources, by number, and the ids behind each number."""
    numbers: dict[tuple[str, ...], int] = {}

    def marked(block: str) -> str:
        if not (ids := tuple(used_ids(block))):
            return block
        number = numbers.setdefault(ids, len(numbers) + 1)
        return _ENDING.sub(rf"[^{number}]\g<0>", _REFERENCE.sub("", block), count=1)

    def gather(part: str) -> str:
        blocks = (
            _CELL.sub(lambda cell: marked(cell[0]), block)
            if block.lstrip().startswith("|")
            else marked(block)
            for block in _blocks(part)
        )
        return "\n".join(blocks)

    parts = (gather(part) if "[^" in part else part for part in markdown.split("\n\n"))
    return "\n\n".join(parts), list(numbers)


def _blocks(markdown: str) -> Iterator[str]:
    """Lines that belong together: a paragraph, an item, a row; an empty line is one by itself."""
    block: list[str] = []
    for line in markdown.split("\n"):
        if block and (not line.strip() or not block[-1].strip() or _BEGINS.match(line)):
            yield "\n".join(block)
            block = []
        block.append(line)
    yield "\n".join(block)


def linked(text: str) -> str:
    """HTML with a link to a footnote for each mark; the places of a number are counted as they are read."""
    seen: Counter[str] = Counter()

    def link(mark: re.Match[str]) -> str:
        number = mark[1]
        seen[number] += 1
        place = f"fnref{'' if seen[number] == 1 else seen[number]}:{number}"
        return f'<sup id="{place}"><a class="footnote-ref" href="#fn:{number}">{number}</a></sup>'

    return _NUMBER.sub(link, text)


def places(text: str) -> dict[int, list[str]]:
    """The ids of all linked marks in HTML by their number, in the order of the text; none of another number."""
    found = defaultdict[int, list[str]](list)
    for place, number in _PLACE.findall(text):
        found[int(number)].append(place)
    return found


def unmarked(text: str) -> str:
    """A text without marks by number, for where no link can stand."""
    return _NUMBER.sub("", text)
