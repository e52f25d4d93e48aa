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

from overrides.frame import settings
from overrides.words.strings import Strings
from tests.carriers import carried
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
from tests.site import ROOT, SETTINGS, STRINGS, Page

DATA = ROOT / "docs" / "data"
OWN_PERMIT = ("home_alone", "street")  # elsewhere the permit is the operator's
ROUTES = ("municipality", "objection", "ombudsman", "police", "data-protection", "human-rights",
          "rent", "labour-inspectorate")  # fmt: skip
NOBODY = {"value": "unknown"}
MONTHS = 24  # from which on a value is old


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
        text, (first, *rest) = plain(self.place(page)), map(plain, self.says)
        if self.whole:
            return text == first
        return text.startswith(first) and all(part in text for part in rest)


def dated_facts(record: dict[str, Any]) -> dict[str, Any]:
    """The facts of a record, each that is known with the date and certainty of its strongest source."""
    return {
        name: fact if fact["value"] == "unknown" else carried(record, fact)
        for name, fact in record["facts"].items()
    }


def months_since(day: str) -> int:
    """Whole months up to the day that the site is built for."""
    then, now = date.fromisoformat(day), settings.load(SETTINGS).reference_date
    return (now.year - then.year) * 12 + now.month - then.month - (now.day < then.day)


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

    def closed(self, name: str, /, **values: str) -> str:
        """The same as a sentence with its own full stop."""
        return self.t.closed(self.say(name, **values))

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
            return self.t.month(int(parts[0]), int(parts[1]))
        return self.t.day(date.fromisoformat(day))

    def sure(self, confidence: str) -> str:
        """How certain, in words."""
        return self.say(f"confidence.{confidence}")

    def dated(self, fact: dict[str, Any]) -> str:
        """The line that must follow a fact: since when, how sure."""
        day = self.say("fact.undated") if fact["as_of"] is None else self.moment(fact["as_of"])
        line = self.say("fact", date=day, confidence=self.sure(fact["confidence"]), sources="")
        return plain(line)

    def check(self, fact: dict[str, Any]) -> str:
        """What must stand beside a value that nobody should count on."""
        months = MONTHS if fact["as_of"] is None else months_since(first(fact["as_of"]))
        if months >= MONTHS or fact["confidence"] == "low":
            return self.say("check.first")
        return self.say("check.changed") if months >= MONTHS / 2 else ""

    def beside(self, fact: dict[str, Any]) -> str:
        """The line that must follow a value of a municipality: whether to check it, since when, how sure."""
        return f"{self.check(fact)} {self.dated(fact)}".strip()

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
        line = self.first_line(record)
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
            *([("first", element("p", "lead"), (line,), True)] if line else []),
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
            conflict = f"{self.closed('value.conflict')} {self.say('value.conflict.more')}"
            return (conflict if claims else self.say("value.unknown", name=name), *told)
        own = fact["value"] != "permit" or form in OWN_PERMIT
        value = self.say(f"value.{fact['value']}" if own else "value.permit.business")
        return (self.t.closed(value), self.beside(fact))

    def _age(self, fact: dict[str, Any], name: str) -> tuple[str, ...]:
        if fact["value"] == "unknown":
            usual = records("usual.yml")["min_age"]
            values = {"often": usual["often_in_licensed_sector"], "national": usual["national"]}
            texts = {key: str(value) for key, value in values.items()}
            return (self.say("age.none", name=name, **texts), self.dated(usual))
        said = self.say(f"age.{fact['applies_to']}", age=str(fact["value"]))
        return (self.t.closed(said), self.beside(fact))

    def _permit(self, facts: dict[str, Any]) -> tuple[str, ...]:
        fact = facts.get("permit_self_employed_home", NOBODY)
        if fact["value"] == "unknown":
            return (self.say("not_known"),)
        return (self.closed("permit." + fact["value"]), self.beside(fact))

    def _most(self, fact: dict[str, Any]) -> tuple[str, ...]:
        if fact["value"] == "unknown":
            return (self.say("not_known"),)
        counts = {one["of"]: one["count"] for one in fact["limits"]}
        limits = [self.closed(f"limit.{of}", count=str(count)) for of, count in counts.items()]
        zero = [self.say("limit.zero")] if 0 in counts.values() else []
        zero += [self.say("limit.room")] if any(counts.values()) else []
        text = f"({self.found(fact, 'value')})"
        return (limits[0] if limits else text, *limits, *zero, text, self.beside(fact))

    def _checks(self, facts: dict[str, Any], name: str) -> tuple[str, ...]:
        fact = facts.get("supervisor", NOBODY)
        if fact["value"] == "unknown":
            return (self.say("checks.here.none", name=name),)
        here = self.say("checks.here", name=name)
        colon = self.t.letters.colon
        return (f"{here}{colon}{self.found(fact, 'value')}", self.beside(fact))

    def _not_known(self, facts: dict[str, Any]) -> str:
        return " ".join(form for form in FORMS if facts.get(form, NOBODY)["value"] == "unknown")

    def first_line(self, record: dict[str, Any] | None) -> str:
        """The first form of which something is known, with day and trust of that value; or nothing."""
        facts = dated_facts(record) if record else {}
        disputed = {one["about"] for one in (record or {}).get("conflicts", [])}
        for form in FORMS:
            value = facts.get(form, NOBODY)["value"]
            if value == "unknown" and form not in disputed:
                continue
            own = value != "permit" or form in OWN_PERMIT
            state = "conflict" if value == "unknown" else value if own else "permit.business"
            names = {"form": self.say(f"form.{form}"), "state": self.say(f"value.{state}")}
            conflict = f"{self.say('value.conflict.more')} {self.say('check.first')}"
            more = conflict if value == "unknown" else self._trusted(facts[form])
            return f"{self.say('first', **names)} {more}"
        return ""

    def _trusted(self, fact: dict[str, Any]) -> str:
        if fact["as_of"] is None:
            return f"{self.say('first.undated')} {self.say('check.first')}"
        day = self.say("first.dated", date=self.moment(fact["as_of"]))
        sure = self.say("first.sure", confidence=self.sure(fact["confidence"]))
        return f"{day} {self.check(fact) or sure}"

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
            letters = self.t.letters
            nameless = self.t.closed(f"{nameless.removesuffix(letters.stop)}{letters.colon}{note}")
        notes = [one[name] for name in ("police_note", "police_ties_note") if one[name]]
        newest = max((source["date"] for source in one["sources"] if source["date"]), default=None)
        dates = [self.moment(newest)]
        first = self.t.closed(self.worded(one["what_for"]))
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
        """Deadline, and whether it works without a name, for the routes that matter most in a municipality."""
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
        return self.t.letters.semicolon.join(parts) or self.say("routes.no_term")

    def _answer(self, answer: dict[str, Any]) -> str:
        ending = "" if answer["says"] == "outcome" else f".{answer['says']}"
        said = self.say(f"routes.answer{ending}", term=self._term(answer, "count"))
        for name, value in (("committee", "term"), ("extra", "extra")):
            if answer[name]:
                said += self.say(f"routes.answer.{name}", **{value: self._term(answer, name)})
        return said

    def _term(self, term: dict[str, Any], name: str) -> str:
        count, unit = term[name], term["unit"]
        return self.t.count("municipality.term", unit, count)

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
        if not absent:
            return said
        return f"{self.t.closed(said)} {self.t('bills.absent', date=self.moment(absent[0]))}"

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
