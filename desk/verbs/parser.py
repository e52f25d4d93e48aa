"""How verbs are typed and how they end, for every step at the desk: argparse with our errors, and codes.

Comes in: what is typed. Goes out: arguments, and 0 (all), 2 (some) or 1 (usage). It refuses to know
any verb.
"""

import argparse
import os
import sys

from desk.errors import TYPE_CHECKING, DeskError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

ALL, USAGE, SOME = 0, 1, 2
_MIN_COLUMNS, _MAX_COLUMNS = 40, 100
_UNKNOWN = "unrecognized arguments:"


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


class Later:
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
        return self._made().add_subparsers(parser_class=Later, **options)  # type: ignore[arg-type]

    def parse_known_args(self, *arguments: "Any") -> "tuple[argparse.Namespace, list[str]]":
        return self._made().parse_known_args(*arguments)

    def _made(self) -> Parser:
        if self._parser is None:
            self._parser = Parser(**self._options)
        for tell in self._told:
            tell(self._parser)
        self._told.clear()
        return self._parser


def columns() -> int:
    """Columns of the terminal, from 40 to 100; 100 where there is none."""
    try:
        found = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):  # a file or a pipe
        found = _MAX_COLUMNS
    return max(_MIN_COLUMNS, min(found, _MAX_COLUMNS))


def report(error: DeskError) -> None:
    """Print what went wrong and what to do about it."""
    from desk.terminal import clean

    print(f"desk: {clean(error.message)}", file=sys.stderr)
    if error.hint:
        print(f"hint: {clean(error.hint)}", file=sys.stderr)
