"""The complaints behind tests/vectors: whole ones in many scripts, and one with each defect of WIRE.md 5."""

import json
from typing import Any

from desk.wire import envelope

BASE: dict[str, Any] = {
    "schema": 1,
    "complaint_id": "00112233445566778899aabbccddeeff",
    "form_language": "nl",
    "consent": {"store": True, "act": False, "count": True, "quote": False},
    "story": "Zij kwamen binnen zonder te vragen.",
}


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


WORKED = dump(BASE)


def having(**fields: Any) -> str:
    return dump(BASE | fields)


def without(name: str) -> str:
    return dump({key: value for key, value in BASE.items() if key != name})


def filled(character: str) -> str:
    """The longest story of this character that fits, filled up with ASCII to the last byte."""
    room = envelope.MAX_JSON_BYTES - len(having(story="").encode())
    each = len(character.encode())
    return having(story=character * (room // each) + "x" * (room % each))


def whole() -> dict[str, str]:
    return {
        "ok_worked_example": WORKED,
        "ok_one_character": having(story="x"),
        "ok_bulgarian": having(story="Влязоха без да питат. Ѝ казах не."),
        "ok_arabic": having(story="دخلوا دون أن يسألوا، الساعة ٣\u200f."),
        "ok_thai": having(story="พวกเขาเข้ามาโดยไม่ถาม"),
        "ok_chinese": having(story="他们没有问就进来了。𠮷"),
        "ok_emoji_and_marks": having(story="👩🏽‍🦱 e\u0301 a\u0308\u0323 🏳️‍🌈 \u200d\u200c"),
        "ok_controls_and_quotes": having(story='"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028\u2029'),
        "ok_longest_latin": filled("a"),
        "ok_longest_arabic": filled("س"),
        "ok_longest_emoji": filled("🙂"),
        "ok_every_field": every_field(),
    }


def every_field() -> str:
    return having(
        role="permission",
        wish="act",
        topics=["check", "operator"],
        municipality="'s-Hertogenbosch",
        period="half_year",
        pass_on={"scope": "details", "to": ["municipality", "ombudsman"]},
        address_as="Sam, hen/hun",
        answerer="woman",
        reply_language="pt-BR",
        contact="alleen 's avonds",
        reply_key="0f" * 32,
        tag_key="f0" * 32,
        later_field={"a": [1, "b"]},
    )


def _case(name: str, why: str, expect: str, text: str) -> dict[str, str]:
    return {"name": name, "why": why, "expect": expect, "text": text}


def _json_cases() -> list[dict[str, str]]:
    broken = {
        "json_empty_array": ("an array is no complaint", "[]"),
        "json_text": ("a bare string", '"story"'),
        "json_null": ("null", "null"),
        "json_cut": ("cut off in the middle", WORKED[:-1]),
        "json_twice": ("two values", WORKED + WORKED),
        "json_space": ("a space that stringify would not write", WORKED.replace(":", ": ", 1)),
        "json_newline": ("a newline at the end", WORKED + "\n"),
        "json_bom": ("a byte order mark", "\ufeff" + WORKED),
        "json_comment": ("a comment", WORKED + "//"),
        "json_single_quotes": ("no double quotes", WORKED.replace('"', "'")),
        "json_trailing_comma": ("a comma too many", WORKED[:-1] + ",}"),
        "json_duplicate_name": ("a name twice", WORKED[:-1] + ',"story":"x"}'),
        "json_duplicate_inside": ("twice, deeper", having(z={}).replace("{}", '{"a":1,"a":2}')),
        "json_nan": ("NaN", having(z=0).replace('"z":0', '"z":NaN')),
        "json_infinity": ("Infinity", having(z=0).replace('"z":0', '"z":Infinity')),
        "json_float": ("no integer", having(z=1.5)),
        "json_exponent": ("an integer in another spelling", having(z=0).replace(":0", ":1e3")),
        "json_huge_exponent": ("overflows to infinity", having(z=0).replace(":0", ":1e999")),
        "json_minus_zero": ("-0", having(z=0).replace('"z":0', '"z":-0')),
        "json_big_integer": ("2^53", having(z=2**53)),
        "json_long_integer": ("5,000 digits", having(z=0).replace('"z":0', '"z":' + "7" * 5000)),
        "json_escape_needless": ("\\u0041 for A", having(story="A").replace("A", "\\u0041")),
        "json_escape_slash": ("\\/ for /", having(story="/").replace("/", "\\/")),
        "json_escape_capitals": ("\\u001F", having(story="\u001f").replace("001f", "001F")),
        "json_lone_surrogate": ("a surrogate alone", having(story="#").replace("#", "\\ud800")),
        "json_depth_five": ("one deeper than allowed", having(z=[[[[]]]])),
        "json_depth_5000": ("very deep", having(z=0).replace(":0", ":" + "[" * 5000 + "]" * 5000)),
        "json_name_capital": ("a capital in a name", having(Story="x")),
        "json_name_empty": ("an empty name", dump(BASE | {"": 1})),
        "json_name_long": ("41 characters", dump(BASE | {"a" * 41: 1})),
        "json_name_proto": ("a name that scripts treat specially", dump(BASE | {"__proto__": {}})),
        "json_name_digit": ("begins with a digit", dump(BASE | {"1a": 1})),
        "json_control_raw": ("a raw control character", having(story="#").replace("#", "\x01")),
    }
    return [_case(name, why, "json", text) for name, (why, text) in broken.items()]


def _consent(**changes: Any) -> str:
    return having(consent=BASE["consent"] | changes)


def _schema_cases() -> list[dict[str, str]]:
    broken = {
        **{f"schema_no_{name}": ("a required field", without(name)) for name in BASE},
        "schema_two": ("a complaint that calls itself a follow-up", having(schema=2)),
        "schema_text": ("schema as text", having(schema="1")),
        "schema_true": ("true is not 1", having(schema=True)),
        "schema_id_short": ("31 digits", having(complaint_id="0" * 31)),
        "schema_id_capitals": ("upper case", having(complaint_id="AB" * 16)),
        "schema_id_newline": ("a newline at the end", having(complaint_id="0" * 32 + "\n")),
        "schema_language_name": ("no code", having(form_language="Dutch")),
        "schema_story_blank": ("only white space", having(story=" \n\t\u3000\u0085")),
        "schema_story_number": ("a number", having(story=5)),
        "schema_consent_false": ("no consent to store", _consent(store=False)),
        "schema_consent_one": ("1 is not true", _consent(store=1)),
        "schema_consent_text": ("yes is not true", _consent(act="yes")),
        "schema_consent_extra": ("a purpose nobody knows", _consent(publish=True)),
        "schema_consent_missing": ("a purpose is missing", having(consent={"store": True})),
        "schema_role": ("unknown role", having(role="police")),
        "schema_role_null": ("null is not absent", having(role=None)),
        "schema_wish": ("unknown wish", having(wish="arrest")),
        "schema_topics_empty": ("no topic", having(topics=[])),
        "schema_topics_twice": ("the same topic twice", having(topics=["check", "check"])),
        "schema_topics_unknown": ("unknown topic", having(topics=["weather"])),
        "schema_topics_text": ("no array", having(topics="check")),
        "schema_topics_nested": ("an array in an array", having(topics=[["check"]])),
        "schema_municipality_long": ("81 characters", having(municipality="x" * 81)),
        "schema_municipality_empty": ("empty", having(municipality="")),
        "schema_period_date": ("a date", having(period="2026-11-22")),
        "schema_pass_on_nobody": (
            "nobody, and yet",
            having(pass_on={"scope": "nobody", "to": ["help"]}),
        ),
        "schema_pass_on_empty": ("to no one named", having(pass_on={"scope": "name", "to": []})),
        "schema_pass_on_police": ("unknown", having(pass_on={"scope": "name", "to": ["police"]})),
        "schema_pass_on_extra": (
            "a name too many",
            having(pass_on={"scope": "nobody", "to": [], "x": 1}),
        ),
        "schema_answerer": ("unknown", having(answerer="anyone")),
        "schema_reply_language": ("three letters", having(reply_language="ron")),
        "schema_contact_long": ("501 characters", having(contact="x" * 501)),
        "schema_reply_key_alone": ("without tag_key", having(reply_key="00" * 32)),
        "schema_tag_key_alone": ("without reply_key", having(tag_key="00" * 32)),
        "schema_reply_key_short": ("31 bytes", having(reply_key="00" * 31, tag_key="00" * 32)),
    }
    return [_case(name, why, "schema", text) for name, (why, text) in broken.items()]


def cases() -> list[dict[str, str]]:
    good = {
        **whole(),
        "ok_depth_four": having(z=[[[]]]),
        "ok_limits": having(
            municipality="\U0001f642" * 80, address_as="x" * 200, contact="x" * 500
        ),
        "ok_integers": having(z=[2**53 - 1, -(2**53) + 1, 0]),
        "ok_order_free": dump(dict(reversed(BASE.items()))),
    }
    kept = [
        _case(n, "kept as it is", "ok", t) for n, t in good.items() if not n.startswith("ok_long")
    ]
    bytes_cases = {
        "json_not_utf8": ("a byte that is no UTF-8", b'{"a":"\xff"}'),
        "json_overlong": ("an overlong encoding", b'{"a":"\xc0\xaf"}'),
        "json_surrogate_bytes": ("a surrogate in UTF-8", b'{"a":"\xed\xa0\x80"}'),
        "json_utf16": ("UTF-16", WORKED.encode("utf-16-le")),
        "json_nothing": ("zero bytes of text", b"\x00\x00"),
    }
    raw = [
        {"name": name, "why": why, "expect": "json", "hex": data.hex()}
        for name, (why, data) in bytes_cases.items()
    ]
    return kept + _json_cases() + _schema_cases() + raw
