"""What a handler sees of a case at a glance, in steps 6 and 7: labels and values, in one order.

Comes in: a case. Goes out: facts, those that a sender wrote marked as hers. It refuses to know
stories, and shows a name only where it was asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from desk.cases import deadlines
from desk.cases.book import Casebook
from desk.cases.case import Case, Deadline
from desk.intake import floods
from desk.letters import states
from desk.strings import Strings
from desk.wire.board import replies

_MASK = "•••••"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: our label, values, and whether somebody else wrote them; `links` is beside them."""

    label: str
    values: tuple[str, ...]
    theirs: bool = False
    links: tuple[str, ...] = ()
    language: str = ""  # of the first value, where it is not that of the screen


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it is shown: the words for its rule, its last day, how long still, how loud."""

    name: str
    last_day: str
    day: str  # the same in words
    days: int | None
    near: bool
    doubt: str = ""  # why the last day might be another


def rule(t: Strings, name: str) -> str:
    """The words for a rule; a rule of a later version is named by its id."""
    string_id = f"rule.{name}"
    return t(string_id) if t.has(string_id) else name


def rule_from(t: Strings, name: str) -> str:
    """The words for a rule, with the day from which it counts."""
    return t("page.rule", rule=rule(t, name), start=t(f"rule.{name}.from"))


def term(t: Strings, name: str, last_day: str, today: date | None) -> Term:
    """A term of a rule that ends on a day; not counted while the day of today is in doubt."""
    days = (date.fromisoformat(last_day) - today).days if today else None
    return Term(
        rule(t, name), last_day, t.day(last_day), days, days is None or days <= deadlines.NEAR_DAYS
    )


def doubt(t: Strings, deadline: Deadline) -> str:
    """Why the last day of a term might be another, in words; or nothing."""
    found = deadlines.in_doubt(deadline)
    return t(f"decree.{found}", year=deadline.last_day[:4]) if found else ""


def loud(t: Strings, case: Case, today: date | None) -> Term | None:
    """The term that must be shouted, if one runs."""
    found = deadlines.loud(case)
    if found is None:
        return None
    return replace(term(t, found.rule, found.last_day, today), doubt=doubt(t, found))


def _asked_first(t: Strings, case: Case, *, unmasked: bool) -> Iterator[Fact]:
    """What is asked before anything is done, also where she said nothing: it stands in one place."""
    if case.kind == "bundle":
        return
    for name in ("wish", "period", "answerer"):
        value = getattr(case, name)
        yield Fact(
            t(f"field.{name}"), (t.choice(name, value) if value else t("page.fact.not_said"),)
        )
    if case.contact:
        yield _masked(t, "contact", case.contact, unmasked=unmasked)
    else:
        yield Fact(t("field.contact"), (t("page.fact.no_contact"),))
    yield Fact(t("page.fact.code"), (t("page.yes" if case.has_code else "page.fact.no_code"),))


def _chosen(t: Strings, case: Case) -> Iterator[Fact]:
    yield Fact(
        t("page.fact.received"), (t.week(case.received_on), t.choice("channel", case.channel))
    )
    if case.role:
        yield Fact(t("field.role"), (t.choice("role", case.role),))
    if case.topics:
        yield Fact(t("field.topics"), tuple(t.choice("topics", topic) for topic in case.topics))
    if case.municipality:
        yield Fact(t("field.municipality"), (case.municipality,), theirs=True)
    if case.language:
        script = t.choice("script", case.script)
        languages = [t.choice("language", one) for one in (case.language, case.reply_language)]
        yield Fact(t("page.fact.language"), (*languages, script))


def _masked(t: Strings, name: str, value: str, *, unmasked: bool) -> Fact:
    return Fact(t(f"field.{name}"), (value if unmasked else _MASK,), theirs=unmasked)


def _person(t: Strings, case: Case, *, unmasked: bool) -> Iterator[Fact]:
    if case.address_as:
        yield Fact(t("field.address_as"), (case.address_as,), theirs=True)
    to = tuple(t.choice("identity_to", receiver) for receiver in case.identity_to)
    yield Fact(t("field.identity"), (t.choice("identity", case.identity), *to))
    if case.about:
        yield Fact(t("field.about"), (t.choice("about", case.about),))
    if case.about_name:
        yield _masked(t, "about_name", case.about_name, unmasked=unmasked)


def _work(t: Strings, case: Case) -> Iterator[Fact]:
    if case.has_code and case.status in replies.STATUS_WORDS:
        said = states.line(case.status, case.reply_language)
        lines = (said.text,) if said.language == states.DUTCH else (said.text, said.dutch)
        yield Fact(t("page.fact.reads"), lines, language=said.language)
    if case.assigned:
        yield Fact(t("field.assigned"), (case.assigned,), theirs=True)
    if case.outcomes:
        outcomes = tuple(t.choice("outcomes", outcome) for outcome in case.outcomes)
        yield Fact(t("field.outcomes"), outcomes)
    if case.tried:
        yield Fact(t("page.fact.tried"), (str(case.tried),))
    if case.reported_back:
        yield Fact(t("page.fact.reported_back"), (t.day(case.reported_back),))
    if case.closed_on:
        reason = t.choice("without", case.closed_without) if case.closed_without else ""
        yield Fact(t("page.fact.closed"), tuple(filter(None, (t.day(case.closed_on), reason))))


def _links(t: Strings, book: Casebook, case: Case) -> Iterator[Fact]:
    like = floods.suggestion(book, case) if case.kind == "complaint" else None
    others = (("bundle", book.get(case.bundle)), ("duplicate", book.get(case.duplicate_of)))
    for label, other in (*others, ("like", like)):
        if other is not None:
            title = other.title or other.pseudonym
            yield Fact(t(f"page.fact.{label}"), (title,), theirs=True, links=(other.subject,))


def of(t: Strings, book: Casebook, case: Case, *, unmasked: bool) -> list[Fact]:
    """All facts of a case, what is asked first at the top; her contact and the name of the body only
    when `unmasked`.
    """
    return [
        *_asked_first(t, case, unmasked=unmasked),
        *_chosen(t, case),
        *_person(t, case, unmasked=unmasked),
        *_work(t, case),
        *_links(t, book, case),
    ]


def consents(t: Strings, case: Case) -> list[str]:
    """Every word on consent in the order in which it was said: the last on a purpose counts."""
    lines = []
    for consent in case.consents:
        said = t("page.yes" if consent.given else "page.no")
        more = [t.choice("scope", consent.scope)] if consent.scope else []
        more += [t.choice("to", receiver) for receiver in consent.to]
        how = t.choice("how", consent.how)
        purpose = t.choice("purpose", consent.purpose)
        lines.append(f"{purpose}: {said}. {' · '.join([t.day(consent.on), how, *more])}")
    return lines
