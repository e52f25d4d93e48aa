"""Somebody who has never seen the desk, and the page of the handbook about the first hour: nothing else tells her.

Comes in: the Markdown. Each numbered line holds deeds: a verb at the beginning of a sentence, and what is marked behind
it. What is marked without a verb must be in sight. Goes out: the deeds, done by keyboard in a real browser.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from playwright.sync_api import Page

from desk.strings import Strings
from tests.browser.keyboard import Handler, press_access_key
from tests.runbook import HANDBOOK

PAGE = "handlers/first-hour.md"
VERBS = {
    "nl": {"Druk": "press", "Typ": "type", "Ga naar": "go", "Kies": "choose", "Je ziet": "see"},
    "en": {"Press": "press", "Type": "type", "Go to": "go", "Choose": "choose", "You see": "see"},
}
# What she types that is another each day; a number is that of the days from today.
SAID = {
    "nl": {
        "de dag van een week geleden": -7,
        "de dag over een week": 7,
        "de laatste dag die bovenaan staat": None,
    },
    "en": {
        "the day of a week ago": -7,
        "the day in a week": 7,
        "the last day that stands on top": None,
    },
}
_ITEM = re.compile(r"\d+\. ")
_MARKED = re.compile(
    r"<kbd>(?P<kbd>[^<]+)</kbd>|\*\*(?P<bold>[^*]+)\*\*|`(?P<code>[^`]+)`|\*(?P<said>[^*]+)\*"
)
_END = re.compile(r"[.:?!](\s|$)")
KEYS = {"Spatie": "Space", "Ctrl+A": "Control+a"}
EXAMPLE, WRITTEN = date(2026, 12, 31), "%d-%m-%Y"  # of a day, as the desk shows how to type one
_EXAMPLE = re.compile(r"\d[\d-]+\d")
_ABOUT = """one => one.getAttribute('aria-describedby').split(' ')
  .map(id => document.getElementById(id).innerText).join(' ')"""
CLOSE = "Ctrl+W"  # a browser without windows has no tab to close: it is closed for her
_MOST_TABS = 60
_WAIT_MS = 5_000
# Every text in sight, and what stands in fields; not what a list would offer.
_IN_SIGHT = """wanted => [...document.querySelectorAll('input, textarea')].some(
    one => one.checkVisibility() && one.value.includes(wanted))
  || (() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement: on, data } = texts.currentNode;
      if (!on.closest('option') && on.checkVisibility() && data.includes(wanted)) return true;
    }
    return false;
  })()"""
_HELPS = "key => !!document.querySelector(`a[target=_blank][accesskey=${key}]`)"
_BOXES = "[...document.querySelectorAll('a kbd, button kbd')].map(one => one.innerText)"


@dataclass(frozen=True)
class Deed:
    """One deed: the verb, how its object is marked, the object, and the line of the page."""

    verb: str
    mark: str
    what: str
    line: str


def deeds(text: str, language: str) -> Iterator[Deed]:
    """What is done on a page, in its order. Refuses a key behind which no verb stands."""
    verbs = VERBS[language]
    begins = re.compile(rf"(?:^|[.:?!] |, )({'|'.join(verbs)})\b")
    for line in text.splitlines():
        item = _ITEM.match(line)
        if item is None:
            continue
        verb, end = "", item.end()
        for found in _MARKED.finditer(line, item.end()):
            between, end = line[end : found.start()], found.end()
            said = begins.findall(between.lstrip())
            if said:
                verb = verbs[said[-1]]
            elif _END.search(between) or verb != "see":
                verb = ""
            mark = str(found.lastgroup)
            assert verb == "press" if mark == "kbd" else verb != "press", line
            assert mark != "said" or found[mark] in SAID[language], line
            yield Deed(verb or "see", mark, found[mark], line)


def of_page(language: str) -> list[Deed]:
    """What the page of a language says to do."""
    return list(deeds((HANDBOOK / language / PAGE).read_text("utf-8"), language))


@dataclass
class Learner:
    """She follows the page; `places` says where folders of the page are on this machine."""

    page: Page
    language: str
    today: date
    places: dict[str, str]
    her: Handler = field(init=False)

    def __post_init__(self) -> None:
        self.her = Handler(self.page, Strings(self.language))

    def follow(self, todo: list[Deed]) -> None:
        """Do all of it, in its order; the line of the page is told where it cannot be done."""
        for one in todo:
            try:
                getattr(self, f"_{one.verb}")(one)
            except Exception as error:
                raise AssertionError(f"{one.verb} {one.what}, in: {one.line}") from error

    def _see(self, one: Deed) -> None:
        self.her.page.wait_for_function(_IN_SIGHT, arg=one.what, timeout=_WAIT_MS)

    def _press(self, one: Deed) -> None:
        key = KEYS.get(one.what, one.what)
        if key == CLOSE:
            self.her.page.close()
            self.her.page = self.page
            self.her.presses.append(key)
        elif len(key) > 1:
            self.her.enter() if key == "Enter" else self.her.press(key)
        else:
            self._letter(key)

    def _letter(self, key: str) -> None:
        """Press a letter that stands in a box; what helps comes in a tab of its own."""
        # She knows of no letter that the screen does not show, and not of one with two meanings.
        assert self.page.evaluate(_BOXES).count(key) == 1, f"{key} does not stand in one box"
        if self.page.evaluate(_HELPS, key.lower()):
            with self.page.expect_popup() as opened:
                press_access_key(self.page, key.lower())
            self.her.page = opened.value
        else:
            with self.her.led():
                press_access_key(self.page, key.lower())
        self.her.presses.append(f"Alt+{key}")

    def _type(self, one: Deed) -> None:
        if one.mark != "said":
            self.her.type(self.places.get(one.what, one.what))
            return
        days = SAID[self.language][one.what]
        if days is None:
            self.her.type(self._last_day())
        else:
            self._day(self.today + timedelta(days))

    def _last_day(self) -> str:
        """The last day of a term, as it is shouted on top of a case."""
        before, after = self.her.t("page.loud.last", day="|").split("|")
        shouted = self.page.get_by_role("note").filter(has_text=before).inner_text()
        return shouted.partition(before)[2].partition(after)[0]

    def _day(self, day: date) -> None:
        """Type a day as the example has it that stands with the field."""
        (example,) = _EXAMPLE.findall(self.her.focus().evaluate(_ABOUT))
        assert example == EXAMPLE.strftime(WRITTEN)
        self.her.type(day.strftime(WRITTEN))

    def _go(self, one: Deed) -> None:
        wanted = re.compile(rf'- \w+ "{re.escape(one.what)}(?: \(| [A-Z]"|")')
        for _ in range(_MOST_TABS):
            if self.her.focus().count() and wanted.match(self.her.focus().aria_snapshot()):
                return
            self.her.press("Tab")
        raise AssertionError(f"no way by Tab to {one.what}")

    def _choose(self, one: Deed) -> None:
        for _ in range(3):
            self.her.type(one.what)
            if (
                self.her.focus()
                .evaluate("one => one.selectedOptions[0].label")
                .startswith(one.what)
            ):
                return
            self.page.wait_for_timeout(
                1_100
            )  # a list forgets after a second what was typed into it
        raise AssertionError(f"{one.what} cannot be chosen")
