"""Every message of the desk that tells of a fault stands in the handbook, by the words that it prints."""

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest

from tests import fault_words
from tests.runbook import HANDBOOK, LANGUAGES

_SPAN = re.compile(r"`` (.+?) ``|`([^`]+)`|\*\*([^*]+)\*\*")
LEAST = 25  # families of faults, each with what it is, what to do and whom to call
LABELS = {
    "en": ("What it is.", "Do this.", "Call:"),
    "nl": ("Wat het is.", "Doe dit.", "Bel:"),
}


@cache
def pages(language: str) -> str:
    """The pages that tell what to do when something goes wrong, one behind the other."""
    found = sorted((HANDBOOK / language / "handlers").glob("faults*.md"))
    assert found
    return "\n".join(path.read_text("utf-8") for path in found)


def listed(language: str) -> set[str]:
    """What stands there as it is printed."""
    return {"".join(one) for one in _SPAN.findall(pages(language))}


def test_the_messages_are_found() -> None:
    """The reader of the code sees what it has to see: also words that a name holds, and those of one class."""
    assert len(fault_words.every("en")) > 450
    assert {"the case store is in use", "cannot read ...: ..."} < set(fault_words.of_errors())
    assert "the site cannot be reached: ..." in fault_words.of_errors()  # said = f"..."
    assert "word ... is not the one on the sheet" in fault_words.of_errors()  # super().__init__
    assert "this desk is one without a network and reaches no bucket" in fault_words.of_errors()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fault_stands_in_the_list(language: str) -> None:
    """Whoever searches for the words on the screen finds them; a new fault without a line fails here."""
    assert sorted(fault_words.every(language) - listed(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_family_says_what_it_is_what_to_do_and_whom_to_call(language: str) -> None:
    """Each heading has the three, once, and at least one message."""
    families = pages(language).split("\n## ")[1:]
    assert len(families) >= LEAST
    for family in families:
        assert [family.count(f"*{one.rstrip(':')}") for one in LABELS[language]] == [1, 1, 1]
        assert re.search(r"(?m)^- `", family), family.splitlines()[0]


def test_nobody_else_writes_what_is_wrong() -> None:
    """A fault is told by an error: words that are printed in another way would be missed by the list."""
    found = {
        path
        for path, node in fault_words.of_kind(ast.Attribute)
        if node.attr == "stderr" and ast.unparse(node.value) == "sys"
    }
    assert found == fault_words.TELLERS


def test_no_message_that_the_list_has_went_out_of_use() -> None:
    """What no code says any more would be searched for nothing; argparse's own words are its own."""
    rows = re.findall(r"(?m)^- (?:`` (.+?) ``|`([^`]+)`)", pages("en"))
    old = {"".join(row) for row in rows} - fault_words.every("en")
    others = {
        one for one in old if one.startswith(("argument ", "unrecognized ", "the following "))
    }
    assert old - others == {"none any more", "none any more, or not for everybody"}


@contextmanager
def planting(monkeypatch: pytest.MonkeyPatch, code: str) -> Iterator[None]:
    """Another module of the desk, and nothing remembered of the time before it."""
    trees = fault_words.trees() | {"planted.py": ast.parse(code)}
    with monkeypatch.context() as patched:
        patched.setattr(fault_words, "trees", lambda: trees)
        for one in ("errors", "_own", "of_errors"):
            patched.setattr(fault_words, one, cache(getattr(fault_words, one).__wrapped__))
        yield


def test_a_new_fault_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message planted in the code, in any of four ways, is not in the list."""
    planted = (
        "def one(kind):\n    raise DeskError('planted plainly')\n"
        "def two(kind):\n    raise DeskError(f'planted {kind} here', 'a hint')\n"
        "def three(kind):\n    said = 'planted by a name'\n    raise DeskError(said) from None\n"
        "class PlantedError(DeskError):\n"
        "    def __init__(self):\n        super().__init__('planted in a class', '')\n"
    )
    with planting(monkeypatch, planted):
        missed = fault_words.every("nl") - listed("nl")
    said = {"plainly", "... here", "by a name", "in a class"}
    assert missed == {f"planted {one}" for one in said}


def test_a_fault_with_words_from_elsewhere_is_not_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the reader of the code cannot see, it says."""
    code = "def four(kind):\n    raise DeskError(made(kind))\n"
    with planting(monkeypatch, code), pytest.raises(AssertionError, match="planted"):
        fault_words.every("nl")
