"""Step 4, before a server is chosen: tries an S3 server for all that the drop and the board need.

An address comes in, a row for each check goes out. It makes buckets of its own, with names that nobody else
has, and takes them away again; what is in other buckets it does not touch. Needs the right to make buckets:
a bucket that is there already is proven by `probe`, without these.
"""

import base64
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session

from functions.errors import SetupError
from functions.store_s3 import unusable

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
else:
    S3Client = Any

_RACERS, _ROUNDS = 16, 4
_ZEROS = "A" * 43 + "="  # the SHA-256 of no bytes that anybody knows
_DAYS = {
    "ID": "gone",
    "Status": "Enabled",
    "Filter": {"Prefix": ""},
    "Expiration": {"Days": 37},
    "NoncurrentVersionExpiration": {"NoncurrentDays": 1},
}
_CLOSED = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}
DROP, BOARD, KEEPING = "drop", "board", "keeping"


class _No(Exception):
    """The server does not do it; the text says what it did."""


@dataclass(frozen=True)
class Row:
    """A check: what it is for, what is asked, and what is missing, empty where nothing is."""

    use: str
    asked: str
    lacks: str


@dataclass(frozen=True)
class _Server:
    client: S3Client
    bucket: str

    def put(self, key: str, body: bytes, **more: Any) -> int:
        """The status of a put; raises for what is no answer of S3."""
        try:
            self.client.put_object(Bucket=self.bucket, Key=key, Body=body, **more)
        except ClientError as error:
            return int(error.response["ResponseMetadata"]["HTTPStatusCode"])
        return 200

    def get(self, key: str) -> bytes:
        return self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read()


def rows(endpoint: str | None, region: str | None) -> Iterator[Row]:
    """Try the server at `endpoint`; without one, AWS. A server that is away fails each check.

    Raises `SetupError` where nobody can be asked.
    """
    config = Config(
        retries={"total_max_attempts": 1},
        connect_timeout=5,
        read_timeout=30,
        max_pool_connections=_RACERS,
        s3={"addressing_style": "path" if endpoint else "auto"},
        request_checksum_calculation="when_required",
    )
    try:
        client: Any = Session().create_client(
            "s3", endpoint_url=endpoint, region_name=region, config=config
        )
    except (BotoCoreError, ValueError) as error:
        raise SetupError(unusable(error)) from None
    for use, asked, check, is_locked in _CHECKS:
        bucket = f"balie-probe-{secrets.token_hex(8)}"
        try:
            _create(client, bucket, region, endpoint, is_locked)
            check(_Server(client, bucket))
            lacks = ""
        except _No as no:
            lacks = str(no)
        except ClientError as error:
            lacks = _told(error)
        except BotoCoreError as error:
            lacks = type(error).__name__  # its text holds the address
        except KeyError:
            lacks = "the answer lacks what S3 says"
        finally:
            _clear(client, bucket)
        yield Row(use, asked, lacks)


def _told(error: ClientError) -> str:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", "?")
    return f"{error.operation_name}: status {status}"


def _create(
    client: S3Client, bucket: str, region: str | None, endpoint: str | None, locked: bool
) -> None:
    more: dict[str, Any] = {"ObjectLockEnabledForBucket": True} if locked else {}
    if region and not endpoint and region != "us-east-1":  # AWS wants it said, and there only
        more["CreateBucketConfiguration"] = {"LocationConstraint": region}
    client.create_bucket(Bucket=bucket, **more)


def _clear(client: S3Client, bucket: str) -> None:
    """Take the bucket away; one that does not go is empty but for what a lock holds for a day."""
    with suppress(ClientError, BotoCoreError, KeyError):
        listed = client.list_object_versions(Bucket=bucket)
        for one in [*listed.get("Versions", ()), *listed.get("DeleteMarkers", ())]:
            with suppress(ClientError):
                at: Any = {"Key": one["Key"], "VersionId": one["VersionId"]}
                client.delete_object(Bucket=bucket, BypassGovernanceRetention=True, **at)
    with suppress(ClientError, BotoCoreError, KeyError):
        for entry in client.list_objects_v2(Bucket=bucket).get("Contents", ()):
            client.delete_object(Bucket=bucket, Key=entry["Key"])
    with suppress(ClientError, BotoCoreError):
        client.delete_bucket(Bucket=bucket)


def _twice(server: _Server) -> None:
    if (first := server.put("in/a", b"1", IfNoneMatch="*")) != 200:
        raise _No(f"the first put: status {first}")
    second = server.put("in/a", b"2", IfNoneMatch="*")
    if (second, server.get("in/a")) != (412, b"1"):
        raise _No(f"the second put: status {second}")


def _race(server: _Server) -> None:
    for number in range(_ROUNDS):
        key = f"in/{number}"

        def put(racer: int, key: str = key) -> int:
            return server.put(key, str(racer).encode(), IfNoneMatch="*")

        with ThreadPoolExecutor(_RACERS) as pool:
            statuses = list(pool.map(put, range(_RACERS)))
        if statuses.count(200) != 1:
            raise _No(f"{statuses.count(200)} of {_RACERS} were told that they wrote it")
        if server.get(key) != str(statuses.index(200)).encode():
            raise _No("what stands there is not from the one that was told so")


def _checksum(server: _Server) -> None:
    status = server.put("in/a", b"1", ChecksumSHA256=_ZEROS)
    if status != 400:
        raise _No(f"bytes with a wrong sum: status {status}")


def _listed(server: _Server) -> None:
    for name in ("in/b", "in/a", "other"):
        server.put(name, b"12")
    found = server.client.list_objects_v2(Bucket=server.bucket, Prefix="in/").get("Contents", [])
    if [(one["Key"], one["Size"]) for one in found] != [("in/a", 2), ("in/b", 2)]:
        raise _No("the list is not what was put")


def _replaced(server: _Server) -> None:
    etag = server.client.put_object(Bucket=server.bucket, Key="board.bin", Body=b"1")["ETag"]
    wrong = server.put("board.bin", b"2", IfMatch='"0123456789abcdef0123456789abcdef"')
    right = server.put("board.bin", b"3", IfMatch=etag)
    if (wrong, right, server.get("board.bin")) != (412, 200, b"3"):
        raise _No(f"over another one: status {wrong}; over the right one: status {right}")


def _versions(server: _Server) -> None:
    enabled: Any = {"Status": "Enabled"}
    server.client.put_bucket_versioning(Bucket=server.bucket, VersioningConfiguration=enabled)
    for body in (b"1", b"2"):
        server.put("in/a", body)
    server.client.delete_object(Bucket=server.bucket, Key="in/a")
    found = server.client.list_object_versions(Bucket=server.bucket)
    if (len(found.get("Versions", ())), len(found.get("DeleteMarkers", ()))) != (2, 1):
        raise _No("what was written over or deleted is not kept as a version")


def _lifecycle(server: _Server) -> None:
    rules: Any = {"Rules": [_DAYS]}
    server.client.put_bucket_lifecycle_configuration(
        Bucket=server.bucket, LifecycleConfiguration=rules
    )
    found = server.client.get_bucket_lifecycle_configuration(Bucket=server.bucket)["Rules"]
    terms = [
        (one.get("Expiration", {}), one.get("NoncurrentVersionExpiration", {})) for one in found
    ]
    if terms != [({"Days": 37}, {"NoncurrentDays": 1})]:
        raise _No("the rule is taken, and not as it was given")


def _locked(server: _Server) -> None:
    rule: Any = {
        "ObjectLockEnabled": "Enabled",
        "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}},
    }
    client = server.client
    client.put_object_lock_configuration(Bucket=server.bucket, ObjectLockConfiguration=rule)
    body = b"1"
    checksum = base64.b64encode(sha256(body).digest()).decode("ascii")  # which a lock asks for
    made = client.put_object(Bucket=server.bucket, Key="in/a", Body=body, ChecksumSHA256=checksum)
    try:
        client.delete_object(Bucket=server.bucket, Key="in/a", VersionId=made["VersionId"])
    except ClientError:
        return
    raise _No("a version under a lock is deleted")


def _public(server: _Server) -> None:
    closed: Any = _CLOSED
    server.client.put_public_access_block(
        Bucket=server.bucket, PublicAccessBlockConfiguration=closed
    )
    found = server.client.get_public_access_block(Bucket=server.bucket)
    if found["PublicAccessBlockConfiguration"] != _CLOSED:
        raise _No("it is taken, and not as it was given")


_CHECKS: list[tuple[str, str, Callable[[_Server], None], bool]] = [
    (DROP, "one name is never written twice", _twice, False),
    (DROP, "of 16 at once exactly one writes it", _race, False),
    (DROP, "bytes with a wrong sum are refused", _checksum, False),
    (DROP, "what was put is listed", _listed, False),
    (BOARD, "the board is replaced only by the next", _replaced, False),
    (KEEPING, "versions are kept", _versions, False),
    (KEEPING, "a rule takes them away in time", _lifecycle, False),
    (KEEPING, "a lock keeps what is new", _locked, True),
    (KEEPING, "nothing in it can be made public", _public, False),
]
