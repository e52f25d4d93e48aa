"""The command line (desk/cli.py), run as a handler runs it: in processes of its own."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desk import version
from desk.keys import secret_keys
from desk.keys.passphrase import _word_list
from desk.wire import keylist
from tests.ceremony import at_a_terminal
from tests.practice import REPO, desk, loaded_by
from tests.samples import CHEAP, OTHER_SEED, SEED, complaint, key_file, put, sealed

# The first terminal that the leader of a session opens becomes its own.
OWN_TERMINAL = (
    "import os, sys; os.open(os.ttyname(0), os.O_RDWR); "
    "from desk.cli import main; sys.exit(main(sys.argv[1:]))"
)


def test_the_walk_of_one_complaint_at_the_desk(tmp_path: Path) -> None:
    """Make a practice key, fetch a folder onto a stick, open it as JSON."""
    made = desk("key", "new", "intake", "--out", tmp_path / "k", "--practice")
    assert made.returncode == 0
    assert made.stdout.startswith("PRACTICE KEY")
    key = next((tmp_path / "k").glob("*.key"))
    put(tmp_path / "store" / "in", sealed(seed=secret_keys.read(key, str).seed))
    (tmp_path / "stick").mkdir()
    fetched = desk("fetch", tmp_path / "store", tmp_path / "stick")
    assert fetched.stdout == "1 found, 1 new, 0 already on the stick, 0 refused\n"
    opened = desk("open", tmp_path / "stick", "--key", key, "--json")
    assert (opened.returncode, opened.stderr) == (0, "")
    assert json.loads(opened.stdout)["complaint"] == complaint()


def test_some_broken_objects_end_in_2(tmp_path: Path) -> None:
    """What is whole is printed, what is not is told apart on standard error."""
    key = key_file(tmp_path, seed=SEED)
    foreign = put(tmp_path / "in", sealed(seed=OTHER_SEED))
    put(tmp_path / "in", sealed(complaint(story="Ĝis العربية")))
    opened = desk("open", tmp_path / "in", "--key", key, env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert opened.returncode == 2
    assert "  | Ĝis العربية\n" in opened.stdout
    assert "\nHaar verhaal:\n" in opened.stdout
    assert opened.stderr.startswith(f"1 niet te openen:\n  {foreign.name[:12]}  key_unknown")
    english = desk("open", tmp_path / "in", "--key", key, "--language", "en")
    assert "\nHer story:\n" in english.stdout
    assert english.stderr.startswith("1 could not be opened:\n")
    (tmp_path / "stick").mkdir()
    (tmp_path / "in" / ("0" * 64)).write_bytes(b"")
    fetched = desk("fetch", tmp_path / "in", tmp_path / "stick")
    assert fetched.returncode == 2
    assert fetched.stderr == f"  {'0' * 64}  it has not the size of a sealed complaint\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["read"],
        ["open"],
        ["open", "absent"],
        ["open", "absent", "--key", "absent"],
        ["open", "README.md", "--key", "absent", "--passphrase-fd", "99"],
        ["fetch", "absent"],
        ["fetch", "absent", "absent"],
        ["key"],
        ["key", "new", "door", "--out", "x"],
        ["key", "new", "site", "--out", "x", "--not-before", "tomorrow"],
        ["key", "new", "site", "--out", "keys", "--practice"],
        ["key", "list", "absent\x1b[2J"],
    ],
)
def test_a_wrong_command_ends_in_1_with_one_plain_message(arguments: list[str]) -> None:
    """No traceback: what is wrong, perhaps a hint, and nothing on standard output."""
    done = desk(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"desk: [^\n]*[^\n.]\n(hint: [^\n]+\n)?", done.stderr)
    assert "\x1b" not in done.stderr


def test_the_network_and_the_key_never_meet(tmp_path: Path) -> None:
    """What opens has no boto3 in it, what fetches no cryptography, and help has neither."""
    key = key_file(tmp_path, seed=SEED)
    put(tmp_path / "in", sealed())
    (tmp_path / "stick").mkdir()
    network, secrets = {"boto3", "botocore"}, {"nacl", "cryptography"}
    opening = loaded_by("open", tmp_path / "in", "--key", key)
    assert secrets <= opening
    assert not network & opening
    assert not secrets & loaded_by("fetch", tmp_path / "in", tmp_path / "stick")
    assert not network & loaded_by("key", "new", "site", "--out", tmp_path / "k", "--practice")


def test_every_verb_but_fetch_closes_its_process(tmp_path: Path) -> None:
    """After a verb that may hold a key, the process cannot make a socket; after fetch it can."""
    key = key_file(tmp_path, seed=SEED)
    put(tmp_path / "in", sealed())
    (tmp_path / "stick").mkdir()
    script = (
        "import socket, sys; from desk.cli import main; status = main(sys.argv[1:]); "
        "socket.socket().close(); sys.exit(status)"
    )
    verbs: dict[int, list[list[object]]] = {
        0: [["fetch", tmp_path / "in", tmp_path / "stick"]],
        1: [
            ["open", tmp_path / "in", "--key", key],
            ["key", "list", tmp_path],
            ["key", "new", "site", "--out", tmp_path / "k", "--practice"],
            ["key", "publish", "--keys", tmp_path, "--site-key", key, "--out", tmp_path / "x"],
        ],
    }
    for expected, cases in verbs.items():
        for arguments in cases:
            command = [sys.executable, "-c", script, *map(str, arguments)]
            done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
            assert (done.returncode, "works offline" in done.stderr) == (expected, expected == 1)


def test_the_passphrase_is_shown_once_and_opens_the_key(tmp_path: Path) -> None:
    """Seven words on the terminal, in no file, and with them alone the key opens: at full cost."""
    made = ("key", "new", "board", "--out", tmp_path)
    status, shown = at_a_terminal(*made, answer=str, program=OWN_TERMINAL)
    assert status == 0
    words = re.search(r"never again:\s+([a-z][a-z -]+[a-z])\n", shown)
    assert words is not None
    passphrase = words[1]
    assert set(passphrase.split(" ")) <= set(_word_list())
    assert len(passphrase.split(" ")) == 7
    path = next(tmp_path.glob("board-*.key"))
    content = path.read_text()
    assert f"argon2id {secret_keys.SENSITIVE[0]} {secret_keys.SENSITIVE[1]} " in content
    assert not any(passphrase in file.read_text() for file in tmp_path.iterdir())
    assert secret_keys.read(path, lambda _: passphrase).use == "board"


def test_without_a_terminal_no_key_with_a_passphrase_is_made(tmp_path: Path) -> None:
    """A passphrase that would end up in a file or a pipe is not even drawn."""
    done = desk("key", "new", "site", "--out", tmp_path, start_new_session=True)
    assert done.returncode == 1
    assert "there is no terminal" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_locked_key_opens_with_words_from_a_descriptor(tmp_path: Path) -> None:
    """A line for each locked key; wrong words end in 1 and are not repeated."""
    key = secret_keys.make("intake", created="2026-11-22", practice=False)
    path = secret_keys.write(key, tmp_path, "zeven woorden", CHEAP)
    put(tmp_path / "in", sealed(seed=key.seed))
    arguments = ("open", tmp_path / "in", "--key", path, "--json", "--passphrase-fd", 0)
    assert desk(*arguments, input="zeven woorden\n").returncode == 0
    wrong = desk(*arguments, input="acht woorden\n")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "acht" not in wrong.stderr


def test_keys_are_listed_and_published(tmp_path: Path) -> None:
    """The published list is verified with the site key that signed it."""
    for use in keylist.USES:
        desk("key", "new", use, "--out", tmp_path, "--practice", "--not-before", "2026-11-22")
    listed = desk("key", "list", tmp_path)
    assert listed.stdout.count("PRACTICE  here") == 3
    site, out = next(tmp_path.glob("site-*.key")), tmp_path / "keys.json"
    arguments = ("--site-key", site, "--out", out, "--today", "2026-11-23")
    done = desk("key", "publish", "--keys", tmp_path, *arguments)
    assert (done.returncode, done.stdout[:12]) == (0, "PRACTICE KEY")
    parsed = keylist.parse(out.read_text(), secret_keys.read(site, str).public)
    assert (parsed.issued, parsed.practice, len(parsed.keys)) == ("2026-11-23", True, 3)
    again = out.read_bytes()
    desk("key", "publish", "--keys", tmp_path, *arguments)
    assert out.read_bytes() == again


def test_a_reader_that_stops_early_is_no_error_with_a_traceback(tmp_path: Path) -> None:
    """`desk open ... | head` ends quietly."""
    key = key_file(tmp_path, seed=SEED)
    for number in range(60):
        story = complaint(complaint_id=f"{number:032x}", story="x" * 14_000)
        put(tmp_path / "in", sealed(story))
    command = [sys.executable, "-m", "desk", "open", str(tmp_path / "in"), "--key", str(key)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=REPO, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_help_names_every_verb() -> None:
    """The help of the tool and of each verb can be asked for, and ends 0."""
    assert all(verb in desk("--help").stdout for verb in ("fetch", "open", "key"))
    for verb in (["fetch"], ["open"], ["key"], ["key", "new"], ["key", "publish"]):
        assert desk(*verb, "--help").returncode == 0


def test_desk_is_a_command_in_whatever_folder_somebody_stands(tmp_path: Path) -> None:
    """`make` puts it beside its Python; what lies where somebody stands is not loaded, and a link to it does."""
    command = REPO / ".venv/bin/desk"
    assert command.exists(), "run make .venv/bin/desk"
    assert command.read_bytes() == (REPO / ".ci/bundle/desk").read_bytes()
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')")
    (tmp_path / "desk").mkdir()
    done = subprocess.run([command, "--version"], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout == "\n".join(version.lines()) + "\n", done.stderr
    assert desk("--version").stdout == done.stdout


def test_every_text_says_desk_and_means_it() -> None:
    """No text, hint, script or target has another way to type a verb."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True, text=True)
    names = [name for name in listed.stdout.split("\0") if name]
    read = [name for name in names if not name.startswith(("tests/", "findings/", "CHANGELOG"))]
    texts = {name: (REPO / name) for name in read if (REPO / name).is_file()}
    said = [
        name for name, path in texts.items() if re.search(rb"-m desk(?![.\w])", path.read_bytes())
    ]
    assert said == []
    assert {"keys/README.md", ".ci/serve", "Makefile", "desk/cli.py"} <= texts.keys()
