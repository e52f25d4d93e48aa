"""Several processes for one long list, so that step 6 opens ten thousand complaints in a second.

Comes in: a function and a list. Goes out: the results, in the order of the list. It refuses to know
what the work is; the processes are copies of this one, and as closed off as it is.
"""

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from typing import Any, BinaryIO, TypeVar

from desk.errors import DeskError

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTHWHILE = 500  # items; below that, starting a process costs more than it saves


def _labour(work: Callable[[Item], Result], items: Sequence[Item], descriptor: int) -> None:
    with os.fdopen(descriptor, "wb") as out:
        for item in items:
            pickle.dump(work(item), out, pickle.HIGHEST_PROTOCOL)


def _start(work: Callable[[Item], Result], items: Sequence[Item], stack: ExitStack) -> BinaryIO:
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            _labour(work, items, writing)
        finally:
            # Whatever happened, a copy must not go on with the work of the first process.
            os._exit(0)
    os.close(writing)
    stack.callback(os.waitpid, process, 0)
    # Closed before the wait above, so that a copy that is still writing stops.
    return stack.enter_context(closing(os.fdopen(reading, "rb")))


def _take(pipe: BinaryIO, item: Item) -> Any:  # Any: whatever the work returns, through a pipe
    try:
        # The bytes come from a copy of this process and never from outside.
        return pickle.load(pipe)  # noqa: S301
    except (EOFError, pickle.UnpicklingError):
        hint = "open this one by itself to see why"
        raise DeskError(f"the work stopped at {item}", hint) from None


def in_order(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int
) -> Iterator[Result]:
    """Do the work on every item; in this process alone if there are few items or one processor."""
    if len(items) < WORTHWHILE:
        processes = 1
    with ExitStack() as stack:
        # This process takes its turn like the others: what it does need not be carried.
        others = [_start(work, items[turn::processes], stack) for turn in range(1, processes)]
        for index, item in enumerate(items):
            turn = index % processes
            yield work(item) if turn == 0 else _take(others[turn - 1], item)
