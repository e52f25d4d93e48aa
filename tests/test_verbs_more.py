"""The verbs around cases on the command line: import, add, letters, exports, figures, retention, purge."""

import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.intake import added
from desk.letters import answers, letter, templates
from desk.terminal import is_hidden
from desk.verbs import given
from desk.verbs.words import is_said
from desk.wire import code, schema
from tests import ceremony, trusted
from tests.boards import keep_board_key
from tests.cases import PASSPHRASE, event, make_store, receive
from tests.intakes import write
from tests.samples import OTHER_SEED, put, sealed
from tests.verbs import (
    AS_HANDLER,
    CLOSED,
    OPEN,
    OTHER,
    desk,
    make,
    make_with_key,
    opened,
    refused,
    rested,
    run,
    tend,
)

ROOT = Path(__file__).resolve().parents[1]
MODULES = (
    "import sys; from desk.cli import main; status = main(sys.argv[1:]); "
    "print(status, *sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
)
TOLD = {
    **{
        "channel": "face",
        "story": "Zij vertelde het.",
        "form_language": "nl",
        "role": "permission",
    },
    **{"wish": "act", "municipality": "Ede", "period": "month", "scope": "details"},
    **{"address_as": "Kim", "answerer": "woman", "reply_language": "ro", "contact": "Na zessen"},
    **{"code": "given", "digits": ""},
}
TOLD_LISTS = {"consent": ("store", "act"), "topics": ("care", "other"), "to": ("ombudsman",)}
TEXTS = '[nl]\ntotal = "De gemeente is aan zet."\n[en]\ntotal = "The municipality must act."\n'
NOW = given.dutch_day(datetime.now(UTC)).isoformat()  # no report is of a day that is to come


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Give a store with a case of each kind."""
    return make(tmp_path / "store")


def written(store: Path) -> list[str]:
    """Return the kinds of all events in a store."""
    with opened(store) as vault:
        return [event.kind for _, event in vault.events()]


def test_an_import_says_what_was_on_the_stick(tmp_path: Path) -> None:
    """New, known and unreadable in one sentence; 2 when a file could not be opened, else 0."""
    store, stick = make_with_key(tmp_path / "store"), tmp_path / "stick"
    write(stick, "Het eerste verhaal.", "Iets heel anders.")
    line = "2 on the stick, 2 new, 0 known, 0 unreadable\n"
    assert desk("import", store, stick, "--language", "en") == line
    write(stick, "Een derde, dat later kwam.", first=2)
    foreign = put(stick / "in", sealed(seed=OTHER_SEED))
    told = desk("import", store, stick, status=2)
    first, second, third = told.splitlines()
    assert first == "4 op de stick, 1 nieuw, 2 bekend, 1 onleesbaar (bewaard in quarantaine)"
    assert second.startswith(f"  {foreign.name[:12]}  key_unknown: ")
    assert "geldt daarom niet als gelezen" in third
    assert (store / "quarantine" / foreign.name).read_bytes() == foreign.read_bytes()
    assert "there is nothing at" in refused("import", store, tmp_path / "absent")


def test_an_import_at_a_terminal_shows_how_far_it_is(tmp_path: Path) -> None:
    """A bar for a person; in a file or a pipe only the sentence."""
    store = make_with_key(tmp_path / "store")
    write(tmp_path / "a", "Het eerste verhaal.")
    write(tmp_path / "b", "Iets heel anders.", first=1)
    asked = ("import", store, tmp_path / "a", "--language", "en")
    status, shown = ceremony.at_a_terminal(*asked, answer=lambda _question: PASSPHRASE)
    assert status == 0
    assert f"\r[{'#' * 30}] 1\n1 on the stick, 1 new, " in shown
    assert PASSPHRASE not in shown
    piped = ceremony.desk("import", store, tmp_path / "b", typed=[PASSPHRASE])
    assert (piped.status, piped.shown) == (0, "")
    assert piped.printed == "1 op de stick, 1 nieuw, 0 bekend, 0 onleesbaar\n"


def test_what_was_told_is_entered_with_every_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The complaint of the form, field for field, under the code that she has already."""
    monkeypatch.setattr(code, "ROUNDS", 1)
    store = make_with_key(tmp_path / "store")
    assert TOLD.keys() | TOLD_LISTS.keys() == {field.name for field in added.FIELDS}
    digits = code.make()
    fields = {field.name: field for field in added.FIELDS}
    said = {name: value or digits for name, value in TOLD.items() if is_said(fields[name])}
    chosen = {name: value for name, value in TOLD.items() if name not in said}
    words = [f"--{name.replace('_', '-')}={value}" for name, value in chosen.items()]
    for name, values in TOLD_LISTS.items():
        words += [f"--{name}", *values]
    name = desk("add", store, *words, said=said)
    with opened(store) as vault:
        book = Casebook(vault)
        case = book.find(name)
        made = dict(book.complaint(case).values)
    assert made.keys() == schema.RULES.keys()
    assert {name: made[name] for name in TOLD.keys() & made.keys()} == {
        name: value for name, value in TOLD.items() if name in made
    }
    assert (case.channel, case.topics, case.has_code) == ("face", ("care", "other"), True)
    assert "this is no reply code" in refused(
        "add", store, *words, said={**said, "digits": "1" * 24}
    )


def test_a_new_code_is_shown_on_the_terminal_only(tmp_path: Path) -> None:
    """It stands in no output that could be kept, and in the case it works."""
    store = make_with_key(tmp_path / "store")
    told = ("--channel", "paper", "--form-language", "nl", "--consent", "store")
    typed = [PASSPHRASE, '{"story":"a"}']
    done = ceremony.desk("add", store, *told, "--code", "new", typed=typed, said=True)
    assert (done.status, len(done.printed.split())) == (0, 2)
    digits = next(line.strip() for line in done.shown.splitlines() if line.startswith("    "))
    assert len(digits.replace(" ", "")) == 24
    assert digits not in done.printed
    with opened(store) as vault:
        assert Casebook(vault).find(done.printed).has_code


def test_without_a_terminal_no_code_is_drawn(tmp_path: Path) -> None:
    """A code that nobody sees would be lost: nothing is entered."""
    store = make_with_key(tmp_path / "store")
    words = ["add", str(store), "--channel", "paper", "--form-language", "nl"]
    words += ["--consent", "store", "--code", "new", "--passphrase-fd", "0"]
    command = [sys.executable, "-m", "desk", *words]
    done = subprocess.run(
        command,
        cwd=ROOT,
        input=f"{PASSPHRASE}\n",
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no terminal" in done.stderr
    assert "received" not in written(store)


@pytest.mark.parametrize("verb", ["inbox", "import", "case"])
def test_a_verb_that_holds_a_key_never_loads_the_network(tmp_path: Path, verb: str) -> None:
    """Each runs in a process of its own, with the key libraries and without boto3."""
    store = make_with_key(tmp_path / "store")
    write(tmp_path / "stick", "Een verhaal.")
    desk("import", store, tmp_path / "stick")
    with opened(store) as vault:
        (case,) = Casebook(vault).cases
    more = {"inbox": [], "import": [tmp_path / "stick"], "case": [case, "read"]}
    command = [sys.executable, "-c", MODULES, verb, store, *more[verb], "--passphrase-fd", "0"]
    done = subprocess.run(
        [*map(str, command)], cwd=ROOT, input=PASSPHRASE, capture_output=True, text=True, check=True
    )
    status, *names = done.stderr.splitlines()[-1].split()
    assert status == "0"
    assert {"nacl"} <= set(names)
    assert not {"boto3", "botocore"} & set(names)


def test_standard_answers_are_listed_and_read(store: Path) -> None:
    """All ids, the text of one in a language, and a hint for what is none; no store is needed."""
    assert run("answers").out.splitlines() == list(answers.IDS)
    read = run("answers", answers.IDS[0], "--text-language", "en")
    assert read.out == f"{answers.pair(answers.IDS[0], 'en').text}\n"
    done = run("answers", "no-such")
    assert (done.status, done.err) == (
        1,
        "desk: there is no such standard answer\nhint: see `desk answers`\n",
    )


def test_a_letter_is_printed_and_kept_in_its_case(store: Path) -> None:
    """What is on paper is what the thread of the case holds."""
    said = {"done": "We wrote a letter.", "result": "It changes."}
    printed = desk("letter", store, OPEN, "report_back", "--letter-language", "en", said=said)
    with opened(store) as vault:
        book = Casebook(vault)
        case = book.find(OPEN)
        kept = book.text(case.thread[-1])
    assert printed == f"{kept['text']}\n"
    assert (kept["template"], kept["body"]) == ("report_back", "sender")
    assert "We wrote a letter." in printed


def test_a_letter_that_is_refused_says_why_and_is_not_kept(store: Path) -> None:
    """No such letter, a field left open, no consent, and a word of her story."""
    before = written(store)
    for words in ((OPEN,), (OPEN, "--help")):
        assert all(name in refused("letter", store, *words) for name in templates.TEMPLATES)
    told = refused("letter", store, OPEN, "love")
    assert told == "desk: there is no such letter\nhint: see `desk letter STORE CASE`\n"
    assert "done: this field cannot stay empty" in refused(
        "letter", store, OPEN, "report_back", "--letter-language", "nl", said={}
    )
    note = {field.name: "Een gesprek." for field in letter.fields("referral_note")[:2]}
    said = {**note, "help_wanted": "Een gesprek.", "agreed_contact": "Zij belt zelf."}
    told = refused("letter", store, OTHER, "referral_note", said=said)
    assert "no recorded consent" in told
    assert "\nhint: ask her first" in told
    assert written(store) == before


def test_a_dossier_is_a_new_file_that_only_its_owner_reads(store: Path, tmp_path: Path) -> None:
    """Mode 0600, never over another file; names only when that is asked for and written down."""
    out = tmp_path / "dossier.html"
    assert desk("dossier", store, OPEN, "--out", out) == f"dossier      {out}\n"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    before = out.read_bytes()
    assert b"\x1b" not in before
    for unmask in ((), ("--unmask",)):
        assert "cannot write the file" in refused("dossier", store, OPEN, "--out", out, *unmask)
    assert out.read_bytes() == before
    assert "identity_read" not in written(store)
    assert "no such case" in refused("dossier", store, "geen zaak", "--out", tmp_path / "none")
    assert not (tmp_path / "none").exists()
    desk("dossier", store, OPEN, "--out", tmp_path / "other.html", "--unmask")
    assert written(store)[-1] == "identity_read"


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_export_is_a_new_file_without_stories(store: Path, tmp_path: Path, form: str) -> None:
    """All cases as rows; with stories only when that is said."""
    path = tmp_path / f"cases-2026-11-21.{form}"
    asked = ("export", store, "--out", tmp_path, "--form", form)
    assert desk(*asked) == f"6 cases in {path}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "zonder te vragen" not in path.read_text("utf-8")
    assert "cannot write" in refused(*asked)
    path.unlink()
    desk(*asked, "--stories")
    assert "zonder te vragen" in path.read_text("utf-8")


def test_a_report_is_drafted_read_and_then_published(store: Path, tmp_path: Path) -> None:
    """Unread it stays unpublished; published, its numbers are in the ledger, once."""
    (tmp_path / "texts.toml").write_text(TEXTS, "utf-8")
    asked = ("report", store, 2025, "--texts", tmp_path / "texts.toml", "--out", tmp_path / "out")
    rested(store, NOW)
    year = (*AS_HANDLER, "--today", NOW)
    drafted = run(*asked, *year)
    assert drafted.status == 0, drafted.err
    names = {Path(line).name for line in drafted.out.splitlines()}
    assert names == {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"draft-report-2025.nl.html", "draft-report-2025.en.html", "report.css"}
    unread = run(*asked, "--publish", *year)
    assert (unread.status, unread.err.split("\n")[0]) == (
        1,
        "desk: nobody from sex work has read the report of 2025 as it is now",
    )
    for _ in range(2):
        assert run(*asked, "--read-by", "sex_worker", "--publish", *year).status == 0
    assert written(store).count("report_published") == 1


def test_a_day_that_is_given_does_not_end_a_year_that_runs(store: Path, tmp_path: Path) -> None:
    """The first numbers of a year stand for good, so the clock must say that it is over."""
    (tmp_path / "texts.toml").write_text(TEXTS, "utf-8")
    rested(store, NOW)
    running = int(NOW[:4])
    paths = ("--texts", tmp_path / "texts.toml", "--out", tmp_path / "out")
    done = run("report", store, running, *paths, *AS_HANDLER, "--today", f"{running + 1}-01-01")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(f"desk: the year {running} is not over\nhint: ")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"--texts": "absent"}, "desk: cannot read the texts: No such file or directory\nhint: "),
        ({"--out": "texts.toml"}, "desk: cannot write the report: File exists\nhint: give an emp"),
        ({"--today": "2025-12-31"}, "desk: the day of this computer does not fit this case store"),
    ],
)
def test_a_report_that_cannot_be_drafted_says_why(
    store: Path, tmp_path: Path, changes: dict[str, str], message: str
) -> None:
    """No traceback: what is wrong, and what to do."""
    (tmp_path / "texts.toml").write_text(TEXTS, "utf-8")
    rested(store, NOW)
    chosen = {"--texts": "texts.toml", "--out": "out", "--today": NOW} | changes
    paths = {name: str(tmp_path / chosen.pop(name)) for name in ("--texts", "--out")}
    words = [word for pair in (paths | chosen).items() for word in pair]
    done = run("report", store, 2025, *AS_HANDLER, *words)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(message)


def test_the_months_of_a_year_stay_inside(store: Path) -> None:
    """Exact numbers, under the words that say so."""
    printed = desk("figures", store, 2026, "--language", "en")
    assert "2026-11" in printed
    assert printed.splitlines()[0] != ""
    assert "2026-11" not in desk("figures", store, 2025)


def test_retention_says_what_is_due_before_it_erases(tmp_path: Path) -> None:
    """A dry run changes no byte; the run erases, and the next finds nothing."""
    store = make(tmp_path / "store")
    rested(store, "2028-01-01")
    later = ("retention", store, *AS_HANDLER, "--today", "2028-01-01")
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    dry = run(*later, "--dry-run")
    assert f"  {CLOSED}  een jaar geleden gesloten, moest weg op 2027-11-20\n" in dry.out
    assert {path: path.read_bytes() for path in store.rglob("*") if path.is_file()} == before
    real = run(*later)
    assert (
        real.out == f"{dry.out}1 gewist. Ververs nu elke reservekopie, dan zijn ze daar ook weg.\n"
    )
    assert "gewist" not in run(*later).out
    assert CLOSED not in run("search", store, *AS_HANDLER, said={"words": CLOSED}).out
    assert tend("check", store).endswith(" 0 faults\n")


def test_no_name_of_another_store_acts_on_the_terminal(tmp_path: Path) -> None:
    """What is due and what was left lying is told with a mark in its place."""
    store, name = tmp_path / "store", "rode\x1b[2J\u202e vos"
    with make_store(store) as vault:
        book = Casebook(vault)
        closed = receive(book, pseudonym=name).subject
        receive(book, pseudonym=f"{name} 2")
        book.add([event("closed", closed)])
    rested(store, "2028-01-01")
    told = run("retention", store, *AS_HANDLER, "--today", "2028-01-01").out
    assert told.count("rode<U+001B>[2J<U+202E> vos") == 2
    assert not [character for character in told if is_hidden(character)]


def test_what_two_stores_hold_is_purged_from_the_first_place(tmp_path: Path) -> None:
    """The list names what both could open; the purge deletes that, and names what is kept."""
    store, stick = make_with_key(tmp_path / "store"), tmp_path / "stick"
    with opened(store) as vault:
        keep_board_key(Casebook(vault))
    names = write(stick, "Het eerste verhaal.", "Iets heel anders.")
    shutil.copytree(store, tmp_path / "copy")
    for each in (store, tmp_path / "copy"):
        desk("import", each, stick)
    out, other = tmp_path / "list", put(stick / "in", sealed(seed=OTHER_SEED))
    asked = ("purge-list", store, "--second", tmp_path / "copy", "--out", out)
    told = f"2 held by both case stores, 0 erased on purpose; list: {out}, of the case store "
    assert desk(*asked).startswith(told)
    assert "cannot write the purge list" in refused(*asked)
    assert "one and the same" in refused(*asked[:3], store, *asked[4:])
    (stick / "in" / names[0]).unlink()
    (stick / "in" / names[0]).mkdir()  # what a store does not let go
    done = run("purge", out, stick, "--trust", trusted.folder(tmp_path), *AS_HANDLER[2:])
    assert (done.status, done.out) == (2, "2 listed, 1 deleted, 0 not there, 1 kept by the store\n")
    assert done.err == f"  {names[0]}  the store keeps it: its lock still runs, or " + (
        "these credentials may not delete\n"
    )
    assert {path.name for path in (stick / "in").iterdir()} == {names[0], other.name}


def test_a_check_names_what_is_wrong_in_words(store: Path, tmp_path: Path) -> None:
    """Exit code 0 for a whole store, 2 for one with a fault; a name cannot act on the terminal."""
    assert tend("check", store).endswith(" 0 faults\n")
    (store / "stray\x1b[2J").write_bytes(b"x")
    told = tend("check", store, "--language", "en", status=2)
    assert told.endswith(" 1 faults\n  stray<U+001B>[2J  a file that does not belong here\n")
    assert "een bestand dat hier niet hoort" in tend("check", store, status=2)


def test_every_verb_says_when_files_are_damaged(store: Path) -> None:
    """What can be read is shown all the same, and on standard error that it may not be all."""
    assert run("inbox", store, *AS_HANDLER).err == ""
    last = max((store / "batches").rglob("*.batch"), key=lambda path: path.stat().st_mtime_ns)
    last.write_bytes(last.read_bytes()[:-1])
    done = run("inbox", store, *AS_HANDLER, "--language", "en")
    assert done.status == 0
    assert done.err.startswith("Attention: 1 files of this case store are damaged or gone")


def test_a_merge_names_what_it_left_out(tmp_path: Path) -> None:
    """Damaged files of the other copy stay there: 2, and the words for the fault."""
    store = make(tmp_path / "store")
    shutil.copytree(store, tmp_path / "copy")
    with opened(tmp_path / "copy") as vault:
        case = receive(Casebook(vault))
    assert tend("merge", store, tmp_path / "copy") == "1 files new, 0 mended, 0 left out\n"
    with opened(tmp_path / "copy") as vault:
        place = vault.append([event("read", case.subject)])[0]
    path = next((tmp_path / "copy").rglob(f"{place.batch}.batch"))
    path.write_bytes(path.read_bytes()[:-1])
    told = tend("merge", store, tmp_path / "copy", status=2)
    assert told.startswith("0 files new, 0 mended, 1 left out\n")
    assert told.endswith("  de inhoud is niet wat de naam zegt: beschadigd of afgebroken\n")
