"""Fixtures for every test module. The code behind them lives beside the part that it serves."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from tests import advice, cloud, handbooks, shared, vaults
from tests.screens import Client, make_client
from tests.site import Built, build_site, built_in
from tests.soak import SOAK
from tests.stores import CREDENTIALS, Deployment, Weed, make_deployment, seaweed

pytest_plugins = ["tests.engine_starts", "tests.measured"]

# Whole cards, whole sites made again or in clones, and two whole machines: their share of `make test` are the others.
collect_ignore = (
    []
    if SOAK
    else [
        "test_again_whole.py",
        "test_cards_whole.py",
        "test_same_files_whole.py",
        "test_server_root.py",
    ]
)


# These take longest.
_LONG = {
    *("test_walk", "test_runbook", "test_page_kinds", "test_states", "test_lost_connection"),
    *("test_way_back", "test_preview", "test_traces", "test_answer_states", "test_verify"),
    *("test_verify_signed", "test_probe_server", "test_bundle_install", "test_upload"),
    *("test_store_faults", "test_board_crash", "test_vault_crash", "test_watching"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files come first in their folder: one that begins last has two of three workers wait for it."""
    items.sort(key=lambda one: (one.path.parent.name != "browser", one.path.stem not in _LONG))


@pytest.fixture(scope="session")
def weed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Weed]:
    """Run one SeaweedFS for the whole session."""
    with seaweed(tmp_path_factory.mktemp("weed")) as running:
        yield running


@pytest.fixture
def s3_endpoint(weed: Weed, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the address of a real S3 server, with credentials for it in the environment."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    return weed.endpoint


@pytest.fixture
def s3_bucket(weed: Weed) -> Iterator[str]:
    """Give the name of a new, empty bucket on that server."""
    bucket = weed.new_bucket()
    yield bucket
    weed.give_up(bucket)


@pytest.fixture(scope="session")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> handbooks.Handbook:
    """Give the handbook as it is built, with a grey point for each picture."""
    out = tmp_path_factory.mktemp("handbook") / "site"
    done = handbooks.build(out)
    assert done.returncode == 0, done.stderr
    return handbooks.Handbook(out)


@pytest.fixture(scope="session")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """Give a tiny built site with its headers, and a key list that accepts `stores.KEY_ID`."""
    return make_deployment(tmp_path_factory.mktemp("deployment"))


@pytest.fixture(scope="session")
def zipped(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give the package of the function, which accepts `stores.KEY_ID`."""
    return cloud.packed(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="session")
def unpacked(zipped: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder with that package as Lambda unpacks it."""
    return cloud.unpack(zipped, tmp_path_factory.mktemp("function"))


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the practice site once for all workers."""
    return built_in(shared.made(tmp_path_factory, "site", build_site))


@pytest.fixture(scope="session")
def whole_desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Make a desk with stores, keys, sticks and a drop, and say where each lies."""
    folder = tmp_path_factory.mktemp("desk")
    return folder, advice.make_desk(folder)


@pytest.fixture
def room(
    whole_desk: tuple[Path, dict[str, str]], tmp_path: Path
) -> Iterator[Callable[[], advice.Room]]:
    """Give a copy of that desk, in which seven words cost little."""
    with advice.cheap():
        yield lambda: advice.Room(*whole_desk, tmp_path / "here")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    """Give the book of an empty store."""
    with vaults.opened(vaults.make_store(tmp_path)) as vault:
        yield Casebook(vault)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """Give an open screen on an empty store."""
    made = make_client(vaults.make_store(tmp_path)).enter().unlock()
    yield made
    made.screen.lock()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Say where a stick will be."""
    return tmp_path / "stick"


@pytest.fixture
def without_syncs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what makes files durable: a kill takes nothing from the kernel, so it only costs time."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
