"""What a browser does of its own accord with words: it may translate, suggest, correct or remember none of hers."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import CODE, Boards, Reader
from tests.browser.visit import STEPS, Visit
from tests.site import SHARE
from tests.soak import SOAK

GROUP = 4  # digits of a code that stand together
MARK = "zqx"  # no word of ours in any language holds it
# Every text, attribute and field of the page with what the browser may do with it, hidden or not.
WALK = """() => {
  const mayTranslate = (node) => {
    const set = node.closest('[translate]');
    return !set || set.getAttribute('translate') !== 'no';
  };
  const told = [];
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const {parentElement: parent, data} = texts.currentNode;
    told.push({text: data, where: parent.outerHTML.slice(0, 80), may: mayTranslate(parent)});
  }
  for (const one of document.querySelectorAll('*')) {
    for (const {name, value} of one.attributes) {
      told.push({text: value, where: `${one.localName} ${name}`, may: true});
    }
  }
  return told;
}"""
FIELDS = """() => [...document.querySelectorAll('main input, main textarea, main select, main [contenteditable]')]
  .map((one) => ({id: one.id, isText: one.matches('textarea, [contenteditable]') || one.type === 'text',
    may: !one.closest('[translate=no]'), form: one.form && one.form.getAttribute('autocomplete'),
    ...Object.fromEntries(['autocomplete', 'autocorrect', 'spellcheck', 'writingsuggestions', 'placeholder',
      'title', 'list'].map((name) => [name, one.getAttribute(name)]))}))"""
QUIET = {
    "autocomplete": "off",
    "autocorrect": "off",
    "spellcheck": "false",
    "writingsuggestions": "false",
}


def holds_a_word(text: str, secrets: list[str]) -> bool:
    bare = re.sub(r"\s", "", text)
    # A group of four digits stands alone; within a longer number it may be a telephone's.
    groups = {secret for secret in secrets if len(secret) == GROUP}
    return MARK in text or bare in groups or any(one in bare for one in {*secrets} - groups)


def expect_quiet(page: Page, secrets: list[str]) -> int:
    """Nothing of hers may be translated, no field may learn; gives how many texts of hers there were."""
    told = page.evaluate(WALK)
    hers = [one for one in told if holds_a_word(one["text"], secrets)]
    assert [one for one in hers if one["may"]] == []
    for field in page.evaluate(FIELDS):
        assert (field["autocomplete"] or field["form"]) == "off", field
        assert (field["placeholder"], field["title"], field["list"]) == (None, None, None), field
        if field["isText"]:
            assert {name: field[name] for name in QUIET} == QUIET, field
            assert not field["may"], field
    return len(hers)


def expect_labels_open(page: Page) -> None:
    """Who reads by a translator still finds every question, button and sentence of ours."""
    shut = "label, legend, h1, h2, h3, button:not([translate] *), summary, .hint, .note, .warning p"
    closed = (
        page.locator("main")
        .locator(shut)
        .evaluate_all(
            """all => all.filter((one) => {
          const set = one.closest('[translate]');
          return set && set.getAttribute('translate') === 'no' && !one.closest('blockquote');
        }).map((one) => one.outerHTML.slice(0, 80))"""
        )
    )
    assert closed == []


def states_of_the_form(visit: Visit) -> Iterator[tuple[str, list[str]]]:
    """Through the form with marked words in every text field; each state with the code shown by then."""
    page = visit.page
    visit.open_form()
    digits: list[str] = []
    for step in STEPS:
        visit.go_to(step)
        for field in page.locator(".step:not([hidden]) input[type=text]:visible").all():
            if field.get_attribute("id") != "code_last":
                field.fill(f"{MARK} {step}")
        if step == "topics":
            page.locator("#topics-operator").check()
        if step == "story":
            page.locator("#story").fill(f"{MARK} ж" * 6_000)
            yield "overflow", digits
            page.locator("#later").press("Enter")
            page.locator("#story").fill(f"{MARK} story")
        if step == "sharing":
            page.locator("#scope-details").check()
            page.locator("#next").press("Enter")
            yield "missing", digits
            page.locator("#to-help").check()
            page.locator("#consent_store").check()
        if step == "code":
            digits.append(visit.take_code())
        yield step, digits
    page.locator(".crumb a").press("Enter")
    expect(page.locator("#away")).to_be_visible()
    yield "away", digits
    page.locator("#stay").press("Enter")
    page.route("**/drop", lambda route: route.abort())
    visit.send()
    visit.expect_outcome("unreachable")
    yield "unreachable", digits
    page.unroute("**/drop")
    visit.send()
    visit.expect_sent()
    page.locator("#sent summary").press("Enter")
    yield "sent", digits


@pytest.mark.parametrize("language", SHARE if SOAK else SHARE[1:])
def test_no_word_of_hers_on_the_form_is_offered_to_a_machine(visit: Visit, language: str) -> None:
    """In every state and language: not translated, suggested, corrected or remembered; labels stay open."""
    visit.language = language
    found = {}
    for state, digits in states_of_the_form(visit):
        found[state] = expect_quiet(visit.page, [digits[0], digits[0][:4]] if digits else [])
        expect_labels_open(visit.page)
    # The walk sees what it is there to see: the rest of the story, the review, the code.
    assert {state for state, count in found.items() if count} >= {
        "overflow",
        "code",
        "check",
        "sent",
    }


@pytest.mark.parametrize("language", SHARE if SOAK else SHARE[:1])
def test_no_word_on_the_answer_page_is_offered_to_a_machine(
    reader: Reader, boards: Boards, language: str
) -> None:
    """What the desk says to her, and what she writes back, in every state and language."""
    page = reader.page
    status = boards.reply("read", kind="status", language="")
    boards.put(boards.make([boards.reply(f"{MARK} antwoord"), status]))
    reader.language = language
    reader.arrive(boards.day(2))
    secrets = [CODE, CODE[:4]]
    expect_quiet(page, secrets)
    page.locator("#code").fill(CODE[:-1])
    page.locator("#read").press("Enter")
    expect_quiet(page, secrets)
    reader.read()
    assert expect_quiet(page, secrets) == 1
    told = page.locator("#answers article p").evaluate_all(
        "all => all.map((one) => one.closest('[translate]').getAttribute('translate'))"
    )
    assert told == ["no"] * 4  # the day and the words of each
    expect_labels_open(page)
    page.locator("#again").press("Enter")
    page.locator("#words").fill(f"{MARK} woorden")
    page.locator("#ask-withdraw").check()
    expect_quiet(page, secrets)
    page.locator(".crumb a").press("Enter")
    expect_quiet(page, secrets)
    page.locator("#stay").press("Enter")
    page.locator("#withdraw-act").check()
    page.locator("#send").press("Enter")
    reader.expect_sent()
    assert expect_quiet(page, secrets) == 0


def test_what_she_looks_for_is_offered_to_nobody(visit: Visit) -> None:
    """The fields that look something up keep to the same rule: where she works and what she reads is hers."""
    for path in ("places/", "search/"):
        visit.open(path)
        expect(visit.page.locator("#part")).to_be_visible()
        visit.page.locator("#part").fill(MARK)
        assert expect_quiet(visit.page, []) == 0, path
