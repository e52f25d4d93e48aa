"""The verbs that bring complaints into a case store, step 6: import, add, flood, practice, rehearse.

Comes in: arguments. Goes out: what the verb prints, and its exit code. It refuses to import a key
library before a verb runs.
"""

import sys
from contextlib import nullcontext

from desk.errors import TYPE_CHECKING
from desk.verbs import given, opening, words
from desk.verbs.cases import parse_fields
from desk.verbs.parser import ALL, SOME

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from desk.intake.tally import Progress

_BAR = 30
_CODE = "\n{title}\n\n    {code}\n\n{why}\n\n"


def _bar(progress: "Progress") -> None:
    """A bar on the terminal, nothing in a file."""
    if sys.stderr.isatty():
        filled = _BAR * progress.done // max(1, progress.found)
        end = "\n" if progress.done == progress.found else ""
        print(f"\r[{'#' * filled:<{_BAR}}] {progress.done}", end=end, file=sys.stderr, flush=True)


def _import(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.intake import intake

    paths = list(map(Path, arguments.path))
    with opening.book(arguments) as book:
        today = opening.today(arguments, book)
        tally = intake.take(book, paths, today=today, report=_bar)
    print("\n".join(tally.lines(given.say(arguments))))
    return SOME if tally.unreadable else ALL


def _add(arguments: "argparse.Namespace") -> int:
    from desk.intake import added
    from desk.keys.passphrase import terminal
    from desk.verbs.parser import Parser
    from desk.wire.code import group

    say = given.say(arguments)
    rest = given.take_options(arguments, arguments.rest)
    parser = Parser(prog="desk add STORE", allow_abbrev=False)
    chosen, wanted = parse_fields(parser, added.FIELDS, rest)
    if chosen.get("code") == added.HER_CODE:
        wanted.append("digits")
    # The screen first: a code that cannot be shown must not be drawn.
    screen = terminal() if chosen.get("code") == added.NEW_CODE else nullcontext()
    with screen as shown, opening.book(arguments) as book:
        today = opening.today(arguments, book)
        told = words.ask(arguments, added.FIELDS, list(dict.fromkeys(wanted)))
        made = added.add(book, {**chosen, **told}, today=today)
        if shown is not None:
            title, why = say("page.code.title"), say("page.code.why")
            shown.write(_CODE.format(title=title, code=group(made.code), why=why))
    print(made.case.pseudonym)
    return ALL


def _flood(arguments: "argparse.Namespace") -> int:
    from desk.intake import floods
    from desk.work import actions

    say = given.say(arguments)
    with opening.book(arguments) as book:
        today = opening.today(arguments, book)
        case = floods.members(book, arguments.flood)[0]
        if arguments.deed == "set-aside":
            done, count = "flood.set_aside", floods.set_aside(book, arguments.flood, today=today)
        else:
            done, count = "flood.released", len(floods.marked(book, arguments.flood))
            actions.perform(book, case, "release_flood", {"whole": "yes"}, today=today)
    print(say(done, count=count))
    return ALL


def _practice(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.intake import practice
    from desk.keys.ceremony import read_public
    from desk.wire import code

    written = practice.write(Path(arguments.stick), read_public(Path(arguments.key)))
    print(f"{len(written)} invented complaints on the stick; reply codes of their senders:")
    for one in written:
        if one.code:
            print(f"  {one.language}  {code.group(one.code)}")
    return ALL


def _rehearse(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keeping import rehearsal

    keys, stick = (Path(one) if one else None for one in (arguments.keys, arguments.stick))
    made = rehearsal.make(Path(arguments.store), keys, today=given.today(arguments), stick=stick)
    print("\n".join(made))
    return ALL


# Any: argparse's own list of verbs.
def add(verbs: "Any") -> None:
    """Add the verbs."""
    from argparse import REMAINDER

    taking = given.add_verb(verbs, "import", _import, "open what is on a stick into the case store")
    taking.add_argument("path", metavar="PATH", nargs="+", help="the stick, or files on it")
    adding = given.add_verb(verbs, "add", _add, "enter a complaint that was told or came on paper")
    adding.add_argument("rest", metavar="FIELDS", nargs=REMAINDER, help="such as --channel face")
    flood = given.add_verb(verbs, "flood", _flood, "one deed for all cases that came as a flood")
    flood.add_argument("flood", metavar="FLOOD", help="as the inbox names it")
    flood.add_argument("deed", choices=("release", "set-aside"))
    practice = verbs.add_parser("practice", help="put invented complaints on a stick, for training")
    practice.add_argument("stick", metavar="STICK")
    practice.add_argument("--key", metavar="FILE", required=True, help="a public practice key")
    given.add_day(practice)
    practice.set_defaults(run=_practice, online=False)
    text = "make a practice case store with invented cases, to try the desk out"
    rehearse = verbs.add_parser("rehearse", help=text)
    rehearse.add_argument("store", metavar="STORE", help="where nothing is yet")
    text = "folder with a practice intake key and a practice board key; without it, keys of its own"
    rehearse.add_argument("--keys", metavar="DIR", help=text)
    text = "put three invented complaints here and no case into the store: for a first hour"
    rehearse.add_argument("--stick", metavar="DIR", help=text)
    given.add_day(rehearse)
    rehearse.set_defaults(run=_rehearse, online=False)
