"""The written pages of every language (step 1): what was checked in, HTML files in a folder for each out.

They are made by a process that is begun before anything is checked, and loads MkDocs meanwhile. Until it
is sent what was checked it writes nothing and says nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from overrides.frame import shell
from overrides.frame.edition import ROOM, Edition
from overrides.frame.frame import speaking
from overrides.press import workers
from overrides.press.order import Order
from overrides.words import bidi
from overrides.words.errors import SiteError

if TYPE_CHECKING:
    from overrides.hooks.render import MkDocs


@dataclass(frozen=True)
class Sent:
    """What the process goes on from: an edition, the folder of the site, and that of converted Markdown.

    In `pages`, if any, is written what some pages can be made again with.
    """

    edition: Edition
    made: Path
    shelf: Path
    pages: Path | None


@contextmanager
def begun(order: Order) -> Iterator[workers.Beside[Sent]]:
    """Begin the process; it ends with the block, whether it was done or not."""
    docs = order.docs.resolve()
    with workers.beside("the written pages", partial(_write, order.config, docs)) as written:
        yield written


def _write(config: Path, docs: Path, receive: Callable[[], Sent]) -> None:
    from overrides.hooks import kept
    from overrides.hooks.render import MkDocs

    try:
        mkdocs = MkDocs(config, docs)
        shell.read_all(ROOM / "templates")
        _read_ahead(docs / "data")
    finally:
        sent = receive()  # what is wrong here is told behind all that the checks refuse
    if sent.pages:
        sent.pages.mkdir()
    workers.each(tasks(mkdocs, sent))
    kept.tidy(sent.shelf)


def tasks(mkdocs: "MkDocs", sent: Sent) -> Iterator[tuple[str, workers.Task]]:
    """A task for each language."""
    for language in sent.edition.strings:
        yield language, partial(_language, mkdocs, speaking(sent.edition, language), sent)


def _read_ahead(folder: Path) -> None:
    """Parse once the data that a page of every language shows; the checks say what is wrong with it."""
    from overrides.pages import blocks

    with suppress(SiteError):
        blocks.read(folder)


def _language(mkdocs: "MkDocs", site: Edition, sent: Sent) -> None:
    out = sent.made / site.t.language
    mkdocs.language(site, out, sent.shelf, pages=sent.pages)
    if site.t.direction == "rtl":
        bidi.isolate_all(out)
