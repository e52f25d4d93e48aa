"""Cases as rows for another program (desk/letters/exports.py, weeks.py)."""

import csv
import io
import json
import os
import re
import stat
import sys
from pathlib import Path

import pytest

from desk import terminal
from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.letters import exports
from desk.letters.weeks import week
from tests import letter_samples as samples
from tests.letter_samples import STORY, TODAY

FORMULAS = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/C calc'!A0", '=HYPERLINK("http://x.example","y")'),
    *("\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u3000=1", '"=1', "'=1", "''=1", "“=1", "’=1"),
    *("＝1", "＋1", "－1", "＠x", "﹣1", "−1", "⁼1", " ＝1", '"＋1', '=DDE("a";"b")', "+-+-=1"),
    *("a;=1", "a,=1", "a\t=1", "a\n=1", "a\n\n @x", 'a; "=1', "a|=1", "=", "@", "«=1", "`=1"),
)
HARMLESS = ("", "abc", "a=b", "a-b", "x + y", "e@mail", "1-1", "van 3 - 4", "(=)", "é=", "a.-1")


def read(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def looks_like_a_formula(cell: str) -> bool:
    """What a spreadsheet sees once it has cut away blanks and quotes."""
    bare = cell.lstrip(' \t\r\n\u00a0\u3000"“”«»`´')
    return bare.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹣", "−", "⁼"))


@pytest.mark.parametrize("payload", FORMULAS)
def test_no_cell_begins_a_formula(payload: str) -> None:
    """However it hides its beginning: blanks, quotes, other scripts, a separator within the cell."""
    safe = exports.cell(payload)
    assert safe != payload
    for piece in re.split(r"[;,\t\n|]", safe):
        assert not looks_like_a_formula(piece)
    assert safe.replace("'", "") == terminal.clean(payload).replace("'", "")


@pytest.mark.parametrize("value", HARMLESS)
def test_a_harmless_cell_stays_as_it_is(value: str) -> None:
    """Signs within a word begin nothing."""
    assert exports.cell(value) == value


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("=1", "'=1"),
        ("  =1", "  '=1"),
        ("a;=1;-2", "a;'=1;'-2"),
        ("x\n- y", "x\n'- y"),
        ("==", "'=="),
    ],
)
def test_the_apostrophe_stands_before_the_sign(payload: str, expected: str) -> None:
    """Once for each beginning, nowhere else."""
    assert exports.cell(payload) == expected


def table(*stories: str) -> list[exports.Row]:
    return [{**dict.fromkeys(exports.COLUMNS, ""), exports.STORY: story} for story in stories]


def test_every_code_point_survives_as_one_cell() -> None:
    """All 1,114,112: what is read back is the clean text, behind at most one apostrophe."""
    points = "".join(map(chr, range(sys.maxunicode + 1)))
    stories = [f"x{points[start : start + 8_192]}" for start in range(0, len(points), 8_192)]
    rows = read(exports.csv_text(table(*stories)))
    assert [row[-1] for row in rows[1:]] == [exports.cell(story) for story in stories]
    for story, row in zip(stories, rows[1:], strict=True):
        assert row[-1].replace("'", "") == terminal.clean(story).replace("'", "")


def test_every_code_point_alone_is_harmless() -> None:
    """All 1,114,112, each on a line of its own: only signs that begin formulas are changed."""
    points = [chr(point) for point in range(sys.maxunicode + 1) if chr(point) not in "\n\t ;,|"]
    lines = exports.cell("\n".join(points)).split("\n")
    marked = [point for point, line in zip(points, lines, strict=True) if line == f"'{point}"]
    assert sorted(marked) == sorted("=+-@＝＋－＠﹢﹣﹦﹫⁺⁻⁼₊₋₌−")


@pytest.mark.parametrize("payload", [*FORMULAS, 'a","b', 'a"\r\n"b', "a\r\nb,c", '""', "a;b"])
def test_a_cell_never_becomes_two(payload: str) -> None:
    """RFC 4180: every cell quoted, quotes doubled, lines end in CR LF; nothing breaks out."""
    text = exports.csv_text(table(payload, "x"))
    rows = read(text)
    assert [len(row) for row in rows] == [len(exports.COLUMNS) + 1] * 3
    assert rows[1][-1] == exports.cell(payload)
    assert text.endswith('"x"\r\n')


def test_a_program_that_expects_semicolons_meets_no_formula() -> None:
    """Spreadsheets in Dutch cut at semicolons, through our quotes if they must."""
    for payload in FORMULAS:
        for row in read(exports.csv_text(table(payload)), ";"):
            assert not any(cell.startswith(tuple("=+-@")) for cell in row)


def test_json_reads_back_and_holds_nothing_hidden() -> None:
    """The same values, with every hidden character escaped."""
    stories = ["\x1b[2J\u202e\u200b", "\ud7ff\u2028", '"}]', "你好", "=1+1"]
    text = exports.json_text(table(*stories))
    assert [row["story"] for row in json.loads(text)] == stories
    assert terminal.clean(text) == text
    assert json.loads(exports.json_text([])) == []


def test_rows_hold_no_story_no_name_and_no_day(book: Casebook) -> None:
    """Columns are a closed list; days are weeks."""
    told = {
        "address_as": "Brechtje",
        "contact": "bel 0612345678",
        "municipality": "Oss",
        "topics": ["check"],
    }
    case = samples.add(book, **told, role="self", wish="act")
    done = {"outcomes": ["listened", "advice"]}
    book.add(
        [samples.event(case.subject, "triaged", {"about_name": "Zonnehof", "about": "operator"})]
    )
    book.add([samples.event(case.subject, "outcome", done)])
    book.add([samples.event(case.subject, "closed", {"without": "no_channel", "text": ""})])
    (row,) = exports.rows([case])
    assert tuple(row) == exports.COLUMNS
    assert dict(row) == {
        **{"case": case.pseudonym, "kind": "complaint", "received_week": "2026-W48"},
        **{
            "closed_week": "2026-W48",
            "reported_back_week": "",
            "channel": "form",
            "language": "nl",
        },
        **{"role": "self", "wish": "act", "topics": "check", "about": "operator"},
        **{"municipality": "Oss", "urgency": "not_sorted", "status": "closed"},
        **{"outcomes": "listened advice", "practice": "yes", "canary": "no"},
    }
    case.canary = True
    assert exports.row(case)["canary"] == "yes"


def test_stories_come_only_when_they_are_asked_for(book: Casebook) -> None:
    """One column more; a bundle has none of its own."""
    case, bundle = samples.add(book), samples.add_bundle(book, 1)
    rows = exports.rows_with_stories(book, [case, bundle])
    assert [row[exports.STORY] for row in rows] == [STORY, ""]
    assert exports.STORY not in exports.csv_text(exports.rows([case]))
    assert read(exports.csv_text(rows))[0] == [*exports.COLUMNS, exports.STORY]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_file_has_our_name_and_is_only_ours(tmp_path: Path, form: exports.Form) -> None:
    """Mode 0600 under any umask, its name from the day, and never over another file."""
    before = os.umask(0)
    try:
        path = exports.write(tmp_path, table("=1\u202e"), form, today=TODAY)
    finally:
        os.umask(before)
    assert path == tmp_path / f"cases-2026-11-23.{form}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    wanted = exports.csv_text if form == "csv" else exports.json_text
    # By its mark Excel knows that a table is UTF-8; JSON has none.
    mark = b"\xef\xbb\xbf" if form == "csv" else b""
    assert path.read_bytes() == mark + wanted(table("=1\u202e")).encode("utf-8")
    with pytest.raises(DeskError, match=path.name):
        exports.write(tmp_path, [], form, today=TODAY)
    assert path.read_bytes() == mark + wanted(table("=1\u202e")).encode("utf-8")


def test_a_link_is_not_followed_and_a_missing_folder_is_told(tmp_path: Path) -> None:
    """Not even one that leads nowhere."""
    (tmp_path / "cases-2026-11-23.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DeskError):
        exports.write(tmp_path, [], "csv", today=TODAY)
    with pytest.raises(DeskError, match=r"cases-2026-11-23\.json"):
        exports.write(tmp_path / "none", [], "json", today=TODAY)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-11-23", "2026-W48"), ("2027-01-01", "2026-W53"), ("2026-01-05", "2026-W02"), ("", "")],
)
def test_a_day_becomes_its_week(day: str, expected: str) -> None:
    """By ISO 8601, whose year can differ from that of the day."""
    assert week(day) == expected
