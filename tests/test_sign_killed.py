"""`desk sign` is killed, or its disk says no, at each of its calls to the system: a real process, by strace.

After each the log beside the key and the log of the site are whole, what anybody could have carried away is never
signed a second time under its number, and the same command typed again does what is left.
"""

import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from desk.wire import manifest
from tests import listed
from tests.broken_disks import RUN
from tests.listed import DAY, LATER, log_of
from tests.practice import REPO, desk
from tests.soak import SOAK

# The calls by which a file comes to stand: first those of `make test`, then the others.
CALLS = ("rename", *(("write", "fsync", "fchmod", "openat", "close") if SOAK else ()))
ERRORS = {"write": "ENOSPC", "fsync": "EIO", "rename": "EROFS"}


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Give a folder with a site key for practice that signed once, and the next site."""
    key = listed.put_key(tmp_path / "keys", practice=True)
    site = listed.make_site(tmp_path / "site", practice=True, url="http://127.0.0.1:8000")
    done = desk(*_command(key, site, DAY))
    assert done.returncode == 0, done.stderr
    (site / "index.html").write_text("<p>2", "utf-8")
    listed.write_list(site, practice=True, url="http://127.0.0.1:8000")
    key.rename(tmp_path / "keys" / "site.key")
    return tmp_path


def _command(key: Path, site: Path, day: object) -> tuple[object, ...]:
    return "sign", site, "--site-key", key, "--today", day


def _copy(stick: Path, name: str) -> Path:
    here = stick / name
    for one in ("keys", "site"):
        shutil.copytree(stick / one, here / one)
    return here


def _sign(here: Path, *injected: str, day: object = LATER) -> subprocess.CompletedProcess[str]:
    given = _command(here / "keys" / "site.key", here / "site", day)
    if shutil.which("strace") is None:
        raise RuntimeError(f"no process can be stopped at a call here; {RUN}")
    # Calls on what Python itself loads are not of the verb: only those under this folder count.
    traced = ["strace", "-f", "-qq", "-o", "/dev/null", "-P", here / "keys", "-P", here / "site"]
    for folder in ("keys", "site"):
        for name in (*_names(here / folder),):
            traced += ["-P", name]
    command = [*traced, *injected, sys.executable, "-m", "desk", *given]
    return subprocess.run(
        list(map(str, command)), cwd=REPO, capture_output=True, text=True, check=False
    )


def _names(folder: Path) -> list[Path]:
    """What lies in a folder, and the name under which a log is staged there."""
    log = next(folder.glob("*.manifests"), folder / manifest.NAME)
    return [log, listed.part_of(log)]


def _lines(here: Path) -> set[bytes]:
    """Every whole line that anybody could have carried away by now."""
    found = [*(here / "keys").glob("*.manifests"), here / "site" / manifest.NAME]
    for path in found:
        manifest.parse_log(path.read_bytes(), _public(here))
    return {line for path in found for line in path.read_bytes().splitlines()}


def _public(here: Path) -> bytes:
    return bytes(listed.secret_keys.public_of("site", listed.SITE_SEED))


def _goes_on(here: Path, seen: set[bytes]) -> None:
    """The same command again, and another day's: both hold all that was seen."""
    done = _sign(here)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert len(log_of(here / "site").manifests) == 2
    assert (
        desk(*_command(here / "keys" / "site.key", here / "site", LATER + timedelta(1))).returncode
        == 0
    )
    assert seen <= set((here / "site" / manifest.NAME).read_bytes().splitlines())
    assert len(log_of(here / "site").manifests) == 3


@pytest.mark.parametrize("call", CALLS)
def test_a_kill_at_each_call_leaves_whole_logs_and_the_same_command_goes_on(
    stick: Path, call: str
) -> None:
    """Until there is no such call left to be killed at."""
    killed = 0
    for number in range(1, 99):
        here = _copy(stick, str(number))
        done = _sign(here, "-e", f"inject={call}:signal=SIGKILL:when={number}")
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
        killed += 1
        _goes_on(here, _lines(here))
    assert 1 <= killed < 98


@pytest.mark.parametrize("call", [one for one in CALLS if one in ERRORS])
def test_a_disk_that_says_no_is_told_and_leaves_whole_logs(stick: Path, call: str) -> None:
    """No room, a broken stick, one that may only be read: a sentence and no trace of the program."""
    refused = 0
    for number in range(1, 99):
        here = _copy(stick, str(number))
        done = _sign(here, "-e", f"inject={call}:error={ERRORS[call]}:when={number}")
        if done.returncode == 0:
            break
        assert (done.stderr[:6], "Traceback" in done.stderr) == ("desk: ", False), done.stderr
        refused += 1
        _goes_on(here, _lines(here))
    assert 1 <= refused < 98
