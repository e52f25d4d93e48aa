"""Work on several processors (step 1): named tasks in, each done in a process of its own, refusals out.

A process begins with all that this one has loaded and leaves nothing but files. What one refuses is
told behind what those before it in the list refuse; one that dies is told too.
"""

import gc
import json
import os
import pickle
import selectors
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Generic, TypeVar, cast

from overrides.words.errors import Gathered, SiteError

Task = Callable[[], None]
Sent = TypeVar("Sent")
_FAILED = 1  # exit code of a process that met a fault of ours


@dataclass
class _Worker:
    """A process at work, the pipe on which it tells what it refuses, and what it told so far."""

    pid: int
    pipe: int
    told: bytearray = field(default_factory=bytearray)


def each(tasks: Iterable[tuple[str, Task]]) -> None:
    """Do all tasks, begun in this order and as many at a time as there are processors for us.

    What a task is made of is asked for while those before it are at work.
    """
    running: dict[str, _Worker] = {}
    refused: dict[str, list[SiteError]] = {}
    try:
        for name, task in tasks:
            refused[name] = []  # in this order
            if len(running) >= processors():
                _await_one(running, refused)
            running[name] = _started(task)
        while running:
            _await_one(running, refused)
    finally:
        for worker in running.values():
            _ended(worker)
    gathered = Gathered()
    gathered.found += chain.from_iterable(refused.values())
    gathered.refuse()


class Beside(Generic[Sent]):
    """A process that was begun before it was known what it is to go on from."""

    def __init__(self, name: str, worker: _Worker, pipe: int) -> None:
        self._name, self._worker = name, worker
        self._pipe = os.fdopen(pipe, "wb")
        self.is_done = False

    def send(self, what: Sent) -> None:
        """Let it go on; once."""
        with suppress(BrokenPipeError), self._pipe:  # where it has stopped, `done` says why
            pickle.dump(what, self._pipe, pickle.HIGHEST_PROTOCOL)

    def done(self) -> list[SiteError]:
        """Wait for its end; what it refused."""
        while octets := os.read(self._worker.pipe, 65536):
            self._worker.told += octets
        self.is_done = True
        return _outcome(self._name, self._worker)

    def close(self) -> None:
        """End it, if it is not done, and let it end what it began."""
        with suppress(BrokenPipeError):
            self._pipe.close()
        if not self.is_done:
            self.is_done = True
            _ended(self._worker, signal.SIGTERM)


@contextmanager
def beside(name: str, task: Callable[[Callable[[], Sent]], None]) -> Iterator[Beside[Sent]]:
    """Begin a process for a task that asks for what is sent to it; it never outlives the block.

    Where nothing is sent, the task is at its end when it asks.
    """
    reading, writing = os.pipe()
    started = Beside[Sent](name, _started(partial(_waiting, task, reading, writing)), writing)
    os.close(reading)
    try:
        yield started
    finally:
        started.close()


def _waiting(task: Callable[[Callable[[], Sent]], None], reading: int, writing: int) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that `each` ends its own
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe, suppress(EOFError):
        task(lambda: cast(Sent, pickle.load(pipe)))  # noqa: S301 - of the process that began this one


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _started(task: Task) -> _Worker:
    sys.stdout.flush()  # else what waits there is written by both
    sys.stderr.flush()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _work(task, writing)
    os.close(writing)
    return _Worker(pid, reading)


def _work(task: Task, pipe: int) -> None:
    """The whole life of a process; it never comes back to what its parent was about to do."""
    code = 0
    gc.disable()  # it lives for a second and ends with all that it holds
    try:
        refused: list[SiteError] = []
        try:
            task()
        except SiteError as error:
            refused = list(error.every)
        with os.fdopen(pipe, "wb") as told:
            told.write(json.dumps([[str(one), one.hint] for one in refused]).encode())
    except KeyboardInterrupt:  # the one who began it was interrupted too, and says so
        code = _FAILED
    except BaseException:  # whatever it is, nothing above this may run here too
        traceback.print_exc()
        code = _FAILED
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _await_one(running: dict[str, _Worker], refused: dict[str, list[SiteError]]) -> None:
    """Listen until one of them is done."""
    with selectors.DefaultSelector() as selector:
        for name, worker in running.items():
            selector.register(worker.pipe, selectors.EVENT_READ, name)
        while True:
            for key, _ in selector.select():
                worker = running[key.data]
                if octets := os.read(worker.pipe, 65536):
                    worker.told += octets
                    continue
                refused[key.data] = _outcome(key.data, running.pop(key.data))
                return


def _outcome(name: str, worker: _Worker) -> list[SiteError]:
    """What a process that is done refused, or that it did not come to its end."""
    os.close(worker.pipe)
    _, status = os.waitpid(worker.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        return [SiteError(said, hint) for said, hint in json.loads(worker.told)]
    if code < 0:
        said = f"the process for {name} was ended by {signal.Signals(-code).name}"
        return [SiteError(said, "look whether memory ran out, then build again")]
    return [SiteError(f"the process for {name} stopped", "what is above this line says why")]


def _ended(worker: _Worker, by: int = signal.SIGKILL) -> None:
    """Stop a process of which nobody asks any more how it ends."""
    os.close(worker.pipe)
    with suppress(ProcessLookupError):
        os.kill(worker.pid, by)
    os.waitpid(worker.pid, 0)
