"""Old Chromiums driven by a client of their time: DevTools messages over one WebSocket, and nothing newer.

A Tab as in tests/engines.py, in a browser of its own with an empty profile. Playwright asks such
browsers for things that they have never heard of, so it is not used here.
"""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests import browsers, stores
from tests.engine_starts import started
from tests.engines import MIDDLE, PATIENCE_SECONDS, Tab

_PORT_FILE = "DevToolsActivePort"
_PHONE = {"width": 360, "height": 640, "deviceScaleFactor": 1, "mobile": False}


@dataclass
class _Old:
    """A client of the DevTools protocol: one JSON message a command, and its answer among events."""

    socket: ClientConnection
    process: subprocess.Popen[Any]
    session: str = ""
    sent: int = field(default=0)

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self.sent += 1
        message = {"id": self.sent, "method": method, "params": params}
        self.socket.send(
            json.dumps(message | ({"sessionId": self.session} if self.session else {}))
        )
        while True:
            said = json.loads(self.socket.recv(timeout=PATIENCE_SECONDS))
            if said.get("id") == self.sent:
                break
        if "error" in said:
            raise RuntimeError(f"{method}: {said['error']['message']}")
        return dict(said["result"])

    def begin(self) -> "_Old":
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Emulation.setDeviceMetricsOverride", **_PHONE)
        return self

    def open(self, address: str) -> None:
        self.look("window.isOld = true")
        self.ask("Page.navigate", url=address)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.look("!window.isOld && document.readyState === 'complete'"):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{address} did not load")
            time.sleep(0.05)

    def look(self, expression: str) -> Any:
        wanted = {"expression": f"({expression})", "returnByValue": True, "awaitPromise": True}
        found = self.ask("Runtime.evaluate", **wanted)
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"]["exception"]["description"])
        return found["result"].get("value")

    def click(self, selector: str) -> None:
        x, y = self.look(MIDDLE % json.dumps(selector))
        for kind in ("mousePressed", "mouseReleased"):
            where = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
            self.ask("Input.dispatchMouseEvent", **where)

    def type(self, selector: str, text: str) -> None:
        self.click(selector)
        for char in text:
            self.ask("Input.dispatchKeyEvent", type="keyDown", text=char)
            self.ask("Input.dispatchKeyEvent", type="keyUp")

    def step(self, steps: int) -> None:
        history = self.ask("Page.getNavigationHistory")
        there = history["entries"][history["currentIndex"] + steps]
        self.ask("Page.navigateToHistoryEntry", entryId=there["id"])

    def kill(self) -> None:
        """End the browser as a battery does that runs out."""
        self.process.kill()
        self.process.wait()


@contextmanager
def chromium(version: int) -> Iterator[Tab]:
    """Drive the Chromium of that version."""
    arguments = ["--headless", "--no-zygote", "--disable-gpu"]
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        chromium_in(browsers.old(version), Path(profile), arguments) as tab,
    ):
        yield tab


def chromium_in(
    program: str | Path, profile: Path, arguments: Sequence[str] = (), display: str = ""
) -> AbstractContextManager[_Old]:
    """Drive any Chromium with this profile, today's too; with its windows if there is a display for them.

    Its tab can kill it, and the profile outlives it.
    """
    return started("old chromium", lambda: _chromium(program, profile, arguments, display))


@contextmanager
def _chromium(
    program: str | Path, profile: Path, arguments: Sequence[str], display: str
) -> Iterator[_Old]:
    command = [str(program), *arguments, *browsers.ARGUMENTS]
    command += ["--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    env = {**os.environ, "DISPLAY": display}
    (profile / _PORT_FILE).unlink(missing_ok=True)  # of a browser that was killed
    with subprocess.Popen(command, env=env, **quiet) as process:
        try:
            address = _address(profile, process)
            with connect(address, max_size=None, ping_interval=None) as socket:
                yield _Old(socket, process).begin()
        finally:
            stores.end(process)


def _address(profile: Path, process: subprocess.Popen[bytes]) -> str:
    """Where it listens, which it writes into its profile: a line with the port and one with the path."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(FileNotFoundError, ValueError):
            port, path = (profile / _PORT_FILE).read_text("ascii").split("\n")
            return f"ws://127.0.0.1:{port}{path}"
        time.sleep(0.02)
    raise RuntimeError(f"the browser did not start: {process.poll()}")
