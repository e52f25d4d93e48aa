"""The command line of the desk: which verb, which half, which exit code.

Comes in: arguments. Goes out: what the verb prints, and 0 (all), 2 (some) or 1 (usage). It refuses
to import a verb before it is asked for, so that the network and a key never meet in one process.
"""

import argparse
import os
import sys

from desk.errors import TYPE_CHECKING, DeskError

if TYPE_CHECKING:
    from datetime import date
    from typing import Any, NoReturn

    from desk.passphrase import Ask

ALL, USAGE, SOME = 0, 1, 2
_MIN_COLUMNS, _MAX_COLUMNS = 40, 100
_DESCRIPTION = "The handlers' tool: fetch sealed complaints, open them offline, keep the keys."
_FROM_DESCRIPTOR = "read passphrases from this open file descriptor, a line for each locked key"


class _Help(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        # With a width given, argparse does not load what asks the terminal: a tenth of the start.
        super().__init__(prog, width=_MAX_COLUMNS)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: "Any") -> None:  # Any: argparse's own list of options
        super().__init__(formatter_class=_Help, **options)

    def error(self, message: str) -> "NoReturn":
        raise DeskError(message, f"{self.prog} --help shows what can be asked")


def _day(text: str) -> "date":
    from datetime import date

    return date.fromisoformat(text)


def _today() -> "date":
    from datetime import UTC, datetime

    return datetime.now(UTC).date()


def _ask(arguments: argparse.Namespace) -> "Ask":
    from desk import passphrase

    number: int | None = arguments.passphrase_fd
    return passphrase.typed if number is None else passphrase.from_descriptor(number)


def _columns() -> int:
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):  # a file or a pipe
        columns = _MAX_COLUMNS
    return max(_MIN_COLUMNS, min(columns, _MAX_COLUMNS))


def _fetch(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from desk import fetch

    stick = Path(arguments.stick)
    tally = fetch.fetch(fetch.store_of(arguments.source, stick), stick)
    print(tally.line())
    for name, reason in sorted(tally.refused.items()):
        print(f"  {name}  {reason}", file=sys.stderr)
    return SOME if tally.refused else ALL


def _open(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from desk import open as opening

    keyring = opening.unlock(map(Path, arguments.key), _ask(arguments))
    columns = None if arguments.json else _columns()
    paths = map(Path, arguments.path)
    problems = opening.show(paths, keyring, sys.stdout, columns=columns)
    sys.stdout.flush()  # so that the table comes after what it is about
    for line in opening.table(problems):
        print(line, file=sys.stderr)
    return SOME if problems else ALL


def _key_new(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from desk import ceremony

    today = _today()
    days = ceremony.validity(arguments.use, arguments.not_before or today, arguments.not_after)
    out, practice = Path(arguments.out), arguments.practice
    lines = ceremony.new(arguments.use, out, days, practice=practice, today=today)
    print("\n".join(lines))
    return ALL


def _key_list(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from desk import ceremony

    print("\n".join(ceremony.table(Path(arguments.folder))))
    return ALL


def _key_publish(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from desk import publication

    folder, site_key, out = map(Path, (arguments.keys, arguments.site_key, arguments.out))
    today = arguments.today or _today()
    lines = publication.publish(folder, site_key, out, ask=_ask(arguments), today=today)
    print("\n".join(lines))
    return ALL


def _add_online(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    verb = verbs.add_parser("fetch", help="copy sealed complaints from the store onto a stick")
    verb.add_argument("source", metavar="SOURCE", help="a folder, or s3://BUCKET")
    verb.add_argument("stick", metavar="STICK", help="the folder as which the stick appears")
    verb.set_defaults(run=_fetch, online=True)


def _add_open(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    verb = verbs.add_parser("open", help="open sealed complaints, offline")
    verb.add_argument("path", metavar="PATH", nargs="+", help="a sealed complaint, or a folder")
    verb.add_argument(
        "--key", metavar="FILE", action="append", required=True, help="a secret intake key"
    )
    verb.add_argument("--json", action="store_true", help="a line of JSON for each complaint")
    verb.add_argument("--passphrase-fd", metavar="N", type=int, help=_FROM_DESCRIPTOR)
    verb.set_defaults(run=_open, online=False)


def _add_key_new(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    new = verbs.add_parser("new", help="make a key; its passphrase is shown once")
    new.add_argument("use", choices=("intake", "board", "site"))
    new.add_argument("--out", metavar="DIR", required=True, help="where both halves go")
    new.add_argument("--practice", action="store_true", help="without passphrase, never to be used")
    new.add_argument(
        "--not-before", metavar="DATE", type=_day, help="first day, today if not given"
    )
    new.add_argument("--not-after", metavar="DATE", type=_day, help="last day")
    new.set_defaults(run=_key_new, online=False)


def _add_key(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    actions = verbs.add_parser("key", help="make, list and publish keys, offline").add_subparsers(
        title="verbs", metavar="VERB", required=True
    )
    _add_key_new(actions)
    listing = actions.add_parser("list", help="show the keys in a folder")
    listing.add_argument("folder", metavar="DIR")
    listing.set_defaults(run=_key_list, online=False)
    publish = actions.add_parser("publish", help="sign the list of public keys")
    publish.add_argument("--keys", metavar="DIR", required=True, help="the public halves")
    publish.add_argument("--site-key", metavar="FILE", required=True, help="the secret site key")
    publish.add_argument("--out", metavar="FILE", required=True, help="for example keys.json")
    publish.add_argument("--today", metavar="DATE", type=_day, help="the day of issue")
    publish.add_argument("--passphrase-fd", metavar="N", type=int, help=_FROM_DESCRIPTOR)
    publish.set_defaults(run=_key_publish, online=False)


def _run(argv: list[str]) -> int:
    parser = _Parser(prog="desk", description=_DESCRIPTION)
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    _add_online(verbs)
    _add_open(verbs)
    _add_key(verbs)
    arguments = parser.parse_args(argv)
    if not arguments.online:
        from desk import offline

        offline.enter()
    status: int = arguments.run(arguments)
    return status


def _report(error: DeskError) -> None:
    from desk.terminal import clean

    print(f"desk: {clean(error.message)}", file=sys.stderr)
    if error.hint:
        print(f"hint: {clean(error.hint)}", file=sys.stderr)


def main(argv: list[str]) -> int:
    """Run one verb; returns the exit code. An offline verb closes this process to the network."""
    # Complaints are in many scripts, whatever the language of the machine.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return _run(argv)
    except DeskError as error:
        _report(error)
    except KeyboardInterrupt:
        _report(DeskError("stopped"))
    except BrokenPipeError:
        # The reader, `head` for example, has seen enough; nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return USAGE
