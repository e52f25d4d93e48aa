"""What MkDocs says while it is at work (step 1): nothing in, its sentences out and nowhere else.

It loads nothing of MkDocs.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class _Said(logging.Handler):
    """Keeps the sentences that MkDocs writes when something is wrong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += record.getMessage().splitlines()


@contextmanager
def heard() -> Iterator[list[str]]:
    """What MkDocs says in the block, line by line.

    The level is ours: `mkdocs serve --quiet` would keep every warning from us, and with `--verbose` MkDocs
    looks at no anchor of a link. Either way what is wrong would be kept as a page that was found to be right.
    """
    log, said = logging.getLogger("mkdocs"), _Said()
    before = log.propagate, log.handlers, log.level
    log.propagate, log.handlers = False, [said]
    log.setLevel(logging.WARNING)
    try:
        yield said.lines
    finally:
        log.propagate, log.handlers = before[:2]
        log.setLevel(before[2])
