"""Which translations a site shows, by the setting `translations`; both ways are built."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest

from overrides.frame import translation
from overrides.frame.translation import CHECKED, NEED, Choice, pages_of_need, refuse_need, spoken
from overrides.joining import translated
from overrides.words.errors import SiteError
from tests.site import CONFIG, LANGUAGES, ROOT, STRINGS, Built, Page, build_site, settings_text
from tests.small_site import Small

DAY = date(2026, 11, 22)
CHECKER = f"una traductora, {DAY}"


def check(page: Path) -> None:
    """Have a native speaker check a page."""
    text = re.sub(r"(?m)^native_checker: .*\n", "", page.read_text("utf-8"))
    page.write_text(text.replace("\n---\n", f"\nnative_checker: {CHECKER}\n---\n", 1), "utf-8")


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site that shows nothing unchecked; of Spanish the strings were checked, and two pages."""
    root = tmp_path_factory.mktemp("checked")
    docs, locale = root / "docs", root / "locale"
    shutil.copytree(ROOT / "docs", docs)
    shutil.copytree(ROOT / "overrides" / "locale", locale)
    for path in locale.rglob("es.po"):
        header = f'msgstr ""\n"X-Native-Checker: {CHECKER}\\n"\n'
        path.write_text(path.read_text("utf-8").replace('msgstr ""\n', header, 1), "utf-8")
    for name in ("index", "door"):
        check(docs / "es" / f"{name}.md")
    return build_site(root, settings_text(translations=CHECKED), docs=docs, locale=locale)


def page(built: Built, path: str) -> Page:
    """One page of a site."""
    return Page(path, built.text(path))


def test_a_language_whose_strings_nobody_checked_is_not_there(checked: Built) -> None:
    """Neither its folder, nor in a menu, nor in what is said to search engines."""
    gone = set(LANGUAGES) - {"nl", "en", "es"}
    assert gone
    assert not [path for path in checked.files if path.partition("/")[0] in gone]
    assert not [
        name
        for name in checked.files
        if re.search(r"sitemap-(\S+)\.xml", name) and name[8:-4] in gone
    ]
    for path in ("/", "/nl/", "/es/door/", "/es/m/urk/"):
        found = page(checked, path).elements
        assert not {e.attributes.get("hreflang") for e in found} & gone, path
        assert not {e.attributes.get("lang") for e in found} & gone, path


def test_a_checked_page_is_shown_and_says_nothing(checked: Built) -> None:
    """Nor does a page made from data, nor a form, whose words are those of the strings."""
    for name in ("", "door/", "write/", "answer/", "m/urk/", "places/", "search/"):
        found = page(checked, f"/es/{name}")
        said = STRINGS["es"]("translation.unchecked")
        assert not found.all("div", lang="en", dir="ltr"), name
        assert not [e for e in found.all("p", class_="note") if e.text.startswith(said)], name


def test_an_unchecked_page_is_the_english_one(checked: Built) -> None:
    """It says so in her language, and nothing of its own text is anywhere."""
    found = page(checked, "/es/door-id/")
    own = re.search(r"(?m)^## (.*?) \{", (ROOT / "docs/es/door-id.md").read_text("utf-8"))
    assert own

    shown = STRINGS["es"]("translation.in.en")
    notes = [e.text for e in found.all("p", class_="note")]
    assert STRINGS["es"]("translation.fallback", shown=shown) in notes
    assert found.all("div", lang="en", dir="ltr")
    assert own[1] not in found.html
    assert not [e for e in found.all("link", rel="alternate") if e.attributes["hreflang"] == "es"]


def test_no_link_of_such_a_site_leads_nowhere(checked: Built) -> None:
    """What is left out is led to by nothing."""
    there = set(checked.paths)
    for path in ("/", "/nl/", "/en/help/", "/es/", "/es/door/", "/es/help/", "/es/cards/"):
        for link in page(checked, path).all("a"):
            to = urljoin(path, link.attributes["href"]).partition("#")[0]
            if to.startswith("/") and to.endswith("/"):
                assert to in there, (path, to)


def test_what_is_no_page_of_need_waits_for_a_checker(tmp_path: Path) -> None:
    """Also where pages of need are shown unchecked: thirty legal pages that nobody can judge help nobody."""
    small = Small(tmp_path)
    own = tmp_path / "docs" / "es" / "law.md"
    shutil.copy(tmp_path / "docs" / "nl" / "law.md", own)
    own.write_text(own.read_text("utf-8").replace("title: law", "title: la ley"), "utf-8")
    translated.stamp(own, DAY)

    before = small.built("es", tmp_path / "shelf")
    check(own)
    after = small.built("es", tmp_path / "shelf")

    assert isinstance(before, dict)
    assert isinstance(after, dict)
    (name,) = [name for name in before if "law" in name]
    assert b"la ley" not in before[name]
    assert b'lang="en"' in before[name]
    assert b"la ley" in after[name]


def test_the_setting_decides_by_language_and_page(tmp_path: Path) -> None:
    """Dutch and English are always there, need only with `need`, and what was checked always."""
    page, form = tmp_path / "door.md", tmp_path / "write.md"
    page.write_text("---\ntitle: T\n---\n", "utf-8")
    form.write_text("---\ntemplate: write.html\n---\n", "utf-8")
    need, strict = Choice(NEED, ("door.md",)), Choice(CHECKED, ("door.md",))

    assert [one.shows("en", page) for one in (need, strict)] == [True, True]
    assert [one.shows("es", page) for one in (need, strict)] == [True, False]
    assert [one.shows("es", form) for one in (need, strict)] == [True, True]
    assert not Choice(NEED, ()).shows("es", page)
    check(page)
    assert all(one.shows("es", page) for one in (strict, Choice(NEED, ())))


def test_languages_are_left_out_only_where_nothing_unchecked_is_shown() -> None:
    """By what the header of their files says."""
    strings = {**STRINGS, "es": replace(STRINGS["es"], is_checked=True)}

    assert spoken(strings, NEED) == strings
    assert list(spoken(strings, CHECKED)) == ["nl", "en", "es"]


def test_the_pages_of_need_are_one_list(tmp_path: Path) -> None:
    """Of pages that are there; a name that nobody meant is refused."""
    need = pages_of_need(CONFIG)
    assert len(need) == len(set(need)) == 25
    refuse_need(CONFIG, ROOT / "docs")

    config = tmp_path / "mkdocs.yml"
    config.write_text("extra: {need: [index.md, dor.md]}\n", "utf-8")
    with pytest.raises(SiteError, match=r"has dor\.md among the pages of need"):
        refuse_need(config, ROOT / "docs")
    config.write_text("extra: {need: index.md}\n", "utf-8")
    with pytest.raises(SiteError, match="has no list of pages of need"):
        translation.pages_of_need(config)
