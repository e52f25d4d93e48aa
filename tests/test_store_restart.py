"""Steps 3 and 4: app and store are stopped and started again under load; the senders do what the page does.

Each sender keeps an object until it was told 204, and presses send again with the same bytes. In the
end all are stored, whatever stopped in between, and none was told a word that the contract has not.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import stores
from tests.soak import SOAK, count
from tests.stores import CREDENTIALS, Deployment, Kept, KeptFiles, KeptS3, make_object, name_of
from tests.test_faults_s3 import FRONTS

SENDERS, OBJECTS = 4, 20
STOPS = count(20, 1)
PAUSE_SECONDS = 0.05  # until she presses again
PATIENCE_SECONDS = 90


@dataclass
class Senders:
    """People who each send several complaints, one after the other, and never give one up."""

    post: Callable[[bytes], stores.Reply]
    acknowledged: dict[str, bytes] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)

    def run(self, objects: int) -> None:
        with ThreadPoolExecutor(SENDERS) as pool:
            list(pool.map(lambda _: self._send(make_object()), range(objects)))

    def _send(self, body: bytes) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                status = self.post(body).status
            except OSError:
                status = 0
            self.told.add(status)
            if status == 204:
                self.acknowledged[name_of(body)] = body
                return
            time.sleep(PAUSE_SECONDS)  # the page waits longer, until a person presses
        raise AssertionError("an object was never taken")

    def wait_for(self, number: int) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while len(self.acknowledged) < number:
            assert time.monotonic() < until
            time.sleep(0.002)


def disturb(senders: Senders, stop: Callable[[], None]) -> None:
    """Let everybody send, and stop something as often as is said, whenever enough were taken."""
    worker = threading.Thread(target=senders.run, args=(OBJECTS * (STOPS + 1),))
    worker.start()
    for number in range(1, STOPS + 1):
        senders.wait_for(number * OBJECTS)
        stop()
    worker.join(PATIENCE_SECONDS)
    assert len(senders.acknowledged) == OBJECTS * (STOPS + 1)


@pytest.fixture(params=["files", "s3"] if SOAK else ["files"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    """Give an empty store of each kind."""
    if request.param == "files":
        return KeptFiles(tmp_path)
    weed = request.getfixturevalue("weed")
    return KeptS3(weed.endpoint, weed.new_bucket())


def test_the_app_is_restarted_under_load(
    deployment: Deployment, tmp_path: Path, kept: Kept
) -> None:
    """As `systemctl restart` does it: nothing that was told 204 is missing, nobody is told another word."""
    env = CREDENTIALS | {"AWS_ENDPOINT_URL_S3": getattr(kept, "endpoint", "")}
    running = [stores.start(deployment, kept.argument, tmp_path / "said", env)]
    port = running[0].port

    def restart() -> None:
        stores.end(running[-1].process)
        assert running[-1].process.returncode in (0, -signal.SIGTERM)
        running.append(stores.start(deployment, kept.argument, tmp_path / "said", env, port=port))

    senders = Senders(lambda body: stores.exchange(port, stores.post(body)))
    try:
        disturb(senders, restart)
    finally:
        stores.end(running[-1].process)
    assert kept.objects() == senders.acknowledged
    assert senders.told <= {0, 204}
    assert (tmp_path / "said").read_bytes() == b""


@pytest.fixture
def own_weed(tmp_path: Path) -> Iterator[stores.Weed]:
    """Run a SeaweedFS that may be killed."""
    (tmp_path / "weed").mkdir()
    with stores.seaweed(tmp_path / "weed") as weed:
        yield weed


def restart_weed(weed: stores.Weed) -> None:
    """Kill the store at once and start it again in its folder."""
    os.killpg(weed.process.pid, signal.SIGKILL)
    weed.process.wait(30)
    folder = next(
        Path(one.partition("=")[2]) for one in weed.process.args if one.startswith("-dir=")
    )
    with (folder / "weed.log").open("ab") as sink:
        weed.process = subprocess.Popen(
            weed.process.args,
            env=os.environ | CREDENTIALS,
            stdout=sink,
            stderr=sink,
            cwd=folder,
            start_new_session=True,
        )


@pytest.mark.parametrize("front", FRONTS if SOAK else ["lambda"])
def test_the_store_is_killed_under_load(
    deployment: Deployment, tmp_path: Path, own_weed: stores.Weed, front: str
) -> None:
    """The store dies and comes back: `store` meanwhile, then 204 from the same process, and all is there."""
    kept = KeptS3(own_weed.endpoint, own_weed.new_bucket())
    env = CREDENTIALS | {"AWS_ENDPOINT_URL_S3": own_weed.endpoint}
    with FRONTS[front](deployment, kept, tmp_path, env) as running:
        senders = Senders(running.post)
        disturb(senders, lambda: restart_weed(own_weed))
        assert kept.objects() == senders.acknowledged
        assert running.output() == b""
    assert senders.told == {204, 503}
