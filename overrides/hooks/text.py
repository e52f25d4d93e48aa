"""The text of a written page on both sides of MkDocs (step 1): what somebody wrote in, the Markdown that it
converts out; the HTML that it gives in, the text that a reader sees out.

It loads nothing of MkDocs but its page, so that some are made again without all of it.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any  # of front matter

from mkdocs.structure.pages import Page

from overrides.facts import front_matter
from overrides.frame import edition, elsewhere
from overrides.frame.edition import Edition
from overrides.frame.frame import BODY, FIRST
from overrides.hooks import kept
from overrides.pages import blocks, pictograms, written
from overrides.pages.footnotes import Groups, Notes
from overrides.text import contents, marks, page_html, sayings
from overrides.words.strings import Strings

_ID = re.compile(r' id="([^"]+)"')
_HOLES = re.compile(f"{FIRST}|{BODY}")
Part = Callable[[], AbstractContextManager[None]]


def markdown(site: Edition, name: str, meta: Mapping[str, Any], text: str) -> tuple[str, Groups]:
    """The Markdown of a page with summary and names, and the sources behind each mark."""
    return written.markdown(site, front_matter.parse(name, meta), name, text)


def content(
    html: str, page: Page, site: Edition, name: str, groups: Groups, notes: Notes, part: Part
) -> str:
    """The text with its lists of sections and sources; what does not belong there is refused, part by part."""
    with part():
        html = marks.linked(_filled(html, page, site, site.shown(name)))
    if not kept.is_kept(page):  # else nothing was refused when it was converted
        with part():
            page_html.refuse(html)
    text = contents.insert(html, site.t, site.shown(name))
    with part():
        text = sayings.insert(text, site.shown(name))
        text = pictograms.insert(f"{text}{notes.of(groups, html, site.shown(name))}")
    if site.shown(name) != site.t:  # the text is in that language itself
        return text
    return elsewhere.marked(text, edition.url_path(site.t.language, name), site.elsewhere)


def _filled(html: str, page: Page, site: Edition, t: Strings) -> str:
    """The text with its parts made from data, of which other pages link to an id."""
    filled = blocks.fill(html, site.docs / "data", t, practice=site.settings.practice)
    if filled != html:
        page.present_anchor_ids = {*(page.present_anchor_ids or ()), *_ID.findall(filled)}
    return filled


def parts(content: str, *, is_own: bool) -> dict[str, str]:
    """What stands in each hole of the frame of a page; nothing comes first where it is empty.

    What is said of a translation comes behind rows that stand before all else, or behind the summary. Where the
    text is in another language than its page (`is_own` false) that is said at once, unless rows come first.
    """
    first, rest = pictograms.first(content)
    if is_own and not first:
        first, rest = sayings.answer(content)
    return {FIRST: first, BODY: rest}


def framed(frame: str, parts: Mapping[str, str]) -> str:
    """A frame with the text in its holes; what stands in the text is no hole."""
    return _HOLES.sub(lambda hole: parts[hole[0]], frame)
