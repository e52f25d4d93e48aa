"""The runbook handbook/pages/*/operators/first-answer.md, followed: from nothing to an answer and a restored store.

Real keys, a release, the app with its file store, the form, the daily screen and the answer page in a real
Chromium. What is not run here, a cloud account and a rented machine, stands on the page as such.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from desk.cases.book import Casebook
from desk.keeping import holdings
from desk.strings import Strings
from overrides.words import clock
from tests import runbook, stores
from tests.browser.desk import OPENED, Screen
from tests.browser.test_walk import ADDRESS, answer
from tests.browser.visit import Visit
from tests.ceremony import at_a_terminal, opened
from tests.runbook import Step, Walk
from tests.site import LANGUAGES, leave_only, released
from tests.soak import SOAK, count

STORY = "Dit is een proef. Zij kwamen binnen zonder te vragen."
ANSWER = "Wij hebben u gehoord."
FOLDERS = ("keys", "cases", "copy", "stick", "print", "trust")
PATIENCE_S = 60.0
WITH_DAY = ("fetch", "key")
# A share makes a release of three; all of them are made in a soak, and a practice site of all in `built_site`.
RELEASED = LANGUAGES if SOAK else ("nl", "en", "ar")


@dataclass
class Day:
    """One afternoon: what is followed, where, by whom, and what people keep in mind."""

    walk: Walk
    folder: Path
    port: int
    browser: Browser
    language: str = ""
    screen: str = ""  # the address that `desk serve` said
    tabs: list[Page] = field(default_factory=list)
    code: str = ""

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def tab(self) -> Page:
        self.tabs.append(self.browser.new_context().new_page())
        return self.tabs[-1]

    def follow(self, step: Step) -> str:
        """Do one step; what it showed."""
        if step.deed:
            DEEDS[step.deed](self)
            return ""
        if "functions --site" in step.command:
            self.walk.start(step, self.port, self.folder / "server.log")
            return ""
        return (
            self._serve(step) if step.command.startswith("desk serve") else self.walk.follow(step)
        )

    def _serve(self, step: Step) -> str:
        line = self.walk.here(step.command).removeprefix("desk ").split()
        command = [sys.executable, "-m", "desk", *line, "--despite-network"]  # this machine has one
        process = subprocess.Popen(command, cwd=runbook.ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        self.walk.running.append(process)
        said = ""
        while not (found := ADDRESS.search(said)):
            said += process.stdout.readline() or pytest.fail(said)
        self.screen = found[0]
        return said


def settings(day: Day) -> None:
    """Fill in the settings: no blank, the two lines from the paper, and today."""
    half = json.loads(next((day.folder / "media/keys").glob("site-*.pub")).read_text("ascii"))
    own = {"site_key": half["fingerprint"], "keys_issued_at_least": today()}
    raw = yaml.safe_load(
        released(RELEASED, **own, reference_date=today(), site_url="https://desk.example")
    )
    (day.walk.house / "settings.yml").write_text(yaml.safe_dump(raw), "utf-8")


def today() -> date:
    return clock.today()


def complaint(day: Day) -> None:
    """Write and send one in the form, with a code."""
    visit = Visit(day.tab(), day.site)
    visit.open_form()
    visit.write(STORY)
    visit.go_back_to("code")
    day.code = visit.take_code()
    visit.go_to("check")
    visit.send()
    visit.expect_sent()


def reply(day: Day) -> None:
    """Open the daily screen, find the one case and answer it; then close the screen."""
    page = day.tab()
    page.goto(day.screen)
    page.locator("#handler input[value=anna]").check()
    page.locator("#passphrase").fill(day.walk.words["anna"])
    page.keyboard.press("Enter")
    page.wait_for_selector(OPENED)
    inbox = page.locator("nav").get_by_role("link", name=Strings(day.language)("page.nav.inbox"))
    with page.expect_navigation():
        inbox.click()
    (case,) = page.locator("main a[href^='/case/']").all()
    path = str(case.get_attribute("href"))
    answer(Screen(page, day.screen.partition("/?")[0]), path, ANSWER)
    day.walk.end_last()


def read(day: Day) -> None:
    """Read the answer with the code from the paper."""
    page = day.tabs[0]
    page.goto(f"{day.site}/en/answer/")
    page.locator("#code").fill(day.code)
    page.locator("#read").click()
    expect(page.locator("#result")).to_be_visible(timeout=40_000)
    assert ANSWER in page.locator("#answers").inner_text()


def reread(day: Day) -> None:
    """The app hands out the new list by itself."""
    wanted = (day.folder / "media/stick/keys.json").read_bytes()
    until = time.monotonic() + PATIENCE_S
    while list_served(day.site) != wanted:
        assert time.monotonic() < until
        time.sleep(0.1)


def list_served(site: str) -> bytes:
    with urlopen(f"{site}/keys.json") as answer:
        return bytes(answer.read())


def on_the_day(day: Day) -> None:
    """Let 120 days go by after the last day of the first key: the desk says which day it is."""
    media = day.folder / "media"
    half = json.loads((media / f"keys/intake-{day.walk.intake[0]}.pub").read_text("ascii"))
    now = str(date.fromisoformat(half["not_after"]) + timedelta(days=120))
    line = ("day", media / "cases/store", now, "--today", now, "--handler", "anna")
    status, shown = at_a_terminal(*line, answer=day.walk.answer)
    assert status == 0, shown
    day.walk.options |= {verb: ["--today", now] for verb in WITH_DAY}


DEEDS = {
    "settings": settings,
    "complaint": complaint,
    "answer": reply,
    "read": read,
    "reread": reread,
    "the day": on_the_day,
}


@pytest.fixture
def day(tmp_path: Path, chromium: Browser) -> Iterator[Day]:
    """Give fresh folders in the place of each disk and each folder of a server."""
    port, media = stores.free_port(), tmp_path / "media"
    for name in FOLDERS:
        (media / name).mkdir(mode=0o700, parents=True)
    for name in ("srv/balie/publisher/board", "drop", "canary"):
        (tmp_path / name).mkdir(parents=True)
    places = {
        "/media/drop": f"{tmp_path}/drop",
        "/media/board": f"{tmp_path}/srv/balie/publisher/board",
        "/media/": f"{media}/",
        "/srv/balie": f"{tmp_path}/srv/balie",
        "/var/lib/balie-canary": f"{tmp_path}/canary",
        "files:/var/lib/balie": f"files:{tmp_path}/drop",
        "https://desk.example": f"http://127.0.0.1:{port}",
        ", ".join(LANGUAGES): ", ".join(RELEASED),
    }
    house = runbook.house(tmp_path / "house")
    leave_only(house, RELEASED)
    made = Day(Walk(house, places), tmp_path, port, chromium)
    yield made
    for tab in made.tabs:
        tab.context.close()
    made.walk.end()


@pytest.mark.parametrize("language", runbook.LANGUAGES[: count(2, 1)])
def test_from_nothing_to_the_first_answer(language: str, day: Day) -> None:
    """Each command shows what the page says; at the end an answer was read, and what must be gone is gone."""
    day.language = language
    steps = list(runbook.steps(runbook.HANDBOOK / language / "operators/first-answer.md"))
    assert {step.deed for step in steps} == {"", *DEEDS}
    for step in steps:
        shown = day.follow(step)
        assert runbook.unseen(step, shown) is None, f"{step.command}\n{shown}"
    expect_the_end(day)


def expect_the_end(day: Day) -> None:
    """The first key is nowhere, the restored store has the case, the drop is empty, and no words lie about."""
    gone, words = day.walk.intake[0], day.walk.words
    assert not list(day.folder.rglob(f"intake-{gone}.key"))
    with opened(day.folder / "media/cases/restored", "bram", words["bram"]) as vault:
        book = Casebook(vault)
        assert sorted(case.canary for case in book.cases.values()) == [False, True]
        assert holdings.of(vault).destroyed == {gone}
    assert list((day.folder / "drop/in").iterdir()) == []
    assert (day.folder / "server.log").read_bytes() == b""
    secret = {*words.values(), day.code, STORY}
    assert len(secret) == 8
    for path in (path for path in day.folder.rglob("*") if path.is_file()):
        tools = (
            day.folder / "house" / name for name in (".venv", "tests")
        )  # this file has the story
        if not any(path.is_relative_to(one) for one in tools):
            octets = path.read_bytes()
            assert not any(one.encode() in octets for one in secret), path
