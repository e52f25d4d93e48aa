"""One case on the daily screen (desk/page/casepage.py, letterpage.py, paper.py), asked without a browser."""

import re

import pytest

from desk.cases.case import Case
from desk.page.screen import IDLE_SECONDS
from desk.store.event import Event
from tests import samples
from tests.page_forms import forms, press
from tests.screens import CODE, HANDLER, Client, do, put_case

EXTRA = {"another_field": "<i>kept</i>"}


def test_a_case_shows_what_was_told_and_keeps_names_back(client: Client) -> None:
    """Contact and the name of the body are masked until somebody asks, which is recorded."""
    book = client.screen.book
    case = put_case(book, contact="bel 0600000000", wish="advice", topics=["care"], **EXTRA)
    do(book, case, "triage", about="care", about_name="Huis Zuid")
    page = client.get(f"/case/{case.subject}").words

    assert "Zij kwamen binnen." in page
    assert "another_field (field not known to this version)" in page
    assert "<i>kept</i>" in page
    assert "0600000000" not in page
    assert "Huis Zuid" not in client.text  # not in a field either
    assert {"0600000000", "Zuid"} <= set(client.post(f"/case/{case.subject}/unmask").words.split())
    assert 'value="Huis Zuid"' in client.text
    assert case.thread[-1].kind == "identity_read"
    assert "0600000000" not in client.get(f"/case/{case.subject}").words


def test_a_translation_stands_beside_the_original_with_its_maker(client: Client) -> None:
    """And the page forbids translators on the internet, in words."""
    case = put_case(client.screen.book, story="Здравейте", form_language="bg")
    form = {"text": "Goedendag", "language": "nl", "made_by": "interpreter", "who": "tolk 3"}
    client.post(f"/case/{case.subject}/translate", **form)

    assert "Made by: Interpreter, on 23 November 2026. tolk 3" in client.words
    assert '<bdi class="told " dir="auto" lang="bg">Здравейте</bdi>' in client.text
    assert '<bdi class="told inside" dir="auto" lang="nl">Goedendag</bdi>' in client.text
    assert "Never paste this into a translation program on the internet" in client.words


def go_to(client: Client, case: Case, action: str) -> str:
    """Go from the inbox by two links to the unfolded form of an action; returns its address."""
    address = f"/case/{case.subject}"
    for link in (address, f"{address}?open={action}"):
        assert f'href="{link}"' in (client.text if "open" in link else client.get("/").text)
        client.get(link)
    assert f'<details id="do-{action}" class="not-on-paper" open>' in client.text
    return f"{address}/{action}"


@pytest.mark.parametrize(
    ("fields", "action", "typed"),
    [
        (CODE, "answer", {"text": "x"}),
        (CODE, "refer", {"organisation": "x"}),
        (CODE, "bundle", {"title": "x"}),
        ({}, "close", {"outcomes": ["listened"], "without": "no_channel"}),
    ],
)
def test_three_clicks_from_the_inbox(
    client: Client, fields: dict[str, str], action: str, typed: dict[str, str | list[str]]
) -> None:
    """The case, the action, the button: no page stands in between, and its form asks all there is."""
    case = put_case(client.screen.book, **fields)
    press(client, go_to(client, case, action), **typed)
    assert 'class="card done" role="status"' in client.text


def test_an_answered_case_is_closed_in_three_clicks(client: Client) -> None:
    """The answer was the report back; what came of it is ticked in the form that closes the case."""
    book = client.screen.book
    case = put_case(book, **CODE)
    press(client, go_to(client, case, "answer"), text="x", reports_back="yes")
    do(book, case, "outcome", outcomes=("listened",))
    address = go_to(client, case, "close")
    assert forms(client.text)[address].sent["outcomes"] == ["listened"]
    press(client, address, outcomes=["listened", "informed"])
    assert 'class="card done" role="status"' in client.text
    assert (case.is_closed, case.outcomes) == (True, ("listened", "informed"))


def test_a_case_without_an_outcome_is_sent_back_to_that_field(client: Client) -> None:
    """The error stands at the ticks that are missing; what was chosen is still chosen."""
    case = put_case(client.screen.book)
    address = go_to(client, case, "close")
    press(client, address, without="no_channel")
    assert client.last.status == 422
    assert '<a href="#close-outcomes">Outcomes: The case has no outcome yet' in client.text
    assert forms(client.text)[address].sent["without"] == ["no_channel"]
    assert not case.is_closed


def test_a_term_that_was_put_off_is_set_before_the_first_is_over(client: Client) -> None:
    """The letter comes while the first term runs; the new one counts from its last day."""
    case = put_case(client.screen.book)
    client.get(f"/case/{case.subject}")
    rule = "complaint_adjourned"
    press(client, f"/case/{case.subject}/deadline", rule=rule, started="2026-12-14")
    assert client.last.status == 200
    assert [(term.rule, term.last_day) for term in case.deadlines] == [(rule, "2027-01-11")]


def test_a_standard_answer_takes_three_clicks_too(client: Client) -> None:
    """The form for an answer is unfolded while somebody waits for one, and folded when it was given."""
    case = put_case(client.screen.book, **CODE)
    unfolded = '<details id="do-answer" class="not-on-paper" open>'
    client.get(f"/case/{case.subject}")
    assert unfolded in client.text
    client.post(f"/case/{case.subject}/answer", choose="yes", standard="danger", language="nl")
    client.post(f"/case/{case.subject}/answer", text="Dag.", standard="danger", language="nl")
    assert 'class="card done" role="status"' in client.text
    client.get(f"/case/{case.subject}")
    assert unfolded not in client.text


def test_a_refused_form_keeps_what_was_typed(client: Client) -> None:
    """The error stands at the field and at the head, and nothing else has changed."""
    case = put_case(client.screen.book)
    before = len(case.thread)
    form = {"organisation": "Huis", "warm": "yes", "person": "An", "agreed": "morgen", "to": "x"}
    client.post(f"/case/{case.subject}/refer", **form)

    assert client.last.status == 422
    assert 'role="alert"' in client.text
    assert '<a href="#refer-follow_up">Follow up on: This field cannot stay empty' in client.text
    assert 'id="refer-follow_up-error"' in client.text
    assert 'aria-describedby="refer-follow_up-hint refer-follow_up-error"' in client.text
    for typed in ('value="Huis"', 'value="An"', 'value="morgen"', "checked"):
        assert typed in client.text
    assert len(case.thread) == before


def test_a_day_is_typed_in_one_order_whatever_the_browser_speaks(client: Client) -> None:
    """A browser's own field for days has the order of its language; ours has day, month and year, and says so."""
    case = put_case(client.screen.book)
    path = f"/case/{case.subject}/deadline"
    client.get(f"/case/{case.subject}?open=deadline")
    assert 'type="date"' not in client.text
    assert "Type day, month and year, as 31-12-2026." in client.words
    for wrong in ("4/3/2026", "13-2026", "31-02-2026"):
        client.post(path, rule="objection", started=wrong)
        assert client.last.status == 422
        assert f'value="{wrong}"' in client.text
        assert "This is no date" in client.words
    client.post(path, rule="objection", started="3-4-2026")
    assert [one.started for one in case.deadlines] == ["2026-04-03"]


def test_a_day_that_was_typed_is_shown_again_as_it_is_typed(client: Client) -> None:
    """Where another field is wrong, whatever way the day was written."""
    case = put_case(client.screen.book)
    for typed in ("2026-04-03", "03-04-2026"):
        client.post(f"/case/{case.subject}/deadline", rule="", started=typed)
        assert client.last.status == 422
        assert 'value="03-04-2026"' in client.text


def test_an_answer_says_how_much_room_is_left(client: Client) -> None:
    """In letters such as those that stand there; too long is refused with all of it still there."""
    case = put_case(client.screen.book, **CODE)
    client.post(f"/case/{case.subject}/answer", text="é" * 10, measure="yes")
    assert "room for about 1890 more letters" in client.words
    client.post(f"/case/{case.subject}/answer", text="é" * 1_905)
    assert "About 5 letters too many" in client.words
    assert client.last.status == 422
    assert "é" * 1_905 in client.text
    assert not case.answered_on


def test_a_standard_answer_is_put_below_what_was_typed(client: Client) -> None:
    """In her language, with the Dutch beside it; a hole in it must be filled before it goes."""
    case = put_case(client.screen.book, reply_language="en", **CODE)
    client.post(f"/case/{case.subject}/answer", text="Hello", standard="we_did", choose="yes")
    assert "when it was checked: no law; how the desk works, 22 November 2026" in client.words
    field = re.search(r'<textarea[^>]*id="answer-text"[^>]*>\n(.*?)</textarea>', client.text, re.S)
    assert field is not None
    assert field[1].startswith("Hello\n\n")
    assert "The same in Dutch" in client.words

    client.post(f"/case/{case.subject}/answer", text=field[1], language="en")
    assert "Fill in {done}" in client.words
    assert not case.answered_on


def test_a_language_without_standard_answers_says_so(client: Client) -> None:
    """The handler sees which language the text is in."""
    case = put_case(client.screen.book, reply_language="xx", **CODE)
    client.post(f"/case/{case.subject}/answer", text="", standard="received", choose="yes")
    assert "not there in her language yet" in client.words
    assert forms(client.text)[f"/case/{case.subject}/answer"].sent["language"] == ["en"]


def test_what_was_typed_when_the_screen_locked_comes_back(client: Client) -> None:
    """After the passphrase the form is there again, filled in, and not carried out."""
    case = put_case(client.screen.book)
    subject, before = case.subject, len(case.thread)
    client.clock.now += IDLE_SECONDS
    client.post(f"/case/{subject}/note", text="a long note", basis="told")
    assert "not saved, but it is not lost" in client.words
    assert "a long note" not in client.text

    client.unlock()
    assert "a long note" in client.text
    assert "press the button again" in client.words
    assert len(client.screen.book.cases[subject].thread) == before
    assert "a long note" not in client.get(f"/case/{subject}").text


def test_an_interrupted_complaint_and_letter_come_back_too(client: Client) -> None:
    """Every form in which somebody writes for long."""
    case = put_case(client.screen.book)
    for path, form in (
        ("/add", {"story": "what she said"}),
        (f"/case/{case.subject}/letter", {"template": "report_back", "done": "what she said"}),
    ):
        client.clock.now += IDLE_SECONDS
        client.post(path, **form)
        client.unlock()
        assert "what she said" in client.text


def test_a_long_text_is_shown_in_parts(client: Client) -> None:
    """The case shows the beginning and a link; the parts together are the whole text."""
    case = put_case(client.screen.book)
    words = "".join(f"{number:05d} " for number in range(6_600))
    do(client.screen.book, case, "note", text=words)
    page = client.get(f"/case/{case.subject}").text
    more = re.search(r'<a href="(/case/[^"]*/text/[^"]*)">', page)
    assert more is not None
    told = re.compile(r'<bdi class="told[^>]*>(.*?)</bdi>', re.S)
    parts = [told.findall(client.get(f"{more[1]}?part={n}").text)[0] for n in (1, 2, 3)]
    assert parts[:2] == [words[:20_000], words[20_000:].strip()]
    assert parts[2] == parts[1]
    assert client.get(f"{more[1]}0").last.status == 409


def test_a_letter_is_shown_and_then_kept(client: Client) -> None:
    """The form, the letter, back to the form with all of it, the thread."""
    case = put_case(client.screen.book)
    path = f"/case/{case.subject}/letter"
    form = {"template": "report_back", "letter_language": "en"}
    client.post(path, **form, done="We wrote to them.", result="They changed it.")
    assert "We wrote to them." in client.words
    title = client.text.partition("<title>")[2].partition("</title>")[0]
    assert case.pseudonym not in title  # a browser prints it above the letter
    kept = dict(re.findall(r'<textarea name="(\w+)"[^>]* hidden>\n(.*?)</textarea>', client.text))
    assert "We wrote to them." in client.post(path, **kept, change="yes").text
    client.post(path, **kept, record="yes")
    assert case.thread[-1].kind == "letter_made"
    assert "We wrote to them." in client.words


def test_a_letter_that_tells_too_much_is_refused_with_its_words(client: Client) -> None:
    """The page says what kind of thing leaked, and keeps what was typed."""
    case = put_case(client.screen.book)
    form = {"template": "report_back", "letter_language": "en", "result": "x"}
    client.post(f"/case/{case.subject}/letter", **form, done="Op 3 maart 2026 belden wij.")
    assert client.last.status == 422
    assert "name no more than the month" in client.words
    assert "Op 3 maart 2026 belden wij." in client.text


def test_the_dossier_keeps_names_back_until_asked(client: Client) -> None:
    """Asking for them is recorded in the case."""
    case = put_case(client.screen.book, contact="bel 0600000000")
    path = f"/case/{case.subject}/dossier"
    assert "0600000000" not in client.get(path).text
    assert "0600000000" in client.post(path).text
    assert case.thread[-1].kind == "identity_read"


def test_a_name_in_two_scripts_is_marked(client: Client) -> None:
    """A Greek letter among Latin ones makes another name that looks the same."""
    book = client.screen.book
    mixed, plain = put_case(book, address_as="Ρaula"), put_case(book, address_as="Paula")
    assert "letters of two scripts mixed" in client.get(f"/case/{mixed.subject}").words
    assert "letters of two scripts mixed" not in client.get(f"/case/{plain.subject}").words


def test_a_suggested_duplicate_is_shown_with_a_link(client: Client) -> None:
    """The import found it like another; a handler decides."""
    book = client.screen.book
    first = put_case(book)
    second = put_case(book, like=first.subject)
    words = client.get(f"/case/{second.subject}").words
    assert f"Looks like {first.pseudonym}" in words


def test_reloading_where_a_form_was_sent_leads_back_to_it(client: Client) -> None:
    """Neither an error nor the form sent again."""
    case = put_case(client.screen.book)
    page = client.get(f"/case/{case.subject}/refer?language=nl")
    assert page.last.status == 200
    assert 'id="do-refer" class="not-on-paper" open' in page.text
    assert client.get("/merge").last.status == 200


def test_a_disk_that_refuses_does_not_cost_what_was_typed(client: Client) -> None:
    """The form comes back with the words, and says in the language of the screen what to do."""
    case = put_case(client.screen.book)
    batches = client.screen.store / "batches"
    batches.rename(batches.with_name("gone"))
    client.get("/?language=nl").post(f"/case/{case.subject}/note", text="a long note")
    assert client.last.status == 409
    assert "Dit kan niet worden gelezen" in client.words
    assert "readonly>\na long note</textarea>" in client.text


def test_an_unknown_action_is_refused(client: Client) -> None:
    """Only what stands in the table of actions can be done."""
    case = put_case(client.screen.book)
    assert client.post(f"/case/{case.subject}/forward").last.status == 422
    assert client.post(f"/case/{'0' * 32}/note", text="x").last.status == 409


def test_what_was_written_under_her_code_stands_in_the_thread(client: Client) -> None:
    """As her words, in her language, and new until somebody has read it."""
    book = client.screen.book
    case = put_case(book, **CODE)
    do(book, case, "read")
    more = {"schema": 2, "complaint_id": "1" * 32, "form_language": "es", **CODE, "ask": "write"}
    text = samples.text(more | {"story": "Otra <b>vez"}).decode("utf-8")
    values = {"object": "", "key_id": "", "complaint": text, "ask": "write"}
    book.add([Event(case.subject, "followed_up", "2026-11-22", HANDLER, values)])

    page = client.get(f"/case/{case.subject}").text
    assert '<bdi class="told " dir="auto" lang="es">Otra &lt;b&gt;vez</bdi>' in page
    assert f'action="/case/{case.subject}/read"' in page
    assert f'{case.subject}/read"' not in client.post(f"/case/{case.subject}/read").text
