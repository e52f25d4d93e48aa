"""What the desk says when something is wrong, as its code and its catalogs have it: for the list in the handbook.

Comes in: the sources of `desk/`. Goes out: each message, with `...` where something is filled in. Words that are made
elsewhere must be told in `ELSEWHERE`, so that none gets lost.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import TypeVar

from desk.online import fetch, purging
from desk.page.problem import told
from desk.store.faults import FAULTS
from desk.strings import Strings
from tests.site import ROOT
from tests.test_cases_words import REFUSALS

HOLE = "..."
DESK = ROOT / "desk"
# What they are made with is in a closed list.
BY_LIST = ("Refusal", "LetterRefusal", "Refused", "Damaged")
# What is passed where a message should be, by the file: why its words stand in the list all the same.
ELSEWHERE = {
    ("online/canary_round.py", "error.message"): "an error told again",
    ("online/trust.py", "answer['error']"): "an error of desk/wire/verifier.py told again",
    ("page/stick.py", "screen.t('page.stick.missing')"): "of a catalog",
    ("verbs/parser.py", "_unsaid(message)"): "one is below, the others are argparse's",
}
ALSO = (
    "there are arguments too many",
    "the screen broke at ...",
    *(fetch.WRONG_SIZE, fetch.WRONG_NAME, fetch.UNREADABLE, purging.KEPT),
)
# Who writes on the second stream: errors, and texts that stand above or in a catalog. Whoever else tells of a fault
# tells it by an error, so that its words are found.
TELLERS = {
    *("cli.py", "loopback/server.py", "verbs/intake.py", "verbs/opening.py", "verbs/parser.py"),
    *("verbs/retention.py", "verbs/sealed.py", "verbs/words.py"),
}
# What is put together from two texts, as it is read.
SPELLED = {"no canary was sent: send one", "the newest canary was sent on ...: send one"}
# Texts of the catalogs that tell of a fault without an error: how their ids begin.
BEGINNINGS = (
    "board.limited",
    "board.put_off",
    "board.waiting",
    "decree.",
    "intake.check.",
    "intake.part.",
    "intake.renamed",
    "intake.reused_id",
    "kind.unsound",
    "mark.unknown_code",
    "outbox.refused",
    "page.answer.hole",
    "page.answer.over",
    "page.asleep",
    "page.case.unknown",
    "page.day.why",
    "page.error",
    "page.loud.doubt",
    "page.missing.why",
    "page.mixed",
    "page.resumed",
    "page.retention.unsure",
    "page.sent",
    "page.stick.missing",
    "page.stick.refused",
    "page.too_soon",
    "page.unknown_kind",
    "page.unlock.waiting",
    "store.damaged",
    "store.finding.",
)
Names = dict[str, set[str]]
_Node = TypeVar("_Node", bound=ast.AST)


def words_of(node: ast.AST, names: Names) -> set[str]:
    """Every text that an expression can be; none when it is not made in sight."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.JoinedStr):
        said = "".join(_part(one) for one in node.values)
        return {re.sub(r"(?:\.\.\.){2,}", HOLE, said)}
    if isinstance(node, ast.IfExp):
        return words_of(node.body, names) | words_of(node.orelse, names)
    if isinstance(node, ast.BoolOp):
        return {one for value in node.values for one in words_of(value, names)}
    if isinstance(node, ast.Name):
        return names.get(node.id, set())
    return set()


def _part(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else HOLE


def names_in(body: ast.AST) -> Names:
    """The texts that names are given in a module or a function."""
    found: Names = {}
    for node in ast.walk(body):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for one in targets:
                if isinstance(one, ast.Name):
                    found.setdefault(one.id, set()).update(words_of(node.value, found))
    return found


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of the desk by its path there."""
    return {
        path.relative_to(DESK).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(DESK.rglob("*.py"))
    }


def called(node: ast.expr) -> str:
    return str(getattr(node, "id", getattr(node, "attr", "")))


@cache
def errors() -> frozenset[str]:
    """`DeskError` and all that are made of it."""
    made = {one.name: set(map(called, one.bases)) for _, one in of_kind(ast.ClassDef)}
    found, before = {"DeskError", "ArgumentTypeError"}, set[str]()
    while found != before:
        before = set(found)
        found |= {name for name, bases in made.items() if found & bases}
    return frozenset(found)


def of_kind(kind: type[_Node]) -> Iterator[tuple[str, _Node]]:
    """Every node of a kind with the file in which it stands."""
    for path, tree in trees().items():
        yield from ((path, one) for one in ast.walk(tree) if isinstance(one, kind))


def _raised(tree: ast.Module) -> Iterator[tuple[ast.Call, Names]]:
    """Each call that makes an error with a message, with the names around it."""
    if not (calls := set(_calls(tree))):
        return
    outer = names_in(tree)
    for place in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)):
        if inside := _calls(place):
            names = outer | names_in(place)
            yield from ((one, names) for one in inside)
            calls -= set(inside)
    yield from ((one, outer) for one in calls)


def _calls(place: ast.AST) -> list[ast.Call]:
    calls = (one for one in ast.walk(place) if isinstance(one, ast.Call))
    return [one for one in calls if called(one.func) in errors()]


@cache
def _own() -> dict[str, set[str]]:
    """What a kind of error says of itself, by its name: `super().__init__(message, hint)` in its class."""
    found: dict[str, set[str]] = {}
    for _, place in of_kind(ast.ClassDef):
        if place.name in errors() - {"DeskError"}:
            for node in ast.walk(place):
                if isinstance(node, ast.Call) and called(node.func) == "__init__":
                    found[place.name] = words_of(node.args[0], {})
    return {name: words for name, words in found.items() if words and name not in BY_LIST}


@cache
def of_errors() -> dict[str, str]:
    """Every message of an error by its words, with the file; those of `BY_LIST` are not among them."""
    found = dict.fromkeys((*ALSO, *set().union(*_own().values())), "")
    for path, tree in trees().items():
        for node, names in _raised(tree):
            if called(node.func) not in {*BY_LIST, *_own()}:
                found |= dict.fromkeys(_said(path, node.args[0], names), path)
    return {words: path for words, path in found.items() if re.search("[a-z]", words)}


def _said(path: str, node: ast.expr, names: Names) -> set[str]:
    """The words of one message; a failure that says where, if they are not to be seen."""
    found = words_of(node, names)
    assert found or (path, ast.unparse(node)) in ELSEWHERE, f"{path}: {ast.unparse(node)}"
    return found


@cache
def of_lists() -> set[str]:
    """What an error of a closed list prints on the command line, for each of the list."""
    values = next(
        node.value
        for node in ast.walk(trees()["errors.py"])
        if isinstance(node, ast.Assign) and called(node.targets[0]) == "Check"
    )
    checks = {one.value for one in ast.walk(values) if isinstance(one, ast.Constant)}
    return {f"refused by the check {one}" for one in checks} | {
        f"the case store is damaged: {one}" for one in FAULTS
    }


@cache
def of_checks() -> set[str]:
    """What `desk canary watch` and `desk verify` say of a check that is wrong or was not made, and of a difference."""
    found = set[str]()
    for path, tree in trees().items():
        if path.startswith("online/"):
            for place in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)):
                names = names_in(place)
                for node in (one for one in ast.walk(place) if isinstance(one, ast.Call)):
                    if len(node.args) == 3 and _is_wrong(node):
                        found |= words_of(node.args[2], names)
    return {words for words in found if re.search("[a-z]", words)} - {"...: send one"} | SPELLED


def _is_wrong(node: ast.Call) -> bool:
    name, second = called(node.func), ast.unparse(node.args[1])
    told = {"Line": ("'wrong'", "'unseen'"), "say": ("False",)}
    return name == "Difference" or second in told.get(name, ())


def of_catalogs(language: str) -> dict[str, str]:
    """Texts of the screen that tell of a fault, by their ids: refusals with what to do, as the screen prints them.

    A text for a count of one has the words of the other, and is not among them.
    """
    strings = Strings(language)
    found = {
        name: re.sub(r"\{\w+\}", HOLE, text)
        for name, text in strings.texts.items()
        if name.startswith(BEGINNINGS) and not name.endswith("_one")
    }
    return found | {one.words: told(strings, one) for one in REFUSALS}


def every(language: str) -> set[str]:
    """All that must stand in the list of one language."""
    return {*of_errors(), *of_lists(), *of_checks(), *of_catalogs(language).values()}
