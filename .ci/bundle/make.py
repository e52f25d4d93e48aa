"""Makes the folder with which a computer without a network gets the desk: `make desk-bundle`.

Comes in: the files of the project that git knows, the wheels, and the handbook that `make handbook` built. Goes
out: a folder for a stick, whole or not at all, the same bytes each time; `SHA256SUMS` in it has a line for every
other file. It refuses to put in what neither git nor the handbook's own list knows: a key, a case, or what somebody
left in a folder.
"""

import argparse
import shutil
import subprocess
import sys
import tomllib
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ".ci/bundle"
SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
# What runs, and what is read: the texts of the project, and the handbook where there is one.
TREES = ("desk", "docs/data", "handbook")
TEXTS = ("LICENSE", "README.md", "SECURITY.md", "STORE.md", "THREATS.md", "WIRE.md", "CHANGELOG.md")
KEYS = ("keys/README.md", "keys/README.nl.md")
SITE = "handbook/site"  # the handbook as a browser opens it; desk/handbook.py looks for it there
RENAMED = {
    f"{HERE}/install": "install",
    f"{HERE}/desk": "launcher",
    "requirements/desk.txt": "requirements.txt",
}


class CannotMake(Exception):
    """What is wrong, and what to do about it."""


def git(*words: str) -> str:
    """What git says; `CannotMake` where this is no clone."""
    try:
        done = subprocess.run(  # noqa: S603 - no word of it comes from outside
            ["git", *words],  # noqa: S607 - the git of who types
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        raise CannotMake("this folder is no clone", "make it in what `git clone` made") from None
    return done.stdout.decode("utf-8")


def chosen() -> dict[str, str]:
    """Path in the project by path in the bundle, wheels aside."""
    plain = git("ls-files", "-z", "--", *TREES, *TEXTS, *KEYS).split("\0")
    return {name: name for name in plain if name} | {new: old for old, new in RENAMED.items()}


def version(names: list[str]) -> str:
    """The file `VERSION`: the number, and the commit with a word on what is not in it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        number = tomllib.load(file)["project"]["version"]
    changed = git("status", "--porcelain", "--", *names)
    word = " and changes that are in no commit" if changed else ""
    return f"{number}\ncommit {git('rev-parse', 'HEAD').strip()}{word}\n"


def put(target: Path, name: str, octets: bytes) -> str:
    """Write a file of the bundle; returns its line of `SHA256SUMS`."""
    path = target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(octets)
    path.chmod(0o644)
    return f"{sha256(octets).hexdigest()}  {name}\n"


def built(folder: Path) -> dict[str, bytes]:
    """The built handbook: what stands in its own list, each file as it was built, and nothing beside them."""
    again = "type make handbook, then the same again"
    try:
        lines = (folder / SUMS).read_text("ascii").splitlines()
        found = {line[66:]: (folder / line[66:]).read_bytes() for line in lines}
    except OSError:
        raise CannotMake(f"there is no whole handbook in {folder}", again) from None
    for line in lines:
        if sha256(found[line[66:]]).hexdigest() != line[:64]:
            raise CannotMake(f"{line[66:]} of the handbook is not as it was built", again)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if more := sorted(there - found.keys() - {SUMS}):
        raise CannotMake(f"{more[0]} is not of the handbook", again)
    return {f"{SITE}/{name}": octets for name, octets in found.items()}


def fill(target: Path, wheels: Path, handbook: Path) -> str:
    """Put everything into an empty folder; returns the SHA-256 of its `SHA256SUMS`."""
    files, pages = chosen(), built(handbook)
    try:
        found = {name: (ROOT / path).read_bytes() for name, path in files.items()}
        found |= {f"wheels/{path.name}": path.read_bytes() for path in wheels.glob("*.whl")}
    except OSError as error:
        raise CannotMake(
            f"cannot read {error.filename}", "`git status` says what is gone"
        ) from None
    found |= pages
    found["VERSION"] = version(list(files.values())).encode("ascii")
    sums = "".join(put(target, name, found[name]) for name in sorted(found))
    put(target, SUMS, sums.encode("ascii"))
    return sha256(sums.encode("ascii")).hexdigest()


def make(out: Path, wheels: Path, handbook: Path) -> str:
    """Make the bundle in the place of an older one, and of nothing else."""
    if out.exists() and not (out / SUMS).is_file() and any(out.iterdir()):
        raise CannotMake(f"{out} holds something else", "give a folder that is not there: OUT=...")
    part = out.with_name(f".{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    digits = fill(part, wheels, handbook)
    shutil.rmtree(out, ignore_errors=True)
    part.rename(out)
    return digits


SAID = """\
bundle       {out}, {count} files
SHA256SUMS   {digits}

Write these 64 digits down, and let a second person make the same commit on another machine: the digits are
the same. Then copy the whole folder onto the stick. On the computer without a network:

  cd /media/stick/{name}
  sha256sum SHA256SUMS                    # the digits on your paper, else stop
  sha256sum --check --quiet SHA256SUMS    # says nothing when all is as it was made
  sh install
"""


def main(argv: list[str]) -> int:
    """Make a bundle and say what to do with it; 1 with a sentence when it cannot be made."""
    parser = argparse.ArgumentParser(
        description="Make the folder for a computer without a network."
    )
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--handbook", type=Path, default=ROOT / "var" / "handbook")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(argv)
    out = given.out.absolute()
    try:
        digits = make(out, given.wheels, given.handbook)
    except CannotMake as error:
        message, hint = error.args
        sys.stderr.write(f"balie: {message}\nhint: {hint}\n")
        return 1
    count = sum(path.is_file() for path in out.rglob("*"))
    sys.stdout.write(SAID.format(out=given.out, count=count, digits=digits, name=out.name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
