"""Whether a day can be right (desk/store/daycheck.py), and that no deed goes around that question."""

import ast
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.keeping import rotation
from desk.store import daycheck
from desk.store.daycheck import REST, Days, DoubtfulDay
from tests import screens, vaults
from tests.cases import TODAY, event, make_store, receive
from tests.ceremony import locked_key
from tests.intakes import keep_key, write
from tests.samples import SEED
from tests.vaults import files, opened
from tests.verbs import AS_HANDLER, CLOSED, FLOOD, OPEN, Done, desk, make, run, tend

ROOT = Path(__file__).resolve().parents[1]
WRONG = ("2000-01-01", "2025-11-21", "2026-11-19", "2027-01-01", "2027-11-26", "2099-01-01")
DOUBT = "desk: the day of this computer does not fit this case store: its last work is of "
# Functions that may ask the clock or --today themselves; everything else asks `opening.today` or
# `Screen.today`, which do not give a day that cannot be right.
RAW = {
    # the two doors
    "opening.today", "figures._day", "serve._serve",
    # what a person says is held against the clock there
    "day._day", "office.confirm_day",
    # what is only printed, or names a file
    "cases._show", "letters._dossier", "letters._export", "paper._page",
    # keys in a folder, without a case store: held against the keys themselves, by `rotation.sure`
    "keeping._rotate", "keeping._calendar", "keys._publish",
    # the day is held against both copies of the store, by `destruction`
    "keeping._destroy",
    # nothing is erased, published or counted by the day that these write down
    "keeping._keep", "keeping._share", "keeping._combine", "keys._new",
    "handlers._add", "handlers._change",
    # what is signed is shown with its day before the words are asked for; what a site serves is looked at from outside
    "sign._sign", "verify._verify",
    # a store for practice that is only now made
    "intake._rehearse",
    # no case store: the day is held against a signed board or list
    "board._publish", "retention._purge",
    "canary._send", "canary._watch",
    # no case store and no key: the day is written onto the stick
    "sealed._fetch",
}  # fmt: skip


def as_on(day: str, *arguments: object) -> Done:
    """Run a verb on a computer with this day."""
    return run(*arguments, *AS_HANDLER, "--today", day)


def days_of(*texts: str) -> Days:
    """The days of a log with an event on each of these; one with a `!` was said by a person."""
    found = Days()
    for text in texts:
        day = date.fromisoformat(text.removesuffix("!"))
        said = daycheck.confirm(day, clock=day, by="anna")
        found.take(said if text.endswith("!") else event("read", on=text))
    return found


@pytest.mark.parametrize(
    ("texts", "last"),
    [
        ((), None),
        (("2026-11-01",), "2026-11-01"),
        (("2026-11-01", "2026-11-20", "2026-11-10"), "2026-11-20"),
        (("2026-11-01", "2026-12-06"), "2026-12-06"),  # five weeks
        (("2026-11-01", "2026-12-07"), "2026-11-01"),  # a day more
        (("2026-11-01", "2099-01-01", "2026-11-02"), "2026-11-02"),
        (("2026-11-01", "1999-01-01"), "2026-11-01"),
        (("2026-11-01", "2027-02-01", "2027-02-01!"), "2027-02-01"),
        (("2026-11-01", "2026-11-30", "2026-11-02!"), "2026-11-02"),  # the way out
        (("2026-11-01", "2026-11-02!", "2026-11-30"), "2026-11-30"),
        (("2000-01-01", "2026-11-02!", "2026-11-03"), "2026-11-03"),
    ],
)  # fmt: skip
def test_the_last_day_follows_without_a_gap_or_by_a_persons_word(
    texts: tuple[str, ...], last: str | None
) -> None:
    """A day far ahead vouches for nothing, and one that a person gave begins anew."""
    found = days_of(*texts).last
    assert found == (date.fromisoformat(last) if last else None)


def test_a_day_is_sure_between_the_last_work_and_five_weeks_later() -> None:
    """The ends belong to it."""
    known, last = days_of("2026-11-01", "2026-11-20"), date(2026, 11, 20)
    for day in (last, last + REST):
        assert known.sure(day) == day
    for day in (last - timedelta(1), last + REST + timedelta(1)):
        with pytest.raises(DoubtfulDay):
            known.sure(day)
    assert Days().sure(last) == last


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a store and its copy, a stick, and a file for texts."""
    folder = tmp_path_factory.mktemp("days")
    store = make(folder / "store")
    with opened(store) as vault:
        keep_key(Casebook(vault), SEED, TODAY)
    shutil.copytree(store, folder / "copy")
    write(folder / "stick", "Een verhaal.")
    (folder / "texts.toml").write_text("", "utf-8")
    return folder


DEEDS = {
    "retention": ("retention", "store"),
    "retention, only told": ("retention", "store", "--dry-run"),
    "agenda": ("agenda", "store"),
    "outbox": ("outbox", "store"),
    "board": ("board", "store", "--out", "board.bin"),
    "purge-list": ("purge-list", "store", "--second", "copy", "--out", "list"),
    "import": ("import", "store", "stick"),
    "case": ("case", "store", OPEN, "read"),
    "flood": ("flood", "store", FLOOD, "set-aside"),
    "letter": ("letter", "store", OPEN, "report_back"),
    "show": ("show", "store", OPEN, "--unmask"),
    "dossier": ("dossier", "store", OPEN, "--unmask", "--out", "dossier.html"),
    "add": ("add", "store", "--channel", "face"),
}


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("day", WRONG)
def test_a_wrong_clock_stops_every_deed(
    made: Path, name: str, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is printed, no byte changes, and the hint names both ways out."""
    monkeypatch.chdir(made)
    before = files(made)
    done = as_on(day, *DEEDS[name])
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(f"{DOUBT}{TODAY}\nhint: look at a calendar")
    assert "desk day STORE DATE" in done.err
    assert files(made) == before


def test_reading_goes_on_with_any_clock(made: Path) -> None:
    """Who has to read a case today can."""
    for verb in (("inbox", made / "store"), ("show", made / "store", OPEN)):
        assert as_on("2099-01-01", *verb).status == 0


def test_a_clock_a_year_ahead_destroys_nothing(tmp_path: Path) -> None:
    """A case closed a day before stays, whatever was pressed with that clock; what was said, works."""
    store = make(tmp_path / "store")
    for verb in (("case", OPEN, "note"), ("retention",)):
        assert as_on("2027-11-26", verb[0], store, *verb[1:]).status == 1
    assert CLOSED in desk("search", store, said={"words": CLOSED})
    assert as_on("2027-11-26", "day", store, "2026-11-26").err.startswith(
        "desk: the clock of this computer has another day than that\nhint: set the clock, or give"
    )
    assert as_on("2026-11-26", "retention", store).status == 0
    assert CLOSED in desk("search", store, said={"words": CLOSED})


def test_a_desk_that_has_rested_goes_on_when_a_person_says_the_day(tmp_path: Path) -> None:
    """The advice of the refusal works, and is asked for once."""
    store, day = make(tmp_path / "store"), "2027-02-01"
    assert as_on(day, "agenda", store).err.startswith(DOUBT)
    said = as_on(day, "day", store, day, "--language", "en")
    assert said.out == "1 February 2027 is the day of today: work can go on\n"
    assert as_on(day, "agenda", store).status == 0
    again = as_on(day, "day", store, day, "--language", "en")
    assert again.out == "the day was not in doubt; nothing was written\n"
    assert tend("check", store).endswith(" faults: 0\n")


@pytest.mark.parametrize("ahead", ["2026-12-10", "2099-12-31"])
def test_a_copy_with_a_wrong_clock_does_not_lock_the_desk(tmp_path: Path, ahead: str) -> None:
    """Far ahead it counts for nothing; less far, a person says which day it is, and that is all."""
    store = make(tmp_path / "store")
    shutil.copytree(store, tmp_path / "copy")
    with opened(tmp_path / "copy") as vault:
        receive(Casebook(vault), on=ahead)
    tend("merge", store, tmp_path / "copy")
    today = TODAY.isoformat()
    if ahead < "2027":
        assert as_on(today, "agenda", store).err.startswith(f"{DOUBT}{ahead}")
        assert as_on(today, "day", store, today).status == 0
    assert as_on(today, "agenda", store).status == 0
    assert as_on(ahead, "agenda", store).status == (0 if ahead < "2027" else 1)


def test_a_case_is_not_closed_before_it_came(tmp_path: Path) -> None:
    """Closed with a clock in 2000, on a copy of an older version: it stays its year."""
    store = tmp_path / "store"
    with make_store(store) as vault:
        book = Casebook(vault)
        case = receive(book)
        book.add([event("closed", case.subject, on="2000-01-01")])
    assert "2026" not in as_on(TODAY.isoformat(), "retention", store, "--dry-run").out


def test_the_screen_says_so_and_takes_the_day(tmp_path: Path) -> None:
    """Lists can be read, no term is counted, nothing is done; then a person says the day."""
    store = vaults.make_store(tmp_path)
    with opened(store) as vault:
        book = Casebook(vault)
        case = screens.put_case(book, on="2026-11-20")
        screens.do(book, case, "deadline", rule="objection", started="2026-11-20")
    rested = date(2027, 2, 1)
    client = screens.make_client(store, today=rested).enter().unlock()
    assert "The date of this computer does not fit" in client.words
    assert "Count yourself" in client.words
    before = files(store)
    for path in ("/agenda", "/retention", "/outbox", "/figures"):
        assert client.get(path).last.status == 409, path
        assert "Write at the top which day it is" in client.words
    for path in ("/retention", f"/case/{case.subject}/note", "/import", "/board"):
        client.post(path, sure="yes", text="words to keep", path=str(tmp_path))
        assert client.last.status in (409, 422), path
    assert files(store) == before
    assert client.post("/day", day="2027-02-02").last.status == 409
    assert "The clock of this computer has another day" in client.words
    client.post("/day", day=rested.isoformat())
    assert "The day is confirmed." in client.words
    assert client.get("/agenda").last.status == 200
    assert "does not fit" not in client.words


@pytest.mark.parametrize("today", ["2000-01-01", "2026-11-30", "2028-01-01"])
def test_keys_are_not_changed_or_published_on_a_day_that_does_not_fit(
    tmp_path: Path, today: str
) -> None:
    """Before the newest was made, or long after the last; the day of a calendar is taken."""
    locked_key(tmp_path, "intake", (date(2027, 1, 1), date(2027, 3, 31)), "words")
    wrong = date.fromisoformat(today)
    with pytest.raises(DeskError, match="does not fit the keys in this folder") as caught:
        rotation.sure(tmp_path, wrong, said=False)
    assert "--today DATE" in caught.value.hint
    assert rotation.sure(tmp_path, wrong, said=True) == wrong
    assert rotation.sure(tmp_path, date(2027, 3, 1), said=False) == date(2027, 3, 1)


def _asks_the_clock(tree: ast.AST) -> bool:
    names = {ast.unparse(one) for one in ast.walk(tree) if isinstance(one, ast.Attribute)}
    raw = ("given.today", "screen.clock_day", "given.dutch_day", "date.today", "datetime.now")
    return not names.isdisjoint(raw)


def test_no_verb_and_no_page_goes_around_the_question() -> None:
    """Who adds one takes the day where it is decided, or is named above with the reason."""
    found = set()
    for path in (*(ROOT / "desk/verbs").glob("*.py"), *(ROOT / "desk/page").glob("*.py")):
        for one in ast.parse(path.read_text("utf-8")).body:
            if isinstance(one, ast.FunctionDef) and path.stem != "given" and _asks_the_clock(one):
                found.add(f"{path.stem}.{one.name}")
    assert found == RAW
