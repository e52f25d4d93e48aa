"""The form on paper and the poster: what the screen asks, in its order, as a page and as a PDF of each language."""

import re

import pytest

from desk.intake import added
from overrides.paper import large, pdf, sheets
from tests import printed
from tests.site import LANGUAGES, Built

MOST_BYTES = 70_000
OF_THE_DESK = {
    "channel",
    "form_language",
    "code",
    "digits",
}  # what no sheet asks: the handler knows it


def asked(html: str) -> list[str]:
    """Names of the questions of the form on the screen, each where it is first."""
    found = re.findall(r'<(?:input|select|textarea)[^>]* name="([a-z_]+)"', html)
    names = ["consent" if name.startswith("consent_") else name for name in found]
    return [name for name in dict.fromkeys(names) if not name.startswith("code")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_asks_what_the_screen_asks_in_its_order(built_site: Built, language: str) -> None:
    """Each question and each answer that can be ticked; what one would rather not say stays empty on paper."""
    html = built_site.text(f"/{language}/write/")
    assert asked(html) == list(sheets.FIELDS)
    for name, (_, values) in sheets.FIELDS.items():
        shown = re.findall(rf'<input[^>]* name="{name}" value="([a-z_]+)"', html)
        if name == "consent":
            shown = re.findall(r'name="consent_([a-z]+)"', html)
        assert [one for one in shown if one != "unsaid"] == list(values), name


def test_a_handler_enters_a_sheet_from_top_to_bottom() -> None:
    """The desk asks for the fields in the order of the sheet, so that nobody turns it back and forth."""
    fields = [field.name for field in added.FIELDS if field.name not in OF_THE_DESK]
    assert fields == list(sheets.FIELDS)
    ticked = {field.name: field.choices for field in added.FIELDS if field.name in sheets.FIELDS}
    for name, (_, values) in sheets.FIELDS.items():
        assert set(ticked[name] or ()) == set(values), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_and_the_pdf_say_the_same(built_site: Built, language: str) -> None:
    """All words of a sheet stand on its page, and what it means to carry it before the first question."""
    site = printed.editions()[language]
    for path, (_, blocks) in large.blocks(site).items():
        html = re.sub(r"</?bdi[^>]*>", "", built_site.text(f"/{language}/{path}"))
        text = " ".join(re.sub(r"<[^>]+>", "", html).replace("&#39;", "'").split())
        for one in blocks:
            words = " ".join(one.words.split()).replace("'", "&#x27;")
            assert words in text or words.replace("&#x27;", "'") in text, one.words
    kinds = [one.kind for one in sheets.form(site)]
    assert kinds.index("warning") < kinds.index("question")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_pdf_is_light_has_every_sign_and_the_same_bytes(language: str) -> None:
    """A sheet is made as the cards are; of a sign that no font has the build would stop."""
    site = printed.editions()[language]
    for _, blocks in large.blocks(site).values():
        first, again = (
            printed.apart(lambda found=blocks: pdf.sheet(site, found, "title"))  # type: ignore[misc]
            for _ in range(2)
        )
        assert first == again
        assert len(first) < MOST_BYTES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_poster_says_the_address_and_every_language(built_site: Built, language: str) -> None:
    """It hangs where people of many languages wait, and each finds her own."""
    html = built_site.text(f"/{language}/cards/poster/")
    for code, site in printed.editions().items():
        assert f'<span lang="{code}" dir="{site.t.direction}">{site.t.name}</span>' in html
    assert html.count('class="qr"') == 1
