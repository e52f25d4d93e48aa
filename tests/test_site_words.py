"""What the built pages say: plain sentences, no word that hurts, sources with a date, few bytes.

A page may let an exact sentence or word through by naming it under `waive` in its front matter.
What a page must say in its language is taken from the strings of that language.
"""

import math
import re
from datetime import date, timedelta
from pathlib import Path

import brotli
import pytest
import yaml

from overrides.facts import directory, front_matter
from overrides.facts.front_matter import Facts
from overrides.frame.edition import SOURCE_LANGUAGES
from tests.avoid import avoided
from tests.site import (
    LANGUAGES,
    PAGES,
    ROOT,
    SHARE,
    STRINGS,
    Built,
    Page,
    asset,
    build_site,
    few,
)

AVERAGE_WORDS, MOST_WORDS, SUMMARY_WORDS = 15, 25, 60
# What bodies call themselves: their whole names pass, the same words elsewhere do not.
BODIES = ("Veilig Thuis", "Slachtofferhulp Nederland", "Meld Misdaad Anoniem")
# A footnote mark stands against the full stop and is no word. Chinese has no space behind its own marks; Thai has no
# full stop: a space between two of its words ends a sentence or a part of one.
SENTENCE_END = (
    r"(?<=[.?!:;؟؛])\d*\s+|(?<=[。？！：；])\d*\s*|(?<=[\u0e01-\u0e4e)])\d*\s+(?=[\u0e01-\u0e4e])"
    r"|(?<=[.?])(?=\[)|(?<=\])\s+"  # how a Dutch sentence sounds stands between it and what it means
)
_WORD = r"\w[\w'’.,،\u064b-\u0652-]*"  # signs over Arabic letters belong to their word
# Scripts without spaces between words, and how many letters make a word there: Han; Thai, without its signs.
_UNSPACED = {r"[\u3400-\u9fff]": 2, r"[\u0e01-\u0e33\u0e40-\u0e46]": 4}


def waived(page: Page) -> list[str]:
    """What a page lets through by name; a fallback shows the page of another language."""
    text = (ROOT / "docs" / page.shown / f"{page.name}.md").read_text("utf-8")
    found = yaml.safe_load(text.split("---")[1]).get("waive", [])
    assert isinstance(found, list)
    return found


def names() -> list[str]:
    """Names of bodies and organisations, the longest first."""
    listed = directory.load(ROOT / "docs" / "data" / "directory.yml").values()
    whole = {*BODIES, *(one.name for one in listed)}
    return sorted(whole | {name.partition(" (")[0] for name in whole}, key=len, reverse=True)


def said(string_id: str, language: str, value: str = r"(.+?)") -> str:
    """A pattern for a string of a language, its holes filled with another pattern."""
    parts = re.split(r"\{\w+\}", STRINGS[language].texts[string_id])
    return value.join(map(re.escape, parts))


def sentences(page: Page) -> list[str]:
    """Sentences of the running text, without names of tests."""
    hidden = [element.text for element in page.all("code")]
    texts = [re.sub(r"\s+", " ", block.text) for block in page.blocks()]
    for code in hidden:
        texts = [text.replace(code, "") for text in texts]
    split = [re.split(SENTENCE_END, text.strip()) for text in texts]
    return [sentence for parts in split for sentence in parts if re.search(r"\w", sentence)]


def words(sentence: str) -> int:
    """Number of words in a sentence; where a script has no spaces between words, reckoned from its letters."""
    reckoned = 0.0
    for letter, many in _UNSPACED.items():
        reckoned += len(re.findall(letter, sentence)) / many
        sentence = re.sub(letter, " ", sentence)
    return len(re.findall(_WORD, sentence)) + math.ceil(reckoned)


def test_arabic_marks_end_a_sentence_and_split_no_word() -> None:
    """A question mark and a semicolon end it, a comma does not, and a vowel sign is no new word."""
    text = "هل هذا بيتك؟ نعم، هذا بيتي؛ شكرًا لكم."

    assert [words(part) for part in re.split(SENTENCE_END, text)] == [3, 3, 2]


def test_scripts_without_spaces_are_reckoned_by_their_letters() -> None:
    """A Chinese sentence ends at its own marks; names in Latin letters are words as elsewhere."""
    text = "这是你的住宅吗？你不必说同意。请看 Veilig Thuis。"

    assert [words(part) for part in re.split(SENTENCE_END, text) if part] == [4, 3, 3]
    thai = re.split(SENTENCE_END, "คุณไม่ต้องตอบ ขอ Juridisch Loket")
    assert [words(part) for part in thai] == [3, 3]


def test_sentences_are_short(built_site: Built) -> None:
    """At most 15 words on average and 25 at most, on every reading page."""
    assert len(built_site.reading_pages) == (len(PAGES) - 2) * len(LANGUAGES)
    for page in built_site.reading_pages:
        found = sentences(page)
        lengths = [words(sentence) for sentence in found]
        too_long = [s for s in found if words(s) > MOST_WORDS and s not in waived(page)]
        assert too_long == [], page.path
        assert sum(lengths) / len(lengths) <= AVERAGE_WORDS, page.path


def test_pages_open_with_the_answer(built_site: Built) -> None:
    """A box of at most 60 words comes first, or right behind rows that lead on (tests/browser/test_first_*.py)."""
    saying = 0
    for page in built_site.reading_pages:
        (box,) = page.all("div", class_="admonition summary")
        (title,) = page.all("h1")
        before = page.elements[page.elements.index(title) + 1 : page.elements.index(box)]
        if page.all("section", class_="sheet") or page.name in ("index", "help"):
            saying += 1
            (rows, *_) = page.all("ul", class_="rows")
            below = [e for e in before[before.index(rows) :] if rows not in e.inside]
            assert {e.tag for e in below[1:]} <= {"p", "a"}, page.path  # danger, and notes
            before = []
        assert before == [], page.path
        assert words(re.sub(r"(?<=[.?])\d+", "", box.text)) <= SUMMARY_WORDS + 2, page.path
    assert saying == (12 + 2) * len(LANGUAGES)  # door pages, but that of afterwards; home and help


def test_no_word_that_wounds_or_promises_too_much(built_site: Built) -> None:
    """Neither in the text, nor in the form, nor in menus and footers, nor in the English under them."""
    known = names()
    for page in [page for page in built_site.pages if not page.is_made]:
        text = own_words(page, known)
        allowed = waived(page) if page.language else []
        for language in {page.language, page.shown} if page.language else LANGUAGES:
            found = avoided(text, language)
            assert [word for word in found if word.lower() not in allowed] == [], page.path


def own_words(page: Page, known: list[str]) -> str:
    """The text of a page without sources, names of fields and names of bodies: not our words."""
    foreign = [e.text for e in page.elements if "footnote" in e.attributes.get("class", "").split()]
    foreign += [e.text for e in page.all("code")]
    text = page.all("body")[0].text
    for part in [*sorted(foreign, key=len, reverse=True), *known]:
        text = text.replace(part, " ")
    return text


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("nl", "Een slachtoffer is veilig.", ["slachtoffer", "veilig"]),
        ("en", "Safe for girls", ["Safe", "girls"]),
        ("en", "The rules for living space count.", ["rules for living space count"]),
        ("en", "We count it. The law counts six months.", []),
        ("es", "Las víctimas están seguras; es ilegal.", ["víctimas", "seguras", "ilegal"]),
        ("ar", "الضحايا والدعارة وللضحية", ["الضحايا", "والدعارة", "وللضحية"]),
        ("ar", "العاملات والعاملين في مجال الجنس", []),
        ("es", "Callo. Una objeción, sin tu sí.", ["Callo", "objeción", "sin tu sí"]),
        ("ar", "الرقابة والخدمة الاجتماعية", ["الرقابة", "والخدمة الاجتماعية"]),
        ("zh", "这些受害者很安全。她说匿名投诉。", ["这些受害者很安全", "她说匿名投诉"]),
        ("zh", "场所负责人用安全套，向警方报案。", []),
        ("th", "เหยื่อพูด ที่นี่ปลอดภัยมาก", ["เหยื่อพูด", "ที่นี่ปลอดภัยมาก"]),
        ("th", "ผู้ดูแลสถานที่แจ้งความกับตำรวจ", []),
    ],
)
def test_the_lists_know_their_words(language: str, text: str, found: list[str]) -> None:
    """Each list finds what it must, in the forms in which it stands in a sentence."""
    assert avoided(text, language) == found


def test_every_source_shows_its_link_and_dates(built_site: Built) -> None:
    """Law or publisher, its address or that there is none, what text it was, and the day of reading."""
    for page in built_site.reading_pages:
        read = said("sources.read", page.shown, f"(?:{a_day(page.shown)})")
        dated = said("sources.dated", page.shown, r".{0,30}?\d{4}.{0,8}?")
        text_of = f"{dated}|{said('sources.undated', page.shown)}"
        notes = [
            e
            for e in page.all("p")
            if e.inside[-1].attributes.get("id", "").startswith("fn:")  # one for each source
        ]
        for note in notes:
            links = [a.attributes["href"] for a in page.all("a") if note in a.inside]
            addresses = sum(link.startswith("https://") for link in links)
            none = STRINGS[page.shown]("sources.no_address") in note.text
            assert addresses == (not none), note.text
            assert re.search(text_of, note.text), note.text
            assert re.search(read, note.text), note.text
        assert "[^" not in page.html, page.path


def a_day(language: str) -> str:
    """A pattern for a whole day as this language writes it, with its month."""
    written = [
        re.escape(STRINGS[language].day(date(2026, month, 28)).removesuffix("."))
        for month in range(1, 13)
    ]
    days = [re.sub("2026", r"20\\d\\d", one, count=1) for one in written]
    return "|".join(re.sub(r"(?<!\d)28(?!\d)", r"\\d{1,2}", one) for one in days)


def test_every_page_has_three_sourced_claims_or_says_what_it_does_not_know() -> None:
    """In both source languages; home, traces, form, data and checking make no claim of law."""
    without = {"index", "leaving", "write", "answer", "data", "check"}
    for language in SOURCE_LANGUAGES:
        for path in (ROOT / "docs" / language).glob("*.md"):
            text = path.read_text("utf-8")
            claims = set(re.findall(r"\[\^([\w-]+)\]", text))
            assert len(claims) >= 3 or "!!! unknown" in text or path.stem in without, path


def test_every_reading_page_says_how_fresh_it_is(built_site: Built) -> None:
    """When it was checked, when again, and which lawyer saw it if one did, in the reader's language."""
    for page in built_site.reading_pages:
        t, facts = STRINGS[page.language], facts_of(page)
        (foot,) = page.all("footer")
        assert facts.last_checked
        assert facts.check_again
        assert t("footer.last_checked", date=t.day(facts.last_checked)) in foot.text, page.path
        assert t("footer.check_again", date=t.day(facts.check_again)) in foot.text, page.path
        lawyer = facts.legal_reviewer
        seen = t("footer.lawyer_by", name=lawyer) if lawyer else t("footer.lawyer_none")
        assert seen in foot.text, page.path


def facts_of(page: Page) -> Facts:
    """What the file of a page, or of the page that it shows, says of itself."""
    path = ROOT / "docs" / page.shown / f"{page.name}.md"
    return front_matter.parse(path.name, front_matter.read(path))


def test_every_page_names_112_and_how_to_read_without_traces(built_site: Built) -> None:
    """Help in danger, and what the leave button does not do, are one look away."""
    for page in built_site.pages:
        (foot,) = page.all("footer")
        assert "112" in foot.text
        links = [e.attributes["href"] for e in page.all("a") if foot in e.inside]
        assert any(link.endswith("leaving/") for link in links) is bool(page.language), page.path


def test_ways_that_nobody_tried_say_so(built_site: Built) -> None:
    """A practice page shows blanks as blanks."""
    for page in [page for page in built_site.pages if page.language]:
        untried = STRINGS[page.language]("contact.not_called")
        assert untried in page.all("footer")[0].text, page.path


def test_a_page_past_its_date_warns(built_site: Built, tmp_path: Path) -> None:
    """After the day of the next check every dated page says so, and only then."""
    last = max(
        facts.check_again for facts in map(facts_of, built_site.reading_pages) if facts.check_again
    )
    files = few(tmp_path, "en", *SHARE)
    late = build_site(tmp_path, reference_date=last + timedelta(days=1), **files)

    for page in late.reading_pages:
        (warning,) = page.all("p", class_="warning")
        assert re.fullmatch(said("stale.banner", page.language), warning.text), page.path
    today = built_site.settings.reference_date
    for page in built_site.reading_pages:
        assert bool(page.all("p", class_="warning")) is facts_of(page).is_stale(today), page.path


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_asks_the_same_questions(built_site: Built, language: str) -> None:
    """Same pages, same number and level of headings, same number of boxes and tables."""
    by_path = {page.path: page for page in built_site.pages}
    for page in built_site.pages:
        if page.language == "nl":
            other = by_path[page.path.replace("/nl/", f"/{language}/", 1)]
            assert shape(page) == shape(other), other.path


def shape(page: Page) -> list[str]:
    """Headings, boxes and tables of a page, in order."""
    return [
        element.tag + element.attributes.get("id", "") + element.attributes.get("class", "")
        for element in page.elements
        if element.tag in ("h1", "h2", "h3", "table")
        or "admonition" in element.attributes.get("class", "").split()
    ]


def brotli_bytes(content: bytes) -> int:
    """Size at the highest setting, as an edge would send it at best."""
    return len(brotli.compress(content, quality=11))


@pytest.mark.parametrize(("name", "most"), [("site.css", 3328), ("leave.js", 1500)])
def test_shared_files_stay_small(built_site: Built, name: str, most: int) -> None:
    """Style and exit are paid for by every reader."""
    assert brotli_bytes(built_site.files[asset(name)]) <= most


def test_the_icon_is_tiny_and_says_nothing(built_site: Built) -> None:
    """Lines on a sheet, under 300 bytes, without a title."""
    icon = built_site.files[asset("icon.svg")]

    assert len(icon) < 300
    assert b"<title" not in icon
    assert b"<text" not in icon
