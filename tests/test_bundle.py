"""The folder with which a computer without a network gets the desk: what is in it, and whose name stands under it."""

import hashlib
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

from desk import version
from desk.errors import DeskError
from desk.keys import bundle
from tests import lonely
from tests.lonely import ROOT
from tests.practice import desk, make_key

PYTHONS = [(3, 11), (3, 12), (3, 13), (3, 14)]
GLIBC = 36  # of Debian 12, the oldest: 2.36


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
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


def test_two_runs_make_the_same_bytes(made: Path, tmp_path: Path) -> None:
    """Two people who make the same commit get the same 64 digits, in whatever surroundings."""
    said = lonely.make(tmp_path / "again", HOME=str(tmp_path), TZ="Asia/Tokyo", LC_ALL="C")
    assert files(tmp_path / "again") == files(made)
    digits = hashlib.sha256((made / "SHA256SUMS").read_bytes()).hexdigest()
    assert f"SHA256SUMS   {digits}\n" in said


@pytest.mark.parametrize("name", ["keys/README.md", "keys/README.nl.md"])
def test_the_page_for_handlers_has_the_lines_that_the_maker_prints(
    name: str, tmp_path: Path
) -> None:
    """What somebody types on the computer without a network is the same in both places, in the same order."""
    said = lonely.make(tmp_path / "desk-bundle")
    typed = re.findall(r"^  ((?:cd|sha256sum|sh) [^#\n]*?) *(?:#.*)?$", said, re.M)
    assert [one.split()[0] for one in typed] == ["cd", "sha256sum", "sha256sum", "sh"]
    page = (ROOT / name).read_text("utf-8")
    part = re.split(r"\n## (?:The|De) offline computer", page)[1].partition("\n## ")[0]
    lines = [line.strip() for line in part.splitlines() if line.startswith("    ")]
    assert [line for line in lines if line in typed] == typed
    assert lines[0] == "make desk-bundle"


def test_it_holds_what_git_knows_and_no_more(made: Path) -> None:
    """No key, no case, no history, nothing that somebody left in a folder; and it names no folder of this machine."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout
    known = {one for one in listed.split("\n") if one.startswith(("desk/", "docs/data/"))}
    held = files(made)
    assert known <= held.keys()
    site = {
        name.removeprefix("handbook/site/") for name in held if name.startswith("handbook/site/")
    }
    assert site == files(lonely.handbook()).keys() - {"SHA256SUMS"}
    added = {"VERSION", "SHA256SUMS", "install", "launcher", "requirements.txt"}
    others = {
        name
        for name in held.keys() - known - added
        if not name.startswith(("wheels/", "handbook/site/"))
    }
    assert others <= set(listed.split("\n"))
    assert {name for name in held if name.startswith("keys/")} == {
        "keys/README.md",
        "keys/README.nl.md",
    }
    assert not any(part.startswith(".") for name in held for part in name.split("/"))
    places = [str(ROOT).encode(), os.fsencode(Path.home()) + b"/"]
    assert not any(place in octets for octets in held.values() for place in places)
    assert all(not path.is_symlink() for path in made.rglob("*"))


def test_any_debian_can_compare_it_with_its_list(made: Path) -> None:
    """`sha256sum --check` finds nothing, and finds a changed byte."""
    check = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=made, capture_output=True).returncode == 0
    listed = {line[66:] for line in (made / "SHA256SUMS").read_text("ascii").splitlines()}
    assert listed == files(made).keys() - {"SHA256SUMS"}


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
    made: Path, python: tuple[int, int], machine: str
) -> None:
    """By the rules with which pip chooses: a wheel that fits, with a hash that is pinned; nothing is to be built."""
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in range(GLIBC, 4, -1)]
    code = f"cp{python[0]}{python[1]}"
    tags = {*cpython_tags(python, abis=[code, "abi3"], platforms=platforms)}
    tags |= {*compatible_tags(python, code, platforms)}
    fits = {}
    for path in (made / "wheels").iterdir():
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


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("rm -r *", "there is no whole handbook in "),
        ("rm index.html", "there is no whole handbook in "),
        ("echo x >> index.html", "index.html of the handbook is not as it was built"),
        ("echo x > en/left.html", "en/left.html is not of the handbook"),
    ],
)
def test_without_the_handbook_as_it_was_built_there_is_no_bundle(
    tmp_path: Path, spoil: str, said: str
) -> None:
    """The hint is the command that builds it; nothing is written."""
    pages = Path(shutil.copytree(lonely.handbook(), tmp_path / "site"))
    subprocess.run(["sh", "-c", spoil], cwd=pages, check=False, capture_output=True)
    with pytest.raises(AssertionError, match=f"{said}.*\nhint: type make handbook"):
        lonely.make(tmp_path / "bundle", pages)
    assert not (tmp_path / "bundle").exists()
    assert "\ndesk-bundle: var/wheels handbook\n" in (ROOT / "Makefile").read_text("utf-8")


def test_the_number_is_one(made: Path) -> None:
    """The project, the tool and the bundle say the same number; the hash is that of the list's lines."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == version.VERSION
    assert (made / "VERSION").read_text("ascii").startswith(f"{version.VERSION}\ncommit ")
    lines = (made / "SHA256SUMS").read_text("ascii").splitlines(keepends=True)
    runs = "".join(line for line in lines if line[66:].startswith(("desk/", "docs/data/")))
    assert version.files(made) == hashlib.sha256(runs.encode()).hexdigest()
    first, commit, last = version.lines(made)
    assert (first, last) == (f"desk {version.VERSION}", f"files   {version.files(made)}")
    assert re.fullmatch(r"commit  [0-9a-f]{40}( and changes that are in no commit)?", commit)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Practice keys of a desk, and the site key of another."""
    folder = tmp_path_factory.mktemp("keys")
    for use in ("site", "board"):
        make_key(folder, use)
    make_key(folder / "other", "site")
    return folder


def half(keys: Path, suffix: str, use: str = "site") -> Path:
    return next(keys.glob(f"{use}-*{suffix}"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A bundle of two files."""
    folder = tmp_path / "small"
    (folder / "desk").mkdir(parents=True)
    lines = []
    for name in ("VERSION", "desk/cli.py"):
        (folder / name).write_text(name)
        lines.append(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n")
    (folder / "SHA256SUMS").write_text("".join(lines))
    return folder


def test_what_the_site_key_signed_is_told_from_all_else(small: Path, keys: Path) -> None:
    """Who signs sees the digits first; who checks sees whose key it was, and that another did not sign."""
    signed = desk("bundle", "sign", small, "--site-key", half(keys, ".key"))
    digits = hashlib.sha256((small / "SHA256SUMS").read_bytes()).hexdigest()
    shown = f"files        2, each as SHA256SUMS says\nSHA256SUMS   {digits}\n"
    assert signed.stdout.startswith(shown)
    found = desk("bundle", "check", small, "--site-key", half(keys, ".pub"))
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith(
        f"PRACTICE KEY: anyone who has the file can open what is sealed to it\n{shown}"
    )
    assert re.search(r"\nsigned by    site [0-9a-f]{16}\nfingerprint  [0-9a-f]{64}\n", found.stdout)
    refused = desk("bundle", "check", small, "--site-key", half(keys / "other", ".pub"))
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
        ("head -c 1048577 /dev/zero > SHA256SUMS", "SHA256SUMS is not as it was made"),
    ],
)
def test_a_folder_that_was_changed_is_neither_believed_nor_signed(
    small: Path, keys: Path, spoil: str, said: str
) -> None:
    """What was changed, taken away or added is named, also when the list was signed."""
    bundle.sign(small, half(keys, ".key"), str)
    subprocess.run(["sh", "-c", spoil], cwd=small, check=True)
    with pytest.raises(DeskError, match=said) as refused:
        bundle.check(small, half(keys, ".pub"))
    assert refused.value.hint.startswith("install nothing from it")
    with pytest.raises(DeskError):
        bundle.look(small)  # before anything is signed


def test_a_folder_that_is_not_whole_is_not_signed(small: Path, keys: Path) -> None:
    """The look comes before the passphrase; nothing is written."""
    (small / "VERSION").unlink()
    refused = desk("bundle", "sign", small, "--site-key", half(keys, ".key"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert not (small / "SHA256SUMS.sig").exists()


def test_a_folder_that_nobody_signed_says_what_to_do(small: Path, keys: Path) -> None:
    """For the first desk there is paper; another key than the site key signs and checks nothing."""
    with pytest.raises(DeskError) as refused:
        bundle.check(small, half(keys, ".pub"))
    assert refused.value.hint.startswith("compare the 64 digits with paper")
    for act in (
        lambda: bundle.check(small, half(keys, ".pub", "board")),
        lambda: bundle.sign(small, half(keys, ".key", "board"), str),
    ):
        with pytest.raises(DeskError, match="is not a site key: its use is board"):
            act()
    assert not (small / "SHA256SUMS.sig").exists()
