"""Fixtures for every test module. The code behind them lives beside the part that it serves."""

from collections.abc import Iterator

import pytest

from tests.site import Built, build_site
from tests.stores import CREDENTIALS, Deployment, Weed, make_deployment, seaweed


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
def s3_bucket(weed: Weed) -> str:
    """Give the name of a new, empty bucket on that server."""
    return weed.new_bucket()


@pytest.fixture(scope="session")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """Give a tiny built site with its headers, and a key list that accepts `stores.KEY_ID`."""
    return make_deployment(tmp_path_factory.mktemp("deployment"))


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the practice site once for the whole session."""
    return build_site(tmp_path_factory.mktemp("built"))
