"""The published files: pages and drawings with nothing but shown numbers, after the ledger knows them."""

import json
import xml.etree.ElementTree as ET
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.figures import chart, ledger, publish, render, report
from desk.figures.chart import Bar
from desk.figures.ledger import Published
from desk.figures.report import Report
from desk.figures.suppress import FEW, HIDDEN
from desk.store.event import LOG, Event
from desk.strings import LANGUAGES, Strings
from tests import figures
from tests.figures import TODAY, many

LARGE = report.draft(
    [
        *many(300, role="self", topics=("police", "check"), about="police", language="nl"),
        *many(200, role="permission", topics=("police",), about="municipality", language="en"),
        *many(8, role="professional", topics=("care",), about="care", language="europe"),
        *many(12, outcomes=("advice",)),
    ],
    2026,
    (),
)
STRINGS = {language: Strings(language) for language in LANGUAGES}
SVG = "{http://www.w3.org/2000/svg}"


class Cells(HTMLParser):
    """The rows of the tables, the elements and the addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.order: list[str] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.order.append(dict(attrs).get("class") or tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag == "tr":
            self.rows.append([])

    def handle_data(self, data: str) -> None:
        if self.rows and data.strip() and self.order[-1] in ("th", "td"):
            self.rows[-1].append(data)


def files(made: Report = LARGE) -> dict[str, str]:
    return render.pages(made, STRINGS, figures.texts())


def test_a_report_has_one_page_and_its_drawings_in_each_language() -> None:
    """File names carry year, table and language, and nothing else."""
    tables = list(LARGE.shown)
    charts = {f"chart-2026-{name}.{lang}.svg" for name in tables for lang in LANGUAGES}

    assert set(files()) == charts | {
        "report-2026.nl.html",
        "report-2026.en.html",
        "numbers-2026.json",
        "report.css",
    }
    assert "outcomes" not in tables
    assert files() == files()


def test_a_page_shows_the_numbers_of_the_report_and_no_other() -> None:
    """Every row of every shown table stands on the page as a number or a mark."""
    words = STRINGS["en"]
    page = Cells(files()["report-2026.en.html"])
    rows = [row for row in page.rows if row[1:] != ["Complaints"]]

    assert rows == [
        [words(f"figures.{name}.{cell}"), str(value) if isinstance(value, int) else value_words]
        for name, view in LARGE.shown.items()
        for cell, value in view.items()
        for value_words in [words(f"figures.shown.{value}") if isinstance(value, str) else ""]
    ]
    assert "In 2026 the desk counted about 520 complaints." in files()["report-2026.en.html"]


def test_each_table_is_followed_by_who_should_act() -> None:
    """Number, drawing and table come first; then, before the next, the desk's words."""
    page = files()["report-2026.nl.html"]
    marks = [tag for tag in Cells(page).order if tag in ("img", "table", "who")]

    assert marks == ["who", *["img", "table", "who"] * len(LARGE.shown)]
    assert page.count(figures.WHO["nl"]) == len(LARGE.shown) + 1
    assert figures.WHO["en"] not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_limits_and_asks_nobody_anything(language: str) -> None:
    """Rounding, who is missing, and tables not shown are told; no script, style, date or host."""
    page = files()[f"report-2026.{language}.html"]
    words = STRINGS[language]
    for limit in ("rounded", "missing", "counted", "told", "stands", "place"):
        assert words(f"figures.limits.{limit}") in page.replace("&#39;", "'")
    assert words("figures.not_shown_why") in page
    assert words("figures.small_year") not in page
    assert f'<html lang="{language}">' in page
    assert {"script", "style"}.isdisjoint(Cells(page).order)
    assert set(Cells(page).addresses) <= set(files())
    assert "://" not in page


def test_a_small_year_says_why_it_has_no_tables() -> None:
    """One number, who should act, and the reason."""
    made = files(Report(Published(2026, FEW)))
    page = made["report-2026.en.html"]

    assert set(made) == {
        "report-2026.nl.html",
        "report-2026.en.html",
        "numbers-2026.json",
        "report.css",
    }
    assert "In 2026 the desk counted fewer than 10 complaints." in page
    assert STRINGS["en"]("figures.small_year") in page
    assert STRINGS["en"]("figures.not_shown_why") not in page
    assert Cells(page).order.count("who") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_total_says_that_it_is_rounded_and_counted(language: str) -> None:
    """Who did not want to be counted is not in it, so it is never what came in."""
    about, counted = {"nl": ("ongeveer", "telde"), "en": ("about", "counted")}[language]

    large = files()[f"report-2026.{language}.html"]
    small = files(Report(Published(2026, FEW)))[f"report-2026.{language}.html"]

    assert f"{about} 520" in large
    assert counted in large
    assert f"<p>{STRINGS[language]('figures.total.few', year=2026)}</p>" in small


def test_a_draft_says_on_every_page_and_drawing_that_it_is_one() -> None:
    """Its files have names of their own, so that no draft is taken for what was published."""
    drafts = render.pages(LARGE, STRINGS, figures.texts(), is_draft=True)
    pages = {name: text for name, text in drafts.items() if name != "report.css"}

    assert pages.keys().isdisjoint(files())
    assert len(pages) == len(files()) - 2  # no numbers for programs
    for name, text in pages.items():
        language = name.split(".")[1]
        assert name.startswith("draft-"), name
        assert STRINGS[language]("figures.draft") in text, name
        assert name.endswith(".svg") or set(Cells(text).addresses) <= set(drafts), name
    notices = {STRINGS[language]("figures.draft") for language in LANGUAGES}
    assert not [name for name, text in files().items() if any(one in text for one in notices)]


def test_the_notice_of_a_drawing_stands_above_its_bars() -> None:
    """It is drawn inside the picture, and covers nothing."""
    drawn = ET.fromstring(chart.svg("t", [Bar("b", 20, "20")], "DRAFT <"))
    notice, *rows = drawn.iter(f"{SVG}text")

    assert notice.text == "DRAFT <"
    assert all(int(row.get("y", "0")) > int(notice.get("y", "0")) + 14 for row in rows)
    assert drawn.get("viewBox") == "0 0 640 88"


def test_what_the_desk_writes_is_text() -> None:
    """Tags in a text of the desk are shown, not obeyed."""
    given = figures.texts()
    given["en"]["total"] = "<b>&"

    page = render.pages(LARGE, STRINGS, given)["report-2026.en.html"]

    assert "&lt;b&gt;&amp;" in page
    assert "<b>" not in page


def test_the_numbers_are_also_a_file_for_programs() -> None:
    """The same numbers and marks as on the page; a table that is not shown has none."""
    found = json.loads(files()["numbers-2026.json"])

    assert (found["year"], found["total"]) == (2026, 520)
    assert found["tables"] == {**LARGE.shown, "outcomes": None}
    assert list(found["tables"]) == list(LARGE.numbers.views)
    assert found["tables"]["role"]["professional"] == "few"


def test_bars_are_as_long_as_the_shown_numbers() -> None:
    """The longest number has the longest bar; a mark has none."""
    drawn = chart.svg(
        "A & B", [Bar("<x>", 300, "300"), Bar("y", 100, "100"), Bar("z", HIDDEN, "not shown")]
    )
    root = ET.fromstring(drawn)
    bars = [box for box in root.iter(f"{SVG}rect") if box.get("x")]

    assert [int(box.get("width", "")) for box in bars] == [520, 173]
    assert [text.text for text in root.iter(f"{SVG}text")] == [
        "<x>",
        "300",
        "y",
        "100",
        "z",
        "not shown",
    ]
    assert [title.text for title in root.iter(f"{SVG}title")] == ["A & B"]
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        "svg",
        "title",
        "rect",
        "g",
        "text",
    }


def test_rows_of_a_drawing_do_not_touch() -> None:
    """Each row has its own place, and all lie inside the drawing."""
    root = ET.fromstring(
        chart.svg("t", [Bar("a", 10, "10"), Bar("b", FEW, "few"), Bar("c", 20, "20")])
    )
    heights = [int(text.get("y", "")) for text in root.iter(f"{SVG}text")]

    assert root.get("viewBox") == "0 0 640 148"
    assert heights == [22, 41, 66, 85, 110, 129]
    assert [box.get("y") for box in root.iter(f"{SVG}rect") if box.get("x")] == ["28", "116"]
    assert ET.fromstring(chart.svg("t", [Bar("b", FEW, "few")])).get("viewBox") == "0 0 640 60"


@pytest.fixture
def book(book: Casebook) -> Casebook:
    """A store in whose log 40 erased cases of 2026 left their rows."""
    for number in range(40):
        row = {"quarter": "2026-Q2", "key": f"{number}", "topics": ["police"]}
        values = {"subject": f"{number:032x}", "why": "old", "objects": [], "digests": []}
        book.add([Event(LOG, "erased", "2027-01-05", "mira", {**values, "row": {**row}})])
    return book


def test_a_report_is_read_then_recorded_then_written(book: Casebook, tmp_path: Path) -> None:
    """Without a reader nothing leaves; with one the ledger has the numbers before the files exist."""
    drafted = publish.draft(book, 2026, figures.texts(), today=TODAY)
    with pytest.raises(DeskError, match="nobody from sex work has read"):
        publish.publish(book, drafted, tmp_path / "out", today=TODAY)
    assert not (tmp_path / "out").exists()

    publish.sign_off(book, drafted, "sex_worker", today=TODAY)
    paths = publish.publish(book, drafted, tmp_path / "out", today=TODAY)

    assert {path.name: path.read_text("utf-8") for path in paths} == drafted.files(is_draft=False)
    assert ledger.read(book.logged("report_published")) == (Published(2026, 40),)
    again = publish.draft(book, 2026, figures.texts(), today=TODAY)
    publish.publish(book, again, tmp_path / "out", today=TODAY)
    assert again.report.is_published
    assert len(list(book.logged("report_published"))) == 1


def test_the_store_remembers_what_was_published(book: Casebook, tmp_path: Path) -> None:
    """Opened again, the store gives the same report and the same rows."""
    drafted = publish.draft(book, 2026, figures.texts(), today=TODAY)
    publish.sign_off(book, drafted, "representative", today=TODAY)
    publish.publish(book, drafted, tmp_path / "out", today=TODAY)

    reopened = Casebook(book.vault)

    assert len(list(publish.all_rows(reopened))) == 40
    again = publish.draft(reopened, 2026, figures.texts(), today=TODAY)
    assert again.report == Report(drafted.report.numbers, is_published=True)
    assert again.files(is_draft=False) == drafted.files(is_draft=False)


def test_a_draft_keeps_every_rule(book: Casebook) -> None:
    """A year that is not over, or a text that is not there, is refused before anybody reads it."""
    with pytest.raises(DeskError, match="the year 2026 is not over"):
        publish.draft(book, 2026, figures.texts(), today=date(2026, 12, 31))
    with pytest.raises(DeskError, match="nothing says who should act"):
        publish.draft(book, 2026, {}, today=TODAY)


def test_no_file_is_put_over_another(tmp_path: Path) -> None:
    """One file that differs stops all; files that are the same may lie there."""
    publish.write({"a": "1"}, tmp_path / "out")
    publish.write({"a": "1", "b": "2"}, tmp_path / "out")

    with pytest.raises(DeskError, match="there is another b in the folder"):
        publish.write({"c": "3", "b": "4"}, tmp_path / "out")
    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "out").iterdir()} == {
        "a": "1",
        "b": "2",
    }
