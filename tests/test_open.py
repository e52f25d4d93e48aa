"""Step 6 (desk/intake/open.py): whole complaints are shown, everything else ends up in the table."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import terminal
from desk.errors import DeskError
from desk.intake import open as opening
from desk.intake import view
from desk.strings import LANGUAGES, Strings
from desk.wire import envelope, schema, seal
from tests.samples import OTHER_SEED, SEED, complaint, key_file, outcome, put, sealed, secret, text
from tests.soak import count
from tests.vectors import follow_ups

SAY = Strings("en")
RING = opening.Keyring((secret(),), frozenset())
WORDS = {
    "Dutch": "Zij kwamen binnen, één voor één.",
    "Bulgarian": "Влязоха без да питат. ѝ",
    "Arabic": "دخلوا دون أن يسألوا، ١٢٣",
    "Thai": "พวกเขาเข้ามาโดยไม่ถาม",
    "Chinese": "他们没有问就进来了。𠮷",
    "emoji": "👩🏽\u200d❤\ufe0f\u200d👩🏻 🇳🇱 #\ufe0f\u20e3",
    "combining": "e\u0301\u0327 Z\u0351\u036b\u0343 ゙",
    "hostile": '\x00\x1b[2J\x7f\x9b\u202e\u2066\ufeff\u2028\u2029\ud7ff\ue000\ufffe\U0010ffff\\"/',
    "one": "x",
}


def shown(paths: list[Path], ring: opening.Keyring = RING, columns: int | None = None) -> str:
    out = io.StringIO()
    opening.show(paths, ring, out, form=view.json_line if columns is None else as_page(columns))
    return out.getvalue()


def as_page(columns: int, say: Strings = SAY) -> Callable[[view.Opened], str]:
    return lambda opened: view.page(opened, say, columns)


def lines(paths: list[Path]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in shown(paths).splitlines()]


def unread(paths: list[Path]) -> list[opening.Unread]:
    return opening.show(paths, RING, io.StringIO(), form=as_page(80))


@pytest.mark.parametrize("language", WORDS)
def test_a_story_arrives_code_point_for_code_point(language: str, tmp_path: Path) -> None:
    """In every script the JSON line gives back what was written, and nothing hidden is raw."""
    fields = complaint(story=WORDS[language])
    put(tmp_path, sealed(fields))
    assert lines([tmp_path])[0]["complaint"] == fields
    assert all(character.isprintable() for character in shown([tmp_path]).rstrip("\n"))


@pytest.mark.parametrize("character", ["a", "ж", "漢", "😀"])
def test_the_longest_story_arrives_whole(character: str, tmp_path: Path) -> None:
    """A complaint that fills its object to the last byte is opened like any other."""
    room = envelope.MAX_JSON_BYTES - len(text(complaint(story="")))
    size = len(character.encode("utf-8"))
    story = character * (room // size) + "." * (room % size)
    put(tmp_path, sealed(complaint(story=story)))
    assert lines([tmp_path])[0]["complaint"]["story"] == story


def test_a_line_names_the_object_and_the_key(tmp_path: Path) -> None:
    """The name is the hash of the object, whatever the file is called."""
    one = sealed()
    (tmp_path / "anything.txt").write_bytes(one)
    line = lines([tmp_path / "anything.txt"])[0]
    assert list(line) == ["name", "key_id", "complaint"]
    assert (line["name"], line["key_id"]) == (envelope.name(one), secret().key_id)


def broken_objects() -> dict[str, bytes]:
    """Return one object for each check, by the name of the check."""
    whole = sealed()
    plaintext = bytearray(envelope.build_plaintext(text(complaint())))
    plaintext[-1] = 1
    public = secret().public
    return {
        "object_length": whole[:-1],
        "object_version": b"\x02" + whole[1:],
        "object_suite": whole[:1] + b"\x02" + whole[2:],
        "key_unknown": sealed(seed=OTHER_SEED),
        "seal": whole[:-1] + bytes((whole[-1] ^ 1,)),
        "plaintext_length": seal.seal(b"\xff" * envelope.PLAINTEXT_BYTES, public),
        "padding": seal.seal(bytes(plaintext), public),
        "json": seal.seal(envelope.build_plaintext(b"{ }"), public),
        "schema": seal.seal(envelope.build_plaintext(b"{}"), public),
    }


def test_broken_objects_are_listed_and_stop_nothing(tmp_path: Path) -> None:
    """Each broken object is in the table with its check, and the whole ones are all shown."""
    broken = broken_objects()
    paths = {put(tmp_path, one).name: check for check, one in broken.items()}
    whole = {put(tmp_path, sealed(complaint(complaint_id=f"{n:032x}"))).name for n in range(5)}
    found = unread([tmp_path])
    assert {one.file: one.check for one in found} == paths
    assert {line["name"] for line in lines([tmp_path])} == whole
    table = opening.table(found, SAY)
    assert table[0] == "9 could not be opened:"
    assert all(any(check in row for row in table) for check in broken)
    assert not any("Zij kwamen" in row for row in table)


@pytest.mark.parametrize("batch", [1, 3, opening.BATCH])
def test_each_file_is_told_of_in_its_place(
    batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many seals are opened before their texts are read, every file has its own answer, in order."""
    monkeypatch.setattr(opening, "BATCH", batch)
    told: dict[Path, str] = {tmp_path / ("0" * 64): "unreadable"}
    for number, (check, one) in enumerate(broken_objects().items()):
        told[put(tmp_path, one)] = check
        whole = sealed(complaint(complaint_id=f"{number:032x}"))
        told[put(tmp_path, whole)] = envelope.name(whole)
    found = opening.each(list(told), [secret()])
    assert list(told.values()) == [
        one.check if isinstance(one, opening.Unread) else one.name for one in found
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_has_its_remedy(language: str) -> None:
    """A handler is told what is wrong and what to do about each, by import and open alike."""
    say, checks = Strings(language), {*broken_objects(), "unreadable"}
    for part in ("check", "remedy"):
        begin = f"intake.{part}."
        assert {name.removeprefix(begin) for name in say.texts if name.startswith(begin)} == checks


def test_a_file_damaged_on_the_way_is_to_be_fetched_again(tmp_path: Path) -> None:
    """If the content is not what the name says, the remedy is another copy."""
    path = put(tmp_path, sealed())
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    cut = put(tmp_path, sealed())
    cut.write_bytes(b"")
    table = opening.table(unread([tmp_path]), SAY)
    assert len(table) == 3
    assert all(line.endswith(f"; {SAY('intake.renamed')}") for line in table[1:])


def test_what_is_no_file_is_listed_without_waiting(tmp_path: Path) -> None:
    """A link, a pipe and a folder with the name of an object are not read."""
    whole = put(tmp_path / "in", sealed())
    link, pipe = tmp_path / ("a" * 64), tmp_path / ("b" * 64)
    link.symlink_to(whole)
    os.mkfifo(pipe)
    assert [one.check for one in unread([link, pipe])] == ["unreadable", "unreadable"]
    large = tmp_path / "large"
    large.touch()
    os.truncate(large, 2**40)
    assert unread([large])[0].check == "object_length"


def test_folders_are_searched_for_names_of_objects_only(tmp_path: Path) -> None:
    """Below a folder, at any depth, other names and dot folders are passed over."""
    one = put(tmp_path / "a" / "b", sealed())
    put(tmp_path / ".trash", sealed())
    (tmp_path / "a" / "notes.txt").write_text("x")
    (tmp_path / "a" / f".{'0' * 64}.part").write_text("x")
    assert list(opening.objects([tmp_path])) == [one]


def test_paths_without_a_complaint_are_an_error(tmp_path: Path) -> None:
    """A wrong path is not taken for an empty inbox."""
    with pytest.raises(DeskError, match="there is no sealed complaint here"):
        shown([tmp_path])
    with pytest.raises(DeskError, match="there is nothing at"):
        shown([tmp_path, tmp_path / "absent"])


def test_a_second_seal_of_one_complaint_is_marked(tmp_path: Path) -> None:
    """The sender pressed twice: both are shown, the second names the first."""
    names = sorted(put(tmp_path, sealed()).name for _ in range(3))
    assert [line.get("same_as") for line in lines([tmp_path])] == [None, names[0], names[0]]
    assert (
        shown([tmp_path], columns=80).count(f"*** the same complaint as {names[0][:12]} ***") == 2
    )


PAGE = f"""\
=== complaint NAME, sealed to key {secret().key_id} ===
*** PRACTICE KEY: this is no real complaint, or one that was never secret ***
Who writes:                        For herself
What she wants:                    Advice
Topics:                            A check or raid, Police
Municipality:
  | Den Haag
When:                              In the last month
What may be passed on:             That it happens, without details · Municipality
Consent:                           Keep it: yes, Act on it: no, Count it: yes, Quote it: no
How to reach her:
  | 06<U+001B>[1m
Language of the complaint:         nl
Has a reply code:                  yes
Number of the complaint:           00112233445566778899aabbccddeeff
from_later (field not known to this version):
  | {{"x":"<U+202E>"}}
Her story:
  | een
  | twee

"""


def test_the_page_that_a_handler_reads(tmp_path: Path) -> None:
    """The words of the daily screen, the story last, no keys of the sender, practice called out."""
    fields = complaint(
        story="een\ntwee",
        role="self",
        wish="advice",
        topics=["check", "police"],
        municipality="Den Haag",
        period="month",
        pass_on={"scope": "pattern", "to": ["municipality"]},
        contact="06\x1b[1m",
        reply_key="0f" * 32,
        tag_key="0e" * 32,
        from_later={"x": "\u202e"},
    )
    path = put(tmp_path, sealed(fields))
    practice = opening.Keyring((secret(),), frozenset((secret().key_id,)))
    assert shown([path], practice, columns=80) == PAGE.replace("NAME", path.name[:12])
    assert json.loads(shown([path], practice))["practice"] is True


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_and_choice_has_words(language: str) -> None:
    """No field and no value of the contract is without words, in every language."""
    say = Strings(language)
    choices = {
        "ask": schema.ASKS,
        "withdraw": schema.WITHDRAWN,
        "role": schema.ROLES,
        "wish": schema.WISHES,
        "topics": schema.TOPICS,
        "period": schema.PERIODS,
        "answerer": schema.ANSWERERS,
        "scope": schema.SCOPES,
        "to": schema.RECEIVERS,
        "consent": schema.CONSENTS,
    }
    for name, values in choices.items():
        assert [value for value in values if say.choice(name, value) == value] == []
    assert all(map(view.is_known, {*schema.RULES, *schema.AGAIN}))
    assert not view.is_known("from_later")


def test_only_intake_keys_open(tmp_path: Path) -> None:
    """Another key is refused by name; a practice key is remembered as one."""
    ring = opening.unlock([key_file(tmp_path, seed=SEED)], str)
    assert ring.practice == {secret().key_id}
    with pytest.raises(DeskError, match="is a board key"):
        opening.unlock([key_file(tmp_path, "board")], str)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
HEAD = bytes((1, 1)) + bytes.fromhex(secret().key_id)


@settings(max_examples=count(100_000, 400), deadline=None)
@given(st.binary(max_size=64), st.booleans(), st.sampled_from([0, 1_130, 16_384, 16_385]))
def test_hostile_bytes_are_refused(data: bytes, known: bool, size: int) -> None:
    """Whatever bytes a file holds, they end in one of the checks."""
    candidate = ((HEAD if known else b"") + data).ljust(size, b"\x5a")
    check, _ = outcome(opening.open_object, candidate, [secret()])
    assert check in {"object_length", "object_version", "object_suite", "key_unknown", "seal"}


@settings(max_examples=count(100_000, 400), deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(schema.RULES)) | st.text("abc_", min_size=1), JSON))
def test_hostile_complaints_are_shown_harmlessly_or_refused(fields: dict[str, Any]) -> None:
    """Whatever is sealed, what reaches the terminal is printable and keeps to its margin."""
    data = text(complaint() | fields)[: envelope.MAX_JSON_BYTES]
    check, parsed = outcome(envelope.parse_complaint, data)
    if check != "ok":
        assert check in {"json", "schema"}
        return
    result = opening.Opened("0" * 64, secret().key_id, parsed)
    page = view.page(result, SAY, 60)
    line = view.json_line(result)
    joiners = "\u200c\u200d"  # kept where they shape letters
    assert not [c for c in page if terminal.is_hidden(c) and c not in joiners]
    assert page.count("\n=== ") == 0
    assert terminal.clean(line) == line
    assert json.loads(line)["complaint"] == json.loads(data)


def test_a_follow_up_is_shown_as_one(tmp_path: Path) -> None:
    """What somebody writes under a reply code says what is asked, in plain words."""
    fields = follow_ups.BASE | {"ask": "withdraw", "withdraw": ["act", "quote"]}
    path = put(tmp_path, sealed(fields))
    out = io.StringIO()

    assert opening.show([path], RING, out, form=as_page(100)) == []
    said = " ".join(out.getvalue().split())
    assert f"{SAY('field.ask')}: {SAY('choice.ask.withdraw')}" in said
    assert f"{SAY('field.withdraw')}: Act on it, Quote it" in said
