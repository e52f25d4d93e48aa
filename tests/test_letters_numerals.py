"""Digits of a case in a text, however they are written (desk/leak/numerals.py, leak.py)."""

import pytest

from desk.leak import leak
from desk.leak.leak import LeakSource

STORY = "Het nummer was 06-48 21 39 77. Zij is @rode_vos77."


def found(text: str, **known: object) -> list[tuple[str, str]]:
    source = LeakSource(**known)  # type: ignore[arg-type]
    return [(one.kind, text[one.start : one.end]) for one in leak.leaks(text, source)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4821", [("number", "4821")]),
        ("48.21", [("number", "48.21")]),
        ("4 8 2 1", [("number", "4 8 2 1")]),
        ("٤٨٢١", [("number", "٤٨٢١")]),
        ("vier acht twee een", [("number", "vier acht twee een")]),
        ("four, eight two one", [("number", "four, eight two one")]),
        ("2139", [("number", "2139")]),
        ("482", []),
        ("1234", []),
        ("48 x 21", []),
        ("vier acht en twee een", []),
        ("0648213977", [("number", "0648213977"), ("phone", "0648213977")]),
        ("06-4821 34", [("number", "06-4821 3"), ("phone", "06-4821 34")]),
        ("6699999", [("phone", "6699999")]),
    ],
)
def test_digits_of_a_case_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    """Four of a number in a row, in any digits, with marks between, or as words."""
    assert found(text, texts=(STORY,)) == expected


def test_digits_out_of_a_name_field_are_found() -> None:
    """How to reach her is given in such a field; figures there are no names."""
    assert found("bel 4821 of 06", names=("bel 06 4821",)) == [("number", "4821")]


def test_digits_given_in_words_are_found_as_figures() -> None:
    """A number that the story spells out."""
    assert found("0612", texts=("nul zes een twee",)) == [("number", "0612")]
    assert found("0612", texts=("zero six one two",)) == [("number", "0612")]
    assert found("3579", texts=("drie vijf zeven negen",)) == [("number", "3579")]
    assert found("3579", texts=("three five seven nine",)) == [("number", "3579")]
    assert found("4862", texts=("four acht zes twee",)) == [("number", "4862")]


@pytest.mark.parametrize(
    "text",
    [
        "nul zes twaalf vierendertig zesenvijftig achtenzeventig",
        "nul 6 een 2 drie 4 vijf 6 zeven 8",
        "oh six one two three four",
        "o6-l2-34",
        "zero six twelve thirty-four",
        "zero six twelve thirty four fifty six seventy eight",
        "06 twaalf 34",
    ],
)
def test_digits_are_found_in_any_mix_of_words_and_figures(text: str) -> None:
    """As somebody says a number, or hides it."""
    assert found(f"bel {text} nu", texts=("06-12345678",)) == [("number", text)]
    assert found("bel 0612 nu", texts=(text,)) == [("number", "0612")]


def test_articles_of_law_hold_no_digits_of_a_case() -> None:
    """ "5:15, 5:16" is four digits in a row by chance."""
    story = ("nummer 155155165",)
    assert found("artikel 5:15, 5:16 Awb", texts=story) == []
    assert found("in 5:15, 5:16", texts=story) != []


def test_a_year_that_may_stand_is_no_number() -> None:
    """Alone it says little, although the story has it too; beside other digits it is a number."""
    story = ("in 2026 en 2019 kwam 20264",)
    assert found("in 2026 en 2025-2026", texts=story, years=(2025, 2026)) == []
    assert found("in 2019", texts=story, years=(2025, 2026)) == [("number", "2019")]
    assert found("in 2026", texts=story) == [("number", "2026")]
    assert found("in 20264", texts=story, years=(2026,)) == [("number", "20264")]
