"""A handler at the daily screen with eyes and a keyboard: finds what is shown, presses keys, and counts."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from desk.strings import Strings

# A busy browser shows a page some time before it gives the focus to a field.
# A function: an expression is evaluated anew at each look, which the page's own policy forbids.
_READY = "() => document.activeElement !== document.body || !document.querySelector('[autofocus]')"
_CHOSEN = "one => one.selectedOptions[0].label"
_TIMES, _FORGOTTEN_MS = 3, 1_100  # a list forgets after a second what was typed into it
_MOST_TABS = 40  # whoever needs more has lost her way


def press_access_key(page: Page, key: str) -> None:
    """Press Alt and a letter; Playwright's own keys leave out the letter that access keys go by."""
    keys = page.context.new_cdp_session(page)
    pressed = {"modifiers": 1, "key": key, "unmodifiedText": key, "windowsVirtualKeyCode": 0}
    keys.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": key, **pressed})
    keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed})
    keys.detach()


@dataclass
class Handler:
    """Somebody who uses only what the screen shows, in the language `t`; typed text counts as no
    press, a page that was asked for counts as a click.
    """

    page: Page
    t: Strings
    tool_seconds: float = 0.0  # between a key and what it does; not reading
    presses: list[str] = field(default_factory=list)
    clicks: int = 0
    seen: list[str] = field(default_factory=list)

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Add the seconds of the block to those of the tool."""
        begun = time.monotonic()
        yield
        self.tool_seconds += time.monotonic() - begun

    def press(self, key: str) -> None:
        """Press a key that stays on this page."""
        with self.timed():
            self.page.keyboard.press(key)
        self.presses.append(key)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        with self.timed():
            self.page.keyboard.type(text)

    @contextmanager
    def led(self) -> Iterator[None]:
        """Wait for the page that the block leads to, and until work can go on in it."""
        with self.timed():
            with self.page.expect_navigation():
                yield
            self.page.wait_for_function(_READY)
        self.clicks += 1

    def enter(self) -> None:
        """Press Enter where it leads to a page."""
        with self.led():
            self.page.keyboard.press("Enter")
        self.presses.append("Enter")

    def alt(self, role: str, label: str) -> None:
        """Press the letter in the box beside a link or a button, with Alt."""
        name = re.compile(rf"^{re.escape(label)} [A-Z]$")
        shown = self.page.get_by_role(role, name=name)  # type: ignore[arg-type]
        key = shown.inner_text().split()[-1].lower()  # refuses when there are two
        with self.led():
            press_access_key(self.page, key)
        self.presses.append(f"Alt+{key}")

    def go_to(self, role: str, label: str) -> None:
        """Press Tab until what has this role and label has the focus."""
        for _ in range(_MOST_TABS):
            if self.focus().count() and self.focus().aria_snapshot().startswith(
                f'- {role} "{label}'
            ):
                return
            self.press("Tab")
        raise AssertionError(f"no way by Tab to {label}")

    def choose(self, label: str, option: str) -> None:
        """In a list of choices, type the choice; on a machine that stalls, once more."""
        self.go_to("combobox", label)
        for _ in range(_TIMES):
            self.type(option)
            if self.focus().evaluate(_CHOSEN) == option:
                return
            self.page.wait_for_timeout(_FORGOTTEN_MS)
        raise AssertionError(f"{option} cannot be chosen")

    def focus(self) -> Locator:
        """What has the focus."""
        return self.page.locator(":focus")

    def read(self) -> list[str]:
        """The lines of the page, without the menu."""
        self.seen = self.page.get_by_role("main").inner_text().splitlines()
        return self.seen

    def fact(self, label: str) -> str:
        """The line below a label on the page that was read, empty if it is not there."""
        return self.seen[self.seen.index(label) + 1] if label in self.seen else ""
