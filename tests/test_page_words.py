"""The words of the desk: loaded from all its files, the same in every language, and none in a template."""

import re
from pathlib import Path

import polib
import pytest

from desk.cases.refusals import REFUSALS
from desk.errors import DeskError
from desk.intake.added import FIELDS
from desk.letters import answers, templates
from desk.page.problem import KNOWN
from desk.page.screen import MENU
from desk.page.words import TEMPLATES, words
from desk.strings import LANGUAGES, LISTS, LOCALE, Strings, placeholders
from desk.work.actions import ACTIONS

AREAS = sorted(path.stem for path in (LOCALE / LANGUAGES[0]).glob("*.po"))
_USED = re.compile(r"\bt\('([^']+)'\s*[,)]")
_MARKS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.S)

_ATTRIBUTE = re.compile(r"""[\w-]+="[^"]*" ?""")  # of a macro that makes the inside of a tag


def write(folder: Path, name: str, *entries: tuple[str, str]) -> None:
    """Write `<language>/<area>.po` with these ids and texts."""
    path = folder / f"{name}.po"
    path.parent.mkdir(exist_ok=True)
    file = polib.POFile(encoding="utf-8")
    file.extend(polib.POEntry(msgid=string_id, msgstr=text) for string_id, text in entries)
    file.save(str(path))


def test_every_area_has_a_file_in_every_language() -> None:
    """No area is in one language only."""
    for language in LANGUAGES:
        assert sorted(path.stem for path in (LOCALE / language).glob("*.po")) == AREAS
    assert sorted(path.name for path in LOCALE.iterdir()) == sorted(LANGUAGES)


def test_every_language_has_the_same_ids_and_holes() -> None:
    """A translation that drops a number would drop it on the screen."""
    first, *others = (Strings(language) for language in LANGUAGES)
    assert len(first.texts) > 500
    for other in others:
        assert other.texts.keys() == first.texts.keys()
        for name, text in first.texts.items():
            assert placeholders(text) == placeholders(other.texts[name]), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_files_are_sorted_by_id(language: str, area: str) -> None:
    """A sorted file merges without quarrels and shows a missing id at a glance."""
    ids = [entry.msgid for entry in polib.pofile(str(LOCALE / language / f"{area}.po"))]
    assert ids == sorted(ids)


def test_every_id_that_a_template_names_exists() -> None:
    """Each quoted id in a template has a text; ids put together are met when a page is made."""
    known = Strings("nl").texts
    used = {n for path in TEMPLATES.glob("*.html") for n in _USED.findall(path.read_text("utf-8"))}
    assert len(used) > 80
    assert used - set(known) == set()


def test_every_action_field_choice_and_refusal_has_words() -> None:
    """What the tables hold can be shown in every language."""
    known = Strings("nl")
    fields = [field for action in ACTIONS for field in action.fields] + list(FIELDS)
    wanted = {f"action.{action.name}" for action in ACTIONS}
    wanted |= {f"field.{field.name}" for field in fields}
    chosen = [field for field in fields if field.name != "rule"]
    wanted |= {f"choice.{LISTS.get(f.name, f.name)}.{c}" for f in chosen for c in f.choices}
    wanted |= {f"refusal.{reason}{end}" for reason in REFUSALS for end in ("", ".hint")}
    wanted |= {f"answers.{answer}" for answer in answers.IDS}
    wanted |= {f"letter.{one}{end}" for one in templates.TEMPLATES for end in ("", ".about")}
    wanted |= {f"page.nav.{name}" for name, _, _ in MENU}
    wanted |= {f"page.error.{name}" for name in KNOWN.values()}
    assert sorted(name for name in wanted if not known.has(name)) == []


@pytest.mark.parametrize("begin", KNOWN)
def test_an_error_that_the_screen_knows_is_still_written_like_that(begin: str) -> None:
    """Who changes the words of an error changes them here too, or Dutch screens turn English."""
    rooms = ("store", "cases", "page")
    code = [path for room in rooms for path in sorted((LOCALE.parent / room).glob("*.py"))]
    written = re.compile(r'\(\s*f?"' + re.escape(begin))
    assert any(
        written.search(path.read_text("utf-8")) for path in (*code, LOCALE.parent / "open.py")
    )


def test_a_template_holds_no_words() -> None:
    """What stands between the tags of a template is punctuation, a key, or an attribute in a macro."""
    for path in sorted(TEMPLATES.glob("*.html")):
        bare = _ATTRIBUTE.sub(" ", _MARKS.sub(" ", path.read_text("utf-8")))
        assert set(re.findall(r"[^\W\d_]{2,}", bare)) <= {"autofocus"}, path.name


def test_templates_mark_nothing_as_safe_and_hold_no_script() -> None:
    """Everything is escaped, and no template carries code or style of its own."""
    for path in sorted(TEMPLATES.glob("*.html")):
        text = path.read_text("utf-8")
        for forbidden in ("|safe", "| safe", "autoescape", "<script", "<style", "style=", " on"):
            assert not re.search(
                re.escape(forbidden) + ("\\w+=" if forbidden == " on" else ""), text
            )
        assert len(text.splitlines()) <= 80, path.name


def test_a_value_that_is_missing_is_an_error_and_never_a_blank() -> None:
    """A template that asks for what it was not given stops the page."""
    with pytest.raises(Exception, match="undefined"):
        words().render("text.html", "nl", {})


def test_an_unknown_id_is_an_error() -> None:
    """A mistyped id never becomes an empty place."""
    with pytest.raises(DeskError, match=r"no nl words for no\.such\.id"):
        Strings("nl")("no.such.id")


def test_an_unknown_language_is_an_error() -> None:
    """There is no falling back to another language."""
    with pytest.raises(DeskError, match="no such language"):
        Strings("xx")


def test_braces_in_a_value_mean_nothing(tmp_path: Path) -> None:
    """What a person typed is filled in as it is."""
    write(tmp_path, "nl/a", ("a", "van {wie}"))
    assert Strings("nl", tmp_path)("a", wie="{wie} {0}") == "van {wie} {0}"
    assert Strings("nl", tmp_path).has("a")
    assert not Strings("nl", tmp_path).has("b")


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ((("a", "een"), ("a", "twee")), "has the id a twice"),
        ((("a", " "),), "no finished text for a"),
    ],
)
def test_a_file_that_is_not_finished_is_refused(
    tmp_path: Path, entries: tuple[tuple[str, str], ...], message: str
) -> None:
    """A blank in a translation would be a blank on the screen."""
    write(tmp_path, "nl/one", *entries)
    with pytest.raises(DeskError, match=message):
        Strings("nl", tmp_path)


def test_an_unfinished_translation_is_refused(tmp_path: Path) -> None:
    """A text that a translator marked as fuzzy is a guess."""
    (tmp_path / "nl").mkdir()
    text = '#, fuzzy\nmsgid "a"\nmsgstr "misschien"\n'
    (tmp_path / "nl" / "one.po").write_text(text, encoding="utf-8")
    with pytest.raises(DeskError, match="no finished text for a"):
        Strings("nl", tmp_path)


def test_an_id_of_two_areas_is_refused(tmp_path: Path) -> None:
    """Of two texts for one id the second would win without a word."""
    write(tmp_path, "nl/one", ("a", "een"))
    write(tmp_path, "nl/two", ("a", "twee"))
    with pytest.raises(DeskError, match=r"nl/two\.po repeats the id a"):
        Strings("nl", tmp_path)
