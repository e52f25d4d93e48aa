"""The bytes of objects and plaintexts, and the one encoding of a complaint (desk/wire/envelope.py)."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desk.errors import Refused
from desk.wire import canon, envelope
from tests.samples import complaint, outcome, sealed, secret, text
from tests.soak import count

KNOWN = {secret().key_id}
INPUTS = count(100_000, 600)


def refused_by(check: str, parse: object, *arguments: object) -> None:
    with pytest.raises(Refused) as refusal:
        parse(*arguments)  # type: ignore[operator]
    assert refusal.value.check == check


@pytest.mark.parametrize("size", [0, 9, 1_130, 16_383, 16_385, *envelope.RESERVED_BYTES])
def test_an_object_of_any_other_size_is_refused(size: int) -> None:
    """Sizes kept for later are refused like all others."""
    refused_by("object_length", envelope.parse_object, sealed()[:10].ljust(size, b"\0"), KNOWN)


@pytest.mark.parametrize(
    ("offset", "check"), [(0, "object_version"), (1, "object_suite"), (2, "key_unknown")]
)
def test_checks_come_in_the_order_of_the_contract(offset: int, check: str) -> None:
    """From the first wrong byte on everything is wrong, and the first check speaks."""
    broken = sealed()[:offset] + b"\xff" * (envelope.OBJECT_BYTES - offset)
    refused_by(check, envelope.parse_object, broken, KNOWN)


def test_an_object_falls_apart_into_its_parts() -> None:
    """Header, key id and body together are the whole object."""
    whole = sealed()
    parts = envelope.parse_object(whole, KNOWN)
    assert parts.header + parts.body == whole
    assert parts.key_id == secret().key_id
    assert parts.header == envelope.header(secret().public)


@pytest.mark.parametrize("size", [2, 3, 100, envelope.MAX_JSON_BYTES])
def test_a_plaintext_comes_back_as_it_went_in(size: int) -> None:
    """Every length that fits is padded and read back."""
    built = envelope.build_plaintext(b"x" * size)
    assert len(built) == 15_238
    assert envelope.parse_plaintext(built) == b"x" * size


@pytest.mark.parametrize("size", [0, 1, envelope.MAX_JSON_BYTES + 1])
def test_text_that_does_not_fit_is_not_cut(size: int) -> None:
    """A text too long or too short is refused, never shortened."""
    refused_by("plaintext_length", envelope.build_plaintext, b"x" * size)


@pytest.mark.parametrize("length", [0, 1, 15_235, 2**32 - 1])
def test_a_length_that_lies_is_refused(length: int) -> None:
    """The length field cannot point outside the plaintext."""
    lying = length.to_bytes(4, "big") + bytes(envelope.PLAINTEXT_BYTES - 4)
    refused_by("plaintext_length", envelope.parse_plaintext, lying)


@pytest.mark.parametrize("offset", [6, 7, 8_000, 15_237])
def test_a_byte_hidden_in_the_padding_is_refused(offset: int) -> None:
    """One bit anywhere after the JSON is found."""
    plaintext = bytearray(envelope.build_plaintext(b"{}"))
    plaintext[offset] = 1
    refused_by("padding", envelope.parse_plaintext, bytes(plaintext))


NOT_CANONICAL = {
    "space": b'{"a": 1}',
    "line_break_at_end": b'{"a":1}\n',
    "byte_order_mark": b'\xef\xbb\xbf{"a":1}',
    "name_twice": b'{"a":1,"a":1}',
    "name_twice_inside": b'{"a":{"b":1,"b":2}}',
    "name_upper_case": b'{"A":1}',
    "name_empty": b'{"":1}',
    "name_with_line_break": b'{"a\\nb":1}',
    "name_ending_in_line_break": b'{"a\\n":1}',
    "name_41_characters": b'{"' + b"a" * 41 + b'":1}',
    "name_of_the_prototype": b'{"__proto__":1}',
    "fraction": b'{"a":1.0}',
    "exponent": b'{"a":1e2}',
    "minus_zero": b'{"a":-0}',
    "leading_zero": b'{"a":01}',
    "too_large": b'{"a":9007199254740992}',
    "too_small": b'{"a":-9007199254740992}',
    "thousands_of_digits": b'{"a":' + b"9" * 9_000 + b"}",
    "not_a_number": b'{"a":NaN}',
    "infinity": b'{"a":-Infinity}',
    "lone_surrogate_escaped": b'{"a":"\\ud800"}',
    "lone_surrogate_raw": b'{"a":"\xed\xa0\x80"}',
    "pair_escaped": b'{"a":"\\ud83d\\ude00"}',
    "letter_escaped": b'{"a":"\\u0061"}',
    "slash_escaped": b'{"a":"\\/"}',
    "control_upper_case": b'{"a":"\\u001B"}',
    "tab_as_number": b'{"a":"\\u0009"}',
    "tab_raw": b'{"a":"\t"}',
    "overlong_utf8": b'{"a":"\xc0\x80"}',
    "cut_off": b'{"a":"x',
    "two_values": b"{}{}",
    "array": b"[]",
    "number": b"11",
    "depth_5": b'{"a":{"b":{"c":{"d":{}}}}}',
    "depth_5_array": b'{"a":[[[[]]]]}',
    "depth_7000": b"[" * 7_000 + b"]" * 7_000,
    "depth_unclosed": b'{"a":' * 3_000,
}


@pytest.mark.parametrize("case", NOT_CANONICAL)
def test_json_with_a_second_spelling_is_refused(case: str) -> None:
    """Each text breaks one rule of form, and its error holds nothing of it."""
    with pytest.raises(Refused) as refusal:
        envelope.parse_complaint(NOT_CANONICAL[case])
    assert refusal.value.check == "json"
    assert refusal.value.__context__ is None


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"a": {"b": {"c": {}}}},
        {"a": [[[]]]},
        {"a": 2**53 - 1, "b": -(2**53) + 1, "c": 0},
        {"a" * 40: None, "z9_": False},
    ],
)
def test_the_edges_of_the_rules_are_allowed(value: canon.Value) -> None:
    """Depth 4, the largest integers and the longest name are still canonical."""
    assert canon.loads(text(value)) == (text(value).decode(), value)


def test_strings_are_written_as_the_browser_writes_them(tmp_path: Path) -> None:
    """All of U+0000 to U+FFFF, and some beyond, come out of both languages as the same bytes."""
    characters = [chr(point) for point in range(0x10000) if not 0xD800 <= point <= 0xDFFF]
    value = {"a": "".join([*characters, "\U00010000", "\U0001f600", "\U0010ffff"])}
    script = (
        "const points=[...Array(0x10000).keys()].filter(p=>p<0xd800||p>0xdfff);"
        "points.push(0x10000,0x1f600,0x10ffff);"
        "process.stdout.write(JSON.stringify({a:points.map(p=>String.fromCodePoint(p)).join('')}))"
    )
    written = subprocess.run(["node", "-e", script], capture_output=True, check=True).stdout
    assert canon.dumps(value).encode("utf-8") == written
    assert canon.loads(written)[1] == value


def test_a_complaint_keeps_its_text_and_fields_it_does_not_know() -> None:
    """Unknown fields are kept as they came."""
    whole = text(complaint(from_later={"x": [1, None]}))
    parsed = envelope.parse_complaint(whole)
    assert parsed.text.encode("utf-8") == whole
    assert parsed.values["from_later"] == {"x": [1, None]}


FORM = {"schema", "json"}
HEAD = bytes.fromhex("0101") + bytes.fromhex(secret().key_id)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("schema"), inner),
    max_leaves=6,
)


@settings(max_examples=INPUTS, deadline=None)
@given(st.binary(max_size=40), st.sampled_from([0, 10, 16_384, 16_385]))
@example(HEAD, 16_384)
def test_any_bytes_are_an_object_or_refused(start: bytes, size: int) -> None:
    """No bytes make the parser of objects fail in another way."""
    data = (HEAD[: len(start) % 11] + start).ljust(size, b"\0")
    check, parts = outcome(envelope.parse_object, data, KNOWN)
    assert check.startswith(("object_", "key_")) or parts.header + parts.body == data


@settings(max_examples=INPUTS, deadline=None)
@given(st.integers(0, 2**32 - 1) | st.integers(0, 15_240), st.binary(max_size=60), st.booleans())
def test_any_bytes_are_a_plaintext_or_refused(length: int, body: bytes, whole: bool) -> None:
    """What is accepted is exactly what would be built again."""
    data = length.to_bytes(4, "big") + body
    data = data.ljust(envelope.PLAINTEXT_BYTES, b"\0") if whole else data
    check, body_found = outcome(envelope.parse_plaintext, data)
    assert check in {"plaintext_length", "padding"} or envelope.build_plaintext(body_found) == data


@settings(max_examples=INPUTS, deadline=None)
@given(st.binary() | st.text().map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_complaint_or_refused(data: bytes) -> None:
    """No bytes make the parser of complaints fail in another way."""
    for candidate in (
        data,
        b'{"a":' + data + b"}",
        b'{"' + data + b'":1}',
        b'{"a":"' + data + b'"}',
    ):
        with pytest.raises(Refused) as refusal:
            envelope.parse_complaint(candidate)
        assert refusal.value.check in FORM


@settings(max_examples=INPUTS, deadline=None)
@given(JSON_VALUES, st.sampled_from([*complaint(), "role", "topics", "pass_on", "contact"]))
def test_any_json_value_is_a_complaint_or_refused(value: object, name: str) -> None:
    """Any value in any field is taken or refused; what is taken is written back unchanged."""
    data = json.dumps(complaint(**{name: value}), ensure_ascii=False, separators=(",", ":"))
    check, parsed = outcome(envelope.parse_complaint, data.encode("utf-8", "surrogatepass"))
    assert check in FORM or canon.dumps(dict(parsed.values)) == data
