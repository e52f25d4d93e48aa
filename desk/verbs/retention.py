"""The verbs that end what is kept, after step 7: retention, purge-list, and purge beside the store.

Comes in: arguments. Goes out: what is due or was erased, a list for the store, and what the store
did with it. It refuses to load a case store and the network in one process.
"""

import sys

from desk.errors import TYPE_CHECKING, DeskError
from desk.verbs import given, opening

if TYPE_CHECKING:
    import argparse
    from typing import Any

ALL, SOME = 0, 2


def _retention(arguments: "argparse.Namespace") -> int:
    from desk.figures import rows
    from desk.outgoing import retention
    from desk.strings import Strings
    from desk.terminal import clean

    say = Strings(arguments.language)
    with opening.book(arguments) as book:
        today = opening.today(arguments, book)
        print("\n".join(map(clean, retention.plan(book, today).lines(say))))
        if arguments.dry_run:
            return ALL
        erased = retention.run(book, today=today, row=lambda case: rows.values(rows.of(case)))
    if erased:
        print(say("retention.done", count=len(erased)))
    return ALL


def _purge_list(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.cases.book import Casebook
    from desk.outgoing import purge
    from desk.store.vault import Vault

    second = Path(arguments.second)
    if second.resolve() == Path(arguments.store).resolve():
        raise DeskError("the two case stores are one and the same", "give the other copy")
    name, passphrase = opening.who(arguments)
    first = Path(arguments.store)
    with (
        Vault.open(first, name, passphrase) as ours,
        Vault.open(second, name, passphrase) as theirs,
    ):
        book, out = Casebook(ours), Path(arguments.out)
        made = purge.purge_list(book, theirs, out, today=opening.today(arguments, book))
    counts = f"{len(made.held)} held by both case stores, {len(made.erased)} erased on purpose"
    print(f"{counts}; list: {arguments.out}, of the case store {made.store}")
    return ALL


def _purge(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.online import purging

    order = purging.Order(
        path=Path(arguments.list),
        source=arguments.source,
        trust=Path(arguments.trust),
        today=given.today(arguments),
        store=arguments.store,
    )
    store = purging.store_of(arguments.source)
    tally = purging.purge(purging.believed(order), store)
    print(tally.line())
    for name, reason in sorted(tally.kept.items()):
        print(f"  {name}  {reason}", file=sys.stderr)
    return SOME if tally.kept else ALL


# Any: argparse's own list of verbs, here and below.
def add(verbs: "Any") -> None:
    """Add the verbs."""
    retention = given.add_verb(verbs, "retention", _retention, "erase what may no longer be kept")
    retention.add_argument("--dry-run", action="store_true", help="only say what is due")
    text = "name the objects that two case stores hold"
    listing = given.add_verb(verbs, "purge-list", _purge_list, text)
    listing.add_argument("--second", metavar="STORE", required=True, help="the other copy")
    listing.add_argument("--out", metavar="FILE", required=True)
    purge = verbs.add_parser("purge", help="delete listed objects from the store, online")
    purge.add_argument("list", metavar="LIST", help="made by purge-list")
    purge.add_argument("source", metavar="SOURCE", help="a folder, or s3://BUCKET")
    given.add_trust(purge)
    text = "the case store whose lists count from now on, if the desk began a new one"
    purge.add_argument("--store", metavar="ID", default="", help=text)
    given.add_day(purge)
    purge.set_defaults(run=_purge, online=True)
