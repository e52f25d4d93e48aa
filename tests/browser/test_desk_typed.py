"""Two hundred hostile texts typed into the daily screen, in Chromium: given back as they were, in every form."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from desk.letters import letter
from desk.terminal import clean
from tests import intakes
from tests.browser.desk import entered, opened
from tests.browser.hostile import ALL, SHELVES, Desk, in_field, one_line
from tests.screens import CODE, TODAY, do, put_case
from tests.soak import SOAK
from tests.vaults import make_store

TEXTS = ["\n\n" + "\n".join(texts) for texts in SHELVES]  # what begins with a line break, too
LINES = [" ".join(map(one_line, texts)) for texts in SHELVES]
# Whatever nobody can see is refused in a letter; the rest may stand in an address.
SHORT = [text.replace("\r\n", "\n")[:300] for text in ALL]
SEEN = [text for text in SHORT if clean(text) == text]
PATHS = ["/".join(one_line(text)[:80] for text in texts).replace("\0", "") for texts in SHELVES]
EACH = range(len(SHELVES) if SOAK else 2)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store with one case, from which a letter may be written."""
    made = make_store(tmp_path_factory.mktemp("desk"))
    with intakes.opened(made) as book:
        case = put_case(book, **CODE)
        agreed = {"given": "yes", "how": "telephone"}
        do(book, case, "consent", purpose="act", **agreed)
        to = ("ombudsman",)
        do(book, case, "consent", purpose="pass_on", scope="details", to=to, **agreed)
    return made


@pytest.fixture(scope="module")
def desk(
    chromium: Browser, store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """Give a running screen on that store."""
    with opened(store, tmp_path_factory.mktemp("desk") / "copy") as book:
        (subject,) = book.cases
    with entered(chromium, store, "--language", "en") as screen:
        yield Desk(screen, plain=subject)


def type_in(desk: Desk, place: str, **typed: str) -> None:
    """Open a form and fill it in, by the ids of its fields."""
    desk.screen.open(place)
    for name, text in typed.items():
        desk.screen.page.locator(f"#{name}").fill(text)


def press(desk: Desk, selector: str) -> None:
    """Press a button that leads to a page."""
    with desk.screen.page.expect_navigation():
        desk.screen.page.locator(selector).click()


def is_back(desk: Desk, **typed: str) -> None:
    """All that was typed stands in its fields, and the page says what is wrong or to be done."""
    assert desk.screen.page.locator("[role=alert], [role=status]").count()
    given = {f"#{name}": [in_field(text.replace("\r\n", "\n"))] for name, text in typed.items()}
    desk.shows(given)


@pytest.mark.parametrize("number", EACH)
def test_a_refused_form_gives_back_what_was_typed(desk: Desk, number: int) -> None:
    """The form of an action on a case, that of a complaint told by telephone, and that of a letter."""
    text, line = TEXTS[number], LINES[number]
    translation = {"translate-text": text, "translate-who": line}
    type_in(desk, f"/case/{desk.plain}?open=translate", **translation)
    press(desk, "#do-translate button")
    is_back(desk, **translation)
    lines = ("municipality", "address_as", "contact")
    told = {"add-story": text} | {f"add-{name}": line for name in lines}
    type_in(desk, "/add", **told)
    press(desk, "main button")
    is_back(desk, **told)
    written = {f"letter-{name}": text for name in ("to_address", "from_desk", "pattern", "request")}
    type_in(desk, f"/case/{desk.plain}/letter?template=talk_request", **written)
    press(desk, "main form button")
    is_back(desk, **written)


@pytest.mark.parametrize("number", EACH)
def test_an_answer_that_is_measured_stays_as_it_was_typed(desk: Desk, number: int) -> None:
    """Asking how much room is left changes nothing in it."""
    typed = {"answer-text": TEXTS[number]}
    type_in(desk, f"/case/{desk.plain}?open=answer", **typed)
    press(desk, "#do-answer button[name=measure]")
    is_back(desk, **typed)


@pytest.mark.parametrize("number", EACH)
@pytest.mark.parametrize("path", ["/import", "/outbox"])
def test_a_stick_that_is_not_there_is_shown_as_it_was_typed(
    desk: Desk, path: str, number: int
) -> None:
    """The name of a stick is chosen by whoever made it."""
    type_in(desk, path, path=PATHS[number])
    press(desk, "main button >> nth=0")
    is_back(desk, path=PATHS[number])


@pytest.mark.parametrize("number", EACH)
def test_what_was_typed_about_a_case_that_is_gone_can_be_copied(desk: Desk, number: int) -> None:
    """A colleague erased it meanwhile: the words stand on a page of their own."""
    type_in(desk, f"/case/{desk.plain}?open=note", **{"note-text": TEXTS[number]})
    gone = "form => { form.action = form.action.replace(/[0-9a-f]{32}/, '0'.repeat(32)) }"
    desk.screen.page.locator("#do-note form").evaluate(gone)
    press(desk, "#do-note button")
    is_back(desk, **{"typed-1": TEXTS[number]})


@pytest.mark.parametrize(
    ("path", "button", "field"),
    [
        ("/add", "main button", "add-story"),
        ("/case/{case}?open=note", "#do-note button", "note-text"),
        ("/case/{case}/letter?template=talk_request", "main form button", "letter-pattern"),
    ],
)
def test_what_was_typed_when_the_screen_locked_comes_back(
    desk: Desk, path: str, button: str, field: str
) -> None:
    """Locked from another tab; after the passphrase all texts stand in the field, and nowhere before."""
    typed = {field: "\n".join(ALL)}
    type_in(desk, path.format(case=desk.plain), **typed)
    tab = desk.screen.page.context.new_page()
    tab.goto(f"{desk.screen.address}/help")
    with tab.expect_navigation(wait_until="load"):  # a tab that closes on its way can hang
        tab.locator("header form button").click()
    tab.close()
    press(desk, button)
    desk.shows({"textarea": []})
    desk.screen.unlock()
    is_back(desk, **typed)


def test_a_letter_shows_each_text_as_it_is(desk: Desk, store: Path, tmp_path: Path) -> None:
    """To print, back in the form, and kept in the thread."""
    given = {"to_address": "\n".join(SEEN), "from_desk": "de balie", "pattern": "a", "request": "b"}
    with opened(store, tmp_path / "twin") as twin:
        case, chosen = twin.cases[desk.plain], {"recipient": "ombudsman"}
        made = letter.make(twin, case, "talk_request", given | chosen, today=TODAY).text
    fields = {f"letter-{name}": text for name, text in given.items()}
    type_in(desk, f"/case/{desk.plain}/letter?template=talk_request", **fields)
    desk.screen.page.locator("#letter-recipient").select_option("ombudsman")
    press(desk, "main form button")
    kept = given["to_address"]
    assert kept in made
    desk.shows({".told": [made], "textarea[name=to_address]": [kept]})
    press(desk, "button[name=change]")
    desk.shows({"#letter-to_address": [kept]})
    press(desk, "main form button")
    press(desk, "button[name=record]")
    desk.shows({".thread .told.letter": [made]})


def test_only_what_nobody_can_see_stays_out_of_letters() -> None:
    """All other texts were tried above."""
    assert len(ALL) - len(SEEN) == 6
