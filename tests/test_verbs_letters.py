"""What leaves a case on the command line (desk/verbs/letters.py, figures.py): letters, files, reports."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.letters import answers, letter, templates
from desk.verbs import given
from tests.vaults import opened
from tests.verbs import (
    AS_HANDLER,
    OPEN,
    OTHER,
    desk,
    make,
    refused,
    rested,
    run,
    written,
)

TEXTS = '[nl]\ntotal = "De gemeente is aan zet."\n[en]\ntotal = "The municipality must act."\n'
NOW = given.dutch_day(datetime.now(UTC)).isoformat()  # no report is of a day that is to come


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Give a store with a case of each kind."""
    return make(tmp_path / "store")


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
    assert desk(*asked) == f"cases: 6, in {path}\n"
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
    assert "November 2026" in printed
    assert printed.splitlines()[0] != ""
    assert "november 2026" not in desk("figures", store, 2025)
