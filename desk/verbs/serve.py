"""The verb `serve` of the command line: the daily screen of steps 6 and 7.

Comes in: arguments. Goes out: a screen until it is stopped, and the exit code. It refuses to know
what the screen shows, and imports it only when it is asked for.
"""

from desk.errors import TYPE_CHECKING
from desk.verbs.parser import ALL

if TYPE_CHECKING:
    import argparse
    from typing import Any


def _serve(arguments: "argparse.Namespace") -> int:
    from functools import partial
    from pathlib import Path

    from desk.page.serve import serve
    from desk.verbs import given

    serve(
        Path(arguments.store),
        language=arguments.language,
        despite_network=arguments.despite_network,
        today=partial(given.today, arguments),
        say=partial(print, flush=True),
    )
    return ALL


# Any: argparse's own list of verbs.
def add(verbs: "Any") -> None:
    """Add the verb; its process may listen to this machine, and to nothing else (`serving`)."""
    from desk.verbs import given

    verb = verbs.add_parser("serve", help="show the daily screen on this machine, offline")
    verb.add_argument("store", metavar="STORE", help="the case store")
    verb.add_argument(
        "--despite-network", action="store_true", help="start on a networked machine, for practice"
    )
    given.add_language(verb)
    given.add_day(verb)
    verb.set_defaults(run=_serve, online=False, serving=True)
