"""Step 4 on an own server: nothing stays in the drop for more than 45 days, whole or half-written.

The timer runs once a day and lets what was written 44 days ago go. Here systemd's own program does it with the
file of the server, as the user of the server, and by a clock that was moved.
"""

import os
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

from functions.store_files import FileStore
from tests import server_programs, server_rights
from tests.server_front import SERVER
from tests.server_rights import Root
from tests.stores import make_object, name_of

DAY = 86_400
KEPT_DAYS = 44
OLD = 3_000


@pytest.fixture
def root() -> Iterator[Root]:
    """The users and folders of a server."""
    with TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield server_rights.make(Path(made) / "root")


def sweep(root: Root, clock: str | None = None) -> None:
    """Do what the timer does, at a moved time such as `+45d` or at one that stands still."""
    text = (SERVER / "sweep.conf").read_text("utf-8")
    assert "e /var/lib/balie/in " in text
    config = root.path / "sweep.conf"
    config.write_text(text.replace("/var/lib/balie", str(root.drop)))
    # The clock is moved only once the user is another: the library would keep its own file otherwise.
    moved = server_programs.moved_clock(clock) if clock else dict(os.environ)
    done = root.run_as("balie-sweep", ["systemd-tmpfiles", "--clean", str(config)], env=moved)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def put(root: Root, name: str, age: float = 0.0, octets: bytes = b"half") -> Path:
    """Lay a file into the drop as the app's user has it, written so many seconds ago."""
    path = root.drop / "in" / name
    path.write_bytes(octets)
    os.chown(path, root.ids("balie-drop")[0], root.ids("balie-courier")[1])
    path.chmod(0o040)
    os.utime(path, (time.time(), time.time() - age))
    return path


def names(root: Root) -> set[str]:
    return {path.name for path in (root.drop / "in").iterdir()}


def test_what_the_app_stored_goes_by_itself_before_its_45_days_are_over(root: Root) -> None:
    """Real objects with the times that they have: still there after 43 days, gone with a sweep on day 44."""
    body = make_object()
    (root.drop / name_of(body)).write_bytes(body)
    (root.drop / name_of(body)).chmod(0o644)
    assert root.do("balie-drop", "put", name_of(body)) == "ok"
    put(root, ".4f1d0c", octets=body[:5_000])
    there = {name_of(body), ".4f1d0c"}
    for clock in (None, "+43d"):
        sweep(root, clock)
        assert names(root) == there
    sweep(root, "+44d")
    assert names(root) == set()


def test_the_age_is_that_of_writing_to_the_second(root: Root) -> None:
    """By a clock that stands still: 44 days to the second still lies there, a second more does not."""
    now = datetime.now(UTC).replace(microsecond=0)
    for seconds in (-60, 0, 1, 60):
        path = put(root, f"{seconds}")
        written = (now - timedelta(days=KEPT_DAYS, seconds=seconds)).timestamp()
        os.utime(path, (now.timestamp(), written))
    sweep(root, now.astimezone().strftime("%Y-%m-%d %H:%M:%S"))
    assert names(root) == {"-60", "0"}


def test_that_the_courier_read_it_makes_nothing_younger(root: Root) -> None:
    """Read today, written long ago: it goes."""
    path = put(root, "a" * 64, age=50 * DAY)
    assert root.do("balie-courier", "read", path.name) == "ok"
    assert path.stat().st_atime > time.time() - DAY
    sweep(root)
    assert names(root) == set()


def test_every_name_goes_and_nothing_outside_is_touched(root: Root) -> None:
    """Names that are no object's, folders, pipes; a link goes itself, and what it points to stays."""
    outside = root.drop / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    os.utime(outside / "kept", (0, 0))
    for name in ("b" * 64, ".half", "notes.txt", "A" * 64, "\xe9 \n"):
        put(root, name, age=60 * DAY)
    place = root.drop / "in"
    (place / "link").symlink_to(outside / "kept")
    (place / "folder-link").symlink_to(outside)
    os.mkfifo(place / "pipe")
    for name in ("link", "folder-link", "pipe"):
        os.utime(place / name, (0, 0), follow_symlinks=False)
    put(root, "young")
    sweep(root)
    assert names(root) == {"young"}
    assert (outside / "kept").read_text() == "kept"


def test_what_comes_while_it_runs_stays(root: Root) -> None:
    """Objects that are stored beside a sweep of thousands are all there afterwards, and no old one is."""
    for number in range(OLD):
        put(root, f"{number:064x}", age=45 * DAY)
    store, bodies = FileStore(root.drop), [make_object() for _ in range(60)]
    assert len(names(root)) == OLD
    swept = Thread(target=sweep, args=(root,))
    swept.start()
    for body in bodies:
        assert store.put(name_of(body), body)
    swept.join()
    assert names(root) == {name_of(body) for body in bodies}


def test_the_file_is_the_one_that_the_service_runs_every_day() -> None:
    """The unit, its user, the folder's owner and the days in the file belong together."""
    unit = (SERVER / "balie-sweep.service").read_text("utf-8")
    assert "ExecStart=/usr/bin/systemd-tmpfiles --clean /etc/balie/sweep.conf\n" in unit
    assert "User=balie-sweep\n" in unit
    timer = (SERVER / "balie-sweep.timer").read_text("utf-8")
    assert re.search(r"^OnCalendar=\*-\*-\* \d\d:\d\d:\d\d$", timer, re.M)
    assert "Persistent=yes\n" in timer
    assert f" m:{KEPT_DAYS}d\n" in (SERVER / "sweep.conf").read_text("utf-8")
    folders = (SERVER / "folders.conf").read_text("utf-8")
    assert "d /var/lib/balie/in 2753 balie-sweep balie-courier -\n" in folders
