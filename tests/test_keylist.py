"""The signed key list (desk/wire/keylist.py): what it takes, and every way to get it wrong."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from nacl.signing import SigningKey

from desk.errors import Refused
from desk.wire import keylist
from desk.wire.keylist import KeyEntry
from tests.samples import OTHER_SEED, SEED, secret, text

SITE, BOARD = SigningKey(b"s" * 32), SigningKey(b"b" * 32)
PINNED = bytes(SITE.verify_key)
START, END = date(2026, 10, 1), date(2026, 12, 31)
NEXT_START, NEXT_END = date(2027, 1, 1), date(2027, 3, 31)
CURRENT = keylist.entry("intake", secret(SEED).public, START, END)
NEXT = keylist.entry("intake", secret(OTHER_SEED).public, NEXT_START, NEXT_END)
KEYS = (
    CURRENT,
    NEXT,
    keylist.entry("board", bytes(BOARD.verify_key), START, date(2028, 9, 30)),
    keylist.entry("site", PINNED, START, date(2028, 9, 30)),
)


def build(keys: tuple[KeyEntry, ...] = KEYS) -> str:
    return keylist.build(keys, issued=START, practice=True, site_seed=bytes(SITE))


def sign(signed: str, label: bytes = keylist.LABEL) -> str:
    signature = SITE.sign(label + signed.encode("utf-8")).signature.hex()
    return text({"signed": signed, "signature": signature}).decode()


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    """Return a list that is well signed, with one change in its content."""
    content = json.loads(json.loads(build())["signed"])
    change(content)
    return sign(text(content).decode())


def refused(candidate: str, pinned: bytes = PINNED) -> None:
    with pytest.raises(Refused) as refusal:
        keylist.parse(candidate, pinned)
    assert refusal.value.check == "keylist"


def test_a_list_comes_back_as_it_was_built() -> None:
    """Every entry, the date and the practice mark survive, whatever order they were given in."""
    parsed = keylist.parse(build(KEYS[::-1]), PINNED)
    assert parsed.keys == KEYS
    assert (parsed.issued, parsed.practice) == ("2026-10-01", True)
    assert parsed.of("intake") == (CURRENT, NEXT)


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "version": lambda c: c.update(version=2),
    "version_true": lambda c: c.update(version=True),
    "issued_no_day": lambda c: c.update(issued="2026-02-30"),
    "issued_short": lambda c: c.update(issued="20261001"),
    "practice_number": lambda c: c.update(practice=1),
    "field_more": lambda c: c.update(more=1),
    "field_less": lambda c: c.pop("issued"),
    "keys_object": lambda c: c.update(keys={}),
    "no_intake": lambda c: c.update(keys=c["keys"][2:]),
    "no_board": lambda c: c["keys"].pop(2),
    "no_site": lambda c: c["keys"].pop(3),
    "two_boards": lambda c: c["keys"].append(c["keys"][2]),
    "entry_twice": lambda c: c["keys"].insert(0, c["keys"][0]),
    "wrong_order": lambda c: c["keys"].insert(0, c["keys"].pop(1)),
    "same_first_day": lambda c: c["keys"][1].update(not_before="2026-10-01"),
    "entry_text": lambda c: c["keys"].append("x"),
    "entry_field_more": lambda c: c["keys"][0].update(more=1),
    "entry_field_less": lambda c: c["keys"][0].pop("suite"),
    "use": lambda c: c["keys"][0].update(use="outtake"),
    "use_list": lambda c: c["keys"][0].update(use=["intake"]),
    "suite": lambda c: c["keys"][0].update(suite=2),
    "id": lambda c: c["keys"][0].update(id="0" * 16),
    "fingerprint": lambda c: c["keys"][0].update(fingerprint="0" * 64),
    "public_short": lambda c: c["keys"][0].update(public="QUJD"),
    "public_no_base64": lambda c: c["keys"][0].update(public="é" + c["keys"][0]["public"]),
    "public_of_other_use": lambda c: c["keys"][0].update(public=c["keys"][2]["public"]),
    "ends_before_it_begins": lambda c: c["keys"][0].update(not_after="2026-09-30"),
    "not_after_number": lambda c: c["keys"][0].update(not_after=20261231),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_list_that_breaks_a_rule_is_refused_though_well_signed(case: str) -> None:
    """The signature does not excuse a wrong content."""
    refused(changed(CHANGES[case]))


def test_the_changes_above_are_what_is_refused() -> None:
    """The same way of signing, without a change, is accepted."""
    assert keylist.parse(changed(lambda content: None), PINNED).keys == KEYS


def test_every_flipped_bit_of_the_signature_is_refused() -> None:
    """No signature but the right one passes."""
    outer = json.loads(build())
    signature = bytes.fromhex(outer["signature"])
    for index in range(len(signature)):
        broken = bytearray(signature)
        broken[index] ^= 1
        refused(text(outer | {"signature": broken.hex()}).decode())


def test_a_signature_over_something_else_is_refused() -> None:
    """The label keeps a signature made for another purpose out."""
    signed = json.loads(build())["signed"]
    refused(sign(signed, label=b""))
    refused(sign(signed, label=b"balie/1 complaint\n"))


def test_another_site_key_is_refused() -> None:
    """A list that is whole in itself, but signed by another site key, is not ours."""
    other = SigningKey(b"o" * 32)
    entry = keylist.entry("site", bytes(other.verify_key), START, END)
    foreign = keylist.build((*KEYS[:3], entry), issued=START, practice=True, site_seed=bytes(other))
    assert keylist.parse(foreign, bytes(other.verify_key))
    refused(foreign)


def test_a_signing_key_that_the_list_does_not_name_is_refused() -> None:
    """The pinned key must also stand in the list, or the next change of key would be lost."""
    other = keylist.entry("site", bytes(BOARD.verify_key), START, END)
    board = keylist.entry("board", PINNED, START, END)
    content = json.loads(json.loads(build())["signed"])
    entries = json.loads(json.dumps([_plain(key) for key in (CURRENT, board, other)]))
    refused(sign(text(content | {"keys": entries}).decode()))


def _plain(key: KeyEntry) -> dict[str, Any]:
    return {name: getattr(key, name) for name in KeyEntry.__dataclass_fields__}


@pytest.mark.parametrize(
    "candidate",
    [
        "",
        "[]",
        "{}",
        '{"signed":1,"signature":""}',
        '{"signed":"{}","signature":"00"}',
        "[" * 9_000,
    ],
)
def test_what_is_no_list_at_all_is_refused(candidate: str) -> None:
    """Any other text ends in the same refusal."""
    refused(candidate)


def test_a_second_spelling_of_the_same_list_is_refused() -> None:
    """Space outside, space inside, a name twice and a lone surrogate are all another encoding."""
    signed = json.loads(build())["signed"]
    refused(build() + "\n")
    refused(sign(signed + " "))
    refused(sign(signed.replace('{"version":1', '{"version":1,"version":1', 1)))
    refused('{"signed":"\\ud800","signature":"' + "0" * 128 + '"}')


def test_build_refuses_what_parse_would_refuse() -> None:
    """No list leaves the ceremony that the page would not take."""
    with pytest.raises(Refused):
        build(KEYS[1:3])
    with pytest.raises(Refused):
        build((replace(CURRENT, id="0" * 16), *KEYS[1:]))


@pytest.mark.parametrize(
    ("today", "built", "expected"),
    [
        (START - timedelta(400), START - timedelta(400), CURRENT),
        (START, START, CURRENT),
        (END, START, CURRENT),
        (NEXT_START, START, NEXT),
        (START - timedelta(400), NEXT_START, NEXT),
        (NEXT_END + timedelta(30), START, NEXT),
        (NEXT_END + timedelta(31), START, None),
        (START, NEXT_END + timedelta(31), None),
    ],
)
def test_the_form_takes_the_last_key_that_has_begun(
    today: date, built: date, expected: KeyEntry | None
) -> None:
    """A clock that is behind counts as the build date; 30 days after the end it is closed."""
    keys = keylist.parse(build(), PINNED)
    assert keylist.pick(keys, today=today, built=built) == expected
