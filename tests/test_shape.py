"""Step 3: the checks on a request, without any transport."""

from dataclasses import replace

import pytest

from functions.shape import Head, Refusal, Request, check, check_head, name_of
from tests.stores import ACCEPTED, KEY_ID, OBJECT_BYTES, make_object

RESERVED_SIZES = [65_536, 262_144, 1_048_576, 3_145_728]
HEADER_DEFECTS = {
    "method": (Refusal.METHOD, {"method": "PUT"}),
    "method_lower_case": (Refusal.METHOD, {"method": "post"}),
    "length_absent": (Refusal.LENGTH_MISSING, {"length": ""}),
    "length_sign": (Refusal.LENGTH_MISSING, {"length": "+16384"}),
    "length_space": (Refusal.LENGTH_MISSING, {"length": "16384 "}),
    "length_arabic_digits": (Refusal.LENGTH_MISSING, {"length": "١٦٣٨٤"}),
    "length_superscript": (Refusal.LENGTH_MISSING, {"length": "16384²"}),
    "length_one_more": (Refusal.TOO_LARGE, {"length": "16385"}),
    "length_five_thousand_digits": (Refusal.TOO_LARGE, {"length": "9" * 5000}),
    "length_leading_zeros": (Refusal.TOO_LARGE, {"length": "0000016384"}),
    "type_absent": (Refusal.TYPE, {"content_type": ""}),
    "type_parameter": (Refusal.TYPE, {"content_type": "application/octet-stream; charset=utf-8"}),
    "type_upper_case": (Refusal.TYPE, {"content_type": "Application/Octet-Stream"}),
    "type_json": (Refusal.TYPE, {"content_type": "application/json"}),
    "length_zero": (Refusal.SIZE, {"length": "0"}),
    "length_one_less": (Refusal.SIZE, {"length": "16383"}),
}
BODY_DEFECTS = {
    "version_zero": (Refusal.VERSION, 0, b"\x00"),
    "version_next": (Refusal.VERSION, 0, b"\x02"),
    "suite_zero": (Refusal.SUITE, 1, b"\x00"),
    "suite_next": (Refusal.SUITE, 1, b"\x02"),
    "key_id_first_byte": (Refusal.KEY_UNKNOWN, 2, b"\x01"),
    "key_id_last_byte": (Refusal.KEY_UNKNOWN, 9, b"\x00"),
}


def request_for(body: bytes, **changes: str) -> Request:
    head = Head("POST", str(len(body)), "application/octet-stream", name_of(body))
    return Request(replace(head, **changes), body)


def test_a_well_shaped_object_is_taken() -> None:
    """An object of the right size, version, suite and key with its own hash has no defect."""
    assert check(request_for(make_object()), ACCEPTED) is None


@pytest.mark.parametrize("defect", HEADER_DEFECTS)
def test_each_defect_of_the_head_is_found_without_the_body(defect: str) -> None:
    """A wrong method, length or type is refused before any of the body is read."""
    expected, changes = HEADER_DEFECTS[defect]
    request = request_for(make_object(), **changes)
    assert check_head(request.head) is expected
    assert check(request, ACCEPTED) is expected


@pytest.mark.parametrize("defect", BODY_DEFECTS)
def test_each_defect_of_the_header_bytes_is_found(defect: str) -> None:
    """A wrong version, suite or key id is refused by its own code, though the hash is right."""
    expected, offset, byte = BODY_DEFECTS[defect]
    body = make_object()
    changed = body[:offset] + byte + body[offset + 1 :]
    assert check(request_for(changed), ACCEPTED) is expected


@pytest.mark.parametrize("size", RESERVED_SIZES)
def test_reserved_sizes_are_refused(size: int) -> None:
    """The size classes for complaints with photos have no meaning yet, so none is taken."""
    assert check(request_for(make_object(size)), ACCEPTED) is Refusal.TOO_LARGE


@pytest.mark.parametrize("arrived", [0, 1, OBJECT_BYTES - 1, OBJECT_BYTES + 1])
def test_a_body_of_another_size_than_announced_is_incomplete(arrived: int) -> None:
    """The announced size is right but other bytes arrived: that is no object."""
    request = request_for(make_object(arrived), length=str(OBJECT_BYTES))
    assert check(request, ACCEPTED) is Refusal.INCOMPLETE


def hash_defects(name: str) -> dict[str, str]:
    other = "0" if name[-1] != "0" else "1"
    return {
        "absent": "",
        "upper_case": "A" * 64,
        "one_digit_wrong": name[:-1] + other,
        "too_short": name[:-1],
        "trailing_newline": name + "\n",
        "of_other_bytes": name_of(b"other"),
    }


@pytest.mark.parametrize("defect", hash_defects("0" * 64))
def test_each_defect_of_the_hash_is_found(defect: str) -> None:
    """Only the lower-case hash of exactly these bytes is taken: it becomes the object's name."""
    body = make_object()
    declared = hash_defects(name_of(body))[defect]
    assert check(request_for(body, declared_sha256=declared), ACCEPTED) is Refusal.HASH


def test_the_key_is_named_before_the_hash() -> None:
    """A sender with an old page hears about the key, which a reload repairs."""
    body = make_object(key_id=b"\xee" * 8)
    request = request_for(body, declared_sha256="")
    assert check(request, ACCEPTED) is Refusal.KEY_UNKNOWN


def test_every_accepted_key_is_taken_and_nothing_when_there_is_none() -> None:
    """The set of accepted ids decides, with no default beside it."""
    next_key = b"\x77" * 8
    both = ACCEPTED | {next_key}
    assert check(request_for(make_object(key_id=KEY_ID)), both) is None
    assert check(request_for(make_object(key_id=next_key)), both) is None
    assert check(request_for(make_object()), frozenset()) is Refusal.KEY_UNKNOWN
