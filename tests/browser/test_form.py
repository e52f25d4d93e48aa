"""The form itself: what is required, what is said when something is missing, and when it must not send at all."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.browser.visit import NO_ED25519, STEPS, Visit
from tests.site import asset


def test_only_story_consent_and_the_choice_of_a_code_are_required(visit: Visit) -> None:
    """Every other question can be passed by pressing Next."""
    visit.open_form()
    passed = []
    while not visit.at("check"):
        passed.append(STEPS[visit.shown()])
        if visit.at("story"):
            visit.page.locator("#story").fill("x")
        if visit.at("sharing"):
            visit.page.locator("#consent_store").check()
        if visit.at("code"):
            visit.page.locator("#code-no").check()
        visit.page.locator("#next").press("Enter")
        visit.page.wait_for_function(
            "n => !document.querySelectorAll('.step')[n].hidden", arg=len(passed)
        )
    assert passed == list(STEPS[:-1])


@pytest.mark.parametrize(
    ("step", "field", "problem"),
    [("story", "story", "story-blank"), ("sharing", "consent_store", "store")],
)
def test_what_is_missing_is_said_at_the_field_and_in_the_summary(
    visit: Visit, step: str, field: str, problem: str
) -> None:
    """The summary takes focus, names the problem, and leads to the field, which is marked."""
    visit.open_form()
    if step == "sharing":
        visit.go_to("story")
        visit.page.locator("#story").fill("blijft staan")
    visit.go_to(step)
    visit.page.locator("#next").press("Enter")
    summary = visit.page.locator("#errors")
    expect(summary).to_be_focused()
    expect(visit.page.locator(f"#problem-{problem}")).to_be_visible()
    assert visit.page.locator(f"#problem-{problem}").inner_text() in summary.inner_text()
    assert visit.page.locator(f"#{field}").get_attribute("aria-invalid") == "true"
    summary.locator("button").click()
    expect(visit.page.locator(f"#{field}")).to_be_focused()
    if step == "sharing":
        assert visit.page.locator("#story").input_value() == "blijft staan"


def test_receivers_are_asked_for_when_something_may_be_passed_on(visit: Visit) -> None:
    """Nobody is the first and the given choice; another choice asks to whom, and does not go on without."""
    page = visit.page
    visit.open_form()
    visit.go_to("story")
    page.locator("#story").fill("x")
    visit.go_to("sharing")
    assert page.locator("[name=scope]").first.get_attribute("value") == "nobody"
    expect(page.locator("#scope-nobody")).to_be_checked()
    expect(page.locator("#to")).to_be_hidden()
    page.locator("#scope-pattern").check()
    page.locator("#consent_store").check()
    page.locator("#next").press("Enter")
    expect(page.locator("#problem-receivers")).to_be_visible()
    page.locator("#to-help").check()
    visit.go_to("check")


def test_risk_behind_operator_is_explained(visit: Visit) -> None:
    """Choosing *operator* shows that a workplace can be closed, there and where passing on is asked."""
    visit.language = "en"
    visit.open_form()
    visit.go_to("topics")
    note = visit.page.locator(".operator-risk")
    expect(note.first).to_be_hidden()
    visit.page.locator("#topics-operator").check()
    expect(note.first).to_be_visible()
    expect(note.first).to_contain_text("workplace can be closed")
    visit.go_to("story")
    visit.page.locator("#story").fill("x")
    visit.go_to("sharing")
    expect(note.last).to_be_visible()


def test_answers_can_be_read_back_and_changed(visit: Visit) -> None:
    """The last step shows each answer; changing one keeps all the others."""
    page = visit.page
    visit.open_form()
    visit.go_to("role")
    page.locator("#role-self").check()
    visit.write("eerste\nregel")
    review = page.locator("#review")
    expect(review).to_contain_text("eerste\nregel")
    expect(review).to_contain_text("Voor mezelf")
    review.get_by_role("button", name=re.compile("Wat er gebeurde")).click()
    expect(page.locator("#story")).to_be_focused()
    page.locator("#story").fill("tweede")
    visit.go_to("check")
    expect(review).to_contain_text("tweede")
    expect(review).to_contain_text("Voor mezelf")


def test_next_leads_from_a_changed_answer_back_to_reading(visit: Visit) -> None:
    """Also past a problem that was said and mended there; from Back on, it goes step by step again."""
    page = visit.page
    visit.open_form()
    visit.write("x")
    change = page.locator("#review").get_by_role
    change("button", name="Gemeente").press("Enter")
    page.locator("#municipality").fill("Ede")
    page.locator("#next").press("Enter")
    expect(page.locator("#review")).to_contain_text("Ede")
    assert visit.at("check")
    change("button", name="Wat er gebeurde").press("Enter")
    page.locator("#story").fill("")
    page.locator("#next").press("Enter")
    page.locator("#errors button").press("Enter")
    page.locator("#story").fill("anders")
    page.locator("#next").press("Enter")
    expect(page.locator("#review")).to_contain_text("anders")
    change("button", name="Wanneer").press("Enter")
    page.locator("#back").press("Enter")
    page.locator("#next").press("Enter")
    assert visit.at("place")


def test_enter_in_a_field_neither_sends_nor_leaves(visit: Visit) -> None:
    """Enter does not submit anything by itself."""
    visit.open_form()
    visit.go_to("place")
    visit.page.locator("#municipality").fill("Ede")
    visit.page.locator("#municipality").press("Enter")
    assert visit.page.locator("#municipality").input_value() == "Ede"
    assert visit.at("place")


def test_without_script_it_says_so_and_names_other_ways(chromium: Browser, address: str) -> None:
    """Where no script runs there is no form and no other field or button, but a plain sentence and the other ways.

    Nothing is asked for but pages and what they are made of, by their bare names.
    """
    without = chromium.new_context(java_script_enabled=False)
    page = without.new_page()
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one))
    for language, name in (("nl", "write"), ("en", "write"), ("nl", "answer"), ("ar", "answer")):
        page.goto(f"{address}/{language}/{name}/")
        expect(page.locator("#no-script")).to_contain_text("JavaScript")
        expect(page.locator("#no-script .other-ways li").first).to_be_visible()
        assert page.locator("#form, #look, #follow").filter(visible=True).count() == 0
        assert page.locator("input, textarea, select, button").filter(visible=True).count() == 0
    sent = {(one.method, one.post_data, urlsplit(one.url).query) for one in asked}
    assert sent == {("GET", None, "")}
    without.close()


def test_closed_after_the_last_key(visit: Visit) -> None:
    """Long after the last key's last day the form is closed and names the other ways."""
    visit.page.clock.set_fixed_time("2130-01-01T00:00:00Z")
    visit.open_form()
    visit.page.locator("#next").press("Enter")
    expect(visit.page.locator("#closed")).to_be_visible()
    expect(visit.page.locator("#closed .other-ways li").first).to_be_visible()
    expect(visit.page.locator("#form")).to_be_hidden()


def test_an_old_clock_does_not_stop_her(visit: Visit) -> None:
    """A phone whose clock stands before the build counts as the day of the build."""
    visit.page.clock.set_fixed_time("1999-01-01T00:00:00Z")
    visit.open_form()
    visit.write("x")
    visit.send()
    visit.expect_sent()


@pytest.mark.parametrize("worker", ["seal", "seal_older"])
@pytest.mark.parametrize("broken", ["worker", "signature", "key"])
def test_fails_closed(visit: Visit, broken: str, worker: str) -> None:
    """Without the sealing code, or with a key list that was tampered with, nothing can be sent."""
    page = visit.page
    if worker == "seal_older":
        page.add_init_script(NO_ED25519)
    if broken == "worker":
        page.route(f"**/{asset(f'{worker}.js')}", lambda route: route.abort())
    else:
        page.route("**/write/", lambda route: _tampered(route, broken))
    visit.open_form()
    page.locator("#next").press("Enter")
    expect(page.locator("#failed")).to_be_visible()
    expect(page.locator("#form")).to_be_hidden()
    assert visit.posts() == []
    scripts = {request.url.rpartition("/")[2] for request in visit.requests}
    assert scripts & {"seal.js", "seal_older.js"} == {f"{worker}.js"}


def _tampered(route, broken: str) -> None:
    answer = route.fetch()
    html = answer.text()
    if broken == "signature":
        html = re.sub(
            r"(signature&#34;:&#34;)(.)", lambda m: m[1] + ("0" if m[2] != "0" else "1"), html
        )
    else:
        html = re.sub(
            r"(public\\&#34;:\\&#34;)(.)", lambda m: m[1] + ("A" if m[2] != "A" else "B"), html
        )
    assert html != answer.text()
    route.fulfill(response=answer, body=html)
