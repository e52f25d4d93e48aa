"""Sources at the end of a page (step 1): what stands behind each mark and the records in, footnotes out.

The footnote of a block lists the sources of its claims in their order, each in a paragraph.
"""

from datetime import date

from overrides.facts.sources import Source
from overrides.words.errors import SiteError
from overrides.words.strings import Strings


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
