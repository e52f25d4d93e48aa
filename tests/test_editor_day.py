"""An editor's and a translator's correct day: what the README asks for is accepted and is on the pages."""

import shutil
from pathlib import Path

import pytest

from overrides.frame.edition import Job
from overrides.pages import places
from overrides.press import checks
from overrides.words.errors import SiteError
from tests import editor
from tests.own_records import own
from tests.own_records import own_docs as copy_of_the_pages
from tests.site import (
    CONFIG,
    LANGUAGES,
    ROOT,
    SETTINGS,
    Built,
    Page,
    build_site,
    key_list,
    put_practice_key,
    settings_text,
)

STRAY = ("notes.txt", "door.md~", ".door.md.swp")  # what an editor's program leaves beside a page
AWAY = "unknown"  # a page that has no English text that day, so that only the Dutch one is left


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, str]:
    """The site after that day, and the code of the municipality whose rule was changed."""
    folder = tmp_path_factory.mktemp("day")
    docs = copy_of_the_pages(folder)
    locale = Path(shutil.copytree(ROOT / "overrides" / "locale", folder / "locale"))
    config = Path(shutil.copy(CONFIG, folder))
    settings = folder / "day.yml"
    settings.write_text(settings_text(), "utf-8")
    code = editor.works_a_day(docs, locale, config, settings)
    (docs / "en" / f"{AWAY}.md").unlink()  # the one change that no README asks for
    for stray in STRAY:
        (docs / "nl" / stray).write_text("for myself", "utf-8")
    files = {"docs": docs, "locale": locale, "config": config}
    return build_site(folder, settings.read_text("utf-8"), **files), code


def page(built: Built, path: str) -> Page:
    """One page of the site after that day."""
    return Page(path, built.text(path))


def test_the_changed_rule_is_on_the_page_of_its_municipality(day: tuple[Built, str]) -> None:
    """With its date, its certainty and the text it rests on."""
    built, code = day
    slug = places.slugs(own().municipalities)[code]
    row = next(e for e in page(built, f"/en/m/{slug}/").all("tr") if "home_alone" in str(e))

    assert "Not allowed. Date: 5 December 2026. Certainty: high." in " ".join(row.text.split())
    assert f"APV {own().municipalities[code].name} 2026" in built.text(f"/en/m/{slug}/")


def test_a_rechecked_page_names_its_day_and_its_lawyer(day: tuple[Built, str]) -> None:
    """In its footer; a page that nobody looked at keeps its own."""
    foot = page(day[0], "/nl/door/").all("footer")[0].text

    assert "5 december 2026" in foot
    assert "mr. A. Voorbeeld" in foot
    assert "mr. A. Voorbeeld" not in page(day[0], "/nl/law/").all("footer")[0].text


def test_a_native_checker_takes_the_warning_away(day: tuple[Built, str]) -> None:
    """From the page that was checked, and from no other."""
    notes = {
        name: [e.text for e in page(day[0], f"/es/{name}/").all("p", class_="note")]
        for name in ("door", "door-id")
    }

    assert notes["door"] == []
    assert len(notes["door-id"]) == 1


def test_a_new_language_stands_in_every_menu_and_on_every_page(day: tuple[Built, str]) -> None:
    """Its own pages in its own words, every other in English and marked; both form pages sealed."""
    built = day[0]
    own_pages = [page(built, f"/{editor.LANGUAGE}/{name}") for name in ("", "write/", "answer/")]
    for one in own_pages:
        assert one.all("html")[0].attributes == {"lang": editor.LANGUAGE, "dir": "ltr"}
    borrowed = page(built, f"/{editor.LANGUAGE}/door/")
    assert borrowed.all("div", lang="en", dir="ltr")
    for path in ("/nl/", "/ar/door/"):
        found = page(built, path).all("a")
        menu = [e for e in found if "languages" in [p.attributes.get("class") for p in e.inside]]
        assert [e.attributes["lang"] for e in menu] == [*LANGUAGES, editor.LANGUAGE]
    assert {f"/{editor.LANGUAGE}/write/", f"/{editor.LANGUAGE}/answer/"} <= set(
        built.headers["paths"]
    )
    assert f"sitemap-{editor.LANGUAGE}.xml" in built.files


def test_where_the_english_page_is_missing_too_the_dutch_one_stands(day: tuple[Built, str]) -> None:
    """English first, then the original: what the plugin for languages cannot do, which knows one."""
    for language in ("en", editor.LANGUAGE):
        one = page(day[0], f"/{language}/{AWAY}/")
        assert one.all("html")[0].attributes["lang"] == language
        assert one.all("div", lang="nl", dir="ltr")
        (canonical,) = one.all("link", rel="canonical")
        assert canonical.attributes["href"].endswith(f"/nl/{AWAY}/")
        named = [e.attributes["hreflang"] for e in one.all("link", rel="alternate")]
        assert named[0] == "nl"
        assert not {"en", editor.LANGUAGE} & set(named)


def test_wherever_a_language_stands_in_the_list_its_pages_stand_below_it(
    day: tuple[Built, str],
) -> None:
    """Also the plugin's default, which it puts at the root; and one 404 for all, at the root alone."""
    built = day[0]
    written = {path.stem for path in (ROOT / "docs" / "nl").glob("*.md")}
    for language in (*LANGUAGES, editor.LANGUAGE):
        assert {f"{language}/{name}/index.html" for name in written - {"index"}} <= set(built.files)
    at_root = {name for name in built.files if name.endswith(".html") and name.count("/") < 1}
    assert at_root == {"index.html", "404.html"}
    assert [name for name in built.files if "404" in name] == ["404.html"]


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (
            "list",
            [
                "docs/{} is a folder of no language in mkdocs.yml",
                "{}.po is of no language in mkdocs.yml",
            ],
        ),
        (
            "folder",
            [
                f"mkdocs.yml names {{}}, and there is no docs/{{}}/{name}.md"
                for name in editor.PAGES
            ],
        ),
        ("strings", ["there is no {}.po"]),
        ("page", ["mkdocs.yml names {}, and there is no docs/{}/write.md"]),
    ],
)
def test_what_a_new_language_lacks_is_said_in_one_sentence_each(
    tmp_path: Path, missing: str, said: list[str]
) -> None:
    """Of the list, the folder and the strings each; with what to do."""
    docs = Path(shutil.copytree(ROOT / "docs", tmp_path / "docs"))
    locale = Path(shutil.copytree(ROOT / "overrides" / "locale", tmp_path / "locale"))
    config = Path(shutil.copy(CONFIG, tmp_path))
    editor.adds_a_language(docs, locale, config)
    if missing == "list":
        shutil.copy(CONFIG, tmp_path)
    elif missing == "folder":
        shutil.rmtree(docs / editor.LANGUAGE)
    elif missing == "strings":
        (locale / f"{editor.LANGUAGE}.po").unlink()
    else:
        (docs / editor.LANGUAGE / "write.md").unlink()
    (tmp_path / "keys.json").write_text(key_list(), "utf-8")
    put_practice_key(tmp_path)
    files = [str(one) for one in (SETTINGS, tmp_path / "keys.json", docs)]

    with pytest.raises(SiteError) as refused:
        checks.check(Job("nl", *files, None, str(locale), str(config)))

    assert [str(one) for one in refused.value.every] == [
        one.format(editor.LANGUAGE, editor.LANGUAGE) for one in said
    ]
    assert all(one.hint for one in refused.value.every)


def test_nothing_but_pages_is_taken_from_the_folder_of_a_language(day: tuple[Built, str]) -> None:
    """A note to oneself or a half page that an editor's program keeps is published by nobody."""
    assert [name for name in day[0].files if name.endswith(STRAY)] == []
    assert not [name for name, text in day[0].files.items() if text == b"for myself"]
