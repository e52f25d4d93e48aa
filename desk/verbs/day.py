"""The verb `day`, beside steps 6 to 8: a person says which day it is.

Comes in: a case store, and the day that stands on a calendar. Goes out: one line; from then on what
the store has does not doubt that day. It refuses a day that the clock does not have.
"""

from desk.errors import TYPE_CHECKING
from desk.verbs import given, opening
from desk.verbs.parser import ALL

if TYPE_CHECKING:
    import argparse
    from typing import Any


def _day(arguments: "argparse.Namespace") -> int:
    from desk.store import daycheck
    from desk.store.daycheck import DoubtfulDay

    say, said, clock = given.say(arguments), arguments.day, given.today(arguments)
    with opening.book(arguments) as book:
        made = daycheck.confirm(said, clock=clock, by=book.vault.handler)
        try:
            book.days.sure(said)
        except DoubtfulDay:
            book.add([made])
            print(say("day.done", day=said))
        else:
            print(say("day.sure"))
    return ALL


# Any: argparse's own list of verbs.
def add(verbs: "Any") -> None:
    """Add the verb."""
    verb = given.add_verb(verbs, "day", _day, "say which day it is, after a rest or a wrong clock")
    verb.add_argument("day", metavar="DATE", type=given.day, help="today, as on a calendar")
