"""Tests of the copy that the benchmark builds: the site with its first languages and nothing of the others."""

import shutil
from pathlib import Path

from overrides.words import locales
from tests.bench import copied
from tests.site import LANGUAGES, ROOT


def test_the_first_languages_stay_and_nothing_of_the_others(tmp_path: Path) -> None:
    """A build of four can be measured beside one of all: lists, pages and texts are of the same four."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copytree(ROOT / "overrides" / "locale", tmp_path / "overrides" / "locale")
    shutil.copy(ROOT / locales.LIST, tmp_path)
    copied.keep_languages(tmp_path, 4)

    kept = list(LANGUAGES)[:4]
    assert (
        list(locales.load_all(tmp_path / "overrides" / "locale", tmp_path / locales.LIST)) == kept
    )
    assert {path.name for path in (tmp_path / "docs").iterdir()} == {*kept, "data"}
    texts = [path for path in (tmp_path / "overrides" / "locale").rglob("*.*") if path.is_file()]
    assert {path.stem for path in texts} == set(kept)
