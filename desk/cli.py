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
from desk.verbs.parser import USAGE, Later, Parser, report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, NoReturn

_DESCRIPTION = "The handlers' tool: fetch sealed complaints, open them offline, keep the keys."


class _Version(argparse.Action):
    """Says which desk this is, and reads its files only when that is asked."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from desk import version

        print("\n".join(version.lines()))
        parser.exit()


def _run(argv: list[str]) -> int:
    from desk.verbs import (
        board,
        bundle,
        canary,
        cases,
        day,
        figures,
        handbook,
        handlers,
        intake,
        keys,
        letters,
        partners,
        retention,
        sealed,
        serve,
        sign,
        store,
        verify,
    )

    parser = Parser(prog="desk", description=_DESCRIPTION)
    parser.add_argument("--version", action=_Version, nargs=0, help="say which desk this is")
    parser.set_defaults(serving=False)
    verbs: argparse._SubParsersAction[Any] = parser.add_subparsers(
        title="verbs", metavar="VERB", required=True, parser_class=Later
    )
    groups = (sealed, serve, intake, cases, partners, board, canary, verify, letters, figures)
    for group in (*groups, retention, day, store, keys, handlers, bundle, sign, handbook):
        group.add(verbs)
    arguments = parser.parse_args(argv)
    if not arguments.online:
        from desk import offline

        offline.enter(serving=arguments.serving)
    status: int = arguments.run(arguments)
    return status


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
