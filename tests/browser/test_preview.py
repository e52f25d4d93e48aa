"""`mkdocs serve` as an editor sees it: what she saves is in the page, and what she breaks is said there.

Each test waits for what must appear; none measures how long it takes.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import serving
from tests.serving import Serving
from tests.site import LANGUAGES, STRINGS, leave_only
from tests.soak import SOAK, count

PATIENCE_MS = 120_000
RTL = next(language for language, t in STRINGS.items() if t.direction == "rtl")
# A share previews three, which are made anew six times; `tests/test_preview.py` has all of them.
SERVED = LANGUAGES if SOAK else ("nl", "en", RTL)
REFUSED = "The site cannot be built"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Serving, str]]:
    """A preview of a copy of the house, without keys or a variable; what it said while a record was broken.

    When it is yielded the record is mended.
    """
    house = serving.copy_of_the_house(tmp_path_factory.mktemp("house"))
    leave_only(house, SERVED)
    (house / "docs" / RTL / "law.md").unlink(missing_ok=True)  # shows the English text
    path = house / "docs" / "data" / "policy.yml"
    before = add(path, "\n- cbs_code: GM9999\n")
    with serving.serving(house) as running:
        _, said = running.get("/en/door/")
        path.write_text(before, "utf-8")
        running.wait("/en/door/")
        yield running, said
    written = running.log.read_text("utf-8")
    assert "Traceback" not in written, written


@pytest.fixture(scope="module")
def served(begun: tuple[Serving, str]) -> Serving:
    """The preview with nothing broken."""
    return begun[0]


@pytest.fixture
def page(chromium: Browser, served: Serving) -> Iterator[Page]:
    """A window on the Dutch page on doors."""
    context = chromium.new_context()
    context.set_default_navigation_timeout(PATIENCE_MS)
    opened = context.new_page()
    opened.goto(f"{served.address}/nl/door/")
    yield opened
    context.close()


def add(path: Path, words: str) -> str:
    """Put words at the end of a file; returns what stood there."""
    text = path.read_text("utf-8")
    path.write_text(text + words, "utf-8")
    return text


def shows(page: Page, words: str) -> None:
    """Wait until the page shows these words by itself."""
    expect(page.get_by_text(words).first).to_be_attached(timeout=PATIENCE_MS)


def test_everything_is_there_in_every_language(page: Page, served: Serving) -> None:
    """Menu of languages, pages made from data, form and answer page; each says that it is a preview."""
    menu = page.locator(".languages a")
    assert [one.get_attribute("lang") for one in menu.all()] == list(SERVED)
    for language, t in ((one, STRINGS[one]) for one in SERVED):
        for path in ("", "door/", "places/", "m/amsterdam/", "write/", "answer/"):
            status, text = served.get(f"/{language}/{path}")
            assert status == 200, (language, path)
            assert text.count(t("preview.banner")) == 1, (language, path)
            assert "Content-Security-Policy" not in text
    for path, found in (("/nl/write/", "#form"), ("/nl/answer/", "#look")):
        page.goto(f"{served.address}{path}")
        expect(page.locator(found)).to_be_visible()


def test_a_first_build_that_fails_is_said_too(begun: tuple[Serving, str]) -> None:
    """On every page; `mkdocs serve` starts all the same, and the site comes when it is mended."""
    assert REFUSED in begun[1]
    assert "policy.yml: GM9999" in begun[1]


def test_only_files_of_the_site_are_served(served: Serving) -> None:
    """The secret halves of the practice keys stay where they are."""
    secrets = sorted((served.house / "var" / "practice").glob("*.key"))
    assert len(secrets) == 3
    for secret in secrets:
        name = secret.relative_to(served.house).as_posix()
        for way in (f"/{name}", f"/../{name}", f"/nl/../../{name}", f"/%2e%2e/{name}", f"//{name}"):
            status, text = served.get(way)
            assert status == 404
            assert secret.read_text("utf-8") not in text
    assert served.get("/drop")[0] == 404
    assert served.get("/keys.json")[0] == 200


def test_a_saved_page_shows_itself(page: Page, served: Serving) -> None:
    """Without a key pressed in the browser, in its own language and where another shows its text."""
    add(served.house / "docs" / "nl" / "door.md", "\nHier staat iets nieuws.\n")
    shows(page, "Hier staat iets nieuws.")

    page.goto(f"{served.address}/{RTL}/law/")
    add(served.house / "docs" / "en" / "law.md", "\nSomething new stands here.\n")
    shows(page, "Something new stands here.")
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_what_an_editor_breaks_is_said_in_the_page_and_mended_there(
    page: Page, served: Serving
) -> None:
    """A link that leads nowhere, in the words of the build; the page comes back when it is mended."""
    path = served.house / "docs" / "nl" / "door.md"
    before = add(path, "\n[verder](nowhere.md)\n")
    shows(page, REFUSED)
    shows(page, "contains a link 'nowhere.md', but the target")
    assert "nowhere.md" in served.get("/en/law/")[1]

    path.write_text(f"{before}\nHet is weer goed.\n", "utf-8")
    shows(page, "Het is weer goed.")


BROKEN = {
    "a source": ("docs/nl/door.md", "\nZo is het.[^no-such-law]\n", "no source no-such-law"),
    "an anchor": ("docs/nl/door.md", "\n[x](law.md#nowhere)\n", "#nowhere"),
    "a string": (
        "overrides/locale/es.po",
        '\nmsgctxt "x"\nmsgid "X"\nmsgstr ""\n',
        "no finished text for x",
    ),
    "a language": ("mkdocs.yml", "\nplugins: []\n", "plugins stands there twice"),
    "a setting": ("settings.practice.yml", "\nnam: x\n", "unknown setting nam"),
}
NAME = r"(?m)^(  name: ).*$"
MAIN = '<main id="main">'
SEEN = {
    "a record": ("docs/data/directory.yml", NAME, r"\1Nieuwe Hulp", "/en/help/"),
    "a string": ("overrides/locale/nl.po", "Ga naar de tekst", "Nieuwe Hulp", "/nl/"),
    "a template": ("overrides/templates/main.html", MAIN, f"{MAIN}Nieuwe Hulp", "/nl/"),
}


@pytest.mark.soak
@pytest.mark.parametrize("what", list(BROKEN)[: count(len(BROKEN), 1)])
def test_whatever_is_broken_is_said(page: Page, served: Serving, what: str) -> None:
    """A source, an anchor of another page, a record, a string, the list of languages, a setting."""
    name, words, said = BROKEN[what]
    before = add(served.house / name, words)
    shows(page, REFUSED)
    shows(page, said)

    (served.house / name).write_text(before, "utf-8")
    expect(page.locator("#main")).to_be_visible(timeout=PATIENCE_MS)


@pytest.mark.soak
@pytest.mark.parametrize("what", list(SEEN)[: count(len(SEEN), 1)])
def test_whatever_is_changed_is_seen(page: Page, served: Serving, what: str) -> None:
    """A record, a string, a template."""
    name, old, new, path = SEEN[what]
    page.goto(f"{served.address}{path}")
    text = (served.house / name).read_text("utf-8")
    changed, places = re.subn(old, new, text, count=1)
    assert places == 1
    (served.house / name).write_text(changed, "utf-8")
    shows(page, "Nieuwe Hulp")
    (served.house / name).write_text(text, "utf-8")
