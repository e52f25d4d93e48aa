"""What a handler sees and presses on the daily screen (desk/page), asked without a browser."""

import re
from pathlib import Path

import pytest

from desk.page.screen import MENU
from tests.cases import event
from tests.screens import CODE, HANDLER, Client, do, make_client, put_case
from tests.stores import REPO
from tests.vaults import make_store

STYLE = REPO / "desk" / "page" / "desk.css"


def lose_code(page: str) -> str:
    """A page without the attributes and marks in which ids and tokens stand."""
    return re.sub(r'value="[^"]*"', "", page)


def started(client: Client) -> str:
    """The case under the cursor when the inbox is opened."""
    (tag,) = re.findall(r"<[^>]* autofocus>", client.get("/").text)
    return str(re.findall(r'"/case/(\w+)"', tag)[0])


def goes_on(client: Client) -> str | None:
    """The case that is named as the next, if it is not the one on top."""
    found = re.search(r'Go on with: <a href="/case/(\w+)" accesskey="j"', client.get("/").text)
    return found[1] if found else None


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


def test_a_term_is_named_among_the_terms_also_of_a_case_in_danger(client: Client) -> None:
    """And counted with those that end within a week."""
    book = client.screen.book
    later, sooner = put_case(book), put_case(book)
    do(book, later, "deadline", rule="objection", started="2026-11-20")
    do(book, sooner, "deadline", rule="objection", started="2026-10-16")
    do(book, sooner, "triage", urgency="danger")
    terms = client.get("/").text.partition('<section id="deadline"')[2]
    assert terms.index(sooner.subject) < terms.index(later.subject)
    assert "Deadline running: 2</h2>" in terms
    assert "4 days left" in terms.partition("<table")[0]
    assert "Deadline within 7 days: 1 Deadline running: 2" in client.words


def test_a_term_is_named_among_the_terms_also_of_what_may_be_danger(client: Client) -> None:
    """It stands under danger, and no count of terms leaves it out."""
    case = put_case(client.screen.book, topics=["violence"])
    do(client.screen.book, case, "deadline", rule="objection", started="2026-10-16")
    page = client.get("/")
    assert "Deadline within 7 days: 1 Deadline running: 1" in page.words
    assert f"Perhaps in danger, too: {case.pseudonym} : Objection to a decision" in page.words
    assert case.subject in page.text.partition('id="perhaps"')[2].partition("</section>")[0]


def test_a_term_that_ends_soon_is_in_red(client: Client) -> None:
    """Within a week, and when it is over, the words are marked."""
    case = put_case(client.screen.book)
    do(client.screen.book, case, "deadline", rule="objection", started="2026-10-16")
    text = client.get(f"/case/{case.subject}").text
    assert '<div class="card loud"' in text
    assert '<span class="late">4 days left' in text
    assert "Last day: 27 November 2026." in client.words
    assert ">Objection to a decision</bdi>" in client.text


def test_a_term_that_has_weeks_still_is_not_in_red(client: Client) -> None:
    """On no screen: else red says nothing where it has to."""
    case = put_case(client.screen.book)
    do(client.screen.book, case, "deadline", rule="objection", started="2026-11-20")
    for path in ("/", f"/case/{case.subject}", "/agenda", "/?section=deadline"):
        page = client.get(path)
        assert "42 days left" in page.words
        assert re.findall(r'class="[^"]*(?:loud|late|danger)[^"]*"', page.text) == [], path


def test_red_is_in_the_style_of_danger_and_near_terms_alone() -> None:
    """Whatever else is wrong or waits has another colour; `.loud` and `.late` are held above."""
    rules = re.findall(r"([^{}/;]+)\{([^{}]*)\}", STYLE.read_text("utf-8"))
    red = {name.strip() for name, style in rules if re.search(r"--red|#a51812|#fdecea", style)}
    told = {".loud", ".danger", ".late", ".badge-danger", ".counts .loud"}
    assert red == {":root", ".head .press.second", *told}  # the button that says that it is danger


def test_a_promise_of_ours_is_no_term_of_the_law(client: Client) -> None:
    """Late it stands out, and not in red."""
    put_case(client.screen.book, on="2026-11-02", **CODE)
    text = client.get("/agenda").text
    assert '<td class="problem">14 days late' in text
    assert 'class="late"' not in text


def test_the_cursor_starts_on_danger_and_the_way_on_is_named(client: Client) -> None:
    """Danger that nobody has worked on today comes before what is new; afterwards it stays under the cursor."""
    book = client.screen.book
    new, perhaps = put_case(book), put_case(book, topics=["violence"])
    assert (started(client), goes_on(client)) == (perhaps.subject, None)
    calm, urgent = put_case(book), put_case(book)
    for case in (calm, urgent):
        book.add([event("triaged", case.subject)])
    do(book, calm, "note", text="called")
    assert (started(client), goes_on(client)) == (calm.subject, urgent.subject)
    do(book, urgent, "note", text="called")
    assert (started(client), goes_on(client)) == (calm.subject, perhaps.subject)
    do(book, perhaps, "read")
    assert (started(client), goes_on(client)) == (calm.subject, new.subject)
    do(book, new, "read")
    assert (started(client), goes_on(client)) == (calm.subject, None)


def test_without_danger_the_cursor_starts_on_the_way_on(client: Client) -> None:
    """Above the terms that run: nothing is scrolled out of sight."""
    term, new = put_case(client.screen.book), put_case(client.screen.book)
    do(client.screen.book, term, "deadline", rule="objection", started="2026-11-20")
    assert (started(client), goes_on(client)) == (new.subject, new.subject)
    assert client.text.index("autofocus") < client.text.index("<section")


def test_an_empty_section_is_no_more_than_its_count(client: Client) -> None:
    """And no link leads to it."""
    put_case(client.screen.book)
    page = client.get("/")
    assert re.findall(r'<section id="(\w+)"', page.text) == ["new"]
    for name in ("Danger now", "Perhaps danger", "Deadline running", "Being handled", "In floods"):
        assert f"<span>{name}: 0</span>" in page.text


def test_fakes_that_speak_of_violence_hide_nothing(client: Client) -> None:
    """As a flood they are one row that counts them; as single cases a part of them, with a way to the rest."""
    book = client.screen.book
    going_on = put_case(book, topics=["violence"], period="ongoing")
    for number in range(60):
        put_case(book, topics=["violence"], on="2026-11-02", flood="ab" if number % 2 else "")
    page = client.get("/")
    section = page.text.partition('<section id="danger"')[2].partition("</section>")[0]
    assert re.findall(r"/case/(\w+)", section)[0] == going_on.subject == started(client)
    assert section.count("/case/") == 25
    assert '<a href="/?section=perhaps">Show all 31</a>' in section
    assert '<a href="#flood">30 more stand in floods.</a>' in section
    assert "Violence or threat in 30 of them: read those first." in page.words
    assert client.get("/?section=perhaps").text.count("/case/") == 31
    client.post("/flood/ab/aside")
    assert "more stand in floods" not in client.words


def test_a_long_section_is_shown_in_parts(client: Client) -> None:
    """A handful on the inbox, and a link to all of them."""
    for _ in range(27):
        put_case(client.screen.book)
    assert client.get("/").text.count("/case/") == 25
    assert "part=" not in client.text  # its parts are longer than what stands here
    assert "Show all 27" in client.words
    assert client.get("/?section=new").text.count("/case/") == 27
    assert client.get("/?section=new&part=nonsense").last.status == 200


def test_a_flood_is_one_row_with_two_buttons(client: Client) -> None:
    """Release makes all of them new; setting aside closes as many as the row counts, and keeps them."""
    book = client.screen.book
    one = [put_case(book, flood="ab") for _ in range(3)]
    two = [put_case(book, flood="cd") for _ in range(2)]
    danger = put_case(book, flood="cd")
    book.add([event("triaged", danger.subject)])
    assert "3 complaints nearly the same" in client.get("/").words
    assert "2 complaints nearly the same" in client.words

    client.post("/flood/ab/release").post("/flood/cd/aside")
    assert [case.flood for case in one] == [""] * 3
    assert [case.closed_without for case in two] == ["duplicate"] * 2
    assert "2 cases closed as duplicates" in client.words
    assert not danger.is_closed


def test_words_that_are_sought_do_not_stand_in_the_address(client: Client) -> None:
    """An address is kept by the browser; the words are forgotten when the screen locks."""
    case = put_case(client.screen.book, story="Groene deur")
    client.ask("POST", "/search", {"form_token": client.screen.session.form, "words": "groen deur"})
    assert dict(client.last.headers)["Location"] == "/search?part=1"
    assert f"/case/{case.subject}" in client.get("/search?part=1").text
    assert 'value="groen deur"' in client.text
    client.post("/lock")
    client.unlock()
    assert "groen" not in client.get("/search?part=1").text


def test_whoever_searches_again_begins_with_an_empty_field(client: Client) -> None:
    """With the cursor in it: on a row of the last search, Enter would open a case that nobody sought."""
    put_case(client.screen.book, story="Groene deur")
    client.post("/search", words="groen deur")
    assert re.search(r'<a href="/case/[^>]* autofocus', client.text)
    again = client.get("/search").text
    assert "groen" not in again
    assert "/case/" not in again
    assert re.search(r'<input [^>]*id="words"[^>]* autofocus', again)


def test_a_bundle_shows_its_complaints(client: Client) -> None:
    """And the list of bundles how many there are in each."""
    case = put_case(client.screen.book)
    client.post(f"/case/{case.subject}/bundle", title="Controles")
    bundle = client.screen.book.bundles()[0]
    assert f'href="/case/{case.subject}"' in client.get(f"/case/{bundle.subject}").text
    assert "Controles · 1 complaint in this bundle" in client.get("/bundles").words
    assert "In bundle Controles" in client.get(f"/case/{case.subject}").words


def test_the_agenda_shows_what_falls_due(client: Client) -> None:
    """Our own promises, terms and follow-ups, with what is late marked."""
    case = put_case(client.screen.book, on="2026-11-02", **CODE)
    do(client.screen.book, case, "refer", organisation="<b>Huis</b>", follow_up="2026-12-01")
    page = client.get("/agenda")
    assert "Follow up: <b>Huis</b>" in page.words
    assert "<b>Huis" not in page.text
    assert "14 days late" in page.words
    day = re.search(r'href="(/agenda\?day=[\d-]+)">1 promise of our own', page.text)
    assert day is not None
    assert "Our own promise: First answer" in client.get(day[1]).words


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
