"""What safe reading and the form must do, a row each in `acceptance.yml`; and what no other test asks of pages."""

import ast
from pathlib import Path

import pytest
import yaml

from overrides.frame.edition import EMPTY_HOURS
from tests.site import LANGUAGES, ROOT, STRINGS, Built, Page

ROWS: dict[str, dict[str, object]] = yaml.safe_load(
    Path(__file__).with_name("acceptance.yml").read_text("utf-8")
)
PASSED_BY_A_CHOICE = (
    "topics",
    "sharing",
    "reach",
    "code",
)  # each says so in its own words, or has a first choice
QUESTIONS = 8
_TELLING_FIELDS = {"email", "tel", "date", "password", "url"}


def functions_of(path: str) -> set[str]:
    """Names of the functions of a file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}


def test_every_row_has_tests_that_are_there() -> None:
    """Eight of reading and ten of the form; a test that was renamed or taken away is missed here."""
    assert list(ROWS) == [*(f"X{n}" for n in range(1, 9)), *(f"F{n}" for n in range(1, 11))]
    for name, row in ROWS.items():
        named = row["tests"]
        assert isinstance(named, list), name
        assert named, name
        for test in named:
            path, _, function = test.partition("::")
            assert function in functions_of(path), (name, test)


@pytest.fixture(params=LANGUAGES)
def form(request: pytest.FixtureRequest, built_site: Built) -> Page:
    """Give the form as built in each language."""
    path = f"/{request.param}/write/"
    return Page(path, built_site.text(path))


def test_the_form_asks_on_eight_screens(form: Page) -> None:
    """Between the first screen and reading back; three say that they may be passed over, others in their own way."""
    steps = form.all("section", class_="step")
    assert len(steps) == 1 + QUESTIONS + 1
    skip = STRINGS[form.language]("write.skip")
    assert sum(skip in step.text for step in steps) == QUESTIONS - len(PASSED_BY_A_CHOICE) - 1
    assert "*" not in "".join(label.text for label in form.all("label"))


def test_no_field_asks_who_she_is(form: Page) -> None:
    """No name, no day of birth, no address of hers by default; what a browser would fill in is off."""
    fields = [*form.all("input"), *form.all("textarea"), *form.all("select")]
    own = [one for one in fields if any(parent.tag == "form" for parent in one.inside)]
    assert own
    assert {one.attributes.get("type", "") for one in own} & _TELLING_FIELDS == set()
    assert [one.attributes["name"] for one in own if "required" in one.attributes] == []
    typed = [one for one in own if one.attributes.get("type", "text") == "text"]
    assert {one.attributes.get("autocomplete") for one in typed} == {"off"}


def test_the_form_says_who_reads_and_what_follows(form: Page) -> None:
    """Before the first question, beside the story, and after sending, in every language."""
    t = STRINGS[form.language]
    for name in ("who", "police", "sealed", "answer"):
        assert t(f"write.before.{name}") in _flat(form), name
    assert t("write.before.empties", hours=str(EMPTY_HOURS)) in _flat(form)
    assert t("write.story.pause") in _flat(form)
    assert t("write.sent.title") in _flat(form)


def _flat(page: Page) -> str:
    (main,) = page.all("main")
    return " ".join(main.text.replace("\u2066", "").replace("\u2069", "").split())


def test_the_leaving_page_says_what_no_script_costs(built_site: Built) -> None:
    """In every language: the row about JavaScript stands under what the button does not do."""
    for language in LANGUAGES:
        page = Page("", built_site.text(f"/{language}/leaving/"))
        ids = [heading.attributes.get("id") for heading in page.all("h2")]
        below = page.all("main")[0].text.partition(page.all("h2", id="not")[0].text)[2]
        assert "not" in ids
        assert "JavaScript" in below, language
