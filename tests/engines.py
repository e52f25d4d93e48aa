"""Three engines driven alike, for step 9 in real browsers: Chromium, Firefox ESR and WebKitGTK.

Each opens a browser of its own with an empty profile, and ends it. A tab opens an address, clicks
and types as a person does, and looks at the page; it knows nothing of complaints and codes.
"""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserType, Page
from websockets.sync.client import ClientConnection, connect

from tests import browsers, stores
from tests.engine_starts import started

PATIENCE_SECONDS = 60.0
# Pixels of the middle of the first element that a selector finds, once it is in view.
MIDDLE = """(() => { const e = document.querySelector(%s); e.scrollIntoView({block: 'center'});
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

    def step(self, steps: int) -> None:
        """So many steps through the history, back where negative; as its buttons do, which need no script.

        Where there is no such page nothing happens.
        """


class Traveller(Tab, Protocol):
    """A tab with the buttons and the keys of its browser."""

    def press(self, key: str) -> None:
        """One of KEYS, down and up again."""

    def press_middle(self, selector: str) -> None:
        """Click with the middle button, which opens a link in a tab of its own."""


# As WebDriver spells them.
KEYS = {"Shift": "\ue008", "Enter": "\ue007", "Tab": "\ue004"}


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

    def step(self, steps: int) -> None:
        wire = self.page.context.new_cdp_session(self.page)
        found = wire.send("Page.getNavigationHistory")
        at = found["currentIndex"] + steps
        if 0 <= at < len(found["entries"]):
            wire.send("Page.navigateToHistoryEntry", {"entryId": found["entries"][at]["id"]})
        wire.detach()

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def press_middle(self, selector: str) -> None:
        self.page.locator(selector).click(button="middle")


def running_chromium(
    kind: BrowserType, display: str = "", arguments: Sequence[str] = (), *, keeps: bool = False
) -> AbstractContextManager[Browser]:
    """Run Debian's Chromium under Playwright; with its windows if there is a display for them.

    With `keeps` a page that was left is kept for Back, as in everybody's hands and not in Playwright's;
    the one without windows keeps none.
    """

    @contextmanager
    def start() -> Iterator[Browser]:
        browser = kind.launch(
            executable_path=browsers.path(),
            args=[*browsers.ARGUMENTS, *arguments],
            headless=not display,
            env={**os.environ, "DISPLAY": display},
            ignore_default_args=["--disable-back-forward-cache"] if keeps else None,
        )
        try:
            yield browser
        finally:
            browser.close()

    return started("chromium", start)


@contextmanager
def chromium(
    kind: BrowserType, display: str = "", arguments: Sequence[str] = (), *, keeps: bool = False
) -> Iterator[Traveller]:
    """Drive a Chromium of its own."""
    running = running_chromium(kind, display, arguments, keeps=keeps)
    with running as browser, tab_of(browser) as tab:
        yield tab


@contextmanager
def tab_of(browser: Browser) -> Iterator[Traveller]:
    """Drive a Chromium that runs, in a profile of its own."""
    context = browser.new_context()
    try:
        yield _Chromium(context.new_page())
    finally:
        context.close()


@dataclass
class _Firefox:
    """A client of WebDriver BiDi: one JSON message a command, and its answer among events."""

    socket: ClientConnection
    process: subprocess.Popen[Any]
    context: str = ""
    sent: int = field(default=0)
    asked: list[str] = field(
        default_factory=list
    )  # addresses, once network events are subscribed to
    told: list[str] = field(default_factory=list)

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": params}))
        while True:
            said = json.loads(self.socket.recv(timeout=PATIENCE_SECONDS))
            if said.get("id") == self.sent:
                break
            if said.get("method") == "network.beforeRequestSent":
                self.asked.append(said["params"]["request"]["url"])
            if said.get("method") == "log.entryAdded":
                self.told.append(f"{said['params']['level']}: {said['params']['text']}")
        if said["type"] != "success":
            raise RuntimeError(said["message"])
        return dict(said["result"])

    def begin(self) -> "_Firefox":
        self.ask("session.new", capabilities={})
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        return self

    def listen(self) -> None:
        """Keep in `told` what its console says from now on; what breaks a policy stands there without a script too."""
        self.ask("session.subscribe", events=["log.entryAdded"])

    def another(self) -> "_Firefox":
        """One more tab of the same window; what is asked for next is asked there."""
        made = self.ask("browsingContext.create", type="tab", background=False)
        self.context = made["context"]
        return self

    @contextmanager
    def apart(self) -> Iterator["_Firefox"]:
        """A tab of a container of its own for the time of the block: it shares no storage, cookie or cache."""
        before, own = self.context, self.ask("browser.createUserContext")
        made = self.ask("browsingContext.create", type="tab", **own)
        self.context = made["context"]
        try:
            yield self
        finally:
            self.context = before
            self.ask("browser.removeUserContext", **own)

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def turn_to(self, address: str) -> None:
        """Act in the tab at this address from now on."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        found: dict[str, str] = {}
        while address not in found:
            if time.monotonic() > deadline:
                raise TimeoutError(f"no tab is at {address}: {sorted(found)}")
            tabs = self.ask("browsingContext.getTree", maxDepth=0)["contexts"]
            found = {one["url"]: one["context"] for one in tabs}
            time.sleep(0.05)
        self.context = found[address]

    def close(self) -> None:
        """End the browser as a person does who closes its window."""
        self.ask("browser.close")
        self.process.wait(PATIENCE_SECONDS)

    def kill(self) -> None:
        """End the browser as a battery does that runs out."""
        self.process.kill()
        self.process.wait()

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

    def _settled(self, selector: str) -> list[float]:
        """Where an element is once it stays there: a page that still moves is clicked beside it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        before: list[float] = []
        while (found := list(self.look(MIDDLE % json.dumps(selector)))) != before:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{selector} does not stay in one place: {before}, {found}")
            before = found
            time.sleep(0.1)
        return found

    def click(self, selector: str) -> None:
        self._press(selector, 0)

    def _press(self, selector: str, button: int) -> None:
        x, y = self._settled(selector)
        move = {"type": "pointerMove", "x": int(x), "y": int(y)}
        presses = [{"type": f"pointer{way}", "button": button} for way in ("Down", "Up")]
        self._act("pointer", [move, *presses])

    def press_middle(self, selector: str) -> None:
        self._press(selector, 1)

    def press(self, key: str) -> None:
        self._act("key", [{"type": way, "value": KEYS[key]} for way in ("keyDown", "keyUp")])

    def step(self, steps: int) -> None:
        with suppress(RuntimeError):  # where there is no such page
            self.ask("browsingContext.traverseHistory", context=self.context, delta=steps)

    def type(self, selector: str, text: str) -> None:
        self.click(selector)
        ways = ("keyDown", "keyUp")
        self._act("key", [{"type": way, "value": char} for char in text for way in ways])


@contextmanager
def _listening(
    command: list[str], port: int, env: dict[str, str]
) -> Iterator[subprocess.Popen[Any]]:
    """Run a program that listens on the port for the time of the block."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=os.environ | env, **quiet) as process:
        try:
            stores.wait_until_open(port, process)
            yield process
        finally:
            stores.end(process)


def firefox_in(
    profile: Path, settings: dict[str, Any], display: str = ""
) -> AbstractContextManager[_Firefox]:
    """Drive Firefox ESR with this profile by WebDriver BiDi, which it speaks itself.

    With its windows if there is a display for them.
    """
    return started("firefox", lambda: _firefox(profile, settings, display))


@contextmanager
def _firefox(profile: Path, settings: dict[str, Any], display: str) -> Iterator[_Firefox]:
    chosen = _FIREFOX_SETTINGS | settings
    lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in chosen.items())
    (profile / "user.js").write_text("\n".join(lines), "ascii")
    port = stores.free_port()
    command = ["firefox-esr", f"--remote-debugging-port={port}", "--no-remote"]
    command += [] if display else ["--headless"]
    command += ["--profile", str(profile), "about:blank"]
    env = {"HOME": str(profile), "DISPLAY": display}
    with (
        _listening(command, port, env) as process,
        connect(f"ws://127.0.0.1:{port}/session") as socket,
    ):
        yield _Firefox(socket, process).begin()


@contextmanager
def firefox(display: str = "", settings: dict[str, Any] | None = None) -> Iterator[_Firefox]:
    """Drive Firefox ESR with an empty profile."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        firefox_in(Path(profile), settings or {}, display) as tab,
    ):
        yield tab


@dataclass
class _WebKit:
    """A client of WebDriver: one HTTP request a command."""

    port: int
    session: str = ""

    def ask(self, path: str, method: str = "POST", **params: Any) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        with closing(connection):
            body = json.dumps(params) if method == "POST" else None
            connection.request(method, f"/session{self.session}{path}", body)
            said = connection.getresponse()
            value = json.loads(said.read())["value"]
        if said.status != HTTPStatus.OK:
            raise RuntimeError(f"{value['error']}: {value['message']}")
        return value

    def begin(self) -> "_WebKit":
        own = {"binary": browsers.mini_browser(), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": own}}
        self.session = "/" + self.ask("", capabilities=wanted)["sessionId"]
        return self

    def _element(self, selector: str) -> str:
        found = self.ask("/element", using="css selector", value=selector)
        return "/element/" + str(*found.values())

    def open(self, address: str) -> None:
        self.ask("/url", url=address)

    def look(self, expression: str) -> Any:
        return self.ask("/execute/sync", script=f"return ({expression});", args=[])

    def click(self, selector: str) -> None:
        self.look(MIDDLE % json.dumps(selector))  # its own scrolling stops short of the last line
        self.ask(self._element(selector) + "/click")

    def _act(self, kind: str, actions: list[dict[str, Any]]) -> None:
        self.ask("/actions", actions=[{"type": kind, "id": kind, "actions": actions}])

    def press(self, key: str) -> None:
        self._act("key", [{"type": way, "value": KEYS[key]} for way in ("keyDown", "keyUp")])

    def press_middle(self, selector: str) -> None:
        x, y = self.look(MIDDLE % json.dumps(selector))
        move = {"type": "pointerMove", "x": int(x), "y": int(y)}
        self._act(
            "pointer", [move, *({"type": f"pointer{way}", "button": 1} for way in ("Down", "Up"))]
        )

    def type(self, selector: str, text: str) -> None:
        self.ask(self._element(selector) + "/value", text=text)

    def step(self, steps: int) -> None:
        for _ in range(abs(steps)):
            self.ask("/back" if steps < 0 else "/forward")


@contextmanager
def screen() -> Iterator[str]:
    """A display that nobody sees; gives its name."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "800x1000x24", "-nolisten", "tcp"]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, **quiet) as process:
        try:
            yield f":{process.stdout.readline().strip()}"
        finally:
            stores.end(process)


def webkit(settings: dict[str, str] | None = None) -> AbstractContextManager[Traveller]:
    """Drive WebKitGTK through its own driver, on a screen of its own; settings stand in its environment."""
    return started("webkit", lambda: _webkit(settings or {}))


@contextmanager
def _webkit(settings: dict[str, str]) -> Iterator[Traveller]:
    port = stores.free_port()
    with screen() as display:
        env = _WEBKIT_SETTINGS | settings | {"DISPLAY": display}
        with _listening(["WebKitWebDriver", f"--port={port}"], port, env):
            tab = _WebKit(port).begin()
            try:
                yield tab
            finally:
                tab.ask("", "DELETE")
