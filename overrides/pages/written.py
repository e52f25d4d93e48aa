"""Written pages (step 1): the Markdown of a page in, the same with summary, facts and marks of sources out.

Names of the desk come in here; markers of parts made from data stay. It knows no MkDocs.
"""

import html
import re
from collections.abc import Mapping

from overrides.facts.front_matter import Facts
from overrides.frame.edition import Edition
from overrides.frame.settings import Settings
from overrides.pages import wording
from overrides.pages.footnotes import Groups
from overrides.text import learns, marks
from overrides.words import blanks
from overrides.words.errors import SiteError
from overrides.words.strings import Strings

_HOLE = re.compile(r"\{\{\s*([^}]*?)\s*\}\}")
_PLACE = "{summary}"
_HEADING = re.compile(r"^#", re.M)
_SIGNS = re.compile(r"[\\`*_{}\[\]|~^:!]")  # of Markdown and our extensions of it


def markdown(edition: Edition, facts: Facts, page: str, body: str) -> tuple[str, Groups]:
    """The Markdown of a page with its summary in front and names filled in, and the sources behind each mark.

    It ends with the heading of its footnotes, if it has any.
    """
    learns.refuse(body)
    t = edition.shown(page)
    text = fill(_summed(body, facts.summary, t), edition.settings, t)
    find = f' (<a href="../places/">{html.escape(t("places.find"))}</a>)'
    text = text.replace("{places}", find)
    text, groups = marks.gathered(text)
    if not groups:
        return text, groups
    title = f"## {t('sources.title')} {{: #sources }}"
    return f"{text}\n\n{title}\n\n{wording.fold(t('sources.fold'))}\n", groups


def _summed(body: str, summary: str, t: Strings) -> str:
    """The Markdown with the summary in a box: first of all, or where a line {summary} stands."""
    words = " ".join(summary.split())
    box = f'!!! summary "{t("summary.title")}"\n    {words}\n' if words else ""
    if _PLACE not in body:
        return f"{box}\n{body}" if box else body
    begin, *rest = re.split(rf"^{re.escape(_PLACE)}$", body, flags=re.M)
    if not box or len(rest) != 1 or _PLACE in begin + rest[0] or _HEADING.search(begin):
        hint = (
            "put it once, on a line of its own before the first heading, on a page with a summary"
        )
        raise SiteError(f"{_PLACE} stands where no summary can", hint)
    return f"{begin}{box}{rest[0]}"


def fill(text: str, chosen: Settings, t: Strings) -> str:
    """Put the desk's own names and texts in the holes of a page; an unknown hole stops the build."""
    names = {"desk_name": chosen.name, "organisation": chosen.organisation}

    def value(hole: re.Match[str]) -> str:
        if hole[1] in names:
            return _literal(blanks.shown(names[hole[1]]))
        if hole[1] in chosen.accountability:
            return _answered(chosen.accountability[hole[1]], t)
        raise SiteError(f"there is nothing to fill in for {hole[1]}")

    return _HOLE.sub(value, text)


def _answered(texts: Mapping[str, str], t: Strings) -> str:
    """In the language of the page, or marked with the language in which the desk wrote it."""
    own = next(one for one in (t.language, "en", "nl") if one in texts)
    said = _literal(blanks.shown(texts[own]))
    if not said:
        return t("accountability.blank")
    return said if own == t.language else f'<span lang="{own}" dir="ltr">{said}</span>'


def _literal(text: str) -> str:
    """A text that is read as it stands: no sign of it is HTML or Markdown."""
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", html.escape(text))
