"""Every state of form and answer page, in Chromium, looked at in all the ways that people use a page.

One walk for each language; what is found in it is told by one test for each way. Nothing is found, in any of them.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import rules, seeing, states
from tests.browser.heard import Listener
from tests.browser.reading import Boards, Reader
from tests.site import LANGUAGES
from tests.soak import SOAK

HEARD = Path(__file__).parent.parent / "heard"
WRITTEN = ("nl", "en", "ar")  # a person has read these, line by line
ALL = LANGUAGES if SOAK else ("nl", "ar")
STATES = 44
WAYS: dict[str, Callable[[Page], list[str]]] = {
    "rules": rules.violations,
    "fingers": seeing.small,
    "narrow": seeing.cut,
    "forced colours": seeing.unseen,
}


@dataclass
class Walk:
    """What was found in one language: by the way of looking, and by the state in which it is."""

    found: dict[str, list[tuple[str, str]]] = field(
        default_factory=lambda: {way: [] for way in WAYS}
    )
    names: list[str] = field(default_factory=list)
    listener: Listener = field(default_factory=Listener)
    turn: int = 0  # axe is costly: it looks at every second state of a share, at the others in the next language

    def look(self, page: Page, name: str) -> None:
        self.names.append(name)
        self.listener.note(page, name)
        if name.startswith("the whole page"):
            return
        for way, look in WAYS.items():
            if way == "rules" and not SOAK and len(self.names) % 2 != self.turn:
                continue
            self.found[way] += [(name, one) for one in look(page)]


def everywhere(reader: Reader, boards: Boards) -> Iterator[str]:
    """All states, one after the other."""
    yield from states.form_states(reader)
    yield from states.answer_states(reader, boards)
    yield from _idle(reader, boards)
    yield from states.without_form(reader)


def _idle(reader: Reader, boards: Boards) -> Iterator[str]:
    day: date = boards.day(2)
    reader.arrive(day)
    reader.read()
    yield from states.idle_states(reader.page, day)


@pytest.fixture(scope="module")
def walks(chromium: Browser, boards: Boards) -> Callable[[str], Walk]:
    """Give what was found in a language; it is walked through once. Half of the languages are dark."""
    done: dict[str, Walk] = {}

    def walk(language: str) -> Walk:
        if language not in done:
            done[language] = _walked(chromium, boards, language)
        return done[language]

    return walk


def _walked(chromium: Browser, boards: Boards, language: str) -> Walk:
    scheme = "dark" if LANGUAGES.index(language) % 2 else "light"
    context = chromium.new_context(
        viewport={"width": 360, "height": 640}, locale="nl-NL", color_scheme=scheme
    )
    reader = Reader(context.new_page(), boards.address, language)
    made = Walk(turn=LANGUAGES.index(language) % 2)
    for name in everywhere(reader, boards):
        made.look(reader.page, name)
    context.close()
    return made


@pytest.mark.parametrize("language", ALL)
def test_nothing_is_wrong_in_any_state(walks: Callable[[str], Walk], language: str) -> None:
    """No rule of axe of any impact; room for a finger; nothing cut off at 320 pixels; all seen in forced colours."""
    walk = walks(language)

    assert len(walk.names) == STATES
    assert {way: found for way, found in walk.found.items() if found} == {}


@pytest.mark.parametrize("language", [one for one in WRITTEN if one in ALL])
def test_a_screen_reader_is_given_what_is_written_down(
    walks: Callable[[str], Walk], language: str
) -> None:
    """Order, role, name, state, description, focus and what is said by itself, as `tests/heard` has it.

    With BALIE_HEARD_TO=FOLDER what was heard is put there, for a person to read before it is written down.
    """
    heard = walks(language).listener.lines
    if folder := os.environ.get("BALIE_HEARD_TO"):
        Path(folder, f"{language}.txt").write_text("\n".join(heard) + "\n", "utf-8")

    written = (HEARD / f"{language}.txt").read_text("utf-8").splitlines()
    assert heard == [line for line in written if not line.startswith("#")]
