"""Every page in a browser: it breaks no rule of its policy and asks no other host, with scripts and without.

What a page did in the policy's eyes is heard by a listener that stands before its first script, and by the console.
"""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.engines import PATIENCE_SECONDS, firefox, wait
from tests.practice import Practice
from tests.site import SHARE, asset
from tests.soak import SOAK

_LISTEN = """addEventListener('securitypolicyviolation',
  (event) => console.error('policy: ' + event.violatedDirective));"""
# A page that asks for another host's picture and style by its own hand, so that the listeners are known to hear.
_BREAK = """() => { document.body.append(Object.assign(new Image(), {src: 'http://elsewhere.example/x.png'}));
  document.body.setAttribute('style', 'color: red'); }"""


def pages(practice: Practice) -> list[str]:
    """Paths of all pages; in `make test` one of each kind in the first two languages, which are of both directions."""
    found = sorted(path for path in practice.site.rglob("*.html"))
    paths = [
        f"/{path.relative_to(practice.site).as_posix()}".removesuffix("index.html")
        for path in found
    ]
    return [*(paths if SOAK else _few(practice, paths)), "/none/"]


def _few(practice: Practice, paths: list[str]) -> Iterator[str]:
    """One for each set of scripts and styles, and each that is not made by the frame of all others."""
    kinds = set()
    for path in paths:
        language = path.split("/")[1]
        if language in ("", "404.html", *SHARE[:1], "ar"):
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
    chromium: Browser, address: str, practice: Practice, scripts: bool
) -> None:
    """None of all page types; the last one is made to, and is heard."""
    context = chromium.new_context(java_script_enabled=scripts)
    context.add_init_script(_LISTEN)
    page, paths = context.new_page(), pages(practice)
    assert len(paths) > (3000 if SOAK else 10)
    assert visited(page, address, paths) == []
    if scripts:
        told: list[str] = []
        page.on("console", lambda one: told.append(one.text))
        page.evaluate(_BREAK)
        heard = {"policy: img-src", "policy: style-src-attr"}
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not heard <= set(told):
            assert time.monotonic() < deadline, told
            page.wait_for_timeout(50)
    context.close()


def test_firefox_breaks_none_either(address: str, practice: Practice) -> None:
    """A page keeps nothing of what it refused before its listener, so the resources it fetched are read too."""
    with firefox() as tab:
        for path in pages(practice):
            tab.open(address + path)
            wait(tab, "document.readyState === 'complete'")
            fetched = tab.look("performance.getEntriesByType('resource').map((one) => one.name)")
            assert [one for one in fetched if not one.startswith(address)] == [], path
