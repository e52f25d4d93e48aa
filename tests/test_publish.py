"""Publishing a board (desk/online/publishing.py, desk/wire/board/file.py): forward only, whole, and no more."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from nacl.utils import random

from desk.errors import DeskError
from desk.online import bucket, probing, publishing
from desk.wire.board import build, file
from tests import stores, trusted
from tests.board_samples import BOARD_SEED, PUBLISHED, heading
from tests.practice import desk


def board(epoch: int = 7) -> bytes:
    """Return an empty board of a number; two of the same number differ."""
    made = build.build([], [], heading=heading(epoch=epoch), board_seed=BOARD_SEED, rng=random)
    return made.octets


def put(path: Path, octets: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(octets)
    return path


def publish(path: Path, target: str | Path, **changes: Any) -> str:
    """Publish with a folder of trust beside the board; the lines that are told."""
    given = {"trust": trusted.folder(path.parent), "today": PUBLISHED}
    order = publishing.Order(path, str(target), **(given | changes))
    return "\n".join(publishing.publish(order))


def trusting(folder: Path) -> tuple[str, ...]:
    """Give the options of the command line for the same."""
    return ("--trust", str(trusted.folder(folder)), "--today", PUBLISHED.isoformat())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return stores.make_deployment(tmp_path).site


def test_a_board_goes_forward_only(site: Path, tmp_path: Path) -> None:
    """A higher number replaces a lower one; the same bytes again are no error; all else is refused."""
    seventh, eighth, other = (board(epoch) for epoch in (7, 8, 8))
    stick = tmp_path / "stick" / "board.bin"
    assert "board 7 is published" in publish(put(stick, seventh), site)
    assert "board 8 is published" in publish(put(stick, eighth), site)
    assert "stands there already" in publish(stick, site)
    for refused in (seventh, other):
        with pytest.raises(DeskError, match="board 8 was published"):
            publish(put(stick, refused), site)
    assert (site / "board.bin").read_bytes() == eighth


@pytest.mark.parametrize("length", [0, 121, 122, 139_385, 139_387])
def test_a_board_that_did_not_arrive_whole_is_refused(
    site: Path, tmp_path: Path, length: int
) -> None:
    """Cut off or grown, it never reaches the site."""
    octets = (board() + b"\0")[:length]
    with pytest.raises(DeskError, match="no whole board: board_length"):
        publish(put(tmp_path / "b", octets), site)
    assert not (site / "board.bin").exists()


@pytest.mark.parametrize(
    ("place", "content", "check"),
    [
        (0, 0, "board_version"),
        (24, 8, "board_length"),
        (25, 13, "board_header"),
        (200, None, "board_hash"),
    ],
)
def test_a_damaged_board_is_refused(
    site: Path, tmp_path: Path, place: int, content: int | None, check: str
) -> None:
    """Each by the check that finds it."""
    octets = bytearray(board())
    octets[place] = octets[place] ^ 1 if content is None else content
    with pytest.raises(DeskError, match=check):
        publish(put(tmp_path / "b", bytes(octets)), site)


def test_the_file_is_readable_by_the_server_and_nothing_is_left(site: Path, tmp_path: Path) -> None:
    """Whatever the mask of the machine is, and whatever a broken run left."""
    put(site / ".board.bin.part", b"left")
    mask = os.umask(0o077)
    try:
        publish(put(tmp_path / "b", board()), site)
    finally:
        os.umask(mask)
    assert (site / "board.bin").stat().st_mode & 0o777 == 0o644
    assert not (site / ".board.bin.part").exists()


def test_a_target_or_a_board_that_is_not_there(site: Path, tmp_path: Path) -> None:
    """Each has its own words."""
    with pytest.raises(DeskError, match="not a folder"):
        publish(put(tmp_path / "b", board()), tmp_path / "none")
    with pytest.raises(DeskError, match="cannot read the board"):
        publish(tmp_path / "none", site)


def test_the_app_serves_it_with_its_headers(site: Path, tmp_path: Path) -> None:
    """Whole, as bytes, kept by no cache; a part when a part is asked for is still of this board."""
    octets = board()
    publish(put(tmp_path / "b", octets), site)
    deployment = stores.Deployment(site, tmp_path / "keys.json")
    with stores.serve(deployment, f"files:{tmp_path / 'drop'}", tmp_path / "log") as server:
        got = stores.exchange(server.port, b"GET /board.bin HTTP/1.1\r\nhost: localhost\r\n\r\n")
        publish(put(tmp_path / "b", board(8)), site)
        later = stores.exchange(server.port, b"GET /board.bin HTTP/1.1\r\nhost: localhost\r\n\r\n")
    assert (got.status, got.body) == (200, octets)
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["cache-control"] == "no-cache"
    assert (later.status, later.body == octets) == (200, False)


NOBODY = 65_534
# As the publisher's own user: publishes, then tries what else it may do to the site.
PUBLISHER = """
import os, sys
from pathlib import Path
from datetime import date
from desk.online import publishing as publish_online, trust
from desk.errors import DeskError
stick, board, site, folder = map(Path, sys.argv[1:])
# The interpreter may be closed to that user: what the other process verifies is asked before.
day = date(2026, 11, 27)
verdict = trust.verify(folder, today=day, known="", boards=[stick.read_bytes()])
trust.verify = lambda *_, **__: verdict
if os.geteuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
def publish(target):
    order = publish_online.Order(stick, str(target), folder, day)
    return "\\n".join(publish_online.publish(order))
print(publish(board))
page = site / "nl" / "write" / "index.html"
for number, deed in enumerate((
    lambda: page.write_text("mine"),
    lambda: page.unlink(),
    lambda: (board / "board.bin").rename(page),
    lambda: (site / "more.html").write_text("mine"),
    lambda: site.rename(site.with_name("away")),
    lambda: publish(site),
)):
    try:
        deed()
    except (PermissionError, DeskError):
        continue
    print("could do", number)
"""


@pytest.fixture
def shared() -> Iterator[stores.Deployment]:
    """Give a site that another user of this machine reaches, and the folder of the board, which is that user's."""
    with TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        deployment = stores.make_deployment(Path(made))
        board = Path(made) / "board"
        board.mkdir()
        paths = [Path(made), deployment.site, *deployment.site.rglob("*")]
        if os.geteuid() == 0:
            os.chown(board, NOBODY, NOBODY)
        else:  # nobody else can be had: its own user, who may not write either
            for path in paths:
                path.chmod(0o555 if path.is_dir() else 0o444)
        yield replace(deployment, board=board)
        for path in paths:
            path.chmod(0o755)


def test_who_may_publish_into_a_folder_may_change_nothing_else(
    shared: stores.Deployment, tmp_path: Path
) -> None:
    """A user of its own owns the board's folder: the board is served from there, and no page can be touched."""
    assert shared.board
    octets = board()
    stick = put(shared.board / "given", octets)
    stick.chmod(0o644)
    trust = trusted.folder(shared.board.parent)
    if os.geteuid() == 0:
        os.chown(trust, NOBODY, NOBODY)
    places = [str(path) for path in (stick, shared.board, shared.site, trust)]
    done = subprocess.run(
        [sys.executable, "-c", PUBLISHER, *places], cwd=stores.REPO, capture_output=True, text=True
    )
    assert done.stdout.splitlines() == [
        f"board 7 is published, {len(octets)} bytes; next 2026-12-04"
    ], done.stderr
    request = b"GET /board.bin HTTP/1.1\r\nhost: localhost\r\n\r\n"
    with stores.serve(shared, f"files:{tmp_path / 'drop'}", tmp_path / "log") as server:
        got = stores.exchange(server.port, request)
        (shared.board / "board.bin").unlink()
        (shared.board / "board.bin").symlink_to(shared.keys)
        led_away = stores.exchange(server.port, request)
    assert (got.status, got.body, led_away.status) == (200, octets, 404)


def test_a_board_that_came_in_between_stays_in_a_folder(site: Path) -> None:
    """Two who publish at once do not undo each other, nor does the slower one go back."""
    target = publishing.target_of(str(site))
    target.put_board(board(7), None)
    before = target.board(10**6)
    ninth = board(9)
    target.put_board(ninth, before)
    for stale in (None, before):
        with pytest.raises(DeskError, match="another board was put there meanwhile"):
            target.put_board(board(8), stale)
    assert (site / "board.bin").read_bytes() == ninth


def test_writers_of_one_folder_wait_for_each_other(tmp_path: Path) -> None:
    """While one looks and writes, no other can; and of many at once each one leaves a whole file."""
    path = tmp_path / "board.bin"

    def is_alone() -> None:
        descriptor = os.open(tmp_path, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(descriptor)

    file.write(path, board(), allow=is_alone)
    made = [board(epoch) for epoch in range(1, 41)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda octets: file.write(path, octets), made))
    assert path.read_bytes() in made
    assert [one.name for one in tmp_path.iterdir()] == ["board.bin"]


def test_who_holds_the_lock_of_a_folder_holds_nobody_up(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody who may read the folder can take its lock: then it is said, and nothing is changed."""
    monkeypatch.setattr(file, "_PATIENCE", 0.2)
    held = os.open(site, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(DeskError, match="another program holds the folder"):
        publishing.target_of(str(site)).put_board(board(), None)
    os.close(held)
    publishing.target_of(str(site)).put_board(board(), None)


@pytest.mark.parametrize("name", ["board.bin", ".board.bin.part"])
def test_a_folder_in_the_place_of_the_board_is_named(site: Path, name: str) -> None:
    """The hint says what stands in the way; after that the board goes there."""
    (site / name).mkdir()
    target = publishing.target_of(str(site))
    with pytest.raises(DeskError, match=f"a folder lies where the file {site / name} should be"):
        target.put_board(board(), target.board(10))


@pytest.fixture
def bound(s3_endpoint: str, s3_bucket: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a bucket of a real server, with the settings that boto3 looks for."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3_endpoint)
    return s3_bucket


def test_a_bucket_keeps_the_same_rules(bound: str, tmp_path: Path) -> None:
    """Forward only, the same again is no error, and the object has the headers of the site."""
    stick, target = tmp_path / "b", f"s3://{bound}"
    eighth = board(8)
    assert "board 7 is published" in publish(put(stick, board(7)), target)
    assert "board 8 is published" in publish(put(stick, eighth), target)
    assert "stands there already" in publish(stick, target)
    for refused in (board(7), board(8)):
        with pytest.raises(DeskError, match="board 8 was published"):
            publish(put(stick, refused), target)
    served = boto3.client("s3").get_object(Bucket=bound, Key="board.bin")
    assert served["Body"].read() == eighth
    assert (served["ContentType"], served["CacheControl"]) == (
        "application/octet-stream",
        "no-cache",
    )


def test_a_board_that_came_in_between_is_not_written_over(bound: str) -> None:
    """Two who publish at once do not undo each other."""
    target = bucket.Site(bound)
    target.put_board(board(7), None)
    before = target.board(10**6)
    target.put_board(board(8), before)
    for stale in (None, before):
        with pytest.raises(DeskError, match="the store refused: PreconditionFailed"):
            target.put_board(board(9), stale)


ACCOUNT = "000000000000"


@dataclass
class Publisher:
    """A bucket as an operator sets it up, and the clients of publisher and operator."""

    bucket: str
    client: Any
    operator: Any

    def refused(self, deed: str, **given: Any) -> bool:
        """Whether the server refuses the publisher a deed that it lets the operator do."""
        try:
            getattr(self.client, deed)(Bucket=self.bucket, **given)
        except ClientError as error:
            return error.response["Error"]["Code"] == "AccessDenied"
        return False


def identities(path: Path) -> Path:
    """Write two users for the server: the operator of the tests, and a publisher without any right."""
    keys = stores.CREDENTIALS["AWS_ACCESS_KEY_ID"], stores.CREDENTIALS["AWS_SECRET_ACCESS_KEY"]
    users = {"operator": (keys, ["Admin", "Read", "Write", "List"]), "publisher": (("p", "ps"), [])}
    found = [
        {"name": name, "credentials": [{"accessKey": a, "secretKey": s}], "actions": actions}
        for name, ((a, s), actions) in users.items()
    ]
    path.write_text(json.dumps({"identities": found}), "ascii")
    return path


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """Give a bucket under the policy of keys/publisher.json, and its publisher, on a real server."""
    (tmp_path / "weed").mkdir()
    with stores.seaweed(tmp_path / "weed", f"-s3.config={identities(tmp_path / 'users')}") as weed:
        operator, name = stores.s3_client(weed.endpoint), "site"
        operator.create_bucket(Bucket=name)
        policy = (stores.REPO / "keys" / "publisher.json").read_text("ascii")
        policy = policy.replace("ACCOUNT", ACCOUNT).replace("BUCKET", name)
        operator.put_bucket_policy(Bucket=name, Policy=policy)
        for key in ("index.html", "in/abc"):
            operator.put_object(Bucket=name, Key=key, Body=b"x")
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", weed.endpoint)
        monkeypatch.setenv("AWS_REGION", stores.CREDENTIALS["AWS_REGION"])
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "p")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "ps")
        # A session of its own: the one of this process remembers the operator's credentials.
        session = boto3.Session("p", "ps", region_name=stores.CREDENTIALS["AWS_REGION"])
        path_style = Config(s3={"addressing_style": "path"})
        yield Publisher(name, session.client("s3", config=path_style), operator)


def test_the_publisher_can_put_the_board_and_nothing_else(
    publisher: Publisher, tmp_path: Path
) -> None:
    """`desk publish` works twice; every other object and every other deed is refused by the server."""
    target = f"s3://{publisher.bucket}"
    for epoch in (7, 8):
        done = desk("publish", put(tmp_path / "b", board(epoch)), target, *trusting(tmp_path))
        assert (done.stderr, "is published" in done.stdout) == ("", True)
    done = desk("publish", put(tmp_path / "b", board(7)), target, *trusting(tmp_path))
    assert "board 8 was published" in done.stderr
    for key in ("index.html", "in/abc", "board.bin.old", "keys.json", "x/board.bin"):
        assert publisher.refused("put_object", Key=key, Body=b"y"), key
    for key in ("index.html", "in/abc"):
        assert publisher.refused("get_object", Key=key), key
    for key in ("board.bin", "index.html", "in/abc"):
        assert publisher.refused("delete_object", Key=key), key
    assert publisher.refused("list_objects_v2")
    assert publisher.refused("put_bucket_policy", Policy="{}")
    listed = publisher.operator.list_objects_v2(Bucket=publisher.bucket)["Contents"]
    assert sorted(one["Key"] for one in listed) == ["board.bin", "in/abc", "index.html"]
    for _ in range(2):
        done = desk("publish", "--probe", target)
        assert (done.stderr, done.stdout.splitlines()[-1]) == ("", probing.STAYS)
    assert publisher.refused("delete_object", Key="board.probe")


def test_the_command_says_what_happened(site: Path, tmp_path: Path) -> None:
    """Exit code 0 with one line; 1 with a hint."""
    stick = put(tmp_path / "b", board(8))
    done = desk("publish", stick, site, *trusting(tmp_path))
    assert (done.returncode, done.stdout.split(",")[0]) == (0, "board 8 is published")
    put(stick, board(7))
    done = desk("publish", stick, site, *trusting(tmp_path))
    assert (done.returncode, "hint: publish the board that was made last" in done.stderr) == (
        1,
        True,
    )
