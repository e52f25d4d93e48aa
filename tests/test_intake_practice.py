"""Practice complaints (desk/intake/practice.py): twenty, invented, marked, sealed to a practice key only."""

from datetime import date
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.intake import practice
from desk.keys import ceremony, secret_keys
from desk.wire import code, schema
from tests.intakes import by_story, make_store, opened, take
from tests.samples import SEED

DAYS = (date(2026, 10, 1), date(2026, 12, 31))


def half(
    folder: Path, use: secret_keys.Use = "intake", *, practice: bool = True
) -> ceremony.PublicHalf:
    """The public half of the test key."""
    public = secret_keys.public_of(use, SEED)
    return ceremony.PublicHalf(ceremony.keylist.entry(use, public, *DAYS), practice)


def test_there_are_twenty_in_twelve_languages() -> None:
    """Each keeps the rules of a complaint and is marked as practice."""
    found = practice.complaints()
    assert len(found) == 20
    assert len({fields["form_language"] for fields in found}) == 12
    for fields in found:
        text = practice.compose(fields, "0" * 32, "")
        made = practice.canon.loads(text.encode("utf-8"))[1]
        assert isinstance(made, dict)
        schema.check(made)
        assert str(made["story"]).startswith(practice.MARK)


def test_they_show_every_kind_of_work() -> None:
    """A trainee meets every topic, role and wish, danger, and senders without a code."""
    found = practice.complaints()
    assert {topic for fields in found for topic in fields["topics"]} == set(schema.TOPICS)
    assert {fields["role"] for fields in found} == set(schema.ROLES)
    assert {fields["wish"] for fields in found} == set(schema.WISHES)
    scopes = {fields["pass_on"]["scope"] for fields in found if "pass_on" in fields}
    assert scopes == set(schema.SCOPES)
    assert 0 < sum("code" not in fields for fields in found) < 5


def test_their_folder_is_made_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One below a folder that is there; a stick that is not there stays an error."""
    monkeypatch.setattr(code, "ROUNDS", 1)
    key = half(tmp_path)
    assert len(practice.write(tmp_path / "new", key)) == 20
    files = [path for path in (tmp_path / "new" / "in").rglob("*") if path.is_file()]
    assert len(files) == 20  # two may share a folder
    with pytest.raises(DeskError, match="the stick is not there"):
        practice.write(tmp_path / "no" / "stick", key)


def test_they_come_in_like_any_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written to a stick and imported: twenty practice cases, answerable where a code was drawn."""
    monkeypatch.setattr(code, "ROUNDS", 1)
    written = practice.write(tmp_path, half(tmp_path))
    assert len({one.name for one in written}) == 20
    assert all(len(one.code) in (0, code.DIGITS) for one in written)
    with opened(make_store(tmp_path / "store", practice=True)) as book:
        tally = take(book, tmp_path / "in")
        assert (tally.new, tally.unreadable, tally.floods) == (20, 0, {})
        assert all(case.practice for case in by_story(book).values())
        assert sum(case.has_code for case in book.cases.values()) == sum(
            one.code != "" for one in written
        )


@pytest.mark.parametrize(("use", "is_practice"), [("intake", False), ("board", True)])
def test_no_other_key_is_taken(use: secret_keys.Use, is_practice: bool, tmp_path: Path) -> None:
    """Sealed to a real key, invented complaints would come in among real ones."""
    with pytest.raises(DeskError, match="practice key only"):
        practice.write(tmp_path, half(tmp_path, use, practice=is_practice))
    assert not list(tmp_path.iterdir())
