"""Steps 3 and 4: everything that can go wrong between the drop and its bucket, on both fronts.

Of each fault: the sender hears what `openapi.yaml` has for it, nothing that was acknowledged is lost,
nothing is there under a final name that is not whole, and when the fault ends the same process
stores the same bytes without anybody's help.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
import yaml

from tests import fronts, stores
from tests.fault_rows import S3, Row
from tests.faults import Act, Door, door, passing_on
from tests.fronts import Front
from tests.soak import SOAK
from tests.stores import CREDENTIALS, Deployment, KeptS3, Weed, make_object, name_of

FRONTS = {"app": fronts.app, "lambda": fronts.on_lambda}


class Switch:
    """What the door in front of the real server does: it passes on, or what a fault has it do."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._act = passing_on(endpoint)

    def __call__(self, request: bytes, line) -> None:
        self._act(request, line)

    @property
    def is_early(self) -> bool:
        return getattr(self._act, "is_early", False)

    @contextmanager
    def to(self, act: Act) -> Iterator[None]:
        well, self._act = self._act, act
        try:
            yield
        finally:
            self._act = well


@dataclass(frozen=True)
class Drop:
    """A running front, the bucket behind it, and the door between them."""

    front: Front
    kept: KeptS3
    switch: Switch
    door: Door


@pytest.fixture(scope="module", params=FRONTS)
def drop(
    request: pytest.FixtureRequest,
    weed: Weed,
    deployment: Deployment,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Drop]:
    """Run one process of each front for all faults, on the real server behind a door."""
    switch, kept = Switch(weed.endpoint), KeptS3(weed.endpoint, weed.new_bucket())
    folder = tmp_path_factory.mktemp("faults")
    with door(switch) as opened:
        env = CREDENTIALS | {"AWS_ENDPOINT_URL_S3": opened.endpoint}
        with FRONTS[request.param](deployment, kept, folder, env) as front:
            yield Drop(front, kept, switch, opened)
            assert front.output() == b""


def codes() -> set[str]:
    """Every code that the contract has."""
    contract = yaml.safe_load((stores.REPO / "functions/openapi.yaml").read_text("utf-8"))
    said = contract["components"]["schemas"]["Error"]["properties"]["error"]["enum"]
    return set(said)


def expect(reply: stores.Reply, row: Row) -> None:
    """The answer is that of the row, and holds a code of the contract and nothing else."""
    assert reply.status == row.status
    if row.status == 204:
        assert reply.body == b""
        return
    assert reply.error == row.code
    assert row.code in codes()
    assert reply.body == b'{"error":"%b"}' % row.code.encode()


@pytest.mark.parametrize("fault", S3 if SOAK else [*S3][::2])
def test_a_fault_loses_nothing_and_passes_by_itself(drop: Drop, fault: str) -> None:
    """Before, during, after: only what is safe is told 204, and the same bytes are taken afterwards."""
    row, before = S3[fault], drop.kept.names()
    first, bodies = make_object(), [make_object() for _ in range(S3[fault].senders)]
    assert drop.front.post(first).status == 204
    with drop.switch.to(row.act(drop.kept.endpoint)):
        for body in bodies:
            expect(drop.front.post(body), row)
    half = drop.kept.names() - before
    assert all(name_of(drop.kept.read(name)) == name for name in half)
    for body in bodies:
        assert drop.front.post(body).status == 204
    expected = {name_of(body): body for body in [first, *bodies]}
    assert half <= expected.keys()
    assert {name: drop.kept.read(name) for name in drop.kept.names() - before} == expected


def test_the_table_holds_every_kind_of_fault() -> None:
    """A row that somebody takes away is missed: what the drop must outlive is listed once more here."""
    kinds = (
        "500 503 404 501 conflict hang late reset half checksum page_200 empty redirect page_403"
    )
    kinds += " page_412 page_502 clock credentials signature region"
    assert [kind for kind in kinds.split() if not any(kind in row for row in S3)] == []
