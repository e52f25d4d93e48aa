"""The written pages of one language (step 1): an edition in, HTML files in a folder out, by MkDocs.

Whoever calls it in a process of its own may do so at the same time as others. What MkDocs warns of or
refuses comes back as one error. It reads no environment, and leaves the pages and what is kept of them.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from overrides.frame.edition import CONFIG, ROOM, Edition
from overrides.words.errors import SiteError


class _Said(logging.Handler):
    """Keeps the sentences that MkDocs writes when something is wrong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += record.getMessage().splitlines()


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What MkDocs says in the block, line by line, and nowhere else."""
    log, said = logging.getLogger("mkdocs"), _Said()
    before, log.propagate = log.propagate, False
    log.addHandler(said)
    try:
        yield said.lines
    finally:
        log.removeHandler(said)
        log.propagate = before


class MkDocs:
    """MkDocs with its plugins, loaded once: it takes as long as twenty pages."""

    def __init__(self, config: Path, docs: Path) -> None:
        # The plugin asks setuptools for the version of a theme that is not there; that takes as long again.
        sys.modules.setdefault("pkg_resources", None)  # type: ignore[arg-type]
        with _heard() as said, config.open("rb") as file:
            try:
                self._config = load_config(
                    file,
                    config_file_path=str(CONFIG),  # what stands in it is meant from there
                    docs_dir=str(docs),
                    hooks=[str(ROOM / "hooks" / "site.py")],
                    strict=True,
                )
            except MkDocsException as error:
                raise SiteError("\n".join(dict.fromkeys(said)) or str(error)) from error

    def language(self, site: Edition, out: Path, shelf: Path) -> None:
        """Render the pages of the language that the site speaks into a folder.

        `shelf` is the folder of pages converted before. `SiteError` holds every line that MkDocs
        said. For another language afterwards it is of no use: every language has a process of its own.
        """
        self._config.site_dir = str(out)
        self._config.extra.update(edition=site, shelf=shelf)
        with _heard() as said:
            try:
                build(self._config)
            except MkDocsException as error:
                lines = dict.fromkeys(said) or [str(error)]
                told = "\n".join([f"the pages in {site.t.language} cannot be built:", *lines])
                raise SiteError(told) from error
        self._config.extra["kept"].store()
