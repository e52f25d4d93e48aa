"""Days and times in words and figures (desk/leak/dates.py)."""

from collections.abc import Callable, Iterator

import pytest

from desk.leak import dates

MONTHS_NL = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "november")
MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August")
SHORT = ("jan", "feb", "mrt", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "oct", "dec")
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def whole(find: Callable[[str], Iterator[tuple[int, int]]], text: str) -> bool:
    """Whether findings cover the words between the brackets, and nothing outside."""
    start, end = text.index("["), text.index("]") - 1
    bare = text.replace("[", "").replace("]", "")
    found = list(find(bare))
    inside = all(start <= left and right <= end for left, right in found)
    covered = set().union(*(range(*span) for span in found)) if found else set()
    return inside and {start, end - 1} <= covered


@pytest.mark.parametrize(
    "text",
    [
        "[op 12-03-2026] kwam",
        "[op 12/3/26] kwam",
        "op [3/27/2026] kwam",
        "op [12.03.2026] kwam",
        "op [12 - 3 - 2026] kwam",
        "op [2026-03-12] kwam",
        "op [2026/3/12] kwam",
        "op [12 3 2026] kwam",
        "nummer [20260312] kwam",
        "nummer [12032026] kwam",
        "van [12-03] af",
        "van [31/12] af",
        "kwam [op 3-4] langs",
        "kwam [since 3/4] by",
        "[12 maart]",
        "de [12e maart]",
        "de [12de van maart]",
        "the [12th of March]",
        "the [1st March]",
        "[March 12]",
        "[March the 12th], late",
        "[march the twelfth]",
        "[May 5]",
        "[5 may]",
        "[twaalf maart]",
        "de [twaalfde maart]",
        "[eenentwintig juni]",
        "de [tweeentwintigste juni]",
        "the [twenty-first of June]",
        "the [twelfth of May]",
        "[begin maart]",
        "[eind maart]",
        "[half maart]",
        "[medio mei]",
        "[mid-March]",
        "[early March]",
        "[end of March]",
        "op [maandag] kwam",
        "[maandagochtend]",
        "on [Fridays]",
        "[ma 12], dus",
        "[fri. 3]",
        "met [kerst]",
        "met [Koningsdag]",
        "op tweede [Pinksterdag]",
        "[oud en nieuw]",
        "on [New Year's Eve]",
        "at [Easter]",
        "in [week 12]",
        "in [weeknummer 7]",
        "in [week nr. 7]",
        "2026-[W12]",
        "de [eerste week] van",
        "het [laatste weekend] van",
        "de [eerste dag van maart]",
        "[gisteren]",
        "[eergisteren]",
        "[gisteravond]",
        "[vannacht]",
        "[vandaag]",
        "[yesterday]",
        "[vorige week]",
        "[last night]",
        "[next week]",
        "[drie dagen geleden]",
        "[14 days ago]",
        "een [paar weken geleden]",
        "[anderhalve week geleden]",
        "[a week ago]",
        "In [oktober, op de 12e], kwam",
        "[op de twaalfde] kwam",
        "In [maart, de 12e], kwam",
        "[maart de twaalfde] kwam",
        "de [12e] dag van dat",
        "the [12th] he came",
        "the [twenty-first] he came",
        "[op de derde] kwam",
        "[op 12.03] kwam",
        "van [12 / 03] af",
        "van [12-3] af",
        "van [31-1] af",
        "dag [2026-071] kwam",
        "met [carnaval]",
        "na het [Suikerfeest]",
        "op [Prinsjesdag]",
        "met [nieuwjaar]",
        "bij [Pride]",
        "at [Pentecost]",
        "on [Tues]",
        "op [ma. 12] kwam",
    ],
)
def test_what_is_finer_than_a_month_is_found(text: str) -> None:
    """Each way to name a day or a week, whole and with nothing around it."""
    assert whole(dates.days, text)


@pytest.mark.parametrize("month", [*MONTHS_NL, *MONTHS_EN, *SHORT])
def test_every_month_makes_a_day_and_alone_does_not(month: str) -> None:
    """A number beside a month is a day; a month with its year is not."""
    assert list(dates.days(f"op 31 {month} kwam"))
    assert list(dates.days(f"de 2e van {month.upper()} kwam"))
    assert not list(dates.days(f"in {month} 2026 kwam"))
    assert not list(dates.days(f"in {month} kwam"))
    assert not list(dates.days(f"op 32 {month} kwam"))


@pytest.mark.parametrize("day", [*WEEKDAYS, *WEEKDAYS_EN])
def test_every_day_of_the_week_is_found(day: str) -> None:
    """In both languages, in capitals too."""
    assert whole(dates.days, f"op [{day}] kwam")
    assert whole(dates.days, f"op [{day.upper()}] kwam")


@pytest.mark.parametrize("day", range(1, 32))
def test_every_day_of_a_month_is_found(day: int) -> None:
    """In figures, with and without a zero."""
    assert whole(dates.days, f"de [{day} maart] kwam")
    assert whole(dates.days, f"de [{day:02d}-01-2026] kwam")
    assert whole(dates.days, f"de [2026-12-{day}] kwam")


@pytest.mark.parametrize(
    "text",
    [
        "in maart 2026",
        "in de zomer van 2025",
        "binnen zes weken of tien weken",
        "24/7 bereikbaar",
        "3-4 keer, 10 tot 12 mensen",
        "wij vragen om een gesprek",
        "you may ask 5 people, one may not",
        "artikel 9:11 en artikel 6 lid 2",
        "10 jaar geleden, jaren geleden",
        "weekend, wekelijks, elke week, per week",
        "half jaar, begin van het jaar",
        "1 op de 10 meldingen",
        "de eerste keer en de laatste keer",
        "paragraaf 3.2.1",
        "2025-2026",
        "in de sweek 4 en web3",
        "de 12e melding en de 3e verdieping, the 12th complaint",
        "de derde keer, de tiende klacht, ten vierde",
        "de eerste vertelt, de tweede ook, the third too",
        "they take pride in it, 24-7, 1-12",
        "op 3.2.1 en 12.50 euro",
    ],
)
def test_what_names_no_day_is_left_alone(text: str) -> None:
    """Months, years, terms and counts are fine."""
    assert list(dates.days(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "[14:30]",
        "om [9:05] kwam",
        "[14.30 uur]",
        "[1430 uur]",
        "[14u30]",
        "[14h30]",
        "[om 14.30]",
        "[at 2.15]",
        "[2 pm]",
        "[2:30 p.m].",
        "[11am]",
        "om [3 uur] kwam",
        "[24 uur]",
        "[3u] kwam",
        "om [drie uur] kwam",
        "[om een uur]",
        "[na een uur]",
        "[om drie], zei",
        "[at three].",
        "[half vier]",
        "[half 4]",
        "[half een]",
        "[kwart over drie]",
        "[kwart voor een]",
        "[5 voor half 4]",
        "[tien over een], zei",
        "[quarter past three]",
        "[half past 3]",
        "[twenty to four]",
        "[three o'clock]",
        "[3 oclock]",
        "[middernacht]",
        "at [noon]",
        "[om drie in de middag]",
        "[at three in the morning]",
        "[een uur 's nachts]",
        "[drie uur ’s ochtends]",
        "[om een 's middags]",
        "[3 at night]",
        "artikel 9:11 en [14:30]",
    ],
)
def test_a_time_of_day_is_found(text: str) -> None:
    """Each way to name an hour, whole and with nothing around it."""
    assert whole(dates.times, text)


@pytest.mark.parametrize(
    "text",
    [
        "binnen 24 uur",
        "per 8 uur",
        "8 uur per dag",
        "3 uur lang",
        "hele drie uur",
        "drie uur of meer",
        "een half jaar",
        "artikel 9:11",
        "art. 9:4",
        "Awb 6:7",
        "article 9:26",
        "99:99 en 25:00",
        "12.50 euro",
        "om een gesprek, at one desk",
        "wij vragen om drie dingen",
        "a ten to",
        "vijf voor een gesprek",
        "I am 3 amps",
        "artikel 5:15, 5:16 Awb",
        "artikelen 9:4, 9:5 en 9:11 Awb",
        "art. 6:7 lid 1 of 6:8",
        "twee in de kamer, drie in de klas",
    ],
)
def test_what_names_no_hour_is_left_alone(text: str) -> None:
    """Articles of law, durations, amounts and counts are fine."""
    assert list(dates.times(text)) == []


@pytest.mark.parametrize("month", [*MONTHS_NL, *MONTHS_EN, *SHORT])
def test_months_are_found(month: str) -> None:
    """Where even a month is too much."""
    assert whole(dates.months, f"in [{month}] 2026")


@pytest.mark.parametrize(
    "text",
    [
        "in [03-2026] was",
        "in [3/2026] was",
        "in [2026/03] was",
        "in [2026-11] was",
        "de [derde maand] van 2026",
        "de [3e maand] van 2026",
        "[vorige maand]",
        "[next month]",
        "[a month ago]",
    ],
)
def test_a_month_in_figures_is_found_and_is_no_day(text: str) -> None:
    """Where even a month is too much; elsewhere it may stand."""
    assert whole(dates.months, text)
    assert list(dates.days(text.replace("[", "").replace("]", ""))) == []


def test_what_names_no_month_is_left_alone() -> None:
    """Years, a range of them, counts and full dates that are days already."""
    for text in ("2025-2026", "in 2026", "elke maand", "3 maanden lang", "binnen een maand"):
        assert list(dates.months(text)) == []


def test_may_as_a_verb_is_no_month() -> None:
    """Unless a number stands before it."""
    assert not list(dates.months("you may ask"))
    assert list(dates.months("5 may"))
    assert list(dates.months("in May"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("in 2026.", [(3, 7)]), ("1899 2100 12026 20261", []), ("2025-2026", [(0, 4), (5, 9)])],
)
def test_years_stand_alone(text: str, expected: list[tuple[int, int]]) -> None:
    """Four digits from 1900 to 2099, with no digit beside them."""
    assert list(dates.years(text)) == expected
