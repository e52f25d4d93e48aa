"""The bucket of the site (step 1), as the upload uses it: files in, what stands there out.

It knows no order and takes away only what it is told. Needs the rights to list, get, put and delete in
that bucket, and no right to the board.
"""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from functions.cloud.refused import Refused
from functions.cloud.tree import LIST, File
from functions.store_s3 import unusable

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

AT_ONCE = 16
_MOST_READ = 8 * 2**20
_AGAIN = "type the same again: what is there already is not sent twice"
_OTHER = "another upload began since; wait until it has ended, then type the same again"
_LIST = (
    "look whether the network wants a login; else take it out of the bucket: all is then sent again"
)
_WHO = "look at the credentials of the deployer, and at the clock of this computer"
_WHERE = "give the bucket as the deployment said it: SiteBucketName"
_HINTS = {
    "status 401": _WHO,
    "status 403": _WHO,
    "status 404": _WHERE,
    "NoCredentialsError": _WHO,
    "CredentialRetrievalError": _WHO,
    "ParamValidationError": _WHERE,
}


@dataclass
class Kept:
    """The list in the bucket: for each key of ours what it is with its ETag, or nothing if that is not known.

    `etag` is that of the list itself.
    """

    files: dict[str, list[str] | None] = field(default_factory=dict)
    etag: str = ""


class SiteBucket:
    """One bucket. Safe for any number of threads; raises `Refused` for all that goes wrong."""

    def __init__(
        self, name: str, *, endpoint: str | None = None, region: str | None = None
    ) -> None:
        """Use the bucket `name`; `endpoint` is the address of another server than AWS."""
        config = Config(
            connect_timeout=5,
            read_timeout=30,
            retries={"total_max_attempts": 4, "mode": "standard"},
            max_pool_connections=AT_ONCE,
            s3={"addressing_style": "path" if endpoint else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        self._name = name
        try:
            self._client: S3Client = boto3.session.Session().client(
                "s3", endpoint_url=endpoint, region_name=region, config=config
            )
        except (BotoCoreError, ValueError) as error:
            hint = "look at AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL and the files in ~/.aws"
            raise Refused(unusable(error), hint) from None

    def listed(self) -> dict[str, str]:
        """The ETag of every object by its key."""
        try:
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._name)
            found = [one for page in pages for one in page.get("Contents", [])]
        except (ClientError, BotoCoreError) as error:
            raise _refused(error, "the bucket cannot be listed") from None
        return {one["Key"]: one["ETag"] for one in found}

    def kept(self) -> Kept:
        """The list of what was uploaded; an empty one where there is none."""
        try:
            got = self._client.get_object(Bucket=self._name, Key=LIST)
            found = json.loads(got["Body"].read())
            if found["version"] != 1 or not isinstance(found["files"], dict):
                raise ValueError
            return Kept(found["files"], got["ETag"])
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                return Kept()
            raise _refused(error, f"{LIST} cannot be read") from None
        except BotoCoreError as error:
            raise _refused(error, f"{LIST} cannot be read") from None
        except (ValueError, KeyError, TypeError):
            raise Refused(f"{LIST} is not as this command wrote it", _LIST) from None

    def keep(self, kept: Kept) -> Kept:
        """Write the list over the one that it follows, and no other."""
        body = json.dumps({"version": 1, "files": kept.files}, separators=(",", ":")).encode()
        condition = {"IfMatch": kept.etag} if kept.etag else {"IfNoneMatch": "*"}
        try:
            done = self._client.put_object(
                Bucket=self._name,
                Key=LIST,
                Body=body,
                ContentType="application/json",
                CacheControl="no-store",
                **condition,  # type: ignore[arg-type] # one of two names
            )
        except ClientError as error:
            if _status(error) in (409, 412):
                raise Refused("somebody else uploads to this bucket", _OTHER) from None
            raise _refused(error, f"{LIST} cannot be written") from None
        except BotoCoreError as error:
            raise _refused(error, f"{LIST} cannot be written") from None
        return Kept(kept.files, done["ETag"])

    def put(self, key: str, file: File) -> str:
        """Put a file; returns its ETag. The store refuses bytes that have not its sum."""
        try:
            done = self._client.put_object(
                Bucket=self._name,
                Key=key,
                Body=file.octets(),
                ContentType=file.content_type,
                CacheControl=file.cache_control,
                ChecksumSHA256=file.checksum,
            )
        except (ClientError, BotoCoreError) as error:
            raise _refused(error, f"{key} cannot be put") from None
        return done["ETag"]

    def read(self, key: str) -> bytes:
        """What stands under a key, at most 8 MiB of it."""
        try:
            return self._client.get_object(Bucket=self._name, Key=key)["Body"].read(_MOST_READ)
        except (ClientError, BotoCoreError) as error:
            raise _refused(error, f"{key} cannot be read") from None

    def delete(self, key: str) -> None:
        """Take an object away."""
        try:
            self._client.delete_object(Bucket=self._name, Key=key)
        except (ClientError, BotoCoreError) as error:
            raise _refused(error, f"{key} cannot be taken away") from None


def _status(error: ClientError) -> int:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)


def _refused(error: Exception, said: str) -> Refused:
    """What happened, in words; of an error only its kind, since its text holds addresses."""
    kind = type(error).__name__
    if isinstance(error, ClientError):
        kind = f"status {_status(error)}"
    return Refused(f"{said} ({kind})", _HINTS.get(kind, _AGAIN))
