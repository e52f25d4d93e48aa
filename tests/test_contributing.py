"""CONTRIBUTING.md tells the truth: five commands for each reader, and every one of them can be typed."""

import importlib.util
import re
import subprocess
import sys

import pytest

from tests.site import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
READERS = ("an editor", "a translator", "a developer")
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))


def commands(reader: str) -> list[list[str]]:
    """The words of each command under the heading for a reader."""
    part = TEXT.partition(f"\n## For {reader}\n")[2].partition("\n## ")[0]
    return [line.partition("#")[0].split() for line in part.splitlines() if line[:4] == " " * 4]


@pytest.mark.parametrize("reader", READERS)
def test_each_reader_has_the_five_commands_of_a_day(reader: str) -> None:
    """Make targets, programs of the virtual environment, modules and files, all of which exist."""
    found = commands(reader)
    assert len(found) == 5
    for program, *words in found:
        if program == "make":
            assert words[0] in TARGETS
            continue
        assert program in ("git", ".venv/bin/python", ".venv/bin/mkdocs")
        for path in [word for word in words if "/" in word]:
            assert (ROOT / path).is_file(), path
        if words[:1] == ["-m"]:
            assert importlib.util.find_spec(words[1]), words[1]


def test_every_command_in_a_sentence_exists_too() -> None:
    """Between marks stand make targets, modules and files."""
    for typed in re.findall(r"`([^`]+)`", TEXT):
        program, *words = typed.split()
        if program == "make":
            assert words[0] in TARGETS, typed
        elif program == ".venv/bin/python":
            assert importlib.util.find_spec(words[1]), typed
        elif "/" in program:
            assert (ROOT / program).exists(), typed


def test_one_test_of_a_browser_is_there_to_be_typed() -> None:
    """With where it stands, so that nobody waits twelve minutes for one page."""
    (line,) = [words for words in commands("a developer") if "-n" in words]
    assert line[-1].startswith("tests/browser/test_")


@pytest.mark.parametrize(
    ("path", "version"),
    [(".ci/python", (3, 6)), (".ci/python", (3, 10)), ("overrides/hooks/commands.py", (3, 10))],
)
def test_an_old_python_is_told_in_a_sentence(path: str, version: tuple[int, int]) -> None:
    """By make and by mkdocs, before pip or an import says it in its own way; only the number is pretended."""
    program = f"""
import runpy, sys
from mkdocs.commands import serve  # what mkdocs has loaded before it looks for our hook
sys.version_info = {(*version, 0, "final", 0)}
runpy.run_path({path!r}, run_name="__main__")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert f"this is Python 3.{version[1]}, and 3.11 or newer is needed" in done.stderr
    assert "Traceback" not in done.stderr


def test_make_looks_at_the_python_before_it_makes_anything() -> None:
    """The first step of the first target."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    steps = makefile.partition("$(VENV)/serve: requirements/serve.txt\n")[2].splitlines()
    assert steps[0] == "\t@test -x $(PY) || $(PYTHON) .ci/python"
