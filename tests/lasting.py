"""Browsers whose profile lasts, for the tests of step 1: a folder is given, and searched when they are gone.

A closed browser has written all that it wants to keep; a killed one what it had written by then.
"""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserType, Page

from tests import browsers, engines, stores
from tests.engine_starts import started
from tests.engines import Tab

# As its users have it, but quicker: its state is written twice a second and not every 15 s, and comes back at once.
FIREFOX = {
    "browser.sessionstore.interval": 500,
    "browser.sessionstore.restore_on_demand": False,
    "browser.sessionstore.resume_from_crash": True,  # as it is where nothing drives the browser
}
_NO_SCRIPTS = '{"profile": {"default_content_setting_values": {"javascript": 2}}}'


class Lasting(Tab, Protocol):
    """A browser with several tabs, of which the newest is acted in."""

    def another(self) -> "Lasting":
        """One more tab of the same window."""

    def close(self) -> None:
        """End it as a person does who closes its window."""

    def kill(self) -> None:
        """End it as a battery does that runs out."""


@dataclass
class _Chromium:
    browser: Browser
    process: subprocess.Popen[Any]
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
        for _ in range(abs(steps)):
            self.page.go_back() if steps < 0 else self.page.go_forward()

    def another(self) -> "_Chromium":
        self.page = self.browser.contexts[0].new_page()
        return self

    def close(self) -> None:
        self.browser.new_browser_cdp_session().send("Browser.close")
        self.process.wait()

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def chromium_in(kind: BrowserType, profile: Path) -> Iterator[_Chromium]:
    """Drive Debian's Chromium with this profile; it is no private window."""
    port = stores.free_port()
    command = [browsers.path(), f"--user-data-dir={profile}", f"--remote-debugging-port={port}"]
    command += [*browsers.ARGUMENTS, "--headless", "about:blank"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    env = {**os.environ, "HOME": str(profile)}
    with subprocess.Popen(command, env=env, start_new_session=True, **quiet) as process:
        try:
            stores.wait_until_open(port, process)
            browser = kind.connect_over_cdp(f"http://127.0.0.1:{port}")
            yield _Chromium(browser, process, browser.contexts[0].pages[0])
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def lasting(
    engine: str, kind: BrowserType, profile: Path, *, scripts: bool = True
) -> AbstractContextManager[Lasting]:
    """A browser of the engine with this profile; without scripts as its own settings switch them off."""
    if engine == "firefox":
        return engines.firefox_in(profile, FIREFOX | {"javascript.enabled": scripts})
    if not scripts:
        (profile / "Default").mkdir()
        (profile / "Default" / "Preferences").write_text(_NO_SCRIPTS, "ascii")
    return started("chromium", lambda: chromium_in(kind, profile))
