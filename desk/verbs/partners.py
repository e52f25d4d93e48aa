"""The verb that names who helps near a municipality, for a referral in step 6.

Comes in: a municipality. Goes out: a line for each organisation. It needs no case store and no key.
"""

from desk.errors import TYPE_CHECKING
from desk.verbs import given, words
from desk.verbs.parser import ALL

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from typing import Any

    from desk.strings import Strings
    from desk.work.partners import Partner


def _row(one: "Partner", say: "Strings") -> str:
    police = one.police.get(say.language) or say(f"partner.ties.{one.ties}")
    read = say("partner.read", on=say.day(one.read)) if one.read else say("partner.undated")
    called = (
        say("partner.called", on=say.day(one.called)) if one.called else say("partner.not_called")
    )
    return f"  {one.name}. {police} {read} {called}"


def _lines(municipality: str, say: "Strings") -> "Iterator[str]":
    from desk.work import partners

    region = partners.near(municipality)
    if region is None:
        yield say("partner.no_region")
    elif not region.partners:
        yield say("partner.none", region=region.name)
    else:
        yield say("partner.in", region=region.name)
        yield from (_row(one, say) for one in region.partners)


def _partners(arguments: "argparse.Namespace") -> int:
    from desk.cases.fields import Field

    words.refuse(arguments.municipality)
    told = words.ask(arguments, (Field("municipality", "line"),), ("municipality",))
    say = given.say(arguments)
    print("\n".join(_lines(told.get("municipality", ""), say)))
    return ALL


# Any: argparse's own list of verbs.
def add(verbs: "Any") -> None:
    """Add the verb."""
    verb = verbs.add_parser("partners", help="who helps near a municipality, its GGD region first")
    verb.add_argument("municipality", metavar="(asked for)", nargs="*")
    given.add_words_fd(verb)
    given.add_day(verb)
    given.add_language(verb)
    verb.set_defaults(run=_partners, online=False)
