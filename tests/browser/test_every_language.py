"""A complaint and its answer in each language: every step in her own script, the desk's screen, her page."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import floor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.letters import answers
from desk.strings import Strings
from tests import way_back
from tests.browser.desk import Screen, entered
from tests.browser.reading import Reader
from tests.browser.test_complaint import ROOM
from tests.browser.visit import Visit
from tests.practice import Practice, running
from tests.site import LANGUAGES, STRINGS
from tests.soak import SOAK

# From right to left, with other digits; signs of three bytes go the same way in `test_way_back.py` (th).
WALKED = LANGUAGES if SOAK else ("ar",)
T = Strings("en")
STORIES = {
    "nl": "Zij kwamen binnen zonder te vragen.\nIk zei: nee.",
    "en": "They came in without asking.\nI said: no.",
    "es": "Entraron sin preguntar. ¿Quiénes son?\nDije que no.",
    "ro": "Au intrat fără să întrebe.\nAm spus: nu. Țip și azi.",
    "bg": "Влязоха, без да попитат.\nКазах: не. Ѝ казах.",
    "hu": "Kérdés nélkül bejöttek.\nAzt mondtam: nem. Őrült fűtő.",
    "pt-BR": "Entraram sem perguntar.\nEu disse: não, três vezes.",
    "pl": "Weszli bez pytania.\nPowiedziałam: nie. Źle się czuję.",
    "th": "พวกเขาเข้ามาโดยไม่ถาม\nฉันพูดว่าไม่ น้ำใจ",
    "zh": "他们没有问就进来了。\n我说：不。",
    "ru": "Они вошли без спроса.\nЯ сказала: нет. Ещё раз.",
    "ar": "دخلوا دون أن يسألوا، الساعة ٣.\nقلت: لا.",
}
SIGN_BYTES = dict.fromkeys(("th", "zh"), 3) | dict.fromkeys(
    ("nl", "en"), 1
)  # of the widest: else 2
ZEROS = {"ar": "٠", "th": "๐"}  # who writes with other digits types her code in them
STANDARD = "received"
MOST_CONTACT = 500  # code points, WIRE.md section 5
KEYS = {"complaint_id": "0" * 32, "reply_key": "0" * 64, "tag_key": "0" * 64}  # as long as hers


def chosen(language: str) -> dict[str, Any]:
    """What she says in each step but the story, as it has to arrive: one field at its limit."""
    first, _, second = STORIES[language].partition("\n")
    return {
        "schema": 1,
        "form_language": language,
        "role": "permission",
        "wish": "act",
        "topics": ["check", "operator"],
        "municipality": first,
        "period": "half_year",
        "pass_on": {"scope": "details", "to": ["ombudsman"]},
        "consent": {"store": True, "act": True, "count": True, "quote": True},
        "address_as": second,
        "answerer": "woman",
        "reply_language": language,
        "contact": (first * MOST_CONTACT)[:MOST_CONTACT].strip().ljust(MOST_CONTACT, "."),
    }


def size(complaint: dict[str, Any]) -> int:
    """Bytes of UTF-8 that a complaint takes in the sealed object."""
    return len(json.dumps(complaint, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def share(complaint: dict[str, Any], story: str) -> int:
    """Whole per cents of the room for a story that are left."""
    room = ROOM - size(complaint | {"story": ""})
    return floor((ROOM - size(complaint | {"story": story})) / room * 100)


def widest(language: str) -> str:
    """A sign that takes most bytes in her script."""
    sign = max(STORIES[language], key=lambda one: len(one.encode("utf-8")))
    assert len(sign.encode("utf-8")) == SIGN_BYTES.get(language, 2)
    return sign


def longest(language: str) -> str:
    """The longest story in her script that fits beside all that she says elsewhere."""
    story, sign = STORIES[language] + "\n", widest(language)
    room = ROOM - size(chosen(language) | KEYS | {"story": ""})
    once = size({"": story}) - size({"": ""})
    story *= room // once
    return story + sign * ((room - (size({"": story}) - size({"": ""}))) // len(sign.encode()))


def say_who_and_where(visit: Visit) -> None:
    """The steps before the story."""
    page, said = visit.page, chosen(visit.language)
    visit.open_form()
    for name in ("role", "wish", "topics"):
        visit.go_to(name)
        for value in said[name] if name == "topics" else [said[name]]:
            page.locator(f"#{name}-{value}").check()
    visit.go_to("place")
    page.locator("#municipality").press_sequentially(said["municipality"])
    page.locator(f"#period-{said['period']}").check()


def tell(visit: Visit) -> None:
    """The story sign by sign, with the room that is left beside it."""
    page, story = visit.page, STORIES[visit.language]
    visit.go_to("story")
    page.locator("#story").press_sequentially(story)
    assert page.locator("#story").input_value() == story
    names = ("schema", "form_language", "role", "wish", "topics", "municipality", "period")
    so_far = {name: chosen(visit.language)[name] for name in names} | KEYS
    so_far |= {"pass_on": {"scope": "nobody", "to": []}}
    so_far |= {"consent": dict.fromkeys(("store", "act", "count", "quote"), False)}
    expect_room(visit, share(so_far, story))


def expect_room(visit: Visit, left: int) -> None:
    pattern = STRINGS[visit.language].calendar.percent
    expect(visit.page.locator("#room")).to_have_text(pattern.replace("{count}", str(left)))


def say_the_rest(visit: Visit) -> str:
    """The steps after the story, a field that is one sign too long among them; returns her code."""
    page, said = visit.page, chosen(visit.language)
    visit.go_to("sharing")
    page.locator("#scope-details").check()
    page.locator("#to-ombudsman").check()
    for purpose in said["consent"]:
        page.locator(f"#consent_{purpose}").check()
    visit.go_to("reach")
    page.locator("#address_as").press_sequentially(said["address_as"])
    page.locator(f"#answerer-{said['answerer']}").check()
    page.locator("#reply_language").select_option(visit.language)
    page.locator("#contact").fill(said["contact"] + widest(visit.language))
    page.locator("#next").press("Enter")
    problem = STRINGS[visit.language]("write.problem.contact-long")
    expect(page.locator("#problem-contact-long")).to_have_text(problem)
    page.locator("#contact").fill(said["contact"])
    return visit.take_code()


def fill_the_room(visit: Visit) -> None:
    """Back from reading to the story, up to the last sign that fits, and one more."""
    page, language = visit.page, visit.language
    visit.go_to("check")
    expect(page.locator("#review")).to_contain_text(STORIES[language].partition("\n")[0])
    visit.go_back_to("story")
    story, whole = longest(language), chosen(language) | KEYS
    for part in (story[: len(story) // 2], story):
        page.locator("#story").fill(part)
        expect_room(visit, share(whole, part))
        expect(page.locator("#overflow")).to_be_hidden()
    page.locator("#story").press("Control+End")
    page.keyboard.insert_text(widest(language))
    expect(page.locator("#overflow-text")).to_have_text(widest(language))
    page.keyboard.press("Backspace")
    expect(page.locator("#overflow")).to_be_hidden()
    visit.go_to("check")


def complain(visit: Visit) -> str:
    """The whole form in her language, sealed and sent; returns her code."""
    say_who_and_where(visit)
    tell(visit)
    code = say_the_rest(visit)
    fill_the_room(visit)
    visit.send()
    visit.expect_sent()
    expect(visit.page.locator("#sent h2")).to_have_text(STRINGS[visit.language]("write.sent.title"))
    assert [len(body) for body in visit.posts()] == [16_384]
    assert visit.troubles == []
    return code


def at_stick(page: Page, menu: str, stick: Path, press: str) -> None:
    """A screen that asks for a stick: its folder, and a button."""
    with page.expect_navigation():
        page.locator("nav").get_by_role("link", name=T(f"page.nav.{menu}")).click()
    page.get_by_label(T("page.stick.path")).fill(str(stick))
    page.get_by_role("button", name=press).click()
    expect(page.get_by_role("status")).to_be_visible()


def answer(screen: Screen, desk: Practice, language: str) -> None:
    """Import, open the one case and read it, take the standard answer in her language, and make the board."""
    page = screen.page
    at_stick(page, "import", desk.drop, T("page.import.press"))
    screen.open("/")
    with page.expect_navigation():
        page.locator("main a[href^='/case/']").first.click()
    expect(page.locator("section .told").first).to_contain_text(
        STORIES[language].partition("\n")[0]
    )
    form = page.locator("#do-answer")
    if not form.locator("form").is_visible():
        form.locator("summary").first.click()
    expect(page.locator("#answer-language")).to_have_value(language)
    page.locator("#answer-standard").select_option(STANDARD)
    with page.expect_navigation():
        form.locator("button[name=choose]").click()
    pair = answers.pair(STANDARD, language)
    expect(page.locator("#answer-text")).to_have_value(pair.text)
    dutch = "" if language in answers.CHECKED else pair.dutch
    expect(page.locator("#answer-dutch")).to_have_value(dutch)
    form.locator("button:not([name])").click()
    page.wait_for_selector(".done")
    at_stick(page, "outbox", desk.folder, T("page.board.press"))
    assert screen.troubles == []


@dataclass(frozen=True)
class Walk:
    """One practice desk, with a site, a store and a board of its own, that is running."""

    desk: Practice
    address: str


@pytest.fixture
def walk(practice: Practice, tmp_path: Path) -> Iterator[Walk]:
    """Give a desk at which nobody complained yet."""
    desk = way_back.own_site(practice, tmp_path)
    with running(desk) as address:
        yield Walk(desk, address)


def read_it(page: Page, walk: Walk, language: str, code: str) -> None:
    """Her page, her code in her digits: the answer in her language, the Dutch below it, and nothing in another one."""
    reader = Reader(page, walk.address, language)
    reader.arrive(way_back.today() + timedelta(1))
    zero = ord(ZEROS.get(language, "0"))
    reader.read(code.translate({ord("0") + n: zero + n for n in range(10)}))
    pair, t = answers.pair(STANDARD, language), STRINGS[language]
    is_checked = language in answers.CHECKED
    whole = pair.text if is_checked else answers.with_dutch(pair.text, pair.dutch, language)
    assert reader.answers() == [whole]
    shown = page.locator("#answers .answer")
    direction = page.locator("html").get_attribute("dir")
    assert shown.evaluate("e => [e.lang, getComputedStyle(e).direction]") == [language, direction]
    assert (reader.said("state"), reader.said("found")) == ([], ["acknowledged"])
    assert page.locator("#result h2").inner_text() == t("answer.found.title")
    assert page.locator("#answers h3").all_inner_texts() == [t("answer.kind.answer")]
    assert reader.troubles == []


@pytest.mark.parametrize("language", WALKED)
def test_a_complaint_and_its_answer_in_her_language(
    walk: Walk, page: Page, chromium: Browser, language: str
) -> None:
    """She fills in every step up to the last byte, the desk answers in its screen, and she reads it by her code."""
    code = complain(Visit(page, walk.address, language))
    (arrived,) = walk.desk.complaints()
    hers = {name: arrived.pop(name) for name in KEYS}
    assert arrived == chosen(language) | {"story": longest(language)}
    assert ROOM - len(widest(language).encode()) < size(arrived | hers) <= ROOM
    store, today = way_back.store_of(walk.desk), way_back.today()
    with entered(chromium, store, "--language", "en", "--today", f"{today}") as screen:
        answer(screen, walk.desk, language)
    way_back.publish(walk.desk)
    with chromium.new_context() as other:
        read_it(other.new_page(), walk, language, code)
