"""What a visitor does, in few words: open the form, answer, go on, send. It uses what the page shows.

It goes on by keyboard: quicker than a finger, whose next press at one place has to wait a moment.
"""

from dataclasses import dataclass, field

from playwright.sync_api import Page, Request, Route, expect

_TICK_MS, _MOST_TICKS = 20, 1_500
# A browser of before 2025 as the page sees it: it chooses the older worker, which has all that it needs.
NO_ED25519 = """const real = SubtleCrypto.prototype.importKey;
SubtleCrypto.prototype.importKey = function (format, bytes, name, ...more) {
  return name === 'Ed25519' ? Promise.reject(new DOMException('', 'NotSupportedError'))
    : real.call(this, format, bytes, name, ...more); };"""
STEPS = ("before", "role", "wish", "topics", "place", "story", "sharing", "reach", "code", "check")


def caught(page: Page, held: list[Route]) -> Route:
    """The first request that a route of the test held, once it is there."""
    for _ in range(_MOST_TICKS):
        if held:
            return held[0]
        page.wait_for_timeout(_TICK_MS)
    raise AssertionError("nothing was asked for")


@dataclass
class Visit:
    """One tab on the site, with everything that it asked for and complained about."""

    page: Page
    address: str
    language: str = "nl"
    requests: list[Request] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.requests.append(request))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda said: self.troubles.append(f"{said.type}: {said.text}"))

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}/{self.language}/{path}")

    def open_form(self) -> None:
        self.open("write/")
        expect(self.page.locator("#form")).to_be_visible()

    def go_to(self, step: str) -> None:
        """Press Next until the step is in view."""
        while not self.at(step):
            if self.at("code") and not self.page.locator("[name=code]:checked").count():
                self.page.locator("#code-no").check()
            before = self.shown()
            self.page.locator("#next").press("Enter")
            self.page.wait_for_function(
                "shown => document.querySelectorAll('.step')[shown].hidden"
                " || !document.getElementById('errors').hidden",
                arg=before,
            )
            assert self.shown() != before, self.page.locator("#errors").inner_text()

    def go_back_to(self, step: str) -> None:
        """Press Back until the step is in view."""
        while not self.at(step):
            before = self.shown()
            self.page.locator("#back").press("Enter")
            self.page.wait_for_function(
                "shown => document.querySelectorAll('.step')[shown].hidden", arg=before
            )

    def shown(self) -> int:
        """Number of the step in view."""
        return int(
            self.page.evaluate("[...document.querySelectorAll('.step')].findIndex(s => !s.hidden)")
        )

    def at(self, step: str) -> bool:
        return STEPS[self.shown()] == step

    def take_code(self) -> str:
        """Ask for a code, write it down and confirm it; returns its 24 digits."""
        self.go_to("code")
        self.page.locator("#code-yes").check()
        code = "".join(self.page.locator("#slip .code span").all_inner_texts())
        self.page.locator("#code_last").fill(code[-4:])
        return code

    def write(self, story: str) -> None:
        """Answer only what is required, up to the last step."""
        self.go_to("story")
        self.page.locator("#story").fill(story)
        self.go_to("sharing")
        self.page.locator("#consent_store").check()
        self.go_to("check")

    def send(self) -> None:
        self.page.locator("#send").press("Enter")

    def expect_sent(self) -> None:
        expect(self.page.locator("#sent")).to_be_visible(timeout=40_000)

    def expect_outcome(self, outcome: str) -> None:
        expect(self.page.locator(f"[data-outcome={outcome}]")).to_be_visible(timeout=60_000)

    def posts(self) -> list[bytes]:
        """Bodies of everything that was posted."""
        return [r.post_data_buffer or b"" for r in self.requests if r.method == "POST"]
