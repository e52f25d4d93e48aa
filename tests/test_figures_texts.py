"""The desk's own words in a report: who should act, without numbers, pity or crime."""

import csv
import re
from pathlib import Path

import pytest
import yaml

from desk.errors import DeskError
from desk.figures import quantities, report, signoff, texts
from desk.figures.ledger import Published
from desk.figures.report import Report
from desk.figures.suppress import FEW
from desk.figures.tables import TABLES
from desk.store.event import LOG, Event
from tests import figures
from tests.figures import TODAY, many
from tests.site import ROOT

SMALL = Report(Published(2026, 40))
LARGE = report.draft([*many(300, role="self"), *many(300, role="permission")], 2026, ())


def said(text: str) -> texts.Texts:
    """Return texts of which the English one about the total is this."""
    return figures.texts() | {"en": {**figures.texts()["en"], "total": text}}


@pytest.mark.parametrize(
    "text",
    [
        "The municipality.",
        "Artikel 9:11 en 5:13a gelden sinds 2026, niet in 2025; Awb 9:8, 9:12.",
        "De Tweede Kamer, de eerste minister; een gemeente; achter elke deur; aan derden.",
        "Everybody often listens to someone; a second answer; the Nationale ombudsman.",
        "de best bereikbare buren; leiden tot huizen; it goes to the best body",
        "Slachtofferhulp of Victim Support; exploitanten en exploiteren; een dameskapper.",
        "gemeente\nen politie",
        "a" * 2_000,
    ],
)
def test_a_plain_text_may_stand(text: str) -> None:
    """Who should act, articles and years are what these texts are for."""
    texts.check(said(text), SMALL)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "nothing says who should act: en, total"),
        (" \n", "nothing says who should act: en, total"),
        ("a" * 2_001, "the text is too long: en, total"),
        ("the \u202emunicipality", "characters that nobody sees: en, total"),
        ("3 of them", "a number of its own: en, total"),
        ("in 1800 cases", "a number of its own"),
        ("in 20260 cases", "a number of its own"),
        ("in 9:1111", "a number of its own"),
        ("dertien klachten", "a number of its own"),
        ("Zeven mensen", "a number of its own"),
        ("wel \u00e9\u00e9n klacht", "a number of its own"),
        ("e\u0301e\u0301n klacht", "a number of its own"),
        ("zevenendertig keer, vierhonderd keer", "a number of its own"),
        ("twee\u00ebntwintig", "a number of its own"),
        ("tientallen meldingen, een derde ervan", "a number of its own"),
        ("de helft van hen", "a number of its own"),
        ("three of them", "a number of its own"),
        ("One of them", "a number of its own"),
        ("twenty-two", "a number of its own"),
        ("dozens; a third of them", "a number of its own"),
        ("In totaal 1997 klachten", "a number of its own"),
        ("waarvan 2013", "a number of its own"),
        ("2026 klachten", "a number of its own"),
        ("37:412", "a number of its own"),
        ("de verhouding 9:11", "a number of its own"),
        ("De gemeente Zwolle", "the text names Zwolle: en, total"),
        ("in 's-Gravenhage", "the text names 's-Gravenhage"),
        ("in \u2019s-Hertogenbosch", "the text names 's-Hertogenbosch"),
        ("in Den Haag, The Hague", "the text names Den Haag"),
        ("S\u00fadwest-Frysl\u00e2n", "the text names Sudwest-Fryslan"),
        ("in Bergen, Noord-Holland", "the text names Bergen"),
        ("٣ of them", "a number of its own"),
        ("½ of them", "a number of its own"),
    ],
)
def test_a_text_that_is_not_fit_is_refused(text: str, message: str) -> None:
    """A missing text, a hidden character and a number that no ledger knows are refused by place."""
    with pytest.raises(DeskError, match=message):
        texts.check(said(text), SMALL)


def test_the_places_are_those_of_the_site() -> None:
    """Every municipality, its other names and every province; a new one is added to both."""
    data = ROOT / "docs" / "data"
    with (data / "municipalities.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    also = yaml.safe_load((data / "municipality-aliases.yml").read_text("utf-8"))["aliases"]
    names = {re.sub(r" \(.+\)$", "", row["name"]) for row in rows}
    names |= {row["province"] for row in rows} | {name for one in also for name in one["names"]}

    listed = Path(texts.__file__).with_name("places.txt").read_text("utf-8")
    assert listed.splitlines() == sorted(names)
    assert all(quantities.place(f"in {name}.") for name in names)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("De straatprostitutie", "prostitu"),
        ("Prost\u00edtute", "prostitu"),
        ("hoeren", "hoeren"),
        ("a hooker", "hooker"),
        ("whores", "whore"),
        ("deze DAMES.", "dames"),
        ("meisjes", "meisje"),
        ("girl", "girl"),
        ("Slachtoffers", "slachtoffer"),
        ("the victims supported", "victims"),
        ("uitstapprogramma", "uitstap"),
        ("wie haar redden wil", "redden"),
        ("is gered", "gered"),
        ("rescued", "rescu"),
        ("pooiers", "pooier"),
        ("a pimp", "pimp"),
        ("exploiters", "exploiters"),
        ("mensenhandelaar", "mensenhandel"),
        ("human trafficking", "traffick"),
        ("arbeidsuitbuiting", "uitbuit"),
        ("illegal work", "illega"),
        ("transgenders", "transgenders"),
        ("beide\ngeslachten", "beide geslachten"),
        ("both  sexes", "both sexes"),
    ],
)
def test_words_of_pity_and_crime_are_refused_with_what_to_say(text: str, word: str) -> None:
    """The word is named, and another is offered."""
    found = texts.banned(text)

    assert found is not None
    assert found[0] == word
    with pytest.raises(DeskError, match=f"the text says {word}: en, total") as refused:
        texts.check(said(text), SMALL)
    assert refused.value.hint == f"say instead: {found[1]}"


def test_each_shown_table_needs_a_text_in_each_language() -> None:
    """No table stands without who should act on it; a table that is not shown needs none."""
    assert texts.needed(SMALL) == ("total",)
    assert texts.needed(LARGE) == ("total", *LARGE.shown)
    texts.check(figures.texts(), LARGE)
    for table in texts.needed(LARGE):
        for language in ("nl", "en"):
            less = {name: text for name, text in figures.texts()[language].items() if name != table}
            with pytest.raises(DeskError, match=f"{language}, {table}"):
                texts.check(figures.texts() | {language: less}, LARGE)
    with pytest.raises(DeskError, match="nl, total"):
        texts.check({}, SMALL)


def test_texts_are_read_from_toml() -> None:
    """A group for each language, a line for each table."""
    octets = '[nl]\ntotal = "De gemeente."\n[en]\nabout = "é"\n'.encode()

    assert texts.parse(octets) == {"nl": {"total": "De gemeente."}, "en": {"about": "é"}}
    names = "".join(f'{name} = "x"\n' for name in figures.texts()["en"])
    assert len(texts.parse(f"[en]\n{names}".encode())["en"]) == len(TABLES) + 1


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"\xff", "not TOML"),
        (b"[nl", "not TOML"),
        (b"[de]\n", "a language or table"),
        (b'nl = "x"', "a language or table"),
        (b'[nl]\nplace = "x"', "a language or table"),
        (b"[nl]\ntotal = 3", "is not a text"),
        (b'[nl]\ntotal = 3\nabout = "x"', "is not a text"),
    ],
)
def test_a_file_of_texts_that_is_none_is_refused(octets: bytes, message: str) -> None:
    """Anything but texts by language and table is refused."""
    with pytest.raises(DeskError, match=message):
        texts.parse(octets)


def test_a_reader_agrees_with_exactly_one_draft() -> None:
    """Another number, text or year is another draft, and needs another reading."""
    given = figures.texts()
    read = signoff.event(SMALL, given, "sex_worker", on=TODAY, by="mira")

    assert (read.subject, read.kind, read.on, read.by) == (LOG, "report_read", "2027-02-01", "mira")
    assert (read.values["year"], read.values["reader"]) == (2026, "sex_worker")
    signoff.demand(SMALL, given, [read])
    for other in (Published(2026, 50), Published(2025, 40), Published(2026, FEW)):
        with pytest.raises(DeskError, match="nobody from sex work has read"):
            signoff.demand(Report(other), given, [read])
    with pytest.raises(DeskError, match="nobody from sex work has read"):
        signoff.demand(SMALL, said("Somebody else."), [read])
    # A text that is on no page is no part of what was read.
    signoff.demand(SMALL, given | {"en": {"total": given["en"]["total"]}}, [read])


def test_only_a_reader_from_sex_work_signs_off() -> None:
    """A handler cannot sign off in her own role, and another event is no sign-off."""
    given = figures.texts()
    read = signoff.event(SMALL, given, "representative", on=TODAY, by="mira")
    other = Event(LOG, "imported", read.on, read.by, read.values)
    handler = Event(LOG, read.kind, read.on, read.by, {**read.values, "reader": "handler"})

    signoff.demand(SMALL, given, [other, handler, read])
    with pytest.raises(DeskError, match="nobody from sex work has read the report of 2026"):
        signoff.demand(SMALL, given, [other, handler])
    with pytest.raises(DeskError, match="not signed off in this role"):
        signoff.event(SMALL, given, "handler", on=TODAY, by="mira")
