"""The follow-ups behind tests/vectors: whole ones, and one with each defect of WIRE.md 5.4."""

from typing import Any

from tests.vectors.parts import dump

BASE: dict[str, Any] = {
    "schema": 2,
    "complaint_id": "ffeeddccbbaa99887766554433221100",
    "form_language": "nl",
    "reply_key": "0f" * 32,
    "tag_key": "f0" * 32,
    "ask": "write",
    "story": "Ze kwamen weer.",
}


def having(**changes: Any) -> str:
    fields = BASE | changes
    return dump({name: value for name, value in fields.items() if value != "leave out"})


def _without(name: str) -> str:
    return having(**{name: "leave out"})


def whole() -> dict[str, str]:
    return {
        "ok_follow_up_write": having(),
        "ok_follow_up_arabic": having(form_language="ar", story="شكرا"),
        "ok_follow_up_withdraw": having(
            ask="withdraw", story="leave out", withdraw=["act", "count", "quote", "pass_on"]
        ),
        "ok_follow_up_withdraw_with_words": having(ask="withdraw", withdraw=["quote"]),
        "ok_follow_up_solved": having(ask="solved", story="leave out"),
        "ok_follow_up_erase": having(ask="erase", story="leave out"),
        "ok_follow_up_unknown_field": having(wish="anything", later_field=[1]),
    }


def _broken() -> dict[str, tuple[str, str]]:
    missing = {
        f"schema_follow_up_no_{name}": ("a required field", _without(name))
        for name in BASE
        if name != "schema"
    }
    return missing | {
        "schema_three": ("unknown schema", having(schema=3)),
        "schema_follow_up_text": ("schema as text", having(schema="2")),
        "schema_follow_up_key_short": ("31 bytes", having(reply_key="00" * 31)),
        "schema_follow_up_tag_capitals": ("upper case", having(tag_key="AB" * 32)),
        "schema_follow_up_ask": ("unknown", having(ask="destroy")),
        "schema_follow_up_blank": ("only white space", having(story=" \n\u3000")),
        "schema_follow_up_blank_solved": (
            "blank where none is needed",
            having(ask="solved", story=" "),
        ),
        "schema_follow_up_withdraw_nothing": ("no purpose named", having(ask="withdraw")),
        "schema_follow_up_withdraw_empty": ("no purpose", having(ask="withdraw", withdraw=[])),
        "schema_follow_up_withdraw_twice": (
            "the same purpose twice",
            having(ask="withdraw", withdraw=["act", "act"]),
        ),
        "schema_follow_up_withdraw_store": (
            "keeping is ended by asking for erasure",
            having(ask="withdraw", withdraw=["store"]),
        ),
        "schema_follow_up_withdraw_beside": (
            "withdraws while it asks something else",
            having(withdraw=["act"]),
        ),
    }


def cases() -> list[dict[str, str]]:
    good = [(name, "kept as it is", "ok", text) for name, text in whole().items()]
    bad = [(name, why, "schema", text) for name, (why, text) in _broken().items()]
    keys = ("name", "why", "expect", "text")
    return [dict(zip(keys, case, strict=True)) for case in good + bad]
