"""The way back, for the tests of step 9: a complaint with a code in any engine, an answer, and words written back.

It uses what the pages show, as a person does; the desk in between is its own verbs, each in a process of its own.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Route

from desk.cases.book import Casebook
from desk.store.create import create
from desk.store.vault import Vault
from desk.store.wrap import MINIMUM
from desk.verbs import given
from tests import trusted
from tests.browser.visit import STEPS
from tests.engines import PATIENCE_SECONDS, Tab, wait
from tests.practice import REPO, Practice, desk

ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WORDS = "one two three four five six seven"
_SHOWN = "[...document.querySelectorAll('.step')].findIndex((step) => !step.hidden)"
DIGITS = "[...document.querySelectorAll('#slip .code span')].map((e) => e.textContent).join('')"
VISITED = ("weather", "before", "weather")  # behind the exit, by Back, by Forward
_PRESSES = 20
_ALL = """[location.href, document.documentElement.outerHTML,
...[...document.querySelectorAll('textarea, input')].map((e) => e.value)].join('\\n')"""
_ANSWERS = """[...document.querySelectorAll('#answers .answer')].map((e) => ({
  text: e.innerText, language: e.lang, direction: getComputedStyle(e).direction}))"""


def own_site(practice: Practice, folder: Path) -> Practice:
    """The practice desk with an empty store, and a site that can have a board of its own."""
    site = folder / "site"
    made = shutil.ignore_patterns("m")  # pages made from data: many, and the same for everybody
    shutil.copytree(practice.site, site, copy_function=os.link, ignore=made)
    shutil.copyfile(f"{practice.site}.headers.json", f"{site}.headers.json")
    return replace(practice, folder=folder, site=site, drop=folder / "drop")


def forget_sums(site: Path) -> None:
    """Let no page of a site say what its scripts and styles must be, for a test that puts others there."""
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        path.unlink()  # the same file as the practice site's
        path.write_text(re.sub(' integrity="[^"]*"', "", text), "utf-8")


def unnamed(route: Route) -> None:
    """Give a page that does not say what its scripts must be, for a test that puts another there."""
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(' integrity="[^"]*"', "", answer.text()))


def _command(*arguments: str | Path, said: Mapping[str, str] | None = None) -> str:
    """Run a verb of the desk as a handler does: passphrase and words on a descriptor."""
    reading, writing = os.pipe()
    os.write(writing, f"{WORDS}\n".encode())
    command = [sys.executable, "-m", "desk", *map(str, arguments), "--passphrase-fd", str(reading)]
    if said is not None:
        os.write(writing, f"{json.dumps(said)}\n".encode())
        command += ["--words-fd", str(reading)]
    os.close(writing)
    pipes = {"pass_fds": [reading], "capture_output": True, "text": True, "cwd": REPO}
    done = subprocess.run(command, check=False, **pipes)
    os.close(reading)
    assert done.returncode == 0, done.stderr
    return done.stdout


def store_of(practice: Practice) -> Path:
    """The case store of the practice desk, which holds its intake and board keys."""
    store = practice.folder / "store"
    if not store.exists():
        create(store, "anna", WORDS, practice=True, work=MINIMUM)
        secrets = [*practice.secret.parent.glob("board-*.key"), practice.secret]
        _command("key", "keep", store, *secrets)
    return store


def _import(practice: Practice) -> list[dict[str, str]]:
    """Import what lies in the drop; the cases as `desk inbox` lists them."""
    _command("import", store_of(practice), practice.drop)
    found: list[dict[str, str]] = json.loads(_command("inbox", store_of(practice), "--json"))
    return found


def answer_at_desk(practice: Practice, words: str, language: str) -> None:
    """Import the one complaint, answer it, make the board and publish it."""
    (case,) = _import(practice)
    store, board = store_of(practice), practice.folder / "board.bin"
    answer = ("case", store, case["case"], "answer", "--text-language", language)
    _command(*answer, "--reads", "yes", said={"text": words})
    _command("board", store, "--out", board)
    publish(practice)


def today() -> date:
    """The day of this machine, or that of the practice list, which is of a day of its own."""
    return max(given.dutch_day(datetime.now(UTC)), date(2026, 11, 22))


def publish(practice: Practice) -> None:
    """Put the board that was made onto the site."""
    trust = trusted.of_practice(practice.secret.parent, practice.folder / "trust")
    board = practice.folder / "board.bin"
    published = desk(
        "publish", board, practice.site, "--trust", trust, "--today", today().isoformat()
    )
    assert published.returncode == 0, published.stderr


def thread_at_desk(practice: Practice) -> list[str]:
    """What stands in the one thread at the desk: the story, the answer, what followed."""
    (case,) = _import(practice)
    with Vault.open(store_of(practice), "anna", WORDS) as vault:
        book = Casebook(vault)
        found = book.find(case["case"])
        said = [book.text(entry) for entry in found.thread]
        texts = [str(values.get("text") or _story(values)) for values in said]
        return [str(book.complaint(found).values["story"]), *filter(None, texts)]


def _story(values: Mapping[str, Any]) -> str:
    return str(json.loads(values["complaint"])["story"]) if values.get("ask") else ""


def tick(tab: Tab, selector: str) -> None:
    """Press a choice until it is made."""
    press_until(tab, selector, f"document.querySelector('{selector}').checked")


def press_until(tab: Tab, selector: str, condition: str) -> None:
    """Press until it acts: a press at once where the last one was counts as its double."""
    for _ in range(_PRESSES):
        tab.click(selector)
        if tab.look(condition):
            return
        time.sleep(0.6)
    raise AssertionError(f"{selector} was pressed in vain")


def go_on(tab: Tab, step: str) -> None:
    """Go on until the step is in view, without a finger: its next press at one place would have to wait."""
    number = STEPS.index(step)
    while (at := tab.look(_SHOWN)) < number:
        tab.look("document.getElementById('next').click()")
        wait(tab, f"{_SHOWN} > {at}")


def complain(tab: Tab, address: str, story: str) -> str:
    """Write a complaint, take a code, confirm and send; returns the 24 digits on paper."""
    tab.open(address + "write/")
    wait(tab, "!document.getElementById('form').hidden")
    go_on(tab, "story")
    tab.type("#story", story)
    go_on(tab, "sharing")
    tick(tab, "#consent_store")
    go_on(tab, "code")
    tick(tab, "#code-yes")
    code = str(tab.look(DIGITS))
    tab.type("#code_last", code[-4:])
    go_on(tab, "check")
    tab.click("#send")
    wait(tab, "!document.getElementById('sent').hidden")
    return code


def read_answers(tab: Tab, address: str, typed: str) -> list[dict[str, str]]:
    """Type a code on the answer page; returns the answers as shown."""
    tab.open(address + "answer/")
    return read_here(tab, typed)


def read_here(tab: Tab, typed: str) -> list[dict[str, str]]:
    """Type a code on the answer page that is open."""
    wait(tab, "!document.getElementById('look').hidden")
    tab.type("#code", typed)
    tab.click("#read")
    wait(tab, "!document.getElementById('result').hidden")
    return list(tab.look(_ANSWERS))


def write_back(tab: Tab, words: str) -> None:
    """Write again under the code that was read."""
    press_until(tab, "#again", "document.getElementById('words').offsetParent !== null")
    tab.type("#words", words)
    tab.click("#send")
    wait(tab, "!document.getElementById('sent').hidden")


def leave_half_written(tab: Tab, address: str, before: str, words: str) -> list[str]:
    """Come from another site, write half a story, and press the exit; what then shows, and what Back and Forward show.

    Each is the address and all that stands in the page and its fields.
    """
    tab.open(before)
    tab.open(address + "write/")
    wait(tab, "!document.getElementById('form').hidden")
    go_on(tab, "story")
    tab.type("#story", words)
    assert words in tab.look(_ALL)
    tab.click("#leave")
    shown = [_shown_elsewhere(tab, address)]
    for steps in (-1, 1):
        tab.step(steps)
        _arrive(tab, f"{_ALL} !== {json.dumps(shown[-1])}")
        shown.append(str(tab.look(_ALL)))
    return shown


def _shown_elsewhere(tab: Tab, address: str) -> str:
    """All of the page that is not ours, once it is there; Firefox may stand on about:blank on its way."""
    there = f"location.protocol === 'http:' && !location.href.startsWith('{address}')"
    _arrive(tab, there)
    return str(tab.look(_ALL))


def _arrive(tab: Tab, expression: str) -> None:
    """Wait until it holds in a page that has loaded; in one that is on its way to another nothing does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with suppress(Error, RuntimeError):
            if tab.look(f"document.readyState === 'complete' && {expression}"):
                return
        time.sleep(0.05)
    raise TimeoutError(f"{expression} never held")
