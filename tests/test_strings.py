"""Short strings: the same in every language, complete, and all that templates ask for."""

import re
from datetime import date
from pathlib import Path

import polib
import pytest

from overrides.errors import SiteError
from overrides.strings import LANGUAGES, Joined, load, load_all, placeholders
from tests.site import ROOT

LOCALE = ROOT / "overrides" / "locale"
_USED = re.compile(r"\b(?:t|voice)\(\s*'([^']+)'\s*[,)]")

_MARKUP = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.S)


def write(folder: Path, language: str, *entries: tuple[str, str]) -> None:
    """Write a .po file with these ids and texts."""
    file = polib.POFile(encoding="utf-8")
    file.extend(polib.POEntry(msgid=string_id, msgstr=text) for string_id, text in entries)
    file.save(str(folder / f"{language}.po"))


def test_every_language_of_the_menu_has_a_file_and_no_other_file_lies_there() -> None:
    """The list of languages, the files of strings and the folders of pages are one list."""
    assert {path.stem for path in LOCALE.glob("*.po")} == set(LANGUAGES)
    assert {path.name for path in (ROOT / "docs").iterdir()} == {*LANGUAGES, "data"}


def test_every_language_has_the_same_ids_and_placeholders() -> None:
    """Loading all languages compares them; nothing is missing anywhere."""
    loaded = load_all(LOCALE)

    assert tuple(loaded) == LANGUAGES
    first, *others = (set(strings.texts) for strings in loaded.values())
    assert all(other == first for other in others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_sorted_by_id(language: str) -> None:
    """A sorted file merges without quarrels and shows a missing id at a glance."""
    ids = [entry.msgid for entry in polib.pofile(str(LOCALE / f"{language}.po"))]

    assert ids == sorted(ids)


def test_every_id_that_a_template_names_exists() -> None:
    """Each quoted id in a template has a text; ids put together are met when the page is built."""
    known = load(LOCALE / "nl.po").texts
    templates = sorted((ROOT / "overrides" / "templates").glob("*.html"))
    used = {name for path in templates for name in _USED.findall(path.read_text("utf-8"))}

    assert len(used) > 20
    assert used - set(known) == set()


def test_a_template_holds_no_words() -> None:
    """What stands between the tags of a template is punctuation, figures or a name from outside."""
    for path in sorted((ROOT / "overrides" / "templates").glob("*.html")):
        bare = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", path.read_text("utf-8"), flags=re.S
        )
        bare = re.sub(r"""[\w-]+="[^"]*" ?""", " ", bare)  # a macro that makes the inside of a tag
        assert set(re.findall(r"[^\W\d_]{2,}", bare)) <= {"Info"}, path.name


def test_an_id_that_one_language_lacks_stops_the_build(tmp_path: Path) -> None:
    """The message names the language and the id."""
    write(tmp_path, "nl", ("a", "een"), ("b", "twee"))
    write(tmp_path, "en", ("a", "one"))

    with pytest.raises(SiteError, match=r"en\.po lacks the id b"):
        load_all(tmp_path, ("nl", "en"))


def test_an_empty_text_stops_the_build(tmp_path: Path) -> None:
    """A blank in a translation would be a blank on the page."""
    write(tmp_path, "nl", ("a", " "))

    with pytest.raises(SiteError, match="no finished text for a"):
        load(tmp_path / "nl.po")


def test_an_unfinished_translation_stops_the_build(tmp_path: Path) -> None:
    """A text that a translator marked as fuzzy is a guess."""
    (tmp_path / "nl.po").write_text('#, fuzzy\nmsgid "a"\nmsgstr "misschien"\n', encoding="utf-8")

    with pytest.raises(SiteError, match="no finished text for a"):
        load(tmp_path / "nl.po")


def test_an_id_given_twice_stops_the_build(tmp_path: Path) -> None:
    """Of two texts for one id the second would win without a word."""
    write(tmp_path, "nl", ("a", "een"), ("a", "twee"))

    with pytest.raises(SiteError, match="the id a twice"):
        load(tmp_path / "nl.po")


def test_other_placeholders_stop_the_build(tmp_path: Path) -> None:
    """A translation that drops the date would drop it on the page."""
    write(tmp_path, "nl", ("a", "op {date}"))
    write(tmp_path, "en", ("a", "on that day"))

    with pytest.raises(SiteError, match="other placeholders in a"):
        load_all(tmp_path, ("nl", "en"))


def test_asking_for_an_unknown_id_stops_the_build() -> None:
    """A mistyped id never becomes an empty place."""
    with pytest.raises(SiteError, match=r"no\.such\.id is missing in nl\.po"):
        load(LOCALE / "nl.po")("no.such.id")


def test_dates_are_written_in_words() -> None:
    """Each language writes a day with its own month."""
    loaded = load_all(LOCALE)

    assert loaded["nl"].day(date(2026, 3, 1)) == "1 maart 2026"
    assert loaded["en"].day(date(2026, 3, 1)) == "1 March 2026"
    assert loaded["es"].day(date(2026, 3, 1)) == "1 de marzo de 2026"
    assert loaded["ar"].day(date(2026, 3, 1)) == "1 مارس 2026"


def test_each_language_has_its_direction_and_its_own_name() -> None:
    """One of them is written from right to left, so that both directions are always built."""
    loaded = load_all(LOCALE)

    assert {name: t.direction for name, t in loaded.items()} == {
        **dict.fromkeys(LANGUAGES, "ltr"),
        "ar": "rtl",
    }
    assert len({t("language.name") for t in loaded.values()}) == len(LANGUAGES)


def test_joined_strings_say_each_text_once() -> None:
    """On a page in no language both voices speak, and equal words are not repeated."""
    loaded = load_all(LOCALE)
    both = Joined((loaded["nl"], loaded["en"]))

    assert both("crumb.home") == "Begin · Home"
    assert both("menu.open") == "Menu"


def test_placeholders_are_found_by_name() -> None:
    """Only named holes count."""
    assert placeholders("van {a} tot {b}") == {"a", "b"}
