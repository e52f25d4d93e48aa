"""Every action on the daily screen, in Chromium against `desk serve`: the same events as the table's own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.store.event import Event
from desk.wire.canon import Value
from desk.work.actions import ACTIONS
from tests import boards, intakes, samples
from tests.browser.desk import Screen, entered, fill, opened, thread
from tests.screens import HANDLER, do, put_case
from tests.vaults import make_store

CLICKS = 3  # from the inbox, for whatever a handler does to a case
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
    "assigned": HANDLER,
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
    "withdrawal_done": {},
    "triage": TRIAGE,
    "danger": {},
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
        "dutch": "Dag,\n\ngoedendag",
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
    "close": {"outcomes": ("informed",), "without": "", "text": ""},
    "reopen": {"text": "Zij schreef opnieuw."},
}


def written(case: Case, words: Mapping[str, object]) -> Event:
    """What she wrote under her code, as an import keeps it."""
    values: dict[str, Value] = {"object": "", "key_id": "", "ask": str(words["ask"])}
    values |= {"complaint": samples.text(words).decode("utf-8")}
    return Event(case.subject, "followed_up", "2026-11-22", HANDLER, values)


def prepare(book: Casebook, action: str) -> Case:
    """Make a case on which an action can be done."""
    code = boards.fields(action)
    case = put_case(book, flood="ab" * 16 if action == "release_flood" else "", **code)
    if action == "withdrawal_done":
        book.add([written(case, boards.follow_up(action, "withdraw"))])
    before: Mapping[str, list[tuple[str, Given]]] = {
        "refer": [("consent", CONSENT)],
        "referral_done": [("refer", {"organisation": "Huis"})],
        "unbundle": [("bundle", {"title": "Elders"})],
        "deadline_met": [("deadline", GIVEN["deadline"])],
        "unmask": [("triage", {"about_name": "Bureau"})],
        "close": [("report_back", GIVEN["report_back"])],
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
    """A running screen, its store, a case ready for each action, and the names of one more and a closed one."""

    screen: Screen
    store: Path
    cases: dict[str, str]
    other: str
    closed: str


@pytest.fixture(scope="module")
def desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give a running screen with a case for each action."""
    store = make_store(tmp_path_factory.mktemp("desk"))
    with intakes.opened(store) as book:
        cases = {action.name: prepare(book, action.name).subject for action in ACTIONS}
        cases["standard"] = put_case(book, **boards.fields("standard")).subject
        other, closed = put_case(book).pseudonym, book.cases[cases["reopen"]].pseudonym
    with entered(chromium, store, "--language", "nl", locale="nl-NL") as screen:
        yield Desk(screen, store, cases, other, closed)


@dataclass
class Hand:
    """A hand on the mouse that starts at the inbox and counts; filling in a field is no click."""

    page: Page
    clicks: int = 0

    def click(self, selector: str) -> None:
        """Click on the first that is found."""
        self.page.locator(selector).first.click()
        self.clicks += 1

    def open_case(self, subject: str) -> None:
        """Click on a case in the inbox; one that is closed is sought by its name first."""
        self.click(f"main a[href='/case/{subject}']")
        self.page.wait_for_url(f"**/case/{subject}")

    def unfold(self, action: str) -> None:
        """Click on the name of a form, unless it is unfolded already."""
        if self.page.locator(f"#do-{action}:not([open])").count():
            self.click(f"#do-{action} > summary")


def press(desk: Desk, action: str, given: Given) -> int:
    """Go from the inbox to the case, fill in the form of the action and press its button; the clicks."""
    page, subject = desk.screen.page, desk.cases[action]
    desk.screen.open("/")
    hand = Hand(page)
    if action == "reopen":  # what is closed stands no longer in the inbox
        page.locator("#words").fill(desk.closed)
        hand.click(".seek button")
    hand.open_case(subject)
    hand.unfold(action)
    form = f"form[action='/case/{subject}/{action}']"
    if page.locator(f"#do-{action}").count():
        fill(page.locator(form), given)
    hand.click(f"{form} button:not([name])")
    page.wait_for_selector(".done")
    return hand.clicks


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

    assert press(desk, action, given) <= (CLICKS + 1 if action == "reopen" else CLICKS)
    with opened(desk.store, tmp_path / "after") as book:
        found = thread(book, book.cases[desk.cases[action]])
    if action == "bundle":  # the subject of a new bundle is drawn
        assert found.pop()[1].keys() == expected.pop()[1].keys() == {"bundle"}
    assert found == expected


def test_every_action_is_tried() -> None:
    """A new action needs a line in this file."""
    assert set(GIVEN) == {action.name for action in ACTIONS}


def test_a_standard_answer_takes_three_clicks_from_the_inbox(desk: Desk, tmp_path: Path) -> None:
    """The case, the standard answer into the text, and off: the form is unfolded by itself."""
    page, subject = desk.screen.page, desk.cases["standard"]
    desk.screen.open("/")
    hand = Hand(page)
    hand.open_case(subject)
    page.locator("#answer-standard").select_option("danger")
    hand.click("#do-answer button[name=choose]")
    expect(page.locator("#answer-text")).not_to_have_value("")
    text = page.locator("#answer-text").input_value()
    hand.click("#do-answer button:not([name])")
    page.wait_for_selector(".done")
    assert hand.clicks == CLICKS
    with opened(desk.store, tmp_path / "after") as book:
        (kind, said) = thread(book, book.cases[subject])[-1]
        assert (kind, said["text"], said["standard"]) == ("answered", text, "danger")


def test_nothing_went_wrong_meanwhile(desk: Desk) -> None:
    """No request left this machine and the browser had no complaint."""
    desk.screen.open("/")
    assert desk.screen.troubles == []
    assert desk.screen.strangers() == []
