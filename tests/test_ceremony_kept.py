"""Keys taken into the case store (desk/keeping/kept.py, holdings.py)."""

from pathlib import Path

import pytest

from desk.cases import kinds
from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.intake.open import open_object
from desk.keeping import holdings, kept
from tests.ceremony import locked_key, make_store, opened, typing
from tests.destroying import ANNA, FIRST, LAST, WORDS, Desk
from tests.samples import key_file, sealed


@pytest.fixture
def room(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_kept_key_opens_complaints_with_the_handlers_words_alone(room: Desk) -> None:
    """The store gives the key to an import; its file stays, and is not asked for again."""
    with opened(room.store, "anna", ANNA) as vault:
        (secret,) = Casebook(vault).keyring()
        (subject,) = holdings.of(vault).subjects_of(room.key.id)
        event = next(event for _, event in vault.events() if event.subject == subject)
    kinds.check(event)
    assert (event.on, event.by) == ("2027-01-01", "anna")
    assert open_object(sealed(seed=room.key.seed), [secret]).values["schema"] == 1
    assert room.file.exists()


def test_keeping_a_key_twice_changes_nothing(room: Desk) -> None:
    """The second time it is said to be there, and no event is written."""
    with opened(room.store, "anna", ANNA) as vault:
        before = len(list(vault.events()))
        lines = kept.keep(vault, [room.file, room.file], ask=typing([WORDS] * 2), today=FIRST)
        assert len(list(vault.events())) == before
    assert lines[0] == f"intake  {room.key.id}  was in the store"


def test_the_same_new_file_given_twice_is_kept_once(room: Desk) -> None:
    """Two events for one key would be two things to destroy."""
    key = locked_key(room.keys, "board", (FIRST, LAST), WORDS)
    path = room.keys / f"board-{key.id}.key"
    with opened(room.store, "anna", ANNA) as vault:
        kept.keep(vault, [path, path], ask=typing([WORDS] * 2), today=FIRST)
        assert len(holdings.of(vault).subjects_of(key.id)) == 1


def test_a_destroyed_key_is_not_taken_in_again(room: Desk) -> None:
    """Somebody finds a forgotten stick with the key file on it."""
    found = room.folder / "forgotten"
    found.mkdir()
    forgotten = room.file.rename(found / room.file.name)
    room.destroy(lost=True)
    with opened(room.store, "anna", ANNA) as vault:
        with pytest.raises(DeskError, match=r"was destroyed") as refusal:
            kept.keep(vault, [forgotten], ask=typing([WORDS]), today=FIRST)
        assert refusal.value.hint == f"destroy this file of it too: shred -u {room.file.name}"
        assert holdings.of(vault).keys == {}


def test_keys_that_do_not_belong_in_the_store_are_refused(room: Desk) -> None:
    """A site key, a practice key in a real store, and a real key in a practice store."""
    locked_key(room.folder / "s", "site", (FIRST, LAST), WORDS)
    site = next((room.folder / "s").glob("*.key"))
    with opened(room.store, "anna", ANNA) as vault:
        with pytest.raises(DeskError, match="a site key is not kept"):
            kept.keep(vault, [site], ask=typing([WORDS]), today=FIRST)
        with pytest.raises(DeskError, match="do not belong together"):
            kept.keep(vault, [key_file(room.folder)], ask=str, today=FIRST)
    practice = make_store(room.folder / "practice", {"anna": ANNA}, practice=True)
    refused = pytest.raises(DeskError, match="do not belong together")
    with opened(practice, "anna", ANNA) as vault, refused:
        kept.keep(vault, [room.file], ask=typing([WORDS]), today=FIRST)
