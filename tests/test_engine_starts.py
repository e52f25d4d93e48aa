"""A browser that does not start is started once more, and that is counted and said; nothing else is tried twice."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import browsers, engine_starts, engines
from tests.practice import REPO

# Stands before the real driver in the path, and ends at once as often as it is told.
_FLAKY = """#!/bin/sh
if [ "$(wc -c <{count})" -lt {failures} ]; then printf x >>{count}; exit 1; fi
exec {real} "$@"
"""
# Two workers; in each a test with an engine that starts at the second try.
_RUN = """
from contextlib import contextmanager
import pytest
from tests.engine_starts import started
@pytest.mark.parametrize("number", range(4))
def test_one(number):
    tries = []
    @contextmanager
    def start():
        tries.append(1)
        if len(tries) == 1 and number < 3:
            raise OSError("not yet")
        yield
    with started("firefox" if number else "webkit", start):
        pass
"""


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count what a test makes fail apart from what the run says."""
    for name in ("_STARTED", "_RETRIED"):
        monkeypatch.setattr(engine_starts, name, type(engine_starts._STARTED)())


@pytest.fixture
def flaky(counted: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Path]:
    """Give what makes the driver of WebKitGTK fail so many times; each failure is a byte of the file."""

    def make(failures: int) -> Path:
        count, driver = tmp_path / "count", tmp_path / "WebKitWebDriver"
        count.touch()
        given = {"count": count, "failures": failures, "real": browsers.path(driver.name)}
        driver.write_text(_FLAKY.format(**given), "ascii")
        driver.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        return count

    return make


def test_a_start_that_fails_once_is_tried_again(flaky: Callable[[int], Path]) -> None:
    """The second one is a real browser, and the line at the end names the engine."""
    count = flaky(1)
    with engines.webkit() as tab:
        assert tab.look("1 + 1") == 2
    assert count.read_text() == "x"
    assert engine_starts.summary() == "engine starts retried: 1 of 1 (webkit 1)"


def test_a_start_that_fails_twice_fails_the_test(flaky: Callable[[int], Path]) -> None:
    """There is no third."""
    count = flaky(9)
    with pytest.raises(RuntimeError), engines.webkit():
        raise AssertionError("it started")
    assert count.read_text() == "xx"


@pytest.mark.usefixtures("counted")
def test_what_fails_in_a_browser_is_not_tried_again() -> None:
    """A test that fails has failed, whatever kind of failure it is."""
    with pytest.raises(TimeoutError), engines.webkit():
        raise TimeoutError("it never held")
    assert engine_starts.summary() == "engine starts retried: 0 of 1"


def test_the_end_of_a_run_says_what_all_workers_counted(tmp_path: Path) -> None:
    """One line, also with several workers, and none where no engine was started."""
    (tmp_path / "test_it.py").write_text(_RUN, "utf-8")
    (tmp_path / "test_none.py").write_text("def test_none(): pass", "utf-8")
    said = [_run(tmp_path / name) for name in ("test_it.py", "test_none.py")]

    assert "engine starts retried: 3 of 4 (firefox 2, webkit 1)" in said[0].splitlines()
    assert "engine starts" not in said[1]


def _run(path: Path) -> str:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--rootdir", path.parent, path]
    for plugin in ("xdist", "tests.engine_starts", "no:cacheprovider"):
        command += ["-p", plugin]
    env = {**os.environ, "PYTHONPATH": str(REPO), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=path.parent, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    return done.stdout
