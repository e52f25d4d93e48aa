"""Two clones of one commit, each of the ways in which whoever builds again may differ: every file is the same.

Each takes a whole build, a release minutes; their share of `make test` is `test_same_files.py`.
"""

import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from tests import other_python, rebuilds
from tests.rebuilds import Way
from tests.site import SETTINGS, key_list, put_practice_key, ready, released

DAY: date = yaml.safe_load(SETTINGS.read_text("utf-8"))["reference_date"]
LONG = "clone of somebody else/" * 6
Make = Callable[[str, Way], dict[str, str]]


def at(days: int, time: str) -> str:
    """A moment some days behind the day that the build counts as."""
    return f"@{DAY + timedelta(days=days)} {time}"


def ways() -> dict[str, Way]:
    """What may be other: nothing but the place, the day, the machine, the surroundings, the Python, or all of it."""
    last = at(40, "23:59:59")
    return {
        "place": Way(clock=at(1, "00:00:01")),
        "day": Way(clock=last),
        "processor": Way(clock=at(1, "00:00:01"), lone=True),
        "surroundings": Way(clock=at(1, "12:00:00"), strange=True),
        "python": Way(clock=at(1, "00:00:01"), python=other_python.program()),
        "all": Way(clock=last, lone=True, strange=True, python=other_python.program()),
    }


NAMES = ("place", "day", "processor", "surroundings", "python", "all")


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@desk.example"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module", params=["practice", "release"])
def make(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Make, dict[str, str]]:
    """Give what builds a clone at a place in a way, and the files of the first that was built."""
    folder = tmp_path_factory.mktemp("same")
    is_release = request.param == "release"
    settings, keys = folder / "settings.yml", folder / "keys.json"
    settings.write_text(released() if is_release else SETTINGS.read_text("utf-8"), "utf-8")
    keys.write_text(key_list(practice=not is_release), "utf-8")
    put_practice_key(folder, practice=not is_release)
    origin = rebuilds.clone(folder / "origin")
    if is_release:  # people have done what it needs people for
        ready(origin / "docs")
        git(origin, "commit", "--quiet", "--all", "--message", "ready")
    options = ["--settings", settings, "--keys", keys, *(["--release"] if is_release else [])]

    def built(place: str, way: Way) -> dict[str, str]:
        house = folder / place
        if not house.exists():
            rebuilds.clone(house, origin)
        return rebuilds.files(rebuilds.press(house, way, *options))

    return built, built("a", Way(clock=at(1, "00:00:01")))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_other_changes_no_file(make: tuple[Make, dict[str, str]], name: str) -> None:
    """The first file that differs is named."""
    built, first = make
    assert len(first) > 1_000
    assert rebuilds.difference(first, built(f"{LONG}{name}", ways()[name])) == ""


def test_with_what_an_earlier_build_left_it_is_the_same(make: tuple[Make, dict[str, str]]) -> None:
    """Built twice in one clone, the second time on another day by another Python; and with nothing left again."""
    built, first = make
    assert rebuilds.difference(first, built("a", ways()["all"])) == ""
    assert rebuilds.difference(first, built("a", Way(clock=at(2, "12:00:00")))) == ""
