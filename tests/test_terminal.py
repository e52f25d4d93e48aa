"""What reaches a terminal (desk/terminal.py), over every code point there is."""

import json
import sys
import unicodedata

import pytest

from desk import terminal

HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
EVERY = [chr(point) for point in range(sys.maxunicode + 1)]


def test_every_code_point_is_shown_or_marked() -> None:
    """Of all 1,114,112, those without a shape of their own become a mark, and no others."""
    assert len(EVERY) == 1_114_112
    for character in EVERY:
        hidden = unicodedata.category(character) in HIDDEN and character not in "\n\t"
        expected = f"<U+{ord(character):04X}>" if hidden else character
        assert terminal.clean(character) == expected


def test_every_code_point_survives_json() -> None:
    """Escaped text holds nothing hidden, and is read back code point for code point."""
    whole = "a".join(character for character in EVERY if not "\ud800" <= character <= "\udfff")
    shown = terminal.escape_json(json.dumps(whole, ensure_ascii=False))
    assert json.loads(shown) == whole
    assert terminal.clean(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[2J",
        "\x9b31m",
        "\x07\x08\r",
        "\u202eabc\u202c",
        "\u2066a\u2069",
        "\u200f",
        "\ufeff",
        "\u00ad",
        "\U000e0041",
        "\x7f",
    ],
)
def test_nothing_that_a_terminal_obeys_gets_through(text: str) -> None:
    """Escapes, control characters and the characters that turn the order of reading are marked."""
    shown = terminal.clean(text)
    assert shown.isprintable()
    assert "<U+" in shown


@pytest.mark.parametrize(
    "text",
    ["👩\u200d👩\u200d👧", "می\u200cخواهم", "क्\u200dष", "❤\ufe0f\u200d🔥", "é\n\tÅ 你好 ไทย"],
)
def test_writing_that_needs_joiners_is_left_alone(text: str) -> None:
    """Families of emoji and Persian or Hindi words keep their shape."""
    assert terminal.clean(text) == text


@pytest.mark.parametrize("text", ["a\u200db", "\u200dm", "م\u200d", "م\u200d\u200dم", " \u200c "])
def test_a_joiner_that_joins_nothing_is_marked(text: str) -> None:
    """A hidden character between plain letters, at an edge or in a row is shown."""
    assert "<U+200" in terminal.clean(text)


def test_no_line_of_a_sender_begins_where_ours_begin() -> None:
    """Line breaks, long lines and carriage returns all stay behind the margin."""
    lines = list(terminal.fold("=== complaint\n" + "word " * 50 + "\r=== complaint", 60))
    assert all(line.startswith(terminal.MARGIN) for line in lines)
    assert all(len(line) <= 60 for line in lines)


def test_folding_loses_no_word_and_counts_wide_characters_twice() -> None:
    """Words stay whole where they can; a line of Chinese is half as long."""
    words = "een twee drie vier vijf zes zeven acht negen tien " * 3
    folded = [line.removeprefix(terminal.MARGIN) for line in terminal.fold(words, 40)]
    assert " ".join(folded).split() == words.split()
    assert [len(line) for line in terminal.fold("你" * 40, 44)] == [24, 24]
    assert list(terminal.fold("x" * 45, 44)) == ["  | " + "x" * 40, "  | " + "x" * 5]
    assert list(terminal.fold("e\u0301" * 40, 44)) == ["  | " + "e\u0301" * 40]
