"""The verb `handbook` of the command line: the handbook in the browser of this computer, beside every step.

Comes in: arguments. Goes out: a browser at a file of this computer, or the place where that lies. It refuses to
touch keys and cases, and to show the handbook at the address of the daily screen: that would run its script there.
"""

from desk.errors import TYPE_CHECKING
from desk.verbs.parser import ALL

if TYPE_CHECKING:
    import argparse
    from typing import Any


def _opened(address: str) -> bool:
    """Whether a browser took it; none is looked for where nobody could see one."""
    import os
    import webbrowser

    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")):
        return False
    try:
        return webbrowser.open(address)
    except (OSError, webbrowser.Error):
        return False


def _handbook(arguments: "argparse.Namespace") -> int:
    from desk import handbook

    path = handbook.first_page(arguments.language)
    if not _opened(path.as_uri()):
        print("no browser could be opened here; open this file in one:")
    print(path)
    return ALL


# Any: argparse's own list of verbs.
def add(verbs: "Any") -> None:
    """Add the verb. Its process has no key, and may start another program (`online`)."""
    from desk.verbs import given

    verb = verbs.add_parser("handbook", help="open the handbook that came with the desk")
    given.add_language(verb)
    given.add_day(verb)
    verb.set_defaults(run=_handbook, online=True)
