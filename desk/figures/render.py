"""The report as files for the public, after step 7: numbers and words in, pages and drawings out.

Every language has one page with the same tables, each with who should act on it. A draft says on
every page and drawing that it is one. It refuses to know rows and exact counts, the date of the
making, and where the files go.
"""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from desk.figures import chart
from desk.figures.chart import Bar
from desk.figures.report import Report
from desk.figures.suppress import FEW, Shown, View
from desk.figures.tables import BY_NAME, TOTAL
from desk.figures.texts import Texts
from desk.strings import Strings
from desk.wire import canon
from desk.wire.canon import Value

_HERE = Path(__file__).parent
_STYLE = "report.css"


def written(value: Shown, words: Strings) -> str:
    """A number or mark as a reader sees it."""
    return str(value) if isinstance(value, int) else words(f"figures.shown.{value}")


def _bars(name: str, view: View, words: Strings) -> list[Bar]:
    return [
        Bar(words(f"figures.{name}.{cell}"), value, written(value, words))
        for cell, value in view.items()
    ]


def _total(report: Report, words: Strings) -> str:
    """The total as a sentence: it is rounded, and only of those who agreed to be counted."""
    if report.total == FEW:
        return words("figures.total.few", year=report.year)
    return words("figures.total", year=report.year, number=written(report.total, words))


def _begin(*, is_draft: bool) -> str:
    return "draft-" if is_draft else ""


def _chart_name(report: Report, table: str, words: Strings, *, is_draft: bool) -> str:
    return f"{_begin(is_draft=is_draft)}chart-{report.year}-{table}.{words.language}.svg"


def _sections(
    report: Report, words: Strings, texts: Texts, *, is_draft: bool
) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "bars": _bars(name, view, words),
            "overlaps": BY_NAME[name].overlaps,
            "chart": _chart_name(report, name, words, is_draft=is_draft),
            "who": texts[words.language][name],
        }
        for name, view in report.shown.items()
    ]


def _page(report: Report, words: Strings, texts: Texts, *, is_draft: bool) -> str:
    templates = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return templates.get_template("report.html").render(
        t=words,
        year=report.year,
        style=_STYLE,
        draft=is_draft,
        total=_total(report, words),
        total_who=texts[words.language][TOTAL],
        sections=_sections(report, words, texts, is_draft=is_draft),
        not_shown=report.not_shown,
    )


def _charts(report: Report, words: Strings, *, is_draft: bool) -> dict[str, str]:
    notice = words("figures.draft") if is_draft else ""
    return {
        _chart_name(report, name, words, is_draft=is_draft): chart.svg(
            words(f"figures.{name}"), _bars(name, view, words), notice
        )
        for name, view in report.shown.items()
    }


def _json(report: Report) -> str:
    views = report.numbers.views.items()
    tables: dict[str, Value] = {name: dict(view) or None for name, view in views}
    return canon.dumps({"year": report.year, "total": report.total, "tables": tables}) + "\n"


def pages(
    report: Report, strings: Mapping[str, Strings], texts: Texts, *, is_draft: bool = False
) -> dict[str, str]:
    """All files of a report by name, the same for the same report and words.

    `report-YEAR.LANGUAGE.html` and `chart-YEAR-TABLE.LANGUAGE.svg` for each language, one
    `numbers-YEAR.json` (a table that is not shown is `null`) and one style sheet. Of a draft the
    names begin with `draft-`, and there are no numbers for programs.
    """
    files = {_STYLE: (_HERE / _STYLE).read_text("utf-8")}
    if not is_draft:
        files[f"numbers-{report.year}.json"] = _json(report)
    for language, words in strings.items():
        name = f"{_begin(is_draft=is_draft)}report-{report.year}.{language}.html"
        files[name] = _page(report, words, texts, is_draft=is_draft)
        files |= _charts(report, words, is_draft=is_draft)
    return files
