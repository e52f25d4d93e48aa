"""The written pages of every language (step 1): what was checked in, HTML files in a folder for each out.

They are made by a process that is begun before anything is checked, and loads MkDocs meanwhile. Until it
is sent what was checked it writes nothing and says nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from overrides.facts import once
from overrides.frame import shell
from overrides.frame.edition import ROOM
from overrides.press import workers
from overrides.press.order import Order, Sent

if TYPE_CHECKING:
    pass


@contextmanager
def begun(order: Order) -> Iterator[workers.Beside[Sent]]:
    """Begin the process; it ends with the block, whether it was done or not."""
    docs = order.docs.resolve()
    with workers.beside("the written pages", partial(_write, order.config, docs)) as written:
        yield written


def _write(config: Path, docs: Path, receive: Callable[[], Sent]) -> None:
    from overrides.hooks import kept
    from overrides.hooks.render import MkDocs
    from overrides.press import language

    try:
        mkdocs = MkDocs(config, docs)
        shell.read_all(ROOM / "templates")
    finally:
        sent = receive()  # what is wrong here is told behind all that the checks refuse
    once.take_over(sent.known)
    if sent.pages:
        sent.pages.mkdir()
    workers.each(language.tasks(mkdocs, config, sent))
    kept.tidy(sent.shelf)
