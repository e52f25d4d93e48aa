"""Stories that are nearly the same, between steps 6 and 7: duplicates suggested, floods grouped.

Comes in: the stories of an import, one by one, after those that wait. Goes out: for each, the case
that it is like, and the flood that it belongs to. It refuses to drop or join anything by itself:
that is one action of a handler for a whole flood.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from desk.cases import inbox
from desk.cases.begin import story_again
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.errors import DeskError
from desk.intake.likeness import Files, sketch
from desk.store.event import Event, Place
from desk.wire.canon import Value

FLOOD = 10  # near-identical stories that wait; fewer are duplicates or a coincidence
REMEMBERED_DAYS = 90  # a story that came this long ago is compared no more
_KNOWN_BY = 8  # of a group, so that it is found again when its texts vary
_BATCH = 1_000  # events written at once when a whole flood is acted upon


@dataclass(frozen=True, slots=True)
class Joined:
    """What a story turned out to be like: the subject of a case, and a flood, or nothing.

    `others` are the stories of the same flood that came before there were enough of them.
    """

    like: str = ""
    flood: str = ""
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class _Group:
    subject: str  # of the first story in it; also names the flood
    flood: bool = False
    known_by: int = 1
    others: tuple[str, ...] = ()  # that came after it, while they are too few for a flood


class Groups:
    """Stories by likeness. The language of the form plays no part: like words are like language."""

    def __init__(self) -> None:
        self._files = Files()
        self._groups: list[_Group] = []

    def join(self, subject: str, story: str, flood: str = "") -> Joined:
        """Put a story with those that it is like; `flood` is one it is known to belong to."""
        drawn = sketch(story)
        place = self._files.find(drawn)
        if place is None:
            self._files.add(drawn, len(self._groups))
            self._groups.append(_Group(flood or subject, bool(flood)))
            return Joined(flood=flood)
        group = self._groups[place]
        if group.known_by < _KNOWN_BY:
            self._files.add(drawn, place)
            group.known_by += 1
        like = "" if drawn.is_short else group.subject
        return self._count(group, subject, like)

    def _count(self, group: _Group, subject: str, like: str) -> Joined:
        if group.flood:
            return Joined(like, group.subject)
        waiting = (group.subject, *group.others)
        if len(waiting) + 1 < FLOOD:
            group.others = (*group.others, subject)
            return Joined(like)
        group.flood, group.others = True, ()
        return Joined(like, group.subject, waiting)


def _is_compared(case: Case, since: str) -> bool:
    if case.kind != "complaint" or case.received_on < since:
        return False
    # Who works on a case has looked at it, and who released it found that it is no flood.
    return bool(case.flood) or (case.status == "new" and not was_released(case))


def was_released(case: Case) -> bool:
    """Whether a handler took a case out of a flood."""
    return any(entry.kind == "flood_released" for entry in case.thread)


def groups(book: Casebook, today: date) -> Groups:
    """The stories that wait, and some of each flood of the last 90 days, read from disk."""
    since = (today - timedelta(days=REMEMBERED_DAYS)).isoformat()
    found, seen = Groups(), dict[str, int]()
    compared: dict[Place, Case] = {}
    # Floods first, so that what is like one is not counted anew.
    for case in sorted(book.cases.values(), key=lambda case: not case.flood):
        if not _is_compared(case, since) or seen.get(case.flood, 0) >= _KNOWN_BY:
            continue
        if case.flood:
            seen[case.flood] = seen.get(case.flood, 0) + 1
        compared[case.thread[0].place] = case
    for place, values in book.vault.values_again(compared):
        found.join(compared[place].subject, story_again(values), compared[place].flood)
    return found


def suggestion(book: Casebook, case: Case) -> Case | None:
    """The case that the import found this one to be like, if it is still there.

    It is a suggestion: a handler looks at both and links them with the action `duplicate`.
    """
    like = book.text(case.thread[0]).get("like", "")
    return book.get(like) if isinstance(like, str) and like else None


def has_reused_id(book: Casebook, case: Case) -> bool:
    """Whether a case came under the complaint id of an earlier one, with another content.

    A sender who changed her words after sending does that; so may anyone who has read the id.
    """
    first = book.by_complaint_id(case.complaint_id) if case.complaint_id else None
    return first is not None and first is not case


def members(book: Casebook, flood: str) -> list[Case]:
    """The cases in the row of a flood in the inbox, as they stand there; `DeskError` if there are none.

    What is in danger, or has a term that runs, stands in no such row.
    """
    found = [case for row in inbox.inbox(book).floods if row.id == flood for case in row.cases]
    if not found:
        raise DeskError("there is no such flood", "open it from the list of what is new")
    return found


def marked(book: Casebook, flood: str) -> list[Case]:
    """Every case that came with a flood and was not taken out of it, wherever it stands now."""
    return [case for case in book.cases.values() if case.flood == flood]


def set_aside(book: Casebook, flood: str, *, today: date) -> int:
    """Close the cases in the row of a flood as duplicates, kept like any other; returns how many.

    The other answer to a flood is the action `release_flood`, for all that are `marked`.
    """
    found = members(book, flood)
    day, handler = today.isoformat(), book.vault.handler
    values: dict[str, Value] = {"without": "duplicate", "text": ""}
    for start in range(0, len(found), _BATCH):
        batch = found[start : start + _BATCH]
        book.add([Event(case.subject, "closed", day, handler, values) for case in batch])
    return len(found)
