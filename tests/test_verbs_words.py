"""Words for a verb (desk/verbs/words.py): asked for, or read from a descriptor; never an argument."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.cases.fields import Field
from desk.intake import added
from desk.letters import letter, templates
from desk.verbs.words import is_said
from desk.work import actions
from tests.cases import PASSPHRASE, TODAY
from tests.ceremony import at_a_terminal
from tests.verbs import AS_HANDLER, OPEN, make, opened, refused, run

ROOT = Path(__file__).resolve().parents[1]
STORY = "Een geheim woord"
FIELDS: list[tuple[tuple[str, ...], tuple[Field, ...]]] = [
    (("add",), added.FIELDS),
    *((("case", OPEN, action.name.replace("_", "-")), action.fields) for action in actions.ACTIONS),
    *((("letter", OPEN, name), letter.fields(name)) for name in templates.TEMPLATES),
]
SAID = [(verb, field.name) for verb, fields in FIELDS for field in fields if is_said(field)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store with cases in it."""
    return make(tmp_path_factory.mktemp("words") / "store")


def notes(store: Path) -> list[object]:
    """The notes in a case, the last one last."""
    with opened(store) as vault:
        book = Casebook(vault)
        thread = book.find(OPEN).thread
        return [book.text(entry)["text"] for entry in thread if entry.kind == "noted"]


@pytest.mark.parametrize(("verb", "name"), SAID)
def test_no_field_takes_words_on_the_command_line(
    tmp_path: Path, verb: tuple[str, ...], name: str
) -> None:
    """With a space or a sign between them; before any store is opened, and without repeating them."""
    option, front = f"--{name.replace('_', '-')}", (verb[0], tmp_path, *verb[1:])
    for words in ((option, STORY), (f"{option}={STORY}",)):
        told = refused(*front, *words)
        assert told.startswith("desk: words may not stand on the command line\nhint: leave the wo")
        assert "geheim" not in told


def test_a_search_and_a_municipality_are_asked_for_too(store: Path) -> None:
    """So is the reason for which a key cannot wait."""
    for verb in (("search", store, STORY), ("search", store, "geheim", "woord")):
        assert "words may not stand" in refused(*verb)
    assert "words may not stand" in run("partners", "Ede").err
    paths = ("--keys", store, "--handlers", "a", "b", "--out", store)
    key = ("key", "destroy", "ab" * 8, store, store, *paths, "--now-because")
    assert "words may not stand" in refused(*key, STORY)


def test_the_hint_works_at_a_terminal(store: Path) -> None:
    """Who leaves the words out is asked, for a text until a full stop stands alone."""

    def answer(question: str) -> str:
        return PASSPHRASE if "passphrase" in question else f"{STORY}\n\n--nog een.\n."

    verb = ("case", store, OPEN, "--language", "en", "note", "--today", TODAY.isoformat())
    status, shown = at_a_terminal(*verb, answer=answer)
    assert status == 0, shown
    assert "Text (end with a line that has only a full stop .): " in shown
    assert notes(store)[-1] == f"{STORY}\n\n--nog een."


def test_the_hint_works_from_standard_input_and_a_descriptor(store: Path) -> None:
    """A line of JSON behind the passphrase; the list of processes holds nothing of it."""
    verb = ["case", str(store), OPEN, "note", "--today", TODAY.isoformat(), "--json"]
    command = [sys.executable, "-m", "desk", *verb, "--passphrase-fd", "0"]
    lines = f"{PASSPHRASE}\n{json.dumps({'text': STORY})}\n"
    done = subprocess.run(
        command, cwd=ROOT, input=lines, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)[0]["status"] == "read"
    assert notes(store)[-1] == STORY
    assert run(*verb, *AS_HANDLER, said={"text": "b"}).status == 0
    assert notes(store)[-1] == "b"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            {"nothing": "a"},
            "desk: there are words for no field of this verb\nhint: one of: text, basis\n",
        ),
        ({"text": ["a"]}, "desk: the words are no JSON object of texts\nhint: one line, such as "),
        ({}, "desk: text: this field cannot stay empty\nhint: fill it in\n"),
    ],
)
def test_words_that_cannot_be_read_say_what_to_do(
    store: Path, said: dict[str, str], message: str
) -> None:
    """No traceback, and none of the words."""
    before = notes(store)
    assert refused("case", store, OPEN, "note", said=said).startswith(message)
    assert notes(store) == before


def test_a_field_that_may_stay_empty_is_asked_for_when_it_is_named(store: Path) -> None:
    """Else nobody is asked, and nothing is read."""
    verb = ("case", store, OPEN, "triage", "--today", TODAY.isoformat())
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return PASSPHRASE if "passphrase" in question else "Ede"

    assert at_a_terminal(*verb, "--urgency", "danger", answer=answer)[0] == 0
    assert len(asked) == 1
    assert at_a_terminal(*verb, "--municipality", answer=answer)[0] == 0
    assert len(asked) == 3
    with opened(store) as vault:
        case = Casebook(vault).find(OPEN)
    assert (case.urgency, case.municipality) == ("danger", "Ede")
