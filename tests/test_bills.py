"""Laws and bills on a page: a plan is never worded as law, and what nobody read is not known."""

from dataclasses import replace

import pytest

from overrides.facts.legislation import STATUS, Bill
from overrides.pages import bills
from overrides.pages.wording import Voice
from tests.own_records import own
from tests.site import STRINGS, Page

FOUND = {bill.id: bill for bill in own().bills}
ENGLISH = Voice(STRINGS["en"])


def row(bill: Bill) -> list[str]:
    """The cells of one law or bill."""
    return [e.text for e in Page("/", bills.body(ENGLISH, (bill,))).all("td")]


def test_a_law_says_since_when() -> None:
    """As exact as it was found; without a day it only says that it holds."""
    law = FOUND["sr-273g"]

    assert row(law)[1] == "In force since 1 January 2022"
    assert row(replace(law, dates=()))[1] == "In force"


@pytest.mark.parametrize("status", [one for one in STATUS if one != "in_force"])
@pytest.mark.parametrize("language", list(STRINGS))
def test_nothing_else_reads_as_law(status: str, language: str) -> None:
    """Also when an event of the record says that something came into force."""
    voice = Voice(STRINGS[language])
    since = replace(FOUND["sr-273g"], status=status)
    force = voice.t("bills.status.in_force")

    said = bills.status(voice, since)
    assert said == voice.t(f"bills.status.{status}")
    assert not said.startswith(force)


@pytest.mark.parametrize("language", list(STRINGS))
def test_a_bill_says_on_which_day_it_was_no_law_yet(language: str) -> None:
    """The day of the text of law that lacks it; a law in force never says so."""
    voice = Voice(STRINGS[language])
    bill = replace(FOUND["wrs"], dates=(("not_in_force", "2026-09-01"),))

    said = bills.status(voice, bill)
    assert said == (
        f"{voice.t.closed(voice.t('bills.status.pending'))} "
        f"{voice.t('bills.absent', date=voice.moment('2026-09-01'))}"
    )
    law = replace(bill, status="in_force")
    assert bills.status(voice, law) == voice.t("bills.status.in_force")


def test_what_nobody_read_is_not_known() -> None:
    """No status, no certainty, no source is made up."""
    assert row(FOUND["new-sv"])[1:] == [
        "Not known.", "Nobody has read a source yet.", "not given",
    ]  # fmt: skip


def test_a_bill_shows_how_old_and_how_sure_its_state_is() -> None:
    """With every source and its date."""
    _, state, read, sources = row(FOUND["wrs"])

    assert state == "Lies with parliament; not a law, as far as we found"
    assert read == "3 October 2025, certainty high"
    assert sources.count("; ") == len(FOUND["wrs"].sources) - 1
    assert sources.endswith(", 3 October 2025")
