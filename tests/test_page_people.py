"""What the daily screen says, in the words of people: how urgent a case is, days, languages, numbers (desk/page)."""

import re
from datetime import date

import pytest

from desk.cases.case import Case
from desk.page.screen import MENU
from desk.strings import LANGUAGES, Strings
from tests.page_forms import forms, press
from tests.screens import CODE, HANDLER, Client, do, put_case

# What a machine writes: a date or a week of ISO 8601, a digest, an option, a byte, a language code in brackets.
OF_MACHINES = re.compile(
    r"\b\d{4}-(?:\d{2}-\d{2}|W\d{2}|\d{2}|Q\d)\b|\b[0-9a-f]{16,}\b|\bbytes?\b|(?<!{)\bepoch\b|\bhash"
    r"|\bhex|\bJSON\b|\([^()]*\bcode\b[^()]*\)|taalcode|\b(?:None|True|False)\b"
)
# One of many: in English the word behind a number ends in s.
MANY = re.compile(
    r"\{(?:count|rest|number|found|replies|receipts)\} (?:more |of )?(?:\w+s|these|them|stand)\b"
)
# Said of a year of complaints, rounded to tens.
NEVER_ONE = {"figures.total"}


def furnish(client: Client) -> tuple[Case, Case]:
    """Put something with a day, a language and a number on every screen; a case and a bundle."""
    book = client.screen.book
    fields = {"topics": ["violence"], "form_language": "bg", "reply_language": "pt-BR"}
    case = put_case(book, on="2026-11-02", **fields, **CODE)
    do(book, case, "deadline", rule="objection", started="2026-11-20")
    do(book, case, "translate", text="Dag", language="nl", made_by="person")
    do(book, case, "refer", organisation="Huis", follow_up="2026-12-01")
    do(book, case, "consent", purpose="act", given="yes", how="face")
    do(book, case, "answer", text="Dag", language="pt-BR", reads="yes", reports_back="yes")
    do(book, case, "bundle", title="Controles")
    closed = put_case(book, on="2025-10-01")
    do(book, closed, "outcome", outcomes=("listened",))
    do(book, closed, "close", without="no_channel")
    withdrawn = put_case(book)
    do(book, withdrawn, "consent", purpose="store", given="no", how="face")
    return case, book.cases[case.bundle]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_speaks_as_a_machine(client: Client, language: str) -> None:
    """Every page of the menu, of a case and of what is made from it."""
    case, bundle = furnish(client)
    paths = [path for _, path, _ in MENU]
    paths += [f"/case/{case.subject}{more}" for more in ("", "?open=answer", "/letter", "/dossier")]
    paths += [f"/case/{bundle.subject}", "/agenda?day=2026-11-09", "/?section=deadline"]
    for path in paths:
        client.get(f"{path}{'&' if '?' in path else '?'}language={language}")
        assert client.last.status == 200, path
        assert OF_MACHINES.findall(client.words) == [], path


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_for_the_screen_has_a_word_of_a_machine(language: str) -> None:
    """Those of pages, cases, boards and what comes in; options are for the command line and its errors."""
    texts = Strings(language).texts
    said = {n: t for n, t in texts.items() if not n.startswith(("keeping.", "leak.", "refusal."))}
    found = {name: OF_MACHINES.findall(text) for name, text in said.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_what_is_one_is_told_as_one() -> None:
    """A text in which a number stands before what is many has a second one for 1, or does without."""
    t = Strings("en")
    many = {name for name, text in t.texts.items() if MANY.search(text)} - NEVER_ONE
    assert len(many) > 20
    assert {name for name in many if not t.has(f"{name}_one")} == set()
    assert t("page.outbox.written", count=1) == "1 piece of work put on the stick"
    assert t("page.outbox.written", count=2) == "2 pieces of work put on the stick"


@pytest.mark.parametrize(
    ("language", "day", "month", "quarter"),
    [
        ("nl", "1 maart 2026", "maart 2026", "kwartaal 1 van 2026"),
        ("en", "1 March 2026", "March 2026", "quarter 1 of 2026"),
    ],
)
def test_days_are_written_as_people_write_them(
    language: str, day: str, month: str, quarter: str
) -> None:
    """A day, a month, a quarter; what is no date stays as it is."""
    t = Strings(language)
    assert t.day("2026-03-01") == t.day(date(2026, 3, 1)) == day
    assert (t.month("2026-03"), t.month("2026-Q1")) == (month, quarter)
    assert t.day("soon") == "soon"
    assert t.days("law, 2026-03-01 and 2026-02-31") == f"law, {day} and 2026-02-31"


@pytest.mark.parametrize("typed", ["20-11-2026", "20.11.2026", "2026-11-20"])
def test_a_day_may_be_typed_as_people_write_it(client: Client, typed: str) -> None:
    """Day, month, year; a month that does not exist, or might be the day, is refused with words that work."""
    case = put_case(client.screen.book)
    do(client.screen.book, case, "deadline", rule="objection", started=typed)
    assert case.deadlines[0].started == "2026-11-20"
    client.get(f"/case/{case.subject}")
    for wrong in ("20-13-2026", "10/11/2026"):
        press(client, f"/case/{case.subject}/deadline", rule="objection", started=wrong)
        assert "This is no date: Write day, month and year, as 22-11-2026." in client.words


def test_a_language_is_chosen_by_its_name(client: Client) -> None:
    """Hers is chosen already; one that has no name here is there by its code."""
    case = put_case(client.screen.book, form_language="bg", reply_language="xx", **CODE)
    client.get(f"/case/{case.subject}?open=answer")
    form = forms(client.text)[f"/case/{case.subject}/answer"]
    assert form.sent["language"] == ["xx"]
    assert {"nl", "en", "bg", "pt-BR", "xx"} <= form.choices["language"]
    assert "Language, answer in, script Bulgarian · xx · Latin script" in client.words
    assert '<option value="bg">Bulgarian</option>' in client.text
    assert '<option value="bg">Bulgarian</option>' in client.get("/add").text
    assert "Bulgarian" in client.get("/").words


def test_a_complaint_that_nobody_sorted_says_so(client: Client) -> None:
    """On its page, in lists and when it is found, until a handler says how urgent it is: Normal is Normal."""
    book = client.screen.book
    case = put_case(book, story="Groene deur", topics=["violence"], **CODE)
    path = f"/case/{case.subject}"
    assert "Not sorted yet New Speaks of violence" in client.get(path).words
    do(book, case, "note", text="read it")
    assert "Not sorted yet Read Speaks of violence" in client.get(path).words
    assert "Read · Not sorted yet" in client.get("/").words
    assert "Perhaps danger: read first (1)" in client.words
    assert "Read · Not sorted yet" in client.post("/search", words="groene").words
    assert "Not sorted yet" in client.get(f"{path}/dossier").words

    client.get(f"{path}?open=triage")
    press(client, f"{path}/triage")
    assert "Urgency: This field cannot stay empty" in client.words
    press(client, f"{path}/triage", urgency="normal")
    assert "Normal Read" in client.words
    for place in (path, "/", f"{path}/dossier"):
        assert "Not sorted yet" not in client.get(place).text.partition("<form")[0], place
    assert "Speaks of violence" not in client.get("/").words


def test_danger_is_one_press_beside_the_mark(client: Client) -> None:
    """With the stamp of every form: pressed twice it is done once; sorting takes it back, and it can be found."""
    case = put_case(client.screen.book, topics=["violence"], story="Groene deur")
    path = f"/case/{case.subject}"
    press(client.get(path), f"{path}/danger")
    assert 'class="badge badge-danger">Danger now' in client.text
    assert f"Done for {case.pseudonym}: Danger now" in client.words
    assert f"{path}/danger" not in forms(client.text)
    assert [(entry.kind, entry.by) for entry in case.thread[1:]] == [("triaged", HANDLER)]
    assert "Danger now · Read" in client.post("/search", words="groene").words

    client.get(path)
    press(client, f"{path}/triage", urgency="information")
    assert 'class="badge badge-information">For information' in client.text
    assert f"{path}/danger" in forms(client.text)


def test_danger_pressed_as_the_page_comes_does_nothing(client: Client) -> None:
    """As with a double click on a row of the inbox: the page says so."""
    case = put_case(client.screen.book)
    stamp = {"form_token": client.screen.session.form, "form_page": client.screen.presses.stamp()}
    client.ask("POST", f"/case/{case.subject}/danger", stamp)
    assert "Nothing was done" in client.follow().words
    assert not case.is_sorted


def test_a_canary_and_a_closed_case_have_no_danger(client: Client) -> None:
    """Neither stands in the inbox, where danger is looked for; `tests/test_canary.py` shows how one is known."""
    canary, closed = put_case(client.screen.book), put_case(client.screen.book)
    canary.canary = True
    do(client.screen.book, closed, "outcome", outcomes=("listened",))
    do(client.screen.book, closed, "close", without="no_channel")
    for case in (canary, closed):
        path = f"/case/{case.subject}"
        assert f"{path}/danger" not in forms(client.get(path).text)


def test_a_bundle_is_sorted_and_has_no_danger(client: Client) -> None:
    """A bundle is sorted by who makes it, and is nobody who can be in danger."""
    case = put_case(client.screen.book)
    client.post(f"/case/{case.subject}/bundle", title="Controles")
    (bundle,) = client.screen.book.bundles()
    client.get(f"/case/{bundle.subject}")
    assert "Normal Read" in client.words
    assert f"/case/{bundle.subject}/danger" not in forms(client.text)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Alt and Shift.",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36", "with Alt."),
        ("something else", "with Alt (Chrome) or with Alt and Shift (Firefox)."),
        (None, "with Alt (Chrome) or with Alt and Shift (Firefox)."),
    ],
)
def test_a_screen_says_how_its_letters_are_pressed(
    client: Client, agent: str | None, words: str
) -> None:
    """By what the browser calls itself, and both ways in doubt; the name itself is kept nowhere."""
    client.ask("GET", "/agenda", user_agent=agent)
    assert f"A letter in a box: press it {words}".replace("it Alt", "it with Alt") in client.words
    assert "Mozilla" not in repr(vars(client.screen))
    assert "Mozilla" not in client.text
