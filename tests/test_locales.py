"""The one list of languages: what each must have, and one sentence for each thing that is missing."""

import re
from pathlib import Path

import pytest
import yaml
from mkdocs.config import load_config

from overrides.frame import edition
from overrides.words.errors import SiteError
from overrides.words.locales import LIST, load_all
from tests.site import CONFIG, LANGUAGES, ROOT, STRINGS
from tests.test_strings import write

LOCALE = ROOT / "overrides" / "locale"


def listed(folder: Path, directions: dict[str, str]) -> None:
    """Write a list of languages with these directions."""
    entries = [
        {"locale": code, "name": f"In {code}", "extra": {"direction": direction}}
        for code, direction in directions.items()
    ]
    wrote(folder, yaml.safe_dump(entries, default_flow_style=True))


def wrote(folder: Path, entries: str) -> None:
    """Write a configuration with this list of languages, as YAML."""
    text = f"site_name: pages\nplugins:\n- i18n:\n    languages: {entries}\n"
    (folder / LIST).write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three languages with two strings each."""
    listed(tmp_path, {"nl": "ltr", "en": "ltr", "ar": "rtl"})
    write(tmp_path, "nl", ("a", "op {date}"), ("b", "twee"))
    write(tmp_path, "en", ("a", "on {date}"), ("b", "two"))
    write(tmp_path, "ar", ("a", "{date} يوم"), ("b", "اثنان"))
    return tmp_path


def refused(folder: Path) -> list[str]:
    """What the languages of a folder are refused for."""
    with pytest.raises(SiteError) as stopped:
        load_all(folder, folder / LIST)
    assert all(one.hint for one in stopped.value.every)
    return [str(one) for one in stopped.value.every]


def test_every_language_has_the_same_ids_and_a_name_of_its_own() -> None:
    """Loading all languages compares them; both directions are always built."""
    first, *others = (set(strings.texts) for strings in STRINGS.values())

    assert all(other == first for other in others)
    assert {t.direction for t in STRINGS.values()} == {"ltr", "rtl"}
    assert len({t.name for t in STRINGS.values()}) == len(LANGUAGES)


def test_no_other_file_and_no_other_folder_lies_beside_them() -> None:
    """The list, the files of strings and the folders of pages are one list."""
    assert {path.stem for path in LOCALE.glob("*.po")} == set(LANGUAGES)
    assert {path.name for path in (ROOT / "docs").iterdir()} == {*LANGUAGES, "data"}


def test_the_list_gives_order_and_direction(folder: Path) -> None:
    """Menus follow it; right to left stands there and nowhere else."""
    found = load_all(folder, folder / LIST)

    assert [(code, t.name, t.direction) for code, t in found.items()] == [
        ("nl", "In nl", "ltr"),
        ("en", "In en", "ltr"),
        ("ar", "In ar", "rtl"),
    ]


NL = "locale: nl, name: Nederlands"
WAY = "extra: {direction: ltr}"


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ("", "has no list of languages"),
        ("[]", "has no list of languages"),
        ("[nl]", "gives nl no name"),
        ("[{locale: no, name: Norsk}]", "has the language false"),
        ("[{locale: dutch, name: Nederlands}]", "has the language dutch"),
        (f"[{{locale: nl, {WAY}}}]", "gives nl no name"),
        (f"[{{{NL}}}]", "gives nl no direction"),
        (f"[{{{NL}, extra: {{direction: left}}}}]", "gives nl no direction"),
        (f"[{{{NL}, {WAY}, build: false}}]", "gives nl build, which this site does not know"),
        (f"[{{{NL}, {WAY}}}, {{{NL}, {WAY}}}]", "has the language nl or its name twice"),
        (
            f"[{{{NL}, {WAY}}}, {{locale: en, name: Nederlands, {WAY}}}]",
            "has the language en or its name twice",
        ),
    ],
)
def test_a_list_that_is_none_is_refused(folder: Path, entries: str, said: str) -> None:
    """What YAML makes of `no`, a language without a name or a direction, one that stands there twice."""
    wrote(folder, entries)

    assert refused(folder) == [f"{LIST} {said}"]


def test_a_configuration_without_the_plugin_has_no_languages(folder: Path) -> None:
    """The list is that of mkdocs-static-i18n and of nothing else."""
    (folder / LIST).write_text("site_name: pages\nplugins: [search]\n", "utf-8")

    assert refused(folder) == [f"{LIST} has no list of languages"]


def test_the_plugin_reads_the_same_list() -> None:
    """Codes, names and directions are those that MkDocs itself finds in its configuration."""
    plugin = load_config(str(CONFIG)).plugins["i18n"].config

    found = {one.locale: (one.name, one.extra["direction"]) for one in plugin.languages}
    assert found == {code: (t.name, t.direction) for code, t in STRINGS.items()}
    assert plugin.docs_structure == "folder"


def test_a_file_of_no_language_and_a_language_without_a_file_are_both_named(folder: Path) -> None:
    """A new file in silence would be a language that nobody sees."""
    (folder / "ar.po").rename(folder / "pl.po")

    assert refused(folder) == ["pl.po is of no language in mkdocs.yml", "there is no ar.po"]


def test_folders_of_pages_are_held_to_the_list(tmp_path: Path) -> None:
    """One sentence for each page that a language cannot do without, and for a folder too many."""
    for name in ("nl/index.md", "nl/write.md", "nl/answer.md", "en/write.md", "pl/index.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "data").mkdir()

    with pytest.raises(SiteError) as stopped:
        edition.refuse_folders(tmp_path, ("nl", "en"))

    assert [str(one) for one in stopped.value.every] == [
        "docs/pl is a folder of no language in mkdocs.yml",
        "mkdocs.yml names en, and there is no docs/en/index.md",
        "mkdocs.yml names en, and there is no docs/en/answer.md",
    ]


def test_a_line_that_is_advised_leaves_the_direction_to_a_person(folder: Path) -> None:
    """A code does not say which way its script runs: the line as it is copied is refused until somebody does."""
    advised = re.search(r"add - (.*) there", _hint_of_a_file_too_many(folder))
    assert advised
    wrote(folder, f"[{advised[1].replace('...', 'Polski')}]")

    assert refused(folder) == [f"{LIST} gives pl no direction"]


def _hint_of_a_file_too_many(folder: Path) -> str:
    (folder / "pl.po").touch()
    with pytest.raises(SiteError) as stopped:
        load_all(folder, folder / LIST)
    return "\n".join(one.hint or "" for one in stopped.value.every)


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_the_file_that_drops_a_placeholder_is_blamed(folder: Path, language: str) -> None:
    """Whichever it is: the others agree, and it differs from them."""
    write(folder, language, ("a", "op die dag"), ("b", f"{language} 2"))

    assert refused(folder) == [f"{language}.po has no placeholder in a, the others {{date}}"]


def test_where_two_files_differ_both_are_named(folder: Path) -> None:
    """Nobody can tell which of two is right."""
    listed(folder, {"nl": "ltr", "en": "ltr"})
    (folder / "ar.po").unlink()
    write(folder, "nl", ("a", "op {dat}"), ("b", "twee"))

    assert refused(folder) == [
        "nl.po has {dat} in a, and not all have the same",
        "en.po has {date} in a, and not all have the same",
    ]


def test_ids_that_one_file_lacks_or_has_alone_are_blamed_on_it(folder: Path) -> None:
    """The first file of the list is no more right than the others."""
    write(folder, "nl", ("a", "op {date}"), ("c", "drie"))

    assert refused(folder) == [
        "nl.po has the id c, which most files have not",
        "nl.po lacks the id b",
    ]


def test_many_missing_ids_are_counted(folder: Path) -> None:
    """A new file begins empty; five hundred sentences would hide the one that matters."""
    ids = [f"id.{number}" for number in range(9)]
    write(folder, "nl", *((one, f"nl {one}") for one in ids))
    write(folder, "en", *((one, f"en {one}") for one in ids))

    assert "ar.po lacks 9 ids, the first is id.0" in refused(folder)


def test_a_copy_that_nobody_translated_is_refused(folder: Path) -> None:
    """Word for word another language: a reader would meet English under her own language's name."""
    texts = [(f"id.{number}", f"text {number}") for number in range(40)]
    write(folder, "nl", *((one, f"nl {text}") for one, text in texts))
    write(folder, "en", *texts)
    write(folder, "ar", *texts[:30], *((one, f"ar {text}") for one, text in texts[30:]))

    assert refused(folder) == ["30 texts of ar.po are word for word those of en.po"]
