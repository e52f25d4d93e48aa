"""Written pages (step 1): the Markdown of a page in, the same with summary, facts and sources out.

Names of the desk, parts made from data and footnotes come in here; it knows no MkDocs.
"""

import html
import re

from overrides.facts.front_matter import Facts
from overrides.frame.edition import Edition
from overrides.frame.settings import Settings
from overrides.pages import blocks, footnotes, learns
from overrides.words import blanks
from overrides.words.errors import SiteError

_HOLE = re.compile(r"\{\{\s*([^}]*?)\s*\}\}")


def markdown(edition: Edition, facts: Facts, page: str, body: str) -> str:
    """The Markdown of a page with its summary in front and its sources behind, and names filled in."""
    learns.refuse(body)
    t = edition.shown(page)
    summary = " ".join(facts.summary.split())
    box = f'!!! summary "{t("summary.title")}"\n    {summary}\n\n' if summary else ""
    text = fill(box + body, edition.settings)
    find = f' (<a href="../places/">{html.escape(t("places.find"))}</a>)'
    text = text.replace("{places}", find)
    folder = edition.docs / "data"
    text = blocks.fill(text, folder, t, practice=edition.settings.practice)
    notes = footnotes.definitions(text, edition.sources, t)
    return f"{text}\n\n## {t('sources.title')} {{: #sources }}\n\n{notes}\n" if notes else text


def fill(text: str, chosen: Settings) -> str:
    """Put the desk's own names in the holes of a page; an unknown hole stops the build."""
    values = {"desk_name": chosen.name, "organisation": chosen.organisation}

    def value(hole: re.Match[str]) -> str:
        if hole[1] not in values:
            raise SiteError(f"there is nothing to fill in for {hole[1]}")
        return html.escape(blanks.shown(values[hole[1]]))

    return _HOLE.sub(value, text)
