"""The watch of the canaries (desk/online/watching.py): what a timer asks of a site, and the file that it leaves."""

import re
import shlex
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.online import watching
from desk.outgoing import boardmaking, canaries
from desk.wire import canary, keylist
from tests import boards, intakes, practice, stores
from tests.intakes import opened
from tests.practice import REPO, Practice
from tests.test_canary import board, half, keylist_entry, made, make_store, round_trip

__all__ = ["made", "round_trip"]
UNITS = REPO / "handbook" / "watch"
FIRST = boards.week(1)


@pytest.fixture
def address(round_trip: Practice) -> Iterator[str]:
    with practice.running(round_trip) as found:
        yield found


@pytest.fixture
def folder(round_trip: Practice, tmp_path: Path) -> Path:
    """Give the folder of a watching machine."""
    path = tmp_path / "watch"
    path.mkdir(mode=0o700)
    shutil.copy(half(round_trip), path)
    return path


def watch(folder: Path, address: str, on: date) -> tuple[int, dict[str, str], str]:
    """Run the verb as on a day: exit code, the word of each check, and the file as it lies there."""
    done = practice.desk("canary", "watch", folder, address, "--today", on)
    text = (folder / watching.STATUS).read_text("utf-8")
    assert (done.stdout, done.stderr) == (text, "")
    rows = re.findall(r"^(\S.*?) +(well|wrong|unseen) +(?:\d{4}-\d\d-\d\d|never) ", text, re.M)
    return done.returncode, dict(rows), text


def send(folder: Path, address: str, name: str, on: date) -> Path:
    path = folder / f"{name}.canary"
    given = ("--site-key", next(folder.glob("site-*.pub")), "--today", on)
    done = practice.desk("canary", "send", address, "--out", path, *given)
    assert done.returncode == 0, done.stderr
    return path


def take_in(made: Practice, store: Path, sent: Path) -> None:
    with opened(store) as book:
        canaries.know(book, sent, today=boards.week(1))
        intakes.take(book, made.drop)


def forget(made: Practice, tmp_path: Path) -> None:
    """Publish board 3 of a case store that never read the canary: it acknowledges nobody."""
    (tmp_path / "other").mkdir()
    other = make_store(made, tmp_path / "other")
    for number in (1, 2, 3):
        with opened(other) as book:
            made_now = boardmaking.make(book, boards.order(number))
    (made.site / "board.bin").write_bytes(made_now.octets)


def test_a_canary_waits_comes_back_and_stays_so(
    round_trip: Practice, address: str, folder: Path, tmp_path: Path
) -> None:
    """Nothing sent, waiting, back: 1, 0, 0; boards forget it in the end, the watch does not."""
    store = make_store(round_trip, tmp_path)
    well = dict.fromkeys(("site", "key list", "form", "board"), "well")
    assert watch(folder, address, FIRST)[:2] == (1, well | {"round": "wrong"})
    sent = send(folder, address, "one", FIRST)
    code, words, text = watch(folder, address, FIRST)
    assert (code, words["canary one"], "waits; on board 2" in text) == (0, "well", True)
    take_in(round_trip, store, sent)
    board(store, 1, round_trip)
    assert "came back on board 1" in watch(folder, address, FIRST)[2]
    forget(round_trip, tmp_path)
    code, words, text = watch(folder, address, boards.week(3))
    assert (code, words["canary one"], "came back on board 1" in text) == (0, "well", True)
    (folder / watching.SEEN).unlink()
    code, words, text = watch(folder, address, boards.week(3))
    assert (code, words["canary one"], "not on board 3" in text) == (1, "wrong", True)


def test_the_last_success_stays_when_nothing_is_sent_any_more(
    round_trip: Practice, address: str, folder: Path
) -> None:
    """Five weeks without a canary are wrong, and the last day on which all was well is told."""
    send(folder, address, "one", FIRST)
    assert watch(folder, address, FIRST + watching.FRESH_CANARY)[0] == 0
    code, _, text = watch(folder, address, FIRST + watching.FRESH_CANARY + timedelta(days=1))
    last = FIRST + watching.FRESH_CANARY
    assert (code, f"something is wrong; last all well: {last}" in text) == (1, True)
    assert re.search(rf"^round +wrong +{last}  the newest canary was sent on {FIRST}", text, re.M)


def test_what_is_wrong_with_a_site_is_told(
    round_trip: Practice, address: str, folder: Path, tmp_path: Path
) -> None:
    """A late board, one that was rolled back, a forged one, none any more, keys that ended: 1 each."""
    store = make_store(round_trip, tmp_path)
    send(folder, address, "one", FIRST)
    served = round_trip.site / "board.bin"
    kept = []
    for number in (1, 2):
        board(store, number, round_trip)
        kept.append(served.read_bytes())
    day = boards.week(2)
    assert watch(folder, address, day)[1]["board"] == "well"
    late = watch(folder, address, day + timedelta(days=8))
    assert (late[0], late[1]["board"]) == (1, "wrong")
    for octets in (kept[0], kept[1][:60] + bytes(1) + kept[1][61:], b"x"):
        served.write_bytes(octets)
        code, words, _ = watch(folder, address, day)
        assert (code, words["board"]) == (1, "wrong")
    served.unlink()
    assert "none any more" in watch(folder, address, day)[2]


def test_a_canary_remembers_what_was_served_when_it_was_sent(
    round_trip: Practice, address: str, folder: Path, tmp_path: Path
) -> None:
    """A board older than that one is wrong at the first look; so is a file that is no canary, with what to do."""
    board(make_store(round_trip, tmp_path), 1, round_trip)
    sent = send(folder, address, "one", FIRST)
    later = replace(canary.read(sent), epoch=3)
    canary.write(later, folder / "two.canary")
    (folder / "three.canary").write_text("{}", "ascii")
    code, words, text = watch(folder, address, FIRST)
    assert (code, words["board"], words["canary three"]) == (1, "wrong", "wrong")
    assert "number 3 was there before" in text
    assert "this is no canary: give the file that `desk canary send` wrote" in text


def test_a_key_that_ended_is_told(round_trip: Practice, folder: Path, address: str) -> None:
    """Its last day is well; the day after, the form still takes it and somebody has to act."""
    assert watch(folder, address, date(2099, 12, 31))[1]["form"] == "well"
    site_key = keylist.public_of(keylist_entry(round_trip))
    keys = keylist.parse(round_trip.keys.read_text("ascii"), site_key)
    # No verb can be given a day of the next century.
    assert watching._form(keys, date(2100, 1, 1)).said.startswith("closes soon")
    assert watching._form(keys, date(2100, 3, 1)).said.startswith("closed")


def test_who_cannot_look_says_that_and_no_more(folder: Path, round_trip: Practice) -> None:
    """Nobody answers, or the folder cannot be used: 2; what was seen before stays."""
    with practice.running(round_trip) as address:
        send(folder, address, "one", FIRST)
        assert watch(folder, address, FIRST)[0] == 0
    code, words, text = watch(folder, f"http://127.0.0.1:{stores.free_port()}", FIRST)
    assert (code, words) == (2, {"site": "unseen"})
    assert f"could not look; last all well: {FIRST}" in text
    (folder / watching.SEEN).write_text("{", "ascii")
    done = practice.desk("canary", "watch", folder, "http://127.0.0.1:1")
    assert (done.returncode, "is damaged" in done.stderr) == (2, True)
    next(folder.glob("site-*.pub")).unlink()
    done = practice.desk("canary", "watch", folder, "http://127.0.0.1:1")
    assert (done.returncode, "needs one" in done.stderr) == (2, True)


def test_the_status_is_replaced_at_once_and_tells_no_code(
    folder: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader sees the old text or the new one, whole; neither has a code, an address or a time."""
    sent = send(folder, address, "one", FIRST)
    _, _, text = watch(folder, address, FIRST)
    secret = canary.read(sent)
    assert not {secret.code, secret.object, address, "127.0.0.1"} & set(text.split())
    assert not re.search(r"\d\d:\d\d|[0-9a-f]{12}|\d{12}", text)
    assert stat.S_IMODE((folder / watching.STATUS).stat().st_mode) == 0o644
    assert stat.S_IMODE((folder / watching.SEEN).stat().st_mode) == 0o600
    before = (folder / watching.STATUS).stat().st_ino
    with (folder / watching.STATUS).open(encoding="utf-8") as reader:
        watch(folder, address, FIRST + timedelta(days=1))
        assert reader.read() == text
    assert (folder / watching.STATUS).stat().st_ino != before


def unit(name: str) -> dict[str, str]:
    """The settings of a unit by their name."""
    lines = (UNITS / name).read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def test_the_line_of_the_unit_runs(folder: Path, address: str) -> None:
    """ExecStart, typed literally but for the three names that a desk fills in: 1 first, then 0."""
    line = unit("balie-canary.service")["ExecStart"]
    names = {
        "/opt/balie/.venv/bin/desk": str(REPO / ".venv/bin/desk"),
        "/var/lib/balie-canary": str(folder),
        "https://desk.example": address,
    }
    for name, meant in names.items():
        assert line.count(name) == 1
        line = line.replace(name, meant)
    codes = [subprocess.run(shlex.split(line), cwd=REPO, capture_output=True).returncode]
    today = date.fromisoformat((folder / watching.STATUS).read_text("utf-8")[:10])
    send(folder, address, "one", today)
    codes.append(subprocess.run(shlex.split(line), cwd=REPO, capture_output=True).returncode)
    assert codes == [1, 0]


def test_the_units_are_what_systemd_takes() -> None:
    """systemd itself finds no fault in service and timer, and the timer starts the service."""
    for name in ("canary", "verify"):
        assert unit(f"balie-{name}.timer")["Unit"] == f"balie-{name}.service"
    program = shutil.which("systemd-analyze")
    assert program, "install systemd: apt-get install systemd"
    done = subprocess.run(
        [program, "verify", "--man=no", *map(str, sorted(UNITS.glob("balie-*.*")))],
        capture_output=True,
        text=True,
    )
    said = [line for line in done.stderr.splitlines() if "is not executable" not in line]
    assert said == []
