"""The verb `verify`, for steps 2 and 9: hold a live site against what its desk signed, from outside.

Comes in: arguments. Goes out: what was found, and an exit code for a monitor. It refuses to load a key library, a
case store or a secret.
"""

from desk.errors import TYPE_CHECKING, DeskError
from desk.verbs import given

if TYPE_CHECKING:
    import argparse
    from typing import Any

_HINT = "desk verify --help shows the names"
_NEVER = (
    "It asks in HTTP/1.1 and never sends a cookie, Sec-Fetch-* or If-None-Match; it follows no redirect, "
    "and no alt-svc to HTTP/2 or 3: a host can tell it from a browser by that. It ends after 100 minutes "
    "for each machine (1,000 with --every), or after 60 addresses in a row that do not answer, and says so."
)


def _verify(arguments: "argparse.Namespace") -> int:
    import json
    from pathlib import Path

    from desk.online import status
    from desk.online.outside import readers, rounds, verifying
    from desk.verbs.parser import report

    try:
        agents = arguments.agent or list(readers.AGENTS)
        if unknown := set(agents) - readers.AGENTS.keys():
            raise DeskError(f"nobody knows the program {min(unknown)}", _HINT)
        places = verifying.places(arguments.site, arguments.address)
        languages = arguments.language or readers.LANGUAGES
        who = rounds.who(places, agents, languages, whole=arguments.every)
        told = verifying.verify(Path(arguments.folder), who, today=given.today(arguments))
    except DeskError as error:  # 1 means that something is wrong with the site
        report(error)
        return status.UNSEEN
    print(
        json.dumps(told.record) if arguments.json else told.text, end="\n" if arguments.json else ""
    )
    return told.code


# Any: argparse's own list of verbs.
def add(verbs: "Any") -> None:
    """Add the verb `verify`."""
    text = "hold a site against what its desk signed: 0 all well, 1 something is wrong, 2 could not look"
    verb = verbs.add_parser("verify", help=text, description=f"{text}. {_NEVER}")
    verb.add_argument("site", metavar="SITE_URL")
    text = "with site-ID.pub; verify.txt and the log of manifests are kept there"
    verb.add_argument("--folder", metavar="FOLDER", required=True, help=text)
    text = "ask this machine by its IP address, under the site's name; several, one after the other"
    verb.add_argument("--address", metavar="IP", action="append", default=[], help=text)
    text = "ask as this program alone: android, old-android, iphone, windows, firefox or tor"
    verb.add_argument("--agent", metavar="NAME", action="append", default=[], help=text)
    text = "ask in this language alone, as a browser says it, such as ro-RO"
    verb.add_argument("--language", metavar="TAG", action="append", default=[], help=text)
    text = "ask for every file as every program in every language: others than what runs or seals are else asked in one"
    verb.add_argument("--every", action="store_true", help=text)
    verb.add_argument("--json", action="store_true", help="all that was found, for a program")
    given.add_day(verb)
    verb.set_defaults(run=_verify, online=True)
