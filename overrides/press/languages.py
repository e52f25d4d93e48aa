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

from overrides.facts import front_matter
from overrides.frame import inputs, shell
from overrides.frame.edition import ROOM, Edition
from overrides.frame.frame import speaking
from overrides.press import finished, workers
from overrides.press.order import Order
from overrides.words import bidi
from overrides.words.errors import SiteError

if TYPE_CHECKING:
    from overrides.hooks.render import MkDocs

_OF_EACH = 6  # parts that are kept for each language: three builds that differ in everything


@dataclass(frozen=True)
class Sent:
    """What the process goes on from: an edition, the folder of the site, and of what is kept.

    `shelf` has converted Markdown, `finished` whole languages, if any.
    """

    edition: Edition
    made: Path
    shelf: Path
    finished: Path | None


@contextmanager
def begun(order: Order) -> Iterator[workers.Beside[Sent]]:
    """Begin the process; it ends with the block, whether it was done or not."""
    task = partial(_write, order.config, order.docs.resolve())
    with workers.beside("the written pages", task) as written:
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
    workers.each(tasks(mkdocs, config, sent))
    kept.tidy(sent.shelf)
    if sent.finished:
        finished.tidy(sent.finished, _OF_EACH * len(sent.edition.strings))


def tasks(mkdocs: "MkDocs", config: Path, sent: Sent) -> Iterator[tuple[str, workers.Task]]:
    """A task for each language of which something is to be made; the others are laid in their place."""
    around = inputs.around(sent.edition, config) if sent.finished else ""
    for language in sent.edition.strings:
        site, out = speaking(sent.edition, language), sent.made / language
        part = finished.Part(sent.finished / _name(site, around)) if sent.finished else None
        if not (part and part.lay(out)):
            yield language, partial(_language, mkdocs, site, out, sent.shelf, part)


def _name(site: Edition, around: str) -> str:
    """Under which name the written pages of a language are kept: by all that is read for them."""
    own, dutch = (site.written[language] for language in (site.t.language, "nl"))
    texts = [site.docs / site.shown(name).language / name for name in sorted(own | dutch)]
    days = [
        front_matter.read(site.docs / "nl" / name).get("last_checked") for name in sorted(dutch)
    ]
    return inputs.of(["written", around, site.t.language, inputs.of_files(texts), repr(days)])


def _read_ahead(folder: Path) -> None:
    """Parse once the data that a page of every language shows; the checks say what is wrong with it."""
    from overrides.pages import blocks

    with suppress(SiteError):
        blocks.read(folder)


def _language(
    mkdocs: "MkDocs", site: Edition, out: Path, shelf: Path, part: finished.Part | None
) -> None:
    mkdocs.language(site, out, shelf)
    if site.t.direction == "rtl":
        bidi.isolate_all(out)
    if part:
        part.store(out, [path.relative_to(out).as_posix() for path in out.rglob("*.html")])
