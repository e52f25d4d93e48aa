"""Cases of purge lists for tests/vectors/purge.json (WIRE.md section 8.1), for `generate`."""

import json
from collections.abc import Callable
from typing import Any

from desk.wire import canon, keylist, purgelist
from tests.vectors.parts import BOARD_SEED, OTHER_SEED, signed

ONE, TWO, THREE = "11" * 32, "22" * 32, "33" * 32
Content = dict[str, Any]


def good() -> Content:
    """A list with two names that two stores hold, and one that was erased."""
    made: Content = {"version": 1, "store": "5a" * 16, "issued": "2026-11-30"}
    return made | {"held": [ONE, THREE], "erased": [TWO]}


def sign(text: str, seed: bytes = BOARD_SEED, label: bytes = purgelist.LABEL) -> str:
    return signed(text, seed, label)


def edited(**changes: Any) -> str:
    """A well signed file with some values changed; `None` takes one away."""
    content = {name: value for name, value in (good() | changes).items() if value is not None}
    return sign(canon.dumps(content))


def _names() -> dict[str, tuple[str, str]]:
    return {
        "names_not_ascending": (edited(held=[THREE, ONE]), "the order is one"),
        "name_twice": (edited(held=[ONE, ONE]), "the same name twice"),
        "name_in_both": (edited(erased=[ONE]), "held and erased"),
        "name_upper_case": (edited(held=["AA" * 32]), "hexadecimal is lower case"),
        "name_short": (edited(held=[ONE[:-1]]), "63 digits"),
        "name_path": (edited(held=["../" + ONE[3:]]), "no name of an object"),
        "name_newline": (edited(held=[ONE + "\n"]), "a newline after it"),
        "name_number": (edited(held=[1]), "no text"),
        "names_text": (edited(held=ONE), "no array"),
        "names_none": (edited(held=[], erased=[]), "nothing to delete"),
    }


def _fields() -> dict[str, tuple[str, str]]:
    return {
        "version_two": (edited(version=2), "unknown version"),
        "version_true": (edited(version=True), "no number"),
        "version_missing": (edited(version=None), "a name is missing"),
        "store_missing": (edited(store=None), "bound to no store"),
        "store_short": (edited(store="5a" * 15), "no id of a store"),
        "store_newline": (edited(store="5a" * 16 + "\n"), "a newline after it"),
        "store_upper_case": (edited(store="5A" * 16), "hexadecimal is lower case"),
        "issued_no_day": (edited(issued="2026-02-30"), "no such day"),
        "issued_1999": (edited(issued="1999-12-31"), "before the days of section 1"),
        "issued_with_time": (edited(issued="2026-11-30T00:00:00Z"), "a time is no date"),
        "held_missing": (edited(held=None), "a name is missing"),
        "erased_missing": (edited(erased=None), "a name is missing"),
        "field_extra": (edited(note="x"), "a name too many"),
    }


def _outside() -> dict[str, tuple[str, str]]:
    text = canon.dumps(good())
    outer = json.loads(sign(text))
    turned = canon.dumps(dict(reversed(good().items())))
    added = canon.dumps(good() | {"held": [ONE, THREE, "44" * 32]})
    upper = {"signature": outer["signature"].upper()}
    ended = {"signature": outer["signature"] + "\n"}
    longer = {"signature": outer["signature"] + "00"}
    return {
        "name_added": (canon.dumps(outer | {"signed": added}), "by who carries it"),
        "unsigned": (canon.dumps({"signed": text}), "no signature"),
        "plain_text": (f"# balie purge list\n{ONE}\n", "a list of names"),
        "signature_other_key": (sign(text, OTHER_SEED), "another board key"),
        "signature_no_label": (sign(text, label=b""), "signed without the label"),
        "signature_of_a_key_list": (sign(text, label=keylist.LABEL), "the label of a key list"),
        "signature_upper_case": (canon.dumps(outer | upper), "hexadecimal is lower case"),
        "signature_newline": (canon.dumps(outer | ended), "a newline after it"),
        "signature_long": (canon.dumps(outer | longer), "130 digits"),
        "signature_flipped": (
            canon.dumps(
                outer
                | {"signature": f"{int(outer['signature'][0], 16) ^ 1:x}" + outer["signature"][1:]}
            ),
            "one bit of the signature",
        ),
        "signed_with_space": (sign(" " + text), "not the one encoding"),
        "signed_turned": (sign(turned), "another order of names"),
        "outer_turned": (canon.dumps(dict(reversed(outer.items()))), "another order of names"),
        "outer_with_newline": (sign(text) + "\n", "not the one encoding"),
        "outer_extra": (canon.dumps(outer | {"x": 1}), "a name too many"),
        "outer_array": ("[]", "no object"),
        "outer_empty": ("", "nothing"),
    }


def cases(case: Callable[..., Content]) -> list[Content]:
    """All cases: those that are carried out, then those that are refused."""
    digits = "0123456789abcdef"
    every: Content = {"store": digits * 2, "held": [digits * 4], "erased": [digits[::-1] * 4]}
    whole = {
        "ok_worked_example": (canon.dumps(good()), "held and erased"),
        "ok_held_only": (canon.dumps(good() | {"erased": []}), "nothing erased"),
        "ok_every_digit": (canon.dumps(good() | every), "every digit there is"),
        "ok_erased_only": (canon.dumps(good() | {"held": []}), "nothing held"),
    }
    found = [case(n, why, "ok", text=sign(t), reads=json.loads(t)) for n, (t, why) in whole.items()]
    wrong = _outside() | _fields() | _names()
    return found + [case(n, why, "purge_list", text=text) for n, (text, why) in wrong.items()]
