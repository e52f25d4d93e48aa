"""The handbook's examples of terms are what the desk counts: each is counted here again, from the page itself."""

import re
from dataclasses import dataclass, replace
from datetime import date

import pytest

from desk.cases import deadlines
from desk.cases.case import Deadline
from desk.strings import Strings
from tests.runbook import HANDBOOK, LANGUAGES

_ROW = re.compile(r"^\| \*\*(.+?)\*\* \| (.+) \|$", re.M)
_LONG = {  # a term in words, as both pages write it
    "en": {"years": ("a year",), "months": ("a month",), "weeks": "weeks", "days": "days"},
    "nl": {"years": ("een jaar",), "months": ("een maand",), "weeks": "weken", "days": "dagen"},
}
NUMBERS = {  # as both pages write them
    "en": {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 10: "ten"},
    "nl": {2: "twee", 3: "drie", 4: "vier", 5: "vijf", 6: "zes", 7: "zeven", 10: "tien"},
}
WORKING = {"en": "working days", "nl": "werkdagen"}
DECREE = {"en": "royal decree", "nl": "koninklijk besluit"}
MOVES = {"en": ("no", "yes"), "nl": ("nee", "ja")}


@dataclass(frozen=True)
class Row:
    """A line of a table about a rule: what stands in it behind the name of the rule."""

    rule: str
    cells: tuple[str, ...]


def rows(language: str, wide: int) -> list[Row]:
    """The lines with so many cells behind the name."""
    strings = Strings(language)
    rules = {strings(f"rule.{rule}"): rule for rule in deadlines.rules()}
    text = (HANDBOOK / language / "handlers/terms.md").read_text("utf-8")
    found = [Row(rules[name], tuple(rest.split(" | "))) for name, rest in _ROW.findall(text)]
    return [row for row in found if len(row.cells) == wide]


def day(text: str, strings: Strings) -> date:
    """A day as the desk writes it."""
    number, month, year = text.split()
    months = [strings(f"month.{at:02}") for at in range(1, 13)]
    return date(int(year), months.index(month) + 1, int(number))


def examples(language: str) -> list[Row]:
    """The third table of three cells behind the name: a day, a day and a reason."""
    return [row for row in rows(language, 3) if re.match(r"\d", row.cells[0])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_example_is_what_the_desk_counts(language: str) -> None:
    """The last day; and the reason names the day from which it moved, and the decree where one is told of."""
    strings = Strings(language)
    for row in examples(language):
        rule, (start, last, why) = deadlines.rules()[row.rule], row.cells
        started, counted = day(start, strings), day(last, strings)
        assert deadlines.last_day(rule, started) == counted, row
        plain = deadlines.last_day(replace(rule, to_working_day=False), started)
        doubt = deadlines.in_doubt(
            Deadline("0" * 16, row.rule, started.isoformat(), counted.isoformat())
        )
        is_decreed = doubt in ("hers", "theirs")
        assert (strings.day(plain) in why) == (counted != plain or is_decreed), row
        assert (DECREE[language] in why) == is_decreed, row


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_show_every_way_in_which_a_term_ends(language: str) -> None:
    """On a working day, moved by a holiday and a weekend, never moved, and with a decree for either side."""
    found = [(row.rule, deadlines.rules()[row.rule]) for row in examples(language)]
    assert len(found) >= 15
    assert {rule.kind for _, rule in found} == {"hers", "theirs", "ours"}
    assert {next(iter(rule.term)) for _, rule in found} == {
        *("years", "months", "weeks", "days", "working_days")
    }
    assert [one.rule for one in examples("en")] == [one.rule for one in examples("nl")]


def words_of(term: dict[str, int], language: str) -> str:
    """How long a term is, in words."""
    ((unit, number),) = term.items()
    if unit in ("years", "months"):
        return _LONG[language][unit][number - 1]
    name = WORKING[language] if unit == "working_days" else _LONG[language][unit]
    return f"{NUMBERS[language][number]} {name}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_have_every_rule_as_its_file_has_it(language: str) -> None:
    """From which day, how long, whether it moves, by which article: the same as rules/deadlines.toml."""
    strings = Strings(language)
    told = [*rows(language, 4), *(one for one in rows(language, 2))]
    assert [row.rule for row in told] == [*deadlines.SET, *deadlines.PROMISES]
    for row in told:
        rule = deadlines.rules()[row.rule]
        assert row.cells[0] == strings(f"rule.{row.rule}.from")
        assert row.cells[1].startswith(words_of(dict(rule.term), language)), row
        if rule.kind != "ours":
            assert row.cells[2] == MOVES[language][rule.to_working_day], row
            law = re.match(r"\[(\w+ [\d:]+), ", row.cells[3])
            assert law is not None, row
            assert law[1] in rule.article.replace(", 9", ", Awb 9"), row
