"""Help on the daily screen: the handbook's page about each screen, also while it is locked, and never a script."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import handbook
from desk.loopback.server import HEADERS
from desk.page import guide
from desk.page.screen import MENU
from desk.strings import LANGUAGES
from tests import vaults
from tests.screens import CODE, Client, make_client, put_case

EVERY = [(language, name) for language in LANGUAGES for name in guide.SCREENS]
SHOWN = {  # what a handler looks at, and the page that Help shows there
    "/": "inbox",
    "/search": "search",
    "/agenda": "agenda",
    "/import": "import",
    "/add": "add",
    "/outbox": "outbox",
    "/bundles": "bundles",
    "/figures": "figures",
    "/retention": "retention",
    "/no-such-page": "problem",
}
_HELP = re.compile(r'<a href="(/help[^"]*)" target="_blank" accesskey="h"')


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """A screen that nobody has unlocked."""
    return make_client(vaults.make_store(tmp_path_factory.mktemp("locked"))).enter()


def source(language: str, name: str) -> str:
    return (handbook.screens(language) / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_each_screen_has_its_page_in_both_languages(
    locked: Client, language: str, name: str
) -> None:
    """All its words stand on the page, under a heading one lower; nobody has unlocked anything."""
    locked.get(f"/help/{name}?language={language}")
    assert locked.last.status == 200
    text = source(language, name)
    heading = re.findall(r"^# (.+)$", text, re.M)
    assert f"<h2>{heading[0]}</h2>" in locked.text
    assert len(re.findall(r"^#+ ", text, re.M)) <= locked.text.count("<h")
    for word in re.findall(r"\*\*([^*{]+)\*\*", text):
        assert word in locked.words, word
    assert "&lt;" not in locked.text  # no tag that is not known here


def test_there_is_a_page_for_each_screen_of_the_menu_and_no_other() -> None:
    """The list of names is that of the files, and holds the whole menu but Help itself."""
    for language in LANGUAGES:
        files = {path.stem for path in handbook.screens(language).glob("*.md")}
        assert files == set(guide.SCREENS)
    assert {name for name, _, _ in MENU} - {"help"} <= set(guide.SCREENS)


@pytest.mark.parametrize("path", SHOWN)
def test_the_help_key_leads_to_the_page_about_the_screen(client: Client, path: str) -> None:
    """In a tab of its own, so that what was typed stays."""
    assert _HELP.findall(client.get(path).text) == [f"/help/{SHOWN[path]}"]


def test_a_case_has_its_own_help_and_so_have_its_forms(client: Client) -> None:
    """The form of an answer, of a referral and a letter are pages of the handbook too."""
    subject = put_case(client.screen.book, **CODE).subject
    opened = {"": "case", "?open=answer": "answer", "?open=refer": "partners", "/letter": "letter"}
    for suffix, name in opened.items():
        assert _HELP.findall(client.get(f"/case/{subject}{suffix}").text) == [f"/help/{name}"]


def test_a_locked_screen_has_help_and_nothing_of_a_case(client: Client) -> None:
    """The door leads to it, and it leads back to the door; what was being typed waits meanwhile."""
    put_case(client.screen.book, story="somebody called Pinda")
    client.screen.lock()
    assert _HELP.findall(client.get("/").text) == ["/help/unlock"]
    for name in guide.SCREENS:
        assert "Pinda" not in client.get(f"/help/{name}").text
        assert 'href="/"' in client.text
        assert not client.screen.is_open
    assert client.get("/helpful").words == client.get("/").words


def test_a_stranger_gets_no_help(client: Client) -> None:
    """Another browser is refused, as everywhere."""
    assert client.ask("GET", "/help/inbox", cookie=None).status == 403
    assert client.ask("GET", "/help/picture/en/inbox.png", cookie=None).status == 403


@pytest.mark.parametrize("name", ["nobody", "inbox.md", "..", "%2e%2e%2fday", "INBOX", "x" * 99])
def test_an_unknown_name_is_no_page(client: Client, name: str) -> None:
    """The name is looked up in a list, and is no path."""
    assert client.ask("GET", f"/help/{name}").status == 404


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures in two languages that can be told apart."""
    folder = tmp_path_factory.mktemp("pictures")
    for language in LANGUAGES:
        (folder / language).mkdir()
        for name in guide.pictures(language):
            (folder / language / f"{name}.png").write_bytes(f"{language} {name}".encode())
    return folder


@pytest.fixture
def house(tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project of its own with a built handbook, as a bundle has it."""
    pages = tmp_path / "handbook" / "pages"
    shutil.copytree(handbook.ROOT / "handbook" / "pages", pages)
    shutil.copytree(built, tmp_path / "handbook/site/pictures")
    (tmp_path / "handbook/site/index.html").touch()
    (tmp_path / "handbook/site/pictures/en/unnamed.png").write_bytes(b"x")
    monkeypatch.setattr(handbook, "ROOT", tmp_path)
    guide.guide.cache_clear()
    yield tmp_path
    guide.guide.cache_clear()


def test_pictures_come_from_the_built_handbook_by_name(client: Client, house: Path) -> None:
    """Each that a page names is given; a file that none names is not, nor is another folder."""
    for language in LANGUAGES:
        client.get(f"/help/inbox?language={language}")
        found = re.findall(r'<img src="([^"]+)" alt="([^"]+)">', client.text)
        named = re.findall(
            r"!\[([^]]+)\]\([./]*pictures/([a-z-]+)\.png\)", source(language, "inbox")
        )
        assert found == [(f"/help/picture/{language}/{name}.png", words) for words, name in named]
        for path, _ in found:
            answer = client.ask("GET", path)
            assert (answer.status, answer.content_type) == (200, "image/png")
            assert answer.body == f"{language} {Path(path).stem}".encode()
    for path in ("en/unnamed", "de/inbox", "en/..%2f..%2f..%2fpages%2fx", "en/inbox.png", ""):
        assert client.ask("GET", f"/help/picture/{path}.png").status == 404


def test_without_a_built_handbook_the_sentence_stands_there(client: Client, house: Path) -> None:
    """No broken picture, and no word is lost."""
    shutil.rmtree(house / "handbook/site")
    guide.guide.cache_clear()
    client.get("/help/inbox?language=en")
    assert "<img" not in client.text
    for words in re.findall(r"!\[([^]]+)\]", source("en", "inbox")):
        assert f"<em>{words}</em>" in client.text


def test_what_is_no_plain_text_is_shown_as_it_is_written() -> None:
    """No script, no style, no attribute, no address of others; a link to another page of the handbook is text."""
    page = guide.read(
        "en",
        "# T\n\n<script>alert(1)</script>\n\n<p onclick='x()'>a <kbd>K</kbd></p>\n\n"
        "[in](outbox.md#x) [out](../day.md) [web](https://x.example/) ![p](https://x.example/a.png)\n\n"
        "[js](javascript:alert(1)) <b style='x'>b</b>\n\n| a |\n|:-:|\n| b |\n\n```text\n<i>\n```\n",
    )

    def every(nodes: tuple[guide.Node, ...] | list[guide.Node]) -> list[guide.Node]:
        return [one for node in nodes for one in (node, *every(node.inside))]

    found = every(page.nodes)
    tags = {one.tag for one in found}
    assert tags <= {
        "",
        "h2",
        "p",
        "kbd",
        "a",
        "span",
        "em",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "pre",
        "code",
    }
    assert [one.to for one in found if one.to] == ["/help/outbox"]
    words = "".join(one.text for one in found)
    assert "<script>" in words
    assert "<b style='x'>" in words
    assert page.title == "T"


def test_no_script_runs_and_pictures_are_our_own() -> None:
    """The policy of every answer lets in pictures of this origin, and nothing more than before."""
    policy = dict(HEADERS)["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'; ")
    assert "script-src" not in policy
