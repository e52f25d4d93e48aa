"""The plan of the house: what each room is for, which floor it stands on, and what may come into it.

The order of the table in the README is the order of the floors: a room imports rooms above it in the
table and no other.
"""

import ast
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOUSES = ("functions", "desk", "overrides")
DOOR = {"desk/__main__.py", "desk/cli.py"}  # stand at the top of desk/ and above all its rooms
ROW = re.compile(r"^\| `((?:desk|overrides|functions)/[\w./]*)` \| (.+) \|$", re.M)
CLOUD = (
    "bucket",
    "deploy",
    "stack",
)  # on the machine of who deploys; the function itself has no boto3
# Libraries that only these may import, by the first part of their path.
ONLY = {
    "mkdocs": ("overrides/hooks/",),
    "boto3": ("desk/online/bucket.py", *(f"functions/cloud/{one}.py" for one in CLOUD)),
    "botocore": (
        "desk/online/bucket.py",
        "functions/probe_server.py",
        "functions/store_s3.py",
        *(f"functions/cloud/{one}.py" for one in CLOUD),
    ),
    "nacl": ("desk/",),
    "cryptography": ("desk/wire/seal.py",),
}


@dataclass(frozen=True)
class Import:
    """One import: the line on which it stands, and the module of ours or of others."""

    path: str
    line: int
    module: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} imports {self.module}"


def modules(root: Path, *houses: str) -> dict[str, str]:
    """Path by name of each module."""
    found = {}
    for house in houses:
        for path in sorted((root / house).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = path.relative_to(root).as_posix()
    return found


@cache
def lines_that_import(text: str) -> list[ast.Import | ast.ImportFrom]:
    """The imports of one module, read once: a house with one fault planted is read a dozen times."""
    return [
        one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Import | ast.ImportFrom)
    ]


def imports(root: Path, path: str, known: dict[str, str]) -> Iterator[Import]:
    """Everything a module imports, at the top or inside a function, also for types alone."""
    for node in lines_that_import((root / path).read_text("utf-8")):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name)
        else:
            assert node.level == 0, f"{path}:{node.lineno}: write the whole name"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield Import(path, node.lineno, inner if inner in known else str(node.module))


def circles(edges: dict[str, set[str]]) -> list[set[str]]:
    """Groups that lead back to themselves, by reaching out from each module."""

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        waiting = list(edges[start])
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += edges.get(name, ())
        return found

    far = {name: reached(name) for name in edges}
    groups = {frozenset(n for n in far[name] if name in far[n]) for name in edges}
    return [set(group) for group in groups if group]


def plan(root: Path) -> dict[str, str]:
    """Sentence by room, in the order of the README's table."""
    return dict(ROW.findall((root / "README.md").read_text("utf-8")))


def room_of(path: str, rooms: dict[str, str]) -> str:
    """The room of the table in which a module stands."""
    if path in DOOR:
        return "desk/cli.py"
    return next(
        (room for room in sorted(rooms, key=len, reverse=True) if path.startswith(room)), ""
    )


def faults(root: Path) -> list[str]:
    """Every line of the house that breaks the plan."""
    known, rooms = modules(root, *HOUSES), plan(root)
    floors = list(rooms)
    found, edges = [], {}
    for name, path in known.items():
        mine = list(imports(root, path, known))
        edges[name] = {one.module for one in mine if one.module in known} - {name}
        found += [said for one in mine for said in _wrong(one, known, rooms, floors)]
    for circle in circles(edges):
        lines = [
            str(one)
            for name in sorted(circle)
            for one in imports(root, known[name], known)
            if one.module in circle
        ]
        found.append("a circle: " + "; ".join(lines))
    return found


def _wrong(
    one: Import, known: dict[str, str], rooms: dict[str, str], floors: list[str]
) -> Iterator[str]:
    here, first = room_of(one.path, rooms), one.module.split(".")[0]
    if first == "tests" or (first in HOUSES and one.module not in known):
        yield f"{one}: there is nothing for a room there"
    if one.module in known:
        there = room_of(known[one.module], rooms)
        if there and here and floors.index(there) > floors.index(here):
            yield f"{one}: {there} stands on a higher floor than {here}"
        if first != one.path.split("/")[0]:
            yield f"{one}: of another house"
    if first in ONLY and not one.path.startswith(ONLY[first]):
        yield f"{one}: only {', '.join(ONLY[first])} may"


def test_no_circle_and_no_import_from_a_lower_floor() -> None:
    """Each import leads to a room further up in the README's table; libraries stand where they may."""
    assert faults(ROOT) == []


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house in which a fault can be planted, and is taken out again."""
    tmp_path = tmp_path_factory.mktemp("house")
    for house in HOUSES:
        shutil.copytree(
            ROOT / house, tmp_path / house, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "README.md", tmp_path)
    assert faults(tmp_path) == []
    return tmp_path


@pytest.mark.parametrize(
    ("path", "line", "said"),
    [
        ("desk/keys/ceremony.py", "import boto3", "only desk/online/bucket.py"),
        ("desk/online/fetch.py", "from desk.keys import secret_keys", "stands on a higher floor"),
        ("desk/online/bucket.py", "from desk.cases.book import Casebook", "higher floor"),
        ("desk/wire/canon.py", "from desk.wire import schema", "a circle: "),
        ("desk/store/event.py", "from desk.store import vault", "a circle: "),
        ("desk/errors.py", "from desk import cli", "stands on a higher floor"),
        ("desk/cases/case.py", "from desk.page import facts", "stands on a higher floor"),
        ("overrides/facts/data.py", "from overrides.press import build", "higher floor"),
        ("overrides/press/build.py", "import mkdocs", "only overrides/hooks/ may"),
        ("overrides/press/pin.py", "import nacl.signing", "only desk/ may"),
        ("functions/drop.py", "from desk.wire import envelope", "of another house"),
        ("functions/drop.py", "from tests import samples", "nothing for a room there"),
    ],
)
def test_a_planted_import_is_seen_with_its_line(
    copy: Path, path: str, line: str, said: str
) -> None:
    """The test above is no test that cannot fail: each kind of fault is told by file and line."""
    text = (copy / path).read_text("utf-8")
    (copy / path).write_text(f"{text}\n\ndef planted():\n    {line}\n", "utf-8")
    found = faults(copy)
    (copy / path).write_text(text, "utf-8")
    where = f"{path}:{text.count(chr(10)) + 4} imports"
    assert [one for one in found if said in one and where in one], found


def test_the_tests_import_each_other_in_no_circle() -> None:
    """The tests are a house of their own."""
    known = modules(ROOT, "tests")
    edges = {
        name: {one.module for one in imports(ROOT, path, known) if one.module in known} - {name}
        for name, path in known.items()
    }
    assert circles(edges) == []


def test_the_modules_of_the_browser_import_each_other_in_no_circle() -> None:
    """What a page loads goes from page scripts down to the bytes."""
    folder = ROOT / "overrides" / "assets"
    edges = {
        path.name: set(re.findall(r"""from ["']\./([\w.]+)["']""", path.read_text("utf-8")))
        for path in folder.glob("*.mjs")
    }
    assert sum(map(len, edges.values())) > 20
    assert circles(edges) == []


# What runs where somebody reads: the exit, and the fields of search and municipalities.
READING = {
    "leave": {"leave"},
    "search": {"search", "leave", "lookup", "ranking", "fold"},
    "places": {"places", "leave", "lookup", "named", "fold"},
}


def brought(name: str) -> set[str]:
    """Names of the browser's modules that a page gets with this one."""
    found: set[str] = set()
    left = {name}
    while left:
        found.add(one := left.pop())
        text = (ROOT / "overrides" / "assets" / f"{one}.mjs").read_text("utf-8")
        left |= {*re.findall(r"""["']\./([\w.]+)\.mjs["']""", text)} - found
    return found


@pytest.mark.parametrize("name", READING)
def test_nothing_but_the_exit_and_the_two_fields_comes_to_a_page_for_reading(name: str) -> None:
    """Whatever else is brought along would run there too."""
    assert brought(name) == READING[name]


def sentence(folder: str) -> str:
    text = (ROOT / folder / "__init__.py").read_text("utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").splitlines()[0].removesuffix(".")


def test_each_room_says_in_the_readme_what_it_says_itself() -> None:
    """Every folder with modules is a row, with the first sentence of its `__init__.py`."""
    folders = {
        f"{Path(path).parent.as_posix()}/"
        for name, path in modules(ROOT, *HOUSES).items()
        if path.count("/") <= 2
    }
    told = {room: said for room, said in plan(ROOT).items() if room not in DOOR}
    assert told.keys() == folders
    assert told == {folder: sentence(folder) for folder in folders}


@pytest.mark.parametrize("room", sorted(plan(ROOT).keys() - DOOR))
def test_no_room_is_crowded(room: str) -> None:
    """Rooms of cases stay small; the screen and the verbs have one module for each page or group."""
    paths = list((ROOT / room).glob("*.py"))
    lines = sum(len(path.read_text("utf-8").splitlines()) for path in paths)
    is_of_cases = room in {"desk/cases/", "desk/intake/", "desk/outgoing/", "desk/work/"}
    assert len(paths) <= (15 if is_of_cases else 25)
    assert lines <= (2_150 if is_of_cases else 2_600)
