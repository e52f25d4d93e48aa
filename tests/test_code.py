"""The reply code (desk/wire/code.py): its check digits, how it may be typed, and its two keys."""

import hashlib
import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.errors import Refused
from desk.wire import code
from tests.samples import count, outcome
from tests.vectors import codes

CODE = "1234567890123456789012" + code.check_digits("1234567890123456789012")


def is_refused(typed: str) -> bool:
    return outcome(code.normalise, typed)[0] == "code"


def test_codes_made_are_codes_and_differ() -> None:
    """A thousand codes all leave 1 when divided by 97."""
    made = {code.make() for _ in range(1_000)}
    assert len(made) == 1_000
    assert all(len(one) == 24 and int(one) % 97 == 1 for one in made)
    assert all(code.normalise(code.group(one)) == one for one in made)


def test_check_digits_lie_between_02_and_98() -> None:
    """The whole range is used and no more."""
    found = {code.check_digits(f"{number:022d}") for number in range(97)}
    assert found == {f"{number:02d}" for number in range(2, 99)}


def test_every_wrong_digit_is_found() -> None:
    """All 216 ways to get one digit wrong."""
    wrong = [
        CODE[:place] + digit + CODE[place + 1 :]
        for place in range(24)
        for digit in "0123456789"
        if digit != CODE[place]
    ]
    assert len(wrong) == 216
    assert all(map(is_refused, wrong))


def test_every_swap_of_neighbours_is_found() -> None:
    """Two unequal digits next to each other cannot change places unseen."""
    drawn = random.Random(97)  # a fixed seed, printed here: 97
    for _ in range(count(10_000, 200)):
        digits = "".join(drawn.choices("0123456789", k=22))
        whole = digits + code.check_digits(digits)
        for place in range(23):
            swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
            assert swapped == whole or is_refused(swapped)


@pytest.mark.parametrize("tail", ["00", "01", "99"])
def test_check_digits_outside_their_range_are_refused(tail: str) -> None:
    """00, 01 and 99 leave the same remainder as 97, 98 and 02, and are no check digits."""
    partner = {"00": "97", "01": "98", "99": "02"}[tail]
    digits = next(d for d in map("{:022d}".format, range(97)) if code.check_digits(d) == partner)
    assert not is_refused(digits + partner)
    assert is_refused(digits + tail)


def test_the_lists_of_characters_are_those_of_the_text() -> None:
    """Digits and unseen characters come from WIRE.md section 7.9, not from this machine's Unicode."""
    zeros, runs = codes.lists()
    assert [int(zero, 16) for zero in code._ZEROS.split()] == zeros
    assert [tuple(run) for run in code._RUNS] == runs


def test_the_lists_agree_with_the_unicode_of_this_machine() -> None:
    """Whatever this Python knows of Unicode is on the lists, and what is on them is nothing else to it."""
    digits = {
        chr(int(zero, 16) + value): value for zero in code._ZEROS.split() for value in range(10)
    }
    unseen = {chr(point) for first, last in code._RUNS for point in range(first, last + 1)}
    everything = map(chr, range(0x110000))
    known = {one: unicodedata.category(one) for one in everything}
    missing = [one for one, kind in known.items() if kind == "Nd" and one not in digits]
    missing += [one for one, kind in known.items() if kind == "Cf" and one not in unseen]
    if tuple(map(int, unicodedata.unidata_version.split("."))) <= (17, 0, 0):
        assert not missing
    assert all(known[one] in ("Cf", "Cn") for one in unseen)
    assert all(unicodedata.decimal(one, value) == value for one, value in digits.items())
    assert all(known[one] in ("Nd", "Cn") for one in digits)


@pytest.mark.parametrize(
    "between",
    [
        " ",
        "-",
        "\u2010",
        "\u2013",
        "\u2015",
        "\u2212",
        "\u3000",
        "\n",
        "\u00a0",
        "\u200e",
        "\u2066",
    ],
)
def test_space_dashes_and_unseen_marks_are_dropped(between: str) -> None:
    """However the groups were parted, the digits are the same."""
    assert code.normalise(between + between.join(code.group(CODE).split()) + between) == CODE


@pytest.mark.parametrize(
    "typed", ["", CODE[:-1], CODE + "0", CODE[:-1] + "x", CODE + ".", "²" * 24]
)
def test_anything_else_is_refused(typed: str) -> None:
    """Letters, dots, raised digits and another number of digits are no code."""
    assert is_refused(typed)


@settings(max_examples=count(20_000, 300), deadline=None)
@given(st.text())
def test_any_text_is_a_code_or_refused(typed: str) -> None:
    """Nothing that can be typed makes it fail in another way."""
    check, digits = outcome(code.normalise, typed)
    assert check == "code" or len(digits) == 24


def test_the_keys_are_the_two_halves_of_the_derivation() -> None:
    """Both keys are as WIRE.md section 7 gives them, and a mistyped code has none."""
    expected = hashlib.pbkdf2_hmac("sha512", CODE.encode(), b"balie/1 reply code", 600_000, 64)
    assert code.derive(CODE) == (expected[:32], expected[32:])
    with pytest.raises(Refused):
        code.derive("0" * 24)
