"""Finished pages that are kept: whatever is changed, a build with them is a build without them."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from overrides.facts import data
from overrides.facts.place_names import PlaceNames
from overrides.frame import edition, inputs
from overrides.hooks.render import MkDocs
from overrides.press import build, finished, languages, whole, workers
from overrides.press.checks import Checked
from overrides.press.finished import Part
from overrides.press.languages import Sent
from overrides.press.order import Order
from overrides.words.errors import SiteError
from tests.small_site import LANGUAGES, Small


def order(small: Small, kept: Path | None) -> Order:
    root = small.root
    docs, config = root / "docs", root / "mkdocs.yml"
    settings, keys, out = root / "settings.yml", root / "keys.json", root / "whole"
    return Order(settings, keys, out, docs, locale=root / "locale", config=config, kept=kept)


def built(small: Small, kept: Path | None) -> dict[str, bytes]:
    """All pages by path."""
    out = small.root / "whole"
    shutil.rmtree(out, ignore_errors=True)
    workers.each([("all", partial(_build, order(small, kept), out))])
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.html")}


def _build(given: Order, out: Path) -> None:
    """As the press does, without checks, scripts and headers, and with five municipalities."""
    read = inputs.files(given.docs, given.config)
    site = edition.load(given.job("en"))
    facts = data.load(given.docs / "data")
    few = dict(list(facts.municipalities.items())[:5])
    facts = replace(facts, municipalities=few, mergers={}, names=PlaceNames())
    whole.from_data(given, Checked(site, facts, ()), read, out / "data")
    sent = Sent(site, out / "written", given.shelf(out), given.finished())
    workers.each(languages.tasks(MkDocs(given.config, given.docs), given.config, read, sent))


def around(given: Order) -> str:
    site = edition.load(given.job("en"))
    return inputs.around(site, inputs.files(given.docs, given.config))


def parts(small: Small) -> set[str]:
    return {path.name for path in (small.shelf / "finished").iterdir()}


def program(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has another one looked at in place of ours."""
    (root / "room").mkdir()
    (root / "room" / "program.py").write_text("", "utf-8")
    monkeypatch.setattr(inputs, "ROOM", root / "room")
    inputs.programs.cache_clear()


# What is changed, and how many of the six parts are made anew for it: a language has two.
SEEN_IN_SOME = [
    ("docs/nl/law.md", "`zo`.", "`zo`.\n\nMeer woorden.", 1),
    ("docs/en/law.md", "`zo`.", "`zo`.\n\nMore words.", 2),  # Spanish shows it too
    ("docs/en/law.md", "title: law", "title: Law of the land", 4),  # in every menu
    ("docs/nl/law.md", "last_checked: 2026-11-22", "last_checked: 2026-11-23", 3),
]
SEEN_IN_ALL = [
    ("locale/es.po", 'msgid "summary.title"\nmsgstr "', 'msgid "summary.title"\nmsgstr "N'),
    ("settings.yml", "name: ", "name: Nieuwe "),
    ("docs/data/sources.yml", "name: ", "name: Nieuwe "),
    ("docs/data/usual.yml", "", "# read again\n"),
    ("mkdocs.yml", "permalink: false", "permalink: true"),
    ("keys.json", "", " "),
]


def test_whatever_is_changed_all_pages_are_as_if_nothing_were_kept(tmp_path: Path) -> None:
    """And no more is made anew than what the change can be seen in."""
    small = Small(tmp_path)
    assert built(small, small.shelf) == built(small, None)
    for name, old, new, anew in SEEN_IN_SOME:
        before = parts(small)
        small.write(name, old, new)
        assert built(small, small.shelf) == built(small, None), name
        assert len(parts(small) - before) == anew, name


def test_what_may_be_seen_on_every_page_asks_for_other_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Strings, settings, facts, options, keys, the name of a page, and a template."""
    small, found = Small(tmp_path), set[str]()
    program(tmp_path, monkeypatch)
    shutil.copytree(edition.ROOM / "templates", tmp_path / "room" / "templates")
    changes: list[Callable[[], object]] = [
        *(partial(small.write, *change) for change in SEEN_IN_ALL),
        lambda: small.write("room/templates/main.html", "</main>", "</main> "),
        lambda: shutil.copy(tmp_path / "docs/nl/law.md", tmp_path / "docs/nl/letters.md"),
    ]
    given = order(small, None)
    for change in [lambda: None, *changes]:
        change()
        found.add(around(given))
    inputs.programs.cache_clear()

    assert len(found) == 1 + len(changes)


def test_where_nothing_is_changed_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every part is taken; another program takes none of them."""
    small = Small(tmp_path)
    pages, kept = built(small, small.shelf), parts(small)
    assert len(kept) == 2 * len(LANGUAGES)
    with monkeypatch.context() as patch:
        patch.setattr(MkDocs, "language", None)
        assert built(small, small.shelf) == pages

    program(tmp_path, monkeypatch)
    assert built(small, small.shelf) == pages
    assert len(parts(small)) == 4 * len(LANGUAGES)
    inputs.programs.cache_clear()


@pytest.mark.parametrize(
    ("name", "words", "left"),
    [
        ("docs/en/law.md", "\n\nLater.\n", 4),
        ("docs/data/usual.yml", "# later\n", 3),
        ("mkdocs.yml", "# later\n", 3),
        ("room/program.py", "# later\n", 3),
    ],
)
def test_what_is_changed_while_it_is_built_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str, left: int
) -> None:
    """Nobody knows which of the two was read: an editor saves while the press is at work."""
    small, really = Small(tmp_path), MkDocs.language
    program(tmp_path, monkeypatch)

    def saving(mkdocs: MkDocs, *given: Any) -> None:
        really(mkdocs, *given)
        half = tmp_path / str(os.getpid())
        half.write_text((tmp_path / name).read_text("utf-8") + words, "utf-8")
        half.replace(tmp_path / name)

    with monkeypatch.context() as patch:
        patch.setattr(MkDocs, "language", saving)
        built(small, small.shelf)
    assert (
        len(parts(small)) == left
    )  # pages made from data, and Dutch where it shows no English text
    assert built(small, small.shelf) == built(small, None)
    inputs.programs.cache_clear()


def test_what_a_stopped_build_took_away_is_not_missed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder is cleared while a language is still written there."""
    small, really = Small(tmp_path), MkDocs.language

    def cleared(mkdocs: MkDocs, site: edition.Edition, out: Path, *given: Any) -> None:
        really(mkdocs, site, out, *given)
        (out / "law" / "index.html").unlink()

    with monkeypatch.context() as patch:
        patch.setattr(MkDocs, "language", cleared)
        built(small, small.shelf)
    assert built(small, small.shelf) == built(small, None)


def test_a_page_in_a_folder_of_its_own_is_refused_as_without_what_is_kept(tmp_path: Path) -> None:
    """It stands in no menu, so that nobody would find it."""
    small = Small(tmp_path)
    built(small, small.shelf)
    (tmp_path / "docs" / "nl" / "more").mkdir()
    shutil.copy(tmp_path / "docs/nl/law.md", tmp_path / "docs/nl/more/law.md")
    for kept in (None, small.shelf):
        with pytest.raises(SiteError, match=r"nl/more/law\.md"):
            built(small, kept)


def test_what_cannot_be_read_is_refused_by_who_needs_it(tmp_path: Path) -> None:
    """No mkdocs.yml, the lock of an editor, a folder with a dot in its name: the checks say what is wrong."""
    small = Small(tmp_path)
    docs, config = tmp_path / "docs", tmp_path / "mkdocs.yml"
    changes: list[Callable[[], object]] = [
        lambda: (docs / "data" / ".#usual.yml").symlink_to("nobody"),
        lambda: (docs / "data" / "old.d").mkdir(),
        config.unlink,
    ]
    found = {inputs.files(docs, config)}
    for change in changes:
        change()
        found.add(inputs.files(docs, config))
    assert len(found) == 1 + len(changes)
    with pytest.raises(SiteError, match=r"there is no mkdocs\.yml"):
        build.build(order(small, small.shelf))


def cut(page: Path) -> None:
    page.write_bytes(page.read_bytes()[:-1])


def meddle(page: Path) -> None:
    """As long as before."""
    page.write_bytes(page.read_bytes().replace(b"a", b"b"))


def list_nothing(page: Path) -> None:
    (page.parents[1] / "files.json").write_text("", "utf-8")


def list_null(page: Path) -> None:
    (page.parents[1] / "files.json").write_text("null", "utf-8")


def list_no_file(page: Path) -> None:
    (page.parents[1] / "files.json").write_text("{}", "utf-8")


SPOILED = [cut, meddle, Path.unlink, list_nothing, list_null, list_no_file]


@pytest.mark.parametrize("spoil", SPOILED)
@pytest.mark.parametrize("put", [os.link, shutil.copyfile])
def test_a_part_that_is_not_whole_is_not_taken(
    tmp_path: Path, put: finished.Put, spoil: Callable[[Path], None]
) -> None:
    """Nothing of it is left where it was to be laid."""
    part, out = Part(tmp_path / "kept" / "name", put), tmp_path / "out"
    for page in ("a", "b"):
        (tmp_path / "made" / page).mkdir(parents=True)
        (tmp_path / "made" / page / "index.html").write_text("aaa", "utf-8")
    part.store(tmp_path / "made", ["a/index.html", "b/index.html"])
    assert part.lay(out)
    assert sorted(path.read_text("utf-8") for path in out.rglob("*.html")) == ["aaa", "aaa"]

    shutil.rmtree(out)
    spoil(tmp_path / "kept" / "name" / "b" / "index.html")
    assert not part.lay(out)
    assert not out.exists()


def test_a_page_changed_in_the_site_is_not_taken_by_the_next_build(tmp_path: Path) -> None:
    """Where a page of the site is one more name of what is kept."""
    part, made = Part(tmp_path / "kept" / "name", os.link), tmp_path / "made"
    (made / "a").mkdir(parents=True)
    (made / "a" / "index.html").write_text("as built", "utf-8")
    part.store(made, ["a/index.html"])
    (made / "a" / "index.html").write_text("by hand.", "utf-8")

    assert not part.lay(tmp_path / "out")


def test_a_page_that_not_everybody_may_read_is_not_taken(tmp_path: Path) -> None:
    """Shut by hand, or made by a program that shuts what it makes: a name more has the same mode."""
    part, made = Part(tmp_path / "kept" / "name", os.link), tmp_path / "made"
    made.mkdir()
    (made / "index.html").write_text("x", "utf-8")
    part.store(made, ["index.html"])
    (made / "index.html").chmod(0o600)
    assert not part.lay(tmp_path / "out")

    before = os.umask(0o077)
    try:
        assert part.lay(tmp_path / "out")
    finally:
        os.umask(before)


def test_a_disk_without_second_names_keeps_nothing(tmp_path: Path) -> None:
    """As on a stick; the next build makes its pages."""

    def refuse(source: str, target: str) -> None:
        raise OSError("not here")

    part = Part(tmp_path / "kept" / "name", refuse)
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "index.html").write_text("x", "utf-8")
    part.store(tmp_path / "made", ["index.html"])

    assert not part.lay(tmp_path / "out")
    assert list((tmp_path / "kept").iterdir()) == []


def test_parts_that_nobody_asked_for_longest_go(tmp_path: Path) -> None:
    """The folder does not grow without end."""
    for number in range(5):
        (tmp_path / str(number)).mkdir()
        os.utime(tmp_path / str(number), (number, number))
    finished.tidy(tmp_path, most=2)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["3", "4"]


def test_it_is_asked_once_whether_a_file_changed_meanwhile(tmp_path: Path) -> None:
    """When the pages of all languages are made, and before any of them is kept."""
    small, told = Small(tmp_path), tmp_path / "told"
    given, real, asked = order(small, small.shelf), whole._is_as_read, list[set[str]]()

    def ask(*arguments: Any) -> bool:
        asked.append({path.name for path in (small.root / "whole" / "data").iterdir()})
        return real(*arguments)

    def build() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(whole, "_is_as_read", ask)
            _build(given, small.root / "whole")
        told.write_text(repr([sorted(one) for one in asked]), "utf-8")

    workers.each([("all", build)])
    assert told.read_text("utf-8") == repr([sorted(LANGUAGES)])
    assert len(parts(small)) == 2 * len(LANGUAGES)  # written pages, and those made from data
