"""The command line of the desk: which verb, which half, which exit code.

Comes in: arguments. Goes out: what the verb prints, and 0 (all), 2 (some) or 1 (usage). It refuses
to import a verb before it is asked for, so that the network and a key never meet in one process.
"""

import argparse
import os
import signal
import sys
from contextlib import contextmanager, suppress

from desk.errors import TYPE_CHECKING, DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, NoReturn

ALL, USAGE, SOME = 0, 1, 2
_MIN_COLUMNS, _MAX_COLUMNS = 40, 100
_UNKNOWN = "unrecognized arguments:"
_DESCRIPTION = "The handlers' tool: fetch sealed complaints, open them offline, keep the keys."


class _Help(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        # With a width given, argparse does not load what asks the terminal: a tenth of the start.
        super().__init__(prog, width=_MAX_COLUMNS)


class Parser(argparse.ArgumentParser):
    # Any: argparse's own lists of options, here and below.
    def __init__(self, **options: "Any") -> None:
        super().__init__(formatter_class=_Help, **options)

    def error(self, message: str) -> "NoReturn":
        raise DeskError(_unsaid(message), f"{self.prog} --help shows what can be asked")


def _unsaid(message: str) -> str:
    """What argparse says of arguments it does not know, without the words behind a mistyped option."""
    head, known, rest = message.partition(_UNKNOWN)
    if not known:
        return message
    names = [word.partition("=")[0] for word in rest.split() if word.startswith("-")]
    return f"{head}{known} {' '.join(names)}" if names else "there are arguments too many"


class _Later:
    """The parser of a verb, made when the verb is asked for: one runs, and all are named."""

    def __init__(self, **options: "Any") -> None:
        self._options = options
        self._told: list[Callable[[Parser], object]] = []
        self._parser: Parser | None = None

    def add_argument(self, *names: str, **options: "Any") -> None:
        self._told.append(lambda parser: parser.add_argument(*names, **options))

    def set_defaults(self, **values: "Any") -> None:
        self._told.append(lambda parser: parser.set_defaults(**values))

    def add_subparsers(self, **options: "Any") -> "argparse._SubParsersAction[Parser]":
        return self._made().add_subparsers(parser_class=_Later, **options)  # type: ignore[arg-type]

    def parse_known_args(self, *arguments: "Any") -> "tuple[argparse.Namespace, list[str]]":
        return self._made().parse_known_args(*arguments)

    def _made(self) -> Parser:
        if self._parser is None:
            self._parser = Parser(**self._options)
        for tell in self._told:
            tell(self._parser)
        self._told.clear()
        return self._parser


def _columns() -> int:
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):  # a file or a pipe
        columns = _MAX_COLUMNS
    return max(_MIN_COLUMNS, min(columns, _MAX_COLUMNS))


def _fetch(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from desk.online import fetch
    from desk.verbs import given

    stick = Path(arguments.stick)
    tally = fetch.fetch(
        fetch.store_of(arguments.source, stick), stick, today=given.today(arguments)
    )
    print(tally.line())
    for name, reason in sorted(tally.refused.items()):
        print(f"  {name}  {reason}", file=sys.stderr)
    return SOME if tally.refused or tally.is_part else ALL


def _open(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from desk.intake import open as opening
    from desk.intake import view
    from desk.strings import Strings
    from desk.verbs import given

    say, columns = Strings(arguments.language), _columns()
    keyring = opening.unlock(map(Path, arguments.key), given.ask(arguments))
    form = view.json_line if arguments.json else lambda opened: view.page(opened, say, columns)
    unread = opening.show(map(Path, arguments.path), keyring, sys.stdout, form=form)
    sys.stdout.flush()  # so that the table comes after what it is about
    for line in opening.table(unread, say):
        print(line, file=sys.stderr)
    return SOME if unread else ALL


def _add_online(verbs: "argparse._SubParsersAction[Parser]") -> None:
    from desk.verbs import given

    verb = verbs.add_parser("fetch", help="copy sealed complaints from the store onto a stick")
    given.add_day(verb)
    verb.add_argument("source", metavar="SOURCE", help="a folder, or s3://BUCKET")
    verb.add_argument("stick", metavar="STICK", help="the folder as which the stick appears")
    verb.set_defaults(run=_fetch, online=True)


def _add_open(verbs: "argparse._SubParsersAction[Parser]") -> None:
    from desk.verbs import given

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


def _run(argv: list[str]) -> int:
    from desk.verbs import (
        board,
        cases,
        day,
        figures,
        handlers,
        intake,
        keys,
        letters,
        partners,
        retention,
        serve,
        store,
    )

    parser = Parser(prog="desk", description=_DESCRIPTION)
    parser.set_defaults(serving=False)
    verbs: argparse._SubParsersAction[Any] = parser.add_subparsers(
        title="verbs", metavar="VERB", required=True, parser_class=_Later
    )
    _add_online(verbs)
    _add_open(verbs)
    groups = (serve, intake, cases, partners, board, letters, figures, retention, day)
    for group in (*groups, store, keys, handlers):
        group.add(verbs)
    arguments = parser.parse_args(argv)
    if not arguments.online:
        from desk import offline

        offline.enter(serving=arguments.serving)
    status: int = arguments.run(arguments)
    return status


def report(error: DeskError) -> None:
    """Print what went wrong and what to do about it."""
    from desk.terminal import clean

    print(f"desk: {clean(error.message)}", file=sys.stderr)
    if error.hint:
        print(f"hint: {clean(error.hint)}", file=sys.stderr)


@contextmanager
def _closing_stops() -> "Iterator[None]":
    """A closed window or an ended session stops a verb as Ctrl+C does: what lies in clear is wiped."""

    def stop(_number: int, _frame: object) -> "NoReturn":
        for number in before:
            signal.signal(number, signal.SIG_IGN)  # one is enough
        raise KeyboardInterrupt

    numbers = (signal.SIGHUP, signal.SIGTERM)
    before = {one: signal.signal(one, stop) for one in numbers}
    try:
        yield
    finally:
        for number, how in before.items():
            signal.signal(number, how)


def main(argv: list[str]) -> int:
    """Run one verb; returns the exit code. An offline verb closes this process to the network."""
    # Complaints are in many scripts, whatever the language of the machine.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        with _closing_stops():
            return _run(argv)
    except DeskError as error:
        report(error)
    except KeyboardInterrupt:
        with suppress(OSError):  # the window may be gone
            report(DeskError("stopped"))
    except BrokenPipeError:
        # The reader, `head` for example, has seen enough; nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return USAGE
