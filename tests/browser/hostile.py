"""Two hundred hostile texts in a case store, in every place for words, and a tab that watches what becomes of them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from desk.cases.book import Casebook
from desk.store.event import Event
from desk.store.vault import Vault, new_subject
from desk.terminal import clean
from desk.wire.canon import Value
from tests import samples
from tests.browser.desk import PATIENT, Screen, enter, serving
from tests.payloads import payloads
from tests.screens import HANDLER, PASSPHRASE, make_store

ALL = payloads()
HALF = len(ALL) // 2
SHELF = 40  # notes of one case
SHELVES = [ALL[first : first + SHELF] for first in range(0, len(ALL), SHELF)]
# Where a case has but one place for a text, it holds two of them.
LONG = ["\n".join(pair) for pair in zip(ALL[:HALF], ALL[HALF:], strict=True)]
COMMON = "kenmerk"  # with a number behind it, a word that nothing else holds
DAY, EARLY = "2026-11-20", "2026-11-02"
MODEL: dict[str, Value] = {"object": "", "key_id": ""}
FOREIGN = (
    "script:not([src]), iframe, object, embed, svg, math, img, video, audio, base, dialog, "
    "link:not([href='/desk.css']), main a[href]:not([href^='/']):not([href^='?']):not([href^='#'])"
)
LOOK = """([selectors, foreign]) => [
  selectors.map((selector) => [...document.querySelectorAll(selector)]
    .map((one) => one.matches('input, textarea') ? one.value : one.textContent)),
  [document.querySelectorAll(foreign).length, document.title === 'run',
    document.querySelectorAll('h1').length]]"""
SEND = (
    "path => { const form = document.querySelector('header form'); form.action = path; "
    f"{PATIENT} form.submit() }}"
)


def one_line(text: str) -> str:
    """A text as it can stand in a line."""
    return " ".join(text.split())


SHORT = [
    f"{one_line(first)[:80]} {one_line(second)[:80]}"
    for first, second in zip(ALL[:HALF], ALL[HALF:], strict=True)
]
TITLES = [f"{first} {second}" for first, second in zip(SHORT[::2], SHORT[1::2], strict=True)]
LINES = [clean(text) for text in SHORT]  # as they are shown
HEADINGS = [clean(text) for text in TITLES]
BLOCKS = [clean(text) for text in LONG]


@dataclass
class Desk:
    """A running screen; a case for each pair, a bundle for two of them, a case for each shelf; a plain
    case, and one with all texts in one.
    """

    screen: Screen
    complaints: list[str] = field(default_factory=list)
    bundles: list[str] = field(default_factory=list)
    shelves: list[str] = field(default_factory=list)
    plain: str = ""
    long: str = ""

    def look(self, *selectors: str) -> tuple[list[list[str]], list[int]]:
        """Text of all that each selector finds, what stands in its fields; and what is not ours."""
        texts, odd = self.screen.page.evaluate(LOOK, [selectors, FOREIGN])
        return texts, odd

    def shown(self, selector: str) -> list[str]:
        """Text of every element."""
        return self.look(selector)[0][0]

    def shows(self, expected: Mapping[str, list[str]]) -> None:
        """Each selector finds just these texts; and nothing of ours was changed, nothing was refused
        or asked, and nobody else was asked for anything.
        """
        texts, odd = self.look(*expected)
        assert dict(zip(expected, texts, strict=True)) == expected
        assert odd == [0, False, 1]
        assert self.screen.troubles == []
        assert self.screen.strangers() == []
        self.screen.requests.clear()  # looked at once is enough

    def send(self, path: str) -> None:
        """Send the form that stands on every page, the button to lock, to another place of ours."""
        with self.screen.page.expect_navigation():
            self.screen.page.evaluate(SEND, path)


def _happened(subject: str, kind: str, **values: Value) -> Event:
    return Event(subject, kind, DAY, HANDLER, values)


def _received(subject: str, name: str, **changes: Any) -> Event:
    made = samples.complaint(**{"complaint_id": new_subject()} | changes)
    values = MODEL | {"complaint": samples.text(made).decode("utf-8")}
    values |= {"channel": "form", "pseudonym": name, "practice": False, "flood": ""}
    return _happened(subject, "received", **values)


def _told(subject: str, number: int) -> Iterator[Event]:
    """What she told and later added, under a code of her own."""
    code = {"reply_key": f"{number:064x}", "tag_key": f"{number + HALF:064x}"}
    line, text = SHORT[number], LONG[number]
    person = {"address_as": line, "contact": line, "another_field": line}
    yield _received(subject, f"geval {number:03}", story=text, **person, **code)
    again = {"schema": 2, "complaint_id": new_subject(), "form_language": "nl", **code}
    more = samples.text(again | {"ask": "write", "story": text}).decode("utf-8")
    yield _happened(subject, "followed_up", **MODEL, complaint=more, ask="write")


def _written(subject: str, number: int) -> Iterator[Event]:
    """What handlers wrote: a text for each kind that has one, a line in every field that takes one."""
    line, text = SHORT[number], LONG[number]
    helper: dict[str, Value] = dict.fromkeys(("organisation", "person", "agreed"), line)
    helper |= {"id": "0" * 16, "receiver": "help", "follow_up": EARLY, "warm": False}
    place: dict[str, Value] = dict.fromkeys(("about_name", "municipality", "assigned"), line)
    maker: dict[str, Value] = {"language": "nl", "made_by": "person", "who": line}
    answer: dict[str, Value] = {"language": "nl", "standard": line, "reports_back": False}
    yield _happened(subject, "triaged", about="police", **place)
    yield _happened(subject, "referred", **helper)
    # A rule of a later version is shown by its name.
    term: dict[str, Value] = {"started": DAY, "last_day": EARLY, "id": "1" * 16}
    yield _happened(subject, "deadline_set", rule=line, **term)
    yield _happened(subject, "translated", text=text, **maker)
    yield _happened(subject, "noted", text=f"{text}\n{COMMON}", basis="")
    yield _happened(subject, "answered", text=text, **answer)
    yield _happened(subject, "letter_made", text=text, template=line, body=line)


def _bundle(subject: str, number: int) -> Iterator[Event]:
    made = {"title": TITLES[number], "about": "", "municipality": COMMON}
    yield _happened(subject, "bundle_made", pseudonym=f"bundel {number}", **made)
    yield _happened(subject, "triaged", urgency="danger")  # else it does not stand in the inbox


def _shelf(subject: str, number: int) -> Iterator[Event]:
    yield _received(subject, f"plank {number}")
    for text in SHELVES[number]:
        yield _happened(subject, "noted", text=text, basis="")
    yield _happened(subject, "noted", text=f"{COMMON}plank{number}", basis="")


def _noted(subject: str, text: str) -> Iterator[Event]:
    yield _received(subject, f"geval {subject}")
    yield _happened(subject, "noted", text=text, basis="")


def furnish(store: Path, desk: Desk) -> None:
    """Put every text into every place of a store."""
    events: list[Event] = []
    for number in range(HALF):
        desk.complaints.append(new_subject())
        events += [*_told(desk.complaints[-1], number), *_written(desk.complaints[-1], number)]
    for number in range(len(TITLES)):
        desk.bundles.append(new_subject())
        events += _bundle(desk.bundles[-1], number)
        pair = desk.complaints[2 * number : 2 * number + 2]
        events += [_happened(one, "bundled", bundle=desk.bundles[-1]) for one in pair]
    for number in range(len(SHELVES)):
        desk.shelves.append(new_subject())
        events += _shelf(desk.shelves[-1], number)
    desk.plain, desk.long = new_subject(), new_subject()
    events += [*_noted(desk.plain, f"{COMMON}gewoon"), *_noted(desk.long, "\n".join(ALL))]
    with Vault.open(store, HANDLER, PASSPHRASE) as vault:
        Casebook(vault).add(events)


@contextmanager
def furnished(chromium: Browser, folder: Path) -> Iterator[Desk]:
    """Run a screen on a store full of hostile texts."""
    store, desk = make_store(folder), Desk(None)  # type: ignore[arg-type]
    furnish(store, desk)
    with serving(store, "--language", "en") as address:
        page = chromium.new_context().new_page()
        desk.screen = enter(page, address)
        yield desk
        page.context.close()


def in_field(text: str) -> str:
    """A text as a field gives it back: no page can hold the character NUL."""
    return text.replace("\0", "\ufffd")


def unknown(number: int) -> str:
    """A field that this version does not know, as it is shown."""
    return clean(json.dumps(SHORT[number], ensure_ascii=False))
