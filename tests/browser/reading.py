"""What a reader does on the answer page, and the boards that a test puts where the site is served."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from playwright.sync_api import expect

from desk.keys import secret_keys
from desk.wire import code
from desk.wire.board import build
from desk.wire.board.build import Outgoing, Receipt
from desk.wire.board.heading import Heading
from desk.wire.board.replies import Reply
from desk.wire.board.slots import CodeKeys
from tests.board_samples import code_keys, stream
from tests.browser.visit import Visit
from tests.practice import Practice

CODE = "123456789012345678901235"  # WIRE.md section 7.8
KEYS = CodeKeys(*code.derive(CODE))
OTHERS = 20  # replies to other codes on every board
ANSWER = "Wij hebben u gehoord."


@dataclass(frozen=True)
class Boards:
    """A running practice desk with the store and the board of one test module."""

    desk: Practice
    address: str

    @cached_property
    def built(self) -> date:
        """The day that the pages count as, committed with the settings; boards are dated from it."""
        text = (self.desk.site / "nl/answer/index.html").read_text("utf-8")
        return date.fromisoformat(re.findall(r'data-built="([0-9-]+)"', text)[0])

    @cached_property
    def seed(self) -> bytes:
        """The secret half of the practice board key."""
        (path,) = self.desk.secret.parent.glob("board-*.key")
        return secret_keys.read(path, lambda prompt: "").seed

    def day(self, number: int) -> date:
        """Day 1 publishes, day 8 is the next board's."""
        return self.built + timedelta(number)

    def reply(self, text: str = ANSWER, **changes: Any) -> Reply:
        given: dict[str, Any] = {"kind": "answer", "written": self.built, "language": "nl"}
        return Reply(text=text, **(given | changes))

    def make(
        self,
        replies: Sequence[Reply] = (),
        receipts: Sequence[CodeKeys] = (),
        *,
        keys: CodeKeys = KEYS,
        seed: bytes = b"",
        epoch: int = 7,
    ) -> bytes:
        """A board with these replies under the code, and twenty of other people."""
        others = [Outgoing(code_keys(number), self.reply()) for number in range(OTHERS)]
        made = build.build(
            [*others, *(Outgoing(keys, reply) for reply in replies)],
            [Receipt(one.tag_key) for one in receipts],
            heading=Heading(epoch, self.day(1), self.day(8)),
            board_seed=seed or self.seed,
            rng=stream("reading"),
        )
        return made.octets

    def put(self, octets: bytes) -> None:
        (self.desk.site / "board.new").write_bytes(octets)
        (self.desk.site / "board.new").replace(self.desk.site / "board.bin")

    def take_away(self) -> None:
        (self.desk.site / "board.bin").unlink(missing_ok=True)


@dataclass
class Reader(Visit):
    """One tab on the answer page."""

    def arrive(self, day: date) -> None:
        """Open the page on that day."""
        self.page.clock.set_fixed_time(f"{day}T12:00:00Z")
        self.open("answer/")
        expect(self.page.locator("#look")).to_be_visible()

    def read(self, typed: str = CODE) -> None:
        """Type a code and wait for what is said about it."""
        self.page.locator("#code").fill(typed)
        self.page.locator("#read").press("Enter")
        expect(self.page.locator("#result")).to_be_visible(timeout=40_000)

    def read_again(self, typed: str = CODE) -> None:
        self.page.locator("#retype").press("Enter")
        self.read(typed)

    def said(self, attribute: str) -> list[str]:
        """Names of the sentences in view: of a `state`, or of what was `found`."""
        shown = self.page.locator(f"#result [data-{attribute}]:visible")
        return [line.get_attribute(f"data-{attribute}") or "" for line in shown.all()]

    def answers(self) -> list[str]:
        return self.page.locator("#answers .answer").all_inner_texts()

    def fetched(self, path: str = "/board.bin") -> int:
        """How often that was asked for."""
        return sum(request.url == self.address + path for request in self.requests)

    def words(self) -> str:
        """Everything that stands in the page and in its fields, hidden or not."""
        return str(
            self.page.evaluate(
                """() => [document.documentElement.outerHTML,
                ...[...document.querySelectorAll('textarea, input')].map((e) => e.value)].join('\\n')"""
            )
        )
