"""The roles of the template at a real S3 server: each is enough for its command, and refused what the table refuses.

SeaweedFS judges them here, a second opinion on `tests/policies/evaluator.py`. What it cannot be asked is left out: TLS,
the edge, `NotAction`, and that nothing is written over, which it turns into a no to every put (findings/).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from functions.store_s3 import S3Store
from tests import stores, trusted
from tests.policies import template, world
from tests.policies.evaluator import Statement
from tests.policies.world import Row
from tests.practice import desk
from tests.test_publish import board, put, trusting
from tests.test_purge_trust import DAY, signed

USERS = ("writer", "courier", "purger", "publisher", "deployer")
THERE = "000000000000"  # the account that this server is
WORLD = world.of(template.resources(template.read()))
ACTS = {
    "s3:DeleteObject": ("delete_object", {}),
    "s3:DeleteObjectVersion": ("delete_object", {"VersionId": "null"}),
    "s3:GetObject": ("get_object", {}),
    "s3:GetObjectVersion": ("get_object", {"VersionId": "null"}),
    "s3:ListBucket": ("list_objects_v2", {}),
    "s3:ListBucketVersions": ("list_object_versions", {}),
    "s3:PutBucketPolicy": ("put_bucket_policy", {"Policy": "{}"}),
    "s3:PutObject": ("put_object", {"Body": b"y"}),
}


def _can_be_asked(row: Row) -> bool:
    is_over = row.principal == "writer" and row.action == "s3:PutObject" and not row.if_none_match
    is_known = row.principal in USERS and row.action in ACTS and row.layer != "bucket"
    return is_known and not is_over and row.tls != "no" and not row.resource.startswith("arn:")


ROWS = [row for row in world.rows() if _can_be_asked(row)]


@dataclass(frozen=True)
class Server:
    """A running server with both buckets of the template, and its operator."""

    endpoint: str
    operator: Any

    def lock(self, bucket: str) -> None:
        """Have each object from now on locked as the template says."""
        given = template.read()["Resources"]["DropBucket"]["Properties"]
        locked = given["ObjectLockConfiguration"]
        self.operator.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration=locked)

    def allows(self, row: Row) -> bool:
        bucket, _, key = row.resource.partition("/")
        act, given = ACTS[row.action]
        more = {"Key": key} if key else {}
        more |= {"Prefix": row.prefix} if row.prefix else {}
        try:
            getattr(_client(self.endpoint, row.principal), act)(
                Bucket=f"{bucket}bucket", **given, **more
            )
        except ClientError as error:
            return bool(error.response["Error"]["Code"] != "AccessDenied")
        return True


@cache
def _client(endpoint: str, user: str) -> Any:
    # A session of its own: the one of this process remembers other credentials.
    session = boto3.Session(user, f"{user}'s", region_name=stores.CREDENTIALS["AWS_REGION"])
    style = Config(s3={"addressing_style": "path"})
    return session.client("s3", endpoint_url=endpoint, config=style)


def _statements(bucket: str) -> Iterator[Statement]:
    """What the roles may do in a bucket, and the bucket's own policy, as far as this server can be told."""
    arn = f"arn:aws:s3:::{bucket}"
    for role, own in WORLD.people.items():
        for one in own:
            if arn in json.dumps(one["Resource"]):
                yield {**one, "Principal": {"AWS": role}}
    yield from WORLD.things[arn]


def _policy(bucket: str) -> str:
    told = []
    for one in _statements(bucket):
        condition = one.get("Condition", {})
        if "NotAction" in one or "Service" in one["Principal"] or "Bool" in condition:
            continue
        if "Null" in condition and one["Effect"] == "Deny":
            continue
        told.append({k: v for k, v in one.items() if k != "Condition" or "Null" not in v})
    text = json.dumps({"Version": "2012-10-17", "Statement": told})
    for user in USERS:
        role = f"{template.ACCOUNT}:role/{user.title()}Role"
        text = text.replace(role, f"{THERE}:user/{user}")
    return text


def _identities(path: Path) -> Path:
    operator = stores.CREDENTIALS["AWS_ACCESS_KEY_ID"], stores.CREDENTIALS["AWS_SECRET_ACCESS_KEY"]
    users = {user: ((user, f"{user}'s"), []) for user in USERS}
    users["operator"] = (operator, ["Admin", "Read", "Write", "List"])
    found = [
        {"name": name, "credentials": [{"accessKey": a, "secretKey": s}], "actions": actions}
        for name, ((a, s), actions) in users.items()
    ]
    path.write_text(json.dumps({"identities": found}), "ascii")
    return path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give both buckets under their policies, with a few objects."""
    folder = tmp_path_factory.mktemp("roles")
    (folder / "weed").mkdir()
    option = f"-s3.config={_identities(folder / 'users')}"
    with stores.seaweed(folder / "weed", option) as weed:
        operator = stores.s3_client(weed.endpoint)
        operator.create_bucket(Bucket="dropbucket", ObjectLockEnabledForBucket=True)
        operator.create_bucket(Bucket="sitebucket")
        for path in ("drop/in/9320", "drop/x", "site/index.html", "site/board.bin"):
            bucket, _, key = path.partition("/")
            operator.put_object(Bucket=f"{bucket}bucket", Key=key, Body=b"x")
        for bucket in ("dropbucket", "sitebucket"):
            operator.put_bucket_policy(Bucket=bucket, Policy=_policy(bucket))
        yield Server(weed.endpoint, operator)


@pytest.fixture
def become(server: Server, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a function that makes this process, and what it starts, one of the users."""

    def set_user(user: str) -> None:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", server.endpoint)
        monkeypatch.setenv("AWS_REGION", stores.CREDENTIALS["AWS_REGION"])
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", user)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", f"{user}'s")

    return set_user


def test_a_real_server_answers_as_the_table_says(server: Server) -> None:
    """Every call of the table that it can be asked: allowed and denied as there."""
    assert len(ROWS) > 100
    assert {row.principal for row in ROWS} == {*USERS}
    wrong = [row for row in ROWS if server.allows(row) is not (row.answer == "allowed")]
    assert wrong == []


def test_each_role_is_enough_for_its_command(server: Server, become: Any, tmp_path: Path) -> None:
    """The function puts, `desk fetch` carries, `desk purge` deletes and finds a lock, `desk publish` puts a board."""
    bodies = [stores.make_object() for _ in range(2)]
    names = [stores.name_of(body) for body in bodies]
    become("writer")
    store = S3Store("dropbucket", endpoint=server.endpoint)
    assert [store.put(names[0], bodies[0]) for _ in range(2)] == [True, False]
    server.lock("dropbucket")
    assert store.put(names[1], bodies[1]) is True
    become("courier")
    (tmp_path / "stick").mkdir()
    fetched = desk("fetch", "s3://dropbucket", tmp_path / "stick")
    assert (fetched.stderr, "2 new" in fetched.stdout) == ("", True)
    become("purger")
    (tmp_path / "list").write_text(signed(*names), "ascii")
    trust = ("--trust", trusted.folder(tmp_path), "--today", DAY.isoformat())
    purged = desk("purge", tmp_path / "list", "s3://dropbucket", *trust)
    assert "2 listed, 1 deleted, 0 not there, 1 kept by the store" in purged.stdout
    server.operator.delete_object(Bucket="sitebucket", Key="board.bin")
    become("publisher")
    for epoch in (7, 8):
        done = desk(
            "publish", put(tmp_path / "b", board(epoch)), "s3://sitebucket", *trusting(tmp_path)
        )
        assert (done.stderr, "is published" in done.stdout) == ("", True)
