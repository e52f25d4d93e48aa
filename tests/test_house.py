"""The house reads itself: the arrows between its rooms, what may never be there, and that its documents are true."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk.wire import purgelist
from desk.wire.board import build
from desk.wire.purgelist import PurgeList
from tests import practice, trusted
from tests.board_samples import BOARD_SEED, heading
from tests.site import released
from tests.stores import Deployment, exchange, make_object, post, serve

ROOT = Path(__file__).resolve().parents[1]
NETWORK = {"boto3", "botocore", "urllib3", "requests", "httpx"}
KEYS = {"nacl", "cryptography"}
SILENCER = ROOT / "functions" / "cloud" / "handler.py"  # imports logging, to switch it off


def modules(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    """First names of everything a module imports, at the top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("path", modules("functions", "desk", "overrides"), ids=str)
def test_network_and_key_never_meet_in_a_module(path: Path) -> None:
    """No module imports the network's libraries together with those of the keys."""
    found = imports(path)
    assert not (found & NETWORK and found & KEYS)


@pytest.mark.parametrize(
    ("room", "never"),
    [
        ("functions", {"desk", "overrides", "nacl", "cryptography", "mkdocs", "logging"}),
        ("desk", {"functions", "overrides", "mkdocs"}),
        ("overrides", {"functions", "desk", "boto3", "nacl", "cryptography"}),
    ],
)
def test_rooms_keep_apart(room: str, never: set[str]) -> None:
    """Function, desk and site import nothing of each other, and nobody imports tests."""
    for path in modules(room):
        may = {"logging"} if path == SILENCER else set()
        assert not imports(path) & (never | {"tests"}) - may, path


def test_the_function_knows_logging_only_to_switch_it_off() -> None:
    """Of the one module that imports it, all that is asked of it."""
    tree = ast.parse(SILENCER.read_text("utf-8"))
    asked = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "logging"
    ]
    assert sorted(asked) == ["CRITICAL", "disable"]


@pytest.mark.parametrize("path", modules("functions"), ids=str)
def test_function_has_no_log_call_and_no_print(path: Path) -> None:
    """Nothing in functions/ writes a line about anybody, or asks who it is."""
    forbidden = {"print", "log", "debug", "info", "warning", "error", "exception", "critical"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            assert name not in forbidden, f"{path}:{node.lineno} calls {name}"
        if isinstance(node, ast.Attribute):
            owner = getattr(node.value, "id", "")
            assert (owner, node.attr) not in {("request", "client"), ("sys", "stdout")}, path
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert node.value.lower() not in {"user-agent", "x-forwarded-for", "client", "cookie"}


# In every Python process, children too: what it had loaded, and the names of its environment, at its end.
WITNESS = """
import atexit, os, sys
def tell():
    names = sorted({name.split('.')[0] for name in sys.modules})
    with open(os.path.join(os.path.dirname(__file__), f'{os.getpid()}.seen'), 'w') as file:
        print(*names, file=file)
        print(*os.environ, file=file)
atexit.register(tell)
"""


@dataclass(frozen=True)
class Process:
    """What one process had loaded, and the names of its environment."""

    loaded: set[str]
    environment: set[str]


def processes_of(folder: Path, *arguments: object, status: int = 0) -> list[Process]:
    """All processes of a desk command, the one with the network first."""
    seen = folder / "seen"
    shutil.rmtree(seen, ignore_errors=True)
    seen.mkdir()
    (seen / "sitecustomize.py").write_text(WITNESS, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "desk", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(seen)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == status, done.stderr
    lines = [path.read_text("utf-8").splitlines() for path in seen.glob("*.seen")]
    found = [Process(set(one.split()), set(two.split())) for one, two in lines]
    return sorted(found, key=lambda process: "boto3" not in process.loaded)


@pytest.fixture
def bucket(s3_endpoint: str, s3_bucket: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a bucket of a real server."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3_endpoint)
    return f"s3://{s3_bucket}"


def test_network_and_key_never_meet_in_a_process(tmp_path: Path, bucket: str) -> None:
    """After `desk fetch` from S3 no key library is loaded; after `desk open` no network library is."""
    secret = practice.make_key(tmp_path / "k", "intake")
    (tmp_path / "stick").mkdir()
    (fetched,) = processes_of(tmp_path, "fetch", bucket, tmp_path / "stick")
    assert "boto3" in fetched.loaded
    assert not fetched.loaded & KEYS
    empty = tmp_path / "stick"
    (opened,) = processes_of(tmp_path, "open", empty, "--key", secret, status=1)
    assert "cryptography" in opened.loaded
    assert not opened.loaded & NETWORK


def test_a_function_at_work_loads_no_library_of_keys(
    deployment: Deployment, tmp_path: Path
) -> None:
    """A complaint went through the whole app, and nothing that could open one lies in its memory."""
    store, written = f"files:{tmp_path / 'drop'}", tmp_path / "written"
    with serve(deployment, store, written) as server:
        assert exchange(server.port, post(make_object())).status == 204
        mapped = Path(f"/proc/{server.process.pid}/maps").read_text("utf-8")
    assert ".so" in mapped
    assert not [name for name in KEYS if f"/{name}/" in mapped]


def what_is_sent(folder: Path, verb: str) -> Path:
    """A board or a purge list of the test keys, on a stick."""
    path = folder / verb
    if verb == "publish":
        made = build.build([], [], heading=heading(), board_seed=BOARD_SEED, rng=os.urandom)
        path.write_bytes(made.octets)
    else:
        names = PurgeList("5a" * 16, "2026-11-27", ("ab" * 32,), ())
        path.write_text(purgelist.build(names, board_seed=BOARD_SEED), "ascii")
    return path


@pytest.mark.parametrize("verb", ["publish", "purge"])
def test_what_verifies_and_what_sends_are_two_processes(
    tmp_path: Path, bucket: str, verb: str
) -> None:
    """One has the network and no key library; the other a key library, no network and no credentials."""
    given = ("--trust", trusted.folder(tmp_path), "--today", "2026-11-27")
    sends, verifies = processes_of(tmp_path, verb, what_is_sent(tmp_path, verb), bucket, *given)
    assert "boto3" in sends.loaded
    assert not sends.loaded & KEYS
    assert "nacl" in verifies.loaded
    assert not verifies.loaded & NETWORK
    assert any(name.startswith("AWS_") for name in sends.environment)
    assert not any(name.startswith("AWS_") for name in verifies.environment)


def test_what_verifies_is_behind_the_wall() -> None:
    """It refuses sockets and programs as every offline verb does, before it reads a byte."""
    script = (
        "import io, socket, sys; from desk.wire import verifier\n"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(b'{}'))\n"
        "try: verifier.main()\n"
        "except KeyError: pass\n"
        "socket.socket()"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert "works offline and may not use the network" in done.stderr


def test_secret_readable_by_others_is_refused(tmp_path: Path) -> None:
    """A secret key file that others can read is not used, with a word on what to do."""
    secret = practice.make_key(tmp_path / "k", "intake")
    secret.chmod(0o640)
    refused = practice.desk("open", tmp_path, "--key", secret)
    assert refused.returncode == 1
    assert "hint:" in refused.stderr


def test_no_secret_lies_in_keys() -> None:
    """Nothing in keys/ is or looks like a secret key file, and the desk refuses to put one there."""
    for path in (ROOT / "keys").rglob("*"):
        if path.is_file() and path.suffix != ".pyc":  # what Python keeps of verify.py
            assert path.suffix in {".md", ".pub", ".json"} or path.name == "verify.py", path
            assert not re.search(r"^(unlocked|locked|argon2id) ", path.read_text("utf-8"), re.M), (
                path
            )
    refused = practice.desk("key", "new", "intake", "--practice", "--out", ROOT / "keys")
    assert refused.returncode == 1
    assert not list((ROOT / "keys").glob("*.key"))


def test_test_keys_are_never_listed() -> None:
    """No public key of the test vectors stands in keys/ or the settings."""
    vectors = json.loads((ROOT / "tests/vectors/keylist.json").read_text("ascii"))
    signed = [*vectors["pick_lists"].values()]
    signed += [one["text"] for one in vectors["cases"] if one["expect"] == "ok"]
    listed = [key for text in signed for key in json.loads(json.loads(text)["signed"])["keys"]]
    paths = [path for path in (ROOT / "keys").rglob("*") if path.is_file()]
    texts = [path.read_text("utf-8") for path in paths if path.suffix != ".pyc"]
    texts += [p.read_text("utf-8") for p in ROOT.glob("settings*.yml")]
    for entry in listed:
        assert not any(entry["id"] in text or entry["public"] in text for text in texts)


def test_release_refuses_a_practice_key(tmp_path: Path) -> None:
    """A production build with a practice key list stops, and says why."""
    keys = tmp_path / "k"
    for use in ("intake", "board", "site"):
        practice.make_key(keys, use)
    practice.publish(keys)
    settings = tmp_path / "settings.yml"
    settings.write_text(released(), "utf-8")
    command = [sys.executable, "-m", "overrides.press", "--release", "--settings", settings]
    command += ["--keys", keys / "keys.json", "--out", tmp_path / "site"]
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "keys.json: a practice key is refused" in done.stderr
    assert not (tmp_path / "site").exists()


DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "THREATS.md",
    "WIRE.md",
    "STORE.md",
    "CHANGELOG.md",
    "keys/README.md",
    "keys/README.nl.md",
    "functions/cloud/README.md",
]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_named_in_a_document_exists(name: str) -> None:
    """A path in a document leads somewhere."""
    text = (ROOT / name).read_text("utf-8")
    named = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    named += re.findall(
        r"`((?:overrides|functions|desk|tests|docs|keys|requirements)/[\w./-]*)`", text
    )
    for path in named:
        is_made_later = path == "keys/keys.json"  # by the ceremony, in a desk's own copy
        assert is_made_later or ((ROOT / name).parent / path).exists() or (ROOT / path).exists(), (
            path
        )


def test_every_make_target_named_in_the_readme_exists() -> None:
    """`make X` in the README is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert (
        set(re.findall(r"make ([a-z-]+)\b", (ROOT / "README.md").read_text("utf-8"))) - {"make"}
        <= targets
    )


def test_readme_follows_one_complaint_in_nine_lines_and_is_short() -> None:
    """Nine numbered lines, each with a link; a page and a half in all."""
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    steps = [line for line in lines if re.match(r"\d\. ", line)]
    assert len(steps) == 9
    assert all("](" in line for line in steps)
    assert len(lines) <= 120


def rows_of(heading: str) -> list[list[str]]:
    """The rows of the table under a heading of THREATS.md, without its head."""
    text = (ROOT / "THREATS.md").read_text("utf-8").partition(f"\n## {heading}\n")[2]
    lines = text.partition("\n## ")[0].splitlines()
    return [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")][1:]


def test_everything_that_crosses_names_who_signs_who_verifies_and_its_test() -> None:
    """No cell of the table is empty, and each test in it is there."""
    rows = rows_of("What crosses a stick or a network")
    assert len(rows) >= 15
    for row in rows:
        assert len(row) == 5, row
        assert all(cell.strip() for cell in row), row
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row[-1])
        assert named, row
        for file, function in named:
            assert f"def {function}(" in (ROOT / file).read_text("utf-8"), function


def test_no_registry_and_no_path_of_a_machine_in_any_file() -> None:
    """Lock files name no addresses, and no file names a folder of the machine it was made on."""
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for folder in (ROOT, ROOT / "tests" / "old"):
        assert '"resolved"' not in (folder / "package-lock.json").read_text("utf-8")
    pattern = re.compile(
        r"(^|[^\w.])/(wor" + r"k|roo" + r"t|far" + r"m)/|--(extra-)?index-url", re.M
    )
    for name in tracked.stdout.split():
        path = ROOT / name
        if path.is_file() and path.suffix not in {".png"}:
            assert not pattern.search(path.read_text("utf-8")), name
