"""What every verb takes, and what an option means in all of them."""

import re
from contextlib import redirect_stdout
from functools import cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

import pytest

from desk import cli, offline
from desk.strings import Strings
from tests.verbs import _stay, run

GROUPS = ("bundle", "canary", "handler", "key")


@cache
def help_of(*words: str) -> str:
    """What a verb says of itself."""
    out = TextIOWrapper(BytesIO(), write_through=True)
    with patch.object(offline, "enter", _stay), redirect_stdout(out), pytest.raises(SystemExit):
        cli.main([*words, "--help"])
    return bytes(out.buffer.getvalue()).decode("utf-8")  # type: ignore[attr-defined]


def verbs() -> list[tuple[str, ...]]:
    """Every verb, as the help lists them."""
    found: list[tuple[str, ...]] = [(name,) for name in listed()]
    groups = [one for one in found if one[0] in GROUPS]
    assert len(groups) == len(GROUPS)
    inside = [(*group, name) for group in groups for name in listed(*group)]
    return [one for one in found if one not in groups] + inside


def listed(*group: str) -> list[str]:
    """Names of the verbs in a help text."""
    return re.findall(r"(?m)^    ([a-z-]+)(?: {2,}|$)", help_of(*group).partition("verbs:")[2])


def test_every_verb_takes_the_day() -> None:
    """The guide says that --today can be added anywhere; nobody must know which verb needs a day."""
    assert len(verbs()) > 30
    assert [one for one in verbs() if "--today DATE" not in help_of(*one)] == []


def test_language_is_that_of_the_screen_in_every_verb() -> None:
    """The language of an answer, a letter or a form has a name of its own."""
    for verb in verbs():
        said = re.search(r"--language \{nl,en\}\s+(.*)", help_of(*verb))
        assert said is None or said[1] == "of what is printed", verb


@pytest.mark.parametrize("verb", [("init", "S", "--handler", "anna"), ("backup", "S", "T")])
def test_a_day_that_is_none_is_named_in_the_words_of_the_option(verb: tuple[str, ...]) -> None:
    """31 February is no day anywhere."""
    done = run(*verb, "--today", "2026-02-31")

    assert done.status == cli.USAGE
    assert done.err.startswith("desk: argument --today: ")
    assert "2026-11-30" in done.err


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('msgid "a"\nmsgstr "op {dag"\n', "nl/x.po has a brace that is no placeholder in a"),
        ('msgid "a"\nmsgstr "op {} dag"\n', "nl/x.po has a brace that is no placeholder in a"),
        ('msgid "a"\nmsgstr "een "groot" huis"\n', "nl/x.po, line 2: cannot be read"),
        ('msgid "a"\nmsgstr "een\n', "nl/x.po, line 2: cannot be read"),
    ],
)
def test_a_string_that_cannot_be_read_is_named(tmp_path: Path, entry: str, said: str) -> None:
    """No traceback for a brace or a quote: file, line or id, and what to write."""
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "x.po").write_text(entry, "utf-8")

    with pytest.raises(cli.DeskError) as refused:
        Strings("nl", tmp_path)
    assert refused.value.message == said
    assert refused.value.hint


def test_deleted_strings_that_an_editor_kept_count_as_not_there(tmp_path: Path) -> None:
    """They stand behind #~, also beside the same id given anew."""
    (tmp_path / "nl").mkdir()
    kept = 'msgid "a"\nmsgstr "een"\n\n#~ msgid "a"\n#~ msgstr "oud"\n'
    (tmp_path / "nl" / "x.po").write_text(kept, "utf-8")

    assert Strings("nl", tmp_path).texts == {"a": "een"}
