"""Sentences to say stand in lists of their own: what hides one among other things is refused."""

import re

import pytest
from markdown import markdown

from overrides.pages import page_html
from overrides.words.errors import SiteError
from tests.site import Built, Element, Page

SAY = "*Ik wil een kopie.*{: .say lang=nl } I want a copy."
LIST_AFTER_LIST = f"1. Keep the letter.\n2. Call.\n\n- {SAY}\n"
SAY_AMONG_DUTIES = f"- They give a receipt.\n- {SAY}\n- They write a report.\n"
SAY_WITHIN_A_DUTY = f"- They give a receipt. Say: {SAY}\n- They write a report.\n"
NO_EMPTY_LINE = f"They must write a report.\n- {SAY}\n"


def refused(text: str) -> list[SiteError]:
    """What is refused of a page written so."""
    try:
        page_html.refuse(markdown(text, extensions=["attr_list"]))
    except SiteError as error:
        return list(error.every)
    return []


@pytest.mark.parametrize("text", [LIST_AFTER_LIST, SAY_AMONG_DUTIES, SAY_WITHIN_A_DUTY])
def test_a_sentence_to_say_among_duties_is_refused(text: str) -> None:
    """Whoever reads a list of duties takes its last line for one."""
    (error,) = refused(text)

    assert "a list holds sentences to say and other things" in str(error)
    assert 'write a line such as "You can say:"' in error.hint


def test_a_list_of_sentences_that_became_a_paragraph_is_refused() -> None:
    """Without an empty line before it Markdown shows the dash of the list as text."""
    (error,) = refused(NO_EMPTY_LINE)

    assert "a sentence to say follows They must write a report." in str(error)
    assert "empty line" in error.hint


@pytest.mark.parametrize(
    "text",
    [
        LIST_AFTER_LIST.replace("\n- ", "\nYou can say:\n\n- "),
        NO_EMPTY_LINE.replace("\n- ", "\n\n- "),
        f"- {SAY}\n- {SAY}\n",
        f"- {SAY}\n\n- {SAY}\n",
        f"Ask first: {SAY}\n\n- They give a receipt.\n",
    ],
)
def test_following_the_hint_is_enough(text: str) -> None:
    """A line between two lists, an empty line before one; and what was right stays right."""
    assert refused(text) == []


def test_every_built_list_holds_sentences_to_say_or_none(built_site: Built) -> None:
    """In every language, looked at by another reader than the one that refuses."""
    seen = 0
    for page in built_site.pages:
        for items in lists(page):
            texts = [re.sub(r"\s+", " ", item.text).strip() for item in items]
            said = [is_said(page, item) for item in items]
            assert any(said) is all(said), (page.path, texts)
            seen += all(said)
    assert seen > 100


def lists(page: Page) -> list[list[Element]]:
    """The items of every list in the text."""
    found: dict[int, list[Element]] = {}
    for item in page.all("li"):
        if any(parent.tag == "main" for parent in item.inside):
            found.setdefault(id(item.inside[-1]), []).append(item)
    return list(found.values())


def is_said(page: Page, item: Element) -> bool:
    """Whether an item holds a sentence to say that is its own."""
    says = [e for e in page.all("em", class_="say") if item in e.inside]
    return any([p for p in e.inside if p.tag == "li"][-1] is item for e in says)
