"""Footnotes in Markdown, for those who read it: another generator, and the extension of the library."""

from overrides.facts.sources import Source
from overrides.pages.footnotes import Groups
from overrides.words.strings import Strings


def definitions(groups: Groups, sources: dict[str, Source], t: Strings) -> str:
    """A definition for each number, with a paragraph for each of its sources."""
    told = ("\n\n    ".join(_footnote(sources[one], t) for one in ids) for ids in groups)
    return "\n\n".join(f"[^{number}]: {notes}" for number, notes in enumerate(told, 1))


def _footnote(source: Source, t: Strings) -> str:
    name = f"*{source.name}*" + ("" if t.language == "nl" else "{: lang=nl }")
    article = f", {t('sources.article', article=source.article)}" if source.article else ""
    stop = t.letters.stop
    where = f"[{name}{article}]({source.url}){stop}" if source.url else f"{name}{article}{stop}"
    parts = [where] if source.url else [where, t("sources.no_address")]
    if isinstance(source.text_of, str):
        year = source.text_of
        parts.append(t("sources.undated") if year == "undated" else t("sources.dated", date=year))
    else:
        parts.append(t("sources.dated", date=t.day(source.text_of)))
    parts += [t("sources.older")] if source.is_older else []
    parts.append(t("sources.read", date=t.day(source.read)))
    parts += [t("sources.secondary")] if source.mark == "N" else []
    return " ".join(parts)
