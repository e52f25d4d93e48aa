"""Texts reduced to what a reader takes them for (desk/leak/folding.py)."""

import sys
import unicodedata

import pytest

from desk.leak.folding import fold, is_unspaced, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sam", "Sam"),
        ("Zoë Ångström", "Zoe Angstrom"),
        ("S\u200ba\u00adm\u2060", "Sam"),  # zero width, soft hyphen, word joiner
        ("\u202eSam\u202c", "Sam"),
        ("Ѕаm", "Sam"),  # Cyrillic
        ("МАРИЯ", "MAPИЯ"),
        ("Ѳ", "Ѳ"),
        ("ΜΑΡΙΟ", "MAPIO"),  # Greek
        ("Ｓａｍ", "Sam"),  # fullwidth
        ("𝓢𝓪𝓶", "Sam"),  # mathematical
        ("Ⓢam", "Sam"),
        ("Łukasz Øst Đorđe", "Lukasz Ost Dorde"),
        ("Æsop œuvre Þór", "AEsop oeuvre Thor"),
        ("ﬁn", "fin"),
        ("٠٦ १२ ๓ ４ ⁵ ①", "06 12 3 4 5 1"),
        ("a\u00a0b\tc\nd", "a b c\nd"),
        ("a\u20ddb", "ab"),  # an enclosing circle
        ("½", "1⁄2"),
    ],
)
def test_tricks_of_writing_fold_away(text: str, expected: str) -> None:
    """Accents, hidden characters, look-alikes and foreign digits become plain letters and digits."""
    assert fold(text).text == expected


def test_each_folded_character_knows_its_place() -> None:
    """A piece of the folded text leads back to the text as it came, hidden characters and all."""
    folded = fold("x S\u200bÆm y")
    assert folded.text == "x SAEm y"
    assert folded.at == (0, 1, 2, 4, 4, 5, 6, 7)
    assert folded.place(2, 6) == (2, 6)
    assert folded.place(3, 4) == (4, 5)


def test_every_digit_of_unicode_becomes_its_ascii_digit() -> None:
    """Of all code points, each that is a decimal digit folds to that digit."""
    for point in range(sys.maxunicode + 1):
        value = unicodedata.decimal(chr(point), None)
        if value is not None:
            assert fold(chr(point)).text == str(value)


def test_capital_and_small_letters_fold_alike() -> None:
    """A look-alike has the same key in capitals and in small letters."""
    letters = "АВЕЅІЈКМНОРСТУХҮҺԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧØŁĐÐĦŦÆŒÞƏ"
    for letter in letters:
        assert fold(letter).text.casefold() == fold(letter.lower()).text.casefold()
        assert fold(letter).text.isascii()


def keys(text: str) -> list[str]:
    return [word.key for word in words(fold(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  ", []),
        ("Sam", ["sam"]),
        ("Sam's huis, 06-12!", ["sam", "s", "huis", "06", "12"]),
        ("rode_vos@x.nl", ["rode", "vos", "x", "nl"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("किताब", ["किताब"]),  # a vowel sign that takes its own room stays in the word
        ("a\nb", ["a", "b"]),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, expected: list[str]) -> None:
    """Anything else ends a word."""
    assert keys(text) == expected


def test_words_know_where_they_stand() -> None:
    """Start and end are places in the folded text."""
    found = words(fold("Aan Bo."))
    assert [(word.start, word.end) for word in found] == [(0, 3), (4, 6)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Sam kwam", [True, False]),
        ("kwam Sam", [True, False]),
        ("Ja. Sam", [True, True]),
        ("Ja! (“Sam", [True, True]),
        ("Ja? – Sam", [True, True]),
        ("Ja…Sam", [True, True]),
        ("Ja\n- Sam", [True, True]),
        ("naam: Sam", [True, False]),
        ("Ja, Sam", [True, False]),
        ("Anne-Sam", [True, False]),
        ("«Sam»", [True]),
        ("“Sam kwam", [True, False]),
        ("\nSam", [True]),
        ("x“Sam", [True, False]),
    ],
)
def test_the_first_word_of_a_sentence_is_known(text: str, first: list[bool]) -> None:
    """After a stop, a line break or nothing; a colon, a comma and a hyphen begin no sentence."""
    assert [word.is_first for word in words(fold(text))] == first


def test_capitals_are_known() -> None:
    """Only the first letter counts; scripts without capitals have none."""
    assert [word.is_capital for word in words(fold("Sam sAM Иван فاطمة 4A"))] == [
        True,
        False,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("character", "expected"),
    [*((one, False) for one in "aéжف।"), *((one, True) for one in "ก小ひカລកမ")],
)
def test_scripts_without_spaces_are_known(character: str, expected: bool) -> None:
    """Thai, Lao, Khmer, Burmese, Chinese and Japanese set no spaces between words."""
    assert is_unspaced(character) is expected
