"""What `make translations` prints and draws: what is missing, behind or unchecked in each language."""

import re
import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import polib
import pytest

from overrides.facts.front_matter import Facts, parse, read
from overrides.joining import progress, translated
from overrides.joining.picture import svg
from overrides.joining.progress import Part, Progress
from overrides.press import lists
from tests.site import CONFIG, LANGUAGES, ROOT

LOCALE = ROOT / "overrides" / "locale"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Docs and strings, of which a test may change everything."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copytree(LOCALE, tmp_path / "locale")
    return tmp_path


def spanish(root: Path) -> dict[str, Part]:
    """How far Spanish is in a copy."""
    pages: list[tuple[str, str, Facts]] = [
        ("es", path.name, parse(path.name, read(path)))
        for path in sorted((root / "docs" / "es").glob("*.md"))
    ]
    found = progress.of_all(root / "docs", root / "locale", CONFIG, pages)
    (one,) = [one for one in found if one.language == "es"]
    return {part.kind: part for part in one.parts}


def test_each_language_that_is_translated_into_has_a_line() -> None:
    """In menu order; Dutch and English are what is translated from."""
    pages = [("es", "door.md", Facts("T", "D"))]
    found = progress.of_all(ROOT / "docs", LOCALE, CONFIG, pages)

    assert [one.language for one in found] == list(LANGUAGES[2:])
    assert [part.kind for part in found[0].parts] == [
        "pages",
        "strings",
        "sounds",
        "facts",
        "terms",
    ]


def test_what_is_missing_behind_or_unchecked_is_told_by_name(copied: Path) -> None:
    """Pages, strings, sounds and terms."""
    before = spanish(copied)
    (copied / "docs/es/help.md").unlink()
    with (copied / "docs/nl/door.md").open("a", encoding="utf-8") as file:
        file.write("\nEen zin erbij.\n")
    file = polib.pofile(str(copied / "locale/nl.po"), wrapwidth=0)
    changed = file[0]
    changed.msgid = "Iets anders."
    file.save()
    sounds = polib.pofile(str(copied / "locale/sounds/es.po"), wrapwidth=0)
    lost = sounds.pop()
    sounds.save()
    now = spanish(copied)

    assert before["pages"].missing == before["pages"].behind == ()
    assert (now["pages"].missing, now["pages"].behind) == (("help.md",), ("door.md",))
    assert now["strings"].behind == (changed.msgctxt,)
    assert now["sounds"].missing == (lost.msgid,)
    assert sum(now["pages"].counts.values()) == now["pages"].total


def test_a_page_that_is_read_again_and_checked_is_done(copied: Path) -> None:
    """Both are needed: a checker of an older text has not seen this one."""
    page = copied / "docs/es/door.md"
    translated.stamp(page, date(2026, 11, 22))
    line = "native_checker: una traductora, 2026-11-22"
    page.write_text(page.read_text("utf-8").replace("\n---\n", f"\n{line}\n---\n", 1), "utf-8")

    assert spanish(copied)["pages"].counts["done"] == 1
    with (copied / "docs/nl/door.md").open("a", encoding="utf-8") as file:
        file.write("\nEen zin erbij.\n")
    assert spanish(copied)["pages"].counts["done"] == 0


def test_a_new_dutch_string_is_missing_until_somebody_translates_it(copied: Path) -> None:
    """No build takes it before; the list that a translator works from counts it."""
    with (copied / "locale/nl.po").open("a", encoding="utf-8") as file:
        file.write('\nmsgctxt "zz.new"\nmsgid "Nieuw."\nmsgstr ""\n')
    assert spanish(copied)["strings"].missing == ("zz.new",)

    with (copied / "locale/es.po").open("a", encoding="utf-8") as file:
        file.write('\nmsgctxt "zz.new"\nmsgid "Nieuw."\nmsgstr ""\n')
    part = spanish(copied)["strings"]
    assert part.missing == ("zz.new",)
    assert sum(part.counts.values()) == part.total


def test_files_of_texts_are_unchecked_until_their_header_says_who_did(copied: Path) -> None:
    """Each of the three by itself; a picture that shows them as done would end the work."""
    kinds = ("strings", "sounds", "facts")
    before = spanish(copied)
    assert [before[kind].counts["unchecked"] for kind in kinds] == [before[k].total for k in kinds]

    path = copied / "locale/sounds/es.po"
    line = 'msgstr ""\n"X-Native-Checker: una traductora, 2026-11-22\\n"\n'
    path.write_text(path.read_text("utf-8").replace('msgstr ""\n', line, 1), "utf-8")
    after = spanish(copied)
    assert [after[kind].counts["done"] for kind in kinds] == [0, after["sounds"].total, 0]


def test_many_names_are_counted() -> None:
    """Six hundred ids would hide the one that matters."""
    part = Part("strings", 9, missing=tuple(f"id.{at}" for at in range(7)))
    assert list(progress.lines([Progress("es", (part,))])) == [
        "es:",
        "  2 of 9 strings: 7 missing",
        "    missing: id.0, id.1, id.2, id.3, id.4 and 2 more",
    ]


def test_the_picture_has_the_same_numbers(tmp_path: Path) -> None:
    """A bar for each part, as wide as its share; the same bytes each time, and no font or link of others."""
    part = Part("pages", 4, ("a",), ("b",), ("b", "c"))
    drawn = svg([Progress("es", (part,)), Progress("ar", (Part("pages", 0),))])
    root = ElementTree.fromstring(drawn)

    assert drawn == svg([Progress("es", (part,)), Progress("ar", (Part("pages", 0),))])
    titles = [one.text for one in root.iter("{http://www.w3.org/2000/svg}title")]
    assert titles == ["pages: 1 done, 1 unchecked, 1 behind, 1 missing", "pages: "]
    assert re.findall(r'width="30" height="12"', drawn) == ['width="30" height="12"'] * 4
    assert set(re.findall(r"https?://\S+?[\"']", drawn)) == {'http://www.w3.org/2000/svg"'}
    assert svg([]).startswith("<svg")


def test_the_list_is_printed_and_drawn(tmp_path: Path) -> None:
    """It is a list and stops nothing."""
    picture = tmp_path / "var" / "one.svg"
    said = list(lists.translations(picture))

    assert {f"{language}:" for language in LANGUAGES[2:]} <= set(said)
    assert said[-1] == f"as a picture: {picture}"
    ElementTree.fromstring(picture.read_text("utf-8"))
