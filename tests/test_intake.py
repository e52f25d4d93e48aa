"""Step 6 into the case store (desk/intake/intake.py): everything readable becomes a case, once."""

import os
from pathlib import Path
from typing import Any

import pytest

from desk.errors import DeskError
from desk.intake import floods, intake
from desk.intake.open import Unread
from desk.intake.tally import Progress, Tally
from desk.store.check import check
from desk.strings import Strings
from desk.wire import envelope, seal
from tests.intakes import TODAY, by_story, keep_key, make_store, opened, take, write
from tests.samples import OTHER_SEED, complaint, count, put, sealed, secret, text

GOOD = count(1_000, 40)
NO_FILES = {"a_link", "a_pipe"}


def with_plaintext(plaintext: bytes) -> bytes:
    return seal.seal(plaintext.ljust(envelope.PLAINTEXT_BYTES, b"\0"), secret().public)


def with_json(octets: bytes) -> bytes:
    return with_plaintext(len(octets).to_bytes(4, "big") + octets)


def changed(octets: bytes, place: int) -> bytes:
    return octets[:place] + bytes((octets[place] ^ 1,)) + octets[place + 1 :]


def hidden() -> bytes:
    octets = envelope.build_plaintext(text(complaint()))
    return octets[:-1] + b"\x01"


WHOLE = sealed()
LATER_ID = text(complaint())[:-1]
BAD: dict[str, tuple[str, bytes]] = {  # kind: the check that names it, the bytes
    "truncated": ("object_length", WHOLE[:9_000]),
    "too_long": ("object_length", WHOLE + b"\0"),
    "of_a_megabyte": ("object_length", bytes(2**20)),
    "empty": ("object_length", b""),
    "wrong_version": ("object_version", b"\x02" + WHOLE[1:]),
    "wrong_suite": ("object_suite", WHOLE[:1] + b"\x02" + WHOLE[2:]),
    "wrong_key": ("key_unknown", sealed(seed=OTHER_SEED)),
    "tampered_enc": ("seal", changed(WHOLE, 40)),
    "enc_of_zeros": ("seal", WHOLE[:10] + bytes(envelope.ENC_BYTES) + WHOLE[1_130:]),
    "tampered_text": ("seal", changed(WHOLE, 16_000)),
    "hidden_bytes": ("padding", with_plaintext(hidden())),
    "length_of_a_gigabyte": ("plaintext_length", with_plaintext((2**30).to_bytes(4, "big"))),
    "deep_json": ("json", with_json(b"[" * 7_000 + b"]" * 7_000)),
    "lone_surrogate": ("json", with_json(LATER_ID + b',"more":"\\ud800"}')),
    "not_a_number": ("json", with_json(LATER_ID + b',"more":NaN}')),
    "huge_number": ("json", with_json(LATER_ID + b',"more":' + b"9" * 6_000 + b"}")),
    "same_name_twice": ("json", with_json(LATER_ID + b',"story":"other"}')),
    "no_story": ("schema", with_json(text({"schema": 1}))),
    "consent_withheld": (
        "schema",
        sealed(complaint(consent=dict.fromkeys(("store", "act", "count", "quote"), False))),
    ),
    "a_link": ("unreadable", b""),
    "a_pipe": ("unreadable", b""),
}


def put_bad(stick: Path, kind: str) -> str:
    """Put the bad file of a kind among the others, under a name that an object can have."""
    octets = BAD[kind][1]
    path = stick / "in" / envelope.name(octets)
    if kind == "a_link":
        path.symlink_to("/dev/zero")
    elif kind == "a_pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(octets)
    return path.name


@pytest.mark.parametrize("kind", BAD)
def test_one_bad_object_stops_nothing_and_is_named(kind: str, tmp_path: Path) -> None:
    """All others become cases; the bad one is named with its check, and kept if it is small."""
    stories = [f"Het was de {n}e keer." for n in range(GOOD)]
    write(tmp_path / "stick", *stories)
    name = put_bad(tmp_path / "stick", kind)
    with opened(make_store(tmp_path / "store")) as book:
        tally = take(book, tmp_path / "stick")
        assert set(by_story(book)) == set(stories)
        found = check(book.vault)
    kept = int(0 < len(BAD[kind][1]) <= intake.KEPT_BYTES)
    assert (tally.found, tally.new, tally.unreadable, tally.kept) == (GOOD + 1, GOOD, 1, kept)
    assert tally.unread == [Unread(name, BAD[kind][0], False)]
    assert (found.findings, found.quarantined) == ((), kept)


def test_a_key_that_was_destroyed_opens_nothing_any_more(tmp_path: Path) -> None:
    """What was sealed to it is named and kept; what was sealed to another key is taken in."""
    put(tmp_path / "stick", sealed(seed=OTHER_SEED))
    with opened(make_store(tmp_path / "store")) as book:
        old = keep_key(book, OTHER_SEED)
        book.add([_erased(old)])
        book.erase([old])
        write(tmp_path / "stick", "Een gewone klacht.")
        tally = take(book, tmp_path / "stick")
    assert (tally.new, [one.check for one in tally.unread]) == (1, ["key_unknown"])


def _erased(subject: str) -> Any:
    from desk.store.event import LOG, Event

    values: dict[str, Any] = {"subject": subject, "why": "key", "objects": []}
    return Event(LOG, "erased", TODAY.isoformat(), "anna", values | {"digests": [], "row": {}})


def test_every_key_that_is_held_opens(tmp_path: Path) -> None:
    """Complaints sealed to this quarter's key and to the last one come in together."""
    write(tmp_path / "stick", "Nieuw kwartaal.")
    put(tmp_path / "stick" / "in", sealed(complaint(complaint_id="f" * 32), OTHER_SEED))
    with opened(make_store(tmp_path / "store")) as book:
        keep_key(book, OTHER_SEED)
        assert take(book, tmp_path / "stick").new == 2


def test_a_case_holds_what_the_sender_wrote(tmp_path: Path) -> None:
    """The complaint comes out byte for byte, with its object, the day and the first consents."""
    fields = complaint(topics=["police"], municipality="Ede", reply_key="a" * 64, tag_key="b" * 64)
    path = put(tmp_path / "stick", sealed(fields))
    with opened(make_store(tmp_path / "store", practice=True)) as book:
        take(book, tmp_path / "stick")
    with opened(tmp_path / "store") as book:
        (case,) = book.cases.values()
        assert book.complaint(case).text.encode() == text(fields)
        assert (case.objects, case.received_on) == ((path.name,), "2026-11-22")
        assert (case.topics, case.has_code, case.practice) == (("police",), True, True)
        assert case.consents_to("count")
        assert not case.consents_to("act")


def test_terminal_escapes_are_only_text(tmp_path: Path) -> None:
    """A story full of control characters is a story: it comes in whole."""
    hostile = "\x1b]0;x\x07\x1b[2J\u202e\u2066\x9b31m\r\ufeff"
    write(tmp_path / "stick", f"Zij zeiden {hostile} niets.")
    with opened(make_store(tmp_path / "store")) as book:
        assert take(book, tmp_path / "stick").new == 1
        assert list(by_story(book)) == [f"Zij zeiden {hostile} niets."]


def test_importing_again_finds_nothing_new(tmp_path: Path) -> None:
    """The same stick once more: everything is known, whatever the files are called now."""
    names = write(tmp_path / "stick", "Een.", "Twee.", "Drie.")
    loose = tmp_path / "loose.bin"
    loose.write_bytes((tmp_path / "stick" / "in" / names[0]).read_bytes())
    with opened(make_store(tmp_path / "store")) as book:
        first = take(book, tmp_path / "stick", loose)
        again = take(book, tmp_path / "stick", loose)
        assert (first.found, first.new, first.known) == (4, 3, 1)
        assert (again.found, again.new, again.known) == (4, 0, 4)
        assert [len(case.thread) for case in book.cases.values()] == [1, 1, 1]


def test_another_seal_of_one_complaint_joins_by_itself(tmp_path: Path) -> None:
    """Within an import and across imports, one complaint is one case with all its objects."""
    one = complaint(story="Twee keer gestuurd.")
    first = {put(tmp_path / "a", sealed(one)).name for _ in range(2)}
    second = {put(tmp_path / "b", sealed(one)).name for _ in range(2)}
    with opened(make_store(tmp_path / "store")) as book:
        here, there = take(book, tmp_path / "a"), take(book, tmp_path / "b")
        (case,) = book.cases.values()
    assert (here.new, here.known, there.new, there.known) == (1, 1, 0, 2)
    assert set(case.objects) == first | second


def test_one_id_with_other_words_is_another_case_with_a_mark(tmp_path: Path) -> None:
    """Whoever reads an id could use it: nothing is joined, and the handler is shown both."""
    for folder in ("a", "b", "c"):
        put(tmp_path / folder, sealed(complaint(story="De eerste woorden.")))
        put(tmp_path / folder, sealed(complaint(story="Heel andere woorden.")))
    with opened(make_store(tmp_path / "store")) as book:
        tallies = [take(book, tmp_path / folder) for folder in ("a", "b", "c")]
        first, second = book.cases.values()
        assert [(tally.new, tally.known) for tally in tallies] == [(2, 0), (0, 2), (0, 2)]
        assert floods.suggestion(book, second) is first
        assert floods.has_reused_id(book, second)
        assert not floods.has_reused_id(book, first)
        assert (len(first.objects), len(second.objects)) == (3, 3)


def test_many_contents_under_one_id_are_told_apart(tmp_path: Path) -> None:
    """Whoever seals many texts under one id makes many cases, each with its seals, and no others."""
    stories = [f"Verhaal {chr(97 + n % 26) * (n + 1)}." for n in range(count(2_000, 60))]
    for folder in ("a", "b"):
        for story in stories:
            put(tmp_path / folder, sealed(complaint(story=story)))
    with opened(make_store(tmp_path / "store")) as book:
        assert take(book, tmp_path / "a").new == len(stories)
    with opened(tmp_path / "store") as book:
        again = take(book, tmp_path / "b")
        assert (again.new, again.known) == (0, len(stories))
        assert {len(case.objects) for case in book.cases.values()} == {2}


def test_an_erased_complaint_does_not_come_back(tmp_path: Path) -> None:
    """Its object and another seal of it are known, and make no case."""
    (name,) = write(tmp_path / "stick", "Dit is gewist.")
    with opened(make_store(tmp_path / "store")) as book:
        take(book, tmp_path / "stick")
        (case,) = book.cases.values()
        gone = _erased(case.subject)
        gone.values["objects"], gone.values["digests"] = [name], [case.digest.hex()]
        book.add([gone])
        book.erase([case.subject])
        write(tmp_path / "stick", "Dit is gewist.")
        tally = take(book, tmp_path / "stick")
        assert (tally.found, tally.known, book.cases) == (2, 2, {})


def test_a_file_that_is_called_like_another_object_is_told_apart(tmp_path: Path) -> None:
    """A damaged copy is named as one that can be fetched again."""
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / ("0" * 64)).write_bytes(changed(WHOLE, 16_000))
    with opened(make_store(tmp_path / "store")) as book:
        tally = take(book, tmp_path / "stick")
    assert tally.unread == [Unread("0" * 64, "seal", True)]
    assert "fetch it again" in tally.lines(Strings("en"))[1]


def test_progress_is_told_when_a_batch_is_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each report comes after its objects are on disk; the last one says that all are done."""
    monkeypatch.setattr(intake, "BATCH", 4)
    write(tmp_path / "stick", *(f"Nummer {n}." for n in range(10)))
    told: list[tuple[Progress, int]] = []
    with opened(make_store(tmp_path / "store")) as book:
        intake.take(
            book,
            [tmp_path / "stick"],
            today=TODAY,
            report=lambda progress: told.append((progress, len(book.cases))),
        )
    assert told == [(Progress(10, 4), 4), (Progress(10, 8), 8), (Progress(10, 10), 10)]


def test_what_is_not_called_like_an_object_is_left_alone(tmp_path: Path) -> None:
    """Ten thousand other files on a stick are neither read nor counted."""
    write(tmp_path / "stick", "De enige klacht.")
    for number in range(count(10_000, 500)):
        (tmp_path / "stick" / f"photo {number}.jpg").touch()
    with opened(make_store(tmp_path / "store")) as book:
        assert take(book, tmp_path / "stick").found == 1


def test_an_empty_stick_is_said_plainly(tmp_path: Path) -> None:
    """No object, or no stick: an error that says so, and nothing in the log."""
    with opened(make_store(tmp_path / "store")) as book:
        with pytest.raises(DeskError, match="no sealed complaint"):
            take(book, tmp_path / "store" / "batches")
        with pytest.raises(DeskError, match="nothing at"):
            take(book, tmp_path / "stick")
        assert not list(book.logged("imported"))


def test_the_log_counts_each_import(tmp_path: Path) -> None:
    """One line for an import, with numbers only."""
    write(tmp_path / "stick", "Een.", "Twee.")
    with opened(make_store(tmp_path / "store")) as book:
        take(book, tmp_path / "stick")
        counts = [dict(event.values) for event in book.logged("imported")]
    assert counts == [{"found": 2, "new": 2, "known": 0, "again": 0, "unreadable": 0, "left": 0}]


@pytest.mark.parametrize(
    ("kept", "dutch", "english"),
    [
        (1, " (bewaard in quarantaine)", " (kept in quarantine)"),
        (0, None, " (0 kept in quarantine, the others only on the stick)"),
    ],
)
def test_the_sentence_after_an_import(kept: int, dutch: str | None, english: str) -> None:
    """The numbers in one sentence, in both languages, true about what was kept."""
    tally = Tally(found=41, new=38, known=2, unreadable=1, kept=kept)
    assert tally.line(Strings("en")) == "41 on the stick, 38 new, 2 known, 1 unreadable" + english
    if dutch is not None:
        told = "41 op de stick, 38 nieuw, 2 bekend, 1 onleesbaar" + dutch
        assert tally.line(Strings("nl")) == told


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_check_has_its_words(language: str) -> None:
    """Each bad object of these tests gets a line that says what is wrong and what to do."""
    say = Strings(language)
    for check_name, _ in BAD.values():
        line = Unread("\x1b[2J\n" + "x" * 99, check_name, False).line(say)
        assert line.startswith("  <U+001B>[2J x")
        assert len(line) > 60


def test_quarantine_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends nothing but rubbish fills neither the disk nor the screen."""
    monkeypatch.setattr(intake, "MOST_KEPT", 3)
    for number in range(5):
        put(tmp_path / "stick", bytes((number,)) * 100)
    with opened(make_store(tmp_path / "store")) as book:
        tally = take(book, tmp_path / "stick")
        assert (tally.unreadable, tally.kept, len(tally.unread)) == (5, 3, 3)
        assert check(book.vault).quarantined == 3
    assert tally.lines(Strings("en"))[-1] == "  and 2 more that could not be opened"
