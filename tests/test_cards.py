"""Cards for the pocket: the words of the pages, the days on them, and what they tell of who carries one."""

import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from overrides.facts import front_matter
from overrides.frame import menu
from overrides.paper import cards, pages, pdf
from overrides.press import again
from overrides.words.errors import SiteError
from tests import printed
from tests.site import (
    LANGUAGES,
    ROOT,
    SHARE,
    Built,
)

SEVEN = {"door", "workplace", "hotel", "suspect", "after", "help", "hours"}
# What nobody should read in a bag; the sentences of a page may name nothing of it either.
OUTS = re.compile(
    r"se[xk]s?\W?w|prostitu|escort|bordeel|brothel|burdel|секс|проститу|секс|性工作|卖淫|جنس|دعارة|ขายบริการ|โสเภณี"
    r"|lucrător|szexmunk|pracownic|seksual|trabalhador",
    re.I,
)


def words(html: str) -> str:
    """The text of a page, without marks of sources and how a sentence sounds, and with single spaces."""
    text = re.sub(r"<sup.*?</sup>|<span class=\"sound\".*?</span>", "", html, flags=re.S)
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
        days = pages.until(printed.editions()[language].t, one.day, one.until)
        assert " ".join(days.split()) in page


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
    with pytest.raises(SiteError, match=r"en/door\.md does not say: Dit is mijn woning\."):
        cards.of(replace(printed.editions()["en"], docs=docs))


def test_a_page_that_is_behind_a_new_sentence_is_named_and_not_the_list(tmp_path: Path) -> None:
    """The list is right for the Dutch page: another sentence in it would be wrong for all other languages."""
    docs = changed(tmp_path, "es/door.md", "*Dit is mijn woning.*", "*Dit is mijn huis.*")
    with pytest.raises(SiteError) as refused:
        cards.of(replace(printed.editions()["es"], docs=docs))
    assert "docs/nl/door.md has it: write it in docs/es/door.md too" in refused.value.hint

    docs = changed(tmp_path / "nl", "nl/door.md", "*Dit is mijn woning.*", "*Dit is mijn huis.*")
    with pytest.raises(SiteError) as refused:
        cards.of(replace(printed.editions()["nl"], docs=docs))
    assert "write in cards.yml the sentence that stands there now" in refused.value.hint


def test_a_summary_that_no_longer_names_the_source_stops_the_build(tmp_path: Path) -> None:
    """The line on the card about six weeks ends at the mark of the law that it rests on."""
    docs = changed(tmp_path, "nl/door-after.md", "bezwaar.[^awb-6-7]\n", "bezwaar.\n")
    with pytest.raises(SiteError, match=r"nl/door-after\.md does not name awb-6-7"):
        cards.of(replace(printed.editions()["nl"], docs=docs))


def test_too_few_cards_for_a_sheet_are_refused(tmp_path: Path) -> None:
    """A sheet with a hole in it would be printed by everybody."""
    path = tmp_path / "cards.yml"
    text = cards.LIST.read_text("utf-8")
    path.write_text(text[: text.rindex("- id:")], "utf-8")
    with pytest.raises(SiteError, match=r"cards\.yml has 7 cards"):
        cards.load(path)


def test_an_edited_sentence_to_say_is_left_to_a_whole_build() -> None:
    """Where only a page is made again its cards would go on saying what it said before; other words are no matter."""
    text = (ROOT / "docs" / "en" / "door.md").read_text("utf-8")
    before = {"en/door.md": cards.sayings(text)}
    again._refuse_sayings({"en/door.md": f"{text}\n\nMore.\n"}, before)
    with pytest.raises(SiteError):
        again._refuse_sayings(
            {"en/door.md": text.replace("This is my home.", "I live here.")}, before
        )


@pytest.mark.parametrize("language", SHARE)
def test_the_page_leads_to_exactly_the_pdfs_that_are_made(built_site: Built, language: str) -> None:
    """Where none are made there is no link; where they are, each file has its link and each link its file."""
    site, found = printed.editions()[language], printed.found(language)
    made = pages.render(site, menu_of(language), found, pdf=True, wrong=False)
    (html,) = (page.decode() for page in made.values())
    assert set(re.findall(r'href="([\w.]+\.pdf)"', html)) == set(printed.made(language))
    assert ".pdf" not in built_site.text(f"/{language}/cards/")


def menu_of(language: str) -> menu.Menu:
    """The whole menu of a language."""
    site = printed.editions()[language]
    return menu.whole(menu.written(ROOT / "mkdocs.yml", site), site.t)


def test_what_is_missing_for_pdfs_is_said_with_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One line, and nothing where nothing is missing."""
    assert pdf.missed() == []
    monkeypatch.setattr(pdf, "_PACKAGES", ("a_package_that_is_not_there",))
    (line,) = pdf.missed()
    assert "a_package_that_is_not_there is not installed; type: make cards" in line
    with pytest.raises(SiteError, match="a_package_that_is_not_there is not installed"):
        pdf.made(printed.editions()["nl"], printed.found("nl"))
