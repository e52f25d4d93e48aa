"""Every page in a browser: it breaks no rule of its policy and asks no other host, with scripts and without.

What a page did in the policy's eyes stands in the console of either engine, also where no script runs.
"""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.engines import PATIENCE_SECONDS, firefox, wait
from tests.practice import Practice, running
from tests.site import SHARE, asset
from tests.soak import SOAK
from tests.way_back import own_site

# What stands in a page that was spoilt, and how a console of either engine names it.
_PLANTED = '<p style="color: red">a</p><img src="http://elsewhere.example/x.png" alt="">'
_BROKEN = ("inline style", "http://elsewhere.example/x.png")
# Firefox asks for an icon by itself, and the one file to keep lets in nothing, this neither.
_KEPT, _ICON = "/info.html", "(img-src) at {}/favicon.ico because"


@pytest.fixture(scope="module")
def spoilt(practice: Practice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a page that breaks its policy while it is read, served as all others are."""
    desk = own_site(practice, tmp_path_factory.mktemp("spoilt"))
    page = desk.site / SHARE[0] / "index.html"
    text = page.read_text("utf-8")
    page.unlink()  # the same file as the practice site's
    page.write_text(text.replace("</main>", f"{_PLANTED}</main>"), "utf-8")
    with running(desk) as found:
        yield f"{found}/{SHARE[0]}/"


def pages(practice: Practice, *, whole: bool = SOAK) -> list[str]:
    """Paths of all pages; or, as in `make test`, one of each kind, there in languages of both directions."""
    found = sorted(path for path in practice.site.rglob("*.html"))
    paths = [
        f"/{path.relative_to(practice.site).as_posix()}".removesuffix("index.html")
        for path in found
    ]
    return [*(paths if whole else _few(practice, paths)), "/none/"]


def _few(practice: Practice, paths: list[str]) -> Iterator[str]:
    """One for each set of scripts and styles, and each that is not made by the frame of all others."""
    kinds = set()
    for path in paths:
        language = path.split("/")[1]
        if language in ("", "404.html", *SHARE):
            file = practice.site / path.strip("/")
            html = (file / "index.html" if file.is_dir() else file).read_text("utf-8")
            kind = (language, path.endswith(".html"), *(name for name in _named() if name in html))
            if kind not in kinds:
                kinds.add(kind)
                yield path


def _named() -> list[str]:
    scripts = ("write.js", "answer.js", "places.js", "search.js", "leave.js")
    return [asset(name) for name in (*scripts, "form.css", "paper.css")]


def visited(page: Page, address: str, paths: list[str]) -> list[str]:
    """What the browser complained of, and each request to another host."""
    told: list[str] = []

    def requested(request: Request) -> None:
        if not request.url.startswith((address, "blob:", "data:")):
            told.append(f"{page.url} asks {request.url}")

    page.on("request", requested)
    page.on("console", lambda one: told.append(f"{page.url} {one.text}"))
    page.on("pageerror", lambda one: told.append(f"{page.url} {one}"))
    for path in paths:
        page.goto(address + path, wait_until="load")
    return [line for line in told if "404 (Not Found)" not in line]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_no_page_breaks_its_policy_or_asks_another_host(
    chromium: Browser, address: str, practice: Practice, spoilt: str, scripts: bool
) -> None:
    """None of all page types; a page that was spoilt does, and is heard."""
    context = chromium.new_context(java_script_enabled=scripts)
    page, paths = context.new_page(), pages(practice)
    assert len(paths) > (3000 if SOAK else 10)
    assert visited(page, address, paths) == []
    told: list[str] = []
    page.on("console", lambda one: told.append(one.text))
    page.goto(spoilt, wait_until="load")
    heard(told, lambda: page.wait_for_timeout(50))
    context.close()


def heard(told: list[str], look: Callable[[], object]) -> None:
    """Return once the console has named each rule that the spoilt page breaks; it names no other."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not all(any(rule in line for line in told) for rule in _BROKEN):
        assert time.monotonic() < deadline, told
        look()
    assert [line for line in told if not any(rule in line for rule in _BROKEN)] == []


@pytest.mark.parametrize("scripts", [True, False] if SOAK else [True])
def test_firefox_breaks_none_either(
    address: str, practice: Practice, spoilt: str, scripts: bool
) -> None:
    """The resources that a page fetched are read too; the spoilt page is heard at the end, and nothing before it."""
    icon, kept, paths = _ICON.format(address), 0, pages(practice, whole=False)
    assert len(paths) > 5 * len(SHARE)
    with firefox(settings={"javascript.enabled": scripts}) as tab:
        tab.listen()
        for path in paths:
            tab.open(address + path)
            wait(tab, "document.readyState === 'complete'")
            fetched = tab.look("performance.getEntriesByType('resource').map((one) => one.name)")
            assert [one for one in fetched if not one.startswith(address)] == [], path
            kept += path.endswith(_KEPT)
            assert [line for line in tab.told if icon not in line] == [], path
        asked = [line for line in tab.told if icon in line]
        assert len(asked) <= kept
        tab.told.clear()
        tab.open(spoilt)
        heard(tab.told, lambda: tab.look("0"))
