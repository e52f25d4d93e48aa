"""Handlers who join, leave and lose a laptop (desk/keeping/people.py, desk/verbs/handlers.py)."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from desk.cases import kinds
from desk.errors import DeskError
from desk.keeping import kept, people
from desk.keeping.people import Change
from desk.store import handlers, wrap
from desk.store.check import check
from desk.store.copy import backup
from desk.store.event import LOG
from desk.store.vault import Vault
from desk.strings import Strings
from tests.ceremony import Done, desk, locked_key, make_store, opened, typing, words_on

TODAY = date(2027, 2, 10)
ANNA, BRAM, CHRIS = "anna words", "bram words", "chris words"
EVERYBODY = {"anna": ANNA, "bram": BRAM, "chris": CHRIS}


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a new store key be locked with the least work there is."""
    monkeypatch.setattr(handlers.rekey, "__kwdefaults__", {"work": wrap.MINIMUM})


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return make_store(tmp_path / "store", EVERYBODY)


def leave(store: Path, typed: Sequence[str], name: str = "chris", **options: object) -> list[str]:
    """Let anna take a handler out; the lines printed."""
    absent = options.get("absent", ())
    change = Change(name, absent, store.parent, TODAY)  # type: ignore[arg-type]
    with opened(store, "anna", ANNA) as vault:
        return people.leave(vault, change, words=Strings("en"), ask=typing(typed))


def opens(store: Path, name: str, words: str) -> bool:
    try:
        Vault.open(store, name, words).close()
    except DeskError:
        return False
    return True


def log_of(store: Path, name: str = "anna", words: str = ANNA) -> list[tuple[str, object]]:
    with opened(store, name, words) as vault:
        events = [event for _, event in vault.events() if event.subject == LOG]
    for event in events:
        kinds.check(event)
    return [(event.kind, event.values["handler"]) for event in events]


def test_who_left_opens_nothing_any_more_and_who_stays_keeps_their_words(store: Path) -> None:
    """Everything in the store is still there, under a new key."""
    with opened(store, "bram", BRAM) as vault:
        before = vault.lock.key
    leave(store, [ANNA, BRAM])
    assert handlers.names(store) == ["anna", "bram"]
    assert not opens(store, "chris", CHRIS)
    with opened(store, "bram", BRAM) as vault:
        assert vault.lock.key != before
        assert check(vault).findings == ()
    assert log_of(store) == [("handler_left", "chris")]


def test_a_wrap_that_the_leaver_kept_is_of_no_use(store: Path) -> None:
    """The old wrap still gives the old store key, and that opens nothing of the new store."""
    wrap_file = store / "wraps" / "chris.wrap"
    kept_wrap = wrap_file.read_bytes()
    leave(store, [ANNA, BRAM])
    wrap_file.write_bytes(kept_wrap)
    with opened(store, "chris", CHRIS) as vault:
        assert list(vault.events()) == []
        assert set(vault.faults.values()) == {"keys_foreign", "record_keyless"}


def test_one_slip_in_the_words_of_somebody_who_stays_changes_nothing(store: Path) -> None:
    """A wrong passphrase would lock that person out for good, so each is tried first."""
    for typed in ([ANNA, "bram wrods"], [ANNA], []):
        with pytest.raises(DeskError, match="does not open it for"):
            leave(store, typed)
    assert all(opens(store, name, words) for name, words in EVERYBODY.items())
    assert not list(store.parent.glob("left-*"))


def test_somebody_absent_is_added_again_later(store: Path) -> None:
    """Who is named absent is not asked, loses access, and the printed lines say so."""
    lines = leave(store, [ANNA], absent=("bram",))
    assert "bram has to be added again: desk handler add" in lines
    assert handlers.names(store) == ["anna"]


@pytest.mark.parametrize(
    ("name", "absent", "message"),
    [
        ("anna", (), "nobody removes themselves"),
        ("dora", (), "cannot open this case store anyway"),
        ("chris", ("dora",), "cannot open this case store anyway"),
        ("chris", ("anna",), "cannot be absent"),
    ],
)
def test_names_that_make_no_sense_are_refused(
    name: str, absent: tuple[str, ...], message: str, store: Path
) -> None:
    """Nothing is asked and nothing changes."""
    with pytest.raises(DeskError, match=message):
        leave(store, [ANNA, BRAM], name, absent=absent)
    assert handlers.names(store) == ["anna", "bram", "chris"]


def test_the_check_list_says_what_the_leaver_could_still_read(store: Path) -> None:
    """The intake keys in the store, the cases, who opens it now; two names to sign."""
    key = locked_key(store.parent / "keys", "intake", (TODAY, date(2027, 3, 31)), "words")
    with opened(store, "anna", ANNA) as vault:
        path = next((store.parent / "keys").glob("*.key"))
        kept.keep(vault, [path], ask=typing(["words"]), today=TODAY)
    lines = leave(store, [ANNA, BRAM])
    paper = store.parent / "left-chris-2027-02-10.txt"
    assert paper.read_text("utf-8") == lines[0]
    assert lines[-1] == f"print and sign: {paper}"
    for said in (key.id, "(0 cases today)", "by: anna, bram", "anna: name", "rotate FOLDER --at"):
        assert said in " ".join(lines[0].split()), said


def test_a_backup_follows_the_new_key(store: Path) -> None:
    """As the check-list says: refreshed, an old backup opens for who stayed and no longer for who left."""
    copy = store.parent / "copy"
    with opened(store, "anna", ANNA) as vault:
        backup(vault, copy)
    leave(store, [ANNA, BRAM])
    assert opens(copy, "chris", CHRIS)
    with opened(store, "anna", ANNA) as vault:
        backup(vault, copy)
    assert not opens(copy, "chris", CHRIS)
    assert opens(copy, "bram", BRAM)


def run(verb: str, store: Path, name: str, *more: object, typed: Sequence[str] = ()) -> Done:
    return desk("handler", verb, store, name, "--today", TODAY, *more, typed=typed)


def test_a_new_handler_gets_words_that_open_the_store(store: Path) -> None:
    """At the command line: one who is there opens it, the words of the new one are shown once."""
    done = run("add", store, "dora", "--handler", "anna", typed=[ANNA])
    assert done.status == 0, done.printed
    words = words_on(done.shown)
    assert "The passphrase of the handler dora" in done.shown
    assert words not in done.printed
    assert opens(store, "dora", words)
    assert log_of(store) == [("handler_joined", "dora")]
    assert desk("handler", "list", store).printed.split() == ["anna", "bram", "chris", "dora"]


@pytest.mark.parametrize("name", ["anna", "Dora", "../dora", ""])
def test_a_name_that_is_taken_or_none_is_refused(name: str, store: Path) -> None:
    """No words are shown for it."""
    done = run("add", store, name, "--handler", "anna", typed=[ANNA])
    assert (done.status, done.shown) == (1, "")
    assert handlers.names(store) == ["anna", "bram", "chris"]
    assert log_of(store) == []


def test_after_a_lost_laptop_its_handler_has_other_words(store: Path) -> None:
    """At the command line, in Dutch: old words open nothing, the paper has the facts for the AP."""
    more = ("--handler", "anna", "--out", store.parent)
    done = run("lost", store, "chris", *more, typed=[ANNA, BRAM])
    assert done.status == 0, done.printed
    assert not opens(store, "chris", CHRIS)
    assert opens(store, "chris", words_on(done.shown))
    assert all(opens(store, name, EVERYBODY[name]) for name in ("anna", "bram"))
    assert log_of(store) == [("handler_left", "chris"), ("handler_joined", "chris")]
    for said in ("EEN LAPTOP IS KWIJT", "72 uur", "AVG 33", "Autoriteit Persoonsgegevens"):
        assert said in done.printed
    assert (store.parent / "lost-chris-2027-02-10.txt").exists()


def test_who_lost_the_own_laptop_works_on_from_the_other_copy(store: Path) -> None:
    """The handler at the keyboard may be the one whose laptop is lost."""
    more = ("--handler", "chris", "--out", store.parent, "--absent", "bram")
    done = run("lost", store, "chris", *more, typed=[CHRIS, ANNA])
    assert done.status == 0, done.printed
    assert opens(store, "chris", words_on(done.shown))
    assert handlers.names(store) == ["anna", "chris"]


def test_who_opens_a_store_must_be_said_when_there_are_several(store: Path) -> None:
    """With one handler it need not be said."""
    done = run("add", store, "dora", typed=[ANNA])
    assert done.printed.startswith("desk: it is not clear who opens the case store")
    alone = make_store(store.parent / "alone", {"anna": ANNA})
    assert run("add", alone, "dora", typed=[ANNA]).status == 0


def test_without_a_terminal_nobody_joins_and_no_key_changes(store: Path) -> None:
    """Words that nobody sees would lock somebody out."""
    with opened(store, "anna", ANNA) as vault:
        before = vault.lock.key
        change = Change("chris", (), store.parent, TODAY)
        with pytest.raises(DeskError, match="no terminal"):
            people.lose(vault, change, words=Strings("nl"), ask=typing([ANNA, BRAM]))
        with pytest.raises(DeskError, match="no terminal"):
            people.join(vault, "dora", TODAY)
        assert vault.lock.key == before
    assert all(opens(store, name, words) for name, words in EVERYBODY.items())
