"""Every hint of the desk has a test that makes its cause and does what it advises, or says why none can."""

import ast
from collections.abc import Iterator

from desk.cases.refusals import REFUSALS
from desk.letters.refusals import REASONS
from tests import test_hints_cases, test_hints_keys, test_hints_more, test_hints_stores, test_hints_weekly
from tests.test_hints import ROOT, texts

MODULES = (test_hints_weekly, test_hints_keys, test_hints_stores, test_hints_cases, test_hints_more)
PLAYED = {hint: steps for module in MODULES for hint, steps in module.PLAYS.items()}
REASONS_WHY = ()
NOT_DONE: dict[str, str] = {}
ERRORS = ("DeskError", "WrongWord", "__init__")


def leaves(node: ast.AST | None) -> Iterator[str]:
    """Each text that an expression can be."""
    if isinstance(node, ast.IfExp):
        yield from leaves(node.body)
        yield from leaves(node.orelse)
    elif isinstance(node, ast.Dict | ast.Subscript):
        for one in node.values if isinstance(node, ast.Dict) else (node.value,):
            yield from leaves(one)
    elif node is not None and (text := texts(node)):
        yield text


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
    found |= {do: "cases/refusals.py" for _, do in REFUSALS.values()}
    return found | {do: "letters/refusals.py" for _, do in REASONS.values()}
