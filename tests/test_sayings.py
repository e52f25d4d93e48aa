"""Sentences to say stand in lists of their own, and where a page begins with them all are on its sheet."""

import re
from dataclasses import replace

import pytest
from markdown import markdown

from overrides.pages import pictograms
from overrides.text import page_html, sayings
from overrides.text.markup import makeExtension
from overrides.words.errors import SiteError
from tests.site import STRINGS, Built, Element, Page

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


@pytest.mark.parametrize("text", [f"Ask first: {SAY}\n", f"{SAY}\n"])
def test_a_sentence_to_say_in_no_list_is_refused(text: str) -> None:
    """What it means is what stands behind it in its item, on the sheet as well."""
    (error,) = refused(text)

    assert str(error) == "a sentence to say stands in no list"
    assert "- *Sentence*{: .say }" in error.hint


@pytest.mark.parametrize(
    "text",
    [
        LIST_AFTER_LIST.replace("\n- ", "\nYou can say:\n\n- "),
        NO_EMPTY_LINE.replace("\n- ", "\n\n- "),
        f"- {SAY}\n- {SAY}\n",
        f"- {SAY}\n\n- {SAY}\n",
        f"Ask first:\n\n- {SAY}\n",
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


FIRST = f"""Show this:

- {SAY}
- *Nee.*{{: .say lang=nl }} No.

What happens?

- [**They left**](#after){{: .i-gone }}

"""
AFTER = f"""
## They left[^a] {{: #after }}

You can say:

- *Ja.*{{: .say lang=nl }} Yes.
- {SAY}
"""
BOX = '<div class="admonition summary"><p>In short</p></div>'


def converted(text: str) -> str:
    """The HTML of a text before its pictograms are drawn."""
    return markdown(text, extensions=["attr_list", makeExtension()])


def made(text: str) -> str:
    """The same with its sheet, in English."""
    return sayings.insert(text, STRINGS["en"])


def test_a_page_that_begins_with_sentences_has_each_once_on_its_sheet() -> None:
    """In the order of the page, below the headings they stand under, with what they mean; a row leads to it."""
    text = made(converted(FIRST) + BOX + converted(AFTER))
    sheet = text[text.index("<section") : text.index("</section>")]

    said = re.findall(r'<em class="say" lang="nl">(.*?)</em>(.*?)</li>', sheet)
    assert said == [("Ik wil een kopie.", " I want a copy."), ("Nee.", " No."), ("Ja.", " Yes.")]
    assert sheet.index("Nee.") < sheet.index('<a href="#after">They left') < sheet.index("Ja.")
    assert STRINGS["en"]("sheet.beside") in sheet
    assert text.index("Show this:") < text.index("<section")
    assert re.search(r'They left</strong></a></li>\s*<li><a href="#sheet" class="i-list">', text)


def test_what_stands_before_the_notes_ends_with_the_rows() -> None:
    """The summary and all that may be wrong in a translation come behind them."""
    text = made(converted(FIRST) + BOX + converted(AFTER))
    first, rest = pictograms.first(text.replace("<ul>\n<li><a", '<ul class="rows">\n<li><a'))

    assert first.endswith("</ul>")
    assert "#sheet" in first
    assert rest.lstrip().startswith(BOX)


@pytest.mark.parametrize(
    "text", [BOX + converted(FIRST), BOX + converted(AFTER), converted("Text.")]
)
def test_a_page_that_begins_otherwise_has_no_sheet(text: str) -> None:
    """Its summary comes first, and it prints as it stands."""
    assert made(text) == text
    assert pictograms.first(text) == ("", text)


def test_sentences_without_rows_are_refused() -> None:
    """From there a reader must find the rest in one tap."""
    text = converted(FIRST.replace("{: .i-gone }", "")) + BOX
    with pytest.raises(SiteError, match="no rows follow") as refused:
        made(text)

    assert "{: .i-gone }" in refused.value.hint


SUMMARY = '<div class="admonition summary"></div>\n\n'
TITLED = "## Later {#later}\n\nYou can say:\n\n- *Ik zwijg.*{: .say lang=nl } I am silent.\n"
BEGINS = (
    f"You can show:\n\n- {SAY}\n\nAnd then:\n\n- [**They left**](#later){{: .i-gone }}\n\n{SUMMARY}"
)


def sounding(text: str, **sounds: str) -> str:
    """The HTML of a page in English, with how two sentences sound."""
    heard = {"Ik wil een kopie.": "ick vil un copy", "Ik zwijg.": "ick zwaykh"}
    made = markdown(text, extensions=["attr_list", "toc", makeExtension()])
    return sayings.insert(made, replace(STRINGS["en"], sounds={**heard, **sounds}))


def test_behind_each_sentence_stands_how_it_sounds() -> None:
    """In the reader's language, outside the Dutch one, and offered to no translator."""
    made = sounding(SUMMARY + TITLED)
    sound = '</em><span class="sound" translate="no">[ick zwaykh]</span><br> I am silent.'
    assert sound in made
    assert "sound" not in sayings.insert(made.replace(sound, "</em>"), STRINGS["nl"])


def test_a_sentence_that_nobody_wrote_down_has_no_sound() -> None:
    """Nothing is made up, and no empty brackets stand there."""
    assert "sound" not in sounding(SUMMARY + "- *Tot ziens.*{: .say lang=nl } Goodbye.\n")


def test_the_first_screen_says_no_sounds_and_the_sheet_says_all() -> None:
    """What a page begins with leaves room for the answer; a tap further each sentence has its sound."""
    made = sounding(BEGINS + TITLED)
    sheet, _, rest = made.partition("</section>")
    first, _, later = rest.partition("<h2 ")
    assert sheet.count('class="sound"') == 2
    assert STRINGS["en"]("sheet.sounds") in sheet
    assert ('class="sound"' in first, 'class="sound"' in later) == (False, True)


@pytest.mark.parametrize("language", [language for language in STRINGS if language != "nl"])
def test_every_sentence_on_a_sheet_has_its_sound(built_site: Built, language: str) -> None:
    """The reader of any language can say what stands there."""
    for name in ("door", "door-suspect"):
        page = Page("", built_site.text(f"/{language}/{name}/"))
        (sheet,) = page.all("section", id="sheet")
        inside = [e for e in page.elements if sheet in e.inside]
        said = [e for e in inside if e.attributes.get("class") == "say"]
        heard = [e for e in inside if e.attributes.get("class") == "sound"]
        assert len(heard) == len(said) > 0, (language, name)
        assert all("lang" not in parent.attributes for e in heard for parent in e.inside[1:])
