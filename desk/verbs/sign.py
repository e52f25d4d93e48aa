"""The verb `sign`, offline: the manifest of a site, shown and then signed with the site key.

Comes in: arguments. Goes out: what the verb prints, and its exit code. It refuses to import a key library
before the verb runs.
"""

from desk.errors import TYPE_CHECKING
from desk.verbs import given
from desk.verbs.parser import ALL

if TYPE_CHECKING:
    import argparse
    from typing import Any


def _sign(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keys import manifests

    key, after = Path(arguments.site_key), arguments.after and Path(arguments.after)
    today, told = given.today(arguments), arguments.today is not None
    made = manifests.draft(Path(arguments.folder), key, after, today, told=told)
    # Before the passphrase is asked for: who signs compares the digits with the paper first.
    print("\n".join(made.lines), flush=True)
    print("\n".join(manifests.sign(made, key, given.ask(arguments))))
    return ALL


# Any: argparse's own list of verbs.
def add(verbs: "Any") -> None:
    """Add the verb `sign`."""
    verb = verbs.add_parser("sign", help="sign the manifest of a site, offline, after a look at it")
    text = "the site, or its SHA256SUMS, built.json, keys.json and manifests.jsonl"
    verb.add_argument("folder", metavar="FOLDER", help=text)
    verb.add_argument("--site-key", metavar="FILE", required=True, help="the secret site key")
    text = "public half of the site key before this one, the first time that a new one signs"
    verb.add_argument("--after", metavar="FILE", help=text)
    given.add_day(verb)
    given.add_ask(verb)
    verb.set_defaults(run=_sign, online=False)
