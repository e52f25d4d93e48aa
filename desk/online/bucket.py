"""S3 buckets for the online half: the store of step 4 in step 5, and the served site in step 8.

Comes in: the name of a bucket; credentials and endpoint stand where boto3 looks for them. Goes out:
names and bytes. It refuses to know keys; `desk purge` alone deletes complaints, and `desk publish`
alone writes, one object, and with `--probe` another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from desk.errors import DeskError

try:
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError
except ModuleNotFoundError:  # a desk that was installed without a network has no use for it
    _WHERE = "type it on the computer with a network, in the folder of the project: .venv/bin/desk"
    raise DeskError("this desk is one without a network and reaches no bucket", _WHERE) from None

from desk.online.places import BOARD, PROBE, PROBE_OCTETS, Served

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import DeleteObjectOutputTypeDef

PREFIX = "in/"
_ABSENT = ("NoSuchKey", "404")
_CONDITION_FAILED = (409, 412)  # another writer is at work; the condition does not hold
_NOT_KNOWN = 501
_UNSUITABLE = "STORE.md names the stores that were tried, and what they must do"


@contextmanager
def _reported() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "unknown")
        hint = "look at the name of the bucket and the credentials for reading it"
        raise DeskError(f"the store refused: {code}", hint) from None
    # Not a BotoCoreError: a bucket name that cannot exist.
    except (BotoCoreError, ValueError) as error:
        hint = "look at the network and the endpoint; what is on the stick stays"
        raise DeskError(f"the store cannot be reached: {type(error).__name__}", hint) from None


class Bucket:
    """A bucket that holds objects under `in/`."""

    def __init__(self, name: str) -> None:
        with _reported():
            self._client: S3Client = boto3.client("s3")
        self._name = name

    def names(self) -> Iterator[str]:
        """The names under `in/`, without that prefix, whatever they are."""
        with _reported():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._name, Prefix=PREFIX):
                for item in page.get("Contents", []):
                    yield item["Key"].removeprefix(PREFIX)

    def read(self, name: str, most: int) -> bytes:
        """At most `most` bytes; `OSError` if the store will not give this one object."""
        with _reported():
            try:
                answer = self._client.get_object(Bucket=self._name, Key=PREFIX + name)
            except ClientError:
                raise OSError("the store did not give the object") from None
            with answer["Body"] as body:
                return body.read(most)

    def _versions(self, key: str) -> list[str]:
        """The ids of everything that the bucket holds under one key, marks of deletion included."""
        pages = self._client.get_paginator("list_object_versions")
        found: list[str] = []
        for page in pages.paginate(Bucket=self._name, Prefix=key):
            for item in (*page.get("Versions", []), *page.get("DeleteMarkers", [])):
                if item["Key"] == key:
                    found.append(item["VersionId"])
        return found

    def delete(self, name: str) -> bool:
        """Delete every version of an object, for good; false if there was none.

        A mark of deletion alone would leave the bytes there. `PermissionError` if the bucket will
        not let one go: its lock runs, or these credentials may not delete.
        """
        key = PREFIX + name
        with _reported():
            versions = self._versions(key)
            for version in versions:
                try:
                    self._client.delete_object(Bucket=self._name, Key=key, VersionId=version)
                except ClientError:
                    raise PermissionError("the store did not let the object go") from None
        return bool(versions)


class Site:
    """A bucket from which the site is served, as far as `desk publish` knows it: one object."""

    def __init__(self, name: str) -> None:
        with _reported():
            self._client: S3Client = boto3.client("s3")
        self._name = name

    def board(self, most: int) -> Served | None:
        """The board that is served; `None` if there is none, or if it may not be read."""
        with _reported():
            try:
                answer = self._client.get_object(Bucket=self._name, Key=BOARD)
            except ClientError as error:
                # Who may not list gets no other answer for an object that is not there.
                if error.response.get("Error", {}).get("Code") in (*_ABSENT, "AccessDenied"):
                    return None
                raise
            with answer["Body"] as body:
                return Served(body.read(most), answer["ETag"])

    def put_board(self, octets: bytes, before: Served | None) -> None:
        """Put it in the place of the board that was read, and of no other."""
        put = partial(
            self._client.put_object,
            Bucket=self._name,
            Key=BOARD,
            Body=octets,
            CacheControl="no-cache",
            ContentType="application/octet-stream",
            ChecksumAlgorithm="SHA256",
        )
        with _reported():
            if before is None:
                put(IfNoneMatch="*")
            else:
                put(IfMatch=before.version)


class ProbedSite:
    """A bucket from which the site is served, as far as `desk publish --probe` knows it."""

    def __init__(self, name: str) -> None:
        with _reported():
            self._client: S3Client = boto3.client("s3")
        self._name = name
        self._made: list[str] = []  # the versions that this probe put, where the bucket keeps any

    def put_new(self) -> bool:
        """Put the object where none is; false if the store refused, since one was there."""
        return self._put(IfNoneMatch="*")

    def put_over_another(self) -> bool:
        """Put it in the place of an object that was never there; false if the store refused."""
        return self._put(IfMatch=f'"{"0" * 32}"')

    def forget(self) -> bool:
        """Take away what was put, every version of it; false if something stays."""
        delete = partial(self._client.delete_object, Bucket=self._name, Key=PROBE)
        try:
            for version in self._made:
                delete(VersionId=version)
            if not self._made:
                return self._forget_older(delete)
        except ClientError:
            return False
        return True

    def _forget_older(self, delete: "Callable[..., DeleteObjectOutputTypeDef]") -> bool:
        """In a bucket with versions a mark over the object of an earlier probe would free nothing."""
        done = delete()
        if done.get("DeleteMarker"):
            delete(VersionId=done["VersionId"])
        return not done.get("DeleteMarker")

    def _put(self, **condition: str) -> bool:
        with _reported():
            try:
                done = self._client.put_object(
                    Bucket=self._name,
                    Key=PROBE,
                    Body=PROBE_OCTETS,
                    **condition,  # type: ignore[arg-type]
                )
            except ClientError as error:
                if _is_refusal(error):
                    return False
                if _status(error) == _NOT_KNOWN:
                    raise DeskError("the store has no conditional writes", _UNSUITABLE) from None
                raise
        if "VersionId" in done:
            self._made.append(done["VersionId"])
        return True


def _is_refusal(error: ClientError) -> bool:
    """Whether the condition did not hold; there may also be nothing of which it could be asked."""
    is_absent = error.response.get("Error", {}).get("Code") == "NoSuchKey"
    return is_absent or _status(error) in _CONDITION_FAILED


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
