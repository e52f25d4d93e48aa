"""All cases of a store in memory (desk/cases/book.py), on real stores."""

import shutil
from pathlib import Path

import pytest

from desk.cases import begin, pseudonyms
from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.store.event import LOG, Event
from desk.store.vault import new_subject
from tests.cases import DAY, HANDLER, do, event, last, make_store, receive, received
from tests.samples import SEED, secret
from tests.vaults import opened

WORDS: tuple[dict[str, str], ...] = ({}, {"story": "Iets anders."})


def erased(subject: str, objects: tuple[str, ...] = (), *digests: bytes) -> Event:
    """Return the line that must stand in the log before an erasure."""
    values = {"subject": subject, "why": "over", "row": {}}
    values |= {"objects": list(objects), "digests": [digest.hex() for digest in digests]}
    return Event(LOG, "erased", DAY, HANDLER, values)


def test_a_book_read_again_is_the_same_book(book: Casebook) -> None:
    """What was folded while writing is what a new book folds from disk."""
    case = receive(book, {"topics": ["police"]})
    do(book, case, "bundle", title="checks")
    do(book, case, "note", text="a note")
    again = Casebook(book.vault)
    assert again.cases == book.cases
    assert len(again.cases) == 2


def test_a_wrong_event_leaves_the_store_as_it_was(book: Casebook) -> None:
    """One wrong event among others: none of them is written."""
    with pytest.raises(DeskError):
        book.add([received(book), event("noted", new_subject(), basis="rumour")])
    assert (book.cases, list(book.vault.events())) == ({}, [])


def test_nothing_to_write_writes_nothing(book: Casebook) -> None:
    """An empty list of events makes no batch."""
    book.add([])
    assert list(book.vault.events()) == []


def test_a_case_is_found_by_its_name_or_first_digits(book: Casebook) -> None:
    """Capitals and hyphens make no difference; four digits are enough when they are alone."""
    case = receive(book, pseudonym="stille egel")
    for words in ("stille egel", " Stille  EGEL ", "stille-egel", case.subject[:4], case.subject):
        assert book.find(words) is case


@pytest.mark.parametrize("words", ["", "egel", "abc", "stille"])
def test_no_case_is_found_by_less(book: Casebook, words: str) -> None:
    """Half a name or three digits find nothing."""
    book.add([event("received", "abcd" * 8, pseudonym="stille egel")])
    with pytest.raises(DeskError, match="no such case"):
        book.find(words)


def test_digits_that_begin_two_cases_find_none(book: Casebook) -> None:
    """Which of the two was meant is for the handler to say."""
    ids = ("a" * 32, "b" * 32)
    first, second = (received(book, {"complaint_id": complaint_id}) for complaint_id in ids)
    subjects = ("abcd" + "0" * 28, "abcd" + "1" * 28)
    pair = zip((first, second), subjects, strict=True)
    book.add([Event(subject, e.kind, e.on, e.by, e.values) for e, subject in pair])
    with pytest.raises(DeskError, match="more than one case"):
        book.find("abcd")
    assert book.find("abcd0").subject == subjects[0]


def test_one_complaint_imported_at_two_desks_is_one_case(book: Casebook) -> None:
    """Two copies of a store took the same complaint in: after the merge its threads are joined."""
    first = received(book, {"complaint_id": "c" * 32}, object="1" * 64)
    second = received(book, {"complaint_id": "c" * 32}, object="2" * 64)
    book.add([first, second, event("noted", second.subject)])
    case = book.cases[first.subject]
    assert (list(book.cases), book.get(second.subject)) == ([first.subject], case)
    assert (case.objects, case.also) == (("1" * 64, "2" * 64), (second.subject,))
    assert [entry.kind for entry in case.thread] == ["received", "received", "noted"]
    assert case.subjects == (first.subject, second.subject)
    assert book.find(second.subject[:12]) is case
    assert Casebook(book.vault).cases == book.cases


def test_another_content_under_one_id_is_another_case(book: Casebook) -> None:
    """A complaint id proves nothing, so whoever repeats one cannot slip words into a case."""
    first = receive(book, {"complaint_id": "c" * 32})
    second = receive(book, {"complaint_id": "c" * 32, "story": "Iets anders."})
    assert first is not second
    assert book.by_complaint_id("c" * 32) is first
    assert book.by_complaint_id("d" * 32) is None


def test_two_cases_with_one_name_get_a_number(book: Casebook) -> None:
    """Two copies drew the same two words: the later case gets a third."""
    first, second, third = (receive(book, pseudonym="stille egel") for _ in range(3))
    assert first.pseudonym == "stille egel"
    assert (second.pseudonym, third.pseudonym) == ("stille egel twee", "stille egel drie")
    assert book.find("stille egel twee") is second


def test_a_name_is_given_out_once(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch of new cases draws its names before any of them is written."""
    monkeypatch.setattr(pseudonyms, "word_lists", lambda: (("stille",), ("egel",)))
    names = [book.new_pseudonym() for _ in range(3)]
    assert names == ["stille egel", "stille egel twee", "stille egel drie"]


def test_an_erased_case_is_gone_and_its_object_is_known(book: Casebook) -> None:
    """After an erasure nothing finds the case, and importing it again says that it is known."""
    case = receive(book, {"complaint_id": "c" * 32}, object="1" * 64)
    kept = receive(book)
    name = case.pseudonym
    book.add([erased(case.subject, ("1" * 64,), case.digest)])
    book.erase([case.subject])
    for state in (book, Casebook(book.vault)):
        assert list(state.cases) == [kept.subject]
        assert state.get(case.subject) is state.by_complaint_id("c" * 32) is None
        assert state.knows_object("1" * 64)
        assert state.was_erased(case.digest)
        assert state.by_digest(case.digest) is None
        with pytest.raises(DeskError, match="no such case"):
            state.find(name)
    assert not book.knows_object("3" * 64)
    assert not book.was_erased(kept.digest)
    assert book.by_digest(kept.digest) is kept


def test_an_object_is_known_while_its_case_lives(book: Casebook) -> None:
    """Also the object of another seal of the same complaint."""
    case = receive(book, object="1" * 64)
    book.add([event("received_again", case.subject, object="2" * 64)])
    assert book.knows_object("1" * 64)
    assert book.knows_object("2" * 64)


def test_an_erased_case_that_comes_back_is_told(book: Casebook) -> None:
    """A copy that never heard of the erasure brings the complaint in under another subject."""
    same, with_its_id = (received(book, {"complaint_id": "c" * 32, **more}) for more in WORDS)
    text = str(same.values["complaint"])
    book.add([erased("5a" * 16, ("1" * 64,), begin.digest(text)), same, with_its_id])
    assert book.returned() == [book.cases[same.subject]]


def test_texts_are_read_from_disk(book: Casebook) -> None:
    """The complaint and every entry can be read again; a bundle has no complaint."""
    case = receive(book, {"story": "Hun woorden."})
    do(book, case, "bundle", title="checks")
    assert book.complaint(case).values["story"] == "Hun woorden."
    assert book.text(case.thread[-1]) == {"bundle": case.bundle}
    with pytest.raises(DeskError, match="no complaint of its own"):
        book.complaint(book.cases[case.bundle])


def test_bundles_and_their_members_are_listed(book: Casebook) -> None:
    """A bundle holds the complaints put in it, in the order in which they came."""
    first, second, third = (receive(book) for _ in range(3))
    do(book, third, "bundle", title="checks")
    do(book, first, "bundle", bundle=third.bundle)
    (bundle,) = book.bundles()
    assert book.members(bundle) == [first, third]
    assert second.bundle == ""


def test_the_log_is_kept_and_read_by_kind(book: Casebook) -> None:
    """What concerns the desk itself is no case, and each kind of it can be read."""
    book.add([erased("5a" * 16), Event(LOG, "imported", DAY, HANDLER, {"new": 3})])
    assert [found.values for found in book.logged("imported")] == [{"new": 3}]
    assert [entry.kind for entry in book.log] == ["erased", "imported"]
    assert book.cases == {}


def test_the_keyring_holds_the_intake_keys_that_are_left(book: Casebook) -> None:
    """A board key opens no complaint, and a destroyed key opens nothing."""
    first, second, board = (new_subject() for _ in range(3))
    book.add(
        [
            event("key_kept", first, seed=SEED.hex()),
            event("key_kept", second, seed="43" * 32),
            event("key_kept", board, use="board"),
        ]
    )
    assert [key.key_id for key in book.keyring()] == [secret().key_id, secret(b"\x43" * 32).key_id]
    book.add([erased(second)])
    book.erase([second])
    assert [key.key_id for key in book.keyring()] == [secret().key_id]
    assert [key.key_id for key in Casebook(book.vault).keyring()] == [secret().key_id]


def test_two_copies_that_worked_apart_become_one_book(tmp_path: Path) -> None:
    """Two handlers wrote in copies of one store: merged, nothing of either is missing."""
    with make_store(tmp_path / "one") as vault:
        book = Casebook(vault)
        case = receive(book)
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    for name, text in (("one", "note of the first"), ("two", "note of the second")):
        with opened(tmp_path / name) as vault:
            book = Casebook(vault)
            do(book, book.cases[case.subject], "note", text=text)
            receive(book)
    shutil.copytree(tmp_path / "two", tmp_path / "one", dirs_exist_ok=True)
    with opened(tmp_path / "one") as vault:
        merged = Casebook(vault)
        notes = {str(merged.text(e)["text"]) for e in merged.cases[case.subject].thread[1:]}
        assert notes == {"note of the first", "note of the second"}
        assert len(merged.cases) == 3
        assert last(merged, merged.cases[case.subject]).kind == "noted"
