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
from overrides.frame import edition, inputs, shell
from overrides.frame.edition import ROOM, Edition
from overrides.frame.frame import speaking
from overrides.press import finished, workers
from overrides.press.order import Order
from overrides.words import bidi
from overrides.words.errors import SiteError

if TYPE_CHECKING:
    from overrides.hooks.render import MkDocs

_OF_EACH = 4  # parts that are kept for each language: of two builds that differ in everything


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
    docs = order.docs.resolve()
    task = partial(_write, order.config, docs, is_kept=bool(order.finished()))
    with workers.beside("the written pages", task) as written:
        yield written


def _write(config: Path, docs: Path, receive: Callable[[], Sent], *, is_kept: bool) -> None:
    from overrides.hooks import kept
    from overrides.hooks.render import MkDocs

    try:
        read = inputs.files(docs, config) if is_kept else ""
        mkdocs = MkDocs(config, docs)
        shell.read_all(ROOM / "templates")
        _read_ahead(docs / "data")
    finally:
        sent = receive()  # what is wrong here is told behind all that the checks refuse
    workers.each(tasks(mkdocs, config, read, sent))
    kept.tidy(sent.shelf)
    if sent.finished:
        finished.tidy(sent.finished, _OF_EACH * len(sent.edition.strings))


def tasks(
    mkdocs: "MkDocs", config: Path, read: str, sent: Sent
) -> Iterator[tuple[str, workers.Task]]:
    """A task for each language of which something is to be made; the others are laid in their place.

    `read` is the hash of the files before they were read; what somebody changed since is not kept.
    """
    for language in sent.edition.strings:
        site, out = speaking(sent.edition, language), sent.made / language
        if not sent.finished:
            yield language, partial(_language, mkdocs, site, out, sent.shelf)
            continue
        part = finished.Part(sent.finished / _name(site, read))
        if not part.lay(out):
            yield language, partial(_kept, mkdocs, site, config, sent, part)


def _name(site: Edition, read: str) -> str:
    """Under which name the written pages of a language are kept: by all that is read for them."""
    own, dutch = (site.written[language] for language in (site.t.language, "nl"))
    texts = [site.docs / site.shown(name).language / name for name in sorted(own | dutch)]
    days = [
        front_matter.read(site.docs / "nl" / name).get("last_checked") for name in sorted(dutch)
    ]
    folder = site.docs / site.t.language  # what lies deeper in it is no page, and MkDocs says so
    every = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))
    told = map(repr, (days, every))
    made_of = [inputs.around(site, read), site.t.language, inputs.of_files(texts), *told]
    return inputs.of(["written", *made_of])


def _read_ahead(folder: Path) -> None:
    """Parse once the data that a page of every language shows; the checks say what is wrong with it."""
    from overrides.pages import blocks

    with suppress(SiteError):
        blocks.read(folder)


def _language(mkdocs: "MkDocs", site: Edition, out: Path, shelf: Path) -> None:
    mkdocs.language(site, out, shelf)
    if site.t.direction == "rtl":
        bidi.isolate_all(out)


def _kept(mkdocs: "MkDocs", site: Edition, config: Path, sent: Sent, part: finished.Part) -> None:
    out = sent.made / site.t.language
    _language(mkdocs, site, out, sent.shelf)
    if (
        part.folder.name == _name(site, inputs.files(site.docs, config))
        and inputs.is_same_program()
    ):
        part.store(out, list(_pages(site)))


def _pages(site: Edition) -> Iterator[str]:
    """The files that a language has, whatever lies there: who stopped the build may have taken some away."""
    language = site.t.language
    for name in sorted(site.written[language] | site.written["nl"]):
        path = edition.url_path(language, name).removeprefix(f"/{language}/")
        yield f"{path}index.html"
