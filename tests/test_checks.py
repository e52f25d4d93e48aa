"""What a release is refused for, all of it at once, and what it says of itself when it is done."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from overrides.frame.edition import Job
from overrides.frame.settings import load
from overrides.press import checks, report
from overrides.press.checks import Checked
from overrides.words.errors import SiteError
from tests.own_records import own_docs
from tests.site import ROOT, SETTINGS, key_list, put_practice_key, ready, released, settings_text

SETTLED = load(SETTINGS).reference_date
TODAY = SETTLED + timedelta(days=8)
Check = Callable[..., Checked]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A copy of the pages, with facts of the tests' own, that a test may change."""
    return own_docs(tmp_path)


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Checks settings and keys given as text; a release by default."""

    every = ready(Path(copytree(ROOT / "docs", tmp_path / "ready")))

    def run(
        settings: str, *, keys: str = "", docs: Path = every, today: date | None = TODAY
    ) -> Checked:
        (tmp_path / "settings.yml").write_text(settings, "utf-8")
        put_practice_key(tmp_path)
        (tmp_path / "keys.json").write_text(keys or key_list(practice=False), "utf-8")
        files = [str(tmp_path / name) for name in ("settings.yml", "keys.json")]
        return checks.check(Job("nl", *files, str(docs), None), release_on=today)

    return run


def refused(check: Check, *given: str, **more: object) -> list[str]:
    """What it is refused for; each refusal says what to do."""
    with pytest.raises(SiteError) as stopped:
        check(*given, **more)
    assert all(one.hint for one in stopped.value.every)
    return [str(one) for one in stopped.value.every]


def change(path: Path, old: str, new: str) -> None:
    """Change the first place of a file that matches a pattern."""
    text, count = re.subn(rf"(?m){old}", new, path.read_text("utf-8"), count=1)
    assert count, old
    path.write_text(text, "utf-8")


def keys_until(last: date) -> str:
    """A key list whose keys are good until that day."""
    return key_list(practice=False, not_after=last.isoformat())


def test_a_release_says_what_it_built_for_which_days_and_what_is_due(check: Check) -> None:
    """The last day of its last intake key is the last on which the form can seal."""
    last = SETTLED + timedelta(days=50)
    said = report.lines(
        check(released(), keys=keys_until(last)), ROOT / "docs", "ab" * 20, "cd" * 32
    )

    assert said[0].endswith(", all made anew")
    assert said[1] == f"good from {SETTLED} to {last}, the last day of its last intake key"
    assert said[2] == "no page is due for a new check"
    assert said[3].startswith("the next page is due after ")
    assert said[4:6] == [f"built of the commit {'ab' * 20}", f"SHA256SUMS {'cd' * 32}"]
    assert "desk sign docs" in said[6]


def test_a_release_names_the_pages_that_are_due(check: Check) -> None:
    """A dozen by name, and how many more there are."""
    much_later = released(reference_date=SETTLED + timedelta(days=800))
    late = check(much_later, docs=ROOT / "docs", today=None)
    said = report.lines(late, ROOT / "docs", "", "cd" * 32)

    assert sum(line.startswith("due for a new check since ") for line in said) == 12
    dated = [facts for _, _, facts in late.pages if facts.check_again]
    assert f"and {len(dated) - 12} pages more are due" in said
    assert "built of no commit that is known: this folder is no clone" in said


def test_every_refusal_of_a_release_is_said_at_once(check: Check, docs: Path) -> None:
    """Settings, key list, strings, facts and pages: nobody builds again and again to hear them."""
    change(docs / "data" / "policy.yml", "min_age: {value: 21", "min_age: {value: 12")
    change(docs / "nl" / "door.md", "check_again:", "chek_again:")
    (docs / "xx").mkdir()
    wrong = released(practice=True, board_epoch=-5, organisation="TODO", exit_url="x.example")

    said = "\n".join(refused(check, wrong, keys=key_list(), docs=docs))

    for words in (
        "exit_url", "board_epoch", "organisation", "practice: true", "practice key",
        "has value: 12", "nl/door.md lacks check_again", "docs/xx is a folder of no language",
    ):  # fmt: skip
        assert words in said


def test_a_reference_date_to_come_is_refused(check: Check) -> None:
    """The form would be closed until then. A clock that is behind is refused by the same rule."""
    to_come = refused(check, released(reference_date=date(2099, 1, 1)))
    behind = refused(check, released(), today=date(2020, 1, 1))

    assert f"the reference date 2099-01-01 is later than today, {TODAY}" in to_come
    assert behind[-1] == f"the reference date {SETTLED} is later than today, 2020-01-01"


def test_the_same_commit_is_accepted_years_later(check: Check) -> None:
    """Whoever rebuilds a release to compare its bytes does so on another day."""
    assert check(released(), today=SETTLED + timedelta(days=2_000)).edition.settings.reference_date


def test_a_reference_date_before_the_facts_is_refused(check: Check) -> None:
    """It would count as a day on which nobody had read them; one sentence for all of them."""
    said = refused(check, released(reference_date=date(2026, 10, 2)))

    assert said[0].startswith("the reference date 2026-10-02 is older than ")
    assert len(said) == 1


def test_keys_that_are_not_good_on_the_reference_date_are_refused(check: Check) -> None:
    """The form would find none to seal to."""
    assert refused(check, released(), keys=keys_until(SETTLED - timedelta(days=1))) == [
        f"no intake key in the list is good on the reference date {SETTLED}"
    ]


def test_a_reference_date_before_the_first_key_is_what_has_to_move(check: Check) -> None:
    """A desk that begins has a key of today and the date of the practice settings: no new key would help."""
    with pytest.raises(SiteError) as stopped:
        check(released(reference_date=date(2026, 9, 30)))
    hints = {str(one): one.hint for one in stopped.value.every}
    said = "no intake key in the list is good on the reference date 2026-09-30"
    assert hints[said] == f"set reference_date: 2026-10-01 or later, up to today, {TODAY}"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2099, 1, 1), "the settings, contact post: verified_live is 2099-01-01, and this"),
        (date(2020, 1, 1), "the settings, contact post was last tried "),
    ],
)
def test_a_contact_is_tried_before_the_reference_date_and_not_long_ago(
    check: Check, day: date, said: str
) -> None:
    """Nobody called in 2099, and nobody knows whether a number of years ago still works."""
    post = {"kind": "post", "text": {"nl": "Postbus 1", "en": "PO Box 1"}, "verified_live": day}

    (found,) = refused(check, released(contact=[post]))
    assert found.startswith(said)


def test_a_contact_in_a_language_that_is_none_is_refused(check: Check) -> None:
    """A mistyped code would be a text that nobody reads."""
    text = {"nl": "Postbus 1", "en": "PO Box 1", "sp": "Apartado 1"}
    post = {"kind": "post", "text": text, "verified_live": None}

    assert refused(check, settings_text(contact=[post]), keys=key_list(), today=None) == [
        "contact has a text in `sp`, which is no language here"
    ]


LAST, AGAIN = r"^last_checked: .*", r"^check_again: .*"
Spoilt = list[tuple[str, str, str, str]]
# In each list nothing hides anything else: file, what stands there, what comes in its place, what is said.
RECORDS_WRONG: Spoilt = [
    ("data/policy.yml", "    date: '2020'", "    date: '1066'", "has date: 1066, before 1945"),
    ("data/policy.yml", r"age: \{value: 21, applies_to: home", "age: {value: 12, applies_to: home",
     "min_age has value: 12"),
    ("data/policy.yml", "date: '2024-02-06'", "date: 2024-02-06", "has date without quotes"),
    ("data/policy.yml", '^  name: "Almere"', '  name: "Almere"\n  as_of: "2020"',
     "as_of written by hand"),
    ("data/sources.yml", "text_of: '.*'", 'text_of: "1066"', "has a date that is none: 1066"),
    ("data/usual.yml", "national: 18", "national: 12", "min_age has national: 12"),
    ("data/routes.yml", r"\{count: 6, unit: week\}", "{count: 600, unit: week}", "count: 600"),
    ("data/municipality-aliases.yml", "Nuenen", "Urk", "alias Urk, by which Urk (GM0184)"),
    ("nl/door.md", AGAIN, "check_again: 2026-01-01", "nl/door.md: check_again is 2026-01-01"),
    ("en/door.md", AGAIN, "check_again: 2099-01-01", "en/door.md: check_again is 2099-01-01"),
    ("es/door.md", AGAIN, 'check_again: "2027-05-22"', "es/door.md: check_again is not a date"),
    ("ar/door.md", "^title: .*", "title: no", "ar/door.md: title is no text: false"),
]  # fmt: skip
LINES_WRONG: Spoilt = [
    ("data/policy.yml", "^    home_alone:", "   home_alone:", "policy.yml, line "),
    ("data/municipalities.csv", ",[^,]*,https://.*", "", "has not 7 fields"),
    ("nl/door.md", "^title: ", "title: Deur: ", "nl/door.md, line 2: a colon stands where none"),
    ("en/door.md", AGAIN, "check_again: 2027-02-31", "there is no such day as 2027-02-31"),
    ("es/door.md", "^---\n", "", "es/door.md has no front matter"),
]
DAYS_WRONG: Spoilt = [
    ("data/policy.yml", "    date: '2020'", "    date: '2099'", "policy.yml: GM0014: date is 2099"),
    ("data/sources.yml", "read: '.*'", 'read: "2099-01-01"', ": read is 2099-01-01, and this"),
    ("data/mergers.yml", '"2027-01-01"', '"2099-01-01"', "GM1696: joins_on is 2099-01-01"),
    ("data/directory.yml", "live: null", 'live: "2099-01-01"', "verified_live is 2099-01-01"),
]
QUOTE_WRONG: Spoilt = [
    ("data/municipalities.csv", "^GM", '"GM', "municipalities.csv, line 2: a quote is not")
]
HEADS_WRONG: Spoilt = [
    ("data/directory.yml", "^orga", 'meta: {compiled: "2026-02-31"}\norga', "directory.yml has no date in compiled"),
    ("data/legislation.yml", "^compiled: .*", "compiled: 2026-11-22", "has compiled without quotes"),
    ("data/officials.yml", "^compiled: .*", 'compiled: "1066-01-01"', "has compiled: 1066-01-01, before"),
    ("data/routes.yml", "^compiled: .*", 'compiled: "soon"', "routes.yml has no date in compiled: soon"),
    ("data/municipality-aliases.yml", "^date: .*", 'date: ""', "aliases.yml has no date in date"),
]  # fmt: skip
ALIAS_WRONG: Spoilt = [
    ("data/municipality-aliases.yml", "Nuenen", "den bosch", "by which 's-Hertogenbosch (GM0796)")
]


@pytest.mark.parametrize(
    "spoilt", [RECORDS_WRONG, LINES_WRONG, QUOTE_WRONG, HEADS_WRONG, DAYS_WRONG, ALIAS_WRONG]
)
def test_wrong_data_is_refused_with_its_place(check: Check, docs: Path, spoilt: Spoilt) -> None:
    """Also in a practice build: one sentence for each thing, with file and record or line."""
    for file, old, new, _ in spoilt:
        change(docs / file, old, new)

    found = refused(check, settings_text(), keys=key_list(), docs=docs, today=None)

    for *_, said in spoilt:
        assert len([one for one in found if said in one]) == 1, (said, found)
    assert len(found) == len(spoilt)


def test_a_page_checked_after_the_reference_date_is_refused(check: Check, docs: Path) -> None:
    """The hint says what to do when the day is right."""
    day = SETTLED + timedelta(days=3)
    change(docs / "nl" / "door.md", LAST, f"last_checked: {day}")
    change(docs / "nl" / "door.md", AGAIN, f"check_again: {day + timedelta(days=90)}")

    with pytest.raises(SiteError) as stopped:
        check(settings_text(), keys=key_list(), docs=docs, today=None)
    assert str(stopped.value).startswith(f"nl/door.md: last_checked is {day}, and this build cou")
    assert f"set reference_date: {day} or later" in stopped.value.hint


def test_a_translation_names_the_text_it_was_made_from(check: Check, docs: Path) -> None:
    """Else nobody could say later that it is behind; what is written first names none."""
    line = (docs / "es" / "door.md").read_text("utf-8").split("translated_from: ")[1][:23]
    change(docs / "es" / "door.md", "^translated_from: .*\\n", "")
    for language in ("nl", "en"):
        change(docs / language / "law.md", "^title: ", f"translated_from: {line}\ntitle: ")

    found = refused(check, settings_text(), keys=key_list(), docs=docs, today=None)

    assert found == [
        "nl/law.md has translated_from, and is no translation",
        "en/law.md has translated_from, and is no translation",
        "es/door.md does not say from which Dutch text it was made",
    ]


def test_a_file_saved_in_an_old_spelling_is_named(check: Check, docs: Path) -> None:
    """One sentence, and no traceback, for letters that are not UTF-8."""
    for file in ("data/policy.yml", "data/municipalities.csv", "nl/door.md"):
        text = (docs / file).read_text("utf-8").replace("e", "\u00e9", 1)
        (docs / file).write_bytes(text.encode("latin-1", "replace"))

    assert refused(check, settings_text(), keys=key_list(), docs=docs, today=None) == [
        "municipalities.csv is not UTF-8 text",
        "policy.yml is not UTF-8 text",
        "nl/door.md is not UTF-8 text",
    ]
