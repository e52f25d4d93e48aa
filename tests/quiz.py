"""A quiz made from the data files: what a reader would ask, where the answer must stand, what it says.

Records are read as plain YAML and CSV, not through our own loaders, and answers are read out of
the HTML as built, so that neither a loader nor the renderer can be right by itself.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any  # plain YAML

import yaml

from overrides.words.strings import Strings
from tests.carriers import carried, known
from tests.places_to_look import (
    FORMS,
    cell,
    described,
    element,
    near,
    numbers,
    plain,
    route_cell,
    section,
    tie,
    unknown_forms,
)
from tests.site import ROOT, STRINGS, Page

DATA = ROOT / "docs" / "data"
OWN_PERMIT = ("home_alone", "street")  # elsewhere the permit is the operator's
ROUTES = ("municipality", "objection", "ombudsman", "police", "data-protection", "human-rights",
          "rent", "labour-inspectorate")  # fmt: skip
NOBODY = {"value": "unknown"}


@dataclass(frozen=True)
class Question:
    """`place` reads the answer off a page: it begins with the first of `says` and holds the rest.

    `whole` asks for the first and nothing else.
    """

    kind: str
    about: str
    path: str
    place: Callable[[Page], str]
    says: tuple[str, ...]
    whole: bool = False

    def is_answered_by(self, page: Page) -> bool:
        """Whether the right place of this page gives the right answer."""
        text = self.place(page)
        if self.whole:
            return text == self.says[0]
        return text.startswith(self.says[0]) and all(part in text for part in self.says[1:])


def dated_facts(record: dict[str, Any]) -> dict[str, Any]:
    """The facts of a record, each that is known with the date and certainty of its strongest source."""
    return {
        name: fact if fact["value"] == "unknown" else carried(record, fact)
        for name, fact in record["facts"].items()
    }


def first(day: str) -> str:
    """The first day that a date can mean, as text that sorts."""
    return f"{day}-01-01"[: len("2026-11-22")]


@lru_cache
def records(name: str) -> Any:
    """A data file as it is."""
    path = DATA / name
    if name.endswith(".csv"):
        with path.open(encoding="utf-8", newline="") as file:
            return {row["cbs_code"]: row for row in csv.DictReader(file)}
    return yaml.safe_load(path.read_text("utf-8"))


def policies() -> dict[str, Any]:
    """Records of local policy by code."""
    return {record["cbs_code"]: record for record in records("policy.yml")}


class Asker:
    """Questions in one language."""

    def __init__(self, language: str) -> None:
        self.t: Strings = STRINGS[language]
        self.language = language

    def say(self, name: str, /, **values: str) -> str:
        """A string of the municipality pages."""
        return self.t(f"municipality.{name}", **values)

    def moment(self, day: str | None) -> str:
        """A date as exact as it was found."""
        if day is None:
            return self.say("undated")
        parts = day.split("-")
        if len(parts) == 1:
            return day
        if len(parts) == 2:
            return self.say("date.month", month=self.t(f"month.{parts[1]}"), year=parts[0])
        return self.t.day(date.fromisoformat(day))

    def sure(self, confidence: str) -> str:
        """How certain, in words."""
        return self.say(f"confidence.{confidence}")

    def dated(self, fact: dict[str, Any]) -> str:
        """The line that must follow a fact: since when, how sure."""
        day = self.say("fact.undated") if fact["as_of"] is None else self.moment(fact["as_of"])
        line = self.say("fact", date=day, confidence=self.sure(fact["confidence"]), sources="")
        return plain(line)

    def worded(self, words: dict[str, str]) -> str:
        """A text in this language, or else the English one."""
        return plain(words.get(self.language, words["en"]))

    def found(self, record: dict[str, Any], name: str) -> str:
        """A text as it was found; in Dutch our wording of it."""
        dutch = record.get("nl") if self.language == "nl" else None
        return plain(str(dutch or record[name]))

    def municipality(self, code: str, path: str, record: dict[str, Any] | None) -> list[Question]:
        """Everything to ask about one municipality; `record` is its policy, if there is one."""
        here = records("municipalities.csv")[code]
        facts = dated_facts(record) if record else {}
        name = here["name"]
        answers = [self._form(form, facts.get(form, NOBODY), record, name) for form in FORMS]
        asked = [
            *[(form, cell(form, 1), says, False) for form, says in zip(FORMS, answers, strict=True)],
            ("age", described("age"), self._age(facts.get("min_age", NOBODY), name), False),
            ("permit", described("permit"), self._permit(facts), False),
            ("max", described("max"), self._most(facts.get("max_licences", NOBODY)), False),
            ("entry", described("entry"), (self.say("entry.unknown"),), True),
            ("checks", element("p", "supervisor"), self._checks(facts, name), False),
            ("not known", unknown_forms, (self._not_known(facts),), True),
            ("police", section("checks", "p", 1),
             (self.say("checks.police", unit=here["police_unit"]),), True),
            ("region", section("help", "p"), (self.say("help.region", region=here["ggd_region"]),),
             True),
            ("near", near, ("; ".join(regional(code, here["ggd_region"])),), True),
            *self._newest(record),
            *self._merger(code),
        ]  # fmt: skip
        return [
            Question(kind, f"{name} ({code})", path, place, says, whole)
            for kind, place, says, whole in asked
        ]

    def _form(
        self, form: str, fact: dict[str, Any], record: dict[str, Any] | None, name: str
    ) -> tuple[str, ...]:
        claims = [one for one in (record or {}).get("conflicts", []) if one["about"] == form]
        told = [self.found(one, "claim") for one in claims]
        if fact["value"] == "unknown":
            first = "value.conflict" if claims else "value.unknown"
            return (self.say(first, **({} if claims else {"name": name})), *told)
        own = fact["value"] != "permit" or form in OWN_PERMIT
        value = self.say(f"value.{fact['value']}" if own else "value.permit.business")
        return (f"{value}.", self.dated(fact))

    def _age(self, fact: dict[str, Any], name: str) -> tuple[str, ...]:
        if fact["value"] == "unknown":
            usual = records("usual.yml")["min_age"]
            values = {"often": usual["often_in_licensed_sector"], "national": usual["national"]}
            texts = {key: str(value) for key, value in values.items()}
            return (self.say("age.none", name=name, **texts), self.dated(usual))
        said = self.say(f"age.{fact['applies_to']}", age=str(fact["value"]))
        return (f"{said}.", self.dated(fact))

    def _permit(self, facts: dict[str, Any]) -> tuple[str, ...]:
        fact = facts.get("permit_self_employed_home", NOBODY)
        if fact["value"] == "unknown":
            return (self.say("not_known"),)
        return (f"{self.say('permit.' + fact['value'])}.", self.dated(fact))

    def _most(self, fact: dict[str, Any]) -> tuple[str, ...]:
        if fact["value"] == "unknown":
            return (self.say("not_known"),)
        counts = {one["of"]: one["count"] for one in fact["limits"]}
        limits = [self.say(f"limit.{of}", count=str(count)) + "." for of, count in counts.items()]
        zero = [self.say("limit.zero")] if 0 in counts.values() else []
        zero += [self.say("limit.room")] if any(counts.values()) else []
        text = f"({self.found(fact, 'value')})"
        return (limits[0] if limits else text, *limits, *zero, text, self.dated(fact))

    def _checks(self, facts: dict[str, Any], name: str) -> tuple[str, ...]:
        fact = facts.get("supervisor", NOBODY)
        if fact["value"] == "unknown":
            return (self.say("checks.here.none", name=name),)
        here = self.say("checks.here", name=name)
        return (f"{here}: {self.found(fact, 'value')}", self.dated(fact))

    def _not_known(self, facts: dict[str, Any]) -> str:
        return " ".join(form for form in FORMS if facts.get(form, NOBODY)["value"] == "unknown")

    def _newest(self, record: dict[str, Any] | None) -> Iterator[tuple[Any, ...]]:
        values = known(record) if record else []
        if values:
            order = ("low", "medium", "high")
            ends = sorted({one["confidence"] for one in values}, key=order.index)
            sure = [self.sure(one) for one in (ends[0], ends[-1])]
            both = self.say("confidence.range", low=sure[0], high=sure[1])
            certainty = both if len(ends) > 1 else sure[0]
            newest = max((one["as_of"] for one in values if one["as_of"]), default=None, key=first)
            when = {} if newest is None else {"date": self.moment(newest)}
            said = self.say("record" if when else "record.undated", confidence=certainty, **when)
            yield "newest", element("p", "record"), (said,), True

    def _merger(self, code: str) -> Iterator[tuple[Any, ...]]:
        for merger in records("mergers.yml"):
            if code in (merger["cbs_code"], merger["into"]):
                names = records("municipalities.csv")
                kind = "leaves" if code == merger["cbs_code"] else "receives"
                said = self.say(
                    f"merger.{kind}",
                    name=names[merger["cbs_code"]]["name"],
                    into=names[merger["into"]]["name"],
                    date=self.moment(merger["joins_on"]),
                )
                yield "merger", section("merger", "p"), (said, self.dated(merger)), False

    def organisations(self, found: Iterable[dict[str, Any]]) -> list[Question]:
        """Tie with the police, name needed or not, number, and where it was read, of every organisation."""
        help_page, data = f"/{self.language}/help/", f"/{self.language}/data/"
        return [
            Question(kind, one["id"], path, place, says, whole)
            for one in found
            if helps(one) or one["listing"] == "no_help_line"
            for kind, path, place, says, whole in (
                ("tie", help_page, tie(one["id"]), (self._tie(one),), True),
                ("card", help_page, element("li", f"org-{one['id']}"), self._card(one), False),
                ("number", help_page, numbers(one["id"]), (" ".join(shown(one)),), True),
                ("source", data, element("li", f"org-{one['id']}"), self._read_in(one), False),
            )
        ]

    def _tie(self, one: dict[str, Any]) -> str:
        return self.say(f"help.tie.{one['police_ties']}")

    def _read_in(self, one: dict[str, Any]) -> tuple[str, ...]:
        dates = [self.moment(source["date"]) for source in one["sources"]]
        return (plain(one["name"]), *dates, self.sure(one["confidence"]))

    def _card(self, one: dict[str, Any]) -> tuple[str, ...]:
        nameless = self.say(f"help.anonymous.{one['anonymous']}")
        if one["anonymous_note"]:
            note = self.worded(one["anonymous_note"])
            nameless = f"{nameless.removesuffix('.')}: {note}."
        notes = [one[name] for name in ("police_note", "police_ties_note") if one[name]]
        newest = max((source["date"] for source in one["sources"] if source["date"]), default=None)
        dates = [self.moment(newest)]
        first = f"{self.worded(one['what_for'])}."
        if one["police_ties_said_by"] == "other":
            read = [one["sources"][number - 1]["date"] for number in one["police_ties_sources"]]
            dates = [*map(self.moment, read), *dates]
        return (
            plain(one["name"]),
            first,
            nameless,
            *map(self.worded, notes),
            *dates,
            self.sure(one["confidence"]),
        )

    def routes(self, path: str, found: Iterable[dict[str, Any]]) -> list[Question]:
        """Deadline, and whether it works without a name, for the routes of a municipality page."""
        return [
            Question(
                kind, one["id"], path, route_cell(self.worded(one["name"]), number), says, whole
            )
            for one in found
            if one["id"] in ROUTES
            for kind, number, says, whole in (
                ("deadline", 2, (self._terms(one),), True),
                ("nameless", 3, (self.say(f"routes.anonymous.{one['anonymous']}"),), False),
            )
        ]

    def _terms(self, route: dict[str, Any]) -> str:
        parts = []
        if route["within"]:
            parts.append(self.say("routes.within", term=self._term(route["within"], "count")))
        if route["answer"]:
            parts.append(self._answer(route["answer"]))
        return "; ".join(parts) or self.say("routes.no_term")

    def _answer(self, answer: dict[str, Any]) -> str:
        ending = "" if answer["says"] == "outcome" else f".{answer['says']}"
        said = self.say(f"routes.answer{ending}", term=self._term(answer, "count"))
        for name, value in (("committee", "term"), ("extra", "extra")):
            if answer[name]:
                said += self.say(f"routes.answer.{name}", **{value: self._term(answer, name)})
        return said

    def _term(self, term: dict[str, Any], name: str) -> str:
        count, unit = term[name], term["unit"]
        return (
            self.say(f"term.one.{unit}")
            if count == 1
            else self.say(f"term.{unit}", count=str(count))
        )

    def bills(self, found: Iterable[dict[str, Any]]) -> list[Question]:
        """State of every law and bill, and how sure that is."""
        path = f"/{self.language}/law/"
        return [
            Question(kind, one["id"], path, cell(f"law-{one['id']}", number), (said,), True)
            for one in found
            for kind, number, said in (
                ("state", 1, self._state(one)),
                ("read", 2, self._read(one)),
            )
        ]

    def _state(self, bill: dict[str, Any]) -> str:
        if not bill["known"]:
            return self.say("not_known")
        since = [one["date"] for one in bill["dates"] if one["event"] == "in_force"]
        if since:
            return self.t("bills.since", date=self.moment(since[0]))
        said = self.t(f"bills.status.{bill['status']}")
        absent = [one["date"] for one in bill["dates"] if one["event"] == "not_in_force"]
        return f"{said}. {self.t('bills.absent', date=self.moment(absent[0]))}" if absent else said

    def _read(self, bill: dict[str, Any]) -> str:
        if not bill["known"]:
            return self.t("bills.nobody")
        sure = self.sure(bill["confidence"])
        return self.t("bills.sure", date=self.moment(bill["as_of"]), confidence=sure)


def helps(organisation: dict[str, Any]) -> bool:
    """Whether its note lets it stand among those who help."""
    asked = organisation["listing"] == "ask_first" and organisation["asked_on"] is not None
    return asked or organisation["listing"] == "help"


def regional(code: str, region: str) -> list[str]:
    """Names of those who help in this region or municipality, in the order of the file."""
    return [
        one["name"]
        for one in records("directory.yml")["organisations"]
        if helps(one) and (region in one["ggd_regions"] or code in one["codes"])
    ]


def shown(organisation: dict[str, Any]) -> list[str]:
    """Numbers that a practice build may show."""
    if not organisation["contact_ready_to_show"]:
        return []
    return ["tel:" + one["number"].replace("-", "") for one in organisation["phone"]]
