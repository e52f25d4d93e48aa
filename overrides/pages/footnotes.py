"""Sources at the end of a page (step 1): what stands behind each mark and the records in, footnotes out.

The footnote of a block lists the sources of its claims in their order, each in a paragraph, and leads back
to every mark of it. All of it is HTML: Markdown would read the same sources on page after page.
"""

from datetime import date
from html import escape

from overrides.facts.sources import Source
from overrides.pages import wording
from overrides.text import marks
from overrides.words.errors import SiteError
from overrides.words.strings import Strings

Groups = list[tuple[str, ...]]  # the ids behind each mark, by its number less one


class Notes:
    """The footnotes of the pages of one language, `page`, in which the way back is said.

    Each source is put together once for each language in which a text stands.
    """

    def __init__(self, sources: dict[str, Source], page: Strings) -> None:
        self._sources, self._page = sources, page
        self._told: dict[tuple[str, str], str] = {}

    def of(self, groups: Groups, text: str, shown: Strings) -> str:
        """The footnotes of a text in the language that `shown` speaks, whose marks are links already.

        An unknown id and a mark that is no link stop the build.
        """
        if not groups:
            return ""
        places = marks.places(text)
        notes = (self._note(n, ids, places[n], shown) for n, ids in enumerate(groups, 1))
        return f'\n\n<div class="footnote">\n<hr />\n<ol>\n{"".join(notes)}</ol>\n</div>'

    def _note(self, number: int, ids: tuple[str, ...], places: list[str], shown: Strings) -> str:
        told = "</p>\n<p>".join(self._source(one, shown) for one in ids)
        back = self._back(number, places)
        return f'<li id="fn:{number}">\n<p>{told}&#160;{back}</p>\n</li>\n'

    def _source(self, source_id: str, shown: Strings) -> str:
        if source_id not in self._sources:
            hint = "add it to docs/data/sources.yml"
            raise SiteError(f"there is no source {source_id}", hint)
        key = shown.language, source_id
        if key not in self._told:
            self._told[key] = footnote(self._sources[source_id], shown)
        return self._told[key]

    def _back(self, number: int, places: list[str]) -> str:
        """A link to each mark of a number."""
        if not places:
            hint = "put it behind a word of the text"
            raise SiteError("a source stands where it gets no mark", hint)
        words = escape(self._page("sources.back", number=str(number)))
        begin, end = '<a class="footnote-backref" href="#', f'" title="{words}">&#8617;</a>'
        return "".join(f"{begin}{place}{end}" for place in places)


def footnote(source: Source, t: Strings) -> str:
    """One source as HTML: name with link, article, date of the text, day of reading.

    It says where no address is known, and where the law may have a newer text by now.
    """
    # Names of Dutch laws and bodies stay Dutch: a reader must recognise them on a letter.
    language = "" if t.language == "nl" else ' lang="nl"'
    name, article = (escape(one, quote=False) for one in (source.name, source.article))
    named = f"<em{language}>{name}</em>"
    named += f", {t('sources.article', article=article)}" if article else ""
    where = t.closed(wording.link(source.url, named))
    parts = [where if source.url else f"{where} {t('sources.no_address')}"]
    parts.append(_text_words(source.text_of, t))
    if source.is_older:
        parts.append(t("sources.older"))
    parts.append(t("sources.read", date=t.day(source.read)))
    if source.mark == "N":
        parts.append(t("sources.secondary"))
    return " ".join(parts)


def _text_words(text_of: date | str, t: Strings) -> str:
    if text_of == "undated":
        return t("sources.undated")
    return t("sources.dated", date=text_of if isinstance(text_of, str) else t.day(text_of))
