"""The verbs `key` of the command line, beside steps 2 and 6: make, list and publish keys.

Comes in: arguments. Goes out: what the verb prints, and its exit code. It refuses to import a key
library before a verb runs. What happens to a key later is in `keeping`.
"""

from desk.errors import TYPE_CHECKING
from desk.verbs import given, keeping

if TYPE_CHECKING:
    import argparse
    from typing import Any

ALL = 0


def _new(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keys import ceremony

    today = given.today(arguments)
    days = ceremony.validity(arguments.use, arguments.not_before or today, arguments.not_after)
    out, practice = Path(arguments.out), arguments.practice
    lines = ceremony.new(arguments.use, out, days, practice=practice, today=today)
    print("\n".join(lines))
    return ALL


def _list(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keys import ceremony

    print("\n".join(ceremony.table(Path(arguments.folder))))
    return ALL


def _publish(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keeping import rotation
    from desk.keys import publication

    folder, site_key, out = map(Path, (arguments.keys, arguments.site_key, arguments.out))
    today = rotation.sure(folder, given.today(arguments), said=arguments.today is not None)
    ask = given.ask(arguments)
    print("\n".join(publication.publish(folder, site_key, out, ask=ask, today=today)))
    return ALL


# Any: argparse's own list of verbs, here and below.
def _add_new(actions: "Any") -> None:
    new = actions.add_parser("new", help="make a key; its passphrase is shown once")
    new.add_argument("use", choices=("intake", "board", "site"))
    new.add_argument("--out", metavar="DIR", required=True, help="where both halves go")
    new.add_argument("--practice", action="store_true", help="without passphrase, never to be used")
    new.add_argument(
        "--not-before", metavar="DATE", type=given.day, help="first day, today if not given"
    )
    new.add_argument("--not-after", metavar="DATE", type=given.day, help="last day")
    given.add_day(new)
    new.set_defaults(run=_new, online=False)


def _add_publish(actions: "Any") -> None:
    publish = actions.add_parser("publish", help="sign the list of public keys")
    publish.add_argument("--keys", metavar="DIR", required=True, help="the public halves")
    publish.add_argument("--site-key", metavar="FILE", required=True, help="the secret site key")
    publish.add_argument("--out", metavar="FILE", required=True, help="for example keys.json")
    given.add_day(publish)
    given.add_ask(publish)
    publish.set_defaults(run=_publish, online=False)


def add(verbs: "Any") -> None:
    """Add the verb `key` with everything that can be done to a key."""
    text = "make, publish, keep, rotate and destroy keys, offline"
    group = verbs.add_parser("key", help=text)
    actions = group.add_subparsers(title="verbs", metavar="VERB", required=True)
    _add_new(actions)
    listing = actions.add_parser("list", help="show the keys in a folder")
    listing.add_argument("folder", metavar="DIR")
    given.add_day(listing)
    listing.set_defaults(run=_list, online=False)
    _add_publish(actions)
    keeping.add(actions)
