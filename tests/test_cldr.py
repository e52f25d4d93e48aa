"""Days, months, per cents and counts: the same in pages and in scripts, as Unicode's CLDR writes them."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date

from overrides.words import cldr
from overrides.words.strings import Strings
from tests.site import LANGUAGES, ROOT, STRINGS, Built

EVERY_MONTH = [date(2026, month, 3 + month) for month in range(1, 13)]
# What a language of the site, or one that may become one, must not get wrong.
WRITTEN = {
    "nl": "3 mei 2026",
    "en": "3 May 2026",
    "es": "3 de mayo de 2026",
    "ro": "3 mai 2026",
    "bg": "3 май 2026\u202fг.",
    "hu": "2026. május 3.",
    "pt-BR": "3 de maio de 2026",
    "pl": "3 maja 2026",
    "th": "3 พฤษภาคม ค.ศ. 2026",
    "zh": "2026年5月3日",
    "ru": "3 мая 2026\u202fг.",
    "ar": "3 مايو 2026",
}


@pytest.mark.parametrize("language", WRITTEN)
def test_a_day_is_written_as_its_language_writes_it(language: str) -> None:
    """The form of the day before the month, the order and the letter of the year are of the language."""
    assert Strings(language, {}).day(date(2026, 5, 3)) == WRITTEN[language]


def test_every_language_of_the_site_is_one_that_cldr_knows() -> None:
    """A language without data would get that of no language, and say nothing."""
    assert set(LANGUAGES) <= set(WRITTEN)
    for language in LANGUAGES:
        assert Locale.parse(language.replace("-", "_")).get_display_name(), language
    months = {tuple(cldr.calendar(language).days) for language in WRITTEN}
    assert len(months) == len(WRITTEN)


@pytest.mark.parametrize("language", WRITTEN)
def test_a_script_writes_what_a_page_writes(language: str) -> None:
    """The same patterns are filled in both, so that no engine is asked for digits or a calendar."""
    t = Strings(language, {})
    node = shutil.which("node")
    assert node, "node is not there; it comes with the browser bundle"
    asked = {
        "pattern": t.calendar.percent,
        "patterns": "|".join(t.calendar.days),
        "days": [day.isoformat() for day in EVERY_MONTH],
    }
    found = subprocess.run(
        [node, ROOT / "tests" / "js" / "figures.mjs"],
        input=json.dumps(asked),
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    made = json.loads(found.stdout)
    assert made["days"] == [t.day(day) for day in EVERY_MONTH]
    assert made["percent"] == t.calendar.percent.format(count=36)
    own = cldr._WRITTEN_AS.get(language, language.replace("-", "_"))
    assert made["days"] == [format_date(day, "long", locale=own) for day in EVERY_MONTH]


def test_every_page_has_digits_that_all_readers_know(built_site: Built) -> None:
    """Numbers to call, hours and days stand in the digits of a telephone, also in Arabic and in Thai."""
    for page in built_site.pages:
        others = {char for char in page.html if char.isdecimal() and not "0" <= char <= "9"}
        assert not others, f"{page.path} has {others}"


def test_the_pages_of_scripts_carry_the_patterns_of_their_language(built_site: Built) -> None:
    """Each in its own, whichever was rendered before it."""
    pages = {page.path: page for page in built_site.pages}
    for language, t in STRINGS.items():
        (dates,) = pages[f"/{language}/answer/"].all("p", id="dates")
        assert dates.attributes["data-days"].split("|") == t.calendar.days
        (room,) = pages[f"/{language}/write/"].all("span", id="room")
        assert room.attributes["data-percent"] == t.calendar.percent


def test_a_date_that_ends_in_a_full_stop_ends_its_sentence() -> None:
    """One stop and not two; a way up in a link, and three dots, stay."""
    t = Strings("hu", {"seen": "Read {date}.", "link": '<a href="../../help/">{date}</a>. Wait...'})
    assert t("seen", date=t.day(date(2026, 5, 3))) == "Read 2026. május 3."
    assert t("link", date="3.") == '<a href="../../help/">3.</a>. Wait...'


def test_a_count_takes_the_text_of_its_kind() -> None:
    """Where a language has a form for two, two takes it; without one it takes that of all others."""
    texts = {"term.month": "{count} أشهر", "term.two.month": "شهران", "term.one.month": "شهر واحد"}
    t = Strings("ar", texts)
    assert [t.count("term", "month", count) for count in (1, 2, 6)] == [
        "شهر واحد",
        "شهران",
        "6 أشهر",
    ]
    assert replace(t, language="th").count("term", "month", 1) == "1 أشهر"


def test_no_module_asks_the_engine_for_numbers_and_days() -> None:
    """Whoever asks gets the engine's own digits, calendar and spaces."""
    asking = re.compile(r"Intl\.(NumberFormat|DateTimeFormat|RelativeTimeFormat)|\.toLocale")
    modules = (ROOT / "overrides" / "assets").glob("*.mjs")
    assert {path.name for path in modules if asking.search(path.read_text("utf-8"))} == set()
