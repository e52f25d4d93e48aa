"""The verbs `bundle`, beside the keys: what a folder is worth from which a computer gets the desk.

Comes in: arguments. Goes out: what the verb prints, and its exit code. It refuses to import a key library
before a verb runs.
"""

from desk.errors import TYPE_CHECKING
from desk.verbs import given
from desk.verbs.parser import ALL

if TYPE_CHECKING:
    import argparse
    from typing import Any


def _check(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keys import bundle

    print("\n".join(bundle.check(Path(arguments.folder), Path(arguments.site_key))))
    return ALL


def _sign(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keys import bundle

    folder = Path(arguments.folder)
    # Before the passphrase is asked for: who signs compares the digits with the paper first.
    print("\n".join(bundle.look(folder)), flush=True)
    print("\n".join(bundle.sign(folder, Path(arguments.site_key), given.ask(arguments))))
    return ALL


# Any: argparse's own list of verbs.
def add(verbs: "Any") -> None:
    """Add the verb `bundle` with what can be done to a folder."""
    group = verbs.add_parser("bundle", help="check or sign a folder from which a desk is installed")
    actions = group.add_subparsers(title="verbs", metavar="VERB", required=True)
    checking = actions.add_parser("check", help="prove every byte of it with the site key")
    checking.add_argument("folder", metavar="FOLDER", help="as it lies on the stick")
    text = "the public half, site-ID.pub"
    checking.add_argument("--site-key", metavar="FILE", required=True, help=text)
    given.add_day(checking)
    checking.set_defaults(run=_check, online=False)
    signing = actions.add_parser("sign", help="sign it with the site key, after a look at it")
    signing.add_argument("folder", metavar="FOLDER", help="as it lies on the stick")
    signing.add_argument("--site-key", metavar="FILE", required=True, help="the secret site key")
    given.add_day(signing)
    given.add_ask(signing)
    signing.set_defaults(run=_sign, online=False)
