"""The page of a case on a handler's screen of 1,366 by 657 pixels, in Chromium: what stands in view, and how wide."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.cases import pseudonyms
from desk.cases.book import Casebook
from desk.strings import LANGUAGES, Strings
from tests import intakes
from tests.browser.desk import Screen, entered
from tests.browser.test_desk_axe import violations
from tests.screens import CODE, do, put_case
from tests.vaults import make_store

WIDTH, HEIGHT = 1_366, 657
LINE_CHARACTERS = 75
FIRST = ("wish", "period", "answerer", "contact")
STORIES = {
    "nl": "Gisteren kwamen er twee mannen aan de deur; ik was alleen en zij zeiden dat ik weg moest. ",
    "en": "Yesterday two men came to the door; I was alone, and they told me that I had to leave at once. ",
    "bg": "Вчера дойдоха двама мъже на вратата и ми казаха, че трябва да си тръгна веднага оттук. ",
    "ar": "جاء أمس رجلان إلى الباب وقالا لي إن علي أن أغادر المكان فورا ولم يقولا من هما. ",
    "th": "เมื่อวานมีผู้ชายสองคนมาที่ประตูและบอกว่าฉันต้องออกไป ฉันอยู่คนเดียวในบ้านและกลัวมาก ",
}
BOX = "one => { const r = one.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; }"
# Letters in the longest line of a text: a new line begins where the next letter stands lower. Marks on
# a letter are none of their own.
LONGEST = """one => { const text = one.firstChild, range = document.createRange();
  let most = 0, now = 0, low = -1e9;
  for (const { segment, index } of new Intl.Segmenter().segment(text.data)) {
    range.setStart(text, index); range.setEnd(text, index + segment.length);
    const r = range.getBoundingClientRect();
    if (!r.width) continue;
    if (r.top > low) { now = 0; low = r.bottom - 1; }
    most = Math.max(most, ++now);
  }
  return most; }"""


@dataclass
class Desk:
    """A running screen with a case that has all there can be above its story, a calm one, and one in each language."""

    screen: Screen
    full: str
    calm: str
    told: dict[str, str]

    def open(self, subject: str, language: str = "en") -> Page:
        self.screen.open(f"/case/{subject}?language={language}")
        return self.screen.page


def _full(book: Casebook) -> str:
    """A case with a mark, a term that is shouted, and a translation beside what she wrote."""
    fields = {"topics": ["violence"], "wish": "act", "period": "ongoing", "answerer": "woman"}
    case = put_case(book, story=STORIES["bg"] * 9, form_language="bg", **fields, **CODE)
    do(book, case, "deadline", rule="objection", started="2026-10-14")
    do(book, case, "translate", text=STORIES["nl"] * 9, language="nl", made_by="person")
    return case.subject


@pytest.fixture(scope="module")
def desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give a practice screen, which has one line more at its head than a real one."""
    store = make_store(tmp_path_factory.mktemp("desk"), practice=True)
    with intakes.opened(store) as book:
        full, calm = _full(book), put_case(book, contact="sms", story=STORIES["nl"] * 9).subject
        told = {
            language: put_case(book, story=story * 9, form_language=language).subject
            for language, story in STORIES.items()
        }
    size = {"width": WIDTH, "height": HEIGHT}
    with entered(chromium, store, viewport=size, bypass_csp=True) as screen:
        yield Desk(screen, full, calm, told)


def fact(page: Page, label: str) -> list[float]:
    """The edges of a fact and its label: left, top, right, bottom, in pixels of the window."""
    found = page.locator(f".facts dt:text-is('{label}')")
    boxes = [found.evaluate(BOX), found.locator("xpath=following-sibling::dd[1]").evaluate(BOX)]
    left, top, right, bottom = zip(*boxes, strict=True)
    return [min(left), min(top), max(right), max(bottom)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", ["full", "calm"])
def test_what_is_asked_first_stands_beside_the_story(desk: Desk, which: str, language: str) -> None:
    """Nobody scrolls to know what she wants, whether it goes on, who may answer and how to reach her."""
    t, page = Strings(language), desk.open(getattr(desk, which), language)
    stories = [one.evaluate(BOX) for one in page.locator(".beside .told").all()]
    facts = {name: fact(page, t(f"field.{name}")) for name in FIRST}
    print(which, language, [round(one[1]) for one in (*stories, *facts.values())])
    assert page.evaluate("scrollY") == 0
    assert max(box[3] for box in facts.values()) <= HEIGHT
    assert max(box[1] for box in stories) <= HEIGHT - 100  # four lines of it at least
    assert min(box[0] for box in facts.values()) > max(box[2] for box in stories)
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTH


@pytest.mark.parametrize("language", STORIES)
def test_no_line_of_a_story_is_longer_than_can_be_read(desk: Desk, language: str) -> None:
    """At most 75 letters, in each script."""
    page = desk.open(desk.told[language])
    longest = page.locator(".beside .told").evaluate(LONGEST)
    print(f"longest line in {language}: {longest}")
    assert 30 < longest <= LINE_CHARACTERS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_state_of_a_case_is_named_and_danger_is_a_button_beside_it(
    desk: Desk, language: str
) -> None:
    """Heading, state, mark and button, in this order, whatever the name; regions have names; axe finds nothing."""
    t, page = Strings(language), desk.open(desk.full, language)
    named = [
        t("choice.urgency.deadline"),
        t("choice.urgency.not_sorted"),
        t("choice.status.read"),
        t("mark.violence"),
    ]
    longest = " ".join(max(words, key=len) for words in pseudonyms.word_lists())
    page.locator(".head h1").evaluate("(h1, name) => { h1.textContent = name; }", longest)
    assert page.locator(".head .badge, .head strong").all_inner_texts() == named
    button = page.get_by_role("button", name=f"{t('action.danger')} Q", exact=True)
    expect(button).to_be_in_viewport(ratio=1)
    mark, pressed = page.locator(".head strong").evaluate(BOX), button.evaluate(BOX)
    assert pressed[1] < mark[3]
    assert mark[1] < pressed[3]
    assert pressed[0] >= mark[2]
    for label in ("page.case.story", "page.case.facts", "page.case.thread"):
        expect(page.get_by_role("region", name=t(label), exact=True)).to_be_visible()
    assert violations(page) == []


def test_colours_of_the_system_and_large_letters_lose_nothing(desk: Desk) -> None:
    """Forced colours, and a default size of 24 px: the button has its edge, nothing scrolls sideways."""
    page = desk.open(desk.full)
    page.emulate_media(forced_colors="active")
    button = page.get_by_role("button", name="Danger now")
    assert button.evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)") >= 1
    page.add_style_tag(content="html { font-size: 24px }")
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTH
    expect(button).to_be_in_viewport()
    page.emulate_media(forced_colors="none")
