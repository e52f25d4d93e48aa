"""The written pages of one language (step 1): a job in, HTML files in a folder out, by MkDocs.

Whoever calls it in a process of its own may do so at the same time as others. What MkDocs warns of or
refuses comes back as one error. It reads no environment and leaves no file but the pages.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from overrides.frame import edition, menu
from overrides.frame.edition import CONFIG, ROOM, Edition, Job
from overrides.words.errors import SiteError

_OF_A_PART = "A 'dirty' build is being performed"


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
    before = log.propagate, log.handlers
    log.propagate, log.handlers = False, [said]
    try:
        yield said.lines
    finally:
        log.propagate, log.handlers = before


def language(job: Job, out: Path, site: Edition | None = None, *, again: bool = False) -> None:
    """Render the pages of a language into a folder; `SiteError` holds every line that MkDocs said.

    `site` is the edition of the job where it is loaded already. With `again` only the pages that are
    older than their source are rendered, in a folder where all of them stand.
    """
    site = site or edition.load(job)
    pages = menu.written(Path(job.config), site) if again else None
    with _heard() as said:
        try:
            with Path(job.config).open("rb") as file:
                config = load_config(
                    file,
                    config_file_path=str(CONFIG),  # what stands in it is meant from there
                    docs_dir=job.docs,
                    site_dir=str(out),
                    hooks=[str(ROOM / "hooks" / "site.py")],
                    extra={"edition": site, "menu": pages},
                    strict=not again,  # MkDocs itself warns of rendering only a part
                )
            build(config, dirty=again)
        except MkDocsException as error:
            said = said or [str(error)]
        lines = dict.fromkeys(line for line in said if not line.startswith(_OF_A_PART))
    if lines:
        told = "\n".join([f"the pages in {job.language} cannot be built:", *lines])
        raise SiteError(told)


def main() -> int:
    """Render what standard input says: the folder on its first line, then the job."""
    out, _, job = sys.stdin.read().partition("\n")
    try:
        language(Job.read(job), Path(out))
    except SiteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
