"""A child process that is killed while it works, and what it had told through a pipe."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from tests.practice import REPO


def kill_once(
    take: Callable[[str], None], work: Callable[[int], None], *, lines: int, delay: float
) -> None:
    """Let a child work, kill it `delay` seconds after so many lines, and take in all it told.

    Its first line, not taken in, is "ready". A last line that the kill cut off was not told.
    """
    outer, inner = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(inner)
        finally:
            os._exit(3)
    os.close(inner)
    with os.fdopen(outer, "r", encoding="ascii") as pipe:
        assert pipe.readline() == "ready\n"
        for _ in range(lines):
            take(pipe.readline().removesuffix("\n"))
        time.sleep(delay)  # the kill has to fall at a random moment
        os.kill(child, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        for line in pipe:
            if line.endswith("\n"):
                take(line.removesuffix("\n"))


def kill_module(module: str, *arguments: object, delay: float) -> tuple[int, list[str]]:
    """Run a module that says "ready", let it begin, and kill it after `delay` seconds.

    Returns how it ended and the lines it had told; one that the kill cut off was not told.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    with subprocess.Popen(
        command, cwd=REPO, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.stdin.write("\n")
        child.stdin.flush()
        time.sleep(delay)  # the kill has to fall at a random moment
        child.kill()
        lines = [line for line in child.stdout if line.endswith("\n")]
    return child.returncode, lines


def seconds_of_module(module: str, *arguments: object) -> float:
    """How long a module that says "ready" takes on this machine now, from that word to its end."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    with subprocess.Popen(
        command, cwd=REPO, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        began = time.monotonic()
        child.communicate("\n")
    return time.monotonic() - began
