"""Complaints under one id with other words (book.py, intake.py, retention.py): each is erased by itself."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.errors import DeskError
from desk.keeping import destruction, holdings
from desk.outgoing import outbox, purge, retention
from desk.store import copy
from desk.store.event import LOG
from desk.store.vault import Vault
from desk.work import actions
from tests import boards
from tests.intakes import HANDLER, TODAY, WORDS, by_story, make_store, opened, take
from tests.samples import complaint, put, sealed, secret

A_YEAR_LATER = date(2027, 11, 23)
ONE, OTHER = "De eerste woorden.", "De verbeterde woorden."
SAME_ID = "5e" * 16


def seal(stick: Path, story: str, code: str = "") -> str:
    """Put a complaint under the one id on a stick; returns the name of its object."""
    fields = boards.fields(code) if code else {}
    return put(stick / "in", sealed(complaint(complaint_id=SAME_ID, story=story, **fields))).name


def withdraw(book: Casebook, case: Case) -> None:
    """The sender no longer agrees that it is kept."""
    given = {"purpose": "store", "given": "no", "how": "telephone"}
    actions.perform(book, case, "consent", given, today=TODAY)


def run(book: Casebook, today: date = TODAY) -> list[str]:
    """Erase what is due; returns why, for each case."""
    return [one.why for one in retention.run(book, today=today, row=boards.row)]


def erase(book: Casebook, story: str) -> None:
    """Withdraw and erase the complaint with this story, and nothing else."""
    withdraw(book, by_story(book)[story])
    assert run(book) == ["withdrawn"]


def both_in(folder: Path) -> Path:
    """A store with a case for each of the two stories, and a stick with both objects."""
    seal(folder / "stick", ONE), seal(folder / "stick", OTHER)
    with opened(make_store(folder / "store")) as book:
        assert take(book, folder / "stick").new == 2
    return folder / "store"


def test_the_other_words_stay_when_the_first_are_erased(tmp_path: Path) -> None:
    """She changed her words and both came: the duplicate goes after its year, the open case never."""
    with opened(both_in(tmp_path)) as book:
        cases = by_story(book)
        given = {"of": cases[OTHER].pseudonym}
        actions.perform(book, cases[ONE], "duplicate", given, today=TODAY)
        actions.perform(book, cases[OTHER], "read", {}, today=TODAY)
        assert run(book, A_YEAR_LATER) == ["over"]
        for state in (book, Casebook(book.vault)):
            assert list(by_story(state)) == [OTHER]
            assert retention.plan(state, A_YEAR_LATER).due == ()
        assert run(book, A_YEAR_LATER) == []


def test_a_withdrawal_silences_no_other_case(tmp_path: Path) -> None:
    """Each has its code: the board still speaks to the one that stays, before and after the other goes."""
    seal(tmp_path / "stick", ONE, "one"), seal(tmp_path / "stick", OTHER, "other")
    with opened(make_store(tmp_path / "store")) as book:
        take(book, tmp_path / "stick")
        boards.answers(book, list(book.cases.values()))
        erase(book, ONE)
        found = outbox.of(book, {}, epoch=1, published=boards.FIRST)
        (stays,) = book.cases.values()
        assert [one.case for one in found.receipts] == [stays]
        assert [one.outgoing.reply.kind for one in found.replies] == ["answer"]


def test_other_words_under_an_erased_id_are_a_new_case(tmp_path: Path) -> None:
    """Nobody has read them yet, whoever sent them."""
    seal(tmp_path / "a", ONE), seal(tmp_path / "b", OTHER)
    with opened(make_store(tmp_path / "store")) as book:
        take(book, tmp_path / "a")
        erase(book, ONE)
        tally = take(book, tmp_path / "b")
        assert (tally.new, tally.known) == (1, 0)
    with opened(tmp_path / "store") as book:
        assert list(by_story(book)) == [OTHER]
        assert run(book) == []


def test_a_merge_erases_no_other_case(tmp_path: Path) -> None:
    """One copy took in and erased the first words, the other took in both: only the first are gone."""
    make_store(tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    seal(tmp_path / "a", ONE), seal(tmp_path / "b", OTHER), seal(tmp_path / "b", ONE)
    with opened(tmp_path / "one") as book:
        take(book, tmp_path / "a")
        erase(book, ONE)
    with opened(tmp_path / "two") as book:
        take(book, tmp_path / "b")
        copy.merge(book.vault, tmp_path / "one")
    with opened(tmp_path / "two") as book:
        assert run(book) == ["returned"]
        assert list(by_story(book)) == [OTHER]
        copy.merge(book.vault, tmp_path / "one")
        assert run(Casebook(book.vault)) == []


def test_words_that_stand_in_two_cases_go_with_their_own(tmp_path: Path) -> None:
    """Two copies took two complaints with one code in another order; each case holds both texts."""
    make_store(tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    seal(tmp_path / "a", ONE, "ada"), seal(tmp_path / "b", OTHER, "ada")
    for name, order in (("one", "ab"), ("two", "ba")):
        with opened(tmp_path / name) as book:
            for stick in order:
                take(book, tmp_path / stick)
            assert len(book.cases) == 1
    with opened(tmp_path / "one") as book:
        copy.merge(book.vault, tmp_path / "two")
    with opened(tmp_path / "one") as book:
        assert len(book.cases) == 2
        erase(book, ONE)
        assert list(by_story(book)) == [OTHER]
        assert run(book) == []


def copies(folder: Path) -> tuple[Path, Path]:
    """Two copies in which one complaint was taken in and erased."""
    seal(folder / "a", ONE)
    store = make_store(folder / "one")
    with opened(store) as book:
        take(book, folder / "a")
        erase(book, ONE)
    shutil.copytree(store, folder / "two")
    return store, folder / "two"


def test_another_seal_of_an_erased_complaint_is_known_and_noted(tmp_path: Path) -> None:
    """It makes no case, and its object stands in the log once, for the purge list of either copy."""
    one, two = copies(tmp_path)
    name = seal(tmp_path / "b", ONE)
    with opened(one) as book:
        tallies = [take(book, tmp_path / "b") for _ in range(2)]
        assert [(tally.new, tally.known) for tally in tallies] == [(0, 1), (0, 1)]
        (noted,) = book.logged("received_erased")
        assert (noted.subject, noted.values["object"]) == (LOG, name)
        assert noted.values["key_id"] == secret().key_id
        assert not book.cases
    with opened(one) as book:
        assert book.knows_object(name)
        with Vault.open(two, HANDLER, WORDS) as other:
            assert name in purge.listing(book.vault, other, TODAY).erased
            assert name in purge.listing(other, book.vault, TODAY).erased


def examined(one: Path, two: Path, stick: Path) -> int:
    """How many objects on a stick the end of the key finds in both copies; `DeskError` if not all."""
    with opened(one) as book, Vault.open(two, HANDLER, WORDS) as other:
        held = (holdings.of(book.vault), holdings.of(other))
        return destruction.examine(secret().key_id, held, (stick,), kept=[]).on_sticks


def test_the_end_of_a_key_does_not_wait_for_an_erased_complaint(tmp_path: Path) -> None:
    """Importing and merging, as its refusal asks, is enough."""
    one, two = copies(tmp_path)
    seal(tmp_path / "b", ONE)
    with pytest.raises(DeskError, match="not in both"):
        examined(one, two, tmp_path / "b")
    with opened(one) as book:
        take(book, tmp_path / "b")
    with Vault.open(two, HANDLER, WORDS) as vault:
        copy.merge(vault, one)
    assert examined(one, two, tmp_path / "b") == 1


def test_what_is_left_of_an_erased_complaint_tells_no_words_and_no_id(tmp_path: Path) -> None:
    """The log has a fingerprint of text and id together, and not the id, which would open it to guesses."""
    one, _ = copies(tmp_path)
    with opened(one) as book:
        kept = str([event for _, event in book.vault.events()])
        (gone,) = book.logged("erased")
    assert len(gone.values["digests"]) == 1  # type: ignore[arg-type]
    assert SAME_ID not in kept
    assert ONE not in kept
