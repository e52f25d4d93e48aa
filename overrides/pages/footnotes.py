"""Sources at the end of a page (step 1): Markdown with marks and the records in, footnotes out.

However many claims a block makes, it has one mark, at its end: a mark is for a finger, and two would touch.
Its footnote lists the sources of those claims in their order. Blocks with the same sources share a footnote.
"""

import re
from collections.abc import Iterator
from datetime import date

from overrides.facts.sources import Source
from overrides.words.errors import SiteError
from overrides.words.strings import Strings

_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
# A line that begins a block: an item, a term, a heading, a box or the row of a table.
_BEGINS = re.compile(r"\s*(?:[-*+:] |\d+\. |#|!!!|\|)")
_CELL = re.compile(r"[^|]+")
_ENDING = re.compile(
    r"(?: +\{:[^}]*\})?\s*$"
)  # what stands behind the last word; of a heading, its id


def used_ids(markdown: str) -> list[str]:
    """Ids of the footnotes that a page refers to, each once, in order."""
    return list(dict.fromkeys(_REFERENCE.findall(markdown)))


def gathered(markdown: str) -> tuple[str, list[tuple[str, ...]]]:
    """The text with one mark in each block that has sources, by number, and the ids behind each number."""
    if "[^" not in markdown:
        return markdown, []
    numbers: dict[tuple[str, ...], int] = {}

    def marked(block: str) -> str:
        if not (ids := tuple(used_ids(block))):
            return block
        number = numbers.setdefault(ids, len(numbers) + 1)
        return _ENDING.sub(rf"[^{number}]\g<0>", _REFERENCE.sub("", block), count=1)

    blocks = (
        _CELL.sub(lambda cell: marked(cell[0]), block)
        if block.lstrip().startswith("|")
        else marked(block)
        for block in _blocks(markdown)
    )
    return "\n".join(blocks), list(numbers)


def _blocks(markdown: str) -> Iterator[str]:
    """Lines that belong together: a paragraph, an item, a row; an empty line is one by itself."""
    block: list[str] = []
    for line in markdown.split("\n"):
        if block and (not line.strip() or not block[-1].strip() or _BEGINS.match(line)):
            yield "\n".join(block)
            block = []
        block.append(line)
    yield "\n".join(block)


def definitions(groups: list[tuple[str, ...]], sources: dict[str, Source], t: Strings) -> str:
    """A footnote for every mark of a page, with a paragraph for each source; an unknown id stops the build."""
    notes = []
    for number, ids in enumerate(groups, 1):
        for source_id in ids:
            if source_id not in sources:
                hint = "add it to docs/data/sources.yml"
                raise SiteError(f"there is no source {source_id}", hint)
        told = "\n\n    ".join(footnote(sources[source_id], t) for source_id in ids)
        notes.append(f"[^{number}]: {told}")
    return "\n\n".join(notes)


def footnote(source: Source, t: Strings) -> str:
    """One source as Markdown: name with link, article, date of the text, day of reading.

    It says where no address is known, and where the law may have a newer text by now.
    """
    # Names of Dutch laws and bodies stay Dutch: a reader must recognise them on a letter.
    name = f"*{source.name}*" + ("" if t.language == "nl" else "{: lang=nl }")
    article = f", {t('sources.article', article=source.article)}" if source.article else ""
    named = f"{name}{article}"
    where = f"[{named}]({source.url})." if source.url else f"{named}. {t('sources.no_address')}"
    parts = [where, _text_words(source.text_of, t)]
    if source.is_older:
        parts.append(t("sources.older"))
    parts.append(t("sources.read", date=t.day(source.read)))
    if source.mark == "N":
        parts.append(t("sources.secondary"))
    return " ".join(parts)


def _text_words(text_of: date | str, t: Strings) -> str:
    if text_of == "undated":
        return t("sources.undated")
    words = t.day(text_of) if isinstance(text_of, date) else text_of
    return t("sources.dated", date=words)
