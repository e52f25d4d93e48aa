"""The walk of one complaint and of two answers: a clean clone, `make serve`, a browser, and what it prints."""

import json
import os
import re
import shlex
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.strings import Strings
from tests import stores
from tests.browser.desk import OPENED, Screen, fill
from tests.browser.visit import Visit

T = Strings("en")
ADDRESS = re.compile(r"http://127\.\d+\.\d+\.\d+:\d+/\?token=\S+")

# Loaded by Python before anything else: from then on the process cannot make a socket.
NO_SOCKETS = """
import sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise OSError("this process has no network")
sys.addaudithook(refuse)
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give a clean clone in a temporary folder."""
    made = tmp_path / "balie"
    command = ["git", "clone", "--quiet", "--no-hardlinks", str(stores.REPO), str(made)]
    subprocess.run(command, check=True)
    return made


@contextmanager
def serving(clone: Path) -> Iterator[str]:
    """Run `make serve` until it says what to do next; gives what it said."""
    port = stores.free_port()
    command = ["make", "serve", f"PORT={port}"]
    process = subprocess.Popen(
        command,
        cwd=clone,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said = ""
        for line in process.stdout or []:
            said += line
            if line.endswith("/en/answer/\n"):
                break
        assert "/en/answer/" in said, said
        yield said
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)


def without_network(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "no-sockets"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(NO_SOCKETS, "utf-8")
    return {**os.environ, "PYTHONPATH": str(folder)}


@contextmanager
def practice_desk(clone: Path, line: str, page: Page) -> Iterator[tuple[Screen, set[str]]]:
    """Type the line that makes a practice desk, and the words that it says; gives the screen and its cases."""
    with subprocess.Popen(
        shlex.split(line), cwd=clone, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        said = ""
        try:
            while not (found := ADDRESS.search(said)):
                said += process.stdout.readline() or pytest.fail(said)
            (words,) = re.findall(r"^practice words  ((?:\w+ ){6}\w+)  ", said, re.M)
            page.goto(found[0])
            page.locator("#passphrase").fill(words)
            page.keyboard.press("Enter")
            page.wait_for_selector(OPENED)
            yield Screen(page, found[0].partition("/?")[0]), cases(page)
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def cases(page: Page) -> set[str]:
    """The cases that the screen lists."""
    follow(page, "inbox")
    hrefs = [one.get_attribute("href") or "" for one in page.locator("main a").all()]
    return {href for href in hrefs if href.startswith("/case/")}


def follow(page: Page, menu: str) -> None:
    with page.expect_navigation():
        page.locator("nav").get_by_role("link", name=T(f"page.nav.{menu}")).click()


def on_stick(page: Page, menu: str, press: str) -> None:
    """On a screen that asks for a stick: the folder as printed, and a button."""
    follow(page, menu)
    page.get_by_label(T("page.stick.path")).fill("var/stick")
    page.get_by_role("button", name=press).click()
    expect(page.get_by_role("status")).to_be_visible()


def answer(screen: Screen, case: str, text: str) -> None:
    """Write an answer in the case."""
    screen.open(case)
    form = screen.page.locator(f"form[action='{case}/answer']")
    if not form.is_visible():  # the next step of a case stands open by itself
        screen.page.locator("#do-answer summary").first.click()
    fill(form, {"text": text, "language": "nl"})
    with screen.page.expect_navigation():
        form.locator("button:not([name])").click()


def expect_signed(address: str) -> None:
    """The log that is served speaks of the list that is served, as on a real site."""
    names = ("manifests.jsonl", "SHA256SUMS")
    served, listed = (urlopen(f"{address}/{name}", timeout=30).read() for name in names)
    last = json.loads(json.loads(served.splitlines()[-1])["signed"])
    assert (last["sums"], last["practice"]) == (sha256(listed).hexdigest(), True)


def test_clean_clone_to_two_answers_on_one_day(
    clone: Path, tmp_path: Path, page: Page, chromium: Browser
) -> None:
    """What `make serve` prints, typed literally: the complaint just sent is opened, answered, and read, twice."""
    with serving(clone) as said:
        (address,) = re.findall(r"^  (http://127\.0\.0\.1:\d+)/$", said, re.M)
        expect_signed(address)
        visit = Visit(page, address)
        visit.page.goto(address)
        visit.page.locator("a[hreflang=nl], a[href*='nl/']").first.click()
        visit.page.wait_for_url("**/nl/")
        visit.page.locator("main a[href*='write']").first.click()
        visit.page.wait_for_url("**/write/")
        visit.write("De wandeling van één klacht. دخلوا")
        visit.go_back_to("code")
        code = visit.take_code()
        visit.go_to("check")
        visit.send()
        visit.expect_sent()
        fetch, opening, publish = re.findall(r"^  (\.venv/bin/desk .*)$", said, re.M)
        expect_opened(clone, tmp_path, fetch, opening)
        (line,) = re.findall(r"^  (make desk)$", said, re.M)
        (answers,) = re.findall(r"^  (http://\S+/answer/)$", said, re.M)
        staff = chromium.new_context().new_page()
        with practice_desk(clone, line, staff) as (screen, before):
            on_stick(staff, "import", T("page.import.press"))
            (case,) = cases(staff) - before
            presses = (T("page.board.press"), T("page.board.next", epoch=1))
            for number, press in enumerate(presses, 1):
                answer(screen, case, f"Antwoord {number}.")
                on_stick(staff, "outbox", press)
                expect(staff.get_by_role("status")).to_contain_text(f"Board {number} is made")
                subprocess.run(shlex.split(publish), cwd=clone, check=True)
                expect_answers(page, answers, code, number)
        staff.context.close()


def expect_answers(page: Page, address: str, code: str, count: int) -> None:
    """Read with the code: so many answers, on a board that is said to be of this week."""
    page.goto(address)
    page.locator("#code").fill(code)
    page.locator("#read").click()
    expect(page.locator("#result")).to_be_visible(timeout=40_000)
    shown = page.locator("#answers").inner_text()
    assert [f"Antwoord {number}." in shown for number in (1, 2)] == [True, count == 2]
    assert page.locator("#result [data-state]:visible").count() == 0


def expect_opened(clone: Path, tmp_path: Path, fetch: str, opening: str) -> None:
    """The complaint is read, in a process that cannot make a socket."""
    subprocess.run(shlex.split(fetch), cwd=clone, check=True)
    opened = subprocess.run(
        shlex.split(opening),
        cwd=clone,
        env=without_network(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "De wandeling van één klacht. دخلوا" in opened.stdout
