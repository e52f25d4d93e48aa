"""Steps 3 and 4: the app is killed at random moments while senders post to the file store.

After each kill every acknowledged object must be there and whole, and nothing half-written
visible. A killed process loses nothing that the kernel already has, so this says nothing about a
power cut; the order of the syncs is held by `test_store_files.py`.
"""

import random
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak import count
from tests.stores import (
    Deployment,
    KeptFiles,
    exchange,
    make_object,
    name_of,
    post,
    read_reply,
    start,
)

KILLS = count(1_000, 20)
SEED = 20261122
SENDERS = 4
LATEST_KILL_SECONDS = 0.12


@dataclass
class Sender:
    """Posts one new object after the other and remembers what it was told."""

    acknowledged: dict[str, bytes] = field(default_factory=dict)
    unanswered: bytes = b""

    def run(self, port: int, begun: threading.Event) -> None:
        """Post until the line breaks; the object under way then is left unanswered."""
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
                while True:
                    self.unanswered = make_object()
                    line.sendall(post(self.unanswered))
                    begun.set()
                    reply = read_reply(line)
                    assert reply.status == 204
                    self.acknowledged[name_of(self.unanswered)] = self.unanswered
        except ConnectionError:
            return


def kill_once(deployment: Deployment, root: Path, delay: float) -> list[Sender]:
    """Start the app, let all senders post, kill it after `delay` seconds of posting."""
    server = start(deployment, f"files:{root}", root / "output")
    senders = [Sender() for _ in range(SENDERS)]
    begun = threading.Event()
    threads = [threading.Thread(target=s.run, args=(server.port, begun)) for s in senders]
    for thread in threads:
        thread.start()
    assert begun.wait(30)
    time.sleep(delay)  # the kill has to fall at a random moment
    server.process.kill()
    server.process.wait(30)
    for thread in threads:
        thread.join(30)
    assert server.output() == b""
    return senders


def check_after_kill(root: Path, senders: list[Sender]) -> int:
    """Compare what was acknowledged with the disk, empty the folder, return the number kept."""
    visible = KeptFiles(root).objects()
    assert all(name_of(body) == name for name, body in visible.items())
    for sender in senders:
        assert sender.acknowledged.items() <= visible.items()
    rests = [path for path in (root / "in").iterdir() if path.name.startswith(".")]
    assert len(rests) <= SENDERS
    for path in [*rests, *(root / "in" / name for name in visible)]:
        path.unlink()
    return sum(len(sender.acknowledged) for sender in senders)


def test_no_acknowledged_object_is_lost_or_torn(deployment: Deployment, tmp_path: Path) -> None:
    """However the kill falls, what was told 204 is there and what is there is whole."""
    moments = random.Random(SEED)
    acknowledged = unanswered = 0
    for _ in range(KILLS):
        senders = kill_once(deployment, tmp_path, moments.uniform(0, LATEST_KILL_SECONDS))
        acknowledged += check_after_kill(tmp_path, senders)
        unanswered += sum(name_of(s.unanswered) not in s.acknowledged for s in senders)
    print(f"kills {KILLS}, seed {SEED}, acknowledged {acknowledged}, unanswered {unanswered}")
    # Kills that never met a post, or let no post through, would prove nothing.
    assert acknowledged > KILLS
    assert unanswered > KILLS


def test_an_unanswered_object_is_taken_after_the_restart(
    deployment: Deployment, tmp_path: Path
) -> None:
    """The sender presses send again with the same bytes: 204, and one whole object."""
    sender = kill_once(deployment, tmp_path, 0.03)[0]
    server = start(deployment, f"files:{tmp_path}", tmp_path / "output")
    try:
        reply = exchange(server.port, post(sender.unanswered))
    finally:
        server.process.kill()
        server.process.wait(30)
    assert reply.status == 204
    objects = KeptFiles(tmp_path).objects()
    assert objects[name_of(sender.unanswered)] == sender.unanswered
