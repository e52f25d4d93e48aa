"""Settings: all required, none by default, each with a type, a range and a sentence."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from overrides.frame.settings import load, parse, refusals
from overrides.frame.settings_table import ROWS
from overrides.words.blanks import is_blank, shown
from overrides.words.errors import SiteError
from tests.site import SETTINGS, released, settings_text

UNTRIED = {"kind": "telephone", "text": {"nl": "0800", "en": "0800"}, "verified_live": None}
POST = {**UNTRIED, "kind": "post"}


def refused(text: str, *, release: bool = False) -> list[str]:
    """What the settings are refused for; each refusal says what to do."""
    found = refusals(yaml.safe_load(text), release=release)
    assert all(one.hint for one in found)
    return [str(one) for one in found]


def test_the_practice_settings_load() -> None:
    """The committed file is complete and says that it is for practice."""
    settings = load(SETTINGS)

    assert settings.practice
    assert settings.exit_url == "https://www.bbc.com/weather"


def test_the_table_has_a_row_for_each_setting_of_the_file() -> None:
    """A setting without a row would be unknown, and a row without a line missing."""
    assert set(yaml.safe_load(SETTINGS.read_text("utf-8"))) == {
        name for name, row in ROWS.items() if row.practice
    }


def test_the_reference_date_can_be_replaced() -> None:
    """A build for another day needs no other file."""
    assert load(SETTINGS, date(2027, 1, 1)).reference_date == date(2027, 1, 1)


@pytest.mark.parametrize("name", ROWS)
def test_a_missing_setting_is_named_with_what_to_write(name: str) -> None:
    """There is no default behind any of them."""
    (found,) = refusals(yaml.safe_load(settings_text(**{name: None})), release=True)[:1]

    assert refused(released(**{name: None}), release=True) == [f"the setting {name} is missing"]
    assert found.hint


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The message says which file, and the hint where to get one."""
    with pytest.raises(SiteError, match=r"no settings file desk\.yml"):
        load(tmp_path / "desk.yml")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"tracker": "yes"}, "unknown setting tracker"),
        ({"name": " "}, "the setting name is ` `"),
        ({"name": "a\nb"}, "the setting name is `a\nb`"),
        ({"name": False}, "the setting name is false, which is no text"),
        ({"name": "x" * 81}, "the setting name is `x"),
        ({"practice": "yes"}, "the setting practice is `yes`, which is no true or false"),
        ({"site_key": "ab" * 32}, "the settings site_key and practice do not fit together"),
        ({"practice": False}, "the settings site_key and practice do not fit together"),
        ({"practice": False, "site_key": "ab" * 31}, "the setting site_key is `abab"),
        ({"practice": False, "site_key": "AB" * 32}, "the setting site_key is `ABAB"),
        (
            {"keys_issued_at_least": "today"},
            "the setting keys_issued_at_least is `today`, which is",
        ),
        ({"keys_issued_at_least": date(1066, 1, 1)}, "the setting keys_issued_at_least is 1066-01"),
        ({"site_url": "balie.example"}, "the setting site_url is `balie.example`"),
        ({"site_url": "https://balie.example/under"}, "the setting site_url is"),
        ({"site_url": "https://a@balie.example"}, "the setting site_url is"),
        ({"site_url": "https://Balie.example"}, "the setting site_url is"),
        ({"exit_url": "http://127.0.0.1:99999/x"}, "the setting exit_url is"),
        ({"site_url": "https://balie.example:99999"}, "the setting site_url is"),
        ({"site_url": "http://127.0.0.1:0"}, "the setting site_url is"),
        ({"exit_url": "www.weather.example"}, "the setting exit_url is `www.weather.example`"),
        ({"exit_url": "http://weather.example"}, "the setting exit_url is"),
        ({"exit_url": "javascript:alert(1)"}, "the setting exit_url is"),
        ({"exit_url": "https://"}, "the setting exit_url is"),
        ({"exit_url": "https:///weather"}, "the setting exit_url is"),
        ({"exit_url": "https://bank.example@weather.example"}, "the setting exit_url is"),
        ({"exit_url": "https://weather.example/?q=rain"}, "the setting exit_url is"),
        ({"exit_url": "https://weather.example/#today"}, "the setting exit_url is"),
        ({"exit_url": "https://nl.weather.example/"}, "the setting exit_url is"),
        ({"exit_url": "https://weather.example/pt-BR/today"}, "the setting exit_url is"),
        ({"exit_url": "https://weather.example/en"}, "the setting exit_url is"),
        ({"exit_url": "https://www.politie.example/"}, "the setting exit_url is"),
        (
            {"exit_url": "https://www.balie.example/", "site_url": "https://balie.example"},
            "the setting exit_url leads to this site itself",
        ),
        (
            {"exit_url": "https://balie.example/", "site_url": "https://info.balie.example"},
            "the setting exit_url leads to this site itself",
        ),
        (
            {"exit_url": "https://127.0.0.1:8000/x"},
            "the setting exit_url leads to this site itself",
        ),
        ({"reference_date": "2026-11-22"}, "the setting reference_date is `2026-11-22`, which is"),
        ({"reference_date": date(1066, 1, 1)}, "the setting reference_date is 1066-01-01"),
        ({"board_epoch": -5}, "the setting board_epoch is -5"),
        ({"board_epoch": 10**9}, "the setting board_epoch is 1000000000"),
        ({"board_epoch": True}, "the setting board_epoch is true, which is no whole number"),
        ({"contact": []}, "the setting contact is []"),
        ({"contact": [{**POST, "kind": "pigeon"}]}, "the kind of a contact is `pigeon`"),
        ({"contact": [{"kind": "post"}]}, "an entry of contact needs kind, text and verified_live"),
        ({"contact": [{**UNTRIED, "verified_live": "today"}]}, "contact telephone has verified_li"),
        ({"contact": [{**UNTRIED, "text": "0800"}]}, "contact telephone has no text in nl and en"),
        ({"contact": [{**UNTRIED, "text": {"nl": 8, "en": "8"}}]}, "contact telephone has no text"),
        ({"reply_languages": {}}, "the setting reply_languages is {}"),
        ({"reply_languages": {False: "Norsk"}}, "reply_languages has the code false"),
        ({"reply_languages": {"nl": ""}}, "reply_languages has no name for nl"),
    ],
)
def test_a_wrong_setting_stops_the_build(changed: dict[str, object], said: str) -> None:
    """Nothing is guessed and nothing unknown is carried along."""
    (found,) = refused(settings_text(**changed))

    assert found.startswith(said)


@pytest.mark.parametrize(
    "url", ["https://www.bbc.co.uk/weather", "https://weather.example", "https://weer.nl/vandaag"]
)
def test_a_plain_page_of_another_host_is_a_way_out(url: str) -> None:
    """The end of a country's names is no language, and a name that only ends alike is another house."""
    assert refused(settings_text(exit_url=url, site_url="https://eer.nl")) == []


def test_a_mistyped_name_is_told_the_nearest() -> None:
    """The right one is then missing, which is said too."""
    unknown, missing = refusals(yaml.safe_load(settings_text(exit_url=None, exit_ur="x")))

    assert (str(unknown), unknown.hint) == ("unknown setting exit_ur", "did you mean exit_url?")
    assert str(missing) == "the setting exit_url is missing"


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Nobody builds nine times to hear nine sentences."""
    wrong = {"exit_url": "www.x.example", "board_epoch": -5, "organisation": "TODO"}

    assert len(refused(released(**wrong, practice=True), release=True)) == 5
    with pytest.raises(SiteError, match=r"exit_url(?s:.*)board_epoch") as stopped:
        parse(yaml.safe_load(settings_text(**wrong)))
    assert len(stopped.value.every) == 2


def test_a_release_accepts_complete_settings() -> None:
    """The refusals below are about one defect each."""
    called = {**UNTRIED, "verified_live": date(2026, 11, 20)}

    assert refused(released(), release=True) == []
    assert refused(released(contact=[called]), release=True) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"practice": True, "site_key": "practice"},
            "a release refuses the setting practice: true",
        ),
        ({"name": "OPEN: (name)"}, "a release refuses the blank in name"),
        ({"organisation": "TODO"}, "a release refuses the blank in organisation"),
        ({"organisation": "Stichting (todo: naam)"}, "a release refuses the blank in organisation"),
        ({"organisation": "..."}, "a release refuses the blank in organisation"),
        ({"site_url": "http://balie.example"}, "a release refuses http://balie.example, which is"),
        ({"site_url": "https://localhost"}, "a release refuses the host in https://localhost"),
        ({"site_url": "https://10.0.0.1"}, "a release refuses the host in https://10.0.0.1"),
        ({"exit_url": "https://weather"}, "a release refuses the host in https://weather"),
        ({"contact": [UNTRIED]}, "a release refuses a telephone number without verified_live"),
        (
            {"contact": [{**POST, "text": {"nl": "Postbus", "en": "OPEN: x"}}]},
            "a release refuses the blank in contact post (en)",
        ),
        ({"reply_languages": {"nl": "TODO"}}, "a release refuses a blank among the names"),
    ],
)
def test_a_release_refuses(changed: dict[str, object], said: str) -> None:
    """Each thing that is only good for practice stops a release by itself."""
    (found,) = refused(released(**changed), release=True)

    assert found.startswith(said)
    assert refused(released(**changed)) == []


@pytest.mark.parametrize(
    "text", ["TODO", "tbd", "n/a", "???", "xxx", "-", "OPEN: x", "x OPEN: y", "Naam", "…"]
)
def test_a_mark_for_later_is_a_blank(text: str) -> None:
    """Whatever people write where they mean to write something."""
    assert is_blank(text)


@pytest.mark.parametrize("text", ["Balie", "Stichting Todorov", "PO Box 1", "Xenia", "0800 1234"])
def test_a_name_is_no_blank(text: str) -> None:
    """Also one that holds such a mark by chance."""
    assert not is_blank(text)


def test_a_blank_is_shown_without_its_marker() -> None:
    """A practice page shows the words in parentheses, never the marker."""
    assert shown("OPEN: (here comes a number)") == "(here comes a number)"
    assert shown("0800 1234") == "0800 1234"
