"""What is to be built (step 1): files and days in, the same for every process of a build out.

It reads nothing, and is loaded before anything large is.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from overrides.facts import once
from overrides.frame.edition import CONFIG, ROOM, Edition, Job

if TYPE_CHECKING:
    from overrides.facts.data import Data


@dataclass(frozen=True)
class Order:
    """What to build from what. `docs` holds a folder per language and `data`.

    A release is told which day it is, only to refuse a date that is still to come. `kept` is the
    folder of what one build leaves to the next; a release asks for none of it. With `paper` the PDFs are made too,
    with `sound` what can be listened to.
    """

    settings: Path
    keys: Path
    out: Path
    docs: Path = ROOM.parent / "docs"
    reference_date: date | None = None
    release: bool = False
    locale: Path = ROOM / "locale"
    config: Path = CONFIG
    today: date | None = None
    kept: Path | None = None
    paper: bool = False
    sound: bool = False

    def job(self, language: str) -> Job:
        """The part of the order that one language needs."""
        return Job(
            language=language,
            settings=str(self.settings.resolve()),
            keys=str(self.keys.resolve()),
            docs=str(self.docs.resolve()),
            reference_date=self.reference_date.isoformat() if self.reference_date else None,
            locale=str(self.locale.resolve()),
            config=str(self.config.resolve()),
        )

    def shelf(self, folder: Path) -> Path:
        """Where converted Markdown is kept; a release begins with none, below `folder`."""
        return folder / "kept" if self.release or self.kept is None else self.kept

    def finished(self) -> Path | None:
        """Where finished pages are kept; a release keeps none and takes none, nor does a site with PDFs or sound."""
        whole = self.release or self.paper or self.sound
        return None if whole or self.kept is None else self.kept / "finished"


@dataclass(frozen=True)
class Sent:
    """What the pages are made from when all is checked: an edition, facts, and what was checked besides.

    They go into the folder `made`, and converted Markdown to `shelf`; into `pages`, if any, is written what
    some pages can be made again with, and into `half` they are laid to be kept. `paper` asks for PDFs.
    """

    edition: Edition
    facts: "Data"
    known: once.Known
    made: Path
    shelf: Path
    pages: Path | None
    half: Path | None
    paper: bool = False
