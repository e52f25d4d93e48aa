"""The site in every language: which pages are its own, and what stands where one is not translated.

A page without a translation shows the English text, and says so in every way that it can be asked:
to the eye, to a screen reader, to a search engine and in the site map.
"""

import re
from urllib.parse import urljoin

import pytest

from overrides.facts import data, front_matter
from overrides.frame.edition import SOURCE_LANGUAGES
from overrides.pages.names import by_letter
from overrides.paper import one_file
from tests.site import (
    FALLBACK,
    LANGUAGES,
    MADE,
    MENU,
    OWN,
    PAGES,
    ROOT,
    STRINGS,
    Built,
    Element,
    Page,
)

TRANSLATIONS = [language for language in LANGUAGES if language not in SOURCE_LANGUAGES]


def by_path(built: Built) -> dict[str, Page]:
    """The pages that are looked at, by path."""
    return {page.path: page for page in built.pages}


def path_of(language: str, name: str) -> str:
    """Where a written page stands."""
    return f"/{language}/" if name == "index" else f"/{language}/{name}/"


def fallbacks(built: Built) -> list[Page]:
    """Every page that shows the text of another language."""
    found = [page for page in built.pages if page.is_fallback]
    assert len(found) == sum(len(PAGES) - len(OWN[language]) for language in LANGUAGES)
    return found


def main_text(page: Page) -> Element:
    """The block that holds the text of a page and nothing of its frame."""
    (main,) = page.all("main")
    (block,) = [e for e in page.all("div") if e.inside and e.inside[-1] is main]
    return block


def note_of(page: Page) -> Element:
    """What says of a page that its text is in another language."""
    found = [
        e for e in page.all("p") if e.attributes.get("class") == "note" and "lang" in e.attributes
    ]
    (note,) = found
    return note


def unchecked_notes(page: Page) -> list[Element]:
    """Where a page says that no native speaker has checked it."""
    said = STRINGS[page.language]("translation.unchecked")
    return [one for one in page.all("p", class_="note") if one.text.startswith(said)]


def inside(page: Page, class_name: str) -> list[Element]:
    """Links in the part of the frame with that class."""
    return [
        link
        for link in page.all("a")
        if any(parent.attributes.get("class") == class_name for parent in link.inside)
    ]


def test_these_pages_are_written_and_no_other() -> None:
    """The list in the configuration and the files of each language are one list."""
    assert len(set(PAGES)) == len(PAGES)
    for language in LANGUAGES:
        files = {path.stem for path in (ROOT / "docs" / language).glob("*.md")}
        assert files == set(OWN[language]), language
        assert files >= {"index", "write", "answer"}, language
    assert all(OWN[language] == PAGES for language in SOURCE_LANGUAGES)


def test_no_page_is_missing_in_any_language(built_site: Built) -> None:
    """What stands in one language stands in every other at the same place, if only in English."""
    below = {
        language: {
            path.removeprefix(f"/{language}/")
            for path in built_site.paths
            if path.startswith(f"/{language}/")
        }
        for language in LANGUAGES
    }

    assert all(found == below["nl"] for found in below.values())
    facts = data.load(ROOT / "docs" / "data")
    made = len(facts.municipalities) + len(by_letter(facts)) + len(set(MENU) - set(PAGES))
    printed = 2  # the form on paper and the poster, which the page of cards leads to
    assert len(below["nl"]) == len(PAGES) + made + printed


def test_a_page_without_translation_says_so_in_the_readers_language(built_site: Built) -> None:
    """The note names both languages, and stands before the text, or right behind its sentences to say."""
    for page in fallbacks(built_site):
        t, english = STRINGS[page.language], STRINGS[FALLBACK]
        note = note_of(page)
        shown = t(f"translation.in.{FALLBACK}")
        assert note.text == t("translation.fallback", shown=shown), page.path
        assert english.name not in note.text, "a name in its own language is read by nobody else"
        (behind,) = page.all("div", class_="admonition summary") or [main_text(page)]
        assert page.elements.index(note) < page.elements.index(behind)
        assert note.attributes["lang"] == page.language
        assert note.attributes["dir"] == t.direction


def test_text_in_another_language_is_marked_with_it(built_site: Built) -> None:
    """The text, and only the text, carries English and its direction; a page of its own does not."""
    for page in [page for page in built_site.pages if page.language]:
        marks = {
            name: value
            for name, value in main_text(page).attributes.items()
            if name in ("lang", "dir")
        }
        assert marks == ({"lang": "en", "dir": "ltr"} if page.is_fallback else {}), page.path


def test_the_text_of_a_fallback_is_the_english_text(built_site: Built) -> None:
    """Word for word, with the links kept within the reader's language."""
    pages = by_path(built_site)
    for page in fallbacks(built_site):
        english = pages[path_of(FALLBACK, page.name)]
        text = main_text(page).text.replace(note_of(page).text, "")
        assert text.split() == main_text(english).text.split(), page.path
        links = [e for e in page.all("a") if main_text(page) in e.inside]
        within = [urljoin(page.path, e.attributes["href"]) for e in links]
        assert [path for path in within if path.startswith(f"/{FALLBACK}/")] == []


def test_titles_in_menus_are_marked_where_they_are_english(built_site: Built) -> None:
    """A menu names pages by their title; one that is not translated is read out as English."""
    for page in [page for page in built_site.pages if page.language]:
        for link in inside(page, "menu"):
            target = Page(urljoin(page.path, link.attributes["href"]), "")
            is_topic = "/search/#" in target.path  # named in the reader's language
            wanted = ("en", "ltr") if target.is_fallback and not is_topic else (None, None)
            marks = (link.attributes.get("lang"), link.attributes.get("dir"))
            assert marks == wanted, (page.path, link.text)


def test_links_from_a_municipality_are_marked_where_they_are_english(built_site: Built) -> None:
    """The same holds for the list of what counts everywhere; own words say where they lead to."""
    seen = set()
    for page in [page for page in built_site.pages if "/m/" in page.path]:
        for link in [e for e in page.all("a") if e.attributes["href"].startswith("../../")]:
            target = Page(urljoin(page.path, link.attributes["href"]).partition("#")[0], "")
            text = any(parent.tag == "main" for parent in link.inside)
            noted = any(parent.attributes.get("class") == "note" for parent in link.inside)
            if not text or noted or not target.language:
                continue
            mark = link.attributes.get("lang") or link.attributes.get("hreflang")
            assert (mark == "en") is target.is_fallback, link.text
            seen.add(target.is_fallback)
    assert seen == {True, False}


def test_a_link_says_that_english_comes(built_site: Built) -> None:
    """To the eye and to a machine, wherever words in her language lead to a page that is not in it."""
    seen = set()
    for page in [page for page in built_site.pages if page.language in TRANSLATIONS]:
        words = STRINGS[page.language](f"translation.in.{FALLBACK}")
        for link in own_words_leading_on(page):
            if link.attributes["href"].endswith(one_file.NAME):
                continue  # is in her language, or says of each part in which it is
            target = Page(urljoin(page.path, link.attributes["href"]).partition("#")[0], "")
            marked = link.attributes.get("hreflang") == FALLBACK
            assert marked is target.is_fallback, (page.path, link.text)
            row = link.text.endswith(f" ({words})")  # a row is one line, which takes it in
            said = row or f"{link.text} ({words})" in link.inside[-1].text
            assert said is marked, (page.path, link.text)
            if page.name == "index" and marked:
                seen.add((page.language, target.name))
    for language in TRANSLATIONS:
        linked = {name for code, name in seen if code == language}
        assert linked.isdisjoint(OWN[language])
        most = {
            "complaint-or-objection",
            "routes",
            "choices",
            "help",
            "privacy",
            "work-ways",
            "leaving",
        }
        assert linked >= most.difference(OWN[language])


def own_words_leading_on(page: Page) -> list[Element]:
    """Links outside menus whose words are in the language of the page, to another page of it."""
    found = [
        link
        for link in page.all("a")
        if not any(e.attributes.get("lang") for e in [*link.inside[1:], link])
        and not {"menu", "languages", "crumb"} & {e.attributes.get("class") for e in link.inside}
    ]
    paths = [urljoin(page.path, e.attributes["href"]).partition("#")[0] for e in found]
    return [
        link
        for link, path in zip(found, paths, strict=True)
        if path.startswith(f"/{page.language}/") and path != page.path
    ]


def test_nobody_is_sent_to_a_fallback_as_if_it_were_a_translation(built_site: Built) -> None:
    """No alternate of any page and no site map names it; its own address is the English one."""
    site = built_site.settings.site_url
    untranslated = {site + page.path for page in fallbacks(built_site)}
    for page in built_site.pages:
        named = {e.attributes["href"] for e in page.all("link", rel="alternate")}
        assert named & untranslated == set(), page.path
    for name in [name for name in built_site.files if name.startswith("sitemap")]:
        listed = set(re.findall("<loc>(.*?)</loc>", built_site.files[name].decode()))
        assert listed & untranslated == set(), name
    for page in fallbacks(built_site):
        (canonical,) = page.all("link", rel="canonical")
        assert canonical.attributes["href"] == site + path_of(FALLBACK, page.name)


def test_the_language_menu_still_leads_to_a_fallback(built_site: Built) -> None:
    """Whoever changes language stays on the page, translated or not."""
    pages = by_path(built_site)
    for name in PAGES:
        for language in LANGUAGES:
            page = pages[path_of(language, name)]
            menu = inside(page, "languages")
            found = [urljoin(page.path, e.attributes["href"]) for e in menu]
            assert found == [path_of(other, name) for other in LANGUAGES], page.path
            names = [STRINGS[other].name for other in LANGUAGES]
            assert [e.text for e in menu] == names


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_that_no_native_speaker_checked_it(
    built_site: Built, language: str
) -> None:
    """On its own pages, until one did, and on those made from data; not on what was written first."""
    pages = by_path(built_site)
    for name in [*OWN[language], *MADE]:
        file = ROOT / "docs" / language / f"{name}.md"
        checker = front_matter.read(file).get("native_checker") if file.is_file() else None
        found = unchecked_notes(pages[path_of(language, name)])
        assert len(found) == (language in TRANSLATIONS and not checker), name


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_what_is_said_of_a_translation_stands_below_the_first_answer(
    built_site: Built, language: str
) -> None:
    """Below the heading, and below sentences to say or the summary; on a form below all of it."""
    pages = by_path(built_site)
    for name in [*OWN[language], *MADE]:
        page = pages[path_of(language, name)]
        at = page.elements.index
        (note,) = unchecked_notes(page)
        answers = [*page.all("div", class_="admonition summary"), *page.all("p", id="lead")]
        rows = [
            one for one in page.all("ul", class_="rows") if answers and at(one) < at(answers[0])
        ]
        before = rows[:1] or answers[:1] or page.all("h1")
        assert at(before[0]) < at(note), name
        if page.is_form:
            assert at(page.all("form")[-1]) < at(note), name


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_both_originals_are_one_tap_away_from_it(built_site: Built, language: str) -> None:
    """The same page in Dutch and in English, each by its own name and marked with its language."""
    for name in [*OWN[language], *MADE]:
        page = by_path(built_site)[path_of(language, name)]
        (note,) = unchecked_notes(page)
        links = [one for one in page.all("a") if note in one.inside]
        found = [urljoin(page.path, one.attributes["href"]) for one in links]
        assert found == [path_of(source, name) for source in SOURCE_LANGUAGES], name
        for link, source in zip(links, SOURCE_LANGUAGES, strict=True):
            assert link.attributes["lang"] == link.attributes["hreflang"] == source
            assert link.text == STRINGS[source].name


def test_no_marker_and_no_hole_is_left_open(built_site: Built) -> None:
    """Every place for a list or a name on a written page was filled."""
    for page in built_site.pages:
        text = page.all("body")[0].text
        assert re.findall(r"\{\w+\}|\{\{|@@|OPEN:", text) == [], page.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_traces_are_told_in_the_language_that_is_read(built_site: Built, language: str) -> None:
    """What a keyboard learns, what stays in a history and what the exit does concern who reads no English most."""
    pages = by_path(built_site)
    page, source = (pages[path_of(code, "leaving")] for code in (language, SOURCE_LANGUAGES[0]))

    assert not page.is_fallback
    named = [[head.attributes.get("id") for head in one.all("h2")] for one in (page, source)]
    assert named[0] == named[1]
    assert "keyboard" in named[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_says_twice_that_english_follows(built_site: Built, language: str) -> None:
    """The build says so behind a link; a translator who wrote it too would have it there twice."""
    word = re.escape(f"({STRINGS[language]('translation.in.en')})")

    for page in built_site.reading_pages:
        if page.language == language:
            assert not re.search(rf"{word}\s*{word}", page.html), page.path
