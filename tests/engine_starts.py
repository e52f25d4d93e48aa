"""How often a browser had to be started twice: the only thing in the tests that is tried again, once, and it is said.

A plugin of pytest beside the one function: what each worker counted is added up and printed below the results.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, TypeVar

import pytest

Started = TypeVar("Started")
_STARTED: Counter[str] = Counter()
_RETRIED: Counter[str] = Counter()
_KEY = "engine_starts"


@contextmanager
def started(engine: str, start: Callable[[], AbstractContextManager[Started]]) -> Iterator[Started]:
    """What `start` opens; where it fails to open it is tried once more, and the second failure is the test's.

    What fails inside of the block is never tried again.
    """
    _STARTED[engine] += 1
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(start())
        except (
            Exception
        ):  # whichever way an engine fails to start: it is counted, said, and tried once
            _RETRIED[engine] += 1
            opened = stack.enter_context(start())
        yield opened


def counts() -> dict[str, dict[str, int]]:
    """Starts and second tries of this process, by engine."""
    return {"started": dict(_STARTED), "retried": dict(_RETRIED)}


def add(other: dict[str, dict[str, int]]) -> None:
    """Add what another process counted."""
    _STARTED.update(other.get("started", {}))
    _RETRIED.update(other.get("retried", {}))


def summary() -> str:
    """One line: `engine starts retried: 1 of 30 (firefox 1)`; empty where no engine was started."""
    if not _STARTED:
        return ""
    each = ", ".join(f"{engine} {count}" for engine, count in sorted(_RETRIED.items()))
    said = f"engine starts retried: {_RETRIED.total()} of {_STARTED.total()}"
    return f"{said} ({each})" if each else said


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist gives its counts to the process that prints."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_KEY] = counts()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take the counts of a worker that has ended; one that crashed has none."""
    add(getattr(node, "workeroutput", {}).get(_KEY, {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it, also when nothing had to be tried again."""
    if line := summary():
        terminalreporter.write_line(line)
