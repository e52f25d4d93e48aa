"""Tests of the languages that the benchmark invents, so that a build of twelve can be measured."""

import re
import shutil
from pathlib import Path

import pytest

from overrides.words import locales
from tests.bench import copied
from tests.site import LANGUAGES, ROOT

PLACES = re.compile(
    r"\[\^[\w-]+\]|\{[^}]*\}|\]\([^)]*\)|^#.*$", re.M
)  # notes, marks, links, headings


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages and strings of the repo, with invented languages up to twelve."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copytree(ROOT / "overrides" / "locale", root / "overrides" / "locale")
    shutil.copy(ROOT / locales.LIST, root)
    copied.add_languages(root, 12)
    return root


def test_there_are_twelve_languages_that_the_site_accepts(twelve: Path) -> None:
    """Each has all strings, and none is word for word another's; scripts run both ways among the invented."""
    loaded = locales.load_all(twelve / "overrides" / "locale", twelve / locales.LIST)
    assert len(loaded) == 12
    assert {loaded[code].direction for code in list(loaded)[len(LANGUAGES) :]} == {"ltr", "rtl"}


def test_every_invented_page_is_unlike_every_other(twelve: Path) -> None:
    """Or a builder that keeps what it rendered would have most of them for nothing."""
    pages = [_text(path) for path in sorted((twelve / "docs").glob("*/*.md"))]
    real = sum(len(list((ROOT / "docs" / language).glob("*.md"))) for language in LANGUAGES)
    every = len(list((ROOT / "docs" / "en").glob("*.md")))
    assert len(pages) == real + (12 - len(LANGUAGES)) * every
    assert len(set(pages)) == len(pages)


def test_no_paragraph_of_an_invented_page_stands_in_another(twelve: Path) -> None:
    """Not only the page: a paragraph, too, might be kept from one page to the next."""
    pages = {path: _lines(path) for path in sorted((twelve / "docs").glob("*/law.md"))}
    for path, lines in pages.items():
        others = set().union(*(found for other, found in pages.items() if other != path))
        assert path.parent.name in LANGUAGES or not lines & others, path


def test_only_words_are_changed(twelve: Path) -> None:
    """Headings, links, notes and marks stay, so that both programs have the same work."""
    for number, code in enumerate(copied.CODES[: 12 - len(LANGUAGES)]):
        for path in sorted((twelve / "docs" / code).glob("*.md")):
            model = twelve / "docs" / LANGUAGES[number % len(LANGUAGES)] / path.name
            english = twelve / "docs" / "en" / path.name
            original = _body(model if model.is_file() else english)
            assert PLACES.findall(_body(path)) == PLACES.findall(original), path


def _text(path: Path) -> str:
    return path.read_text("utf-8")


def _body(path: Path) -> str:
    return _text(path).split("---", 2)[2]


def _lines(path: Path) -> set[str]:
    return {line for line in _body(path).splitlines() if re.match(r"[^\W\d_]", line)}
