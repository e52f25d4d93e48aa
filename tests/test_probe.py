"""Before anything is taken: a store and the board's place are proven, and what cannot do it is refused in words.

Servers that write over what is there exist (STORE.md names two); here a door in front of the real
server does the same, by taking away what is there before it hands a put on.
"""

import base64
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from desk import folder
from desk.online.places import PROBE_OCTETS
from functions import probe
from functions.errors import UnsuitableError
from functions.shape import Refusal, check
from functions.store_files import FileStore
from functions.store_s3 import S3Store
from tests import stores
from tests.faults import Act, canned, door, passing_on, s3_error
from tests.practice import desk
from tests.stores import ACCEPTED, CREDENTIALS, Deployment, KeptFiles, KeptS3, exchange, post
from tests.test_publish import ACCOUNT, identities
from tests.test_shape import request_for

PROVEN = "functions: the store refuses to write one name twice, as it must"
OVER = "the store writes over what is there"
NOT_KNOWN = s3_error("501 Not Implemented", "NotImplemented")


def overwriting(endpoint: str, bucket: str) -> Act:
    """Hand puts on after taking away what was there, so that no condition ever holds them up."""
    real = passing_on(endpoint)

    def act(request: bytes, line: socket.socket) -> None:
        method, path, _ = request.split(b" ", 2)
        if method == b"PUT":
            key = path.decode().removeprefix(f"/{bucket}/")
            stores.s3_client(endpoint).delete_object(Bucket=bucket, Key=key)
        real(request, line)

    return act


def ignoring_matches(endpoint: str) -> Act:
    """Answer a put over another object as done, and hand everything else on."""
    checksum = base64.b64encode(sha256(PROBE_OCTETS).digest()).decode()
    more = f'ETag: "x"\r\nx-amz-checksum-sha256: {checksum}\r\n'
    real, done = passing_on(endpoint), canned("200 OK", "", more=more)
    return lambda request, line: (done if b"if-match" in request.lower() else real)(request, line)


def run(*arguments: str, endpoint: str = "") -> subprocess.CompletedProcess[str]:
    env = os.environ | CREDENTIALS | {"AWS_ENDPOINT_URL_S3": endpoint}
    command = [sys.executable, "-m", "functions", *arguments]
    return subprocess.run(
        command, cwd=stores.REPO, env=env, capture_output=True, text=True, timeout=60
    )


def app(deployment: Deployment, store: str) -> list[str]:
    files = ["--site", str(deployment.site), "--keys", str(deployment.keys)]
    return [*files, "--store", store, "--port", "0"]


def test_the_probe_is_one_object_that_is_no_complaint() -> None:
    """Desk and function know it by the name in the contract; the drop would refuse its bytes."""
    assert len(probe.PROBE_BODY) == stores.OBJECT_BYTES
    assert sha256(probe.PROBE_BODY).hexdigest() == probe.PROBE == folder.PROBE
    assert f"`{probe.PROBE}`" in (stores.REPO / "WIRE.md").read_text("utf-8")
    assert check(request_for(probe.PROBE_BODY), ACCEPTED) is Refusal.VERSION


def test_a_folder_is_proven_and_left_empty(tmp_path: Path) -> None:
    """The command says so, and nothing stays."""
    done = run("probe", f"files:{tmp_path}")
    assert done.stderr.splitlines() == [PROVEN, f"functions: {probe.GONE}"]
    assert (done.returncode, os.listdir(tmp_path / "in")) == (0, [])


def test_a_bucket_is_proven_and_left_empty(s3_endpoint: str, s3_bucket: str) -> None:
    """On a real server, also when an earlier probe is still there."""
    client = stores.s3_client(s3_endpoint)
    for body in (None, probe.PROBE_BODY):
        if body:
            client.put_object(Bucket=s3_bucket, Key=f"in/{probe.PROBE}", Body=body)
        done = run("probe", f"s3:{s3_bucket}", endpoint=s3_endpoint)
        assert done.stderr.splitlines() == [PROVEN, f"functions: {probe.GONE}"]
    assert KeptS3(s3_endpoint, s3_bucket).objects() == {}


@pytest.mark.parametrize(
    ("store", "word"),
    [("overwriting", OVER), ("501", "it has no conditional writes"), ("403", "no right to put")],
)
def test_an_app_does_not_start_on_a_store_that_cannot_do_it(
    deployment: Deployment, s3_endpoint: str, s3_bucket: str, store: str, word: str
) -> None:
    """It ignores the condition, does not know it, or takes no put: said in words, also by the probe."""
    acts = {"501": NOT_KNOWN, "403": s3_error("403 Forbidden", "AccessDenied")}
    act = acts.get(store) or overwriting(s3_endpoint, s3_bucket)
    place = f"s3:{s3_bucket}"
    with door(act) as opened:
        for arguments in (app(deployment, place), ["probe", place]):
            done = run(*arguments, endpoint=opened.endpoint)
            assert (done.returncode, word in done.stderr) == (1, True), done.stderr
            assert f"hint: {probe.HINT}" in done.stderr
    assert KeptS3(s3_endpoint, s3_bucket).objects() == {}


@pytest.mark.parametrize(("call", "number"), [("link", 1), ("link", 95), ("fchmod", 38)])
def test_a_file_system_without_links_or_modes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    """Such as FAT; a mock, since not every machine can mount one: the numbers are those of real ones."""

    def fail(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(UnsuitableError, match="has no hard links, or keeps no modes"):
        probe.prove(FileStore(tmp_path))
    assert os.listdir(tmp_path / "in") == []


def test_a_store_that_is_away_is_proven_before_the_first_object(
    deployment: Deployment, tmp_path: Path, s3_endpoint: str, s3_bucket: str
) -> None:
    """The app starts and says so; nothing is taken until the proof, then everything."""
    port = stores.free_port()
    env = CREDENTIALS | {"AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{port}"}
    with stores.serve(deployment, f"s3:{s3_bucket}", tmp_path / "said", env) as server:
        assert b"takes nothing until the store could be probed" in server.output()
        with door(overwriting(s3_endpoint, s3_bucket), port=port):
            assert exchange(server.port, post(stores.make_object())).error == "store"
        with door(passing_on(s3_endpoint), port=port):
            assert exchange(server.port, post(stores.make_object())).status == 204
    assert len(KeptS3(s3_endpoint, s3_bucket).objects()) == 1


@pytest.fixture
def put_only(tmp_path: Path) -> Iterator[str]:
    """Give a server where this process may put under `in/` and nothing else, on the bucket `drop`."""
    (tmp_path / "weed").mkdir()
    with stores.seaweed(tmp_path / "weed", f"-s3.config={identities(tmp_path / 'users')}") as weed:
        role = {"Effect": "Allow", "Principal": {"AWS": [f"arn:aws:iam::{ACCOUNT}:user/publisher"]}}
        role |= {"Action": ["s3:PutObject"], "Resource": ["arn:aws:s3:::site/in/*"]}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [role]})
        operator = stores.s3_client(weed.endpoint)
        operator.create_bucket(Bucket="site")
        operator.put_bucket_policy(Bucket="site", Policy=policy)
        yield weed.endpoint


def test_a_probe_that_may_not_be_taken_away_is_said_and_not_fetched(
    put_only: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the right to put alone it stays; `desk fetch` leaves it alone, and a second probe works."""
    monkeypatch.setitem(CREDENTIALS, "AWS_ACCESS_KEY_ID", "p")
    monkeypatch.setitem(CREDENTIALS, "AWS_SECRET_ACCESS_KEY", "ps")
    for _ in range(2):
        done = run("probe", "s3:site", endpoint=put_only)
        assert done.stderr.splitlines() == [PROVEN, f"functions: {probe.STAYS}"]
    monkeypatch.undo()
    assert KeptS3(put_only, "site").objects() == {probe.PROBE: probe.PROBE_BODY}
    for name, value in (CREDENTIALS | {"AWS_ENDPOINT_URL_S3": put_only}).items():
        monkeypatch.setenv(name, value)
    fetched = desk("fetch", "s3://site", tmp_path)
    assert (fetched.stderr, fetched.stdout.split(",")[0]) == ("", "0 found")
    assert os.listdir(tmp_path / "in") == [folder.FETCHED]


def test_a_probe_in_a_folder_is_not_fetched(tmp_path: Path) -> None:
    """Also from a file store, where a killed start may have left it."""
    FileStore(tmp_path).put(probe.PROBE, probe.PROBE_BODY)
    (tmp_path / "stick").mkdir()
    fetched = desk("fetch", tmp_path, tmp_path / "stick")
    assert (fetched.returncode, fetched.stdout.split(",")[0]) == (0, "0 found")


def test_versions_do_not_pile_up(s3_endpoint: str, s3_bucket: str) -> None:
    """In a bucket that keeps versions the object stays, once, however often an app starts."""
    client = stores.s3_client(s3_endpoint)
    versioning = {"Status": "Enabled"}
    client.put_bucket_versioning(Bucket=s3_bucket, VersioningConfiguration=versioning)
    store = S3Store(s3_bucket, endpoint=s3_endpoint, region=CREDENTIALS["AWS_REGION"])
    assert [probe.prove(store) for _ in range(3)] == [False] * 3
    found = client.list_object_versions(Bucket=s3_bucket)
    assert (len(found["Versions"]), found.get("DeleteMarkers", [])) == (1, [])


def test_the_place_of_the_board_is_proven(
    tmp_path: Path, s3_endpoint: str, s3_bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder and a bucket: two lines, and neither the object nor `board.bin` is there afterwards."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3_endpoint)
    for target in (str(tmp_path), f"s3://{s3_bucket}"):
        done = desk("publish", "--probe", target)
        assert (done.returncode, len(done.stdout.splitlines())) == (0, 2), done.stderr
    assert list(tmp_path.iterdir()) == []
    assert "Contents" not in stores.s3_client(s3_endpoint).list_objects_v2(Bucket=s3_bucket)


@pytest.mark.parametrize("act", ["new", "match", "501", "no_bucket"])
def test_a_place_that_could_lose_a_board_is_refused(
    s3_endpoint: str, s3_bucket: str, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """Either condition ignored, not known, or nothing there at all: no proof."""
    acts = {
        "new": (overwriting(s3_endpoint, s3_bucket), "though told not to"),
        "match": (ignoring_matches(s3_endpoint), "that it was not told of"),
        "501": (NOT_KNOWN, "no conditional writes"),
        "no_bucket": (s3_error("404 Not Found", "NoSuchBucket"), "NoSuchBucket"),
    }
    with door(acts[act][0]) as opened:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", opened.endpoint)
        done = desk("publish", "--probe", f"s3://{s3_bucket}")
    assert (done.returncode, acts[act][1] in done.stderr) == (1, True), done.stderr
    assert "hint:" in done.stderr


def test_a_start_leaves_the_store_as_it_was(deployment: Deployment, tmp_path: Path) -> None:
    """The app probes before its port is open, takes the object away, and says nothing."""
    with stores.serve(deployment, f"files:{tmp_path}", tmp_path / "said") as server:
        assert KeptFiles(tmp_path).objects() == {}
        assert server.output() == b""
