"""More than a hundred questions made from the data, answered by the pages as built.

Which municipalities are asked about is drawn with a fixed seed, and all of them in a soak. The
answers of one place must not pass for those of another, and a record that says something else than
the page must fail: a quiz that nobody can fail tests nothing.
"""

import copy
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import permutations
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml

from tests.carriers import carried, ranked
from tests.own_records import RECORDS, with_own_records
from tests.places_to_look import FORMS
from tests.quiz import Asker, Question, policies, records
from tests.site import LANGUAGES, OWN, PAGES, Built, Page, build_site, few
from tests.soak import SOAK

SEED = 35715
TILBURG, DEN_HAAG, HAARLEMMERMEER = "GM0855", "GM0518", "GM0394"
URK, WIJDEMEREN, HILVERSUM = "GM0184", "GM1696", "GM0402"
SITTARD_GELEEN, UTRECHT, ALMERE = "GM1883", "GM0344", "GM0034"
ALWAYS = (
    TILBURG, DEN_HAAG, HAARLEMMERMEER, URK, WIJDEMEREN, HILVERSUM, SITTARD_GELEEN, UTRECHT, ALMERE,
)  # fmt: skip
WHOLE = [language for language in LANGUAGES if OWN[language] == PAGES]


def asked() -> list[str]:
    """Codes to ask about: those named above, and a draw of those with and without a record."""
    codes = sorted(records("municipalities.csv"))
    if SOAK:
        return codes
    draw = random.Random(SEED)
    known = sorted(policies())
    ages = [code for code in known if policies()[code]["facts"]["min_age"]["value"] != "unknown"]
    drawn = draw.sample(known, 20) + draw.sample(sorted(set(codes) - set(known)), 6)
    return list(dict.fromkeys([*(code for code in ALWAYS if code in codes), *ages, *drawn]))


class Reader:
    """Somebody who looks up pages of the built site, each once."""

    def __init__(self, built: Built) -> None:
        self.page: Callable[[str], Page] = lru_cache(None)(
            lambda path: Page(path, built.text(path))
        )

    def path(self, language: str, code: str) -> str:
        """Where the list of municipalities leads to from the line with this code."""
        finder = self.page(f"/{language}/places/")
        (line,) = finder.all("li", id=code)
        (link,) = [e for e in finder.all("a") if line in e.inside]
        return urljoin(finder.path, link.attributes["href"])

    def questions(self, language: str, known: dict[str, Any]) -> list[Question]:
        """Everything to ask about municipalities; `known` are the records of policy."""
        asker = Asker(language)
        return [
            question
            for code in asked()
            for question in asker.municipality(code, self.path(language, code), known.get(code))
        ]

    def wrong(self, questions: list[Question]) -> list[tuple[str, str, str]]:
        """Questions whose answer is not there, with what stands in its place."""
        return [
            (one.kind, one.about, one.place(self.page(one.path)))
            for one in questions
            if not one.is_answered_by(self.page(one.path))
        ]


@pytest.fixture(scope="module")
def reader(built_site: Built) -> Reader:
    """A reader of the practice site."""
    return Reader(built_site)


def national(language: str) -> list[Question]:
    """Everything to ask that holds in the whole country."""
    asker = Asker(language)
    return [
        *asker.organisations(records("directory.yml")["organisations"]),
        *asker.routes(f"/{language}/home-work/", records("routes.yml")["routes"]),
        *asker.bills(records("legislation.yml")["items"]),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_municipalities_answer_every_question(reader: Reader, language: str) -> None:
    """What is allowed, from what age, with which permit, how many, who checks, who helps, how sure."""
    questions = reader.questions(language, policies())

    assert len(questions) >= 100
    assert min(Counter(one.kind for one in questions if one.kind != "merger").values()) >= 20
    assert reader.wrong(questions) == []


@pytest.mark.parametrize("language", WHOLE)
def test_the_written_pages_answer_every_question(reader: Reader, language: str) -> None:
    """Ties with the police, numbers, deadlines, names, and the state of every law and bill."""
    questions = national(language)

    assert len(questions) >= 100
    assert reader.wrong(questions) == []


@pytest.mark.parametrize("language", WHOLE if SOAK else WHOLE[:1])
def test_the_answers_of_one_municipality_do_not_pass_for_another(
    reader: Reader, language: str
) -> None:
    """Every right answer is looked for on every other page, and found only where it is also right."""
    by_kind: dict[str, list[Question]] = {}
    for question in reader.questions(language, policies()):
        by_kind.setdefault(question.kind, []).append(question)
    tried = 0
    for questions in by_kind.values():
        for mine, theirs in permutations(questions, 2):
            if mine.says != theirs.says and mine.kind != "merger":
                tried += 1
                assert not mine.is_answered_by(reader.page(theirs.path)), (mine, theirs.about)
    assert tried > 5_000


@pytest.mark.parametrize("language", WHOLE)
def test_the_answers_about_one_body_do_not_pass_for_another(reader: Reader, language: str) -> None:
    """The same for organisations, routes and laws: each answer belongs to its own row."""
    questions = national(language)
    tried = 0
    for mine, theirs in permutations(questions, 2):
        if mine.kind == theirs.kind and mine.says != theirs.says:
            tried += 1
            swapped = replace(mine, place=theirs.place)
            assert not swapped.is_answered_by(reader.page(theirs.path)), (mine, theirs)
    assert tried > 1_000


# Two of each kind, so that one of them is always another than the recorded one.
OTHERS = {
    "home_alone": ("allowed", "forbidden"),
    "club": ("permit", "forbidden"),
    "min_age": (18, 19),
    "permit_self_employed_home": ("yes", "no"),
}


def other_value(record: dict[str, Any], fact: str) -> None:
    """The record says something else."""
    found = record["facts"][fact]
    found["value"] = next(one for one in OTHERS[fact] if one != found["value"])


def other_date(record: dict[str, Any], fact: str) -> None:
    """The source that carries the value is of another day, so that another may carry it then."""
    for one in ranked(record, record["facts"][fact]["sources"]):
        one["date"] = "1999-02" if one["date"] == "1999-01" else "1999-01"


def other_certainty(record: dict[str, Any], fact: str) -> None:
    """All its sources are stronger or weaker than they are; the record caps nothing."""
    was = carried(record, record["facts"][fact])["confidence"]
    record["confidence"] = "high"
    for one in ranked(record, record["facts"][fact]["sources"]):
        one["kind"] = "news" if was == "high" else "in_force"


@pytest.mark.parametrize("change", [other_value, other_date, other_certainty])
@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        ("home_alone", "home_alone"),
        ("club", "club"),
        ("min_age", "age"),
        ("permit_self_employed_home", "permit"),
    ],
)
def test_a_record_that_says_something_else_fails_the_quiz(
    reader: Reader, fact: str, kind: str, change: Callable[[dict[str, Any], str], None]
) -> None:
    """Value, date and certainty of every known fact are all asked for, each by itself."""
    changed = copy.deepcopy(policies())
    touched = set()
    for code in set(asked()) & set(changed):
        if changed[code]["facts"][fact]["value"] != "unknown":
            change(changed[code], fact)
            touched.add(code)

    wrong = reader.wrong(reader.questions("en", changed))

    assert touched
    failed = {re.findall(r"GM\d{4}", about)[0] for found, about, _ in wrong if found == kind}
    assert failed == touched
    assert {re.findall(r"GM\d{4}", about)[0] for _, about, _ in wrong} == touched


@pytest.fixture(scope="module")
def own_reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reader of a site made from the tests' own records."""
    folder = tmp_path_factory.mktemp("own")
    files = few(folder, "nl", "en")
    with_own_records(files["docs"])
    return Reader(build_site(folder, **files))


def test_the_spot_checks_of_a_reader(own_reader: Reader) -> None:
    """In plain words, for places that people ask about first, as their records were."""
    known = yaml.safe_load((RECORDS / "policy.yml").read_text("utf-8"))
    by_code = {record["cbs_code"]: record for record in known}

    def says(code: str, kind: str) -> str:
        asker, path = Asker("en"), own_reader.path("en", code)
        questions = asker.municipality(code, path, by_code.get(code))
        (question,) = [one for one in questions if one.kind == kind]
        return question.place(own_reader.page(path))

    assert says(TILBURG, "home_alone").startswith("Allowed, with conditions.")
    assert "Date: 1 January 2020. Certainty: medium." in says(TILBURG, "home_alone")
    assert says(HAARLEMMERMEER, "max").startswith(
        "Maximum number of windows: 0. Zero means: no permit can be had."
    )
    assert says(DEN_HAAG, "home_alone").startswith("Sources conflict. We do not choose.")
    assert says(URK, "home_alone").startswith("Not known for Urk. Usual in the Netherlands:")
    assert says(URK, "not known").split() == list(FORMS)
    assert says(URK, "police") == "Police: unit Midden-Nederland."
