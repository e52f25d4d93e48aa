"""When the drop cannot take a complaint: the words stay, and one press sends when it is back."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests import stores
from tests.browser.visit import Visit, caught
from tests.faults import Act, canned, door, hang, passing_on, s3_error
from tests.practice import Practice, build_few, desk, make_key, publish, running
from tests.way_back import own_site

ROOT = Path(__file__).resolve().parents[2]
STORY = "mijn woorden"
S3_FAULTS: dict[str, Act] = {
    "500": s3_error("500 Internal Server Error", "InternalError"),
    "503": s3_error("503 Slow Down", "SlowDown"),
    "409": s3_error("409 Conflict", "ConditionalRequestConflict"),
    "html_403": canned("403 Forbidden", "<html>no</html>", "text/html"),
    "slow": hang,
}


def written(page: Page, address: str) -> Visit:
    """Give a visit that stands before the last press."""
    visit = Visit(page, address)
    visit.open_form()
    visit.write(STORY)
    return visit


def expect_words_kept(visit: Visit, outcome: str) -> None:
    """Say that it is not sent, with the words still in the form."""
    visit.expect_outcome(outcome)
    expect(visit.page.locator("#status")).to_contain_text("Je woorden staan nog in dit formulier")
    expect(visit.page.locator("#status")).to_be_focused()
    assert visit.page.locator("#story").input_value() == STORY
    expect(visit.page.locator("#review")).to_contain_text(STORY)


@contextmanager
def on_store(practice: Practice, behind: str, bucket: str, port: int) -> Iterator[str]:
    """Run the app on a store that is well when it starts, and of which the door is closed then."""
    env = stores.CREDENTIALS | {"AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{port}"}
    with ExitStack() as stack:
        with door(passing_on(behind), port=port):
            address = stack.enter_context(running(practice, f"s3:{bucket}", env))
        yield address


@pytest.mark.parametrize("fault", S3_FAULTS)
def test_store_in_trouble(page: Page, fresh: Practice, weed, fault: str) -> None:
    """S3 answers badly or not at all; when it is well again, one press sends the same bytes."""
    bucket, port = weed.new_bucket(), stores.free_port()
    with on_store(fresh, weed.endpoint, bucket, port) as address:
        visit = written(page, address)
        with door(S3_FAULTS[fault], port=port):
            visit.send()
            expect_words_kept(visit, "busy")
        with door(passing_on(weed.endpoint), port=port):
            visit.send()
            visit.expect_sent()
    first, second = visit.posts()
    assert first == second
    assert len(stores.KeptS3(weed.endpoint, bucket).objects()) == 1


def test_store_stopped(page: Page, fresh: Practice, weed) -> None:
    """Nothing listens where S3 should be: not sent, and said so; back again, one press sends."""
    bucket, port = weed.new_bucket(), stores.free_port()
    with on_store(fresh, weed.endpoint, bucket, port) as address:
        visit = written(page, address)
        visit.send()
        expect_words_kept(visit, "busy")
        with door(passing_on(weed.endpoint), port=port):
            visit.send()
            visit.expect_sent()
    assert len(set(visit.posts())) == 1


def test_changed_words_are_sealed_anew(visit: Visit) -> None:
    """Between two tries she changes a word: other bytes go, under the same complaint id."""
    visit.page.route("**/drop", lambda route: route.abort())
    visit.open_form()
    visit.write(STORY)
    visit.send()
    visit.expect_outcome("unreachable")
    visit.page.unroute("**/drop")
    visit.go_back_to("story")
    visit.page.locator("#story").fill("andere woorden")
    visit.go_to("check")
    visit.send()
    visit.expect_sent()
    first, second = visit.posts()
    assert first != second


def sent_but_never_told(page: Page, address: str) -> Visit:
    """Give a visit whose complaint was stored while the answer was lost."""
    visit = Visit(page, address)
    page.route("**/drop", lambda route: (route.fetch(), route.abort()))
    visit.open_form()
    visit.write(STORY)
    visit.send()
    visit.expect_outcome("unreachable")
    page.unroute("**/drop")
    return visit


def test_a_lost_answer_costs_no_second_object(page: Page, fresh: Practice) -> None:
    """Stored, but the answer was lost: the same bytes again are the same object."""
    with running(fresh) as address:
        visit = sent_but_never_told(page, address)
        visit.send()
        visit.expect_sent()
    assert len(fresh.names()) == 1


def test_a_complaint_sealed_twice_is_marked(page: Page, fresh: Practice) -> None:
    """The answer was lost and the words changed: two objects, one id, and `desk open` marks it."""
    with running(fresh) as address:
        visit = sent_but_never_told(page, address)
        visit.go_back_to("story")
        page.locator("#story").fill(STORY + " en meer")
        visit.go_to("check")
        visit.send()
        visit.expect_sent()
    assert len(fresh.names()) == 2
    assert len({complaint["complaint_id"] for complaint in fresh.complaints()}) == 1
    opened = desk("open", fresh.drop, "--key", fresh.secret, "--language", "en")
    assert "the same complaint as" in opened.stdout


def test_words_cannot_change_while_they_are_under_way(visit: Visit) -> None:
    """Until the answer is there, Back and Change lead nowhere: nothing unsent can be cleared."""
    held: list[Route] = []
    visit.page.route("**/drop", lambda route: held.append(route))
    visit.open_form()
    visit.write(STORY)
    visit.send()
    visit.page.wait_for_function("() => !document.querySelector('[data-outcome=sending]').hidden")
    visit.page.locator("#back").click()
    visit.page.locator("#review button").first.click()
    assert visit.at("check")
    caught(visit.page, held).abort()
    visit.expect_outcome("unreachable")
    visit.page.locator("#back").click()
    assert visit.at("code")
    assert visit.page.locator("#story").input_value() == STORY


def test_double_click_sends_once(visit: Visit) -> None:
    """Two quick presses are one complaint."""
    visit.open_form()
    visit.write(STORY)
    visit.page.locator("#send").dblclick()
    visit.expect_sent()
    assert len(visit.posts()) == 1


def test_new_key_without_losing_a_word(page: Page, tmp_path: Path, elsewhere: str) -> None:
    """The drop knows only the next key: the page fetches the list, keeps the words, and seals to that key."""
    keys = tmp_path / "keys-of-practice"
    make_key(keys, "intake", "2026-10-01", "2026-12-31")
    for use in ("board", "site"):
        make_key(keys, use)
    publish(keys, "2026-12-01")
    build_few(keys / "keys.json", tmp_path / "site", elsewhere, "nl", "en")
    new = make_key(keys, "intake", "2027-01-01")
    renewed = publish(keys, "2027-04-15")  # 90 days after its last day the old key is off the list
    (tmp_path / "site" / "keys.json").write_text(renewed, "utf-8")
    practice = Practice(tmp_path, new, keys / "keys.json", tmp_path / "site", tmp_path / "drop")
    with running(practice) as address:
        visit = Visit(page, address)
        page.clock.set_fixed_time("2027-01-20T00:00:00Z")
        visit.open_form()
        visit.write(STORY)
        visit.send()
        expect_words_kept(visit, "key_unknown")
        page.locator("#renew").click()
        visit.expect_sent()
    assert [complaint["story"] for complaint in practice.complaints()] == [STORY]


@pytest.mark.parametrize(
    ("sent", "found"),
    [(b"{}", "{}"), (b"\xef\xbb\xbf{}", "\ufeff{}"), (b"{\xff}", None)],
    ids=["whole", "byte_order_mark", "no_utf_8"],
)
def test_a_fetched_key_list_is_taken_byte_for_byte(
    page: Page, sent: bytes, found: str | None
) -> None:
    """A browser drops a byte order mark and mends broken UTF-8 by itself; a key list has one encoding."""
    module = (ROOT / "overrides" / "assets" / "drop.mjs").read_bytes()
    answers = {
        "/": ("text/html", b"<!doctype html>"),
        "/drop.mjs": ("text/javascript", module),
        "/keys.json": ("application/json", sent),
    }

    def answer(route: Route) -> None:
        kind, body = answers["/" + route.request.url.rsplit("/", 1)[1]]
        route.fulfill(status=200, content_type=kind, body=body)

    page.route("http://balie.test/*", answer)
    page.goto("http://balie.test/")
    taken = page.evaluate("import('/drop.mjs').then((drop) => drop.fetchKeyList())")
    assert taken == found


def test_an_older_list_is_refused_and_costs_no_word(
    practice: Practice, page: Page, tmp_path: Path
) -> None:
    """A host that serves yesterday's list, well signed, leads nobody back to yesterday's key."""
    keys = Path(shutil.copytree(practice.secret.parent, tmp_path / "keys-of-practice"))
    next(keys.glob("intake-*.pub")).unlink()
    new = make_key(keys, "intake")
    own = replace(own_site(practice, tmp_path), keys=keys / "keys.json", secret=new)
    served = own.site / "keys.json"
    served.unlink()
    served.write_text(publish(keys, "2026-11-21"), "utf-8")  # the page's own is of the day after
    with running(own) as address:
        visit = Visit(page, address)
        visit.open_form()
        visit.write(STORY)
        visit.send()
        expect_words_kept(visit, "key_unknown")
        page.locator("#renew").click()
        visit.expect_outcome("key_behind")
        assert visit.page.locator("#story").input_value() == STORY
        assert own.names() == set()
        served.write_text(publish(keys, "2026-11-22"), "utf-8")
        visit.send()
        expect_words_kept(visit, "key_unknown")
        page.locator("#renew").click()
        visit.expect_sent()
    assert [complaint["story"] for complaint in own.complaints()] == [STORY]


def test_an_older_list_that_comes_after_the_form_was_emptied_is_refused_too(
    practice: Practice, page: Page, tmp_path: Path
) -> None:
    """She leaves while the list is on its way, and comes back: a new worker does not begin with it."""
    keys = Path(shutil.copytree(practice.secret.parent, tmp_path / "keys-of-practice"))
    next(keys.glob("intake-*.pub")).unlink()
    new = make_key(keys, "intake")
    own = replace(own_site(practice, tmp_path), keys=keys / "keys.json", secret=new)
    older = publish(keys, "2026-11-21")  # the page's own is of the day after
    held: list[Route] = []
    page.route("**/keys.json", lambda route: held.append(route))
    with running(own) as address:
        visit = Visit(page, address)
        visit.open_form()
        visit.write(STORY)
        visit.send()
        visit.expect_outcome("key_unknown")
        page.locator("#renew").press("Enter")
        list_request = caught(page, held)
        page.evaluate("dispatchEvent(new Event('leave'))")
        list_request.fulfill(status=200, content_type="application/json", body=older)
        page.wait_for_function("() => !document.querySelector('[aria-busy]')")
        visit.write(STORY)
        visit.send()
        visit.expect_outcome("key_unknown")
    assert own.names() == set()
