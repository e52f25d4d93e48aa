"""The verbs for cases on the command line (desk/verbs/cases.py): the twins of the daily screen."""

import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desk.cases.book import Casebook
from desk.cases.fields import Given
from desk.store.event import Event
from desk.terminal import is_hidden
from desk.verbs.words import is_said
from desk.wire.canon import Value
from desk.work import actions
from tests.cases import HANDLER, TODAY
from tests.vaults import opened
from tests.verbs import (
    AS_HANDLER,
    BUNDLE,
    CLOSED,
    FLOOD,
    FLOODED,
    OPEN,
    OTHER,
    READY,
    STORY,
    desk,
    make,
    refused,
    run,
)

ROWS: list[tuple[str, str, dict[str, Given]]] = [  # action, case, what is filled in
    ("read", OPEN, {}),
    ("triage", OPEN, {"urgency": "danger", "status": "acting", "about": "police",
     "about_name": "post Zuid", "municipality": "Ede", "topics": ("care", "police"),
     "identity": "named", "identity_to": ("help",), "answerer": "woman", "assigned": "bram"}),
    ("triage", OTHER, {"topics": (), "municipality": ""}),
    ("triage", BUNDLE, {"status": "waiting_body"}),
    ("danger", OPEN, {}),
    ("note", OPEN, {"text": "a\nb --text c", "basis": "seen"}),
    ("note", READY, {"text": "--today"}),
    ("translate", OPEN, {"text": "a", "language": "bg", "made_by": "interpreter", "who": "M."}),
    ("answer", OPEN, {"text": "a", "language": "en", "standard": "read", "reports_back": "yes"}),
    ("answer", OPEN, {"text": "a", "reports_back": "no", "repeats": "yes"}),
    ("answer", OPEN, {"text": "a", "language": "ru", "dutch": "b"}),
    ("answer", OPEN, {"text": "a", "language": "ru", "reads": "yes"}),
    ("report_back", OTHER, {"how": "telephone"}),
    ("tried", OTHER, {"how": "paper"}),
    ("refer", OPEN, {"organisation": "Hulp", "receiver": "help", "warm": "yes", "person": "Jo",
     "agreed": "Jo belt", "follow_up": "2026-12-01"}),
    ("referral_done", READY, {"number": "1"}),
    ("consent", OPEN, {"purpose": "pass_on", "given": "yes", "how": "face", "scope": "details",
     "to": ("ombudsman", "help")}),
    ("consent", OPEN, {"purpose": "act", "given": "no", "how": "code"}),
    ("withdrawal_done", READY, {}),
    ("bundle", OPEN, {"title": "controles"}),
    ("bundle", OPEN, {"bundle": "wijze-eik"}),
    ("unbundle", READY, {}),
    ("duplicate", OPEN, {"of": OTHER}),
    ("release_flood", FLOODED, {"whole": "yes"}),
    ("deadline", OPEN, {"rule": "objection", "started": "2026-11-01"}),
    ("deadline", OPEN, {"rule": "complaint_adjourned", "started": "2026-12-14"}),
    ("deadline_met", READY, {"number": "1"}),
    ("unmask", OPEN, {}),
    ("outcome", OPEN, {"outcomes": ("informed", "listened")}),
    ("close", OPEN, {"without": "not_a_complaint", "text": "een vraag",
     "outcomes": ("informed",)}),
    ("reopen", CLOSED, {"text": "zij schreef weer"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store that no test changes."""
    return make(tmp_path_factory.mktemp("made") / "store")


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """Give a store of its own to a test."""
    return Path(shutil.copytree(made, tmp_path / "store"))


def said(name: str, given: Mapping[str, Given]) -> dict[str, str]:
    """What of these fields is words, which come on a descriptor."""
    fields = [field.name for field in actions.find(name).fields if is_said(field)]
    return {name: str(given[name]) for name in fields if name in given}


def options(name: str, given: Mapping[str, Given]) -> Iterator[str]:
    """Yield the words with which a handler gives the other fields on the command line."""
    for field in given.keys() - said(name, given).keys():
        value = given[field]
        named = "text_language" if field == "language" else field
        option = f"--{named.replace('_', '-')}"
        if isinstance(value, tuple):
            yield from (option, *value)
        else:
            yield f"{option}={value}"


def events(store: Path) -> list[Event]:
    with opened(store) as vault:
        return [event for _, event in vault.events()]


def plain(event: Event, known: set[str]) -> tuple[object, ...]:
    """Return an event without what was drawn for it."""
    drawn = ("id", "pseudonym", "bundle")
    values: dict[str, Value] = {
        name: "drawn" if name in drawn and value not in known else value
        for name, value in event.values.items()
    }
    subject = event.subject if event.subject in known else "drawn"
    return (subject, event.kind, event.on, event.by, values)


@pytest.mark.parametrize(("name", "case", "given"), ROWS)
def test_an_action_on_the_command_line_writes_what_the_screen_writes(
    made: Path, tmp_path: Path, name: str, case: str, given: dict[str, Given]
) -> None:
    """The same events, value by value, apart from what is drawn at random."""
    one, other = (Path(shutil.copytree(made, tmp_path / twin)) for twin in "ab")
    words = ("case", one, case, name.replace("_", "-"), *options(name, given))
    desk(*words, said=said(name, given) or None)
    with opened(other) as vault:
        book = Casebook(vault)
        actions.perform(book, book.find(case), name, given, today=TODAY)
    before = events(made)
    known = {event.subject for event in before}
    by_verb, by_table = (
        [plain(event, known) for event in events(twin)[len(before) :]] for twin in (one, other)
    )
    assert by_verb == by_table
    assert by_verb
    assert {(event[2], event[3]) for event in by_verb} == {(TODAY.isoformat(), HANDLER)}


def test_every_action_with_every_field_is_in_the_table() -> None:
    """A new action or field needs a line above."""
    filled: dict[str, set[str]] = {}
    for name, _, given in ROWS:
        filled.setdefault(name, set()).update(given)
    named = {action.name: {field.name for field in action.fields} for action in actions.ACTIONS}
    assert filled == named


def test_options_may_stand_on_both_sides_of_an_action(store: Path) -> None:
    """Who opens the store can be said first or last, and the answer can be rows."""
    front = ("case", *AS_HANDLER, "--json", store, OPEN, "note")
    before = desk(*front, said={"text": "a"})
    behind = ("case", store, OPEN, "note", "--json", "--handler", HANDLER)
    after = desk(*behind, said={"text": "b"})
    for printed in (before, after):
        assert json.loads(printed)[0]["status"] == "read"
    assert [event.values.get("text") for event in events(store)[-2:]] == ["a", "b"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((OPEN,), "desk: say what to do with the case\nhint: one of: read, triage, "),
        ((OPEN, "--help"), "desk: say what to do with the case\nhint: one of: read, triage, "),
        ((OPEN, "fly"), "desk: there is no such action\n"),
        ((OPEN, "note"), "desk: text: this field cannot stay empty\nhint: fill it in\n"),
        (
            (OPEN, "note", "--txt", "her words"),
            "desk: unrecognized arguments: --txt\nhint: desk case ",
        ),
        ((OPEN, "note", "--txt=words"), "desk: unrecognized arguments: --txt\nhint: desk case "),
        ((OPEN, "note", "her words"), "desk: there are arguments too many\nhint: desk case "),
        ((OPEN, "answer", "--text-language"), "desk: argument --text-language: "),
        ((OPEN, "note", "--basis", "rumour"), "desk: argument --basis: "),
        (("geen zaak", "read"), "desk: there is no such case\nhint: give its two words "),
        ((BUNDLE, "answer"), "desk: this cannot be done with a bundle\n"),
        ((OPEN, "close"), "desk: without: nobody told the sender what was done\nhint: report back"),
        ((FLOODED, "note", "--basis"), "desk: argument --basis: expected one argument\n"),
        ((OPEN, "--language", "xx", "note"), "desk: argument --language: invalid choice: 'xx'"),
    ],
)
def test_what_is_refused_says_what_to_do(store: Path, words: tuple[str, ...], message: str) -> None:
    """Exit code 1, a message with a hint, and nothing is written."""
    before = events(store)
    told = refused("case", store, *words, said={})
    assert told.startswith(message)
    assert told.count("\n") == 2
    assert events(store) == before


def test_the_inbox_says_what_waits_in_the_language_asked_for(made: Path) -> None:
    """Sections with numbers, cases with their marks, floods with the name to act on them by."""
    dutch, english = desk("inbox", made), desk("inbox", made, "--language", "en")
    assert dutch.startswith("Nu gevaar: 0\nMisschien gevaar: 1\n")
    assert "    ! Bezwaar maken tegen een besluit: 1 januari 2027\n" in dutch
    assert "    ! Noemt geweld of bedreiging: lees dit eerst\n" in dutch
    assert f"\nGolf van gelijke klachten: 1  {FLOOD}\n" in dutch
    assert english.startswith("Danger now: 0\nPerhaps danger: 1\nrode vos ")
    assert "\nDeadline running: 1\ngrote uil " in english
    assert f"\nFlood of like complaints: 1  {FLOOD}\n" in english
    assert CLOSED not in dutch


def rows(printed: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(printed)
    assert all(isinstance(row, dict) for row in found)
    return found


def test_what_is_printed_as_json_is_one_array(made: Path) -> None:
    """Another program reads the inbox, the agenda and what was found, also when it is nothing."""
    inbox = rows(desk("inbox", made, "--json"))
    sections = {row["case"]: row["section"] for row in inbox}
    assert sections == {READY: "deadline", OPEN: "new", OTHER: "perhaps", FLOODED: "flood"}
    assert [row["flood"] for row in inbox if row["section"] == "flood"] == [FLOOD]
    agenda = rows(desk("agenda", made, "--json"))
    assert {"deadline", "follow_up", "promise"} == {row["kind"] for row in agenda}
    assert agenda == sorted(agenda, key=lambda row: str(row["last_day"]))
    assert [
        row["case"] for row in rows(desk("search", made, "--json", said={"words": "binnen"}))
    ] != []
    assert rows(desk("search", made, "--json", said={"words": "nergens"})) == []


def test_the_agenda_names_the_day_the_term_and_the_case(made: Path) -> None:
    """The days still left are counted from today."""
    lines = [
        line.split(maxsplit=3) for line in desk("agenda", made, "--language", "en").splitlines()
    ]
    days = [datetime.strptime(" ".join(line[:3]), "%d %B %Y").date() for line in lines]
    assert days == sorted(days)
    told = [(str(day), " ".join(line[3].split())) for day, line in zip(days, lines, strict=True)]
    assert ("2026-12-01", "10 days left Follow up o: grote uil") in told
    assert ("2027-01-01", "41 days left Term Objection to a decision: grote uil") in told


def test_a_search_finds_words_and_nothing_is_nothing(made: Path) -> None:
    """All words must be there; what is not found prints no line."""
    assert [
        line[:11] for line in desk("search", made, said={"words": "ANDER verhaal"}).splitlines()
    ] == [f"{FLOODED:<11}"]
    assert desk("search", made, said={"words": "nergens"}) == ""


def test_a_case_is_shown_with_nothing_hidden_in_it(made: Path) -> None:
    """What a terminal would obey stands there as a mark, in JSON as an escape."""
    shown = desk("show", made, OPEN)
    assert "Zij kwamen <U+202E>binnen<U+001B>[2J zonder te vragen." in shown
    as_json = desk("show", made, OPEN, "--json")
    assert rows(as_json)[0]["story"] == STORY
    for printed in (shown, as_json, desk("search", made, said={"words": "binnen"})):
        assert not [character for character in printed if is_hidden(character)]


def test_who_unmasks_a_case_is_recorded(store: Path) -> None:
    """Names are kept back, and shown once that is written down; rows never have them."""
    desk("case", store, OPEN, "triage", "--about", "police", said={"about_name": "post Zuid"})
    assert "post Zuid" not in desk("show", store, OPEN)
    assert "identity_read" not in {event.kind for event in events(store)}
    assert "post Zuid" in desk("show", store, OPEN, "--unmask")
    assert [event.kind for event in events(store)][-1] == "identity_read"
    assert "never have names" in refused("show", store, OPEN, "--unmask", "--json")


@pytest.mark.parametrize(
    ("deed", "kind", "line"),
    [
        ("release", "flood_released", "1 zaak vrijgegeven: die is nieuw zoals elke andere\n"),
        ("set-aside", "closed", "1 zaak gesloten als dubbel, en bewaard\n"),
    ],
)
def test_one_deed_for_a_whole_flood(store: Path, deed: str, kind: str, line: str) -> None:
    """Released or closed together, under the name that the inbox gives."""
    assert desk("flood", store, FLOOD, deed) == line
    assert events(store)[-1].kind == kind
    assert "there is no such flood" in refused("flood", store, FLOOD, deed)


def test_no_deed_for_a_flood_closes_a_case_in_danger(store: Path) -> None:
    """It stands in another section of the inbox, so the flood has no row any more."""
    desk("case", store, FLOODED, "triage", "--urgency", "danger")
    assert "there is no such flood" in refused("flood", store, FLOOD, "set-aside")
    assert events(store)[-1].kind == "triaged"


def test_a_wrong_passphrase_opens_nothing_and_is_not_repeated(made: Path) -> None:
    """One message, exit code 1."""
    done = run("inbox", made, *AS_HANDLER, words="acht geheime woorden")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("desk: ")
    assert "geheime" not in done.err
