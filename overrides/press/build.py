"""Builds the whole site (step 1): settings and a key list in, a folder of static files out.

Where nothing changed but texts of pages, those are made again and the rest is laid in its place. Else the
process that loads MkDocs is begun first; this one loads and checks everything else meanwhile. Two builds of
the same input are byte for byte alike: a clock is read only to refuse.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from overrides.frame import inputs
from overrides.frame.edition import ROOM
from overrides.press import languages
from overrides.press.order import Order
from overrides.words import clock
from overrides.words.errors import SiteError


def build(order: Order) -> list[str]:
    """Build into a new folder and put it in place of the old one only when everything is right.

    Returns what to tell of a release: what was built, for which days, and what is due.
    """
    inputs.programs()  # before more of it is loaded
    finished = order.finished()
    read = inputs.read(order.job("")) if finished else None
    if read and finished and finished.is_dir():
        from overrides.press import again  # only where there is something to be made again

        if again.make(order, read):
            return []
    with languages.begun(order) as written:
        from overrides.press import whole  # only now: it loads much, and so does the other

        return whole.make(order, written, read)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 0 when the site is built, 1 when something is wrong with what came in."""
    parser = argparse.ArgumentParser(prog="python -m overrides.press", description="build the site")
    parser.add_argument("--settings", type=Path, required=True)
    parser.add_argument("--keys", type=Path, required=True, help="the signed key list")
    parser.add_argument("--out", type=Path, required=True, help="folder of the site")
    parser.add_argument(
        "--reference-date", type=_day, help="a day such as 2026-11-22, instead of the settings'"
    )
    parser.add_argument("--paper", action="store_true", help="make the PDFs of the cards too")
    parser.add_argument("--sound", action="store_true", help="make what can be listened to")
    parser.add_argument("--release", action="store_true", help="refuse everything for practice")
    given = vars(parser.parse_args(arguments))
    try:
        said = build(Order(**given, today=clock.today(), kept=ROOM.parent / "var" / "pages"))
    except SiteError as error:
        for one in error.every:
            hint = f"\nhint: {one.hint}" if one.hint else ""
            sys.stderr.write(f"site: {one}{hint}\n")
        return 1
    if given["release"]:
        sys.stdout.write("".join(f"site: {line}\n" for line in said))
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day such as 2026-11-22") from None
