"""Converted Markdown that is kept: whatever an editor changes, a build with it is a build without it."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overrides.frame import inputs
from overrides.hooks import kept
from tests.small_site import SOURCE, Small

SOAK = os.environ.get("BALIE_SOAK") == "1"
Change = Callable[["Small"], None]


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
                'msgid "Kort"\nmsgstr "',
                'msgid "Kort"\nmsgstr "N',
            ),
            replacing(PO.format("es"), 'in de tekst"\nmsgstr "', 'in de tekst"\nmsgstr "N'),
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


def test_what_a_part_made_from_data_is_linked_by_is_missed_when_it_goes(small: Small) -> None:
    """The page with the part is kept, and so is the page that leads there; the data is not."""
    adding("law", "{bills}")(small)
    adding("door", "[a](law.md#law-wrs)")(small)
    assert isinstance(small.built("en", small.shelf), dict)
    small.write("docs/data/legislation.yml", "id: wrs\n", "id: wrs-new\n")

    assert "#law-wrs" in str(small.built("en", small.shelf))


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
    monkeypatch.setattr(inputs, "programs", lambda: "others")
    monkeypatch.setattr(inputs, "is_same_program", lambda: True)
    small.demand_same()

    assert len(list(small.shelf.iterdir())) == 2 * before


def test_what_is_refused_is_not_kept(small: Small) -> None:
    """Else the second build would let it in."""
    adding("door", '<img src="x">')(small)
    before = {path.name for path in small.shelf.iterdir()}

    for _ in range(2):
        assert "holds the tag <img>" in str(small.built("en", small.shelf))
    assert {path.name for path in small.shelf.iterdir()} == before


@pytest.mark.parametrize("level", [logging.DEBUG, logging.ERROR])
@pytest.mark.parametrize("words", ["[a](law.md#twee)", "[a](gone.md)"])
def test_how_much_mkdocs_is_to_say_changes_nothing_of_what_is_refused(
    small: Small, words: str, level: int
) -> None:
    """`mkdocs serve --verbose` and `--quiet` render in their own process, and the next build takes what they kept."""
    adding("door", words)(small)
    before = {path.name for path in small.shelf.iterdir()}
    log = logging.getLogger("mkdocs")
    log.setLevel(level)
    try:
        said = small.built("en", small.shelf)
    finally:
        log.setLevel(logging.NOTSET)

    assert "door.md" in str(said)
    assert said == small.built("en", small.shelf)
    assert {path.name for path in small.shelf.iterdir()} == before


def test_pages_that_nobody_asked_for_longest_go(tmp_path: Path) -> None:
    """The folder does not grow without end."""
    for number in range(5):
        (tmp_path / str(number)).write_text("x", "utf-8")
        os.utime(tmp_path / str(number), (number, number))
    kept.tidy(tmp_path, most=2)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["3", "4"]
