"""Cards for the pocket: the words of the pages, the days on them, and what they tell of who carries one."""

import re
import shutil
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest

from overrides.facts import front_matter
from overrides.paper import cards, pages, pdf
from overrides.press.build import build
from overrides.press.order import Order
from overrides.words.errors import SiteError
from tests import printed
from tests.site import (
    ISSUED,
    LANGUAGES,
    ROOT,
    Built,
    build_site,
    key_list,
    put_practice_key,
    ready,
    released,
)

SEVEN = {"door", "workplace", "hotel", "suspect", "after", "help", "hours"}
# What nobody should read in a bag; the sentences of a page may name nothing of it either.
OUTS = re.compile(
    r"se[xk]s?\W?w|prostitu|escort|bordeel|brothel|burdel|секс|проститу|секс|性工作|卖淫|جنس|دعارة|ขายบริการ|โสเภณี"
    r"|lucrător|szexmunk|pracownic|seksual|trabalhador",
    re.I,
)


def words(html: str) -> str:
    """The text of a page, without marks of sources and with single spaces."""
    text = re.sub(r"<sup.*?</sup>", "", html, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


def shown_by(language: str, name: str) -> str:
    """The language in whose words a page is shown."""
    return printed.editions()[language].shown(name).language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_what_its_pages_say(built_site: Built, language: str) -> None:
    """Each sentence with what it means, each line and each title stand word for word on the built page."""
    for one, made in zip(cards.load(), printed.found(language), strict=True):
        page = words(built_site.text(f"/{language}/{one.page.removesuffix('.md')}/"))
        assert made.title.words in page
        if one.line:
            assert made.line
            assert made.line.words in page
        for (name, dutch), said in zip(one.say, made.sentences, strict=True):
            page = words(built_site.text(f"/{language}/{name.removesuffix('.md')}/"))
            means = said.means.words if said.means else ""
            assert f"{dutch} {means}".strip() in page
            assert bool(means) == (shown_by(language, name) != "nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_and_the_card_are_the_same(built_site: Built, language: str) -> None:
    """All that a PDF is made of stands on the page of the language, which everybody can read."""
    page = words(built_site.text(f"/{language}/cards/"))
    for one in printed.found(language):
        for said in one.sentences:
            assert said.dutch in page
            assert said.means is None or said.means.words in page
            assert said.sound in page
        assert pages.until(printed.editions()[language].t, one.day, one.until) in page


def test_there_is_a_card_for_each_situation_and_they_fill_a_sheet() -> None:
    """Seven that were asked for, and as many as are cut from one sheet of A4, each with three or four sentences."""
    found = cards.load()
    assert {one.id for one in found} >= SEVEN
    assert len(found) == 8
    assert all(3 <= len(one.say) <= 4 for one in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_told_to_trust_a_card_longer_than_its_oldest_page(language: str) -> None:
    """The day on it is that of the page checked longest ago, and it ends with the first that is due."""
    site = printed.editions()[language]
    for one, made in zip(cards.load(), printed.found(language), strict=True):
        names = {one.page, *(name for name, _ in one.say)}
        paths = [site.docs / site.shown(name).language / name for name in names]
        facts = [front_matter.read(path) for path in paths]
        assert made.day == min(each["last_checked"] for each in facts)
        assert made.until == min(each["check_again"] for each in facts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_tells_nobody_what_work_its_bearer_does(language: str) -> None:
    """Who finds it learns that somebody has rights at a door, and no more; the address is the desk's own choice."""
    t = printed.editions()[language].t
    for one in printed.found(language):
        texts = [one.title.words, one.line.words if one.line else "", t("cards.danger")]
        texts += [
            f"{said.dutch} {said.means.words if said.means else ''}" for said in one.sentences
        ]
        assert OUTS.search(" ".join(texts)) is None, one.id


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of pages and facts in which one text is another."""
    docs = folder / "docs"
    shutil.copytree(ROOT / "docs", docs)
    text = (docs / name).read_text("utf-8")
    assert old in text
    (docs / name).write_text(text.replace(old, new), "utf-8")
    return docs


def test_a_sentence_that_its_page_no_longer_has_stops_the_build(tmp_path: Path) -> None:
    """A card cannot go on saying what the page stopped saying, in any language."""
    docs = changed(tmp_path, "en/door.md", "*Dit is mijn woning.*", "*Ik woon hier.*")
    with pytest.raises(SiteError, match=r"en/door\.md no longer says: Dit is mijn woning\."):
        cards.of(replace(printed.editions()["en"], docs=docs))


def test_a_summary_that_no_longer_names_the_source_stops_the_build(tmp_path: Path) -> None:
    """The line on the card about six weeks ends at the mark of the law that it rests on."""
    docs = changed(tmp_path, "nl/door-after.md", "bezwaar.[^awb-6-7]\n", "bezwaar.\n")
    with pytest.raises(SiteError, match="does not name awb-6-7"):
        cards.of(replace(printed.editions()["nl"], docs=docs))


def test_too_few_cards_for_a_sheet_are_refused(tmp_path: Path) -> None:
    """A sheet with a hole in it would be printed by everybody."""
    path = tmp_path / "cards.yml"
    text = cards.LIST.read_text("utf-8")
    path.write_text(text[: text.rindex("- id:")], "utf-8")
    with pytest.raises(SiteError, match=r"cards\.yml has 7 cards"):
        cards.load(path)


def test_a_sentence_that_was_edited_is_another_on_the_card_too(tmp_path: Path) -> None:
    """After a first build only edited pages are made again, and a card is another page than the one that was edited."""
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", docs)
    kept = tmp_path / "kept"
    build_site(tmp_path, docs=docs, kept=kept)
    page = docs / "en" / "door.md"
    text = page.read_text("utf-8")
    assert "This is my home." in text
    page.write_text(text.replace("This is my home.", "I live in this place."), "utf-8")
    again = build_site(tmp_path, docs=docs, kept=kept)
    assert "I live in this place." in again.text("/en/cards/")
    assert "This is my home." not in again.text("/en/cards/")


def test_no_page_leads_to_a_pdf_that_is_not_there(built_site: Built, tmp_path: Path) -> None:
    """Where none are made there is no link; where they are, each leads to a file, and each file has its link."""
    assert not any(".pdf" in page.html for page in built_site.pages)
    with_pdfs = build_site(tmp_path, paper=True)
    linked = {
        urljoin(page.path, link.attributes["href"])
        for page in with_pdfs.pages
        for link in page.all("a")
        if link.attributes["href"].endswith(".pdf")
    }
    assert linked == {f"/{name}" for name in with_pdfs.files if name.endswith(".pdf")}
    assert {f"/{language}/cards/cards.pdf" for language in LANGUAGES} <= linked


def test_a_release_without_pdfs_says_in_one_line_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody finds out by a page without a link that a package was missing."""
    assert pdf.missed() == []
    monkeypatch.setattr(pdf, "_PACKAGES", ("a_package_that_is_not_there",))
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", docs)
    settings, keys = tmp_path / "settings.yml", tmp_path / "keys.json"
    settings.write_text(released(), "utf-8")
    keys.write_text(key_list(practice=False), "utf-8")
    put_practice_key(tmp_path)
    today = date.fromisoformat(ISSUED)
    order = Order(settings, keys, tmp_path / "site", docs=ready(docs), release=True, today=today)
    said = build(order)
    assert [line for line in said if "PDF" in line] == pdf.missed()
    assert "a_package_that_is_not_there is not installed; type: make cards" in said[-1]
    assert not list(order.out.rglob("*.pdf"))
