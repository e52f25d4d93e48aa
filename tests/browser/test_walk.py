"""The walk of one complaint: a clean clone, `make serve`, a browser, and the commands it prints."""

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import stores
from tests.browser.visit import Visit

# Loaded by Python before anything else: from then on the process cannot make a socket.
NO_SOCKETS = """
import sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise OSError("this process has no network")
sys.addaudithook(refuse)
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give a clean clone in a temporary folder."""
    made = tmp_path / "balie"
    command = ["git", "clone", "--quiet", "--no-hardlinks", str(stores.REPO), str(made)]
    subprocess.run(command, check=True)
    return made


@contextmanager
def serving(clone: Path) -> Iterator[str]:
    """Run `make serve` until it says what to do next; gives what it said."""
    port = stores.free_port()
    command = ["make", "serve", f"PORT={port}"]
    process = subprocess.Popen(
        command,
        cwd=clone,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said = ""
        for line in process.stdout or []:
            said += line
            if "without a network" in line:
                break
        assert "without a network" in said, said
        yield said
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)


def without_network(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "no-sockets"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(NO_SOCKETS, "utf-8")
    return {**os.environ, "PYTHONPATH": str(folder)}


def test_clean_clone_to_opened_complaint(clone: Path, tmp_path: Path, page: Page) -> None:
    """What `make serve` prints, typed literally, opens the complaint just sent, in a process without sockets."""
    with serving(clone) as said:
        (address,) = re.findall(r"^  (http://127\.0\.0\.1:\d+)/$", said, re.M)
        visit = Visit(page, address)
        visit.page.goto(address)
        visit.page.locator("a[hreflang=nl], a[href*='nl/']").first.click()
        visit.page.wait_for_url("**/nl/")
        visit.page.locator("main a[href*='write']").first.click()
        visit.page.wait_for_url("**/write/")
        visit.write("De wandeling van één klacht. دخلوا")
        visit.send()
        visit.expect_sent()
    fetch, opening = re.findall(r"^  (\S+ -m desk .*)$", said, re.M)
    subprocess.run(shlex.split(fetch), cwd=clone, check=True)
    opened = subprocess.run(
        shlex.split(opening),
        cwd=clone,
        env=without_network(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "De wandeling van één klacht. دخلوا" in opened.stdout
