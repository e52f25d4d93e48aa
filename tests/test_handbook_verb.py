"""`desk handbook`: the handbook in the browser of this computer, as a file, or the place where it lies."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.handbooks import Handbook, build
from tests.site import ROOT


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A desk without a built handbook, and a browser that writes down what it was to open."""
    (tmp_path / "desk").symlink_to(ROOT / "desk")
    (tmp_path / "handbook").mkdir()
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n')
    browser.chmod(0o755)
    return tmp_path


def handbook_verb(house: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Type the verb in that house; nothing of this machine's screen counts."""
    lines = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "desk", "handbook", *words]
    return subprocess.run(
        command, cwd=house, env=lines | environment, capture_output=True, text=True
    )


def test_without_a_handbook_it_says_how_to_get_one(house: Path) -> None:
    """In words that work: what `make handbook` runs puts it where the verb looks."""
    done = handbook_verb(house)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "desk: there is no handbook here\nhint: type make handbook in the folder of the project\n"
    )
    rule = (ROOT / "Makefile").read_text("utf-8").partition("\nhandbook:")[2]
    assert "handbook.build var/handbook\n" in rule.partition("\n\n")[0] + "\n"
    made = build(house / "var" / "handbook")
    assert made.returncode == 0, made.stderr
    assert handbook_verb(house).returncode == 0


@pytest.mark.parametrize("place", ["var/handbook", "handbook/site"])
@pytest.mark.parametrize(("language", "first"), [("nl", "index.html"), ("en", "en/index.html")])
def test_a_browser_gets_the_file_in_the_language(
    house: Path, handbook: Handbook, place: str, language: str, first: str
) -> None:
    """From its folder, in a clone as in a bundle, and from no address of the desk."""
    (house / place).parent.mkdir(exist_ok=True)
    (house / place).symlink_to(handbook.folder)
    done = handbook_verb(house, "--language", language, BROWSER=f"{house}/browser")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{house}/{place}/{first}\n"
    assert (house / "asked").read_text() == f"file://{house}/{place}/{first}\n"


@pytest.mark.parametrize("browser", ["", "no-such-browser"])
def test_where_no_browser_opens_it_says_where_it_lies(
    house: Path, handbook: Handbook, browser: str
) -> None:
    """The path is enough for whoever has a browser."""
    (house / "handbook/site").symlink_to(handbook.folder)
    done = handbook_verb(house, "--language", "en", BROWSER=browser)
    assert (done.returncode, done.stderr) == (0, "")
    said = "no browser could be opened here; open this file in one:\n"
    assert done.stdout == f"{said}{house}/handbook/site/en/index.html\n"


def test_it_needs_no_key_and_has_no_wall() -> None:
    """It loads nothing of a store, a key or the network library: another program may be started."""
    code = (
        "import sys; from desk.cli import main\n"
        "try: main(['handbook'])\n"
        "finally: print([one for one in ('nacl', 'cryptography', 'boto3', 'desk.store') if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True
    )
    assert done.stdout.endswith("[]\n"), done
