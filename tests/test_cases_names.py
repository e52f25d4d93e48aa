"""Pseudonyms and scripts (desk/cases/pseudonyms.py and scripts.py)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import scripts
from desk.cases import pseudonyms

# Words that a case must never be called: persons, bodies, the trade, colours of skin, crime.
UNFIT = """
meisje meid dame vrouw man jongen heer prostituee hoer slet teef poes kip zwarte witte blanke bruine
gele rode naakte geile stoute natte harde stijve dikke domme vuile illegale criminele valse boze
zielige gevallen slang rat luis kwal worm varken zeug ezel aap mossel doos pruim roos raam lamp
lantaarn bed kooi mes zweep riem ketting tralie dief boef
"""


def test_there_are_enough_words() -> None:
    """A hundred thousand cases can have a name of two words."""
    adjectives, nouns = pseudonyms.word_lists()
    assert len(adjectives) >= 300
    assert len(nouns) >= 350
    assert len(adjectives) * len(nouns) > 100_000


def test_words_are_plain_sorted_and_different() -> None:
    """Small letters a to z, so that a name can be typed anywhere; no word twice."""
    for words in pseudonyms.word_lists():
        assert list(words) == sorted(set(words))
        assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
    adjectives, nouns = pseudonyms.word_lists()
    assert not set(adjectives) & set(nouns)


def test_no_name_can_hurt() -> None:
    """None of the words is one for a person, a body, the trade or a crime."""
    adjectives, nouns = pseudonyms.word_lists()
    assert not {*adjectives, *nouns} & set(UNFIT.split())


def test_a_name_is_two_words_and_not_taken() -> None:
    """Drawn again until nobody has it."""
    taken: set[str] = set()
    for _ in range(2_000):
        name = pseudonyms.draw(taken.__contains__)
        adjective, noun = name.split()
        assert name not in taken
        assert adjective in pseudonyms.word_lists()[0]
        assert noun in pseudonyms.word_lists()[1]
        taken.add(name)


def test_a_name_of_three_words_when_all_of_two_are_taken() -> None:
    """A number is added rather than failing."""
    name = pseudonyms.draw(lambda name: len(name.split()) == 2)
    assert name.split()[2] == "twee"


def test_numbers_go_on_for_ever() -> None:
    """Two to ten in words, then in digits."""
    taken: set[str] = set()
    for _ in range(120):
        taken.add(pseudonyms.numbered("stille egel", taken.__contains__))
    assert "stille egel twee" in taken
    assert "stille egel tien" in taken
    assert "stille egel 11" in taken
    assert "stille egel 121" in taken


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Zij kwamen binnen.", "latin"),
        ("Ils sont entrés à Noël.", "latin"),
        ("Влязоха без да питат.", "cyrillic"),
        ("دخلوا دون أن يسألوا.", "arabic"),
        ("เข้ามาโดยไม่ถาม", "thai"),
        ("他们没有问就进来了。", "cjk"),
        ("Μπήκαν μέσα", "greek"),
        ("Ｆｕｌｌ", "latin"),
        ("112 !?", ""),
        ("", ""),
        ("a Влязоха", "cyrillic"),
        ("x" * 500 + "Влязоха " * 500, "latin"),
    ],
)
def test_the_script_is_that_of_most_letters(text: str, script: str) -> None:
    """Told by the names of the letters at the start of a text."""
    assert scripts.script(text) == script


@given(st.text("aé́ñ1 .-АЖяΩαアあ한ᄒ警ＦŁ\u200f", max_size=500))
def test_letters_counted_by_kind_are_those_counted_one_by_one(text: str) -> None:
    """To ask once for each letter that occurs tells the same script as to ask for each in its place."""
    shown = unicodedata.normalize("NFKC", text[:400])
    names = [unicodedata.name(letter).split()[0].lower() for letter in shown if letter.isalpha()]
    # Of two that are as many, the first.
    expected = max(dict.fromkeys(names), key=names.count, default="")
    assert scripts.script(text) == expected


@pytest.mark.parametrize(
    ("name", "mixed"),
    [
        ("Anna", False),
        ("Анна", False),
        ("Anna Иванова", False),
        ("Аnna", True),  # the first letter is Cyrillic
        ("pаypal", True),
        ("Ana ρolice", True),
        ("Zoë", False),
        ("李 Anna", False),
        ("李Anna", False),
        ("ａnna", False),
        ("аnna-ok", True),
        ("", False),
    ],
)
def test_a_word_that_mixes_letters_that_look_alike_is_marked(name: str, mixed: bool) -> None:
    """Two words in two scripts are nothing strange; one word in two is."""
    assert scripts.is_mixed(name) is mixed
