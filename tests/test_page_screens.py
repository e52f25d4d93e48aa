"""What a handler sees and presses on the daily screen (desk/page), asked without a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.page.screen import IDLE_SECONDS, MENU
from tests.screens import CODE, HANDLER, Client, do, make_client, make_store, put_case

EXTRA = {"another_field": "<i>kept</i>"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """Give an open screen on an empty store."""
    made = make_client(make_store(tmp_path)).enter().unlock()
    yield made
    made.screen.lock()


def lose_code(page: str) -> str:
    """A page without the attributes and marks in which ids and tokens stand."""
    return re.sub(r'value="[^"]*"', "", page)


@pytest.mark.parametrize("path", [path for _, path, _ in MENU])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_screen_of_the_menu_opens_when_there_is_nothing(
    client: Client, language: str, path: str
) -> None:
    """On the first day, in both languages, and with one heading of the first level."""
    client.get(f"{path}?language={language}")
    assert client.last.status == 200
    assert f'<html lang="{language}"' in client.text
    assert client.text.count("<h1") == 1


def test_the_inbox_shows_each_case_in_its_section(client: Client) -> None:
    """Danger, a running term, new and waiting, with the count of each."""
    book = client.screen.book
    danger, loud, new, waiting = (put_case(book) for _ in range(4))
    do(book, danger, "triage", urgency="danger")
    do(book, loud, "deadline", rule="objection", started="2026-11-20")
    do(book, waiting, "note", text="called")
    parts = re.split(r'<section id="(\w+)"', client.get("/").text)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))

    for name, case in zip(sections, (danger, loud, new, waiting), strict=False):
        assert f"/case/{case.subject}" in sections[name]
        assert sections[name].count("/case/") == 1
    assert "Objection to a decision" in client.words
    assert "42 days left" in client.words


def test_a_term_that_ends_soon_is_in_red(client: Client) -> None:
    """Within a week, and when it is over, the words are marked."""
    case = put_case(client.screen.book)
    do(client.screen.book, case, "deadline", rule="objection", started="2026-10-16")
    assert '<span class="late">4 days left' in client.get(f"/case/{case.subject}").text
    assert "Last day: 2026-11-27." in client.words


def test_a_long_section_is_shown_in_parts(client: Client) -> None:
    """A handful on the inbox, and a link to all of them."""
    for _ in range(27):
        put_case(client.screen.book)
    assert client.get("/").text.count("/case/") == 25
    assert "Show all 27" in client.words
    assert client.get("/?section=new").text.count("/case/") == 27
    assert client.get("/?section=new&part=nonsense").last.status == 200


def test_a_flood_is_one_row_with_two_buttons(client: Client) -> None:
    """Release makes all of them new; setting aside closes all of them and keeps them."""
    book = client.screen.book
    one = [put_case(book, flood="ab") for _ in range(3)]
    two = [put_case(book, flood="cd") for _ in range(2)]
    assert "3 complaints nearly the same" in client.get("/").words

    client.post("/flood/ab/release").post("/flood/cd/aside")
    assert [case.flood for case in one] == [""] * 3
    assert [case.closed_without for case in two] == ["duplicate"] * 2
    assert "2 cases closed as duplicates" in client.words


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
    assert "Huis Zuid" not in page
    assert {"0600000000", "Zuid"} <= set(client.post(f"/case/{case.subject}/unmask").words.split())
    assert case.thread[-1].kind == "identity_read"
    assert "0600000000" not in client.get(f"/case/{case.subject}").words


def test_a_translation_stands_beside_the_original_with_its_maker(client: Client) -> None:
    """And the page forbids translators on the internet, in words."""
    case = put_case(client.screen.book, story="Здравейте", form_language="bg")
    form = {"text": "Goedendag", "language": "nl", "made_by": "interpreter", "who": "tolk 3"}
    client.post(f"/case/{case.subject}/translate", **form)

    assert "Made by: Interpreter, on 2026-11-23. tolk 3" in client.words
    assert '<bdi class="told " dir="auto" lang="bg">Здравейте</bdi>' in client.text
    assert '<bdi class="told inside" dir="auto" lang="nl">Goedendag</bdi>' in client.text
    assert "Never paste this into a translation program on the internet" in client.words


@pytest.mark.parametrize("action", ["answer", "refer", "bundle"])
def test_three_clicks_from_the_inbox(client: Client, action: str) -> None:
    """The case, the action, the button: no page stands in between."""
    case = put_case(client.screen.book, **CODE)
    assert f'href="/case/{case.subject}"' in client.get("/").text
    client.get(f"/case/{case.subject}")
    address = f'href="/case/{case.subject}?open={action}#do-{action}"'
    assert address in client.text
    client.get(f"/case/{case.subject}?open={action}")
    assert f'<details id="do-{action}" class="not-on-paper" open>' in client.text
    form = {"answer": {"text": "x"}, "refer": {"organisation": "x"}, "bundle": {"title": "x"}}
    client.post(f"/case/{case.subject}/{action}", **form[action])
    assert 'class="card done" role="status"' in client.text


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


def test_an_answer_says_how_much_room_is_left(client: Client) -> None:
    """It counts bytes and not letters; too long is refused with all of it still there."""
    case = put_case(client.screen.book, **CODE)
    client.post(f"/case/{case.subject}/answer", text="é" * 10, measure="yes")
    assert "room for 3780 more bytes" in client.words
    client.post(f"/case/{case.subject}/answer", text="é" * 1_905)
    assert "10 bytes too many" in client.words
    assert client.last.status == 422
    assert "é" * 1_905 in client.text
    assert not case.answered_on


def test_a_standard_answer_is_put_below_what_was_typed(client: Client) -> None:
    """In her language, with the Dutch beside it; a hole in it must be filled before it goes."""
    case = put_case(client.screen.book, reply_language="en", **CODE)
    client.post(f"/case/{case.subject}/answer", text="Hello", standard="we_did", choose="yes")
    field = re.search(r'<textarea[^>]*id="answer-text"[^>]*>\n(.*?)</textarea>', client.text, re.S)
    assert field is not None
    assert field[1].startswith("Hello\n\n")
    assert "The same in Dutch" in client.words

    client.post(f"/case/{case.subject}/answer", text=field[1], language="en")
    assert "Fill in {done}" in client.words
    assert not case.answered_on


def test_a_language_without_standard_answers_says_so(client: Client) -> None:
    """The handler sees which language the text is in."""
    case = put_case(client.screen.book, reply_language="th", **CODE)
    client.post(f"/case/{case.subject}/answer", text="", standard="received", choose="yes")
    assert "not there in her language yet" in client.words
    assert re.search(r'name="language"[^>]*value="en"', client.text)


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


def test_words_that_are_sought_do_not_stand_in_the_address(client: Client) -> None:
    """An address is kept by the browser; the words are forgotten when the screen locks."""
    case = put_case(client.screen.book, story="Groene deur")
    client.ask("POST", "/search", {"form_token": client.screen.session.form, "words": "groen deur"})
    assert dict(client.last.headers)["Location"] == "/search"
    assert f"/case/{case.subject}" in client.get("/search").text
    assert 'value="groen deur"' in client.text
    client.post("/lock")
    client.unlock()
    assert "groen" not in client.get("/search").text


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


def test_a_bundle_shows_its_complaints(client: Client) -> None:
    """And the list of bundles how many there are in each."""
    case = put_case(client.screen.book)
    client.post(f"/case/{case.subject}/bundle", title="Controles")
    bundle = client.screen.book.bundles()[0]
    assert f'href="/case/{case.subject}"' in client.get(f"/case/{bundle.subject}").text
    assert "Controles · 1 complaints in this bundle" in client.get("/bundles").words
    assert "In bundle Controles" in client.get(f"/case/{case.subject}").words


def test_the_agenda_shows_what_falls_due(client: Client) -> None:
    """Our own promises, terms and follow-ups, with what is late marked."""
    case = put_case(client.screen.book, on="2026-11-02", **CODE)
    do(client.screen.book, case, "refer", organisation="<b>Huis</b>", follow_up="2026-12-01")
    page = client.get("/agenda")
    assert "Follow up: <b>Huis</b>" in page.words
    assert "<b>Huis" not in page.text
    assert "Our own promise: First answer" in page.words
    assert "14 days late" in page.words


def test_a_complaint_told_to_a_handler_becomes_a_case(client: Client) -> None:
    """A drawn code is shown once, and never again."""
    form = {"channel": "telephone", "story": "Told", "form_language": "en", "code": "new"}
    client.post("/add", **form, consent=["store", "count"])
    code = re.search(r'<p class="code" dir="ltr">([\d ]{29})</p>', client.text)
    assert code is not None
    (case,) = client.screen.book.cases.values()
    assert case.has_code
    assert code[1] not in client.get(f"/case/{case.subject}").text


def test_a_told_complaint_without_consent_is_refused_with_its_words(client: Client) -> None:
    """The story is still in the field."""
    client.post("/add", channel="telephone", story="Told at length", form_language="en")
    assert client.last.status == 422
    assert "Told at length" in client.text
    assert not client.screen.book.cases


def test_a_letter_is_shown_and_then_kept(client: Client) -> None:
    """The form, the letter, back to the form with all of it, the thread."""
    case = put_case(client.screen.book)
    path = f"/case/{case.subject}/letter"
    form = {"template": "report_back", "letter_language": "en"}
    client.post(path, **form, done="We wrote to them.", result="They changed it.")
    assert "We wrote to them." in client.words
    kept = dict(re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', client.text))
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


def test_nothing_is_erased_without_a_tick(client: Client) -> None:
    """Looking changes nothing, and the button alone neither."""
    book = client.screen.book
    case = put_case(book)
    do(book, case, "consent", purpose="store", given="no", how="telephone")
    assert case.pseudonym in client.get("/retention").words
    client.post("/retention")
    assert case.subject in book.cases
    client.post("/retention", sure="yes")
    assert case.subject not in book.cases
    assert client.get(f"/case/{case.subject}").last.status == 409


def test_figures_are_marked_as_internal(client: Client) -> None:
    """Exact numbers never leave the desk."""
    put_case(client.screen.book, topics=["police"])
    words = client.get("/figures").words
    assert "do not publish" in words.lower()
    assert "2026" in words


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


def test_a_practice_store_says_so_on_every_page(tmp_path: Path) -> None:
    """On the screen and on paper."""
    client = make_client(make_store(tmp_path, practice=True)).enter().unlock()
    case = put_case(client.screen.book)
    for path in (*(path for _, path, _ in MENU), f"/case/{case.subject}"):
        assert '<p class="practice" role="note">PRACTICE' in client.get(path).text
    client.screen.lock()


def test_no_secret_of_the_session_stands_on_a_page_but_the_form_token(client: Client) -> None:
    """Neither the cookie nor the handler's passphrase can be read from a page."""
    page = client.get("/").text
    assert client.screen.session.cookie not in page
    assert client.screen.session.form in page
    assert HANDLER not in lose_code(page)
