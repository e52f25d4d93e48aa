"""Cases as lines on a terminal or as JSON, in steps 6 and 7: what the verbs for cases print.

Comes in: cases. Goes out: a line for each in the words of a language, what must be seen first below
it; or rows for another program, in the words of the closed lists. It refuses to know stories.
"""

from desk.errors import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from desk.cases.case import Case
    from desk.cases.inbox import Inbox, Item
    from desk.letters.exports import Row
    from desk.strings import Strings


def _rule(say: "Strings", rule: str) -> str:
    return say(f"rule.{rule}") if say.has(f"rule.{rule}") else rule


def _case(case: "Case", say: "Strings") -> "Iterator[str]":
    from desk.cases import deadlines, inbox

    topics = ", ".join(say.choice("topics", topic) for topic in case.topics)
    urgency, status = say.choice("urgency", case.urgency), say.choice("status", case.status)
    about = case.title or topics
    head = f"{case.pseudonym:<28} {say.week(case.received_on):<16}  {urgency:<18}  {status:<22}"
    yield f"{head}  {about}".rstrip()
    term = deadlines.loud(case)
    if term is not None:
        yield f"    ! {_rule(say, term.rule)}: {say.day(term.last_day)}"
        if found := deadlines.in_doubt(term):
            yield f"    ! {say(f'decree.{found}', year=term.last_day[:4])}"
    yield from (f"    ! {say(f'mark.{mark}')}" for mark in inbox.marks(case))


def cases(found: "Iterable[Case]", say: "Strings") -> str:
    """A line for each case, and below it its loudest term and its marks; nothing in it is hidden."""
    from desk.terminal import clean

    return "\n".join(clean(line) for case in found for line in _case(case, say))


def inbox(box: "Inbox", say: "Strings") -> "Iterator[str]":
    """Every section with the number of its cases, and every flood with the name to act on it by."""
    from desk.cases.inbox import SECTIONS

    for name in SECTIONS:
        yield f"{say(f'section.{name}')}: {len(box.section(name))}"
        if box.section(name):
            yield cases(box.section(name), say)
    for flood in box.floods:
        yield f"{say('section.flood')}: {len(flood.cases)}  {flood.id}"
        if flood.perhaps:
            yield f"    ! {say('flood.perhaps', count=len(flood.perhaps))}"


def inbox_rows(box: "Inbox") -> "list[Row]":
    """The same as rows, each with its section; those of a flood also with the name of the flood."""
    from desk.cases.inbox import SECTIONS
    from desk.letters import exports

    rows: list[Row] = []
    for name in SECTIONS:
        rows += [{"section": name, **row} for row in exports.rows(box.section(name))]
    for flood in box.floods:
        made = exports.rows(flood.cases)
        rows += [{"section": "flood", "flood": flood.id, **row} for row in made]
    return rows


def _left(days: int, say: "Strings") -> str:
    if days < 0:
        return say("page.agenda.late", count=-days)
    named = {0: "page.loud.today", 1: "page.loud.tomorrow"}.get(days, "page.loud.days")
    return say(named, count=days)


def due(item: "Item", say: "Strings") -> str:
    """One line of the agenda: until when, how many days still, what, and for which case."""
    from desk.cases import deadlines
    from desk.terminal import clean

    what = item.what if item.kind == "follow_up" else _rule(say, item.what)
    when = f"{say.day(item.last_day):>17}  {_left(item.days_left, say):<24}  {say(f'due.{item.kind}'):<15}"
    found = deadlines.in_doubt(item.term) if item.term else ""
    doubt = f"\n    ! {say(f'decree.{found}', year=item.last_day.year)}" if found else ""
    return clean(f"{when}  {what}: {item.case.pseudonym}") + doubt


def due_row(item: "Item") -> "Row":
    """The same as a row."""
    return {
        "last_day": item.last_day.isoformat(),
        "days_left": str(item.days_left),
        "kind": item.kind,
        "what": item.what,
        "case": item.case.pseudonym,
    }
