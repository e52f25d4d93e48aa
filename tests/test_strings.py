"""Short strings of one language: complete, finished, with placeholders that can be filled."""

import re
from datetime import date
from pathlib import Path

import polib
import pytest

import desk.strings
from desk.errors import DeskError
from overrides.words.catalogue import ORIGINAL, placeholders
from overrides.words.errors import SiteError
from overrides.words.strings import Joined, Strings, load
from tests.site import LANGUAGES, ROOT, STRINGS

LOCALE = ROOT / "overrides" / "locale"
_USED = re.compile(r"\b(?:t|voice)\(\s*'([^']+)'\s*[,)]")


def write(folder: Path, language: str, *entries: tuple[str, str]) -> None:
    """Write a .po file with these ids and texts, the Dutch one as the original."""
    file = polib.POFile(encoding="utf-8")
    for string_id, text in entries:
        dutch, own = (text, "") if language == ORIGINAL else (f"Zin {string_id}", text)
        file.append(polib.POEntry(msgctxt=string_id, msgid=dutch, msgstr=own))
    file.save(str(folder / f"{language}.po"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_sorted_by_id(language: str) -> None:
    """A sorted file merges without quarrels and shows a missing id at a glance."""
    ids = [entry.msgctxt for entry in polib.pofile(str(LOCALE / f"{language}.po"))]

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


def test_an_empty_text_stops_the_build(tmp_path: Path) -> None:
    """A blank in a translation would be a blank on the page."""
    write(tmp_path, "nl", ("a", " "))

    with pytest.raises(SiteError, match="no finished text for a"):
        load(tmp_path / "nl.po")


def test_an_unfinished_translation_stops_the_build(tmp_path: Path) -> None:
    """A text that a translator or a program marked as fuzzy is a guess."""
    text = '#, fuzzy\nmsgctxt "a"\nmsgid "x"\nmsgstr "quizá"\n'
    (tmp_path / "es.po").write_text(text, encoding="utf-8")

    with pytest.raises(SiteError, match="no finished text for a"):
        load(tmp_path / "es.po")


def test_a_text_without_an_id_is_named_with_its_line(tmp_path: Path) -> None:
    """Once: where one has none, none may have."""
    header = 'msgid ""\nmsgstr "Language: es\\n"\n\n'
    text = f'{header}msgid "x"\nmsgstr "y"\n\nmsgid "z"\nmsgstr "y"\n'
    (tmp_path / "es.po").write_text(text, "utf-8")

    with pytest.raises(SiteError, match=r"^es\.po, line 4: a text has no id$") as refused:
        load(tmp_path / "es.po")
    assert len(refused.value.every) == 1


def test_the_original_has_one_text(tmp_path: Path) -> None:
    """It stands behind msgid; another behind msgstr would be read by nobody."""
    (tmp_path / "nl.po").write_text('msgctxt "a"\nmsgid "een"\nmsgstr "twee"\n', "utf-8")

    with pytest.raises(SiteError, match=r"nl\.po has two texts for a"):
        load(tmp_path / "nl.po")


def test_an_id_given_twice_stops_the_build(tmp_path: Path) -> None:
    """Of two texts for one id the second would win without a word."""
    write(tmp_path, "nl", ("a", "een"), ("a", "twee"))

    with pytest.raises(SiteError, match="the id a twice"):
        load(tmp_path / "nl.po")


def test_asking_for_an_unknown_id_stops_the_build() -> None:
    """A mistyped id never becomes an empty place."""
    with pytest.raises(SiteError, match=r"no\.such\.id is missing in nl\.po"):
        load(LOCALE / "nl.po")("no.such.id")


def test_dates_are_written_in_words() -> None:
    """Each language writes a day with its own month."""
    loaded = STRINGS

    assert loaded["nl"].day(date(2026, 3, 1)) == "1 maart 2026"
    assert loaded["en"].day(date(2026, 3, 1)) == "1 March 2026"
    assert loaded["es"].day(date(2026, 3, 1)) == "1 de marzo de 2026"
    assert loaded["ar"].day(date(2026, 3, 1)) == "1 مارس 2026"


def test_joined_strings_say_each_text_once() -> None:
    """On a page in no language both voices speak, and equal words are not repeated."""
    loaded = STRINGS
    both = Joined((loaded["nl"], loaded["en"]))

    assert both("crumb.home") == "Begin · Home"
    assert both("menu.open") == "Menu"


def test_placeholders_are_found_by_name() -> None:
    """Only named holes count."""
    assert placeholders("van {a} tot {b}") == {"a", "b"}


@pytest.mark.parametrize("text", ["{", "}", "{}", "{0}", "{a b}", "{a!r}", "{a:9}", "{a.b}"])
def test_a_brace_that_is_no_placeholder_stops_the_build(tmp_path: Path, text: str) -> None:
    """The message names the file and the id; a reader would see a brace, or the build fall over."""
    write(tmp_path, "nl", ("a", f"op {text} dag"))

    with pytest.raises(SiteError, match=r"nl\.po has a brace that is no placeholder in a$"):
        load(tmp_path / "nl.po")


def test_a_sign_of_html_stops_the_build(tmp_path: Path) -> None:
    """Strings go into pages made from data as they are."""
    write(tmp_path, "nl", ("a", "<b>een</b>"))

    with pytest.raises(SiteError, match=r"nl\.po has a sign of HTML in a"):
        load(tmp_path / "nl.po")


def test_an_entry_kept_behind_a_mark_counts_as_not_there(tmp_path: Path) -> None:
    """Editors keep deleted strings behind #~; a string given anew beside it is the only one."""
    kept = "".join(f'\n#~ msgctxt "{one}"\n#~ msgid "{one}"\n#~ msgstr "viejo"\n' for one in "ab")
    (tmp_path / "es.po").write_text(f'msgctxt "a"\nmsgid "een"\nmsgstr "uno"\n{kept}', "utf-8")

    assert load(tmp_path / "es.po").texts == {"a": "uno"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "a"\nmsgstr "een "groot" huis"\n', 2),
        ('msgid "a"\nmsgstr "een\n', 2),
        ('msgid "a"\nmsgstr een\n', 2),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "x"\n', 3),
        ('#note\nmsgid "a"\nmsgstr "x"\n', 1),
        ('# note\n#,fuzzy\nmsgid "a"\nmsgstr "x"\n', 2),
        ('#.note\nmsgid "a"\nmsgstr "x"\n', 1),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, text: str, line: int
) -> None:
    """A quote within a text, a quote that is missing, a text that was forgotten, a note without a space."""
    (tmp_path / "nl.po").write_text(text, "utf-8")

    with pytest.raises(SiteError, match=rf"^nl\.po, line {line}: cannot be read$") as refused:
        load(tmp_path / "nl.po")
    assert r"\"" in refused.value.hint
    assert "a space behind #" in refused.value.hint


def test_the_desk_says_the_same_of_a_note_without_a_space(tmp_path: Path) -> None:
    """Its words are read by a reader of their own, which imports nothing of the site."""
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "a.po").write_text('# note\n#note\nmsgid "a"\nmsgstr "x"\n', "utf-8")

    with pytest.raises(DeskError, match=r"^nl/a\.po, line 2: cannot be read$") as refused:
        desk.strings.Strings("nl", tmp_path)
    assert "a space behind #" in refused.value.hint


def test_a_note_is_read_as_editors_write_it(tmp_path: Path) -> None:
    """With every sign that may stand behind #, alone on its line, and doubled."""
    notes = '# a\n#. b\n#: c:1\n#, python-format\n#| msgid "old"\n#\n## d\n#\te\n'
    text = f'{notes}msgctxt "a"\nmsgid "x"\nmsgstr "y"\n'
    (tmp_path / "es.po").write_text(text, "utf-8")

    assert load(tmp_path / "es.po").texts == {"a": "y"}


def test_a_placeholder_that_nothing_fills_is_named() -> None:
    """Every file may agree on it, and be wrong."""
    with pytest.raises(SiteError, match=r"nothing fills {dat} in a of nl\.po"):
        Strings("nl", {"a": "op {dat}"})("a", date="x")
