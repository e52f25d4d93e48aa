"""One action of a handler on a case while it is carried out, between steps 6 and 7.

Comes in: the case and what was filled in, checked. Goes out: events for that case. It refuses to
know any particular action.
"""

from dataclasses import dataclass
from datetime import date

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.cases.fields import YES, Given
from desk.cases.refusals import Refusal
from desk.store.event import Event
from desk.wire.canon import Value


@dataclass(frozen=True, slots=True)
class Step:
    """A handler's action: where, on what, with which checked fields, and on which day."""

    book: Casebook
    case: Case
    given: dict[str, Given]
    today: date

    def one(self, name: str) -> str:
        """A field of any kind but `many`; empty when it was not filled in."""
        value = self.given.get(name, "")
        return value if isinstance(value, str) else ""

    def many(self, name: str) -> list[Value]:
        """A field of the kind `many`."""
        value = self.given.get(name, ())
        return [] if isinstance(value, str) else list(value)

    def yes(self, name: str) -> bool:
        """A box that was ticked."""
        return self.one(name) == YES

    def event(self, kind: str, values: dict[str, Value] | None = None, subject: str = "") -> Event:
        """An event of today by this handler, on the case itself unless another is named."""
        on, by = self.today.isoformat(), self.book.vault.handler
        return Event(subject or self.case.subject, kind, on, by, values or {})

    def chosen_case(self, name: str) -> Case | None:
        """The case in a field of the kind `case`."""
        return self.book.get(self.one(name))

    def refuse_if(self, wrong: bool, reason: str, field: str = "") -> None:
        """Raise `Refusal` where something is wrong."""
        if wrong:
            raise Refusal(reason, field)
