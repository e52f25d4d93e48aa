"""The way back, for the tests of step 9: a complaint with a code in any engine, an answer, and words written back.

It uses what the pages show, as a person does. What the desk does in between stands in two functions.
"""

import os
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from nacl import utils

from desk import keys
from desk.board import build
from desk.board.build import Outgoing, Receipt
from desk.board.heading import Heading
from desk.board.replies import Reply
from desk.board.slots import CodeKeys
from tests.browser.visit import STEPS
from tests.engines import Tab, wait
from tests.practice import Practice

ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WEEK = timedelta(weeks=1)
_SHOWN = "[...document.querySelectorAll('.step')].findIndex((step) => !step.hidden)"
_DIGITS = "[...document.querySelectorAll('#slip .code span')].map((e) => e.textContent).join('')"
_ANSWERS = """[...document.querySelectorAll('#answers .answer')].map((e) => ({
  text: e.innerText, language: e.lang, direction: getComputedStyle(e).direction}))"""


def own_site(practice: Practice, folder: Path) -> Practice:
    """The practice desk with an empty store, and a site that can have a board of its own."""
    site = folder / "site"
    made = shutil.ignore_patterns("m")  # pages made from data: many, and the same for everybody
    shutil.copytree(practice.site, site, copy_function=os.link, ignore=made)
    shutil.copyfile(f"{practice.site}.headers.json", f"{site}.headers.json")
    return replace(practice, folder=folder, site=site, drop=folder / "drop")


def board_seed(practice: Practice) -> bytes:
    """The secret half of the practice board key."""
    (path,) = practice.secret.parent.glob("board-*.key")
    return keys.read(path, lambda prompt: "").seed


def put(site: Path, board: bytes) -> None:
    """Put a board where the site is served."""
    (site / "board.new").write_bytes(board)
    (site / "board.new").replace(site / "board.bin")


def _code_keys(complaint: dict[str, Any]) -> CodeKeys:
    return CodeKeys(*(bytes.fromhex(complaint[name]) for name in ("reply_key", "tag_key")))


def answer_at_desk(practice: Practice, words: str, language: str) -> None:
    """Open the one complaint in the store, answer it, and publish the board."""
    (complaint,) = practice.complaints()
    found, today = _code_keys(complaint), date.today()
    made = build.build(
        [Outgoing(found, Reply("answer", today, words, language))],
        [Receipt(found.tag_key)],
        heading=Heading(1, today, today + WEEK),
        board_seed=board_seed(practice),
        rng=utils.random,
    )
    put(practice.site, made.octets)


def threads_at_desk(practice: Practice) -> list[list[str]]:
    """What came in under each code, in the order of the thread: the story, then what follows."""
    threads: dict[str, list[dict[str, Any]]] = {}
    for complaint in practice.complaints():
        threads.setdefault(complaint["tag_key"], []).append(complaint)
    ordered = (sorted(thread, key=lambda one: one["schema"]) for thread in threads.values())
    return [[one["story"] for one in thread] for thread in ordered]


def _next(tab: Tab, step: str) -> None:
    number = STEPS.index(step)
    while (at := tab.look(_SHOWN)) < number:
        tab.click("#next")
        wait(tab, f"{_SHOWN} > {at}")


def complain(tab: Tab, address: str, story: str) -> str:
    """Write a complaint, take a code, confirm and send; returns the 24 digits on paper."""
    tab.open(address + "write/")
    wait(tab, "!document.getElementById('form').hidden")
    _next(tab, "story")
    tab.type("#story", story)
    _next(tab, "sharing")
    tab.click("#consent_store")
    _next(tab, "code")
    tab.click("#code-yes")
    code = str(tab.look(_DIGITS))
    tab.type("#code_last", code[-4:])
    _next(tab, "check")
    tab.click("#send")
    wait(tab, "!document.getElementById('sent').hidden")
    return code


def read_answers(tab: Tab, address: str, typed: str) -> list[dict[str, str]]:
    """Type a code on the answer page; returns the answers as shown."""
    tab.open(address + "answer/")
    wait(tab, "!document.getElementById('look').hidden")
    tab.type("#code", typed)
    tab.click("#read")
    wait(tab, "!document.getElementById('result').hidden")
    return list(tab.look(_ANSWERS))


def write_back(tab: Tab, words: str) -> None:
    """Write again under the code that was read."""
    tab.click("#again")
    tab.type("#words", words)
    tab.click("#send")
    wait(tab, "!document.getElementById('sent').hidden")
