"""Step 3: which key ids the function reads out of the key list, and when a new list is taken."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from functions.accepted import Accepted, follows, read
from functions.errors import SetupError
from functions.reread import Reread
from tests.stores import PUBLIC, key_entry, key_list

NEXT = b"\x43" * 1_216
SITE = key_entry("site", b"s" * 32)
GOOD = key_entry("intake", PUBLIC)


def wrapped(signed: object) -> str:
    return json.dumps({"signed": json.dumps(signed), "signature": "0" * 128})


def listing(*keys: Any, **more: object) -> str:
    return wrapped({"version": 1, "issued": "2026-11-22", "keys": list(keys), **more})


def id_of(public: bytes) -> bytes:
    return bytes.fromhex(str(key_entry("intake", public)["id"]))


def test_all_intake_keys_are_accepted_and_no_other() -> None:
    """Current and next intake key are taken; the board key in the same list is not."""
    assert read(key_list(PUBLIC, NEXT)).ids == {id_of(PUBLIC), id_of(NEXT)}


UNSOUND = {
    "empty": "",
    "list": "[]",
    "no_names": "{}",
    "signed_number": '{"signed": 1}',
    "signed_no_json": '{"signed": "x"}',
    "signed_list": wrapped([]),
    "signed_empty": wrapped({}),
    "keys_object": listing(keys={}),
    "keys_numbers": listing(1),
    "version": listing(GOOD, SITE, version=2),
    "no_intake": key_list(),
    "id_in_capitals": listing(GOOD | {"id": GOOD["id"].upper()}, SITE),
    "id_cut": listing(GOOD | {"id": GOOD["id"][:-1]}, SITE),
    "id_missing": listing({"use": "intake", "public": GOOD["public"]}, SITE),
    "id_number": listing(GOOD | {"id": 5}, SITE),
    "id_of_another": listing(GOOD | {"id": key_entry("intake", NEXT)["id"]}, SITE),
    "key_damaged": listing(GOOD | {"public": "Q" + GOOD["public"][1:-1]}, SITE),
    "key_missing": listing({"use": "intake", "id": GOOD["id"]}, SITE),
    "no_site": listing(GOOD),
    "two_sites": listing(GOOD, SITE, SITE),
    "no_day": wrapped({"version": 1, "keys": [GOOD, SITE]}),
    "day_no_date": listing(GOOD, SITE, issued="today"),
    "day_in_other_digits": listing(GOOD, SITE, issued="٢٠٢٦-١١-٣٠"),
    "day_after_all_others": listing(GOOD, SITE, issued="9999-12-31"),
}


@pytest.mark.parametrize("defect", UNSOUND)
def test_a_list_that_cannot_be_used_is_refused_whole(defect: str) -> None:
    """A function with an empty or half list would look alive and refuse senders."""
    with pytest.raises(SetupError):
        read(UNSOUND[defect])


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def file(tmp_path: Path, said: list[str]) -> Reread[Accepted]:
    """Give a key list file with one key, and what is said about it."""
    (tmp_path / "keys.json").write_text(key_list(PUBLIC), "utf-8")
    return Reread(tmp_path / "keys.json", read, check=follows, say=said.append)


def test_a_new_list_counts_from_the_next_look(
    file: Reread[Accepted], tmp_path: Path, said: list[str]
) -> None:
    """Written over in place or put in its place: the new keys count, and nothing is said."""
    (tmp_path / "keys.json").write_text(key_list(PUBLIC, NEXT), "utf-8")
    assert file.now().ids == {id_of(PUBLIC), id_of(NEXT)}
    (tmp_path / "new").write_text(key_list(NEXT, issued="2027-04-15"), "utf-8")
    (tmp_path / "new").rename(tmp_path / "keys.json")
    assert file.now().ids == {id_of(NEXT)}
    assert said == []


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "half": (lambda path: path.write_text(key_list(PUBLIC, NEXT)[:3_000]), "cannot be read"),
    "empty": (lambda path: path.write_text(""), "cannot be read"),
    "no_text": (lambda path: path.write_bytes(b"\xff"), "is no text"),
    "deep": (lambda path: path.write_bytes(b"[" * 2**19), "cannot be read"),
    "endless": (lambda path: path.write_bytes(b"[" * 2**21), "cannot be read any more"),
    "gone": (lambda path: path.unlink(), "cannot be read any more"),
    "pipe": (lambda path: (path.unlink(), os.mkfifo(path)), "cannot be read any more"),
    "folder": (lambda path: (path.unlink(), path.mkdir()), "cannot be read any more"),
    "stranger": (lambda path: path.write_text(key_list(NEXT, site=b"x" * 32)), "another site key"),
    "older": (lambda path: path.write_text(key_list(NEXT, issued="2026-11-21")), "older"),
    **{
        name: (lambda path, name=name: path.write_text(UNSOUND[name]), "the key list")
        for name in ("no_intake", "id_of_another", "key_damaged", "no_site")
    },
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_no_sound_list_leaves_the_old_one(
    file: Reread[Accepted], tmp_path: Path, said: list[str], change: str
) -> None:
    """Nobody is refused for a copy that broke off; it is said once, and the next good list counts."""
    path = tmp_path / "keys.json"
    act, word = CHANGES[change]
    act(path)
    for _ in range(3):
        assert file.now().text == key_list(PUBLIC)
    (line,) = said
    assert word in line
    assert line.endswith("what was read before stays in force")
    path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
    path.write_text(key_list(NEXT), "utf-8")
    assert file.now().ids == {id_of(NEXT)}
    assert len(said) == 1
