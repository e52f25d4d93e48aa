"""Who learns what: before every letter, and on every page that tells to ask, write or register."""

import re
from pathlib import Path

import pytest

from overrides.frame.edition import SOURCE_LANGUAGES
from overrides.text import learns
from overrides.words.errors import SiteError
from tests.asking import ADVICE, herself, unsaid
from tests.site import LANGUAGES, ROOT, Built, Element, Page

LETTER = '!!! letter "Brief"\n    Aan: [naam]\n\n'
BOX = '!!! learns "Wie weet hier wat van?"\n    - De gemeente.\n\n'


@pytest.mark.parametrize("body", ["", BOX, BOX + LETTER, f"{BOX}{LETTER}Meer.\n\n{BOX}{LETTER}"])
def test_a_letter_behind_its_box_passes(body: str) -> None:
    """The box may also stand where no letter follows."""
    learns.refuse(f"## Hoe vraag ik het? {{: #ask }}\n\n{body}")


@pytest.mark.parametrize(
    "body", [LETTER, LETTER + BOX, BOX + LETTER + LETTER, f"{BOX}## Hoe vraag ik het?\n\n{LETTER}"]
)
def test_a_letter_without_its_box_stops_the_build(body: str) -> None:
    """One box for each letter, before it, under the same heading."""
    with pytest.raises(SiteError, match=r"who learns what, under: Hoe vraag ik het\?$"):
        learns.refuse(f"## Hoe vraag ik het? {{: #ask }}\n\n{body}")


def boxes(page: Page, kind: str) -> list[Element]:
    """The boxes of a kind."""
    return page.all("div", class_=f"admonition {kind}")


def test_every_letter_as_built_begins_with_who_learns_what(built_site: Built) -> None:
    """Between its heading and the letter, in every language; the build may have skipped its check."""
    letters = 0
    for page in built_site.reading_pages:
        marks = {id(one): "said" for one in boxes(page, "learns")}
        marks |= {id(one): "letter" for one in boxes(page, "letter")}
        marks |= {id(one): "heading" for one in page.all("h2")}
        said = False
        for mark in [marks[id(one)] for one in page.elements if id(one) in marks]:
            assert said or mark != "letter", page.path
            letters += mark == "letter"
            said = mark == "said"
    assert letters >= 14 * len(LANGUAGES)


def test_the_box_has_one_title_in_each_language(built_site: Built) -> None:
    """A reader learns to see it; and every box says something."""
    titles: dict[str, set[str]] = {}
    for page in built_site.reading_pages:
        for box in boxes(page, "learns"):
            title, *lines = [one for one in page.elements if box in one.inside and one.text.strip()]
            assert title.attributes["class"] == "admonition-title"
            assert lines, page.path
            titles.setdefault(page.shown, set()).add(title.text)
    assert {language: len(found) for language, found in titles.items()} == dict.fromkeys(
        LANGUAGES, 1
    )


def test_each_line_of_a_letter_says_in_english_what_it_says(built_site: Built) -> None:
    """The Dutch to send, her own language below it, and not one line without the other."""
    pages = [page for page in built_site.reading_pages if boxes(page, "letter")]
    for page in pages:
        for letter in boxes(page, "letter"):
            lines = [one for one in page.all("p") if letter in one.inside][1:]
            beside = ["beside" in one.attributes.get("class", "") for one in lines]
            if page.shown == "nl":
                assert not any(beside), page.path
                continue
            assert beside == [False, True] * (len(lines) // 2), page.path
            assert all(one.attributes.get("lang") == "nl" for one in lines[::2]), page.path
            holes = [len(re.findall(r"\[", one.text)) for one in lines]
            assert holes[::2] == holes[1::2], page.path


@pytest.mark.parametrize(
    "language", ADVICE
)  # the others have the boxes and links of the Dutch: test_parity
def test_advice_to_ask_says_first_who_learns_what(language: str) -> None:
    """Above it on the page, or behind a link in the part that gives the advice."""
    assert unsaid(ROOT / "docs" / language) == {}


@pytest.mark.parametrize("language", SOURCE_LANGUAGES)
def test_nobody_is_told_to_ask_the_municipality_herself(language: str) -> None:
    """The desk, an organisation or a lawyer asks; a box above the advice does not mend it."""
    assert herself(ROOT / "docs" / language) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Wat nu?\n\nVraag het bij de gemeente.\n", ["Vraag het bij de gemeente"]),
        ("## Wat nu?\n\nVraag de exploitant om een bon.\n", ["Vraag de exploitant"]),
        ("## Wat nu?\n\nDan schrijf je je in bij de KvK.\n", ["schrijf je je in"]),
        (f"## Wat nu?\n\n{BOX}Vraag het bij de gemeente.\n", []),
        (f"## Wat nu?\n\nVraag het bij de gemeente.\n\n{BOX}", ["Vraag het bij de gemeente"]),
        ("## Wat nu?\n\nVraag het per brief. Lees [wie dat leert](letters.md#who).\n", []),
        ("## Wat nu?\n\nVraag het per brief. Lees [meer](routes.md).\n", ["Vraag het per brief"]),
        ("## Wat nu?\n\nVraag dat niet zelf bij de gemeente.\n", []),
    ],
)
def test_the_search_finds_advice_without_it(tmp_path: Path, text: str, found: list[str]) -> None:
    """A box behind the advice comes too late, and a link counts only where a box is at its end."""
    folder = tmp_path / "nl"
    folder.mkdir()
    (folder / "letters.md").write_text(f"---\ntitle: x\n---\n{BOX}", "utf-8")
    (folder / "door.md").write_text(f"---\ntitle: x\n---\n{text}", "utf-8")

    assert unsaid(folder) == ({"door.md": found} if found else {})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vraag dat bij de gemeente.", ["Vraag dat bij de gemeente"]),
        (f"{BOX}Vraag het na bij je gemeente.", ["Vraag het na bij je gemeente"]),
        ("Vraag dat niet zelf bij de gemeente.", []),
        ("Een vraag aan de gemeente vertelt wie je bent.", []),
    ],
)
def test_the_search_finds_a_question_of_her_own(
    tmp_path: Path, text: str, found: list[str]
) -> None:
    """A box above it does not help; a sentence that says not to ask is none."""
    folder = tmp_path / "nl"
    folder.mkdir()
    (folder / "door.md").write_text(f"---\ntitle: x\n---\n{text}\n", "utf-8")

    assert herself(folder) == ({"door.md": found} if found else {})
