"""Every action on the daily screen, in Chromium against `desk serve`: the same events as the table's own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from desk.cases.actions import ACTIONS
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.store.vault import Vault
from tests.browser.desk import Screen, enter, fill, opened, serving, thread
from tests.screens import CODE, HANDLER, PASSPHRASE, do, make_store, put_case

Given = Mapping[str, str | tuple[str, ...]]
TRIAGE = {
    "urgency": "danger",
    "status": "acting",
    "about": "police",
    "about_name": "Bureau <b>Zuid</b>",
    "municipality": "Ede",
    "topics": ("police", "treatment"),
    "identity": "none",
    "identity_to": (),
    "answerer": "woman",
    "assigned": "noor",
}
CONSENT = {
    "purpose": "pass_on",
    "given": "yes",
    "how": "telephone",
    "scope": "details",
    "to": ("ombudsman", "help"),  # in the order of the form
}
WARM = {
    "organisation": "Huis van de Regio",
    "receiver": "help",
    "warm": "yes",
    "person": "An",
    "agreed": "Zij bellen samen",
    "follow_up": "2026-12-07",
}
# What is filled in for each action; the cases are made ready by `prepare`.
GIVEN: Mapping[str, Given] = {
    "read": {},
    "triage": TRIAGE,
    "note": {"text": "Zij belde.\nTwee regels.", "basis": "told"},
    "translate": {
        "text": "Goedendag",
        "language": "nl",
        "made_by": "interpreter",
        "who": "tolk 3",
    },
    "answer": {
        "text": "Dag,\n\nдобър ден",
        "language": "bg",
        "standard": "",
        "reports_back": "yes",
    },
    "report_back": {"how": "telephone"},
    "tried": {"how": "telephone"},
    "refer": WARM,
    "referral_done": {"number": "1"},
    "consent": CONSENT,
    "bundle": {"bundle": "", "title": "Controles in de regio"},
    "unbundle": {},
    "duplicate": {"of": ""},  # the name of another case is drawn: see `prepare`
    "release_flood": {"whole": "no"},
    "deadline": {"rule": "objection", "started": "2026-11-20"},
    "deadline_met": {"number": "1"},
    "unmask": {},
    "outcome": {"outcomes": ("listened", "informed")},
    "close": {"without": "", "text": ""},
    "reopen": {"text": "Zij schreef opnieuw."},
}


def prepare(book: Casebook, action: str) -> Case:
    """Make a case on which an action can be done."""
    case = put_case(book, flood="ab" * 16 if action == "release_flood" else "", **CODE)
    before: Mapping[str, list[tuple[str, Given]]] = {
        "refer": [("consent", CONSENT)],
        "referral_done": [("refer", {"organisation": "Huis"})],
        "unbundle": [("bundle", {"title": "Elders"})],
        "deadline_met": [("deadline", GIVEN["deadline"])],
        "unmask": [("triage", {"about_name": "Bureau"})],
        "close": [("outcome", GIVEN["outcome"]), ("report_back", GIVEN["report_back"])],
        "reopen": [
            ("outcome", GIVEN["outcome"]),
            ("close", {"without": "asked_not_to"}),
        ],
    }
    for name, given in before.get(action, []):
        do(book, case, name, **given)
    return case


@dataclass
class Desk:
    """A running screen, its store, a case ready for each action, and one more."""

    screen: Screen
    store: Path
    cases: dict[str, str]
    other: str


@pytest.fixture(scope="module")
def desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give a running screen with a case for each action."""
    store = make_store(tmp_path_factory.mktemp("desk"))
    vault = Vault.open(store, HANDLER, PASSPHRASE)
    book = Casebook(vault)
    cases = {action.name: prepare(book, action.name).subject for action in ACTIONS}
    other = put_case(book).pseudonym
    vault.close()
    with serving(store, "--language", "nl") as address:
        page = chromium.new_context(locale="nl-NL").new_page()
        yield Desk(enter(page, address), store, cases, other)
        page.context.close()


def press(desk: Desk, action: str, given: Given) -> None:
    """Go from the inbox to the case, fill in the form of the action and press its button."""
    page, subject = desk.screen.page, desk.cases[action]
    desk.screen.open(f"/case/{subject}")
    form = page.locator(f"form[action^='/case/{subject}/{action}']")
    if (summary := page.locator(f"#do-{action} > summary")).count():
        summary.click()
        fill(form, given)
    form.locator("button:not([name])").click()
    page.wait_for_selector(".done")


@pytest.mark.parametrize("action", [action.name for action in ACTIONS])
def test_an_action_on_the_page_writes_what_the_table_writes(
    desk: Desk, tmp_path: Path, action: str
) -> None:
    """The same kinds and values as from the same words given to the action directly."""
    given = {"of": desk.other} if action == "duplicate" else GIVEN[action]
    with opened(desk.store, tmp_path / "twin") as twin:
        case = twin.cases[desk.cases[action]]
        before = len(case.thread)
        do(twin, case, action, **given)
        expected = thread(twin, case)
    assert len(expected) > before

    press(desk, action, given)
    with opened(desk.store, tmp_path / "after") as book:
        found = thread(book, book.cases[desk.cases[action]])
    if action == "bundle":  # the subject of a new bundle is drawn
        assert found.pop()[1].keys() == expected.pop()[1].keys() == {"bundle"}
    assert found == expected


def test_every_action_is_tried() -> None:
    """A new action needs a line in this file."""
    assert set(GIVEN) == {action.name for action in ACTIONS}


def test_nothing_went_wrong_meanwhile(desk: Desk) -> None:
    """No request left this machine and the browser had no complaint."""
    desk.screen.open("/")
    assert desk.screen.troubles == []
    assert desk.screen.strangers() == []
