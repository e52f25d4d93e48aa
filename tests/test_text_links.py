"""Links in the texts: every written page is reached by one, and advice to see a lawyer leads to who pays."""

import re
from urllib.parse import urljoin

import pytest

from tests.site import LANGUAGES, OWN, PAGES, Built, Element, Page

MOST_TAPS = 3
NOT_TEXT = {"crumb", "footnote", "contents"}
LAWYER = "help-lawyer"
# Advice to go to a lawyer, by language; not who a lawyer is, nor that one has yet to read a page.
ADVICE = {
    "nl": r"\b(?:vraag|vragen|bel|neem|zoek|praat|spreek|ga|vertel|laat|overleg)\b[^.?!:]{0,40}"
    r"\b(?:een|je|jouw) advocaat\b|\b[Ee]en advocaat kan\b",
    "en": r"\b(?:ask|call|take|get|find|talk|speak|go|tell|let|with)\b[^.?!:]{0,40}"
    r"\b(?:a|your) lawyer\b|\b[Aa] lawyer can\b",
    "es": r"\b(?:pregunta|pide|pedir|llama|busca|habla|ve|cuéntaselo)\b[^.?!:]{0,40}"
    r"\b(?:un|tu) abogado\b|\b[Uu]n abogado puede\b",
    "ar": r"(?:طلب|سؤال|الاتصال|الحصول على|التحدث|الذهاب|إخبار)[^.؟!:]{0,40}محام",
}


def path_of(language: str, name: str) -> str:
    """Where a page stands."""
    return f"/{language}/" if name == "index" else f"/{language}/{name}/"


def text_links(page: Page) -> list[str]:
    """Paths that the text of a page leads to: no menu, no list of contents, no source."""
    return [
        urljoin(page.path, link.attributes["href"]).partition("#")[0]
        for link in page.all("a")
        if any(e.tag == "main" for e in link.inside)
        and not any(e.tag == "nav" for e in link.inside)
        and not NOT_TEXT & {name for e in link.inside for name in classes(e)}
    ]


def classes(element: Element) -> list[str]:
    """The names of an element's classes."""
    return element.attributes.get("class", "").split()


def taps(built: Built, language: str) -> dict[str, int]:
    """How many links in texts lie between the first page and every page that they reach."""
    by_path = {page.path: page for page in built.pages}
    found, last = {path_of(language, "index"): 0}, [path_of(language, "index")]
    while last:
        reached = [to for path in last if path in by_path for to in text_links(by_path[path])]
        last = [to for to in dict.fromkeys(reached) if to not in found]
        found |= dict.fromkeys(last, max(found.values()) + 1)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_reached_by_links_in_texts(built_site: Built, language: str) -> None:
    """From the first page, without the menu, and in a few taps: a menu is folded on a phone."""
    found = taps(built_site, language)

    far = {name for name in PAGES if found.get(path_of(language, name), 99) > MOST_TAPS}
    assert far == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_on_the_door_leads_to_its_sisters(built_site: Built, language: str) -> None:
    """Whoever has somebody at the door has no time to look for the right page."""
    (door,) = [page for page in built_site.pages if page.path == path_of(language, "door")]
    sisters = {path_of(language, name) for name in PAGES if name.startswith("door-")}

    assert sisters - set(text_links(door)) == set()


@pytest.mark.parametrize("language", ADVICE)  # the others have the links of the Dutch: test_parity
def test_advice_to_see_a_lawyer_leads_to_who_pays(built_site: Built, language: str) -> None:
    """In the same section: who is told to call a lawyer asks next what that costs."""
    lacking = {
        page.name: sections
        for page in built_site.reading_pages
        if page.language == language and page.name in OWN[language] and page.name != LAWYER
        for sections in [without_lawyer(page)]
        if sections
    }

    assert lacking == {}


def without_lawyer(page: Page) -> list[str]:
    """Sections with the advice and without the link; the text before the first heading is one."""
    section, advised, linked = "", set(), set()
    blocks = {id(block) for block in page.blocks()}
    for element in page.elements:
        if element.tag == "h2":
            section = element.attributes.get("id", "")
        if (
            id(element) in blocks
            and not in_letter(element)
            and re.search(ADVICE[page.language], said(page, element), re.I)
        ):
            advised.add(section)
        to = urljoin(page.path, element.attributes.get("href", "")).partition("#")[0]
        if element.tag == "a" and to == path_of(page.language, LAWYER):
            linked.add(section)
    return sorted(advised - linked)


def in_letter(block: Element) -> bool:
    """Whether a block is part of a letter to copy, in which the reader speaks."""
    return any("letter" in classes(parent) for parent in block.inside)


def said(page: Page, block: Element) -> str:
    """The text of a block without sentences that the reader says herself, and without marks."""
    text = re.sub(r"\s+", " ", block.text)
    for say in page.all("em", class_="say"):
        if block in say.inside:
            text = text.replace(re.sub(r"\s+", " ", say.text), " ")
    return text
