"""Complaints that come in on the command line (desk/verbs/intake.py): import and add."""

from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.intake import added
from desk.verbs.words import is_said
from desk.wire import code, schema
from tests import ceremony
from tests.intakes import write
from tests.practice import desk as in_process
from tests.practice import loaded_by
from tests.samples import OTHER_SEED, put, sealed
from tests.vaults import WORDS, opened
from tests.verbs import (
    desk,
    make_with_key,
    refused,
    written,
)

TOLD = {
    **{
        "channel": "face",
        "story": "Zij vertelde het.",
        "form_language": "nl",
        "role": "permission",
    },
    **{"wish": "act", "municipality": "Ede", "period": "month", "scope": "details"},
    **{"address_as": "Kim", "answerer": "woman", "reply_language": "ro", "contact": "Na zessen"},
    **{"code": "given", "digits": ""},
}
TOLD_LISTS = {"consent": ("store", "act"), "topics": ("care", "other"), "to": ("ombudsman",)}


def test_an_import_says_what_was_on_the_stick(tmp_path: Path) -> None:
    """New, known and unreadable in one sentence; 2 when a file could not be opened, else 0."""
    store, stick = make_with_key(tmp_path / "store"), tmp_path / "stick"
    write(stick, "Het eerste verhaal.", "Iets heel anders.")
    line = "2 on the stick, 2 new, 0 known, 0 unreadable\n"
    assert desk("import", store, stick, "--language", "en") == line
    write(stick, "Een derde, dat later kwam.", first=2)
    foreign = put(stick / "in", sealed(seed=OTHER_SEED))
    told = desk("import", store, stick, status=2)
    first, second, third = told.splitlines()
    assert first == "4 op de stick, 1 nieuw, 2 bekend, 1 onleesbaar (bewaard in quarantaine)"
    assert second.startswith(f"  {foreign.name[:12]}  key_unknown: ")
    assert "geldt daarom niet als gelezen" in third
    assert (store / "quarantine" / foreign.name).read_bytes() == foreign.read_bytes()
    assert "there is nothing at" in refused("import", store, tmp_path / "absent")


def test_an_import_at_a_terminal_shows_how_far_it_is(tmp_path: Path) -> None:
    """A bar for a person; in a file or a pipe only the sentence."""
    store = make_with_key(tmp_path / "store")
    write(tmp_path / "a", "Het eerste verhaal.")
    write(tmp_path / "b", "Iets heel anders.", first=1)
    asked = ("import", store, tmp_path / "a", "--language", "en")
    status, shown = ceremony.at_a_terminal(*asked, answer=lambda _question: WORDS)
    assert status == 0
    assert f"\r[{'#' * 30}] 1\n1 on the stick, 1 new, " in shown
    assert WORDS not in shown
    piped = ceremony.desk("import", store, tmp_path / "b", typed=[WORDS])
    assert (piped.status, piped.shown) == (0, "")
    assert piped.printed == "1 op de stick, 1 nieuw, 0 bekend, 0 onleesbaar\n"


def test_what_was_told_is_entered_with_every_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The complaint of the form, field for field, under the code that she has already."""
    monkeypatch.setattr(code, "ROUNDS", 1)
    store = make_with_key(tmp_path / "store")
    assert TOLD.keys() | TOLD_LISTS.keys() == {field.name for field in added.FIELDS}
    digits = code.make()
    fields = {field.name: field for field in added.FIELDS}
    said = {name: value or digits for name, value in TOLD.items() if is_said(fields[name])}
    chosen = {name: value for name, value in TOLD.items() if name not in said}
    words = [f"--{name.replace('_', '-')}={value}" for name, value in chosen.items()]
    for name, values in TOLD_LISTS.items():
        words += [f"--{name}", *values]
    name = desk("add", store, *words, said=said)
    with opened(store) as vault:
        book = Casebook(vault)
        case = book.find(name)
        made = dict(book.complaint(case).values)
    assert made.keys() == schema.RULES.keys()
    assert {name: made[name] for name in TOLD.keys() & made.keys()} == {
        name: value for name, value in TOLD.items() if name in made
    }
    assert (case.channel, case.topics, case.has_code) == ("face", ("care", "other"), True)
    assert "this is no reply code" in refused(
        "add", store, *words, said={**said, "digits": "1" * 24}
    )


def test_a_new_code_is_shown_on_the_terminal_only(tmp_path: Path) -> None:
    """It stands in no output that could be kept, and in the case it works."""
    store = make_with_key(tmp_path / "store")
    told = ("--channel", "paper", "--form-language", "nl", "--consent", "store")
    typed = [WORDS, '{"story":"a"}']
    done = ceremony.desk("add", store, *told, "--code", "new", typed=typed, said=True)
    assert (done.status, len(done.printed.split())) == (0, 2)
    digits = next(line.strip() for line in done.shown.splitlines() if line.startswith("    "))
    assert len(digits.replace(" ", "")) == 24
    assert digits not in done.printed
    with opened(store) as vault:
        assert Casebook(vault).find(done.printed).has_code


def test_without_a_terminal_no_code_is_drawn(tmp_path: Path) -> None:
    """A code that nobody sees would be lost: nothing is entered."""
    store = make_with_key(tmp_path / "store")
    words = ("--channel", "paper", "--form-language", "nl", "--consent", "store", "--code", "new")
    typed = {"input": f"{WORDS}\n", "start_new_session": True}
    done = in_process("add", store, *words, "--passphrase-fd", 0, **typed)
    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no terminal" in done.stderr
    assert "received" not in written(store)


@pytest.mark.parametrize("verb", ["inbox", "import", "case"])
def test_a_verb_that_holds_a_key_never_loads_the_network(tmp_path: Path, verb: str) -> None:
    """Each runs in a process of its own, with the key libraries and without boto3."""
    store = make_with_key(tmp_path / "store")
    write(tmp_path / "stick", "Een verhaal.")
    desk("import", store, tmp_path / "stick")
    with opened(store) as vault:
        (case,) = Casebook(vault).cases
    more = {"inbox": [], "import": [tmp_path / "stick"], "case": [case, "read"]}
    names = loaded_by(verb, store, *more[verb], "--passphrase-fd", 0, input=WORDS)
    assert "nacl" in names
    assert not {"boto3", "botocore"} & names
