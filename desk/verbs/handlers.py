"""The verbs `handler` of the command line, around steps 6 and 7: who opens a case store.

Comes in: arguments. Goes out: what the verb prints, and its exit code. It refuses to import a key
library before a verb runs.
"""

from desk.errors import TYPE_CHECKING
from desk.verbs import given
from desk.verbs.parser import ALL

if TYPE_CHECKING:
    import argparse
    from typing import Any


def _list(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.store import handlers
    from desk.store.door import read_identity

    store = Path(arguments.store)
    read_identity(store)  # says so when there is no store
    print("\n".join(handlers.names(store)))
    return ALL


def _add(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keeping import people
    from desk.store.vault import Vault

    store, ask = Path(arguments.store), given.ask(arguments)
    name = given.handler(arguments, store)
    with Vault.open(store, name, ask(f"passphrase of {name}: ")) as vault:
        print("\n".join(people.join(vault, arguments.name, given.today(arguments))))
    return ALL


def _change(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keeping import people
    from desk.store.vault import Vault

    act = people.leave if arguments.left else people.lose
    store, absent = Path(arguments.store), tuple(arguments.absent)
    ask = given.once(given.ask(arguments))
    today = given.today(arguments)
    change = people.Change(arguments.name, absent, Path(arguments.out), today)
    name, words = given.handler(arguments, store), given.say(arguments)
    with Vault.open(store, name, ask(f"passphrase of {name}: ")) as vault:
        print("\n".join(act(vault, change, words=words, ask=ask)))
    return ALL


# Any: argparse's own list of verbs, here and below.
def _add_change(actions: "Any", verb: str, text: str, *, left: bool) -> None:
    change = actions.add_parser(verb, help=text)
    change.add_argument("store", metavar="STORE")
    change.add_argument("name", metavar="NAME", help="who it is about")
    change.add_argument("--out", metavar="DIR", required=True, help="for the paper to sign")
    text = "a handler who cannot be asked now and is added again later; may be given again"
    change.add_argument("--absent", metavar="NAME", action="append", default=[], help=text)
    given.add_handler(change)
    given.add_language(change)
    given.add_day(change)
    change.set_defaults(run=_change, online=False, left=left)


def add(verbs: "Any") -> None:
    """Add the verb `handler`."""
    group = verbs.add_parser("handler", help="who opens a case store: join, leave, lost laptop")
    actions = group.add_subparsers(title="verbs", metavar="VERB", required=True)
    listing = actions.add_parser("list", help="show who can open a case store")
    listing.add_argument("store", metavar="STORE")
    given.add_day(listing)
    listing.set_defaults(run=_list, online=False)
    joining = actions.add_parser("add", help="let a new handler open it; words are shown once")
    joining.add_argument("store", metavar="STORE")
    joining.add_argument("name", metavar="NAME", help="a short name in small letters")
    given.add_handler(joining)
    given.add_day(joining)
    joining.set_defaults(run=_add, online=False)
    _add_change(actions, "remove", "take a handler out, and give the store a new key", left=True)
    _add_change(actions, "lost", "a laptop is lost: new key, new words, a report", left=False)
