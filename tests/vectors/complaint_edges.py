"""The edges of the tables in WIRE.md 5 and 5.4: the last value that holds, and the first that does not."""

from typing import Any

from desk.wire import schema
from desk.wire.whitespace import WHITE_SPACE
from tests.vectors import complaints, follow_ups
from tests.vectors.complaints import BASE, dump, having

Row = tuple[str, str, str, str]  # name, why, expect, text


def _escape(name: str, written: str, escaped: str) -> Row:
    text = having(story="#").replace("#", escaped)
    return f"json_escape_{name}", f"{escaped} for {written}", "json", text


def _json() -> list[Row]:
    escapes = [
        _escape("newline", "\\n", "\\u000a"),
        _escape("tab", "\\t", "\\u0009"),
        _escape("return", "\\r", "\\u000d"),
        _escape("backspace", "\\b", "\\u0008"),
        _escape("form_feed", "\\f", "\\u000c"),
        _escape("quote", '\\"', "\\u0022"),
        _escape("backslash", "\\\\", "\\u005c"),
        _escape("delete", "the character itself", "\\u007f"),
        _escape("line_separator", "the character itself", "\\u2028"),
        _escape("pair", "the character itself", "\\ud83d\\ude42"),
    ]
    rows = [
        ("json_lone_low_surrogate", "the second half alone", having(story="#").replace("#", "\\udc00")),
        ("json_lone_in_unknown", "in a field nobody knows", having(z="#").replace("#", "\\ud800")),
        ("json_lone_in_name", "in a name", dump(BASE | {"a#": 1}).replace("#", "\\ud800")),
        ("json_number", "a bare number", "1"),
        ("json_true", "a bare true", "true"),
        ("json_integer_low", "-2^53", having(z=-(2**53))),
        ("json_integer_zero", "a zero before it", having(z=7).replace(":7", ":07")),
        ("json_integer_point", "1.0 for 1", having().replace('"schema":1', '"schema":1.0')),
        ("json_depth_objects", "one deeper, in objects", having(z={"a": {"a": {"a": {}}}})),
        ("json_name_dash", "a dash in a name", dump(BASE | {"a-b": 1})),
        ("json_name_score", "begins with a score", dump(BASE | {"_a": 1})),
        ("json_name_newline", "a newline after a name", dump(BASE | {"a\n": 1})),
        ("json_name_deep", "a capital in a name, deeper", having(z=[{"A": 1}])),
        ("json_name_other", "a letter outside ASCII", dump(BASE | {"\u00e9": 1})),
        ("json_before_schema", "two defects, the form speaks first", having(Story=1, story=5)),
        ("ok_name_longest", "40 characters, every kind", dump(BASE | {"a" * 36 + "_09z": 1})),
        ("ok_null_unknown", "null where nobody knows the field", having(z=None)),
        ("ok_integer_minus", "a number below zero", having(z=-7)),
    ]  # fmt: skip
    told = [(name, why, name.split("_")[0], text) for name, why, text in rows]
    return escapes + told


def _stories() -> list[Row]:
    rows = [
        ("ok_story_byte_order_mark", "U+FEFF is no white space", "\ufeff"),
        ("ok_story_vowel_separator", "U+180E is no white space", "\u180e"),
        ("ok_story_zero_width", "U+200B is no white space", "\u200b"),
        ("ok_story_separators", "U+001C to U+001F are no white space", "\x1c\x1d\x1e\x1f"),
        ("ok_story_zero", "U+0000 is no white space", "\0"),
        ("ok_story_padded", "white space around one character", f"{WHITE_SPACE}x{WHITE_SPACE}"),
        ("schema_story_all_white", "every white space there is", WHITE_SPACE),
        ("schema_story_empty", "nothing", ""),
    ]
    return [(name, why, name.split("_")[0], having(story=story)) for name, why, story in rows]


def _choices() -> list[Row]:
    """Every value of every list, several at a time."""
    rows = []
    lists = {
        "role": schema.ROLES,
        "wish": schema.WISHES,
        "period": schema.PERIODS,
        "answerer": schema.ANSWERERS,
    }
    for turn in range(max(map(len, lists.values()))):
        chosen = {name: values[turn % len(values)] for name, values in lists.items()}
        scope = schema.SCOPES[turn % len(schema.SCOPES)]
        to = [] if scope == "nobody" else list(schema.RECEIVERS)
        more: dict[str, Any] = {"pass_on": {"scope": scope, "to": to}, "topics": [*schema.TOPICS]}
        rows.append(
            (f"ok_choices_{turn + 1}", "values of the lists", "ok", having(**chosen, **more))
        )
    return rows


def _values() -> list[Row]:
    consent: dict[str, Any] = BASE["consent"]
    wrong: dict[str, dict[str, Any]] = {
        "schema": {"zero": 0, "null": None, "array": [1], "three": 3},
        "complaint_id": {"long": "0" * 33, "null": None, "letter": "g" * 32},
        "form_language": {
            "small": "nl-nl", "capitals": "NL", "one": "n", "three": "nld", "score": "pt_BR",
            "region": "pt-B", "long": "pt-BRA", "newline": "nl\n", "null": None, "empty": "",
        },
        "reply_language": {"small": "nl-nl", "newline": "nl-NL\n", "null": None},
        "story": {"null": None, "array": ["x"]},
        "consent": {
            "array": [], "null": None, "true": True, "empty": {},
            "count": consent | {"count": 1}, "quote": consent | {"quote": "no"},
            "act": consent | {"act": None},
            "less": {"store": True, "act": True, "count": True},
        },
        "role": {"number": 1, "array": ["self"], "empty": ""},
        "wish": {"null": None, "array": ["heard"]},
        "topics": {"null": None, "number": [1], "object": {}},
        "municipality": {
            "null": None, "number": 1, "array": ["Ede"], "emoji": "\U0001f642" * 81,
        },
        "period": {"null": None, "array": ["week"]},
        "pass_on": {
            "null": None, "text": "nobody", "scope": {"scope": "all", "to": ["help"]},
            "to_twice": {"scope": "name", "to": ["help", "help"]},
            "to_text": {"scope": "name", "to": "help"}, "to_missing": {"scope": "nobody"},
            "to_number": {"scope": "name", "to": [1]},
            "scope_missing": {"to": []}, "scope_array": {"scope": ["name"], "to": ["help"]},
            "scope_null": {"scope": None, "to": ["help"]},
            "pattern_empty": {"scope": "pattern", "to": []},
        },
        "address_as": {"long": "x" * 201, "empty": "", "null": None, "number": 5},
        "answerer": {"null": None, "array": ["any"]},
        "contact": {"empty": "", "null": None, "array": ["x"]},
    }  # fmt: skip
    return [
        (f"schema_{name}_{what}", f"outside the rule of {name}", "schema", having(**{name: value}))
        for name, values in wrong.items()
        for what, value in values.items()
    ]


def _keys() -> list[Row]:
    right = "0f" * 32
    wrong = {
        "long": right + "0",
        "short": right[:-1],
        "capitals": right.upper(),
        "newline": right + "\n",
        "null": None,
    }
    rows = []
    for name, other in (("reply_key", "tag_key"), ("tag_key", "reply_key")):
        for what, value in wrong.items():
            text = having(**{name: value, other: right})
            rows.append((f"schema_{name}_{what}", "no 64 hexadecimal digits", "schema", text))
    return rows


def _follow_ups() -> list[Row]:
    having, out = follow_ups.having, "leave out"
    rows: list[tuple[str, str, dict[str, Any]]] = [
        ("ok_other_fields", "fields of section 5 are not known here",
         {"consent": 1, "contact": "", "role": "police", "topics": []}),
        ("ok_solved_with_words", "words beside it", {"ask": "solved"}),
        ("ok_erase_with_words", "words beside it", {"ask": "erase"}),
        ("ok_region", "a language with a region", {"form_language": "pt-BR"}),
        ("ok_story_mark", "U+FEFF is no white space", {"story": "\ufeff"}),
        ("ask_null", "nothing asked", {"ask": None}),
        ("ask_array", "an array", {"ask": ["write"]}),
        ("ask_capitals", "upper case", {"ask": "WRITE"}),
        ("blank_erase", "blank where none is needed", {"ask": "erase", "story": "\u00a0"}),
        ("blank_withdraw", "blank where none is needed",
         {"ask": "withdraw", "withdraw": ["act"], "story": ""}),
        ("null_solved", "null is not absent", {"ask": "solved", "story": None}),
        ("number", "a number for words", {"story": 5}),
        ("id_capitals", "upper case", {"complaint_id": "AB" * 16}),
        ("id_long", "33 digits", {"complaint_id": "0" * 33}),
        ("language", "a region in small letters", {"form_language": "nl-nl"}),
        ("key_capitals", "upper case", {"reply_key": "AB" * 32}),
        ("tag_short", "63 digits", {"tag_key": "0" * 63}),
        ("tag_null", "null", {"tag_key": None}),
        ("withdraw_text", "no array", {"ask": "withdraw", "withdraw": "act"}),
        ("withdraw_null", "null", {"ask": "withdraw", "withdraw": None}),
        ("withdraw_nested", "an array in an array", {"ask": "withdraw", "withdraw": [["act"]]}),
        ("withdraw_null_beside", "null is not absent", {"withdraw": None}),
        ("withdraw_solved", "beside something else", {"ask": "solved", "withdraw": ["act"], "story": out}),
        ("withdraw_erase", "beside something else", {"ask": "erase", "withdraw": ["quote"]}),
    ]  # fmt: skip
    rows += [
        (f"ok_withdraw_{one}", "one purpose", {"ask": "withdraw", "withdraw": [one], "story": out})
        for one in schema.WITHDRAWN
    ]
    made = []
    for name, why, changes in rows:
        is_whole = name.startswith("ok_")
        full = f"ok_follow_up_{name[3:]}" if is_whole else f"schema_follow_up_{name}"
        made.append((full, why, "ok" if is_whole else "schema", having(**changes)))
    return made


def cases() -> list[dict[str, str]]:
    rows = [*_json(), *_stories(), *_choices(), *_values(), *_keys(), *_follow_ups()]
    rows.append(("schema_nothing", "an empty object", "schema", "{}"))
    short = having(municipality="E", address_as="S", contact="0", topics=["other"])
    rows.append(("ok_shortest_texts", "one character each", "ok", short))
    taken = {one["name"] for one in complaints.cases() + follow_ups.cases()}
    keys = ("name", "why", "expect", "text")
    return [dict(zip(keys, row, strict=True)) for row in rows if row[0] not in taken]
