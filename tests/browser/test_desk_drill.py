"""The drill: a first-time handler, a stick, a keyboard; every complaint handled, and the time that the tool took."""

import random
import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from desk.cases.book import Casebook
from desk.intake import practice
from desk.keys import ceremony, secret_keys
from desk.store import copy
from desk.store.vault import Vault
from desk.strings import LANGUAGES, Strings
from desk.wire import code, keylist
from tests.browser.desk import patient, serving
from tests.browser.drill import Day
from tests.browser.keyboard import Handler
from tests.intakes import keep_key, told, vocabulary
from tests.intakes import write as write_stick
from tests.samples import SEED, SOAK
from tests.screens import HANDLER, PASSPHRASE, make_store

TOOL_SECONDS = 300
FIRST_CASE_SECONDS = 60
PRESSES, CLICKS = 6, 3  # to answer or refer one complaint, from the inbox
MANY = 500
SPOKEN = LANGUAGES if SOAK else LANGUAGES[:1]
LOCALES = {"nl": "nl-NL", "en": "en-GB"}


@dataclass
class Drilled:
    """A day that is over: what she did, what the screen said, and where it was done."""

    day: Day
    said: list[str]
    written: list[str]
    store: Path
    twin: Path
    stick: Path


def furnish(folder: Path) -> tuple[Path, Path]:
    """Make a practice store that holds the key of the tests, and an empty stick."""
    store, stick = make_store(folder, practice=True), folder / "stick"
    stick.mkdir()
    with Vault.open(store, HANDLER, PASSPHRASE) as vault:
        keep_key(Casebook(vault), SEED)
    return store, stick


def half() -> ceremony.PublicHalf:
    """The public half of the key of the tests, as a practice key."""
    days = (date(2026, 10, 1), date(2026, 12, 31))
    return ceremony.PublicHalf(
        keylist.entry("intake", secret_keys.public_of("intake", SEED), *days), practice=True
    )


def drill(chromium: Browser, language: str, *, store: Path, stick: Path) -> Drilled:
    """Spend the day; nobody touches the mouse."""
    twin = Path(shutil.copytree(store, store.with_name("twin")))
    with serving(store, "--language", language) as address:
        page = chromium.new_context(locale=LOCALES[language]).new_page()
        day = Day(Handler(page, Strings(language)))
        patient(page)
        page.goto(address)
        day.unlock(PASSPHRASE)
        assert "Alt (Chrome)" in " ".join(day.her.read()), "nobody told her about the keys"
        said = day.take_in(str(stick))
        day.work()
        written = day.take_along(str(stick))
        day.lock()
        page.context.close()
    return Drilled(day, said, written, store, twin, stick)


@pytest.fixture(scope="module", params=SPOKEN)
def drilled(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Drilled:
    """Give a day with twenty complaints that is over."""
    store, stick = furnish(tmp_path_factory.mktemp("drill"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(code, "ROUNDS", 1)  # the senders' work, not hers
        practice.write(stick, half())
    return drill(chromium, request.param, store=store, stick=stick)


def test_the_tool_takes_less_than_five_minutes(drilled: Drilled) -> None:
    """Reading and thinking aside: from the locked screen to the stick that goes along."""
    her = drilled.day.her
    figure = f"{her.tool_seconds:.1f} s, {len(her.presses)} presses, {her.clicks} pages"
    print(f"drill of 20 in {her.t.language}: {figure}")
    assert her.tool_seconds < TOOL_SECONDS


def test_an_answer_takes_few_presses(drilled: Drilled) -> None:
    """From the inbox, typed text aside."""
    took = [done for done in drilled.day.done.values() if "answered" in done.kinds]
    *standard, refused = sorted(done.presses for done in took if done.clicks > CLICKS)
    own = sorted(done.presses for done in took if done.clicks == CLICKS)
    print(f"presses to answer: {standard}, own words {own}, refused once for a hole {refused}")
    assert max(standard) <= PRESSES
    assert max(own) <= PRESSES + 1  # past the list of standard answers


def test_it_takes_three_pages_from_the_inbox_to_answer_or_refer(drilled: Drilled) -> None:
    """The case, the form, done; a standard answer comes into the text by one more."""
    took = list(drilled.day.done.values())
    assert {done.clicks for done in took if "referred" in done.kinds} == {CLICKS}
    answered = sorted(done.clicks for done in took if "answered" in done.kinds)[:-1]
    assert set(answered) == {CLICKS, CLICKS + 1}


def test_every_case_is_handled_and_the_store_says_the_same(drilled: Drilled) -> None:
    """Twenty new ones; each answered, referred or closed, with just the events of what she did."""
    assert drilled.said[0] == drilled.day.her.t("intake.tally", found=20, new=20, known=0)
    with Vault.open(drilled.store, HANDLER, PASSPHRASE) as vault:
        cases = {case.pseudonym: case for case in Casebook(vault).cases.values()}
    assert len(cases) == 20
    assert cases[next(iter(drilled.day.done))].urgency == "danger", "it says: read this first"
    found = {n: (tuple(e.kind for e in c.thread[1:]), c.is_closed) for n, c in cases.items()}
    assert found == {n: (done.kinds, done.is_closed) for n, done in drilled.day.done.items()}
    assert all({"answered", "referred", "closed"} & set(kinds) for kinds, _ in found.values())


def test_a_colleague_gets_all_of_it_from_the_stick(drilled: Drilled) -> None:
    """The outbox, merged into a copy of the store from before that day."""
    with Vault.open(drilled.twin, HANDLER, PASSPHRASE) as vault:
        assert not copy.merge(vault, drilled.stick).refused
        cases = {case.pseudonym: case.status for case in Casebook(vault).cases.values()}
    with Vault.open(drilled.store, HANDLER, PASSPHRASE) as vault:
        assert cases == {case.pseudonym: case.status for case in Casebook(vault).cases.values()}
        said = drilled.day.her.t("page.outbox.written", count=len(vault.names))
    assert drilled.written == [said]


def test_five_hundred_on_a_stick_and_the_first_is_open(chromium: Browser, tmp_path: Path) -> None:
    """From starting the screen to the first case, by the same keys."""
    store, stick = furnish(tmp_path)
    dice = random.Random(500)
    known = vocabulary(dice)
    write_stick(stick, *(" ".join(told(dice, known, 60)) for _ in range(MANY)))
    begun = time.monotonic()
    with serving(store, "--language", "nl") as address:
        page = chromium.new_context(locale="nl-NL").new_page()
        day = Day(Handler(page, Strings("nl")))
        patient(page)
        page.goto(address)
        day.unlock(PASSPHRASE)
        assert str(MANY) in day.take_in(str(stick))[0]
        name = day.her.focus().inner_text()
        day.her.enter()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        took = time.monotonic() - begun
        page.context.close()
    print(f"stick of {MANY} to first case: {took:.1f} s")
    assert took < FIRST_CASE_SECONDS
