"""Every hint of the desk has a test that makes its cause and does what it advises, or says why none can."""

import ast
from collections.abc import Iterator

from tests import (
    test_hints_cases,
    test_hints_keys,
    test_hints_more,
    test_hints_sign,
    test_hints_stores,
    test_hints_weekly,
)
from tests.test_cases_words import REFUSALS
from tests.test_hints import ROOT, texts

MODULES = (
    *(test_hints_weekly, test_hints_keys, test_hints_stores),
    *(test_hints_cases, test_hints_more, test_hints_sign),
)
PLAYED = {hint: steps for module in MODULES for hint, steps in module.PLAYS.items()}
PEOPLE = "people, paper or a stick in somebody's hands"
OUTSIDE = "what others run: the site, the store, the network"
MACHINE = "a machine with less memory, room or rights than this one"
MOMENT = "two programs at one moment, or one store left open after a failure"
TOOL = "files of the tool itself"
FENCE = "a second fence: no verb leads there while the first one stands"
SCREEN = "the daily screen only, whose own tests press its buttons"
LONG = "played whole in test_rehearsal.py, for it takes seconds"
LONELY = "a computer without a network: test_bundle_install.py has one"
WHY_NOT = (LONELY, PEOPLE, OUTSIDE, MACHINE, MOMENT, TOOL, FENCE, SCREEN, LONG)

NOT_PLAYED = {
    "burn what is left of its paper sheets": PEOPLE,
    "take the stick out and in again; if it stays so, take another copy of it": PEOPLE,
    "no report can be made until it is understood: ask who made the last report": PEOPLE,
    "publish no further copy; the report that stands is the first in the ledger": PEOPLE,
    "sign nothing, and keep both logs: either somebody else has the site key, or two sticks of it were used "
    "apart; keys/README.md says what then": PEOPLE,
    "look at the name of the bucket and the credentials for reading it": OUTSIDE,
    "look at the network and the endpoint; what is on the stick stays": OUTSIDE,
    "something between this machine and the store answered in its place: look at the network": OUTSIDE,
    "look at it with a browser": OUTSIDE,
    "it was cut, changed, or is signed by another site key; keep a copy, and tell the desk": OUTSIDE,
    # test_verify_tls.py shows such certificates, and trusts the one that it has the file of
    "look at the address and at this machine's clock; else mend the certificate, or somebody stands between": OUTSIDE,
    "send again later": OUTSIDE,
    "STORE.md names the stores that were tried, and what they must do": OUTSIDE,
    "nothing was done; make the folder --trust one that this user can write": MACHINE,
    "the stick is full: run the same command with a larger one; what is on this one stays": MACHINE,
    "give a folder on a disk or a stick of this computer": MACHINE,
    "it needs X of free memory: close other programs": MACHINE,
    "it needs X MiB of free memory: close other programs": MACHINE,
    "the screen runs on Linux, where all of 127.0.0.0/8 is this machine": MACHINE,
    "set the clock, or give the day with --today": MACHINE,
    "type it on the computer with a network, in the folder of the project: .venv/bin/desk": LONELY,
    "install what requirements/serve.txt names, then run the same command again": TOOL,
    "type make handbook in the folder of the project": TOOL,  # test_handbook_verb.py follows it
    "run the same command again": MOMENT,
    "open it again": MOMENT,
    "begin again": MOMENT,
    "wait until it is done, then run the same command again": MOMENT,
    "nothing was changed there; look which one does (lslocks), and end it": MOMENT,
    "build the site: it names the line; or take the file from the last release": TOOL,
    'write each text between quotes, a quote inside it as \\", and a space behind # or #,': TOOL,
    "write a placeholder as {name}, with both braces, and no other brace": TOOL,
    "add it to a file of every language in desk/locale": TOOL,
    "take one of X": FENCE,
    "make this board as announced, and announce the other size in it": FENCE,
    "open one of its cases": FENCE,
    "give a second copy, on another machine or disk": FENCE,
    "see `desk case STORE CASE ACTION --help`": FENCE,
    "take one of those that are shown": FENCE,
    "draft the report again": FENCE,
    "nothing was written; try again": FENCE,
    "make a new one with `desk key new intake`, and publish a list with it": FENCE,
    "restore the last backup": FENCE,
    "keep it in smaller parts": FENCE,
    "add another handler first": FENCE,
    "name who stays": FENCE,
    "it may have been erased": SCREEN,
    "pull the cable and switch off wifi, or give --despite-network for practice": SCREEN,
    "unlock it again": SCREEN,
    "make them with `desk key new USE --practice`, or with make serve": LONG,
}
MOST_NOT_PLAYED = 0.2  # of all hints
ERRORS = (
    "DeskError",
    "WrongWord",
    "NotStoredError",
    "UnreachableError",
    "SilentError",
    "WrongPassphrase",
    "__init__",
)
OF_TABLES = {"Refused", "Refusal", "LetterRefusal", "Damaged", "DoubtfulDay"}  # hints of their own


def leaves(node: ast.AST | None) -> Iterator[str]:
    """Each text that an expression can be."""
    if isinstance(node, ast.IfExp):
        yield from leaves(node.body)
        yield from leaves(node.orelse)
    elif isinstance(node, ast.Dict | ast.Subscript):
        for one in node.values if isinstance(node, ast.Dict) else (node.value,):
            yield from leaves(one)
    elif isinstance(node, ast.BinOp):
        yield "X".join(map(texts, (_first(node), node.right)))
    elif node is not None and (text := texts(node)):
        yield text


def _first(node: ast.BinOp) -> ast.expr:
    """What stands first in a sum."""
    return _first(node.left) if isinstance(node.left, ast.BinOp) else node.left


def hints_of(tree: ast.AST) -> Iterator[str]:
    """What stands in the second place of every error, under whatever name it was put there."""
    nodes = list(ast.walk(tree))
    second = [
        one.args[1]
        for one in nodes
        if isinstance(one, ast.Call)
        and len(one.args) > 1
        and getattr(one.func, "id", getattr(one.func, "attr", "")) in ERRORS
    ]
    parts = [
        part
        for one in second
        for part in (one, *(ast.iter_child_nodes(one) if isinstance(one, ast.IfExp) else ()))
    ]
    names = {one.id for one in parts if isinstance(one, ast.Name)} | {"hint", "_MEND"}
    for one in second:
        yield from leaves(one)
    for one in nodes:
        if isinstance(one, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id in names for target in one.targets
        ):
            yield from leaves(one.value)
        if isinstance(one, ast.FunctionDef) and one.name == "_hint":
            for inner in ast.walk(one):
                if isinstance(inner, ast.Return):
                    yield from leaves(inner.value)


def every_hint() -> dict[str, str]:
    """Every hint with the module in which it stands; X for what is filled in."""
    found = {
        hint: str(path.relative_to(ROOT / "desk"))
        for path in sorted((ROOT / "desk").rglob("*.py"))
        for hint in hints_of(ast.parse(path.read_text("utf-8")))
    }
    return found | {refusal.hint: refusal.words for refusal in REFUSALS}


def test_every_hint_has_a_row() -> None:
    """A hint that is new needs a play, or one of the few reasons why nobody can follow it here."""
    hints = every_hint().keys()
    assert hints == PLAYED.keys() | NOT_PLAYED.keys()
    assert not PLAYED.keys() & NOT_PLAYED.keys()


def test_few_hints_are_not_followed() -> None:
    """The reasons are a closed list, and most hints are done as they say."""
    assert set(NOT_PLAYED.values()) == set(WHY_NOT)
    assert len(NOT_PLAYED) <= MOST_NOT_PLAYED * len(every_hint())


def test_no_error_has_hints_that_are_not_seen() -> None:
    """Each kind of error is read for its second word, or has its hints in a table that is read."""
    kinds = {
        one.name
        for path in (ROOT / "desk").rglob("*.py")
        for one in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(one, ast.ClassDef) and "DeskError" in map(ast.unparse, one.bases)
    }
    assert kinds <= {*ERRORS, *OF_TABLES}


def test_no_hint_is_played_twice() -> None:
    """Each has one row, in the module of its work."""
    assert sum(len(module.PLAYS) for module in MODULES) == len(PLAYED)
