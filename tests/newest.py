"""The newest Python that Lambda runs, for `make bench`: Debian's own, unpacked beside everything else.

`python -m tests.newest` fetches it, with the client of Lambda's runtime for it, into var/newest; nothing
is installed. Debian's unstable has it before a stable release does, so its files change, and no test
needs them: only a figure does.
"""

import platform
import subprocess
import sys

from functions.cloud.wheels import pins
from tests.stores import REPO

VERSION = "3.14"
FOLDER = REPO / "var" / "newest"
PROGRAM = FOLDER / f"python{VERSION}"
CLIENT = FOLDER / "client"
RUN = "run: python -m tests.newest"
_ROOT = FOLDER / "root"
_PACKAGES = (
    *(f"python{VERSION}-minimal", f"libpython{VERSION}-minimal", f"libpython{VERSION}-stdlib"),
    *("libc6", "libgcc-s1", "libstdc++6", "libssl3t64", "zlib1g", "libexpat1", "libffi8"),
    *("libbz2-1.0", "liblzma5", "libzstd1", "libuuid1"),
)
_CLIENT = ("awslambdaric", "simplejson", "snapshot-restore-py")
_KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"


def fetch() -> None:
    """Fetch and unpack it; raises when Debian or the package index does not give it."""
    if PROGRAM.exists():
        return
    _unpack_debian()
    _unpack_client()
    loader = next(_ROOT.glob("usr/lib*/ld-linux*.so.*"))
    libraries = f"{_ROOT}/usr/lib/{platform.machine()}-linux-gnu"
    python = f"{_ROOT}/usr/bin/python{VERSION}"
    line = f'exec {loader} --library-path {libraries} --argv0 {python} {python} "$@"'
    made = FOLDER / "made"
    made.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
    made.chmod(0o755)
    # As an installed one has it: Debian does so when it installs.
    subprocess.run([made, "-m", "compileall", "-q", _ROOT / "usr" / "lib", CLIENT], check=False)
    made.rename(PROGRAM)


def _unpack_debian() -> None:
    for folder in ("state/lists/partial", "cache/archives/partial", "packed"):
        (FOLDER / folder).mkdir(parents=True, exist_ok=True)
    (FOLDER / "state" / "status").touch()
    sources = FOLDER / "sources.list"
    sources.write_text(f"deb [signed-by={_KEYS}] {_mirror()} sid main\n", "ascii")
    own = {
        "Dir::State": FOLDER / "state",
        "Dir::State::status": FOLDER / "state" / "status",
        "Dir::Cache": FOLDER / "cache",
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "/dev/null",
        "APT::Sandbox::User": "root",
    }
    options = [word for name, value in own.items() for word in ("-o", f"{name}={value}")]
    subprocess.run(["apt-get", *options, "-qq", "update"], check=True)
    packed = FOLDER / "packed"
    subprocess.run(["apt-get", *options, "-qq", "download", *_PACKAGES], cwd=packed, check=True)
    for one in sorted(packed.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", one, _ROOT], check=True)


def _mirror() -> str:
    """Where this machine gets Debian's packages from."""
    asked = ["apt-get", "indextargets", "--format", "$(LABEL) $(REPO_URI)"]
    said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split("\n")
    found = sorted({line.split()[1] for line in said if line.startswith("Debian ")})
    if not found:
        raise RuntimeError("this machine gets no packages from Debian; run apt-get update first")
    return found[0]


def _unpack_client() -> None:
    """Get the client by its hash, as the tests have it for the Python that they run on."""
    wheels = FOLDER / "wheels"
    command = [sys.executable, "-m", "pip", "download", "-q", "--require-hashes", "--no-deps"]
    command += ["--only-binary=:all:", "--python-version", VERSION, "--platform", "any"]
    command += ["--platform", f"manylinux2014_{platform.machine()}", "-d", str(wheels)]
    command += ["--disable-pip-version-check", "-r", "/dev/stdin"]
    lock = REPO / "requirements" / "test.txt"
    subprocess.run(command, input="".join(pins(lock, _CLIENT)), text=True, check=True)
    for one in sorted(wheels.glob("*.whl")):
        subprocess.run([sys.executable, "-m", "zipfile", "-e", str(one), str(CLIENT)], check=True)


def python() -> str:
    """Where it is; fails with a clear word where it is not."""
    if not PROGRAM.exists():
        raise RuntimeError(f"there is no Python {VERSION}; {RUN}")
    return str(PROGRAM)


if __name__ == "__main__":
    fetch()
