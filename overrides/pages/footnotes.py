"""Sources at the end of a page (step 1): Markdown with marks and the records in, footnotes out."""

import re
from datetime import date

from overrides.facts.sources import Source
from overrides.words.errors import SiteError
from overrides.words.strings import Strings

_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")


def used_ids(markdown: str) -> list[str]:
    """Ids of the footnotes that a page refers to, each once, in order."""
    return list(dict.fromkeys(_REFERENCE.findall(markdown)))


def definitions(markdown: str, sources: dict[str, Source], t: Strings) -> str:
    """Footnote definitions for every reference in a page; an unknown id stops the build."""
    lines = []
    for source_id in used_ids(markdown):
        if source_id not in sources:
            raise SiteError(f"there is no source {source_id}", "add it to docs/data/sources.yml")
        lines.append(f"[^{source_id}]: {footnote(sources[source_id], t)}")
    return "\n\n".join(lines)


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
