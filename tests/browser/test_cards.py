"""The page of cards in a real browser: eight to a sheet, as big as a bank card, nothing cut, large enough to read."""

import pypdfium2
import pytest
from playwright.sync_api import Page

from overrides.frame.translation import SOURCE_LANGUAGES
from tests import printed
from tests.browser.rules import violations
from tests.site import SHARE

PX = 96 / 25.4  # of a millimetre on paper
MEASURED = """() => [...document.querySelectorAll('.cards .card')].map(card => {
  const box = card.getBoundingClientRect();
  const inside = [...card.querySelectorAll('h2, p, li, em, svg')].filter(one => one.getClientRects().length);
  const foot = card.querySelector('.foot'), list = card.querySelector('ul');
  return {
    size: [box.width, box.height],
    cut: inside.some(one => {
      const at = one.getBoundingClientRect();
      return at.bottom > box.bottom || at.right > box.right || at.left < box.left;
    }),
    over: foot ? list.getBoundingClientRect().bottom > foot.querySelector('p').getBoundingClientRect().top : false,
    points: Math.min(...inside.map(one => parseFloat(getComputedStyle(one).fontSize))) * 0.75,
    colours: [...new Set(inside.map(one => getComputedStyle(one).color))],
  };
})"""


@pytest.mark.parametrize("language", SHARE)
def test_it_prints_eight_to_a_sheet_of_a4(page: Page, address: str, language: str) -> None:
    """One sheet, and one of backs where somebody wrote how sentences sound; nothing else comes out of the printer."""
    page.goto(f"{address}/{language}/cards/")
    octets = page.pdf(prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(octets)
    backs = any(said.sound for one in printed.found(language) for said in one.sentences)
    assert len(document) == (2 if backs else 1)
    width, height = document[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
    words = "".join(document[0].get_textpage().get_text_range().split())
    assert words.count("".join(printed.editions()[language].t("cards.danger").split())) in (0, 8)
    assert words.count("112") >= 8
    for hidden in ("cards.lead", "cards.found", "leave.button"):
        assert "".join(printed.editions()[language].t(hidden).split()) not in words


@pytest.mark.parametrize("language", SHARE)
def test_every_card_has_its_size_and_loses_nothing(page: Page, address: str, language: str) -> None:
    """85 by 54 millimetres; no letter below 7.5 points, all of them black, none outside and none over another."""
    page.goto(f"{address}/{language}/cards/")
    page.emulate_media(media="print", color_scheme="dark")
    found = page.evaluate(MEASURED)
    assert len(found) >= 8
    for card in found:
        assert card["size"] == pytest.approx([85 * PX, 54 * PX], abs=0.5)
        assert (card["cut"], card["over"]) == (False, False)
        assert card["points"] >= 7.5
        assert card["colours"] == ["rgb(0, 0, 0)"]
    notes = page.locator(".on-paper p").all()
    assert bool(notes) == (language not in SOURCE_LANGUAGES)
    assert all(one.is_visible() for one in notes)


@pytest.mark.parametrize("language", SHARE)
def test_on_a_phone_it_is_read_without_scrolling_sideways(
    page: Page, address: str, language: str
) -> None:
    """The page is the card that everybody can read: in order, in large letters, by a screen reader too."""
    page.goto(f"{address}/{language}/cards/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    headings = page.locator(".card h2").all_inner_texts()
    assert headings == [one.title.words for one in printed.found(language)]
    assert page.locator(".card .qr").first.is_hidden()
    assert violations(page) == []
