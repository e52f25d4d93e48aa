"""Where a story says what somebody is called (desk/leak/naming.py)."""

import pytest

from desk.leak.naming import called, named
from desk.leak.no_names import plain_words, public_words, state_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mijn insta is lolaamsterdam", ["lolaamsterdam"]),
        ("insta: lolaamsterdam", ["lolaamsterdam"]),
        ("ik heet op snap rode.vos", ["rode"]),
        ("op telegram als mistress9", ["mistress9"]),
        ("my onlyfans account is called sterrenkind", ["sterrenkind"]),
        ("het account van fatima", ["fatima"]),
        ("mijn account is geblokkeerd", []),
        ("op instagram stond een foto", []),
        ("ik ben fatima.", ["fatima"]),
        ("i'm samira", ["samira"]),
        ("i’m samira", ["samira"]),
        ("ben ik bang, ik ben moe, i am scared", []),
        ("ik ben niet boos", []),
        ("hij heet rodrigo", ["rodrigo"]),
        ("haar naam is van der falk", ["falk"]),
        ("mijn naam is bekend", []),
        ("a man named kofi", ["kofi"]),
        ("she is called björk", ["björk"]),
        ("he called me, they called the police", []),
        ("mevrouw de vries en agent van dam", ["vries", "dam"]),
        ("in de kanaalstraat en aan het Rozenplein", ["kanaalstraat", "rozenplein"]),
        ("op straat, langs de laan", []),
    ],
)
def test_what_somebody_is_called_is_known_without_a_capital(text: str, expected: list[str]) -> None:
    """By the words before it; how somebody is, is no name."""
    assert set(named(text)) == set(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ik heet June en", ["june"]),
        ("Mijn naam is Raad.", ["raad"]),
        ("agent Van der Wet kwam", ["wet"]),
        ("mevrouw van Brief", ["brief"]),
        ("Ik ben June", ["june"]),
        ("IK BEN KLANT", []),
        ("ik heet june, ik ben klant", []),
        ("de Raad van de Gemeente", []),
        ("De Wet zegt dit. In June.", []),
    ],
)
def test_a_name_that_is_a_public_word_is_known_where_it_is_told(
    text: str, expected: list[str]
) -> None:
    """With its capital, where the story says that somebody is called so."""
    assert set(called(text)) == set(expected)


def test_words_for_how_somebody_is_are_in_no_other_list() -> None:
    """Each is in small letters, once, and could be a name elsewhere."""
    assert all(word == word.casefold() and word.isalpha() for word in state_words())
    assert not state_words() & (plain_words() | public_words())
    assert {"bang", "moe", "scared"} <= state_words()
