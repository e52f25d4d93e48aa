"""Steps 3 and 4: everything that can go wrong with the disk under the file store, in the running app.

Of each fault: the sender hears `store`, nothing that was acknowledged is lost, nothing is there under
a final name that is not whole, and when the fault ends the same process stores the same bytes without
anybody's help. The function on Lambda has no file store. How the faults are made: `broken_disks.py`.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from tests import broken_disks, stores
from tests.broken_disks import FAULTS, Disk
from tests.fronts import App
from tests.stores import Deployment, KeptFiles, make_object, name_of

SENDERS = 4


@dataclass(frozen=True)
class Drop:
    """The running app and the disk under it."""

    front: App
    disk: Disk
    kept: KeptFiles

    def empty(self) -> None:
        """Take away what an earlier fault left."""
        for path in self.disk.folder.iterdir():
            path.unlink()

    def post_all(self, bodies: list[bytes]) -> list[tuple[int, bytes]]:
        """Post all at once."""
        with ThreadPoolExecutor(SENDERS) as pool:
            return [(reply.status, reply.body) for reply in pool.map(self.front.post, bodies)]


@pytest.fixture(scope="module")
def drop(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drop]:
    """Run one process for all faults, as a user who is bound by the modes of files."""
    folder = tmp_path_factory.mktemp("disks")
    with broken_disks.mounted(folder / "disk") as root:
        server = stores.start(deployment, f"files:{root}", folder / "said", by=broken_disks.BOUND)
        try:
            yield Drop(App(server), Disk(root, server.process.pid), KeptFiles(root))
        finally:
            stores.end(server.process)
        assert server.output() == b""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_loses_nothing_and_passes_by_itself(drop: Drop, fault: str) -> None:
    """Before, during, after: only what is safe is told 204, and the same bytes are taken afterwards."""
    drop.empty()
    first, bodies = make_object(), [make_object() for _ in range(SENDERS)]
    assert drop.front.post(first).status == 204
    with FAULTS[fault](drop.disk):
        said = drop.post_all(bodies)
    assert said == [(503, b'{"error":"store"}')] * SENDERS
    half = drop.kept.objects()
    assert all(name_of(body) == name for name, body in half.items())
    assert drop.post_all(bodies) == [(204, b"")] * SENDERS
    expected = {name_of(body): body for body in [first, *bodies]}
    assert half.items() <= expected.items()
    assert drop.kept.objects() == expected
    rests = {path.name for path in drop.disk.folder.iterdir()} - expected.keys()
    assert all(name.startswith(".") for name in rests)
