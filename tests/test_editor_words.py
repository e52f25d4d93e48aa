"""What is for whoever keeps the data is on no page: file names, notes to look again, how it was searched."""

import re
from html import unescape
from typing import Any  # plain YAML

import pytest

from tests.quiz import policies
from tests.site import LANGUAGES, STRINGS, Built

# Said to an editor, in the languages that editors write; the page about the data names its files.
WORDS = (
    r"\.yml\b",
    r"seed document",
    r"\bre-?check",
    r"\bcheck (this|it) (first|again first)\b",
    r"\bcheck first\b",
    r"must be (re)?checked",
    r"looked for twice",
    r"(made|left|forms|all) unknown",
    r"stored (text|copy|excerpt|register|note)",
    r"cannot be told which text",
    r"from memory",
    r"\bshow as\b",
    r"kijk (dit|eerst) (eerst )?(zelf |opnieuw )?na\b",
    r"compruéba?lo? (de nuevo|primero)|comprueba primero",
    r"تجب (ال)?مراجعة",
)
_EDITORS = re.compile("|".join(WORDS))  # of words in small letters
_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.S)


def words(html: str) -> str:
    """What a reader sees of a page, with single spaces."""
    return " ".join(unescape(_TAGS.sub(" ", html)).split())


def editors(html: str) -> set[str]:
    """The words of an editor on a page."""
    return {found[0] for found in _EDITORS.finditer(words(html).casefold())}


def _without(html: str, language: str) -> str:
    """A page without what a reader is told of an answer that is weak or old."""
    for name in ("municipality.check.first", "municipality.forms.note.check"):
        html = html.replace(STRINGS[language](name), "")
    return html


def sentences(text: str) -> list[str]:
    """The sentences of a note that are long enough to be told from others."""
    return [one for one in re.split(r"(?<=[.!?]) ", text) if len(one.split()) >= 4]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_says_what_is_for_the_editor(built_site: Built, language: str) -> None:
    """All pages of a language, the made ones too; the pages about the data and about checking may name files."""
    paths = [one for one in built_site.paths if one.startswith(f"/{language}/")]
    said = {
        path: editors(_without(built_site.text(path), language))
        for path in paths
        if not path.endswith(("/data/", "/check/"))
    }
    assert {path: found for path, found in said.items() if found} == {}


def shown(record: dict[str, Any]) -> str:
    """All that a record has for readers."""
    values = [fact["value"] for fact in record["facts"].values()]
    texts = [one["text"] for one in record["conditions"]]
    return " ".join(map(str, [record["notes"], *values, *texts]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_editor_is_on_a_page(built_site: Built, language: str) -> None:
    """What stands in `editor` and nowhere else of a record is on no page of any municipality."""
    every = " ".join(
        words(built_site.text(path)) for path in built_site.paths if f"/{language}/m/" in path
    )
    looked = 0
    for record in policies().values():
        for one in sentences(record["editor"]):
            if one not in shown(record):
                looked += 1
                assert one not in every, (record["cbs_code"], one)
    assert looked > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_from_data_says_compiled_and_not_checked(built_site: Built, language: str) -> None:
    """Nobody checked a municipality's page on a day; the facts were put together on one."""
    t = STRINGS[language]
    compiled, checked = (
        t(name, date="@").split("@")[0] for name in ("footer.compiled", "footer.last_checked")
    )
    for path in built_site.paths:
        if path.startswith((f"/{language}/m/", f"/{language}/places/", f"/{language}/home-work/")):
            foot = built_site.text(path).partition("<footer>")[2]
            assert compiled in foot, path
            assert checked not in foot, path
