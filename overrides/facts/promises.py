"""What the site promises, as data (step 1): docs/data/promises.yml in, frozen records out; those records and the
tests of the house in, a refusal of each that nothing holds out.

A file of tests is read and never run. That its tests are green is for `make test` and `make promises` to say.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # of what YAML gives, nothing is checked yet

from overrides.facts import once, records
from overrides.facts.records import Record, Words
from overrides.words import yaml_file
from overrides.words.errors import SiteError

# A file below the folder of tests, a function of it, and perhaps one set of its parameters.
_TEST = re.compile(r"tests/((?:\w+/)*test_\w+\.py)::(test_\w+)(?:\[[^\]]+\])?", re.A)
_LEFT_OUT = {"skip", "skipif", "xfail"}  # marks of a test that may hold nothing
_IGNORED = "collect_ignore"  # in a conftest.py: the files that pytest leaves out


@dataclass(frozen=True)
class Promise:
    """One sentence of the privacy page; each of `tests` is the id by which pytest knows it."""

    id: str
    says: Words
    tests: tuple[str, ...]


def load(path: Path) -> tuple[Promise, ...]:
    """Every promise, in the order of the file, which is that of the page."""
    return _promises(path)


@once.checked
def _promises(raw: Any, name: str) -> tuple[Promise, ...]:
    return records.each(records.by_id(raw, name, "promises"), _promise)


def _promise(record: Record) -> Promise:
    promise = Promise(record.text("id"), record.words("says"), record.texts("tests"))
    record.done()
    hint = "name one as tests/test_house.py::test_it_holds, or take the promise off the page"
    if not promise.tests:
        raise record.wrong("names no test", hint)
    for test in promise.tests:
        if not _TEST.fullmatch(test):
            raise record.wrong(f"names what is no test: {test}", hint)
    return promise


def unheld(promises: tuple[Promise, ...], folder: Path) -> Iterator[SiteError]:
    """A refusal for each test that is not in the folder of tests, or that `make test` leaves out."""
    for promise in promises:
        for test in promise.tests:
            if why := lost(test, folder):
                hint = "correct the name, write the test, or take the promise off the page"
                yield SiteError(f"promises.yml: {promise.id} names {test}, {why}", hint)


def lost(test: str, folder: Path) -> str:
    """Why a test holds nothing, as the end of a sentence; empty where it is there and runs."""
    found = _TEST.fullmatch(test)
    path = folder / found[1] if found else folder
    if not found or not path.is_file():
        return "and there is no such file"
    module = ast.parse(yaml_file.text(path))
    functions = [one for one in module.body if isinstance(one, ast.FunctionDef)]
    named = [one for one in functions if one.name == found[2]]
    if not named:
        return "and there is no such test"
    marks = [*named[-1].decorator_list, *_assigned(module, "pytestmark")]
    if _names(marks) & _LEFT_OUT or path.name in _ignored(path.parent, folder):
        return "which `make test` may leave out"
    return ""


def _ignored(below: Path, folder: Path) -> set[str]:
    """Names of the files that a conftest.py leaves out, from a folder up to that of all tests."""
    found = set[str]()
    for at in (below, *below.parents):
        if (conftest := at / "conftest.py").is_file():
            values = _assigned(ast.parse(yaml_file.text(conftest)), _IGNORED)
            nodes = (node for value in values for node in ast.walk(value))
            found |= {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
        if at == folder:
            break
    return found


def _assigned(module: ast.Module, name: str) -> list[ast.expr]:
    """What a module gives a name of its own."""
    given = [one for one in module.body if isinstance(one, ast.Assign)]
    return [one.value for one in given if name in _names(one.targets)]


def _names(nodes: list[ast.expr]) -> set[str]:
    """Every name and attribute in these."""
    found = [inner for node in nodes for inner in ast.walk(node)]
    plain = {inner.id for inner in found if isinstance(inner, ast.Name)}
    return plain | {inner.attr for inner in found if isinstance(inner, ast.Attribute)}
