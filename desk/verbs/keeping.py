"""The verbs `key` for the life of a key, beside steps 2 and 6: keep, calendar, rotate, share, destroy.

Comes in: arguments. Goes out: what the verb prints, and its exit code. It refuses to import a key
library before a verb runs.
"""

from desk.errors import TYPE_CHECKING
from desk.verbs import given, words

if TYPE_CHECKING:
    import argparse
    from typing import Any

ALL, SOME = 0, 2


def _keep(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keeping import kept
    from desk.store.vault import Vault

    store, ask = Path(arguments.store), given.ask(arguments)
    name = given.handler(arguments, store)
    with Vault.open(store, name, ask(f"passphrase of {name}: ")) as vault:
        files = [Path(file) for file in arguments.file]
        print("\n".join(kept.keep(vault, files, ask=ask, today=given.today(arguments))))
    return ALL


def _calendar(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keeping import holdings, planner, rotation
    from desk.keys import calendar
    from desk.store import daycheck
    from desk.store.vault import Vault
    from desk.strings import Strings

    folder, today, stored = Path(arguments.folder), given.today(arguments), None
    words = Strings(arguments.language)
    if arguments.store:
        store = Path(arguments.store)
        name = given.handler(arguments, store)
        passphrase = given.ask(arguments)(f"passphrase of {name}: ")
        with Vault.open(store, name, passphrase) as vault:
            stored = holdings.of(vault)
            daycheck.of([vault]).sure(today)
    else:
        rotation.sure(folder, today, said=arguments.today is not None)
    found = planner.duties(folder, stored, today)
    print("\n".join(planner.lines(found, words, today)))
    return SOME if any(calendar.is_due(duty, today) for duty in found) else ALL


def _rotate(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keeping import rotation

    rotate = rotation.rotate_at_once if arguments.at_once else rotation.rotate
    folder = Path(arguments.folder)
    today = rotation.sure(folder, given.today(arguments), said=arguments.today is not None)
    print("\n".join(rotate(folder, today)))
    return ALL


def _share(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keeping import backup
    from desk.strings import Strings

    words, today = Strings(arguments.language), given.today(arguments)
    file, out, ask = Path(arguments.file), Path(arguments.out), given.ask(arguments)
    print("\n".join(backup.share(file, out, words=words, ask=ask, today=today)))
    return ALL


def _combine(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keeping import backup

    named, days = (arguments.use, arguments.id), (arguments.first, arguments.last)
    out, ask, today = Path(arguments.out), given.ask_openly(arguments), given.today(arguments)
    print("\n".join(backup.combine(named, days, out, ask=ask, today=today)))
    return ALL


def _why(arguments: "argparse.Namespace") -> str:
    """The reason for not waiting, which is asked for: it may name somebody."""
    words.refuse(arguments.now_because)
    if arguments.now_because is None:
        return ""
    return given.ask_openly(arguments)("why it cannot wait: ")


def _destroy(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.keeping import destruction
    from desk.strings import Strings

    order = destruction.Order(
        key_id=arguments.id,
        folder=Path(arguments.keys),
        stores=(Path(arguments.store), Path(arguments.copy)),
        handlers=tuple(arguments.handlers),
        sticks=tuple(map(Path, arguments.stick)),
        out=Path(arguments.out),
        on=given.today(arguments),
        why=_why(arguments),
        lost=arguments.lost,
    )
    lines = destruction.destroy(order, words=Strings(arguments.language), ask=given.ask(arguments))
    print("\n".join(lines))
    return ALL


# Any: argparse's own list of verbs, here and below.
def _add_store(actions: "Any") -> None:
    keep = actions.add_parser("keep", help="take keys into a case store, for importing")
    keep.add_argument("store", metavar="STORE")
    keep.add_argument("file", metavar="FILE", nargs="+", help="a secret intake or board key")
    given.add_handler(keep)
    given.add_day(keep)
    keep.set_defaults(run=_keep, online=False)
    calendar = actions.add_parser("calendar", help="what must happen to which key, and when")
    calendar.add_argument("folder", metavar="DIR")
    calendar.add_argument("store", metavar="STORE", nargs="?")
    given.add_handler(calendar)
    given.add_language(calendar)
    given.add_day(calendar)
    calendar.set_defaults(run=_calendar, online=False)


def _add_rotate(actions: "Any") -> None:
    rotate = actions.add_parser("rotate", help="make the intake key of the next quarter")
    rotate.add_argument("folder", metavar="DIR")
    text = "begin now, and withdraw what had not begun: somebody else may know the keys"
    rotate.add_argument("--at-once", action="store_true", help=text)
    given.add_day(rotate)
    rotate.set_defaults(run=_rotate, online=False)


def _add_paper(actions: "Any") -> None:
    share = actions.add_parser("share", help="put a key on three paper sheets; two give it back")
    share.add_argument("file", metavar="FILE", help="a secret key")
    share.add_argument("--out", metavar="DIR", required=True, help="where they are printed from")
    given.add_language(share)
    given.add_day(share)
    given.add_ask(share)
    share.set_defaults(run=_share, online=False)
    combine = actions.add_parser("combine", help="make the key again out of two paper sheets")
    combine.add_argument("use", choices=("intake", "board", "site"))
    combine.add_argument("id", metavar="ID", help="16 digits, as on the sheet")
    combine.add_argument("first", metavar="FIRST", type=given.day, help="first day")
    combine.add_argument("last", metavar="LAST", type=given.day, help="last day")
    combine.add_argument("--out", metavar="DIR", required=True, help="where both halves go")
    given.add_day(combine)
    given.add_ask(combine)
    combine.set_defaults(run=_combine, online=False)


def _add_destroy(actions: "Any") -> None:
    destroy = actions.add_parser("destroy", help="destroy a key for good, with two handlers")
    destroy.add_argument("id", metavar="ID", help="16 digits, as `desk key list` shows them")
    destroy.add_argument("store", metavar="STORE", help="the case store")
    destroy.add_argument("copy", metavar="COPY", help="its second copy")
    destroy.add_argument("--keys", metavar="DIR", required=True, help="the folder of the key file")
    destroy.add_argument("--handlers", metavar="NAME", nargs=2, required=True, help="two people")
    destroy.add_argument("--out", metavar="DIR", required=True, help="for the paper to sign")
    text = "a stick to look through; may be given again"
    destroy.add_argument("--stick", metavar="PATH", action="append", default=[], help=text)
    text = "why it cannot wait for 120 days after its last day"
    destroy.add_argument("--now-because", nargs="*", metavar="(asked for)", help=text)
    destroy.add_argument("--lost", action="store_true", help="nobody has the key file any more")
    given.add_language(destroy)
    given.add_day(destroy)
    given.add_ask(destroy)
    destroy.set_defaults(run=_destroy, online=False)


def add(actions: "Any") -> None:
    """Add what can be done to a key after it was made."""
    _add_store(actions)
    _add_rotate(actions)
    _add_paper(actions)
    _add_destroy(actions)
