"""What many verbs are given, for every step at the desk: a day, a passphrase, a language, a handler.

Comes in: text from the command line. Goes out: the same as values. It refuses to know any verb.
"""

from desk.errors import TYPE_CHECKING, DeskError

if TYPE_CHECKING:
    import argparse
    from datetime import date, datetime
    from pathlib import Path
    from typing import Any

    from desk.keys.passphrase import Ask

FROM_DESCRIPTOR = "read what is asked from this open file descriptor, a line each"


def day(text: str) -> "date":
    """A date from the command line, one that the bytes of WIRE.md can hold."""
    from argparse import ArgumentTypeError

    from desk.wire import days

    found = days.parse(text)
    if found is None:
        raise ArgumentTypeError(f"no day from {days.FIRST} to {days.LAST}, written 2026-11-30")
    return found


def dutch_day(moment: "datetime") -> "date":
    """The day on which a moment falls in the Netherlands, where terms end at midnight."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        zone = ZoneInfo("Europe/Amsterdam")
    except ZoneInfoNotFoundError:  # a system without time zones: its own clock is nearer than UTC
        zone = None
    return moment.astimezone(zone).date()


def today(arguments: "argparse.Namespace") -> "date":
    """The day given with --today, or else the Dutch day of the clock."""
    from datetime import UTC, datetime

    given: date | None = arguments.today
    return given or _of_clock(dutch_day(datetime.now(UTC)))


def _of_clock(found: "date") -> "date":
    """The day of this machine's clock; `DeskError` for one that no board and no key list can hold."""
    from desk.wire import days

    if not days.holds(found):
        hint = "set the clock, or give the day with --today"
        raise DeskError(f"the clock of this machine says {found}", hint)
    return found


def reader(arguments: "argparse.Namespace", number: int) -> "Ask":
    """The lines of an open file descriptor, one after the other, whoever asks for them."""
    from desk.keys import passphrase

    # One for each descriptor: a second one would miss what the first has read ahead.
    readers: dict[int, Ask] = vars(arguments).setdefault("readers", {})
    if number not in readers:
        readers[number] = passphrase.from_descriptor(number)
    return readers[number]


def ask(arguments: "argparse.Namespace") -> "Ask":
    """Ask at the terminal without showing what is typed, or from --passphrase-fd."""
    from desk.keys import passphrase

    number: int | None = arguments.passphrase_fd
    return passphrase.typed if number is None else reader(arguments, number)


def ask_openly(arguments: "argparse.Namespace") -> "Ask":
    """Ask at the terminal and show what is typed, for words that are read from a sheet."""
    from desk.keys import passphrase

    number: int | None = arguments.passphrase_fd
    return passphrase.typed_openly if number is None else reader(arguments, number)


def once(ask: "Ask") -> "Ask":
    """Ask each question once, and remember what was typed when it comes again."""
    answers: dict[str, str] = {}

    def remembered(prompt: str) -> str:
        if prompt not in answers:
            answers[prompt] = ask(prompt)
        return answers[prompt]

    return remembered


def handler(arguments: "argparse.Namespace", store: "Path") -> str:
    """The handler given with --handler, or the only one that the store has."""
    from desk.store import handlers
    from desk.store.door import read_identity

    if arguments.handler:
        return str(arguments.handler)
    names = handlers.names(store)
    if not names:
        read_identity(store)  # says so when there is no store
        hint = "take it into a case store with `desk merge`"
        raise DeskError("this folder opens with the words of nobody", hint)
    if len(names) != 1:
        raise DeskError("it is not clear who opens the case store", "say who: --handler NAME")
    return names[0]


# Any: argparse's own parser, here and below.
def add_day(verb: "Any") -> None:
    """The option --today. Every verb takes it, also one that needs no day: nobody must know which."""
    verb.add_argument("--today", metavar="DATE", type=day, help="the day, if the clock is wrong")


def add_trust(verb: "Any", *, required: bool = True) -> None:
    """The option --trust of a verb that has the network and lets another process verify."""
    text = "folder of this machine with site-ID.pub and keys.json; what is done is noted there"
    verb.add_argument("--trust", metavar="DIR", required=required, help=text)


def add_ask(verb: "Any") -> None:
    """The option --passphrase-fd."""
    verb.add_argument("--passphrase-fd", metavar="N", type=int, help=FROM_DESCRIPTOR)


def add_language(verb: "Any") -> None:
    """The option --language."""
    verb.add_argument("--language", choices=("nl", "en"), default="nl", help="of what is printed")


def add_handler(verb: "Any") -> None:
    """The options --handler and --passphrase-fd of a verb that opens a case store."""
    verb.add_argument("--handler", metavar="NAME", help="who opens it, if there are several")
    add_ask(verb)


def add_words_fd(verb: "Any") -> None:
    """The option --words-fd."""
    text = "read the words as a line of JSON from this open file descriptor, after what is asked"
    verb.add_argument("--words-fd", metavar="N", type=int, help=text)


def add_verb(verbs: "Any", name: str, run: "Any", text: str) -> "Any":
    """A verb that opens a case store: with who opens it, the day, and the language of its words."""
    verb = verbs.add_parser(name, help=text)
    add_handler(verb)
    add_day(verb)
    add_language(verb)
    verb.add_argument("store", metavar="STORE", help="the case store")
    verb.set_defaults(run=run, online=False)
    return verb


def take_options(arguments: "argparse.Namespace", words: "list[str]") -> "list[str]":
    """Take the options that every verb has out of words of a verb's own."""
    from desk.verbs.parser import Parser

    # Without abbreviations: `--to` is a field of several actions, and no short `--today`.
    parser = Parser(prog="desk", add_help=False, allow_abbrev=False)
    add_handler(parser)
    add_day(parser)
    add_language(parser)
    add_words_fd(parser)
    if "json" in arguments:
        parser.add_argument("--json", action="store_true")
    _, rest = parser.parse_known_args(words, arguments)
    return rest
