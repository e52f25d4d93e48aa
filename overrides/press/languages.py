"""The pages of every language (step 1): what was checked in, HTML files in a folder for each out.

A language is two tasks, written pages and pages made from data, each in a process of its own. MkDocs is
loaded while the first of them are at work.
"""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from overrides.facts import directory
from overrides.frame import shell
from overrides.frame.edition import ROOM, Edition
from overrides.frame.frame import speaking
from overrides.pages import generated
from overrides.press import workers
from overrides.press.checks import Checked
from overrides.words import bidi

if TYPE_CHECKING:
    from overrides.hooks.render import MkDocs


def write(checked: Checked, config: Path, made: Path, shelf: Path) -> None:
    """Write all pages into the site folder `made`; `config` is mkdocs.yml, `shelf` what is kept."""
    site = checked.edition
    for name in directory.aging(checked.facts.organisations, site.settings.reference_date):
        sys.stderr.write(f"site: the contact of {name} was tried long ago\nhint: try it again\n")
    shell.read_all(ROOM / "templates")
    beside = made.with_name("generated")
    workers.each(_tasks(checked, config, made, beside, shelf))
    from overrides.hooks import kept

    kept.tidy(shelf)
    for section in beside.glob("*/*"):  # only now: MkDocs empties its folder when it begins
        section.rename(made / section.relative_to(beside))


def _tasks(
    checked: Checked, config: Path, made: Path, beside: Path, shelf: Path
) -> Iterator[tuple[str, workers.Task]]:
    """First what MkDocs is not needed for, as much as there are processors."""
    spoken = {language: speaking(checked.edition, language) for language in checked.edition.strings}
    from_data = [
        (f"{language} from data", partial(generated.write, site, checked.facts, config, beside))
        for language, site in spoken.items()
    ]
    ahead = workers.processors()
    yield from from_data[:ahead]
    from overrides.hooks.render import MkDocs

    mkdocs = MkDocs(config, checked.edition.docs)
    for language, site in spoken.items():
        yield language, partial(_written, mkdocs, site, made / language, shelf)
    yield from from_data[ahead:]


def _written(mkdocs: "MkDocs", site: Edition, out: Path, shelf: Path) -> None:
    mkdocs.language(site, out, shelf)
    if site.t.direction == "rtl":
        bidi.isolate_all(out)
