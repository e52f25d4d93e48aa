"""Where a page stands, and what is on it: its topic above it, and each section of a long page linked once."""

import re
from urllib.parse import urljoin

import pytest

from overrides.text import contents
from overrides.words.strings import Strings
from tests.site import LANGUAGES, STRINGS, Built, Element, Page

_NL, _EN, _AR = (STRINGS[language] for language in ("nl", "en", "ar"))


def text_of(*headings: str) -> str:
    """A summary, and a section under each heading."""
    sections = (f'<h2 id="s{at}">{words}</h2>\n<p>x</p>\n' for at, words in enumerate(headings, 1))
    return "<div>Kort</div>\n" + "".join(sections)


def inside(page: Page, tag: str, class_name: str) -> list[Element]:
    """Elements of a tag within the element of that class."""
    return [
        one
        for one in page.all(tag)
        if any(parent.attributes.get("class") == class_name for parent in one.inside)
    ]


def sections_of(page: Page) -> list[Element]:
    """Headings of the second level in the text, not those of the foot."""
    return [one for one in page.all("h2") if any(parent.tag == "main" for parent in one.inside)]


def leads_away(page: Page, heading: Element) -> bool:
    """Whether a heading is a link to another page."""
    return any(heading in link.inside for link in page.all("a"))


def test_every_section_of_a_long_page_is_listed_once_and_in_order(built_site: Built) -> None:
    """On written and generated pages of every language; the list of municipalities has its letters."""
    long = 0
    for page in [page for page in built_site.pages if page.language and not page.is_form]:
        headings = sections_of(page)
        own = [one for one in headings if not leads_away(page, one)]
        links = inside(page, "a", "contents")
        is_list = "/places/" in page.path or page.path.endswith("/search/")  # of links itself
        is_list = is_list or "/cards/" in page.path  # or of what is printed
        if len(own) < contents.LONG or is_list:
            assert links == [], page.path
            continue
        long += 1
        listed = [(link.attributes["href"], link.text) for link in links]
        assert listed == [(f"#{one.attributes['id']}", one.text) for one in headings], page.path
    assert long > len(built_site.reading_pages) / 2


def test_the_list_stands_behind_the_summary_and_before_the_first_section(
    built_site: Built,
) -> None:
    """The answer comes first, on every long page."""
    for page in built_site.pages:
        for block in page.all("div", class_="contents"):
            before = page.elements[: page.elements.index(block)]
            looks = {one.attributes.get("class") or one.attributes.get("id") for one in before}
            assert looks & {"admonition summary", "lead"}, page.path
            assert not set(map(id, before)) & set(map(id, sections_of(page))), page.path


def test_the_list_of_municipalities_leads_to_each_letter_and_to_what_is_below_it(
    built_site: Built,
) -> None:
    """By a page of all names with that letter, and by a line of its own, so it needs no second list."""
    for page in [page for page in built_site.pages if page.path.endswith("/places/")]:
        found = {urljoin(page.path, link.attributes["href"]) for link in page.all("a")}
        below = {path for path in built_site.paths if path.startswith(page.path)} - {page.path}
        assert len(below) >= 23, page.path
        assert below | {f"{page.path}#coverage"} <= found, page.path
        headings = {one.text.lower() for one in sections_of(page) if len(one.text) == 1}
        assert headings <= {path.split("/")[3] for path in below}, page.path


def test_three_sections_are_no_long_page() -> None:
    """A list of three would be longer than the way past it."""
    assert "<nav" not in contents.insert(text_of("A", "B", "C"), _NL, _NL)
    assert "<nav" in contents.insert(text_of("A", "B", "C", "D"), _NL, _NL)
    assert contents.insert("<p>x</p>", _NL, _NL) == "<p>x</p>"


def test_a_heading_that_leads_away_is_no_section() -> None:
    """The first page is a list of ways itself."""
    link = '<a href="door/">Deur</a>'
    assert "<nav" not in contents.insert(text_of("A", "B", "C", link, link), _NL, _NL)


def test_a_link_holds_no_link_and_no_mark_of_a_source() -> None:
    """A mark in two places would be one id twice."""
    mark = '<sup id="fnref:x"><a class="footnote-ref" href="#fn:x">1</a></sup>'
    found = contents.insert(text_of(f"A{mark}", '<a href="x/">B</a>', "C", "D", "E"), _NL, _NL)

    listed = found.partition("<ul>")[2].partition("</ul>")[0]
    assert re.findall("<li>(.*?)</li>", listed)[:2] == [
        '<a href="#s1">A</a>',
        '<a href="#s2">B</a>',
    ]


def test_no_word_of_a_translation_and_no_id_of_a_heading_gets_out_of_its_place() -> None:
    """A quote ends an attribute, and what is named in a heading would be there twice."""
    quoted = Strings("nl", {**_NL.texts, "contents.title": 'Op "deze" pagina'})
    words = '<em id="term">A</em>'
    found = contents.insert(text_of(words, "B", "C", "D"), quoted, quoted)

    said = Page("/nl/x/", found)
    assert [one.attributes["aria-label"] for one in said.all("nav")] == ['Op "deze" pagina']
    assert [one.attributes for one in said.all("em")] == [{}, {"id": "term"}]


@pytest.mark.parametrize(
    ("page", "shown", "sides"),
    [(_AR, _EN, ["rtl", "ltr"]), (_AR, _AR, []), (_NL, _EN, [])],
    ids=["turned", "right-to-left", "left-to-right"],
)
def test_the_list_speaks_as_the_text_and_stands_where_the_page_wants_it(
    page: Strings, shown: Strings, sides: list[str]
) -> None:
    """English text on an Arabic page: an English list, on the left, where an Arabic page has room."""
    found = contents.insert(text_of("A", "B", "C", "D"), page, shown)

    assert re.findall(r'dir="(\w+)"', found) == sides
    assert f'<nav aria-label="{shown("contents.title")}"' in found
    assert f"<summary>{shown('contents.title')}</summary>" in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_under_which_topic_it_stands(built_site: Built, language: str) -> None:
    """First page, topic, page; the topic is a link where a page is named after it, or lists this one."""
    t = STRINGS[language]
    topics = {
        "door-tax": (t("menu.door"), "door/"),
        "door": (t("menu.door"), None),
        "choices-effects": (t("menu.choices"), "choices/"),
        "work-bank": (t("menu.work"), None),
        "routes": (t("menu.complaints"), None),
        "m/tilburg": (t("municipality.all"), "places/"),
        "places/h": (t("municipality.all"), "places/"),
        "places": None,
        "search": None,
        "help": (t("menu.help"), None),
        "help-lawyer": (t("menu.help"), "help/"),
        "write": None,
    }
    for name, topic in topics.items():
        page = Page(f"/{language}/{name}/", built_site.text(f"/{language}/{name}/"))
        links = {
            e.text: urljoin(page.path, e.attributes["href"]) for e in inside(page, "a", "crumb")
        }
        said = [e.text for e in inside(page, "li", "crumb")]
        title = page.all("title")[0].text.removesuffix(" · Info")
        assert said == [t("crumb.home"), *([topic[0]] if topic else []), title], page.path
        wanted = {t("crumb.home"): f"/{language}/"}
        if topic and topic[1]:
            wanted[topic[0]] = f"/{language}/{topic[1]}"
        assert links == wanted, page.path
