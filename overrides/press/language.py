"""All pages of one language (step 1): an edition, checked facts and MkDocs in, files in the folder of the site
out.

It is loaded where MkDocs is, before it is known what is to be made: what pages ask for later is loaded with it.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from overrides.frame import menu
from overrides.frame.edition import Edition
from overrides.frame.frame import speaking
from overrides.frame.menu import Menu
from overrides.hooks.render import MkDocs
from overrides.pages import bills, card, fields, help_list, names  # noqa: F401 - `blocks` asks for them
from overrides.paper import one_file
from overrides.press import finished, generated, lookups, sitemap
from overrides.press.order import Sent
from overrides.press.workers import Task
from overrides.words import bidi
from overrides.words.errors import Gathered


def tasks(mkdocs: MkDocs, config: Path, sent: Sent) -> Iterator[tuple[str, Task]]:
    """A task for each language; `config` is mkdocs.yml."""
    for language in sent.edition.strings:
        site = speaking(sent.edition, language)
        yield language, partial(_make, mkdocs, config, site, sent)
        names.by_letter(sent.facts)  # once for all that follow, while the first is at work


def _make(mkdocs: MkDocs, config: Path, site: Edition, sent: Sent) -> None:
    """Make the pages that somebody wrote and those made from data, and the lists of both."""
    out, gathered = sent.made / site.t.language, Gathered()
    with gathered.part():
        mkdocs.language(site, out, sent.shelf, pages=sent.pages)
        if site.t.direction == "rtl":
            bidi.isolate_all(out)
    listed: Menu = []
    with gathered.part():  # only now: MkDocs empties its folder when it begins
        listed = menu.whole(menu.written(config, site), site.t)
        generated.write(site, sent.facts, listed, sent.made, with_pdfs=sent.paper)
    gathered.refuse()
    one_file.write(site, one_file.names(name for name, _ in listed), sent.made)
    lookups.write(site, listed, sent.made)
    sitemap.write(site, sent.made)
    if sent.half:
        finished.lay_part(sent.half, sent.made, site.t.language)
