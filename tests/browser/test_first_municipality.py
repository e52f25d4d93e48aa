"""The first screen of a municipality, on a phone without scripts: the answer, then a row for each form of work.

Positions as drawn and names as a screen reader hears them, in every language and for a municipality of
each kind: of which a rule is known, sources conflict, something else is known, texts, or nothing.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from overrides.facts import data, states
from overrides.pages import places
from tests.places_to_look import FORMS
from tests.quiz import NOBODY, Asker, policies
from tests.site import ROOT, SHARE

PHONE = {"width": 360, "height": 740}
ANSWER, SCREENS = (
    230,
    11.5,
)  # pixels from the top, with the two lines that practice says; screens of Tilburg
FINGER = 48  # pixels of a row
KINDS = ("known", "conflict", "pointer", "texts", "none")
# One shape for each state; what is only tolerated is officially not allowed.
MARKS = {
    "allowed": "allowed",
    "allowed_conditions": "conditions",
    "permit": "permit",
    "forbidden": "no",
    "tolerated": "no",
    "conflict": "conflict",
    "unknown": "unknown",
}
TILBURG, DEN_HAAG, WIJDEMEREN = "GM0855", "GM0518", "GM1696"


def slug(code: str) -> str:
    return places.slug(data.municipalities(ROOT / "docs" / "data")[code].name)


def chosen() -> dict[str, str]:
    """Codes to look at: one of each kind, as the facts are now, and those that have more to say."""
    facts = data.load(ROOT / "docs" / "data")
    kinds = {code: states.kind(facts.policies.get(code)) for code in facts.municipalities}
    found = {kind: next((code for code in kinds if kinds[code] == kind), "") for kind in KINDS}
    named = {"tilburg": TILBURG, "two names": DEN_HAAG, "merger": WIJDEMEREN}
    return {kind: code for kind, code in {**found, **named}.items() if code in kinds}


CHOSEN = chosen()


@pytest.fixture(scope="module")
def phone(chromium: Browser) -> Iterator[Page]:
    """Give a tab without scripts."""
    context = chromium.new_context(java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def at(page: Page, address: str, language: str, code: str) -> Page:
    page.goto(f"{address}/{language}/m/{slug(code)}/")
    return page


def box(element: Locator) -> tuple[float, float]:
    """Where an element begins on its page, and how high it is."""
    found = element.evaluate(
        "e => { const b = e.getBoundingClientRect(); return [b.top + scrollY, b.height]; }"
    )
    return found[0], found[1]


def state(code: str, form: str) -> str:
    """What the record says of a form, read as plain YAML."""
    record = policies()[code]
    about = {claim["about"] for claim in record["conflicts"]}
    return "conflict" if form in about else str(record["facts"].get(form, NOBODY)["value"])


@pytest.mark.parametrize("kind", CHOSEN)
@pytest.mark.parametrize("language", SHARE)
def test_the_answer_stands_first(phone: Page, address: str, language: str, kind: str) -> None:
    """Before what is said of the translation; then rows for a finger, each of which leads to its part."""
    page = at(phone, address, language, CHOSEN[kind])
    top, height = box(page.locator("#lead"))
    assert top <= ANSWER
    rows = page.locator("main .rows > li")
    boxes = [box(row) for row in rows.all()]
    assert boxes[0][0] <= top + height + 4 * FINGER  # other names of a few take a line or two
    assert all(size >= FINGER for _, size in boxes)
    assert boxes == sorted(boxes)
    _, practice = box(page.locator("aside.practice"))  # a line that no other site has
    assert boxes[min(len(boxes), 6) - 1][0] - practice <= PHONE["height"]
    before = page.locator("main").inner_text().partition(page.locator("#lead").inner_text())[0]
    assert len(before.split()) <= 8, before
    for href in rows.locator("a").evaluate_all("all => all.map((a) => a.hash)"):
        assert page.locator(href).is_visible(), href  # whatever is folded
        assert box(page.locator(href))[0] > boxes[-1][0], href


@pytest.mark.parametrize("kind", ["known", "conflict", "tilburg", "two names"])
@pytest.mark.parametrize("language", SHARE)
def test_each_form_has_its_state_in_words_and_in_a_shape(
    phone: Page, address: str, language: str, kind: str
) -> None:
    """In the order of the forms; a screen reader hears the words alone, once."""
    if kind not in CHOSEN:
        pytest.fail(f"no municipality is of the kind {kind}: take it out of this list")
    asker, page = Asker(language), at(phone, address, language, CHOSEN[kind])
    recorded = {form: state(CHOSEN[kind], form) for form in FORMS}
    said = [
        f"{asker.say(f'form.{form}')} "
        + asker.say("row.unknown" if one == "unknown" else f"value.{one}")
        for form, one in recorded.items()
    ]
    heard = page.locator("main .rows").aria_snapshot()
    assert re.findall(r'- link "(.*)"', heard) == said
    assert "img" not in heard
    drawn = page.locator("main .rows use").evaluate_all("all => all.map((u) => u.href.baseVal)")
    assert drawn == [f"#i-{MARKS[one]}" for one in recorded.values()]
    for name in set(drawn):
        assert page.locator(f"symbol{name}").count() == 1


@pytest.mark.parametrize("language", SHARE)
def test_a_row_is_one_tap_from_its_answer(chromium: Browser, address: str, language: str) -> None:
    """Below the bar, with the value; the word of trust leads to how to look the rule up."""
    context = chromium.new_context(java_script_enabled=False, viewport=PHONE, has_touch=True)  # type: ignore[arg-type]
    page = at(context.new_page(), address, language, TILBURG)
    page.locator(".rows a[href='#home_alone']").tap()
    page.wait_for_url("**/#home_alone")
    expect(page.locator("#home_alone strong").first).to_be_in_viewport()
    bar = page.locator(".bar").bounding_box()
    row = page.locator("#home_alone").bounding_box()
    assert bar is not None
    assert row is not None
    assert row["y"] >= bar["y"] + bar["height"]
    page.go_back()
    page.wait_for_url(lambda url: "#" not in url)
    page.locator("#lead a").tap()
    page.wait_for_url("**/#lookup")
    expect(page.locator("#lookup")).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("language", SHARE)
def test_where_nothing_is_known_what_is_usual_begins_on_the_first_screen(
    phone: Page, address: str, language: str
) -> None:
    """Not eight times that nothing is known: the ways to find out, and what is usual begins below them."""
    page = at(phone, address, language, CHOSEN["none"])
    places_of = page.locator("main .rows a").evaluate_all("all => all.map((a) => a.hash)")
    assert places_of == ["#lookup", "#forms"]
    assert box(page.locator("#forms"))[0] <= PHONE["height"]


@pytest.mark.parametrize("language", SHARE)
def test_a_municipality_of_which_much_is_known_stays_short(
    phone: Page, address: str, language: str
) -> None:
    """What holds in the whole country is one link, and what is usual is folded behind what is known."""
    page = at(phone, address, language, TILBURG)
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height / PHONE["height"] <= SCREENS


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
def test_a_mark_has_the_colour_of_its_words(chromium: Browser, address: str, colours: str) -> None:
    """And no other one, so that nothing is said by colour alone."""
    chosen_colours = (
        {"forced_colors": "active"} if colours == "forced" else {"color_scheme": colours}
    )
    context = chromium.new_context(viewport=PHONE, **chosen_colours)  # type: ignore[arg-type]
    page = at(context.new_page(), address, "nl", TILBURG)
    pairs = page.locator("main .rows a").evaluate_all(
        "all => all.map((a) => [getComputedStyle(a.querySelector('svg')).stroke, getComputedStyle(a).color])"
    )
    context.close()
    assert len(pairs) == len(FORMS)
    assert all(stroke == words for stroke, words in pairs)
    assert len({stroke for stroke, _ in pairs}) == 1
