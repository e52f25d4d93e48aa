"""A copy of the house with few facts and no keys, in which `mkdocs serve` runs as an editor starts it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.own_records import own_docs
from tests.site import ROOT, STRINGS, Built

MKDOCS = Path(sys.executable).with_name("mkdocs")
_PATIENCE_S = 120.0
_HOUSES = ("desk", "overrides", "functions", "tests")
_FILES = ("mkdocs.yml", "settings.practice.yml")


@dataclass(frozen=True)
class Serving:
    """A running preview: its folder, its address, and the file with what it wrote."""

    house: Path
    address: str
    log: Path

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of one answer."""
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=_PATIENCE_S) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode("utf-8", "replace")

    def wait(self, path: str) -> None:
        """Until there is a page; while something is built an answer waits by itself."""
        until = time.monotonic() + _PATIENCE_S
        while self.get(path)[0] != 200:
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.1)


def copy_of_the_house(folder: Path) -> Path:
    """What `mkdocs` needs, with the records of the tests and the browser packages of this machine."""
    for name in (*_HOUSES, ".ci"):
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in _FILES:
        shutil.copy(ROOT / name, folder / name)
    own_docs(folder)
    (folder / "node_modules").symlink_to((ROOT / "node_modules").resolve())
    return folder


def environment() -> dict[str, str]:
    """That of an editor: nothing of ours, and the programs of this machine."""
    kept = ("HOME", "PATH", "LANG", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ}


def mkdocs(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command of MkDocs to its end."""
    command = [str(MKDOCS), *arguments]
    return subprocess.run(
        command, cwd=house, env=environment(), capture_output=True, text=True, check=False
    )


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def _heed_ctrl_c() -> None:
    """A test run in the background hands its children a Ctrl-C that they may not hear."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def serving(house: Path) -> Iterator[Serving]:
    """Run `mkdocs serve` for the time of the block."""
    port, log = free_port(), house / "serve.log"
    command = [str(MKDOCS), "serve", "-a", f"127.0.0.1:{port}"]
    with log.open("w") as written:
        process = subprocess.Popen(
            command,
            cwd=house,
            env=environment(),
            stdout=written,
            stderr=subprocess.STDOUT,
            preexec_fn=_heed_ctrl_c,
        )
    try:
        _wait(process, port, log)
        yield Serving(house, f"http://127.0.0.1:{port}", log)
    finally:
        process.send_signal(signal.SIGINT)  # Ctrl-C, as an editor stops it
        try:
            assert process.wait(_PATIENCE_S) == 0, log.read_text()
        finally:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Until it listens."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(log.read_text())


def signs_of_a_preview(built: Built) -> list[str]:
    """Files of a build that hold a banner or a script of a preview, or have lost their policy."""
    banners = [t("preview.banner") for t in STRINGS.values()]
    found = []
    for name, content in built.files.items():
        text = content.decode("utf-8", "ignore")
        policies = text.count('http-equiv="Content-Security-Policy"')
        is_bare = name.endswith(".html") and policies != 1
        if is_bare or "livereload" in text or any(banner in text for banner in banners):
            found.append(name)
    return found
