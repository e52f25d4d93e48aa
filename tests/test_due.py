"""What an editor looks at again: oldest and weakest first, each with the address to look at."""

from dataclasses import replace
from datetime import date

import pytest

from overrides.facts.front_matter import Facts
from overrides.press import due, lists
from overrides.press.due import Due
from tests.own_records import own
from tests.site import SETTINGS

TODAY = date(2026, 11, 22)
NOTHING = replace(own(), policies={}, bills=())


def test_the_oldest_comes_first_and_of_one_day_the_weakest() -> None:
    """What shows no day may be of any day, so it comes before all."""
    found = [
        Due("2024-03", "low", "c"),
        Due("2024-03-01", "high", "d"),
        Due(None, "high", "b"),
        Due(None, "none", "a"),
        Due("2025", "low", "e"),
    ]

    assert [one.what for one in sorted(found, key=lambda one: one.rank)] == list("abcde")


def test_every_old_value_is_on_the_list_once_with_the_text_that_states_it() -> None:
    """Under the day, the certainty and the address of its strongest source."""
    facts = replace(own(), bills=())
    found = due.due(facts, (), TODAY)

    for policy in facts.policies.values():
        addresses = {text.id: text.url for text in policy.texts}
        for name, fact in policy.facts.items():
            expected = (
                [(fact.as_of, fact.confidence, addresses[fact.sources[0]])]
                if fact.is_known and due._is_old(fact.as_of, TODAY)
                else []
            )
            listed = [
                (one.day, one.certainty, one.url)
                for one in found
                if one.what.startswith(f"{policy.code} {policy.name}: ")
                and name in one.what.partition(": ")[2].split(", ")
            ]
            assert listed == expected, (policy.code, name)


def test_a_record_without_a_value_is_due_with_its_first_pointer() -> None:
    """Somebody has to read what was found."""
    policy = next(one for one in own().policies.values() if one.known)
    bare = replace(
        policy,
        facts={n: replace(f, value="unknown") for n, f in policy.facts.items()},
        editor="Look again.",
    )

    (found,) = due.due(replace(NOTHING, policies={policy.code: bare}), (), TODAY)

    assert (found.day, found.certainty, found.remark) == (None, "none", "Look again.")
    assert found.url == next(text.url for text in policy.texts if text.url)


@pytest.mark.parametrize(
    ("day", "is_due"), [("2025-11-22", True), ("2025-11-23", False), (None, True)]
)
def test_a_year_after_its_source_a_bill_is_due(day: str | None, is_due: bool) -> None:
    """One that shows no day at once."""
    bill = replace(own().bills[0], as_of=day)

    assert bool(due.due(replace(NOTHING, bills=(bill,)), (), TODAY)) == is_due


def test_a_page_is_due_on_the_day_that_it_names() -> None:
    """Not before."""
    pages = [("nl", f"{n}.md", Facts("T", "D", check_again=date(2026, 11, n))) for n in (22, 23)]

    assert [one.what for one in due.due(NOTHING, pages, TODAY)] == ["page nl/22.md"]


def test_the_committed_facts_make_a_list_that_a_person_can_read() -> None:
    """A line each, with a remark below it where there is one; nothing is left out."""
    found = lists.to_look_at(SETTINGS)
    said = list(due.lines(found))

    assert len(said) == len(found) + sum(bool(one.remark) for one in found)
    assert [one.rank for one in found] == sorted(one.rank for one in found)
    assert all("http" in line or "no address" in line for line in said if not line.startswith(" "))
