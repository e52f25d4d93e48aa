"""Whose key list a site is built with (overrides/press/pin.py): the pinned one's, as it was signed, and the newest."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from desk.wire import canon
from overrides.frame.settings import Settings, parse
from overrides.press import pin
from overrides.press.build import build
from overrides.press.order import Order
from overrides.words.errors import SiteError
from tests.site import ISSUED, ROOT, key_list, put_practice_key, released, settings_text
from tests.site import pin as fingerprint

STRANGER = b"x" * 32


def settings(text: str) -> Settings:
    return parse(yaml.safe_load(text))


PRACTICE, RELEASED = settings(settings_text()), settings(released())


def changed(text: str) -> str:
    """One key's last day moved after signing."""
    outer = json.loads(text)
    moved = outer["signed"].replace("2027-01-15", "2037-01-15", 1)
    return canon.dumps(outer | {"signed": moved})


def flipped(text: str) -> str:
    """One digit of the signature."""
    outer = json.loads(text)
    first = "0" if outer["signature"][0] != "0" else "1"
    return canon.dumps(outer | {"signature": first + outer["signature"][1:]})


DAY = date.fromisoformat(ISSUED)
LATER = (DAY + timedelta(1)).isoformat()
REAL = key_list(practice=False)
REFUSED = {  # a list, settings; what is said, and what helps
    "older": (
        REAL,
        released(keys_issued_at_least=date.fromisoformat(LATER)),
        f"issued on {ISSUED}, and one of {LATER}",
        "newest list",
    ),
    "stranger": (
        key_list(practice=False, seed=STRANGER),
        released(),
        f"names the site key {fingerprint(STRANGER)[:16]}, and pinned is {fingerprint()[:16]}",
        "compare its fingerprint with the paper",
    ),
    "changed": (changed(REAL), released(), "changed after it was signed", "sign it again"),
    "flipped": (flipped(REAL), released(), "changed after it was signed", "sign it again"),
    "unsigned": (
        canon.dumps(json.loads(REAL) | {"signature": ""}),
        released(),
        "changed after it was signed",
        "sign it again",
    ),
    "no_board_key": (
        key_list(practice=False, uses=("intake", "site")),
        released(),
        "none as in WIRE.md section 6",
        "desk key publish",
    ),
    "practice_in_real": (key_list(), released(), "a practice key is refused", "key ceremony"),
    "real_in_practice": (REAL, settings_text(), "real keys are refused", "practice: false"),
    "stranger_in_practice": (
        key_list(seed=STRANGER),
        settings_text(),
        "names the site key",
        "this desk",
    ),
    "older_in_practice": (
        key_list(issued="2019-12-31"),
        settings_text(),
        "issued on 2019-12-31",
        "newest list",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_list_that_is_not_to_be_believed_is_refused(case: str, tmp_path: Path) -> None:
    """Each by its own sentence with the name of the file, and with something to do."""
    text, chosen, said, hint = REFUSED[case]
    put_practice_key(tmp_path)
    (tmp_path / "list.json").write_text(text, "utf-8")
    with pytest.raises(SiteError, match=r"^list\.json: ") as refused:
        pin.checked(tmp_path / "list.json", settings(chosen))
    assert said in str(refused.value)
    assert hint in refused.value.hint


def test_the_lists_above_are_refused_for_what_is_wrong_with_them(tmp_path: Path) -> None:
    """The same lists without the defect are believed, on the very day too."""
    put_practice_key(tmp_path)
    for text, chosen in ((key_list(), PRACTICE), (REAL, RELEASED)):
        (tmp_path / "list.json").write_text(text, "utf-8")
        assert pin.checked(tmp_path / "list.json", chosen).text == text


def test_the_pin_of_practice_is_the_key_that_this_machine_made(tmp_path: Path) -> None:
    """Not what the list says: without the key beside it, with two, or with a real one nothing is built."""
    (tmp_path / "keys.json").write_text(key_list(), "utf-8")
    with pytest.raises(SiteError, match="0 public site keys"):
        pin.checked(tmp_path / "keys.json", PRACTICE)
    own = put_practice_key(tmp_path)
    other = put_practice_key(tmp_path, STRANGER)
    with pytest.raises(SiteError, match="2 public site keys"):
        pin.checked(tmp_path / "keys.json", PRACTICE)
    own.unlink()
    with pytest.raises(SiteError, match="names the site key"):
        pin.checked(tmp_path / "keys.json", PRACTICE)
    other.unlink()
    put_practice_key(tmp_path, practice=False)
    with pytest.raises(SiteError, match="no practice site key") as refused:
        pin.checked(tmp_path / "keys.json", PRACTICE)
    assert "make site" in refused.value.hint


def test_a_release_with_a_list_of_a_day_that_has_not_come_is_refused(tmp_path: Path) -> None:
    """Pages would refuse every list of a right clock for as long."""
    (tmp_path / "keys.json").write_text(key_list(practice=False, issued=LATER), "utf-8")
    (tmp_path / "settings.yml").write_text(released(), "utf-8")
    order = Order(
        tmp_path / "settings.yml",
        tmp_path / "keys.json",
        tmp_path / "site",
        release=True,
        today=DAY,
    )
    with pytest.raises(SiteError, match=r"^keys\.json: the key list is of 2026-11-23, and here"):
        build(order)
    assert not (tmp_path / "site").exists()


def test_a_refused_list_costs_the_command_line_nothing(tmp_path: Path) -> None:
    """The site that was there stays; one line says what is wrong and one what helps."""
    (tmp_path / "keys.json").write_text(flipped(REAL), "utf-8")
    (tmp_path / "settings.yml").write_text(released(), "utf-8")
    given = ("--settings", tmp_path / "settings.yml", "--keys", tmp_path / "keys.json")
    command = [sys.executable, "-m", "overrides.press", "--release", *given]
    done = subprocess.run(
        [*map(str, command), "--out", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    vital = [line for line in done.stderr.splitlines() if "refuses what is vital" in line]
    said = [line for line in done.stderr.splitlines() if line not in vital]
    assert said[:2] == [
        "site: keys.json: the key list was changed after it was signed",
        "hint: copy it again from the stick, or sign it again with: desk key publish",
    ]
