"""The verbs `canary`, for steps 2 to 9: send one, watch whether they come back, tell the desk.

Comes in: arguments. Goes out: proof that the whole round works, or what is wrong with it. It refuses
to load a case store and the network in one process.
"""

from desk.errors import TYPE_CHECKING, DeskError
from desk.verbs import given, opening
from desk.verbs.parser import ALL

if TYPE_CHECKING:
    import argparse
    from pathlib import Path
    from typing import Any


def _site_key(path: "Path") -> bytes:
    from desk.keys import ceremony
    from desk.wire import keylist

    entry = ceremony.read_public(path).entry
    if entry.use != "site":
        raise DeskError(f"this is not a site key: its use is {entry.use}")
    return keylist.public_of(entry)


def _send(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.online import canary_round

    site_key, today = _site_key(Path(arguments.site_key)), given.today(arguments)
    out = Path(arguments.out)
    sent = canary_round.send(arguments.site, out, site_key=site_key, today=today)
    print(f"canary {sent.object[:16]} sent while board {sent.epoch} was served: {out}")
    return ALL


def _watch(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.online import status, watching
    from desk.verbs.parser import report

    folder, today = Path(arguments.folder), given.today(arguments)
    try:
        halves = sorted(folder.glob("site-*.pub"))
        if len(halves) != 1:
            hint = "put the public half of this desk's site key there, and no other"
            raise DeskError(f"the folder has {len(halves)} site keys and needs one", hint)
        site_key = _site_key(halves[0])
        code, text = watching.watch(folder, arguments.site, site_key=site_key, today=today)
    except DeskError as error:  # 1 means that something is wrong with the site
        report(error)
        return status.UNSEEN
    print(text, end="")
    return code


def _know(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.outgoing import canaries

    file = Path(arguments.file)
    with opening.book(arguments) as book:
        is_new = canaries.know(book, file, today=opening.today(arguments, book))
    print("the canary is known" if is_new else "the canary was known")
    return ALL


# Any: argparse's own list of verbs.
def add(verbs: "Any") -> None:
    """Add the verb `canary` with all that can be done with one."""
    group = verbs.add_parser("canary", help="a complaint of nobody that proves the whole round")
    actions = group.add_subparsers(title="verbs", metavar="VERB", required=True)
    send = actions.add_parser("send", help="send one as a browser does, online")
    send.add_argument("site", metavar="SITE_URL")
    send.add_argument("--out", metavar="FILE", required=True, help="to remember it by")
    text = "the public half of the site key, from your own copy"
    send.add_argument("--site-key", metavar="FILE", required=True, help=text)
    given.add_day(send)
    send.set_defaults(run=_send, online=True)
    text = "by a timer: 0 all well, 1 something is wrong, 2 could not look"
    watch = actions.add_parser("watch", help=text)
    text = "with site-ID.pub and NAME.canary files; status.txt is written there"
    watch.add_argument("folder", metavar="FOLDER", help=text)
    watch.add_argument("site", metavar="SITE_URL")
    given.add_day(watch)
    watch.set_defaults(run=_watch, online=True)
    know = given.add_verb(actions, "know", _know, "tell the desk, so that no figure counts it")
    know.add_argument("file", metavar="FILE", help="that canary send wrote")
