"""The folder with which a computer without a network gets the desk: what is in it, and whose name stands under it."""

import hashlib
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

from desk import version
from tests import lonely
from tests.lonely import ROOT
from tests.practice import desk, make_key

PYTHONS = [(3, 11), (3, 12), (3, 13), (3, 14)]
GLIBC = 36  # of Debian 12, the oldest: 2.36


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle, as it goes onto a stick."""
    out = tmp_path_factory.mktemp("made") / "bundle"
    lonely.make(out)
    return out


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if not path.is_dir()
    }


def test_two_runs_make_the_same_bytes(bundle: Path, tmp_path: Path) -> None:
    """Two people who make the same commit get the same 64 digits, in whatever surroundings."""
    said = lonely.make(tmp_path / "again", HOME=str(tmp_path), TZ="Asia/Tokyo", LC_ALL="C")
    assert files(tmp_path / "again") == files(bundle)
    digits = hashlib.sha256((bundle / "SHA256SUMS").read_bytes()).hexdigest()
    assert f"SHA256SUMS   {digits}\n" in said


def test_it_holds_what_git_knows_and_no_more(bundle: Path) -> None:
    """No key, no case, no history, nothing that somebody left in a folder; and it names no folder of this machine."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout
    known = {one for one in listed.split("\n") if one.startswith(("desk/", "docs/data/"))}
    held = files(bundle)
    assert known <= held.keys()
    made = {"VERSION", "SHA256SUMS", "install", "launcher", "requirements.txt"}
    others = {
        name for name in held.keys() - known - made if not name.startswith(("wheels/", "handbook/"))
    }
    assert others <= set(listed.split("\n"))
    assert {name for name in held if name.startswith("keys/")} == {"keys/README.md"}
    assert not any(part.startswith(".") for name in held for part in name.split("/"))
    places = [str(ROOT).encode(), os.fsencode(Path.home()) + b"/"]
    assert not any(place in octets for octets in held.values() for place in places)
    assert all(not path.is_symlink() for path in bundle.rglob("*"))


def test_any_debian_can_compare_it_with_its_list(bundle: Path) -> None:
    """`sha256sum --check` finds nothing, and finds a changed byte."""
    check = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=bundle, capture_output=True).returncode == 0
    listed = {line[66:] for line in (bundle / "SHA256SUMS").read_text("ascii").splitlines()}
    assert listed == files(bundle).keys() - {"SHA256SUMS"}


def pins() -> dict[str, tuple[str, set[str]]]:
    """Version and hashes of each pinned package, by its name."""
    text = "\n".join((ROOT / f"requirements/{name}.txt").read_text() for name in ("desk", "pip"))
    found = {}
    for block in re.split(r"\n(?=\S)", text):
        name, number = re.match(r"([\w.-]+)==(\S+)", block).groups()  # type: ignore[union-attr]
        found[canonicalize_name(name)] = (number, set(re.findall(r"sha256:([0-9a-f]{64})", block)))
    return found


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("python", PYTHONS, ids=lambda one: f"{one[0]}.{one[1]}")
def test_each_computer_finds_a_wheel_of_each_package(
    bundle: Path, python: tuple[int, int], machine: str
) -> None:
    """By the rules with which pip chooses: a wheel that fits, with a hash that is pinned; nothing is to be built."""
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in range(GLIBC, 4, -1)]
    code = f"cp{python[0]}{python[1]}"
    tags = {*cpython_tags(python, abis=[code, "abi3"], platforms=platforms)}
    tags |= {*compatible_tags(python, code, platforms)}
    fits = {}
    for path in (bundle / "wheels").iterdir():
        name, number, _, wheel_tags = parse_wheel_filename(path.name)
        assert pins()[name][0] == str(number)
        assert hashlib.sha256(path.read_bytes()).hexdigest() in pins()[name][1]
        if wheel_tags & tags:
            fits[name] = path.name
    assert fits.keys() == pins().keys()


def test_what_goes_along_is_what_a_clone_has_and_nothing_that_reaches_a_network() -> None:
    """Each pin is that of requirements/serve.txt, word for word; the network's library stays behind."""
    serve = set(re.split(r"\n(?=\S)", (ROOT / "requirements/serve.txt").read_text().strip()))
    along = set(re.split(r"\n(?=\S)", (ROOT / "requirements/desk.txt").read_text().strip()))
    assert along <= serve
    assert not any(one.startswith(("boto", "s3transfer", "urllib3", "uvicorn")) for one in along)


def test_a_folder_with_something_else_in_it_stays(tmp_path: Path) -> None:
    """The maker writes over an older bundle and over nothing else."""
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(AssertionError, match=r"holds something else\nhint: give a folder"):
        lonely.make(tmp_path)
    assert (tmp_path / "mine").read_text() == "mine"


def test_the_number_is_one(bundle: Path) -> None:
    """The project, the tool and the bundle say the same number; the hash is that of the list's lines."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == version.VERSION
    assert (bundle / "VERSION").read_text("ascii").startswith(f"{version.VERSION}\ncommit ")
    lines = (bundle / "SHA256SUMS").read_text("ascii").splitlines(keepends=True)
    runs = "".join(line for line in lines if line[66:].startswith(("desk/", "docs/data/")))
    assert version.files(bundle) == hashlib.sha256(runs.encode()).hexdigest()
    first, commit, last = version.lines(bundle)
    assert (first, last) == (f"desk {version.VERSION}", f"files   {version.files(bundle)}")
    assert re.fullmatch(r"commit  [0-9a-f]{40}( and changes that are in no commit)?", commit)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A bundle of two files, and a practice site key beside it."""
    folder = tmp_path / "small"
    (folder / "desk").mkdir(parents=True)
    lines = []
    for name in ("VERSION", "desk/cli.py"):
        (folder / name).write_text(name)
        lines.append(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n")
    (folder / "SHA256SUMS").write_text("".join(lines))
    make_key(tmp_path / "k", "site")
    return folder


def half(small: Path, suffix: str) -> Path:
    return next((small.parent / "k").glob(f"site-*{suffix}"))


def test_what_the_site_key_signed_is_told_from_all_else(small: Path) -> None:
    """Who signs sees the digits first; who checks sees whose key it was, and a later change."""
    signed = desk("bundle", "sign", small, "--site-key", half(small, ".key"))
    digits = hashlib.sha256((small / "SHA256SUMS").read_bytes()).hexdigest()
    assert signed.stdout.startswith(
        f"files        2, each as SHA256SUMS says\nSHA256SUMS   {digits}\n"
    )
    check = ("bundle", "check", small, "--site-key", half(small, ".pub"))
    found = desk(*check)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("PRACTICE KEY")
    assert re.search(r"\nsigned by    site [0-9a-f]{16}\nfingerprint  [0-9a-f]{64}\n", found.stdout)
    make_key(small.parent / "other", "site")
    another = next((small.parent / "other").glob("*.pub"))
    refused = desk("bundle", "check", small, "--site-key", another)
    assert refused.stderr.startswith("desk: this site key did not sign this folder\nhint: ")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("echo x > desk/cli.py", "changed: desk/cli.py"),
        ("rm VERSION", "missing: VERSION"),
        ("echo x > desk/json.py", "not in the list: desk/json.py"),
        ("mv desk d; ln -s d desk", "missing: desk/cli.py"),
        ("cp VERSION v; ln -sf v VERSION", "changed: VERSION"),
        ("mkfifo pipe", "not in the list: pipe"),
        ("sed -i s/cli/CLI/ SHA256SUMS", "did not sign"),
    ],
)
def test_a_folder_that_was_changed_is_neither_believed_nor_signed(
    small: Path, spoil: str, said: str
) -> None:
    """What was changed, taken away or added is named, also when the list was signed."""
    desk("bundle", "sign", small, "--site-key", half(small, ".key"))
    before = (small / "SHA256SUMS.sig").read_bytes()
    subprocess.run(["sh", "-c", spoil], cwd=small, check=True)
    checked = desk("bundle", "check", small, "--site-key", half(small, ".pub"))
    assert checked.returncode == 1
    assert said in checked.stderr
    assert "hint: install nothing from it" in checked.stderr
    again = desk("bundle", "sign", small, "--site-key", half(small, ".key"))
    assert again.returncode == 1
    assert (small / "SHA256SUMS.sig").read_bytes() == before


def test_a_folder_that_nobody_signed_says_what_to_do(small: Path) -> None:
    """For the first desk there is paper; another key than the site key signs and checks nothing."""
    unsigned = desk("bundle", "check", small, "--site-key", half(small, ".pub"))
    assert "compare the 64 digits with paper" in unsigned.stderr
    board = make_key(small.parent / "b", "board")
    for words in (("sign", small, "--site-key", board), ("check", small, "--site-key")):
        given = words if "sign" in words else (*words, board.with_suffix(".pub"))
        assert "is not a site key: its use is board" in desk("bundle", *given).stderr
    assert not (small / "SHA256SUMS.sig").exists()
