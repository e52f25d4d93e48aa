"""Prints what waits for people (step 1): pages, facts and settings in, a list out.

`make before-you-open` says what only people can do before a site opens, `make due` what an editor looks at
again, `make translations` how far each language is. It builds nothing, and writes nothing but a picture.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from overrides.facts import data
from overrides.facts.data import Data
from overrides.frame import settings
from overrides.frame.edition import CONFIG, ROOM
from overrides.joining import progress
from overrides.joining.picture import svg
from overrides.joining.progress import Progress
from overrides.pages import pictograms
from overrides.paper import sound
from overrides.press import checks, due, opening
from overrides.press.due import Due
from overrides.press.opening import Page, Task
from overrides.words import locales
from overrides.words.errors import Gathered, SiteError

_DOCS = ROOM.parent / "docs"


def before_you_open(path: Path) -> list[Task]:
    """What only people can do before a site with these settings opens."""
    pages, facts = _read()
    everybody = facts.organisations.values()
    found = _progress(pages)
    behind = {one.language: one.behind for one in found}
    texts = [one.language for one in found if not one.is_text_checked]
    chosen, drawings = settings.read(path), pictograms.meant()
    return list(opening.tasks(pages, everybody, chosen, drawings, behind, texts, sound.VOICES))


def translations(picture: Path) -> Iterator[str]:
    """How far each language is; the same as a picture is written there."""
    found = _progress(_pages())
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(svg(found), encoding="utf-8", newline="\n")
    yield from progress.lines(found)
    yield f"as a picture: {picture}"


def _progress(pages: list[Page]) -> list[Progress]:
    return progress.of_all(_DOCS, ROOM / "locale", CONFIG, pages)


def to_look_at(path: Path) -> list[Due]:
    """What is due on the reference date of the settings."""
    pages, facts = _read()
    return due.due(facts, pages, settings.load(path).reference_date)


def _read() -> tuple[list[Page], Data]:
    return _pages(), data.load(_DOCS / "data")


def _pages() -> list[Page]:
    gathered = Gathered()
    pages = list(checks.pages(_DOCS, tuple(locales.languages(CONFIG)), gathered))
    gathered.refuse()
    return pages


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a list; 1 when a release would be refused for what is on it, or nothing can be read."""
    parser = argparse.ArgumentParser(
        prog="python -m overrides.press.lists", description="what waits for people"
    )
    parser.add_argument("list", choices=("before-you-open", "due", "translations"))
    parser.add_argument("--settings", type=Path, required=True)
    parser.add_argument("--picture", type=Path, default=Path("var/translations.svg"))
    given = parser.parse_args(arguments)
    try:
        if given.list == "due":
            return _say(due.lines(to_look_at(given.settings)))
        if given.list == "translations":
            return _say(translations(given.picture))
        found = before_you_open(given.settings)
    except SiteError as error:
        for one in error.every:
            sys.stderr.write(f"site: {one}\n" + (f"hint: {one.hint}\n" if one.hint else ""))
        return 1
    return _say(opening.lines(found)) or bool(opening.refusals(found))


def _say(lines: Iterable[str]) -> int:
    sys.stdout.write("".join(f"{line}\n" for line in lines) or "nothing is left to do\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
