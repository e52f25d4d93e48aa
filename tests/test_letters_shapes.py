"""Addresses and numbers known by their shape (desk/leak/shapes.py)."""

import pytest

from desk.leak.shapes import phones, shapes

CODES = ("AB1234", "1234AB", "12AB34", "AB12CD", "ABCD12", "12ABCD", "12ABC3", "1ABC23")
SPLIT = ("AB123C", "A123BC", "ABC12D", "A12BCD", "1AB234", "123AB4")


def found(text: str) -> list[tuple[str, str]]:
    return sorted((kind, text[start:end]) for kind, (start, end) in shapes(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail mij@voorbeeld.nl nu", [("mail", "mij@voorbeeld.nl"), ("web", "voorbeeld.nl")]),
        ("a.b+c@x.example", [("mail", "a.b+c@x.example")]),
        ("mij (at) voorbeeld.example", [("mail", "mij (at) voorbeeld.example")]),
        ("mij[AT]voorbeeld.example", [("mail", "mij[AT]voorbeeld.example")]),
        ("zie https://x.example/a?b=c nu", [("web", "https://x.example/a?b=c")]),
        ("zie WWW.x.example nu", [("web", "WWW.x.example")]),
        ("op voorbeeld.com/pad nu", [("web", "voorbeeld.com/pad")]),
        ("op t.me/rodevos", [("web", "t.me/rodevos")]),
        ("het gesprek.De ander", []),
        ("z.o.z. en d.d. en art. 9", []),
        ("ik heet @rode_vos op", [("handle", "@rode_vos")]),
        ("een @ twee", []),
        ("op @x kan", []),
        ("heet sexy_lola op", [("handle", "sexy_lola")]),
        ("x_lola__y, {last_day}, _ja_", [("handle", "x_lola__y")]),
        ("op lola.ch en", [("web", "lola.ch")]),
        ("op lola.escort.ch en", [("web", "lola.escort.ch")]),
        ("op a-1.b.xyz/c en", [("web", "a-1.b.xyz/c")]),
        ("NL91ABNA0417164300", [("iban", "NL91ABNA0417164300")]),
        ("nl91 abna 0417 1643 00.", [("iban", "nl91 abna 0417 1643 00")]),
        ("BE68539007547034", [("iban", "BE68539007547034")]),
        ("in 2026 waren er 1200 klachten", []),
        ("8011 PK Zwolle", [("plate", "8011 PK")]),
        ("8011PK", [("plate", "8011PK"), ("plate", "8011PK")]),
        ("0011 PK, 8011 pk, in 2026 en", []),
    ],
)
def test_addresses_are_found_whole(text: str, expected: list[tuple[str, str]]) -> None:
    """On the internet, of a bank, and of a house."""
    assert found(text) == expected


@pytest.mark.parametrize("code", [*CODES, *SPLIT])
def test_plates_are_found_however_they_are_written(code: str) -> None:
    """Every side code, together in capitals, and apart with hyphens, dots or spaces."""
    groups = [code[0]]
    for character in code[1:]:
        same = character.isdigit() == groups[-1][-1].isdigit()
        groups = [*groups[:-1], groups[-1] + character] if same else [*groups, character]
    if len(groups) == 2:  # four letters or digits stand in two pairs
        groups = [code[:2], code[2:4], code[4:]]
    assert ("plate", code) in found(f"de {code} reed")
    for mark in "-. –":
        assert ("plate", mark.join(groups)) in found(f"de {mark.join(groups)} reed")
    assert ("plate", "-".join(groups).lower()) in found(f"op {'-'.join(groups).lower()}")


@pytest.mark.parametrize(
    "text",
    ["24uurs zorg", "24-uurs zorg", "na 10 en", "ab12cd", "AB 12 3", "123456", "ABCDEF", "xAB12CD"],
)
def test_words_and_numbers_are_no_plates(text: str) -> None:
    """Small letters without a mark between, too few signs, or all of one kind."""
    assert found(text) == []


def test_a_plate_behind_a_number_is_found() -> None:
    """What begins like a plate and is none does not hide the plate that follows."""
    assert ("plate", "AB-12-CD") in found("op 12 AB-12-CD")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bel 0612345678 nu", ["0612345678"]),
        ("bel 06-12 34 56 78 nu", ["06-12 34 56 78"]),
        ("bel +31 (0)6 1234.5678 nu", ["31 (0)6 1234.5678"]),
        ("1234567", ["1234567"]),
        ("123456", []),
        ("123 456", []),
        ("12a34567", []),
        ("123    4567", []),
        ("123   4567", ["123   4567"]),
    ],
)
def test_seven_digits_are_a_telephone_number(text: str, expected: list[str]) -> None:
    """With at most three marks between two of them."""
    assert [text[start:end] for start, end in phones(text)] == expected
