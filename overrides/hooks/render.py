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

from overrides.frame.edition import CONFIG, ROOM, Job
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


def language(job: Job, out: Path) -> None:
    """Render the pages of a language into a folder; `SiteError` holds every line that MkDocs said."""
    with _heard() as said:
        try:
            with Path(job.config).open("rb") as file:
                config = load_config(
                    file,
                    config_file_path=str(CONFIG),  # what stands in it is meant from there
                    docs_dir=job.docs,
                    site_dir=str(out),
                    hooks=[str(ROOM / "hooks" / "site.py")],
                    extra={"job": job},
                    strict=True,
                )
            build(config)
        except MkDocsException as error:
            lines = dict.fromkeys(said) or [str(error)]
            told = "\n".join([f"the pages in {job.language} cannot be built:", *lines])
            raise SiteError(told) from error


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
