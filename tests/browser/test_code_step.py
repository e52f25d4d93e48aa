"""The code before sending: taken or left with equal ease, written down, confirmed, and never anywhere else."""

import re

import pytest
from playwright.sync_api import expect

from desk.wire import code
from tests.browser.paper import characters
from tests.browser.test_answer import TRACES
from tests.browser.test_layout import letters
from tests.browser.visit import Visit
from tests.practice import Practice, running

ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def at_code(visit: Visit) -> Visit:
    visit.open_form()
    visit.go_to("story")
    visit.page.locator("#story").fill("x")
    visit.go_to("sharing")
    visit.page.locator("#consent_store").check()
    visit.go_to("code")
    return visit


def test_neither_choice_is_made_for_her(visit: Visit) -> None:
    """Both choices stand side by side, none is ticked, and going on without one asks for it."""
    at_code(visit)
    assert visit.page.locator("[name=code]:checked").count() == 0
    expect(visit.page.locator("#slip")).to_be_hidden()
    visit.page.locator("#next").press("Enter")
    expect(visit.page.locator("#problem-code")).to_be_visible()
    visit.page.locator("#code-no").check()
    expect(visit.page.locator(".note[data-code=no]").first).to_be_visible()
    visit.page.locator("#next").press("Enter")
    assert visit.at("check")


def test_the_code_is_shown_large_in_six_groups(visit: Visit) -> None:
    """Six groups of four digits, left to right, which the desk takes for a code."""
    visit.language = "ar"
    at_code(visit)
    visit.page.locator("#code-yes").check()
    shown = visit.page.locator("#slip .code span").all_inner_texts()
    assert [len(group) for group in shown] == [4] * 6
    assert code.normalise(" ".join(shown)) == "".join(shown)
    assert visit.page.locator("#slip .code").get_attribute("dir") == "ltr"


def test_large_letters_keep_the_code_on_a_small_screen(visit: Visit) -> None:
    """At twice the size no digit stands beside the screen of a small phone, and no group is broken."""
    letters(visit, 32)
    visit.page.set_viewport_size({"width": 320, "height": 640})
    at_code(visit)
    visit.page.locator("#code-yes").check()
    boxes = visit.page.locator("#slip .code span").evaluate_all(
        "all => all.map((one) => [one.getClientRects().length, one.getBoundingClientRect().right])"
    )
    assert len(boxes) == 6
    assert all(lines == 1 and right <= 320 for lines, right in boxes), boxes
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("typed", ["plain", "arabic", "spaced"])
def test_the_last_group_confirms_the_code(visit: Visit, typed: str) -> None:
    """Wrong digits stop her with plain words; the right ones, in any script, let her on."""
    at_code(visit)
    page = visit.page
    page.locator("#code-yes").check()
    last = page.locator("#slip .code span").last.inner_text()
    page.locator("#code_last").fill(str((int(last) + 1) % 10_000).zfill(4))
    page.locator("#next").press("Enter")
    expect(page.locator("#problem-code_last")).to_be_visible()
    spelled = {"plain": last, "arabic": last.translate(ARABIC_INDIC), "spaced": " ".join(last)}
    page.locator("#code_last").fill(spelled[typed])
    page.locator("#next").press("Enter")
    assert visit.at("check")


def test_changing_her_mind_twice_keeps_the_code_on_paper_right(visit: Visit) -> None:
    """The page draws one code; ticking no and then yes again shows the same digits."""
    at_code(visit)
    page = visit.page
    page.locator("#code-yes").check()
    first = page.locator("#slip .code").inner_text()
    page.locator("#code-no").check()
    expect(page.locator("#slip")).to_be_hidden()
    page.locator("#code-yes").check()
    assert page.locator("#slip .code").inner_text() == first


def test_the_complaint_carries_the_keys_of_her_code(visit: Visit, fresh: Practice) -> None:
    """What the desk opens holds the two keys that the code on paper leads to, and not the code."""
    with running(fresh) as address:
        at_desk = Visit(visit.page, address)
        at_code(at_desk)
        digits = at_desk.take_code()
        at_desk.go_to("check")
        at_desk.send()
        at_desk.expect_sent()
    (complaint,) = fresh.complaints()
    reply_key, tag_key = code.derive(digits)
    assert complaint["reply_key"] == reply_key.hex()
    assert complaint["tag_key"] == tag_key.hex()
    assert not re.search(r"\d{4} ?\d{4}", complaint["story"])
    for request in at_desk.requests:
        assert digits not in request.url
    expect(visit.page.locator("#sent [data-code=yes]")).to_be_visible()
    expect(visit.page.locator("#sent [data-code=no]")).to_be_hidden()
    expect(visit.page.locator("#sent .code")).to_be_hidden()


def test_without_a_code_no_keys_are_sent(visit: Visit, fresh: Practice) -> None:
    """Who wants no code sends a complaint without keys, also after having looked at one."""
    with running(fresh) as address:
        at_desk = Visit(visit.page, address)
        at_code(at_desk)
        at_desk.take_code()
        at_desk.page.locator("#code-no").check()
        at_desk.go_to("check")
        at_desk.send()
        at_desk.expect_sent()
    (complaint,) = fresh.complaints()
    assert complaint.keys() & {"reply_key", "tag_key"} == set()
    expect(visit.page.locator("#sent [data-code=no]")).to_be_visible()


def test_the_code_is_nowhere_but_on_the_screen(visit: Visit) -> None:
    """From its making to the end no request, address, title, storage or message holds it, nor what is made of it."""
    at_code(visit)
    before = visit.page.evaluate(TRACES)
    digits = visit.take_code()
    visit.go_to("check")
    visit.send()
    visit.expect_sent()
    assert visit.page.evaluate(TRACES) == before
    assert visit.troubles == []
    said = [f"{r.url} {r.headers} {r.post_data_buffer or b''!r}" for r in visit.requests]
    for secret in (digits, digits[8:16], *(key.hex() for key in code.derive(digits))):
        assert [one for one in said if secret in one] == []


HOLD_KEYS = """const real = SubtleCrypto.prototype.deriveBits; window.held = [];
SubtleCrypto.prototype.deriveBits = async function (...given) {
  await new Promise((release) => held.push(release));
  return real.apply(this, given);
};"""


def test_what_was_sent_is_what_she_wrote_also_if_she_leaves(visit: Visit, fresh: Practice) -> None:
    """On a slow phone the keys come after she left; what arrives are her words and not the emptied form."""
    with running(fresh) as address:
        at_desk = Visit(visit.page, address)
        visit.page.add_init_script(HOLD_KEYS)
        at_code(at_desk)
        at_desk.take_code()
        at_desk.go_to("check")
        at_desk.send()
        visit.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
        visit.page.evaluate("held.forEach((release) => release())")
        at_desk.expect_sent()
    (complaint,) = fresh.complaints()
    assert (complaint["story"], complaint["consent"]["store"]) == ("x", True)


def test_leaving_takes_code_and_words_off_the_page(visit: Visit) -> None:
    """A browser that keeps the page shows whoever presses Back an empty form at its first step."""
    at_code(visit)
    page = visit.page
    digits = visit.take_code()
    page.locator("#story").evaluate("field => field.value = 'Zij kwamen om half drie.'")
    visit.go_to("check")
    assert "half drie" in page.locator("#review").inner_text()
    assert digits in page.locator("#slip").text_content().replace(" ", "")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    held = page.evaluate(
        "() => document.body.textContent + [...document.querySelectorAll('input, textarea')].map((e) => e.value)"
    )
    assert "half drie" not in held
    assert digits not in held
    expect(page.locator("#code_last")).to_have_value("")
    assert page.locator("[name=code]:checked").count() == 0


def printed(visit: Visit) -> tuple[int, set[str]]:
    """How many pages come out of the printer, and what stands on them; the browser adds its own lines."""
    wide = {"top": "2cm", "bottom": "2cm", "left": "1cm", "right": "1cm"}
    pdf = visit.page.pdf(display_header_footer=True, format="A4", margin=wide)
    return len(re.findall(rb"/Type /Page\b", pdf)), characters(pdf)


def test_the_printed_slip_holds_digits_and_nothing_else(visit: Visit) -> None:
    """One page with the digits of the code: no name, no heading, no day, no address of this site."""
    at_code(visit)
    pages, drawn = printed(visit)
    assert {"/", ":", "N"} <= drawn  # the address, the time and words, where nothing keeps them off
    visit.page.locator("#code-yes").check()
    shown = visit.page.locator("#slip .code").inner_text()
    assert printed(visit) == (1, set(re.sub(r"\s", "", shown)))
    visit.page.locator("#code-no").check()
    assert printed(visit)[0] == pages
