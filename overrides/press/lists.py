"""Prints what waits for people (step 1): pages, facts and settings in, a list out, as `make before-you-open`.

It builds nothing and changes nothing.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from overrides.facts import data
from overrides.frame import settings
from overrides.frame.edition import CONFIG, ROOM
from overrides.press import checks, opening
from overrides.press.opening import Task
from overrides.words import locales
from overrides.words.errors import Gathered, SiteError


def before_you_open(path: Path) -> list[Task]:
    """What only people can do before a site with these settings opens."""
    docs, gathered = ROOM.parent / "docs", Gathered()
    pages = list(checks.pages(docs, tuple(locales.languages(CONFIG)), gathered))
    gathered.refuse()
    organisations = data.load(docs / "data").organisations.values()
    return list(opening.tasks(pages, organisations, settings.read(path)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the list; 1 when a release would be refused for what is on it, or nothing can be read."""
    parser = argparse.ArgumentParser(prog="python -m overrides.press.lists", description=__doc__)
    parser.add_argument("--settings", type=Path, required=True)
    given = parser.parse_args(arguments)
    try:
        found = before_you_open(given.settings)
    except SiteError as error:
        for one in error.every:
            sys.stderr.write(f"site: {one}\n" + (f"hint: {one.hint}\n" if one.hint else ""))
        return 1
    sys.stdout.write("".join(f"{line}\n" for line in opening.lines(found)) or "nothing is left\n")
    return 1 if opening.refusals(found) else 0


if __name__ == "__main__":
    sys.exit(main())
