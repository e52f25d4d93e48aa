"""The whole practice site behind a host: well as it was built, and each byte that is changed is named. A soak."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import attacks, signed_site, stores
from tests.signed_site import Served, SignedSite
from tests.site import Built
from tests.soak import SOAK
from tests.spoiler import Asked, Given
from tests.test_verify import look, small

pytestmark = pytest.mark.skipif(
    not SOAK, reason="a soak; the small site of test_verify has all kinds"
)
NOT_TURNED = ("/SHA256SUMS", "/manifests.jsonl", "/board.bin", "/headers.json", "/keys.json")


@pytest.fixture(scope="module")
def site(built_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder, port = tmp_path_factory.mktemp("whole"), stores.free_port()
    shutil.copytree(built_site.out, folder / "site")
    beside = built_site.out.with_name(f"{built_site.out.name}.headers.json")
    shutil.copy(beside, folder / "site.headers.json")
    (folder / "keys.json").write_text(built_site.keys, "ascii")
    made = SignedSite(folder, f"http://127.0.0.1:{port}", practice=True)
    made.say()  # it is served at another address than it was built for
    made.sign()
    with signed_site.behind(made, port) as found:
        yield found


def test_the_whole_site_is_well(site: Served, tmp_path: Path) -> None:
    """Every file, from two machines, by both verifiers."""
    told = look(site, signed_site.watching(tmp_path / "watch", practice=True))
    assert (told.code, told.record["differences"]) == (0, []), told.text
    assert small(site, "--practice", "--built", site.site.site) == (0, "all well\n")


def test_one_byte_of_each_file_is_named(site: Served, tmp_path: Path) -> None:
    """Each asset, and each page of each type in each language."""

    def spoil(asked: Asked, given: Given) -> None:
        if asked.path not in NOT_TURNED:
            attacks.turn(given)

    listed = {line[66:] for line in (site.site.site / "SHA256SUMS").read_text("ascii").splitlines()}
    wanted = {f"/{path.removesuffix('index.html')}" for path in listed - {"404.html"}}
    with site.host.spoiling(spoil):
        told = look(site, signed_site.watching(tmp_path / "watch", practice=True))
        _, printed = small(site, "--practice")
    named = {one["path"] for one in told.record["differences"] if one["kind"] == "changed"}
    assert wanted - named - set(NOT_TURNED) == set()
    printed_paths = {line.removeprefix("changed: ") for line in printed.splitlines()}
    assert wanted - printed_paths - set(NOT_TURNED) == set()
