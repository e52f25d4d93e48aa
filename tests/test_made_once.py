"""What a build makes once though many pages show it, and how a change of it is still seen."""

import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from overrides.facts import data, once, policy, records
from overrides.frame import edition, frame, menu
from overrides.frame.edition import Job
from overrides.hooks.render import MkDocs
from overrides.pages import blocks, fields, names
from overrides.press import checks, workers
from overrides.words import locales, yaml_file
from overrides.words.errors import SiteError
from tests.own_records import own
from tests.site import ROOT, SETTINGS, STRINGS, key_list, put_practice_key
from tests.small_site import Small

DATA = ROOT / "docs" / "data"
Patch = pytest.MonkeyPatch


def counted(patch: Patch, module: Any, name: str) -> list[object]:
    """Every first argument with which a function is called from now on."""
    calls: list[object] = []
    real: Callable[..., object] = getattr(module, name)

    def call(*arguments: object) -> object:
        calls.append(arguments[0])
        return real(*arguments)

    patch.setattr(module, name, call)
    return calls


def test_a_record_is_checked_again_when_its_file_changed(tmp_path: Path) -> None:
    """By its text alone: neither the age of the file nor its name says that it is the same."""
    path = Path(shutil.copy(DATA / "policy.yml", tmp_path))
    first, text = policy.load(path), path.read_text("utf-8")
    assert policy.load(path) is first
    code, name = next((code, one.name) for code, one in first.items())
    path.write_text(text.replace(f'name: "{name}"', "name: Elders", 1), "utf-8")
    assert policy.load(path)[code].name == "Elders"
    path.write_text(text.replace("confidence: ", "confidence: no ", 1), "utf-8")
    for _ in range(2):
        with pytest.raises(SiteError, match="confidence"):
            policy.load(path)
    path.write_text(text, "utf-8")
    assert policy.load(path) == first


def test_no_process_checks_a_record_that_another_of_the_build_has_checked(
    monkeypatch: Patch,
) -> None:
    """What one hands over is taken as it is, whatever a page asks for."""
    data.load(DATA)
    fields.load(DATA)
    handed = pickle.dumps(once.known())
    for found in once.known().values():
        found.clear()
    records.parsed.cache_clear()
    once.take_over(pickle.loads(handed))
    read = [counted(monkeypatch, *one) for one in ((yaml_file, "parse"), (data, "_check_row"))]
    asked = "{coverage} {directory:first} {bills} {fields}"
    assert "{" not in blocks.fill(asked, DATA, STRINGS["en"], practice=True)
    assert read == [[], []]


def test_of_what_was_read_before_its_file_changed_little_is_held() -> None:
    """A preview runs for days."""

    def upper(letter: str) -> str:
        return letter.upper()

    made = once.by_text(upper, most=3)
    assert [made(letter) for letter in "abcda"] == list("ABCDA")
    kept = once.known()[f"{__name__}.{upper.__qualname__}"]
    assert [*kept] == [("c",), ("d",), ("a",)]


def test_names_are_put_in_order_once_for_all_languages() -> None:
    """And anew for other facts, even where they hold the same."""
    facts = replace(own())
    assert names.by_letter(facts) is names.by_letter(facts)
    fewer = replace(facts, municipalities=dict(list(facts.municipalities.items())[:1]))
    assert names.by_letter(fewer) != names.by_letter(facts)


def _job(root: Path) -> Job:
    (root / "keys.json").write_text(key_list(), "utf-8")
    put_practice_key(root)
    docs = str(ROOT / "docs")
    return Job("en", str(SETTINGS), str(root / "keys.json"), docs, None)


def test_strings_are_held_against_each_other_once(tmp_path: Path, monkeypatch: Patch) -> None:
    """Every language with every other: what was checked is what the pages speak with."""
    asked = counted(monkeypatch, locales, "load_all")
    checked = checks.check(_job(tmp_path))
    assert len(asked) == 1
    assert checked.edition.strings.keys() == STRINGS.keys()


def test_pages_are_looked_for_once_for_all_languages(tmp_path: Path) -> None:
    """A page that somebody adds during a build is in all of it or in none."""
    site = edition.load(_job(tmp_path))
    for language in site.strings:
        assert frame.speaking(site, language).written is site.written


def test_the_menu_of_a_language_is_made_once(tmp_path: Path) -> None:
    """Every page shows the same one, with the titles of all."""
    small, out, told = Small(tmp_path), tmp_path / "out", tmp_path / "told"
    root = small.root
    files = [str(root / name) for name in ("settings.yml", "keys.json", "docs")]
    job = Job("en", *files, None, str(root / "locale"), str(root / "mkdocs.yml"))

    def build() -> None:
        with pytest.MonkeyPatch.context() as patch:
            made = counted(patch, menu, "whole")
            mkdocs = MkDocs(root / "mkdocs.yml", root / "docs")
            mkdocs.language(edition.load(job), out, small.shelf)
            told.write_text(str(len(made)), "ascii")

    workers.each([("en", partial(build))])
    assert told.read_text("ascii") == "1"
    small.write("docs/en/law.md", "title: law", "title: Anders")
    shutil.rmtree(out)
    workers.each([("en", partial(build))])
    assert "Anders</a>" in next(out.rglob("law/index.html")).read_text("utf-8")
