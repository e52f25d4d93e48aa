"""What stands where on the form and the answer page, on a small phone in every language: what to press comes first.

What was folded for it is one press away, and on paper.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from overrides.facts import front_matter
from overrides.frame.edition import EMPTY_HOURS, SOURCE_LANGUAGES
from tests.browser.rules import violations
from tests.browser.visit import Visit
from tests.site import ROOT, SHARE, STRINGS

SCREEN = 740  # pixels: the height of the phone
WIDTH = 360
MOST_BUTTON_PX = 600
MOST_LINES = 3
MOST_REVIEW_PX = 2 * SCREEN
STORY = "Ze kwamen binnen zonder papier. " * 60  # longer than a screen
FOLDED = ("who", "police", "sealed", "identity", "answer", "undo", "back", "device")
# Where a thing ends, from the top of the page, however far somebody has scrolled.
_ENDS = "one => one.getBoundingClientRect().bottom + scrollY"
_STARTS = "one => one.getBoundingClientRect().top + scrollY"
# The line of a practice site, which no other site has.
_PRACTICE = "document.querySelector('aside.practice').offsetHeight"
# The sentences that are seen before the button: headings, paragraphs and items, without what is folded.
_BEFORE = """button => [...document.querySelectorAll('#form :is(p, li, summary)')].filter((one) =>
  one.checkVisibility() && one.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING
).map((one) => one.textContent)"""
# Of each row: the name of its question, its buttons, and whether heading and first button stand side by side.
_ROWS = """list => [...list.children].map((row) => {
  const [term, ...ways] = row.querySelectorAll('dt, button');
  const [a, b] = [term, ways[0]].map((one) => one.getBoundingClientRect());
  return [term.textContent, ways.map((one) => one.textContent), a.top < b.bottom && b.top < a.bottom];
})"""


@pytest.fixture(params=SHARE)
def phone(request: pytest.FixtureRequest, visit: Visit) -> Visit:
    """Give a visit in each language on a small phone."""
    visit.language = request.param
    visit.page.set_viewport_size({"width": WIDTH, "height": SCREEN})
    return visit


def said(visit: Visit, name: str, **values: str) -> str:
    return STRINGS[visit.language](name, **values)


def at_review(visit: Visit, story: str) -> Page:
    """The last step of a complaint in which nothing was answered but what must be."""
    page = visit.page
    visit.open_form()
    visit.go_to("story")
    page.locator("#story").fill(story)
    visit.go_to("sharing")
    page.locator("#consent_store").check()
    visit.go_to("check")
    return page


def test_three_lines_and_then_the_button(phone: Visit) -> None:
    """What empties the form and when, what stays on the phone and how to leave are read without opening anything."""
    phone.open_form()
    button = phone.page.locator("#next")
    lines = [
        said(phone, "write.before.empties", hours=str(EMPTY_HOURS)),
        said(phone, "write.before.stays"),
        said(phone, "write.before.leave", button=said(phone, "leave.button")),
    ]

    assert button.evaluate(_BEFORE) == lines
    assert len(lines) <= MOST_LINES
    assert button.evaluate(_STARTS) < MOST_BUTTON_PX
    danger = phone.page.get_by_text(said(phone, "write.before.danger"))
    assert danger.evaluate(_ENDS) - phone.page.evaluate(_PRACTICE) <= SCREEN


def test_the_lines_name_the_hours_and_the_exit_of_their_page(phone: Visit) -> None:
    """The hours after which the page empties itself, and no other figure; the button is the one in the bar."""
    phone.open_form()
    assert phone.page.locator("#write").get_attribute("data-hours") == str(EMPTY_HOURS)
    lines = phone.page.locator(".step:not([hidden]) li").all_inner_texts()
    assert phone.page.locator("#leave").inner_text() in lines[-1]
    assert re.findall(r"\d+", " ".join(lines)) == [str(EMPTY_HOURS)]


def test_what_is_folded_is_one_press_away_and_on_paper(phone: Visit) -> None:
    """Who reads it, that this is not the police, what can be taken back, the key: opened, and printed."""
    page = phone.page
    phone.open_form()
    folded = [page.get_by_text(said(phone, f"write.before.{name}"), exact=True) for name in FOLDED]
    folded += [page.locator("#about .fingerprint").first, page.locator("#about details a").first]
    for text in folded:
        expect(text).to_be_hidden()
    page.emulate_media(media="print")
    for text in folded:
        expect(text).to_be_visible()
    page.emulate_media(media="screen")
    for summary in page.locator("#about summary").all():
        summary.press("Enter")
    for text in folded:
        expect(text).to_be_visible()
    page.locator("#next").press("Enter")
    expect(page.locator("#about")).to_be_hidden()


@pytest.mark.parametrize("story", ["x", STORY], ids=["short", "long"])
def test_reading_back_takes_two_screens_at_most(phone: Visit, story: str) -> None:
    """From the top of the page to the button that sends, however long the story is; all of it stands there."""
    page = at_review(phone, story)

    assert page.locator("#send").evaluate(_ENDS) <= MOST_REVIEW_PX
    assert page.locator("#review .answer").first.text_content() == story


def test_each_answer_has_its_button_in_its_row_and_the_rest_is_one_row(phone: Visit) -> None:
    """The row of what was passed names every question of it; each name leads there, and says what it changes."""
    page = at_review(phone, "x")
    change, blank = said(phone, "write.change"), said(phone, "write.blank")
    fields = page.locator("#form [data-review]:not([hidden])")
    names = fields.evaluate_all("all => all.map((one) => one.dataset.review)")
    *answered, (heading, passed, _) = page.locator("#review").evaluate(_ROWS)
    review = page.locator("#review")

    assert [(ways, beside) for _, ways, beside in answered] == [([change], True)] * len(answered)
    assert (heading, sorted([name for name, *_ in answered] + passed)) == (blank, sorted(names))
    assert [name for name, *_ in answered] == [
        said(phone, f"write.{one}.review") for one in ("story", "scope", "consent", "code")
    ]
    for name in names:
        assert review.get_by_role("button", name=f"{change}: {name}", exact=True).count() == 1
    review.get_by_role("button", name=passed[-1]).press("Enter")
    expect(page.locator("#contact")).to_be_focused()


def test_a_long_answer_is_reached_by_keyboard_and_whole_on_paper(visit: Visit) -> None:
    """What scrolls in its row takes focus, axe finds nothing wrong with it, and paper cuts nothing off."""
    page = at_review(visit, STORY)
    answer = page.locator("#review .answer").first
    assert answer.evaluate("one => [one.tabIndex, one.scrollHeight > one.clientHeight]") == [
        0,
        True,
    ]
    assert page.locator("#review .answer[tabindex]").count() == 1
    assert violations(page) == []
    page.emulate_media(media="print")
    assert answer.evaluate("one => one.scrollHeight <= one.clientHeight")


def test_the_field_for_the_code_is_on_the_first_screen(phone: Visit) -> None:
    """With its label, its hint and the button that reads, before anything that explains."""
    phone.open("answer/")
    expect(phone.page.locator("#look")).to_be_visible()

    assert phone.page.locator("#read").evaluate(_ENDS) <= MOST_BUTTON_PX
    explained = phone.page.get_by_text(said(phone, "answer.what"))
    assert explained.evaluate(_STARTS) > phone.page.locator("#read").evaluate(_ENDS)


@pytest.mark.parametrize("name", ["write", "answer"])
def test_what_is_said_of_a_translation_stands_below(phone: Visit, name: str) -> None:
    """Where nobody has checked the translation the page says so, after what is to be done on it; no source says it."""
    facts = front_matter.read(ROOT / "docs" / phone.language / f"{name}.md")
    phone.open(f"{name}/")
    form = phone.page.locator("form:not([hidden])")
    expect(form).to_be_visible()
    notes = phone.page.locator("main").get_by_text(said(phone, "translation.unchecked"))

    is_checked = phone.language in SOURCE_LANGUAGES or facts.get("native_checker")
    assert notes.count() == (not is_checked)
    ends = form.evaluate(_ENDS)
    assert all(note.evaluate(_STARTS) >= ends for note in notes.all())
