"""A desk with much to do: three hundred cases, of which few cannot wait. Only their names differ from run to run."""

import random
from datetime import date
from pathlib import Path
from typing import Any

from desk.cases.book import Casebook
from desk.cases.deadlines import last_day, rules
from desk.store.event import Event
from tests import intakes
from tests.cases import event, received
from tests.screens import CODE

ALL, DANGER, TERMS, PERHAPS, GOING_ON, HANDLED = 300, 4, 14, 25, 6, 20
NEAR = 3  # terms that end within seven days of `tests.screens.TODAY`
COUNTS = {  # as they stand above the inbox; one case in danger has a term as well, and counts twice
    "danger": DANGER,
    "perhaps": PERHAPS,
    "near": NEAR,
    "deadline": TERMS,
    "new": ALL - PERHAPS - DANGER - TERMS + 1 - HANDLED,
    "waiting": HANDLED,
    "flood": 0,
    "owed": ALL,
}
# Days on which decisions were sent: an objection has six weeks, which are over within a week for the first three.
_SENT = ("2026-10-14", "2026-10-16", "2026-10-19", *(f"2026-11-{day:02}" for day in range(2, 13)))
_OTHERS = ("check", "police", "care", "photos", "operator")
_PERIODS = ("week", "month", "year", "longer")


def furnish(store: Path) -> None:
    """Put the cases into a store, what cannot wait among the others and not before them."""
    rng = random.Random(300)
    with intakes.opened(store) as book:
        cases = [_received(book, rng, number) for number in range(ALL)]
        calm = [one.subject for one in cases[PERHAPS:]]
        rng.shuffle(calm)
        danger, terms = calm[:DANGER], calm[DANGER - 1 :]  # one has both
        worked = [event("triaged", subject) for subject in danger]
        worked += map(_term, terms, _SENT)
        worked += [event("noted", subject) for subject in terms[TERMS : TERMS + HANDLED]]
        rng.shuffle(cases)
        book.add([*cases, *worked])


def _received(book: Casebook, rng: random.Random, number: int) -> Event:
    """The first of them speak of violence, and that is still going on in every fourth."""
    told: dict[str, Any] = {"period": rng.choice(_PERIODS), "topics": [rng.choice(_OTHERS)]}
    if number < PERHAPS:
        told["topics"] = ["violence"]
    if number < PERHAPS and number % 4 == 3:
        told["period"] = "ongoing"
    on = f"2026-11-{rng.randint(2, 20):02}"
    return received(book, {"wish": rng.choice(("act", "advice")), **told, **CODE}, on=on)


def _term(subject: str, sent: str) -> Event:
    ends = last_day(rules()["objection"], date.fromisoformat(sent)).isoformat()
    own = {"id": subject[:16], "rule": "objection", "started": sent, "last_day": ends}
    return event("deadline_set", subject, **own)
