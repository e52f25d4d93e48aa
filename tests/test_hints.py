"""What the desk advises: every command, option and file in a hint, a refusal or a text is there to be typed."""

import ast
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from desk import cli
from desk.strings import LANGUAGES, Strings
from tests.test_cases_words import REFUSALS

ROOT = Path(__file__).resolve().parents[1]
_COMMAND = re.compile(r"`desk ([^`]+)`|(?<![\w`])desk ((?:handler|key|canary|bundle) [a-z]+)")
_OPTION = re.compile(r"--[a-z][a-z-]+")
GROUPS = ("key", "handler", "canary", "bundle")
# Options of verbs that take words of their own behind a case; they stand in no help of a verb.
OF_FIELDS = {"--words-fd", "--help"}


def texts(node: ast.AST) -> str:
    """What a string in the code says, with a mark in place of what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(texts(one) or "X" for one in node.values)
    if isinstance(node, ast.Tuple | ast.List | ast.IfExp | ast.BoolOp):
        return " ".join(texts(one) for one in ast.iter_child_nodes(node))
    return ""


def hints_in(tree: ast.AST) -> Iterator[str]:
    """The second words of every `DeskError` and its kin, and what is called a hint."""
    for one in ast.walk(tree):
        if isinstance(one, ast.Call) and len(one.args) > 1:
            name = getattr(one.func, "id", getattr(one.func, "attr", ""))
            if name in ("DeskError", "__init__", "WrongWord"):
                yield texts(one.args[1])
        if isinstance(one, ast.Assign) and any(
            getattr(target, "id", "").lower().strip("_") in ("hint", "mend", "shown")
            for target in one.targets
        ):
            yield texts(one.value)


def all_hints() -> dict[str, str]:
    """Every hint of the desk with the file in which it stands."""
    found = {
        hint: path.name
        for path in sorted((ROOT / "desk").rglob("*.py"))
        for hint in hints_in(ast.parse(path.read_text("utf-8")))
        if hint
    }
    found |= {f"{one.message}; {one.hint}": one.words for one in REFUSALS}
    for language in LANGUAGES:
        said = Strings(language).texts.items()
        found |= {
            text: f"{language}: {name}" for name, text in said if "desk " in text or "--" in text
        }
    return found


HINTS = all_hints()


def help_of(*verb: str) -> str:
    """What the help of a verb says."""
    with pytest.raises(SystemExit) as ended, redirect_stdout(StringIO()) as said:
        cli._run([*verb, "--help"])
    assert ended.value.code == 0, verb
    return said.getvalue()


@cache
def everything() -> str:
    """The help of every verb."""
    verbs = re.findall(r"^    ([a-z][a-z-]*) ", help_of(), re.M)
    inner = [(group, verb) for group in GROUPS for verb in _verbs_of(group)]
    assert len(verbs) > 20
    return "\n".join(help_of(*verb) for verb in (*((one,) for one in verbs), *inner))


def _verbs_of(group: str) -> list[str]:
    return re.findall(r"^    ([a-z][a-z-]*) ", help_of(group), re.M)


def test_hints_are_found() -> None:
    """The reader of the code sees what it has to see."""
    assert len(HINTS) > 150
    assert "run this at a terminal" in HINTS


@pytest.mark.parametrize("hint", sorted(h for h in HINTS if _COMMAND.search(h) or "--" in h))
def test_a_hint_names_only_what_can_be_typed(hint: str) -> None:
    """Each verb is there, and each option belongs to the verb that is named, or to one of them."""
    for found in _COMMAND.finditer(hint):
        words = (found[1] or found[2]).split()
        verb = [one for one in words if not one.startswith("-")]
        shown = help_of(*verb[: 2 if words[0] in GROUPS else 1])
        assert {one for one in _OPTION.findall(found[0]) if one not in shown} <= OF_FIELDS
    known = everything() + help_of()
    assert {one for one in _OPTION.findall(hint) if one not in known} <= OF_FIELDS
