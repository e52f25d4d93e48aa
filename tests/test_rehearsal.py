"""A practice desk in one go (`desk rehearse`): whole, for practice only; and its boards, several on one day."""

from datetime import timedelta
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.keeping import rehearsal
from desk.outgoing import boardmaking
from desk.store import create
from desk.store.door import read_identity
from desk.store.vault import Vault
from desk.store.wrap import MINIMUM
from tests import boards, intakes
from tests.practice import desk, make_key


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """Give a folder with practice keys."""
    for use in ("intake", "board"):
        make_key(tmp_path / "keys", use)
    return tmp_path / "keys"


def test_a_practice_desk_is_made_once_and_says_its_words(tmp_path: Path, keys: Path) -> None:
    """With both keys and the invented cases; asked for again it is found, and nothing is made."""
    store = tmp_path / "desk"
    for told in ("20 invented cases in it", "which was there already"):
        done = desk("rehearse", store, "--keys", keys)
        assert done.stdout.splitlines() == [
            f"practice desk   {store}, {told}",
            f"practice words  {rehearsal.WORDS}  (no secret: practice only)",
        ], done.stderr
    assert read_identity(store).practice
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_first_hour_begins_with_a_stick(tmp_path: Path) -> None:
    """No case in the store, which has keys of its own; three complaints to read: danger, a letter with
    a term, a warm referral.
    """
    store, stick = tmp_path / "desk", tmp_path / "stick"
    done = desk("rehearse", store, "--stick", stick)
    assert done.stdout.splitlines() == [
        f"practice desk   {store}, with no case in it yet",
        f"practice stick  {stick}, 3 invented complaints on it",
        f"practice words  {rehearsal.WORDS}  (no secret: practice only)",
    ], done.stderr
    with Vault.open(store, rehearsal.HANDLER, rehearsal.WORDS) as vault:
        book = Casebook(vault)
        assert len(book.cases) == 0
        intakes.take(book, stick)
        found = {case.municipality for case in book.cases.values()}
    assert found == {"Rotterdam", "Groningen", "Amsterdam"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk", "stick"]


def test_nothing_is_left_where_the_keys_are_missing(tmp_path: Path) -> None:
    """Said with what to do, before anything is made; what a stopped run left goes with the next."""
    (tmp_path / "none").mkdir()
    with pytest.raises(DeskError, match="no intake key or no board key"):
        rehearsal.make(tmp_path / "desk", tmp_path / "none", today=boards.FIRST)
    assert [path.name for path in tmp_path.iterdir()] == ["none"]


def test_a_real_store_is_never_a_practice_desk(tmp_path: Path, keys: Path) -> None:
    """Its words are not the practice words, and nothing is put into it."""
    create.create(tmp_path / "real", "anna", "one", practice=False, work=MINIMUM)
    with pytest.raises(DeskError, match="a real case store lies there"):
        rehearsal.make(tmp_path / "real", keys, today=boards.FIRST)


@pytest.mark.parametrize("is_practice", [True, False])
def test_a_practice_desk_makes_seven_boards_on_a_day_and_a_real_one_makes_one(
    tmp_path: Path, is_practice: bool
) -> None:
    """Each of a later day than the one before, and none of a day ahead of the clock (WIRE.md section 7.2)."""
    store, count = boards.make_store(tmp_path, practice=is_practice), 7 if is_practice else 1
    with intakes.opened(store) as book:
        orders = [boards.order(number, today=boards.FIRST) for number in range(1, count + 2)]
        made = [boardmaking.make(book, order).heading.published for order in orders[:count]]
        with pytest.raises(DeskError, match="is not later"):
            boardmaking.make(book, orders[count])
    assert made == [boards.FIRST - timedelta(days=back) for back in reversed(range(count))]
