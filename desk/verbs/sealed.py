"""The verbs `fetch` and `open`, steps 5 and 6: sealed complaints onto a stick, and read there."""

import sys

from desk.errors import TYPE_CHECKING
from desk.verbs import given
from desk.verbs.parser import ALL, SOME, columns

if TYPE_CHECKING:
    import argparse
    from typing import Any


def add(verbs: "Any") -> None:
    """The verbs of this module."""
    _add_fetch(verbs)
    _add_open(verbs)


def _fetch(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.online import fetch

    stick = Path(arguments.stick)
    tally = fetch.fetch(
        fetch.store_of(arguments.source, stick), stick, today=given.today(arguments)
    )
    print(tally.line())
    for name, reason in sorted(tally.refused.items()):
        print(f"  {name}  {reason}", file=sys.stderr)
    return SOME if tally.refused or tally.is_part else ALL


def _open(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.intake import open as opening
    from desk.intake import view
    from desk.strings import Strings

    say, wide = Strings(arguments.language), columns()
    keyring = opening.unlock(map(Path, arguments.key), given.ask(arguments))
    form = view.json_line if arguments.json else lambda opened: view.page(opened, say, wide)
    unread = opening.show(map(Path, arguments.path), keyring, sys.stdout, form=form)
    sys.stdout.flush()  # so that the table comes after what it is about
    for line in opening.table(unread, say):
        print(line, file=sys.stderr)
    return SOME if unread else ALL


def _add_fetch(verbs: "Any") -> None:
    verb = verbs.add_parser("fetch", help="copy sealed complaints from the store onto a stick")
    given.add_day(verb)
    verb.add_argument("source", metavar="SOURCE", help="a folder, or s3://BUCKET")
    verb.add_argument("stick", metavar="STICK", help="the folder as which the stick appears")
    verb.set_defaults(run=_fetch, online=True)


def _add_open(verbs: "Any") -> None:
    verb = verbs.add_parser("open", help="open sealed complaints, offline")
    verb.add_argument("path", metavar="PATH", nargs="+", help="a sealed complaint, or a folder")
    verb.add_argument(
        "--key", metavar="FILE", action="append", required=True, help="a secret intake key"
    )
    verb.add_argument("--json", action="store_true", help="a line of JSON for each complaint")
    given.add_ask(verb)
    given.add_day(verb)
    given.add_language(verb)
    verb.set_defaults(run=_open, online=False)
