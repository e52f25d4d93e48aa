"""The first day of a handler: twenty invented complaints from a stick to answers, by what the screen shows."""

from dataclasses import dataclass, field

from playwright.sync_api import expect

from tests.browser.keyboard import Handler

HELPER = "Huis van de Regio"
WORDS = "Dag. Wij hebben het gelezen."
# What a complaint is about, and the standard answer for it, in the order in which she looks.
_ANSWERS = (
    ("violence", "danger"),
    ("photos", "need_more"),
    ("police", "police_route"),
    ("care", "care_complaint"),
    ("operator", "operator_problem"),
    ("data_passed_on", "data_passed_on"),
    ("check", "municipality_route"),
)
_ACTS = ("act", "help")  # wishes after which a case stays open


@dataclass
class Done:
    """What was done with one case: its kinds of events, and what it took to answer or refer."""

    kinds: tuple[str, ...]
    is_closed: bool
    presses: int
    clicks: int


@dataclass
class Day:
    """Everything that she did, by the name of the case."""

    her: Handler
    done: dict[str, Done] = field(default_factory=dict)

    def unlock(self, passphrase: str) -> None:
        """Type the seven words; the field has the focus."""
        expect(self.her.page.get_by_label(self.her.t("page.unlock.passphrase"))).to_be_focused()
        self.her.type(passphrase)
        self.her.enter()

    def take_in(self, stick: str) -> list[str]:
        """Read a stick; returns what the screen says about it."""
        self.her.alt("link", self.her.t("page.nav.import"))
        self._path(stick)
        self.her.enter()  # the line of the path presses the first button
        said = self.her.page.get_by_role("status").inner_text().splitlines()
        self.her.enter()  # "On to the inbox" has the focus
        return said

    def _path(self, stick: str) -> None:
        expect(self.her.page.get_by_label(self.her.t("page.stick.path"))).to_be_focused()
        self.her.type(stick)

    def work(self) -> None:
        """Open what the inbox offers until nothing in it is new."""
        none = {f"{self.her.t(f'section.{name}')}: 0" for name in ("perhaps", "new")}
        while not none <= set(self.her.read()):
            self._one()

    def _offered(self) -> str:
        """Open the case that work goes on with: named on top, or else under the cursor; its name."""
        her = self.her
        line = next((one for one in her.seen if one.startswith(her.t("page.inbox.goes_on"))), "")
        name = line.removeprefix(her.t("page.inbox.goes_on")).removesuffix("J").strip()
        if name:
            her.alt("link", name)
            return name
        name = her.focus().inner_text()
        her.enter()
        return name

    def _one(self) -> None:
        her, t = self.her, self.her.t
        presses, clicks = len(her.presses), her.clicks
        name = self._offered()
        assert name not in self.done, "the inbox offers a case that was done"
        expect(her.page.get_by_role("heading", level=1)).to_have_text(name)
        her.read()
        wish, kinds = her.fact(t("field.wish")), []
        is_open = wish in [t(f"choice.wish.{one}") for one in _ACTS]
        has_code = her.fact(t("page.fact.code")) == t("page.yes")
        if has_code and wish == t("choice.wish.help"):
            kinds += self._refer()
        elif has_code:
            kinds += self._answer(reports_back=not is_open)
        took = len(her.presses) - presses, her.clicks - clicks
        kinds += self._sort(is_open)
        if not is_open:
            kinds += self._close(has_code)
        else:
            her.alt("link", t("page.nav.inbox"))
        self.done[name] = Done(tuple(kinds), not is_open, *took)

    def _press(self, action: str) -> None:
        """Press the button of the open form; the screen says that it was done."""
        self.her.alt("button", self.her.t(f"action.{action}"))
        expect(self.her.page.get_by_role("status").first).to_contain_text(
            self.her.t(f"action.{action}")
        )

    def _answer(self, *, reports_back: bool) -> list[str]:
        her, t = self.her, self.her.t
        topics = her.fact(t("field.topics"))
        found = (answer for topic, answer in _ANSWERS if t(f"choice.topics.{topic}") in topics)
        her.alt("link", t("action.answer"))
        self._write(next(found, ""))
        if reports_back:
            her.go_to("checkbox", t("field.reports_back"))
            her.press("Space")
        self._press("answer")
        return ["answered", *(["reported_back"] if reports_back else [])]

    def _write(self, standard: str) -> None:
        """Take a standard answer, or where none fits write one."""
        her, t = self.her, self.her.t
        if not standard:
            her.go_to("textbox", t("field.text"))
            her.type(WORDS)
            return
        her.choose(t("field.standard"), t(f"answers.{standard}"))
        her.alt("button", t("page.answer.take"))
        expect(her.page.get_by_label(t("field.text"), exact=True).first).to_be_focused()
        if "{question}" in her.focus().input_value():
            self._fill_hole()

    def _fill_hole(self) -> None:
        """Try without, read what is wrong, and write the text anew; nothing was lost."""
        her, t = self.her, self.her.t
        her.alt("button", t("action.answer"))
        expect(her.page.get_by_role("alert")).to_contain_text("{question}")
        expect(her.page.get_by_label(t("field.text"), exact=True).first).to_be_focused()
        her.press("Control+a")
        her.type("Dag. Op welke website staat de foto?")

    def _refer(self) -> list[str]:
        """Warm where she agreed to it, by name and appointment; else she is told where to go."""
        her, t = self.her, self.her.t
        is_warm = any(
            t("choice.receiver.help") in line and line.startswith(t("choice.purpose.pass_on"))
            for line in her.seen
        )
        her.alt("link", t("action.refer"))
        her.go_to("textbox", t("field.organisation"))
        her.type(HELPER)
        if is_warm:
            self._warm()
        self._press("refer")
        return ["referred"]

    def _warm(self) -> None:
        her, t = self.her, self.her.t
        her.choose(t("field.receiver"), t("choice.receiver.help"))
        her.go_to("checkbox", t("field.warm"))
        her.press("Space")
        for label, words in (("person", "An"), ("agreed", "Zij bellen samen")):
            her.go_to("textbox", t(f"field.{label}"))
            her.type(words)
        her.press("Tab")
        her.type("12122026")  # a browser has its own order of day and month

    def _sort(self, is_open: bool) -> list[str]:
        her, t = self.her, self.her.t
        is_danger = t("choice.topics.violence") in her.fact(t("field.topics"))
        her.alt("link", t("action.triage"))
        urgency = "danger" if is_danger else "normal"
        her.choose(t("field.urgency"), t(f"choice.urgency.{urgency}"))
        status = "acting" if is_open else "reporting"
        her.choose(t("field.status"), t(f"choice.status.{status}"))
        self._press("triage")
        return ["triaged"]

    def _close(self, has_code: bool) -> list[str]:
        her, t = self.her, self.her.t
        her.alt("link", t("action.close"))
        her.go_to("checkbox", t("choice.outcomes.informed"))
        her.press("Space")
        if not has_code:
            her.choose(t("field.without"), t("choice.without.no_channel"))
        self._press("close")
        return ["outcome", "closed"]

    def take_along(self, stick: str) -> list[str]:
        """Write the outbox to the stick; returns what the screen says about it."""
        her, t = self.her, self.her.t
        her.alt("link", t("page.nav.outbox"))
        self._path(stick)
        her.go_to("button", t("page.outbox.press"))
        her.enter()
        return her.page.get_by_role("status").inner_text().splitlines()

    def lock(self) -> None:
        """Lock, as one does before walking away."""
        self.her.alt("button", self.her.t("page.lock"))
        expect(self.her.page.get_by_role("heading", level=1)).to_have_text(
            self.her.t("page.unlock")
        )
