"""What a kept site is known by: every change but that of a page's text asks for another one."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from overrides.frame import inputs
from overrides.joining import translated
from tests.site import ROOT
from tests.small_site import Small

Change = Callable[[Path], object]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """With programs, templates and what is installed, of which everything may be changed too."""
    made = Small(tmp_path)
    room = tmp_path / "repo" / "overrides"
    for folder in ("templates", "assets", "press"):
        shutil.copytree(ROOT / "overrides" / folder, room / folder)
    (tmp_path / "repo" / "desk").mkdir()
    (tmp_path / "repo" / "desk" / "verifier.py").write_text("", "utf-8")
    (tmp_path / "repo" / "node_modules").mkdir()
    for name in (
        "package.json",
        "package-lock.json",
        "tsconfig.json",
        "node_modules/.package-lock.json",
    ):
        (tmp_path / "repo" / name).write_text("{}", "utf-8")
    (tmp_path / "site-x.pub").write_text("{}", "utf-8")
    monkeypatch.setattr(inputs, "ROOM", room)
    inputs.programs.cache_clear()
    yield made
    inputs.programs.cache_clear()


def writing(name: str, old: str, new: str) -> Change:
    def write(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new, 1), "utf-8")

    return write


def adding(name: str) -> Change:
    def add(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", "utf-8")

    return add


CHANGES: dict[str, Change] = {
    "title": writing("docs/nl/law.md", "title: law", "title: wet"),
    "summary": writing("docs/en/law.md", "summary: Kort", "summary: Lang"),
    "day": writing("docs/nl/law.md", "last_checked: 2026-11-22", "last_checked: 2026-11-23"),
    "a line more in front matter": writing("docs/nl/law.md", "title: law", "# note\ntitle: law"),
    "no front matter": writing("docs/nl/law.md", "---\n", ""),
    "not UTF-8": lambda root: (root / "docs/nl/law.md").write_bytes(b"---\na: b\n---\n\xff"),
    "new page": lambda root: shutil.copy(root / "docs/nl/law.md", root / "docs/nl/letters.md"),
    "page that went": lambda root: (root / "docs/nl/law.md").unlink(),
    "page that moved": lambda root: (root / "docs/nl/law.md").rename(root / "docs/nl/wet.md"),
    "page in a folder": adding("docs/nl/more/law.md"),
    "page of no language": adding("docs/law.md"),
    "folder of no language": lambda root: (root / "docs/xx").mkdir(),
    "image": adding("docs/nl/image.png"),
    "lock of an editor": lambda root: (root / "docs/nl/.#law.md").symlink_to("nobody"),
    "record": writing("docs/data/sources.yml", "name: ", "name: Nieuwe "),
    "list": writing("docs/data/municipalities.csv", "Groningen", "Groningen2"),
    "string": writing("locale/es.po", 'msgid "Kort"\nmsgstr "', 'msgid "Kort"\nmsgstr "N'),
    "settings": writing("settings.yml", "name: ", "name: Nieuwe "),
    "option": writing("mkdocs.yml", "permalink: false", "permalink: true"),
    "keys": lambda root: (root / "keys.json").write_text((root / "keys.json").read_text() + " "),
    "key that the list is held against": adding("site-y.pub"),
    "template": writing("repo/overrides/templates/main.html", "</main>", "</main> "),
    "style": writing("repo/overrides/assets/site.css", "{", "{ "),
    "script": writing("repo/overrides/assets/leave.mjs", "\n", "\n\n"),
    "program": writing("repo/overrides/press/build.py", '"""', '""" '),
    "program that verifies": adding("repo/desk/verifier.py"),
    "what npm installed": adding("repo/node_modules/.package-lock.json"),
    "how scripts are bundled": adding("repo/tsconfig.json"),
    "test that holds a promise": adding("repo/tests/test_house.py"),
    "what leaves tests out": adding("repo/tests/browser/conftest.py"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_anything_but_a_text_asks_for_another_site(small: Small, what: str) -> None:
    """Whatever could be seen on another page, or stops the build."""
    before = inputs.read(small.job("en"))
    CHANGES[what](small.root)
    inputs.programs.cache_clear()
    assert inputs.read(small.job("en")).around != before.around


def test_another_day_asks_for_another_site(small: Small) -> None:
    """Pages say what is stale on the day that a site counts as."""
    job = small.job("en")
    other = replace(job, reference_date="2026-11-29")
    assert inputs.read(job).around != inputs.read(other).around


def test_another_version_of_anything_installed_asks_for_another_site(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library, of which nothing else is looked at than its name and version."""
    before = inputs.read(small.job("en"))
    (tmp_path / "more" / "markdown-99.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "more")
    inputs.programs.cache_clear()
    assert inputs.read(small.job("en")).around != before.around


def test_a_change_of_a_text_is_told_by_name(small: Small) -> None:
    """And of nothing else; spaces at the end of a text are a change too."""
    before = inputs.read(small.job("en"))
    writing("docs/en/law.md", "`zo`.", "`zo`. ")(small.root)
    now = inputs.read(small.job("en"))
    assert now.around == before.around
    assert {name for name in now.texts if now.texts[name] != before.texts[name]} == {"en/law.md"}
    apart = now.hashes().items() ^ before.hashes().items()
    assert {name for name, _ in apart} == {"en/law.md"}


def test_what_a_translation_says_of_the_dutch_text_is_no_text(small: Small) -> None:
    """A first change of a Dutch text changes the frame of its translation, a second one does not."""
    translated.stamp(small.root / "docs/es/index.md", date(2026, 11, 22))
    befores = [inputs.read(small.job("en")).around]
    for sentence in ("Een zin erbij.", "Nog een."):
        with (small.root / "docs/nl/index.md").open("a", encoding="utf-8") as file:
            file.write(f"\n{sentence}\n")
        befores.append(inputs.read(small.job("en")).around)
    assert befores[0] != befores[1] == befores[2]


def test_where_it_lies_and_when_it_was_written_does_not_matter(small: Small) -> None:
    """A site is known by what stands in its files."""
    before = inputs.read(small.job("en"))
    for path in small.root.rglob("*.md"):
        os.utime(path, (0, 0))
    assert inputs.read(small.job("nl")) == before


@pytest.mark.parametrize("name", ["docs/en/law.md", "docs/data/usual.yml", "repo/overrides/x.py"])
def test_what_is_saved_meanwhile_is_seen(small: Small, name: str) -> None:
    """Nobody knows which of the two a site was made from."""
    job = small.job("en")
    before = inputs.read(job)
    assert inputs.is_as_read(job, before)
    with (small.root / name).open("a", encoding="utf-8") as file:
        file.write("# later\n")
    assert not inputs.is_as_read(job, before)
