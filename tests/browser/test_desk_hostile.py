"""Two hundred hostile texts on the daily screen, in Chromium: shown as text in every place, and nothing else."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from desk.page.words import PART_CHARACTERS as PART
from desk.strings import Strings
from desk.terminal import clean
from tests.browser.hostile import (
    ALL,
    BLOCKS,
    COMMON,
    EARLY,
    HALF,
    HEADINGS,
    LINES,
    SHELVES,
    SHORT,
    Desk,
    furnished,
    in_field,
    one_line,
    unknown,
)
from tests.soak import SOAK

AT_ONCE = 8  # texts sought together: a case must hold all the words


def share(subjects: list[str]) -> list[tuple[int, str]]:
    """Each with its number: all in a soak, every fifth otherwise."""
    return list(enumerate(subjects))[:: 1 if SOAK else 5]


@pytest.fixture(scope="module")
def desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give a running screen on a store full of hostile texts."""
    with furnished(chromium, tmp_path_factory.mktemp("desk")) as made:
        yield made


def test_the_page_of_a_case_shows_each_text_as_it_is(desk: Desk) -> None:
    """Story and translation, what she added, notes, answers, letters; names and places in facts and fields."""
    early = Strings("en").day(EARLY)
    for number, subject in share(desk.complaints):
        desk.send(f"/case/{subject}/unmask")
        line, text = LINES[number], BLOCKS[number]
        desk.shows(
            {
                "[aria-labelledby=story] .beside .told": [text] * 2,
                "[aria-labelledby=story] .beside .told-line": [line],
                "[aria-labelledby=story] > .told": [unknown(number)],
                ".facts .told-line": [*[line] * 5, HEADINGS[number // 2]],
                ".thread .told": [text, f"{text}\n{COMMON}", text, text],
                "#do-triage input[type=text]": [in_field(SHORT[number])] * 3,
                "#referral_done-number option + option": [line],
                "#deadline_met-number option + option": [f"{line}, {early}"],
            }
        )
        # Three in triage, three in the referral, one in the term and the answer, two in the letter.
        assert desk.shown(".thread .told-line").count(line) == 10
    desk.shows({"#bundle-bundle option + option": HEADINGS})


def test_every_note_is_shown_as_it_is(desk: Desk) -> None:
    """Forty below each other on the page and on paper: none eats the next."""
    for number, subject in enumerate(desk.shelves):
        notes = [*(clean(text) for text in SHELVES[number]), f"{COMMON}plank{number}"]
        desk.screen.open(f"/case/{subject}")
        desk.shows({".thread .told": notes})
        desk.screen.open(f"/case/{subject}/dossier")
        desk.shows({".told": ["Zij kwamen binnen.", *notes]})


def test_the_dossier_shows_each_text_as_it_is(desk: Desk) -> None:
    """On paper too, names included."""
    for number, subject in share(desk.complaints):
        desk.send(f"/case/{subject}/dossier")
        line, text = LINES[number], BLOCKS[number]
        noted, helper = f"{text}\n{COMMON}", "\n".join([line] * 3)
        desk.shows({".told": [text, text, helper, text, noted, text, text]})
        facts = [value for value in desk.shown(".facts .told-line") if line in value]
        term = facts.pop()  # the label says which rule it is
        assert (facts, term.endswith(f": {line}")) == ([line] * 4, True)


def test_a_bundle_shows_its_title_as_it_is(desk: Desk) -> None:
    """As the heading of its page, and as a line of its dossier."""
    for number, subject in share(desk.bundles):
        desk.screen.open(f"/case/{subject}")
        desk.shows({"h1 .told-line": [HEADINGS[number]]})
        desk.screen.open(f"/case/{subject}/dossier")
        desk.shows({})
        assert desk.shown("dd .told-line").count(HEADINGS[number]) == 1


def test_lists_show_names_as_text(desk: Desk) -> None:
    """Handlers and titles in the inbox, terms and helpers in the agenda, titles among the bundles."""
    for path, selector, lines in (
        ("/?section=waiting", "#waiting td .told-line", LINES),
        ("/?section=danger", "#danger th .told-line", HEADINGS),
        ("/bundles", "main li .told-line", HEADINGS),
        ("/agenda", "td .told-line", [line for line in LINES for _ in ("term", "helper")]),
    ):
        desk.screen.open(path)
        desk.shows({selector: lines})


def seek(desk: Desk, words: str) -> list[str]:
    """Type words into the search; the names of the cases that are found."""
    desk.screen.open("/search")
    page = desk.screen.page
    page.locator("#words").fill(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    desk.shows({"#words": [in_field(words)]})
    assert page.locator("h2[role=status]").count() == 1
    return desk.shown("th a")


def test_what_is_found_is_shown_as_text(desk: Desk) -> None:
    """Titles of bundles and names of handlers stand beside what was found."""
    assert len(seek(desk, COMMON)) == HALF + len(HEADINGS) + len(SHELVES) + 1
    desk.shows({"th .told-line": HEADINGS, "td .told-line": LINES})


@pytest.mark.parametrize("number", range(len(SHELVES)))
def test_hostile_words_find_the_one_case_that_holds_them(desk: Desk, number: int) -> None:
    """Eight texts and a word of its own find the case; with a word of another case nothing is found."""
    texts = [one_line(text) for text in SHELVES[number]]
    for first in range(0, len(texts), AT_ONCE):
        words = " ".join(texts[first : first + AT_ONCE])
        assert seek(desk, f"{words} {COMMON}plank{number}") == [f"plank {number}"]
    assert seek(desk, f"{words} {COMMON}gewoon") == []


def test_a_long_text_is_shown_in_parts_as_it_is(desk: Desk) -> None:
    """All texts as one note: each part is that part of it. On paper it stands whole."""
    whole = "\n".join(ALL)
    desk.screen.open(f"/case/{desk.long}")
    desk.shows({".thread .told": [clean(whole[:PART])]})
    desk.screen.page.locator(".thread a").click()
    parts = -(-len(whole) // PART)
    for part in range(parts):
        desk.shows({".told": [clean(whole[part * PART : (part + 1) * PART])]})
        if part + 1 < parts:
            desk.screen.page.get_by_role("link", name="Next").click()
    desk.screen.open(f"/case/{desk.long}/dossier")
    desk.shows({".told": ["Zij kwamen binnen.", clean(whole)]})
