"""A running daily screen for the browser tests: `desk serve` in a process of its own, and what its tab did."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Locator, Page, Request

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.loopback.presses import SETTLE_SECONDS
from desk.store.vault import Vault
from tests.screens import HANDLER, TODAY
from tests.stores import REPO, end
from tests.vaults import WORDS

OPENED = "[action='/lock']"  # what an open screen has, and a locked one has not: both have a menu
SERVE = (sys.executable, "-m", "desk", "serve")
# What a browser says of a form that the desk gave back.
_REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (409|422) ")
# What it says of a test that types before the page has put the cursor anywhere; a person is slower.
_HASTY = "Autofocus processing was blocked because a document already has a focused element."
_ADDRESS = re.compile(r"http://127\.\d+\.\d+\.\d+:\d+/\?token=\S+")


_STOOD = "() => performance.now() > performance.getEntriesByType('navigation')[0].responseEnd + %d"
STOOD = _STOOD % (SETTLE_SECONDS * 1_000 + 50)  # whether a page has been there for a moment
# Whoever tests a form is a person who has looked at the page. So that no test waits, its forms say that
# they have been shown since the start of the screen; `test_desk_presses.py` presses without that.
PATIENT = "form.form_page.value = form.form_page.value.replace(/[.].*/, '.0');"
_PATIENCE = "addEventListener('submit', ({ target: form }) => { %s }, true);"


def patient(page: Page) -> None:
    """Let every form on a tab have stood there for long when it is pressed."""
    page.add_init_script(_PATIENCE % PATIENT)


@contextmanager
def serving(store: Path, *options: str) -> Iterator[str]:
    """Run the screen for the time of the block; gives its first address."""
    command = [*SERVE, str(store), "--despite-network", "--today", TODAY.isoformat(), *options]
    with subprocess.Popen(
        command, cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        found = None
        while found is None and (line := process.stdout.readline()):
            found = _ADDRESS.search(line)
        assert found is not None, process.stderr.read()
        try:
            yield found[0]
        finally:  # else a test that fails waits for the screen for ever
            end(process)
        assert process.stderr.read() == "", "the screen wrote something"


@dataclass
class Screen:
    """One tab on a daily screen, with all that it asked for and complained about."""

    page: Page
    address: str  # without the token
    requests: list[Request] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        patient(self.page)
        self.page.on("request", lambda request: self.requests.append(request))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._hear)
        self.page.on("popup", lambda _: self.troubles.append("another window"))
        self.page.on("dialog", self._dismiss)

    def _hear(self, said: ConsoleMessage) -> None:
        if not _REFUSED.match(said.text) and said.text != _HASTY:
            self.troubles.append(f"{said.type}: {said.text}")

    def _dismiss(self, dialog: Dialog) -> None:
        self.troubles.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def lock(self) -> None:
        """Press the button and wait until the browser has arrived at the door."""
        self.page.get_by_role("button", name="Lock").click()
        self.page.wait_for_selector("#passphrase")

    def unlock(self) -> None:
        """Type the seven words, by the keyboard alone."""
        self.page.wait_for_selector("#passphrase:focus")  # a busy browser gives it late
        self.page.keyboard.type(WORDS)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(OPENED)

    def strangers(self) -> list[str]:
        """Addresses that were asked for and are not ours."""
        return [r.url for r in self.requests if not r.url.startswith(f"{self.address}/")]


@contextmanager
def entered(browser: Browser, store: Path, *options: str, **context: Any) -> Iterator[Screen]:
    """Run a screen, and open and unlock it in a tab of its own."""
    with serving(store, *options) as address:
        page = browser.new_context(**context).new_page()
        yield enter(page, address)
        page.context.close()


def enter(page: Page, address: str) -> Screen:
    """Open the first address in a tab and unlock the screen."""
    screen = Screen(page, address.partition("/?")[0])
    page.goto(address)
    screen.unlock()
    return screen


def fill(form: Locator, given: Mapping[str, str | tuple[str, ...]]) -> None:
    """Fill in a form by the names of its fields; a tuple ticks those boxes and no others."""
    for name, value in given.items():
        if isinstance(value, tuple):
            for box in form.locator(f"input[name={name}]").all():
                box.set_checked(box.get_attribute("value") in value)
            continue
        control = form.locator(f"[name={name}]")
        kind = control.evaluate("one => one.type")
        if kind == "checkbox":
            control.set_checked(value == "yes")
        elif kind.startswith("select"):
            control.select_option(value)
        else:
            control.fill(value)


@contextmanager
def opened(store: Path, copy: Path) -> Iterator[Casebook]:
    """Read a copy of a store that a screen holds open."""
    shutil.copytree(store, copy)
    vault = Vault.open(copy, HANDLER, WORDS)
    try:
        yield Casebook(vault)
    finally:
        vault.close()


def thread(book: Casebook, case: Case) -> list[tuple[str, dict[str, object]]]:
    """What happened in a case: kinds and values, without the ids that are drawn for each event."""
    found = []
    for entry in case.thread:
        values = {k: v for k, v in book.text(entry).items() if k not in ("id", "pseudonym")}
        found.append((entry.kind, values))
    return found
