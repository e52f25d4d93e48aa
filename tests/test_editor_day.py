"""An editor's and a translator's correct day: what the README asks for is accepted and is on the pages."""

import shutil
from pathlib import Path

import pytest

from overrides.pages import places
from tests import editor
from tests.own_records import own
from tests.own_records import own_docs as copy_of_the_pages
from tests.site import LANGUAGES, ROOT, Built, Page, build_site, settings_text


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, str]:
    """The site after that day, and the code of the municipality whose rule was changed."""
    folder = tmp_path_factory.mktemp("day")
    docs = copy_of_the_pages(folder)
    locale = Path(shutil.copytree(ROOT / "overrides" / "locale", folder / "locale"))
    settings = folder / "day.yml"
    settings.write_text(settings_text(), "utf-8")
    code = editor.works_a_day(docs, locale, settings)
    return build_site(folder, settings.read_text("utf-8"), docs=docs, locale=locale), code


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
        menu = [e for e in page(built, path).all("a") if "hreflang" in e.attributes]
        assert [e.attributes["hreflang"] for e in menu] == [*LANGUAGES, editor.LANGUAGE]
    assert {f"/{editor.LANGUAGE}/write/", f"/{editor.LANGUAGE}/answer/"} <= set(
        built.headers["paths"]
    )
    assert f"sitemap-{editor.LANGUAGE}.xml" in built.files
