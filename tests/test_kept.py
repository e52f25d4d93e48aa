"""Converted Markdown that is kept: whatever an editor changes, a build with it is a build without it."""

import os
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overrides.frame import edition
from overrides.frame.edition import Job
from overrides.hooks import kept
from overrides.hooks.render import MkDocs
from overrides.press import workers
from overrides.words.errors import SiteError
from tests.site import ROOT, SETTINGS, key_list

SOAK = os.environ.get("BALIE_SOAK") == "1"
LANGUAGES = ("nl", "en", "es")  # the last has one page of its own and falls back for the others
FRONT = "---\ntitle: {0}\ndescription: Over {0}\nsummary: Kort over {0}.\n{1}---\n\n"
DATES = "last_checked: 2026-11-22\ncheck_again: 2027-05-22\nlegal_reviewer: null\n"
SOURCE = re.findall(r"(?m)^([\w-]+):$", (ROOT / "docs/data/sources.yml").read_text("utf-8"))[0]
BODY = "## Een {{: #een }}\n\n{{{{ desk_name }}}}.[^{0}] [verder]({1}.md#een) en `zo`.\n"
Change = Callable[["Small"], None]


class Small:
    """A site of three pages in three languages, of which everything may be changed."""

    def __init__(self, root: Path) -> None:
        self.root, self.shelf = root, root / "shelf"
        shutil.copytree(ROOT / "docs" / "data", root / "docs" / "data")
        (root / "locale").mkdir()
        (root / "keys.json").write_text(key_list(), "utf-8")
        shutil.copy(SETTINGS, root / "settings.yml")
        for language in LANGUAGES:
            shutil.copy(ROOT / f"overrides/locale/{language}.po", root / "locale")
            (root / "docs" / language).mkdir()
            for page, other in (("index", "door"), ("door", "law"), ("law", "index")):
                if language != "es" or page == "index":
                    text = FRONT.format(page, DATES) + BODY.format(SOURCE, other)
                    (root / "docs" / language / f"{page}.md").write_text(text, "utf-8")
        text = (ROOT / "mkdocs.yml").read_text("utf-8")
        text = re.sub(r"(?m)^  - (?!index|door\.|law).*\.md\n", "", text)
        (root / "mkdocs.yml").write_text(re.sub(r"(?m)^ +- \{locale: ar.*\n", "", text), "utf-8")

    def built(self, language: str, shelf: Path) -> dict[str, bytes] | str:
        """The pages of a language by name, or what is refused."""
        out = self.root / "out"
        shutil.rmtree(out, ignore_errors=True)
        try:
            workers.each([(language, partial(self._build, language, shelf, out))])
        except SiteError as error:
            return str(error)
        return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.html")}

    def _build(self, language: str, shelf: Path, out: Path) -> None:
        root = self.root
        files = [str(root / name) for name in ("settings.yml", "keys.json", "docs")]
        job = Job(language, *files, None, str(root / "locale"), str(root / "mkdocs.yml"))
        MkDocs(root / "mkdocs.yml", root / "docs").language(edition.load(job), out, shelf)

    def demand_same(self) -> None:
        """Each language with what is kept, and with nothing."""
        for language in ("en", "es"):
            with_it = self.built(language, self.shelf)
            shutil.rmtree(self.root / "none", ignore_errors=True)
            assert with_it == self.built(language, self.root / "none")

    def write(self, name: str, old: str, new: str) -> None:
        """Replace the first place that holds `old`, if there is one."""
        path = self.root / name
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """Built once, so that all of it is kept."""
    made = Small(tmp_path)
    for language in ("en", "es"):
        assert isinstance(made.built(language, made.shelf), dict)
    return made


def adding(page: str, words: str) -> Change:
    return lambda site: site.write(f"docs/en/{page}.md", "`zo`.", f"`zo`.\n\n{words}")


def replacing(name: str, old: str, new: str) -> Change:
    return lambda site: site.write(name, old, new)


def spoiling(at: int, how: str) -> Change:
    """Something is wrong with one of the kept pages."""

    def spoil(site: Small) -> None:
        found = sorted(path for path in site.shelf.iterdir())
        one, other = found[at % len(found)], found[(at + 1) % len(found)]
        octets = one.read_bytes()
        if how == "cut":
            one.write_bytes(octets[: len(octets) // 2])
        elif how == "empty":
            one.write_bytes(b"")
        elif how == "meddled":
            one.write_bytes(octets.replace(b"zo", b"no"))
        else:
            one.write_bytes(other.read_bytes())

    return spoil


WORDS = [
    "plain words",
    "## Twee {: #een }",
    "*x* **y** | z",
    "[a](law.md)",
    "[a](law.md#twee)",
    "[a](gone.md)",
]
WORDS += [
    "{{ organisation }}",
    "{{ nobody }}",
    f"x[^{SOURCE}]",
    "x[^gone]",
    "<b onclick=x>",
    "{bills}",
    "- a\n- b",
]
PO = "locale/{}.po"
CHANGES = st.one_of(
    st.builds(adding, st.sampled_from(["index", "door", "law"]), st.sampled_from(WORDS)),
    st.builds(spoiling, st.integers(0, 9), st.sampled_from(["cut", "empty", "meddled", "other"])),
    st.sampled_from(
        [
            replacing("docs/en/law.md", "{: #een }", "{: #drie }"),
            replacing("docs/en/law.md", "{: #drie }", "{: #een }"),
            replacing("docs/en/door.md", "title: door", "title: deur"),
            replacing("docs/en/door.md", "summary: Kort", "summary: Lang"),
            replacing("docs/en/door.md", "title: door\n", ""),
            replacing("docs/data/sources.yml", "name: ", "name: Nieuwe "),
            replacing("settings.yml", "name: ", "name: Nieuwe "),
            replacing(
                PO.format("en"),
                'msgid "summary.title"\nmsgstr "',
                'msgid "summary.title"\nmsgstr "N',
            ),
            replacing(
                PO.format("es"), 'msgid "sources.back"\nmsgstr "', 'msgid "sources.back"\nmsgstr "N'
            ),
            replacing("mkdocs.yml", "permalink: false", "permalink: true"),
            replacing("mkdocs.yml", "use_align_attribute: true", "use_align_attribute: false"),
        ]
    ),
)


@given(changes=st.lists(CHANGES, min_size=1, max_size=4))
@settings(
    max_examples=300 if SOAK else 4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_changed_a_build_is_as_if_nothing_were_kept(
    tmp_path_factory: pytest.TempPathFactory, changes: list[Change]
) -> None:
    """Words, links, anchors, sources, names, strings, options, and kept pages that are broken."""
    site = Small(tmp_path_factory.mktemp("small"))
    assert isinstance(site.built("en", site.shelf), dict)
    for change in changes:
        change(site)
        site.demand_same()


def test_a_page_is_converted_once_and_for_every_language_that_shows_it(small: Small) -> None:
    """Four pages: two of English alone, and one of each for Spanish and English first pages."""
    before = {path.name: path.stat().st_ino for path in small.shelf.iterdir()}
    small.demand_same()

    assert len(before) == 4
    assert {path.name: path.stat().st_ino for path in small.shelf.iterdir()} == before


def test_an_anchor_that_went_is_missed_by_the_page_that_was_kept(small: Small) -> None:
    """The page that leads there is unchanged."""
    small.write("docs/en/law.md", "{: #een }", "{: #drie }")

    said = small.built("en", small.shelf)
    assert isinstance(said, str)
    assert "door.md" in said
    assert "#een" in said


@pytest.mark.parametrize("how", ["cut", "empty", "meddled", "other"])
def test_a_kept_page_that_is_not_whole_is_made_anew(small: Small, how: str) -> None:
    """Broken, meddled with, or another page under its name: the same pages, and then it is whole again."""
    whole = {path.name: path.read_bytes() for path in small.shelf.iterdir()}
    for at in range(len(whole)):
        spoiling(at, how)(small)
    small.demand_same()

    assert {path.name: path.read_bytes() for path in small.shelf.iterdir()} == whole


def test_another_program_takes_nothing_that_is_kept(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library of another version, or a line of ours that is another."""
    before = len(list(small.shelf.iterdir()))
    monkeypatch.setattr(kept, "programs", lambda: "others")
    small.demand_same()

    assert len(list(small.shelf.iterdir())) == 2 * before


def test_what_is_refused_is_not_kept(small: Small) -> None:
    """Else the second build would let it in."""
    adding("door", '<img src="x">')(small)
    before = {path.name for path in small.shelf.iterdir()}

    for _ in range(2):
        assert "holds the tag <img>" in str(small.built("en", small.shelf))
    assert {path.name for path in small.shelf.iterdir()} == before


def test_pages_that_nobody_asked_for_longest_go(tmp_path: Path) -> None:
    """The folder does not grow without end."""
    for number in range(5):
        (tmp_path / str(number)).write_text("x", "utf-8")
        os.utime(tmp_path / str(number), (number, number))
    kept.tidy(tmp_path, most=2)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["3", "4"]
