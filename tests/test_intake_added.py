"""Complaints that a handler enters (desk/intake/added.py): the same fields, consents and rules."""

import re
from pathlib import Path
from typing import Any

import pytest

from desk.cases.fields import Given
from desk.cases.refusals import Refusal
from desk.intake import added
from desk.wire import code, schema
from tests.intakes import TODAY, make_store, opened
from tests.site import ROOT

TOLD: dict[str, Given] = {
    "channel": "telephone",
    "story": "Zij vertelde dat er\r\neen brief kwam.",
    "form_language": "nl",
    "consent": ("store", "count"),
}
ALL: dict[str, Given] = TOLD | {
    "role": "permission",
    "wish": "act",
    "topics": ("care", "other"),
    "municipality": "Ede",
    "period": "month",
    "scope": "details",
    "to": ("ombudsman",),
    "address_as": "Kim",
    "answerer": "woman",
    "reply_language": "ro",
    "contact": "Na zessen",
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive codes without the work; `test_code.py` does it whole."""
    monkeypatch.setattr(code, "ROUNDS", 1)


@pytest.mark.parametrize("channel", ["telephone", "face", "paper"])
def test_what_was_told_becomes_a_case(channel: str, tmp_path: Path) -> None:
    """With the channel by which she told it, and how each consent was given."""
    with opened(make_store(tmp_path / "store")) as book:
        case = added.add(book, TOLD | {"channel": channel}, today=TODAY).case
        assert (case.channel, case.received_on, case.objects) == (channel, "2026-11-22", ())
        assert book.complaint(case).values["story"] == "Zij vertelde dat er\neen brief kwam."
        assert {consent.how for consent in case.consents} == {channel}
        given = {name for name in schema.CONSENTS if case.consents_to(name)}
        assert given == {"store", "count"}


def test_every_field_of_the_form_can_be_filled_in(tmp_path: Path) -> None:
    """The complaint is the one that the form would have made, field for field."""
    with opened(make_store(tmp_path / "store")) as book:
        made = dict(book.complaint(added.add(book, ALL, today=TODAY).case).values)
    assert made.keys() == schema.RULES.keys() - {"reply_key", "tag_key"}
    assert made["pass_on"] == {"scope": "details", "to": ["ombudsman"]}
    assert made["consent"] == {"store": True, "act": False, "count": True, "quote": False}
    assert (made["topics"], made["reply_language"]) == (["care", "other"], "ro")


def test_a_new_code_is_given_once_and_not_kept(tmp_path: Path) -> None:
    """The code that was drawn belongs to the keys in the case, and its digits stand nowhere."""
    with opened(make_store(tmp_path / "store")) as book:
        done = added.add(book, TOLD | {"code": "new"}, today=TODAY)
        values = book.complaint(done.case).values
        reply_key, tag_key = code.derive(done.code)
        assert (values["reply_key"], values["tag_key"]) == (reply_key.hex(), tag_key.hex())
        assert done.case.has_code
        assert done.code not in str(book.complaint(done.case).text)


def test_her_own_code_is_taken_in_any_script(tmp_path: Path) -> None:
    """She reads the digits aloud or has them on paper; nothing is given back to show."""
    digits = code.make()
    arabic = "".join(chr(0x660 + int(digit)) for digit in digits)
    with opened(make_store(tmp_path / "store")) as book:
        done = added.add(book, TOLD | {"code": "given", "digits": arabic}, today=TODAY)
        assert book.complaint(done.case).values["tag_key"] == code.derive(digits)[1].hex()
        assert done.code == ""


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"consent": ("count",)}, "not_agreed", "consent"),
        ({"consent": ()}, "missing", "consent"),
        ({"story": " \n "}, "missing", "story"),
        ({"story": "\u2003\x85"}, "missing", "story"),
        ({"story": "x" * 40_000}, "too_long", "story"),
        ({"story": "kapot \ud800"}, "missing", "story"),
        ({"channel": "form"}, "not_a_choice", "channel"),
        ({"form_language": "Dutch"}, "not_a_language", "form_language"),
        ({"reply_language": "xx-y"}, "not_a_language", "reply_language"),
        ({"municipality": "x" * 81}, "too_long", "municipality"),
        ({"address_as": "x" * 201}, "too_long", "address_as"),
        ({"contact": "x" * 501}, "too_long", "contact"),
        ({"scope": "details"}, "scope_missing", "to"),
        ({"to": ("help",)}, "scope_missing", "scope"),
        ({"scope": "nobody", "to": ("help",)}, "scope_missing", "to"),
        ({"code": "given", "digits": "1234"}, "wrong_code", "digits"),
        ({"code": "given"}, "wrong_code", "digits"),
        ({"other": "x"}, "unknown_field", ""),
    ],
)
def test_what_breaks_the_rules_is_refused_at_its_field(
    changes: dict[str, Any], reason: str, field: str, tmp_path: Path
) -> None:
    """Nothing is written, and the handler sees which field it is."""
    with opened(make_store(tmp_path / "store")) as book:
        with pytest.raises(Refusal) as refused:
            added.add(book, TOLD | changes, today=TODAY)
        assert (refused.value.reason, refused.value.field) == (reason, field)
        assert not book.cases


def test_what_is_asked_stands_in_the_order_of_the_form() -> None:
    """A handler who types a sheet goes down it once: the steps of the form, and of its sheet on paper."""
    steps = (ROOT / "overrides" / "templates" / "write_steps.html").read_text("utf-8")
    asked = re.findall(
        r"""(?:'(?:radio|checkbox)', |\btext\(|\bname=)['"](\w+)|in (\[[^]]*\]) %\}\{\{ consent""",
        steps,
    )
    names = ["consent" if purposes else name for name, purposes in asked]

    fields = [field.name for field in added.FIELDS]
    assert fields[:2] == ["channel", "form_language"]
    assert fields[2:-1] == [name for name in names if name != "code_last"]
    assert fields[-1] == "digits"
