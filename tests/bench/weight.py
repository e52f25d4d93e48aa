"""What a first visit weighs: every body that a real Chromium fetched in a fresh profile, each brotli 11.

A body that does not arrive is an error and never a lighter page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import brotli
from playwright.sync_api import Browser, Page, Request

from tests.browser.visit import Visit
from tests.site import LANGUAGES

HEAVIEST = 3
READING = (
    "page",
    "municipality",
    "places",
    "letter",
    "search",
)  # what is read; the other two have a script that seals or opens
_MANY = ("municipality", "letter")
KINDS = (*READING, "answer", "form")
STORY = "x" * 10_000


@dataclass(frozen=True)
class Weighed:
    """One visit: address and brotli bytes of everything fetched, in order; twice fetched counts twice."""

    bodies: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All bytes of the visit."""
        return sum(size for _, size in self.bodies)

    @property
    def requests(self) -> int:
        return len(self.bodies)

    @property
    def script(self) -> int:
        """Bytes of its scripts."""
        return sum(size for address, size in self.bodies if address.endswith((".js", ".mjs")))


def kind_of(path: str) -> str:
    """Which budget a page is held against, by its URL path such as /nl/m/tilburg/."""
    name = path.strip("/").partition("/")[2]
    named = {"write": "form", "answer": "answer", "places": "places", "search": "search"}
    below = {"m/": "municipality", "places/": "letter"}
    return below.get(name[: name.find("/") + 1], named.get(name, "page"))


def paths(site: Path) -> dict[str, list[str]]:
    """URL paths to visit by kind: of those made from data the heaviest of each language, else every page."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for language in LANGUAGES:
        made: dict[str, list[Path]] = {kind: [] for kind in KINDS}
        for page in sorted((site / language).rglob("index.html")):
            made[kind_of(f"/{page.parent.relative_to(site).as_posix()}/")].append(page)
        for kind in _MANY:
            made[kind].sort(key=lambda page: len(brotli.compress(page.read_bytes())))
            made[kind] = made[kind][-HEAVIEST:]
        for kind, pages in made.items():
            found[kind] += [f"/{page.parent.relative_to(site).as_posix()}/" for page in pages]
    return found


def visit(
    browser: Browser,
    address: str,
    *,
    script: bool = True,
    act: Callable[[Page], None] | None = None,
    before: str = "",
) -> Weighed:
    """Open an address, do what `act` does there, and weigh all that was fetched until nothing is.

    `before` is a script that runs ahead of the page's own, such as one that takes a feature away.
    """
    context = browser.new_context(java_script_enabled=script)
    if before:
        context.add_init_script(before)
    page = context.new_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    # Without script nothing is asked for once the page has loaded, and half a second is saved.
    page.goto(address, wait_until="networkidle" if script else "load")
    # At once: what a worker was made of cannot be read any more once the page has ended it.
    sizes = {one: _size(one) for one in asked if one.method == "GET"}
    if act:
        act(page)
        page.wait_for_load_state("networkidle")
        sizes |= {one: _size(one) for one in asked if one.method == "GET" and one not in sizes}
    context.close()
    return Weighed(tuple((one.url, size) for one, size in sizes.items()))


def _size(request: Request) -> int:
    answer = request.response()  # waits until it is there
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{request.url} was not answered, so the visit cannot be weighed")
    return len(brotli.compress(answer.body()))


def form(browser: Browser, address: str, language: str, before: str = "") -> Weighed:
    """The form with everything that it fetches from its opening until a complaint was sent."""

    def send(page: Page) -> None:
        filled = Visit(page, address, language)
        filled.write(STORY)
        filled.send()
        filled.expect_sent()

    return visit(browser, f"{address}/{language}/write/", act=send, before=before)
