"""Settings: all required, none by default, and a release refuses what is only for practice."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from overrides.errors import SiteError
from overrides.settings import load, parse, refuse_practice, shown
from tests.site import SETTINGS, released, settings_text

NAMES = sorted(yaml.safe_load(SETTINGS.read_text("utf-8")))
UNTRIED = {"kind": "telephone", "text": {"nl": "0800", "en": "0800"}, "verified_live": None}


def test_the_practice_settings_load() -> None:
    """The committed file is complete and says that it is for practice."""
    settings = load(SETTINGS)

    assert settings.practice
    assert settings.reference_date == date(2026, 11, 22)
    assert settings.exit_url == "https://www.bbc.com/weather"


def test_the_reference_date_can_be_replaced() -> None:
    """A build for another day needs no other file."""
    assert load(SETTINGS, date(2027, 1, 1)).reference_date == date(2027, 1, 1)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_setting_is_named(name: str) -> None:
    """There is no default behind any of them."""
    with pytest.raises(SiteError, match=f"the setting {name} is missing"):
        parse(yaml.safe_load(settings_text(**{name: None})))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The message says which file, and the hint where to get one."""
    with pytest.raises(SiteError, match=r"no settings file desk\.yml"):
        load(tmp_path / "desk.yml")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"tracker": "yes"}, "unknown setting tracker"),
        ({"name": ""}, "setting name"),
        ({"practice": "yes"}, "setting practice"),
        ({"site_key": "ab" * 32}, "site_key and practice do not fit"),
        ({"practice": False}, "site_key and practice do not fit"),
        ({"practice": False, "site_key": "ab" * 31}, "not the fingerprint of a key"),
        ({"practice": False, "site_key": "AB" * 32}, "not the fingerprint of a key"),
        ({"keys_issued_at_least": "today"}, "keys_issued_at_least is missing or not a date"),
        ({"site_url": "balie.example"}, "not like https"),
        ({"site_url": "https://balie.example/under"}, "not like https"),
        ({"contact": [{"kind": "pigeon", "text": {}, "verified_live": None}]}, "kind of a contact"),
        ({"contact": [{"kind": "post"}]}, "an entry of contact needs"),
        ({"contact": [{**UNTRIED, "verified_live": "today"}]}, "a date or null"),
        ({"contact": [{**UNTRIED, "text": "0800"}]}, "one text per language"),
    ],
)
def test_a_wrong_setting_stops_the_build(changed: dict[str, object], said: str) -> None:
    """Nothing is guessed and nothing unknown is carried along."""
    with pytest.raises(SiteError, match=said):
        parse(yaml.safe_load(settings_text(**changed)))


def test_a_release_accepts_complete_settings() -> None:
    """The refusals below are about one defect each."""
    refuse_practice(parse(yaml.safe_load(released())))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"practice": True, "site_key": "practice"}, "practice: true"),
        ({"name": "OPEN: (name)"}, "blank in name"),
        ({"organisation": "OPEN: (name)"}, "blank in organisation"),
        ({"site_url": "http://balie.example"}, "https site_url"),
        ({"contact": [UNTRIED]}, "without verified_live"),
        (
            {"contact": [{**UNTRIED, "kind": "post", "text": {"nl": "Postbus", "en": "OPEN: x"}}]},
            r"blank in contact post \(en\)",
        ),
    ],
)
def test_a_release_refuses(changed: dict[str, object], said: str) -> None:
    """Each thing that is only good for practice stops a release by itself."""
    with pytest.raises(SiteError, match=said):
        refuse_practice(parse(yaml.safe_load(released(**changed))))


def test_a_release_accepts_a_telephone_number_that_was_called() -> None:
    """The date of the call is what counts."""
    called = {**UNTRIED, "verified_live": date(2026, 11, 20)}

    refuse_practice(parse(yaml.safe_load(released(contact=[called]))))


def test_a_blank_is_shown_without_its_marker() -> None:
    """A practice page shows the words in parentheses, never the marker."""
    assert shown("OPEN: (here comes a number)") == "(here comes a number)"
    assert shown("0800 1234") == "0800 1234"
