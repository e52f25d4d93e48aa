"""Writes into translated pages from which Dutch text they were made (step 1): pages that somebody has just read
beside the Dutch ones in, the line `translated_from` in their front matter out.

It changes no other line, and believes whoever runs it.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from overrides.facts import front_matter
from overrides.frame.translation import SOURCE_LANGUAGES
from overrides.words import clock, yaml_file
from overrides.words.catalogue import ORIGINAL
from overrides.words.errors import Gathered, SiteError

_LINE = re.compile(r"^translated_from:.*\n", re.M)


def stamp(page: Path, day: date) -> None:
    """Write the line of one page; `SiteError` where it is no translation of a Dutch page."""
    original = page.parents[1] / ORIGINAL / page.name
    if page.parent.name in SOURCE_LANGUAGES or not original.is_file() or not page.is_file():
        hint = f"name a page such as docs/es/door.md, of which there is one in docs/{ORIGINAL}"
        raise SiteError(f"{page} is no translation of a Dutch page", hint)
    front, text = front_matter.parted(yaml_file.text(page))
    if not front:
        hint = "begin it with a line ---, then title: ... and so on, then a line ---"
        raise SiteError(f"{page} has no front matter", hint)
    *lines, end = _LINE.sub("", front).splitlines(keepends=True)
    line = f"translated_from: {day} {front_matter.fingerprint(yaml_file.text(original))}\n"
    page.write_text(f"{''.join(lines)}{line}{end}{text}", encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write it into each page that is named; 1 when one of them is no translation."""
    parser = argparse.ArgumentParser(
        prog="python -m overrides.joining.translated",
        description="a page was read beside the Dutch",
    )
    parser.add_argument("page", nargs="+", type=Path)
    parser.add_argument("--day", type=date.fromisoformat, default=None)
    given = parser.parse_args(arguments)
    gathered = Gathered()
    for page in given.page:
        with gathered.part():
            stamp(page, given.day or clock.today())
    for one in gathered.found:
        sys.stderr.write(f"site: {one}\nhint: {one.hint}\n")
    return 1 if gathered.found else 0


if __name__ == "__main__":
    sys.exit(main())
