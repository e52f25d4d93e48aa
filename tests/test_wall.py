"""The wall between keys and network, as it stands in the imports; `test_house` holds it in processes.

What nobody knows to be quiet does not come into a room of keys: a list of all that reaches a network
would never be whole. It stands against mistakes and hurried changes, and not against an author who hides.
"""

import ast
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import all_suffixes
from pathlib import Path

import pytest

from tests.test_rooms import HOUSES, ROOT, Import, imports, modules

ONLINE = "desk/online/"
DOORS = ("desk/verbs/", ONLINE)  # what may import the online half: a verb, once it is typed
# What the rest of the desk imports of others, looked at one by one: none of it goes out.
_LOOKED_AT = """
    argparse array base64 binascii bisect calendar collections collections.abc contextlib
    cryptography.exceptions cryptography.hazmat.primitives
    cryptography.hazmat.primitives.asymmetric.mlkem
    cryptography.hazmat.primitives.asymmetric.x25519 csv dataclasses datetime diceware difflib
    errno fcntl functools gc getpass hashlib hmac holidays http.HTTPStatus importlib.resources
    html.parser itertools jinja2 jinja2.sandbox json markdown markdown.extensions.fenced_code
    markdown.extensions.tables nacl nacl.bindings nacl.exceptions nacl.secret
    nacl.signing nacl.utils operator os pathlib polib posixpath re secrets shamir_mnemonic
    shamir_mnemonic.constants shamir_mnemonic.shamir shutil signal stat string struct sys
    tempfile textwrap threading time tomllib traceback types typing unicodedata urllib.parse
    xml.sax.saxutils yaml zlib zoneinfo
"""
QUIET = frozenset(_LOOKED_AT.split())
# What a single module may have beside, and for what.
BESIDE = {
    "desk/store/aead.py": {"nacl._sodium"},  # opens a box without PyNaCl's own wrapping
    "desk/offline.py": {"socket", "ctypes", "resource"},  # shuts the network
    "desk/loopback/server.py": {"http.server", "socketserver"},  # listens, for this machine only
    "desk/verbs/handbook.py": {"webbrowser"},  # opens a file, in a process without a key
    "desk/online/trust.py": {"subprocess"},  # asks a process without the network about a signature
}
KEYS = {"nacl", "cryptography"}
NETWORK = {"boto3", "botocore"}
# They seal a complaint of their own, send it and verify a board: no desk's key, no boto3.
CANARY = {"desk/online/canary_round.py", "desk/online/watching.py"}
STARTING = {"subprocess", "multiprocessing", "ctypes", "pty", "runpy", "importlib", "pkgutil"}
# Ways to import or to start a program that no reader of imports sees.
HIDDEN = re.compile(
    r"__import__|__builtins__|__loader__|__spec__|exec|eval|sys\.modules"
    r"|os\.(system|popen|fork|exec|spawn|posix_spawn)\w*|(urllib|http|importlib)\.\w+|logging\.handlers"
)


def named(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the whole of each name that stands or is imported, whatever it is called there."""
    known_as = {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.asname
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.lineno, f"{known_as.get(node.value.id, node.value.id)}.{node.attr}"


def hidden(root: Path, path: str) -> Iterator[str]:
    """Every line of a module that could bring in what its imports do not tell."""
    allowed = QUIET | BESIDE.get(path, set()) | {"importlib.resources.files"}
    for line, name in named(ast.parse((root / path).read_text("utf-8"))):
        if HIDDEN.fullmatch(name) and name not in allowed:
            yield f"{path}:{line} names {name}: write an import that can be read"


def _is_quiet(one: Import, tree: ast.Module) -> bool:
    """Whether an import of others is known; of a package whose parts are not, each name is asked for."""
    allowed = QUIET | BESIDE.get(one.path, set())
    if one.module in allowed:
        return True
    names = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.lineno, node.module) == (one.line, one.module)
        for alias in node.names
    }
    return bool(names) and names <= allowed


def loud(root: Path, path: str, known: dict[str, str]) -> Iterator[str]:
    """Every import of a module of the desk that could bring network and keys together."""
    tree = ast.parse((root / path).read_text("utf-8"))
    for one in imports(root, path, known):
        first, beside = one.module.split(".")[0], BESIDE.get(path, set())
        if one.module in HOUSES:
            yield f"{one}: name the module that is meant"
        elif one.module in known:
            if known[one.module].startswith(ONLINE) and not path.startswith(DOORS):
                yield f"{one}: only a verb may go online"
        elif path.startswith(ONLINE):
            if first in KEYS | STARTING and one.module not in beside:
                yield f"{one}: what goes online holds no key and starts nothing that does"
        elif not _is_quiet(one, tree):
            yield f"{one}: only {ONLINE} reaches a network, and this is not known to be quiet"


def reached(root: Path, known: dict[str, str], start: set[str]) -> Iterator[Import]:
    """Every import in some modules, and in all of ours that they lead to."""
    seen, waiting = set(start), sorted(start)
    while waiting:
        for one in imports(root, waiting.pop(), known):
            yield one
            if (there := known.get(one.module)) and there not in seen:
                seen.add(there)
                waiting.append(there)


def meeting(root: Path, known: dict[str, str]) -> Iterator[str]:
    """Every import by which the online half reaches a library of keys, over however many of our modules."""
    online = {path for path in known.values() if path.startswith(ONLINE)}
    for start, never in ((online - CANARY, KEYS), (CANARY, NETWORK)):
        for one in reached(root, known, start):
            if one.module.split(".")[0] in never:
                yield f"{one}: the online half leads there"


def unread(root: Path) -> Iterator[str]:
    """Every file that Python would load, and that no reader of imports reads."""
    other = tuple(suffix for suffix in all_suffixes() if suffix != ".py")
    for path in (path for house in HOUSES for path in (root / house).rglob("*")):
        if path.is_symlink() or (path.name.endswith(other) and path.parent.name != "__pycache__"):
            yield f"{path.relative_to(root).as_posix()}: nobody reads its imports"


def test_no_import_passes_the_wall() -> None:
    """No key where the network is, no network where keys are, and none that cannot be read."""
    known = modules(ROOT, *HOUSES)
    lines: list[str] = []
    for path in known.values():
        if not path.startswith(
            "overrides/"
        ):  # the press starts programs, and meets no key of a desk
            lines += hidden(ROOT, path)
        if path.startswith("desk/"):
            lines += loud(ROOT, path, known)
    assert [*lines, *meeting(ROOT, known), *unread(ROOT)] == []


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house in which a fault can be planted, and is taken out again."""
    root = tmp_path_factory.mktemp("house")
    for house in HOUSES:
        shutil.copytree(ROOT / house, root / house, ignore=shutil.ignore_patterns("__pycache__"))
    return root


@contextmanager
def planted(house: Path, path: str, line: str) -> Iterator[None]:
    """A line that stands in a function of a module for a while, new or not."""
    file = house / path
    before = file.read_text("utf-8") if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{before or ''}\n\ndef planted():\n    {line}\n", "utf-8")
    try:
        yield
    finally:
        file.unlink() if before is None else file.write_text(before, "utf-8")


KEYS_ROOM, CASES, FETCH = "desk/keys/ceremony.py", "desk/cases/case.py", "desk/online/fetch.py"
QUIET_ONLY = "not known to be quiet"


@pytest.mark.parametrize(
    ("path", "line", "said"),
    [
        *(
            (KEYS_ROOM, f"import {name}", QUIET_ONLY)
            for name in ("boto3", "imaplib", "http", "_socket")
        ),
        *((CASES, f"import {name}", QUIET_ONLY) for name in ("subprocess", "ctypes", "webbrowser")),
        ("desk/keeping/papers.py", "from socket import socket", QUIET_ONLY),
        ("desk/store/disk.py", "from urllib import request as r", QUIET_ONLY),
        ("desk/store/disk.py", "import urllib.request as u", QUIET_ONLY),
        (CASES, "from http import HTTPStatus, client", QUIET_ONLY),
        (CASES, "from importlib import import_module", QUIET_ONLY),
        (CASES, "import multiprocessing.connection", QUIET_ONLY),
        ("desk/loopback/server.py", "import http.client", QUIET_ONLY),
        ("desk/offline.py", "import urllib3", QUIET_ONLY),
        ("desk/new.py", "import boto3", QUIET_ONLY),
        ("desk/keys/deep/er.py", "import boto3", QUIET_ONLY),
        (KEYS_ROOM, "from desk.online import bucket", "only a verb may go online"),
        ("desk/page/facts.py", "from desk.online.places import BOARD", "only a verb may go online"),
        (FETCH, "import desk", "name the module"),
        (FETCH, "import nacl.secret", "holds no key"),
        (FETCH, "import subprocess", "starts nothing"),
        (FETCH, "import importlib", "starts nothing"),
    ],
)
def test_a_planted_import_is_seen(house: Path, path: str, line: str, said: str) -> None:
    """Each kind of import that would bring network and keys together is told, with its file."""
    with planted(house, path, line):
        (found,) = set(loud(house, path, modules(house, *HOUSES)))  # one for each name
    assert path in found
    assert said in found


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (FETCH, "from desk.wire import seal"),
        ("desk/folder.py", "import nacl.utils"),
        ("desk/wire/canary.py", "import boto3"),
    ],
)
def test_a_planted_way_to_the_keys_is_seen(house: Path, path: str, line: str) -> None:
    """Also over a module that both halves share, and the canary never meets the store of the drop."""
    with planted(house, path, line):
        assert any("leads there" in one for one in meeting(house, modules(house, *HOUSES)))


@pytest.mark.parametrize(
    "line",
    [
        "__import__('boto3')",
        "__builtins__['__import__']('boto3')",
        "exec('import boto3')",
        "import sys; sys.modules['boto3']",
        "import sys as s; s.modules['boto3']",
        "import os; os.system('true')",
        "import os as o; o.popen('true')",
        "from os import posix_spawn as run",
        "from sys import modules",
        "import urllib.parse; urllib.request.urlopen('x')",
        "import importlib.resources; importlib.import_module('boto3')",
    ],
)
@pytest.mark.parametrize("path", [KEYS_ROOM, FETCH])
def test_an_import_in_disguise_is_seen(house: Path, path: str, line: str) -> None:
    """What would come in without an import that can be read is refused as such, on either side."""
    with planted(house, path, line):
        (found,) = hidden(house, path)
    assert f"{path}:" in found


@pytest.mark.parametrize("name", ["desk/keys/fast.so", "desk/keys/fast.pyc"])
def test_a_module_without_source_is_seen(house: Path, name: str) -> None:
    """Python would load it, and nobody would read what it imports."""
    (house / name).touch()
    try:
        assert list(unread(house)) == [f"{name}: nobody reads its imports"]
    finally:
        (house / name).unlink()
