"""Every state of the form and of the answer page, one after the other, by what a visitor does to come there.

Each walk yields the name of a state once the page is in it; whoever goes along looks at the page then.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from playwright.sync_api import Page, Route, expect

from tests.browser.reading import CODE, Boards, Reader
from tests.browser.visit import STEPS, Visit, caught
from tests.site import asset

UNUSED = "0" * 22 + "98"
_MOST = 8_000  # words of a letter: more than a complaint holds
_ANSWERS = {  # by outcome: what answers in place of the drop
    "busy": (503, ""),
    "elsewhere": (200, "<p>log in</p>"),
    "refused": (400, '{"error":"suite"}'),
    "key_unknown": (400, '{"error":"key_unknown"}'),
}
_LATE = "2130-01-01T00:00:00Z"
_SLEEP = "document.dispatchEvent(new Event('visibilitychange'))"


def form_states(visit: Visit) -> Iterator[str]:
    """From the first step to the complaint that was sent, with a code, through every mistake on the way.

    A name with a comma is what became of the state before it.
    """
    visit.open_form()
    yield "the whole page of the form"
    yield "before"
    for step in STEPS[1:]:
        visit.go_to(step)
        yield step
        yield from _MORE.get(step, _no_more)(visit)
    yield from _sending(visit, "#send", "unreachable")
    yield from _leaving(visit)
    visit.send()
    visit.expect_sent()
    yield "sent"
    visit.page.locator("#shown summary").press("Enter")
    yield "sent, code shown"


def outcomes(visit: Visit, send: str = "#send") -> Iterator[str]:
    """From where all is ready to be sent: each answer that is no empty 204."""
    for outcome, (status, body) in _ANSWERS.items():
        visit.page.route("**/drop", _fulfil(status, body))
        visit.page.locator(send).press("Enter")
        visit.expect_outcome(outcome)
        visit.page.unroute("**/drop")
        yield outcome


def without_form(visit: Visit) -> Iterator[str]:
    """Where nothing can be written: the last key is over, and the code that seals did not come."""
    page = visit.page
    page.clock.set_fixed_time(_LATE)
    visit.open_form()
    page.locator("#next").press("Enter")
    expect(page.locator("#closed")).to_be_visible()
    yield "closed"
    page.clock.set_fixed_time("2026-11-30T12:00:00Z")
    page.route(f"**/{asset('seal.js')}", lambda route: route.abort())
    visit.open_form()
    page.locator("#next").press("Enter")
    expect(page.locator("#failed")).to_be_visible()
    yield "failed"
    page.unroute(f"**/{asset('seal.js')}")


def idle_states(page: Page, day: date) -> Iterator[str]:
    """A page with words in it that nobody uses: covered, then emptied under the cover, then seen again."""
    page.clock.set_fixed_time(f"{day}T12:06:00Z")
    page.evaluate(_SLEEP)
    expect(page.locator("#cover")).to_be_visible()
    yield "covered"
    page.clock.set_fixed_time(f"{day + timedelta(1)}T12:00:00Z")
    page.evaluate(_SLEEP)
    page.locator("#cover").press("Enter")
    expect(page.locator("#cleared")).to_be_visible()
    yield "cleared"


def answer_states(reader: Reader, boards: Boards) -> Iterator[str]:
    """From an empty field to words that were sent under a code, through everything that a board can say."""
    page = reader.page
    boards.put(boards.make([]))
    reader.arrive(boards.day(2))
    yield "look"
    for name, typed in (("digits", "12"), ("check", "7" + CODE[1:])):
        page.locator("#code").fill(typed)
        page.locator("#read").press("Enter")
        expect(page.locator(f"#problem-{name}")).to_be_visible()
        yield f"look, {name} wrong"
    yield from _fetching(reader)
    reader.read(UNUSED)
    yield "nothing under the code"
    yield from _boards(reader, boards)
    yield from _writing_again(reader)


def _no_more(visit: Visit) -> Iterator[str]:
    return iter(())


def _topics(visit: Visit) -> Iterator[str]:
    visit.page.locator("#topics-operator").check()
    yield "topics, operator chosen"


def _story(visit: Visit) -> Iterator[str]:
    _refused(visit, "story-blank")
    yield "story, nothing written"
    visit.page.locator("#story").fill("x " * _MOST)
    yield "story, too long"
    visit.page.locator("#story").fill("x")


def _sharing(visit: Visit) -> Iterator[str]:
    visit.page.locator("#scope-details").check()
    _refused(visit, "store")
    yield "sharing, nobody chosen and no yes"
    visit.page.locator("#scope-nobody").check()
    visit.page.locator("#consent_store").check()


def _code(visit: Visit) -> Iterator[str]:
    _refused(visit, "code")
    yield "code, nothing chosen"
    visit.page.locator("#code-yes").check()
    yield "code, shown"
    _refused(visit, "code_last")
    yield "code, last digits not typed"
    shown = "".join(visit.page.locator("#slip .code span").all_inner_texts())
    visit.page.locator("#code_last").fill(shown[-4:])


_MORE = {"topics": _topics, "story": _story, "sharing": _sharing, "code": _code}


def _refused(visit: Visit, problem: str) -> None:
    visit.page.locator("#next").press("Enter")
    expect(visit.page.locator(f"#problem-{problem}")).to_be_visible()


def _sending(visit: Visit, send: str, ends: str) -> Iterator[str]:
    held: list[Route] = []
    visit.page.route("**/drop", lambda route: held.append(route))
    visit.page.locator(send).press("Enter")
    request = caught(visit.page, held)
    yield "check, sending" if visit.page.locator("#write").count() else "write again, sending"
    request.abort()
    visit.expect_outcome(ends)
    visit.page.unroute("**/drop")
    yield f"then not sent, {ends}"


def _leaving(visit: Visit) -> Iterator[str]:
    page = visit.page
    page.locator("footer a[href*='leaving']").press("Enter")
    expect(page.locator("#away")).to_be_visible()
    yield "asked before leaving"
    page.locator("#stay").press("Enter")
    expect(page.locator("#away")).to_be_hidden()


def _fetching(reader: Reader) -> Iterator[str]:
    held: list[Route] = []
    reader.page.route("**/board.bin", lambda route: held.append(route))
    reader.page.locator("#code").fill(UNUSED)
    reader.page.locator("#read").press("Enter")
    request = caught(reader.page, held)
    expect(reader.page.locator("[data-stage=fetching]")).to_be_visible()
    yield "look, fetching"
    request.abort()
    expect(reader.page.locator("[data-state=unreachable]")).to_be_visible()
    reader.page.unroute("**/board.bin")
    yield "board not reached"
    reader.page.locator("#retype").press("Enter")


def _boards(reader: Reader, boards: Boards) -> Iterator[str]:
    status = boards.reply("acting", kind="status", language="")
    two = [boards.reply(), boards.reply("سنتصل بك غدا.", language="ar"), status]
    whole = boards.make(two, epoch=7)
    for name, octets, day in (
        ("several answers", whole, 2),
        ("late", whole, 9),
        ("old", whole, 16),
        ("damaged", whole[:-1], 2),
    ):
        boards.put(octets)
        reader.arrive(boards.day(day))
        reader.read()
        yield name
    boards.put(boards.make([boards.reply()]))
    reader.read_again()
    yield "one answer"


def _writing_again(reader: Reader) -> Iterator[str]:
    page = reader.page
    page.locator("#again").press("Enter")
    yield "write again"
    page.locator("#send").press("Enter")
    expect(page.locator("#problem-words")).to_be_visible()
    yield "write again, nothing written"
    page.locator("#ask-withdraw").check()
    page.locator("#send").press("Enter")
    expect(page.locator("#problem-withdraw")).to_be_visible()
    yield "write again, nothing to withdraw chosen"
    page.locator("#ask-write").check()
    page.locator("#words").fill("x")
    yield from _sending(reader, "#send", "unreachable")
    page.locator("#send").press("Enter")
    expect(page.locator("#sent")).to_be_visible(timeout=40_000)
    yield "sent"


def _fulfil(status: int, body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, body=body)
