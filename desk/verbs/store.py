"""The verbs for the case store itself, between steps 6 and 7: init, check, backup, restore, merge.

Comes in: arguments. Goes out: what the verb prints, and its exit code. It refuses to import a key
library before a verb runs, and to know what is in a store.
"""

from desk.errors import TYPE_CHECKING
from desk.verbs import given, opening
from desk.verbs.parser import ALL, SOME

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from desk.store.check import Report
    from desk.store.union import Tally


def _init(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keys.passphrase import shown_once
    from desk.store import create

    store, name, practice = Path(arguments.store), arguments.handler, arguments.practice
    with shown_once(f"the handler {name}") as passphrase:
        create.create(store, name, passphrase, practice=practice)
    print(f"case store   {store}, which {name} opens")
    return ALL


def _report(report: "Report", language: str) -> int:
    from desk.strings import Strings
    from desk.terminal import clean

    say = Strings(language)
    print(
        f"events: {report.events}, files: {report.batches}, keys: {report.subjects}, "
        f"destroyed keys: {report.subjects_erased}, faults: {len(report.findings)}"
    )
    for finding in report.findings:
        # The name of a file that does not belong here is whatever somebody chose.
        print(f"  {clean(finding.file)}  {say(f'store.finding.{finding.fault}')}")
    return SOME if report.findings else ALL


def _check(arguments: "argparse.Namespace") -> int:
    from desk.store.check import check

    with opening.vault(arguments) as vault:
        return _report(check(vault), arguments.language)


def tell(tally: "Tally", language: str) -> int:
    """Print what was copied and what was left out; returns the exit code."""
    from desk.strings import Strings
    from desk.terminal import clean

    say = Strings(language)
    print(f"new files: {tally.batches}, mended: {tally.mended}, left out: {len(tally.refused)}")
    for name, fault in sorted(tally.refused.items()):
        print(f"  {clean(name)}  {say(f'store.finding.{fault}')}")
    return SOME if tally.refused else ALL


def _backup(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.store.copy import backup

    with opening.vault(arguments) as vault:
        return tell(backup(vault, Path(arguments.target)), arguments.language)


def _merge(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.store.copy import merge

    with opening.vault(arguments) as vault:
        return tell(merge(vault, Path(arguments.other)), arguments.language)


def _restore(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.store.copy import restore

    source, target = Path(arguments.store), Path(arguments.target)
    name = given.handler(arguments, source)
    passphrase = given.ask(arguments)(f"passphrase of {name}: ")
    tally, report = restore(source, target, name, passphrase=passphrase)
    return max(tell(tally, arguments.language), _report(report, arguments.language))


# Any: argparse's own list of verbs, here and below.
def _add_init(verbs: "Any") -> None:
    init = verbs.add_parser("init", help="make a case store; the handler's words are shown once")
    init.add_argument("store", metavar="STORE")
    init.add_argument("--handler", metavar="NAME", required=True, help="who opens it first")
    init.add_argument("--practice", action="store_true", help="for invented cases only")
    given.add_day(init)
    init.set_defaults(run=_init, online=False)


def add(verbs: "Any") -> None:
    """Add the verbs that are about a case store as a whole."""
    _add_init(verbs)
    for name, run, other, text in (
        ("check", _check, "", "prove every byte of a case store"),
        ("backup", _backup, "target", "bring a backup up to date, or begin one"),
        ("restore", _restore, "target", "make a case store out of a backup"),
        ("merge", _merge, "other", "take in what another copy has, for example on a stick"),
    ):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("store", metavar="BACKUP" if name == "restore" else "STORE")
        if other:
            verb.add_argument(other, metavar=other.upper())
        given.add_handler(verb)
        given.add_day(verb)
        given.add_language(verb)
        verb.set_defaults(run=run, online=False)
