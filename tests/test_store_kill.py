"""Steps 3 and 4: the app is killed at random moments under load, and goes on with the same store.

At the end every object that was ever acknowledged must be there and whole, however many kills came
after it, and nothing may be there that nobody sent. A killed process loses nothing that the kernel
already has, so this says nothing about a power cut; the order of the syncs is held by
`test_store_files.py`.
"""

import random
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.soak import count
from tests.stores import (
    CREDENTIALS,
    Deployment,
    Kept,
    KeptFiles,
    KeptS3,
    exchange,
    make_object,
    name_of,
    post,
    read_reply,
    start,
)

KILLS = {"files": count(1_000, 20), "s3": count(200, 2)}
ACKNOWLEDGED = count(100, 25)  # a kill, at the least and on average
SEED = 20261122
SENDERS = 4
LATEST_KILL_SECONDS = 0.02  # after the object that it waits for
PATIENCE_SECONDS = 60


@dataclass
class Tally:
    """Names of objects: those that were told 204, and those whose sender heard nothing."""

    acknowledged: set[str] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)
    enough: threading.Event = field(default_factory=threading.Event)
    wanted: int = 0

    def take(self, name: str) -> None:
        self.acknowledged.add(name)
        if len(self.acknowledged) >= self.wanted:
            self.enough.set()


@dataclass
class Sender:
    """Posts one new object after the other and tells the tally of each answer."""

    tally: Tally
    unanswered: bytes = b""

    def run(self, port: int) -> None:
        """Post until the line breaks; the object under way then is left unanswered."""
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
                while True:
                    self.unanswered = make_object()
                    line.sendall(post(self.unanswered))
                    reply = read_reply(line)
                    assert reply.status == 204
                    self.tally.take(name_of(self.unanswered))
        except ConnectionError:
            return


def kill_once(
    deployment: Deployment, kept: Kept, output: Path, *, wanted: int, delay: float
) -> tuple[Tally, list[Sender]]:
    """Start the app, let all senders post, kill it `delay` seconds after so many were told 204."""
    env = CREDENTIALS | {"AWS_ENDPOINT_URL_S3": getattr(kept, "endpoint", "")}
    server = start(deployment, kept.argument, output, env)
    tally = Tally(wanted=wanted)
    senders = [Sender(tally) for _ in range(SENDERS)]
    threads = [threading.Thread(target=sender.run, args=(server.port,)) for sender in senders]
    for thread in threads:
        thread.start()
    assert tally.enough.wait(PATIENCE_SECONDS)
    time.sleep(delay)  # the kill has to fall at a random moment
    server.process.kill()
    server.process.wait(30)
    for thread in threads:
        thread.join(30)
    assert server.output() == b""
    tally.unanswered = {name_of(sender.unanswered) for sender in senders} - tally.acknowledged
    return tally, senders


@pytest.fixture(params=KILLS)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    """Give an empty store of each kind; what a soak leaves there is more than a gigabyte."""
    if request.param == "s3":
        weed = request.getfixturevalue("weed")
        yield KeptS3(weed.endpoint, weed.new_bucket())
        return
    yield KeptFiles(tmp_path)
    for path in (tmp_path / "in").iterdir():
        path.unlink()


def test_no_acknowledged_object_is_lost_or_torn(
    deployment: Deployment, tmp_path: Path, kept: Kept
) -> None:
    """However the kills fall, what was ever told 204 is there at the end, and all that is there is whole."""
    moments = random.Random(SEED)
    kind = kept.argument.partition(":")[0]
    acknowledged: set[str] = set()
    unanswered: set[str] = set()
    for _ in range(KILLS[kind]):
        wanted = moments.randint(1, 2 * ACKNOWLEDGED)
        delay = moments.uniform(0, LATEST_KILL_SECONDS)
        tally, _ = kill_once(deployment, kept, tmp_path / "output", wanted=wanted, delay=delay)
        acknowledged |= tally.acknowledged
        unanswered |= tally.unanswered
    names = kept.names()
    print(f"{kind}: {KILLS[kind]} kills, seed {SEED}, {len(acknowledged)} acknowledged")
    print(f"{len(unanswered)} unanswered, of which {len(names & unanswered)} are there")
    assert acknowledged <= names <= acknowledged | unanswered
    assert all(name_of(kept.read(name)) == name for name in names)
    # Kills that never met a post, or let too few through, would prove less than they say.
    assert len(acknowledged) >= KILLS[kind] * ACKNOWLEDGED
    assert len(unanswered) > KILLS[kind]


def test_rests_of_kills_are_few_and_hidden(deployment: Deployment, tmp_path: Path) -> None:
    """A kill leaves at most one file for each sender, under a name that nobody takes for an object."""
    kept = KeptFiles(tmp_path)
    for _ in range(KILLS["s3"]):
        kill_once(deployment, kept, tmp_path / "output", wanted=1, delay=0.01)
    rests = [path for path in (tmp_path / "in").iterdir() if path.name.startswith(".")]
    assert len(rests) <= SENDERS * KILLS["s3"]
    assert all(len(path.name) == 33 for path in rests)


def test_an_unanswered_object_is_taken_after_the_restart(
    deployment: Deployment, tmp_path: Path, kept: Kept
) -> None:
    """The sender presses send again with the same bytes: 204, and one whole object."""
    _, senders = kill_once(deployment, kept, tmp_path / "output", wanted=4, delay=0.005)
    body = senders[0].unanswered
    env = CREDENTIALS | {"AWS_ENDPOINT_URL_S3": getattr(kept, "endpoint", "")}
    server = start(deployment, kept.argument, tmp_path / "output", env)
    try:
        reply = exchange(server.port, post(body))
    finally:
        server.process.kill()
        server.process.wait(30)
    assert reply.status == 204
    assert kept.read(name_of(body)) == body
