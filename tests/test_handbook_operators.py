"""The pages for operators, typed: each command of a desk that runs, moves, is renewed or ends, and what it shows.

A real case store with two copies, real keys, a folder for each disk and for each drop. What needs an account, a
rented machine or a network stands in blocks that are only read, and other tests hold the verbs in them.
"""

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.keys.calendar import DESTROYED_AFTER_DAYS
from desk.keys.publication import STAYS_LISTED_DAYS
from desk.wire import envelope, seal
from desk.wire.board.build import LIVE
from desk.wire.keylist import CLOSES_AFTER_DAYS, Use
from overrides.frame.settings_table import ROWS
from tests import runbook
from tests.ceremony import ROOT, at_a_forked_terminal, cheaply, locked_key, make_store
from tests.releases import make_release
from tests.runbook import Step, Walk
from tests.samples import complaint, put, text
from tests.soak import count

# Pages that are followed one after the other, by the first of them.
PAGES: dict[str, tuple[str, ...]] = {"week": (), "upgrade": (), "move": (), "end": ("end-keys",)}
WORDS = " ".join(["abacus"] * 7)
TODAY, LAST = date(2026, 12, 1), date(2027, 3, 31)
TWO_YEARS = date(2028, 11, 30)
FOLDERS = ("cases", "copy", "stick", "print", "trust", "newboard", "drop/in", "newdrop/in")
BEFORE = (
    "key keep {media}/cases/store {intake} {board} --handler anna",
    "key publish --keys {media}/keys --site-key {site} --out {media}/stick/keys.json",
    "board {media}/cases/store --published 0 --out {media}/stick/board.bin --handler anna",
    "backup {media}/cases/store {media}/copy/store --handler anna",
)


@dataclass
class Typist(Walk):
    """Who follows a page of a desk that runs; a verb is run in a fork, which has nothing to load."""

    today: date = TODAY

    def verb(self, *argv: str) -> str:
        """What a verb of the desk showed, that had to succeed on the day of the walk."""
        day = () if argv[0] in ("check", "init") else ("--today", str(self.today))
        status, shown = at_a_forked_terminal([*argv, *day], self.answer)
        assert status == 0, (argv, shown)
        self._note(shown)
        return shown

    def _desk(self, argv: list[str]) -> str:
        return self.verb(*argv)

    def answer(self, question: str) -> str:
        """Words on paper, why a key cannot wait, or nothing at the end of a fork."""
        if question.endswith("that was all: "):
            return ""
        return "the desk has ended" if "why it" in question else super().answer(question)

    def rest(self, day: date) -> None:
        """Let days go by, and say which day it is."""
        self.today = day
        store = self.places["/media/"] + "cases/store"
        self.verb("day", store, str(day), "--handler", "anna")


def old(walk: Typist) -> None:
    """Wait until 120 days after the last day of the last key."""
    walk.intake = walk.intake[-1:]
    half = Path(walk.places["/media/"]) / f"keys/intake-{walk.intake[0]}.pub"
    last = date.fromisoformat(json.loads(half.read_text("ascii"))["not_after"])
    walk.rest(last + timedelta(days=120))


def year(walk: Typist) -> None:
    """Wait a year."""
    walk.rest(walk.today + timedelta(days=366))


def last_keys(walk: Typist) -> None:
    """Destroy board key and site key as the page says, although their last day lies ahead."""
    media = Path(walk.places["/media/"])
    stores = (f"{media}/cases/store", f"{media}/copy/store")
    for use in ("board", "site"):
        (path,) = (media / "keys").glob(f"{use}-*.key")
        rest = ("--keys", f"{media}/keys", "--handlers", "anna", "bram", "--out", f"{media}/print")
        number = path.stem.removeprefix(f"{use}-")
        shown = walk.verb("key", "destroy", number, *stores, *rest, "--now-because")
        assert "the desk has ended" in shown
        assert not path.exists()


DEEDS: dict[str, Callable[[Typist], None]] = {
    "the last key is old": old,
    "a year passes": year,
    "the last two keys": last_keys,
}


def sent(media: Path, key: Path) -> None:
    """One complaint in both drops: her browser sent it again, to the machine of the new address."""
    public = base64.b64decode(json.loads(key.with_suffix(".pub").read_text("ascii"))["public"])
    octets = seal.seal(envelope.build_plaintext(text(complaint())), public)
    for drop in ("drop", "newdrop"):
        put(media / drop / "in", octets)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A desk that has run for a while: keys, a store with a copy, a board, what the publisher believes."""
    with cheaply():
        yield made(tmp_path_factory.mktemp("running") / "media")


def made(media: Path) -> Path:
    """Its disks, sticks and drops below a folder."""
    for name in FOLDERS:
        (media / name).mkdir(mode=0o700, parents=True)
    ends: dict[Use, date] = {"site": TWO_YEARS, "board": TWO_YEARS, "intake": LAST}
    for use, end in ends.items():
        locked_key(media / "keys", use, (TODAY, end), WORDS)
    make_store(media / "cases/store", {"anna": WORDS, "bram": WORDS})
    (intake,), (board,), (site,) = (
        (media / "keys").glob(f"{use}-*.key") for use in ("intake", "board", "site")
    )
    names = {"media": media, "intake": intake, "board": board, "site": site}
    for line in BEFORE:
        argv = [*line.format_map(names).split(), "--today", str(TODAY)]
        status, shown = at_a_forked_terminal(
            argv, lambda asked: "" if "that was" in asked else WORDS
        )
        assert status == 0, shown
    for path in (site.with_suffix(".pub"), media / "stick/keys.json"):
        shutil.copy(path, media / "trust")
    sent(media, intake)
    return media


@pytest.fixture
def walk(running: Path, tmp_path: Path) -> Typist:
    """A copy of that desk for one page."""
    media = tmp_path / "media"
    shutil.copytree(running, media)
    names = [path.name for path in (media / "keys").glob("*.key")]
    words = dict.fromkeys(["anna", "bram", *names], WORDS)
    (intake,) = (media / "keys").glob("intake-*.pub")
    number = intake.stem.removeprefix("intake-")
    return Typist(ROOT, {"/media/": f"{media}/"}, words=words, intake=[number])


@pytest.mark.parametrize("language", runbook.LANGUAGES[: count(2, 1)])
@pytest.mark.parametrize("name", PAGES)
def test_each_command_shows_what_the_page_says(name: str, language: str, walk: Typist) -> None:
    """In the order of the page, with the deeds between them."""
    steps = steps_of(name, language)
    assert len([step for step in steps if step.command]) >= 3
    for step in steps:
        if step.deed:
            DEEDS[step.deed](walk)
        else:
            shown = walk.follow(step)
            assert runbook.unseen(step, shown) is None, f"{step.command}\n{shown}"


def test_every_deed_stands_on_the_page_of_the_end() -> None:
    """Or on the one behind it, and on no other."""
    deeds = {name: {step.deed for step in steps_of(name, "en")} for name in PAGES}
    assert deeds.pop("end") == {"", *DEEDS}
    assert list(deeds.values()) == [{""}] * 3


def steps_of(name: str, language: str) -> list[Step]:
    """What is done on a page and on those that go on from it."""
    folder = runbook.HANDBOOK / language / "operators"
    return [step for one in (name, *PAGES[name]) for step in runbook.steps(folder / f"{one}.md")]


@pytest.mark.parametrize("language", runbook.LANGUAGES[: count(2, 1)])
def test_what_a_month_uses_is_what_the_dry_run_counts(language: str, tmp_path: Path) -> None:
    """The program that make starts: with the packages that are there, and without the 340 MB of the SAM CLI."""
    (step,) = runbook.steps(runbook.HANDBOOK / language / "operators/costs.md")
    assert step.command == "make deploy DRY=1 SITE=var/site"
    make = [
        "make",
        "-n",
        "--no-print-directory",
        "deploy",
        "DRY=1",
        f"SITE={make_release(tmp_path)}",
    ]
    would = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "sam" not in would
    typed = Step(step.heading, would.splitlines()[-1], step.shows)
    shown = Walk(ROOT, {"/media/": "/media/"}).follow(typed)
    assert runbook.unseen(step, shown) is None, shown


@pytest.mark.parametrize("language", runbook.LANGUAGES)
def test_what_is_changed_at_the_end_has_these_names(language: str) -> None:
    """The sentence of late answers among the short texts of the site, and what closes the form among its settings."""
    text = (runbook.HANDBOOK / language / "operators/end.md").read_text("utf-8")
    named = set(re.findall(r"`((?:write|answer)\.[a-z]+\.[a-z]+)`", text))
    assert named == {"answer.state.late"}
    strings = (ROOT / "overrides/locale" / f"{language}.po").read_text("utf-8")
    assert {name for name in named if f'msgctxt "{name}"' not in strings} == set()
    assert set(re.findall(r"`(\w+): (?:true|false)`", text)) == {"form_open"} <= ROWS.keys()


@pytest.mark.parametrize(
    ("language", "after", "weeks"),
    [("en", "days after the last day", "weeks"), ("nl", "dagen na de laatste dag", "weken")],
)
def test_the_days_of_the_end_are_those_of_the_desk(language: str, after: str, weeks: str) -> None:
    """When the form closes by its key, the drop may go, the key is destroyed, and the last board is due."""
    text = (runbook.HANDBOOK / language / "operators/end.md").read_text("utf-8")
    for days in (STAYS_LISTED_DAYS, DESTROYED_AFTER_DAYS):
        assert f"| {days - CLOSES_AFTER_DAYS} {after} |" in text
    assert f" {CLOSES_AFTER_DAYS} {after} " in text
    assert f" {LIVE.days // 7} {weeks} " in text
