"""Three engines driven alike, for step 9 in real browsers: Chromium, Firefox ESR and WebKitGTK.

Each opens a browser of its own with an empty profile, and ends it. A tab opens an address, clicks
and types as a person does, and looks at the page; it knows nothing of complaints and codes.
"""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import BrowserType, Page
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from websockets.sync.client import ClientConnection, connect

from tests import browsers

PATIENCE_SECONDS = 60.0
# Pixels of the middle of the first element that a selector finds, once it is in view.
_MIDDLE = """(() => { const e = document.querySelector(%s); e.scrollIntoView({block: 'center'});
const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()"""
# First runs of Firefox want to show and fetch things; a test browser calls nobody.
_FIREFOX_SETTINGS = {
    "app.normandy.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.active-protocols": 1,  # WebDriver BiDi only
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
}
# As root the sandbox of WebKitGTK does not start, and there is no graphics card to compose on.
_WEBKIT_SETTINGS = {
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
}


class Tab(Protocol):
    """One tab, whatever the engine."""

    def open(self, address: str) -> None: ...

    def look(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""

    def click(self, selector: str) -> None: ...

    def type(self, selector: str, text: str) -> None: ...


def wait(tab: Tab, expression: str) -> None:
    """Return once the expression holds in the page."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not tab.look(f"Boolean({expression})"):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{expression} never held: {tab.look('document.body.innerText')}")
        time.sleep(0.05)


@dataclass
class _Chromium:
    page: Page

    def open(self, address: str) -> None:
        self.page.goto(address)

    def look(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def click(self, selector: str) -> None:
        self.page.locator(selector).click()

    def type(self, selector: str, text: str) -> None:
        self.page.locator(selector).press_sequentially(text)


@contextmanager
def chromium(kind: BrowserType) -> Iterator[Tab]:
    """Drive Debian's Chromium through Playwright."""
    browser = kind.launch(executable_path=browsers.path(), args=browsers.ARGUMENTS)
    try:
        yield _Chromium(browser.new_page())
    finally:
        browser.close()


@dataclass
class _Firefox:
    """A client of WebDriver BiDi: one JSON message a command, and its answer among events."""

    socket: ClientConnection
    context: str = ""
    sent: int = field(default=0)

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": params}))
        while True:
            said = json.loads(self.socket.recv(timeout=PATIENCE_SECONDS))
            if said.get("id") == self.sent:
                break
        if said["type"] != "success":
            raise RuntimeError(said["message"])
        return dict(said["result"])

    def begin(self) -> "_Firefox":
        self.ask("session.new", capabilities={})
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        return self

    def open(self, address: str) -> None:
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def look(self, expression: str) -> Any:
        where = {"context": self.context}
        wrapped = f"JSON.stringify([{expression}])"
        found = self.ask("script.evaluate", expression=wrapped, target=where, awaitPromise=True)
        if found["type"] != "success":
            raise RuntimeError(found["exceptionDetails"]["text"])
        return json.loads(found["result"]["value"])[0]

    def _act(self, kind: str, actions: list[dict[str, Any]]) -> None:
        source = {"type": kind, "id": kind, "actions": actions}
        self.ask("input.performActions", context=self.context, actions=[source])

    def click(self, selector: str) -> None:
        x, y = self.look(_MIDDLE % json.dumps(selector))
        move = {"type": "pointerMove", "x": int(x), "y": int(y)}
        presses = [{"type": f"pointer{way}", "button": 0} for way in ("Down", "Up")]
        self._act("pointer", [move, *presses])

    def type(self, selector: str, text: str) -> None:
        self.click(selector)
        ways = ("keyDown", "keyUp")
        self._act("key", [{"type": way, "value": char} for char in text for way in ways])


def _bidi_address(process: subprocess.Popen[str]) -> str:
    for line in process.stderr or []:
        _, found, address = line.partition("WebDriver BiDi listening on ")
        if found:
            return address.strip() + "/session"
    raise RuntimeError(f"Firefox ended with {process.wait()} before it listened")


@contextmanager
def firefox() -> Iterator[Tab]:
    """Drive Firefox ESR by WebDriver BiDi, which it speaks itself."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _FIREFOX_SETTINGS.items())
        (Path(profile) / "user.js").write_text("\n".join(lines), "ascii")
        command = ["firefox-esr", "--headless", "--remote-debugging-port=0", "--no-remote"]
        command += ["--profile", profile, "about:blank"]
        env = os.environ | {"HOME": profile}
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env) as process:
            try:
                with connect(_bidi_address(process)) as socket:
                    yield _Firefox(socket).begin()
            finally:
                process.terminate()


@dataclass
class _WebKit:
    driver: webdriver.WebKitGTK

    def open(self, address: str) -> None:
        self.driver.get(address)

    def look(self, expression: str) -> Any:
        return self.driver.execute_script(f"return ({expression});")

    def click(self, selector: str) -> None:
        self.driver.find_element(By.CSS_SELECTOR, selector).click()

    def type(self, selector: str, text: str) -> None:
        self.driver.find_element(By.CSS_SELECTOR, selector).send_keys(text)


@contextmanager
def _screen() -> Iterator[str]:
    """A display that nobody sees; gives its name."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "800x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            yield f":{process.stdout.readline().strip()}"
        finally:
            process.terminate()


@contextmanager
def webkit() -> Iterator[Tab]:
    """Drive WebKitGTK through its own driver."""
    options = Options()
    options.binary_location = browsers.MINI_BROWSER
    options.add_argument("--automation")
    with _screen() as display:
        env = os.environ | _WEBKIT_SETTINGS | {"DISPLAY": display}
        service = Service(executable_path="/usr/bin/WebKitWebDriver", env=env)
        driver = webdriver.WebKitGTK(options=options, service=service)
        try:
            yield _WebKit(driver)
        finally:
            driver.quit()
