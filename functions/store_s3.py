"""Step 4, the S3 store: one object per complaint, on AWS or any server that speaks S3.

A name and sealed bytes come in, a durable object `in/<name>` goes out. It needs the right to put
and no other; it never lists, reads or deletes. The only module of this room that imports boto3's
own botocore: what boto3 adds to it, a put does not need, and a function that starts would wait for it.
"""

import base64
import hashlib
import os
import secrets
import time
from contextlib import suppress
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from botocore.session import Session

from functions.errors import SetupError, StoreError, UnsuitableError
from functions.probe import PROBE

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

_TRIES = 3
# No further try starts after this, so that the last one ends well before the sender's ten seconds.
_LAST_START_SECONDS = 4.0
_PAUSE_MS = 200
_POOL = 32  # connections kept; the app runs fewer threads than this
# What a store says, by the code in its own XML. A status alone proves nothing: an edge, a proxy or
# a Wi-Fi login page between us and the store has each of them too, and knows none of these words.
_THERE = "PreconditionFailed"  # If-None-Match: the name, which is the hash of these bytes, exists
_NEVER = {
    "AccessDenied": "no right to put",
    "InvalidAccessKeyId": "the credentials are not known",
    "NoSuchBucket": "no such bucket",
    "NotImplemented": "it has no conditional writes",
    "PermanentRedirect": "the bucket is in another region than AWS_REGION says",
    "SignatureDoesNotMatch": "the credentials are not known",
}
_LATER = {
    "ExpiredToken": "the credentials have expired",
    "RequestTimeTooSkewed": "its clock and ours are too far apart",
}
# After these the credentials are looked for anew, so that a changed file needs no restart.
_CREDENTIALS = ("ExpiredToken", "InvalidAccessKeyId", "SignatureDoesNotMatch")
_RENEWED_AFTER_SECONDS = 5.0  # at most so often: to look costs more than a put


class S3Store:
    """Keeps objects in one bucket. Safe for any number of threads and processes."""

    def __init__(
        self,
        bucket: str,
        *,
        endpoint: str | None = None,
        region: str | None = None,
        connect_seconds: float = 1.0,
        read_seconds: float = 3.0,
    ) -> None:
        """Use `bucket`; `endpoint` is the address of another server than AWS. Raises `SetupError`."""
        self._config = Config(
            connect_timeout=connect_seconds,
            read_timeout=read_seconds,
            # Trying again is this class's own decision: botocore would also repeat a 500 and
            # wait, while the sender's page does the same with her words still in it.
            retries={"total_max_attempts": 1},
            max_pool_connections=_POOL,
            # A server under one name has no name for each bucket.
            s3={"addressing_style": "path" if endpoint else "auto"},
            request_checksum_calculation="when_required",
        )
        self._bucket, self._endpoint, self._region = bucket, endpoint, region
        self._client = self._make_client()
        self._renewing = Lock()
        self._renewed = time.monotonic()

    def _make_client(self) -> "S3Client":
        try:
            client = Session().create_client(
                "s3", endpoint_url=self._endpoint, region_name=self._region, config=self._config
            )
        except (BotoCoreError, ValueError) as error:
            raise SetupError(unusable(error)) from None
        client.meta.events.register("before-call.s3.PutObject", _stay)
        return cast("S3Client", client)

    def put(self, name: str, body: bytes) -> bool:
        """Keep `body` as `in/<name>`; see `store.Store.put`. Raises `StoreError`."""
        last_start = time.monotonic() + _LAST_START_SECONDS
        for _ in range(_TRIES):
            is_new = self._try(name, body)
            if is_new is not None:
                return is_new
            time.sleep(secrets.randbelow(_PAUSE_MS) / 1000)
            if time.monotonic() > last_start:
                break
        raise StoreError("s3 store: conflict")

    def forget_probe(self) -> bool:
        """Take the probe's object away, and no other; `False` if it stays there."""
        delete = partial(self._client.delete_object, Bucket=self._bucket, Key=f"in/{PROBE}")
        try:
            done = delete()
            if done.get("DeleteMarker"):
                # The bucket keeps versions: a mark hides the object and frees nothing, and each
                # start would add one more of both. So the mark goes again.
                delete(VersionId=done["VersionId"])
                return False
        except (BotoCoreError, ClientError):
            return False
        return True

    def _try(self, name: str, body: bytes) -> bool | None:
        """Put once. True for a new object, False for one that was there, None for another writer.

        The first two are safe; the third (409) is worth another try.
        """
        checksum = base64.b64encode(bytes.fromhex(name)).decode("ascii")
        try:
            result = self._client.put_object(
                Bucket=self._bucket,
                Key=f"in/{name}",
                Body=body,
                IfNoneMatch="*",
                ChecksumSHA256=checksum,
            )
        except ClientError as error:
            if _code(error) in _CREDENTIALS:
                self._renew()
            return _meaning(error)
        except NoCredentialsError:
            self._renew()
            raise StoreError("s3 store: there are no credentials") from None
        except (BotoCoreError, ValueError) as error:  # a header that its parser does not take
            # Only the kind of the error: its text holds the address.
            raise StoreError(f"s3 store: {type(error).__name__}") from None
        if not _is_kept(result.get("ChecksumSHA256"), result.get("ETag"), body):
            raise StoreError("s3 store: not confirmed, no checksum of these bytes came back")
        return True

    def _renew(self) -> None:
        """Look for credentials again, for the puts after this one."""
        with self._renewing:
            if time.monotonic() > self._renewed + _RENEWED_AFTER_SECONDS:
                with suppress(SetupError):  # half a file, while somebody writes it
                    self._client = self._make_client()
                self._renewed = time.monotonic()


def _is_kept(checksum: str | None, etag: str | None, body: bytes) -> bool:
    """Whether who answered has hashed these bytes, as no edge does that says 200 by itself.

    Older servers give no checksum back, and the MD5 as ETag. It is enough against an accident: who
    forges it on purpose stands where he could keep the object from the store anyway.
    """
    if checksum is not None:
        return checksum == base64.b64encode(hashlib.sha256(body).digest()).decode("ascii")
    return etag == f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


def _stay(context: dict[str, Any], **_: object) -> None:
    """Follow no redirect: botocore would ask for more than the put, and for an edge's hundreds of times."""
    context.setdefault("s3_redirect", {})["redirected"] = True


def _code(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "")


def unusable(error: Exception) -> str:
    """What is wrong with the settings that begin with AWS_, from which no client can be made."""
    if isinstance(error, BotoCoreError):
        return f"the settings for S3 cannot be used: {type(error).__name__}"
    return "the address of the S3 server is none: it begins with http:// or https://"


def from_environment(bucket: str) -> S3Store:
    """Use `bucket` where the environment says, by the names that Amazon gave its settings. Raises `SetupError`."""
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    return S3Store(bucket, endpoint=endpoint, region=os.environ.get("AWS_REGION"))


def _meaning(error: ClientError) -> bool | None:
    """What an answer that is no success says; None for another writer (409). Raises `StoreError`."""
    code, status = _code(error), error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    if (status, code) == (412, _THERE):
        return False
    if status == 409:
        return None
    if code in _NEVER:
        raise UnsuitableError(f"s3 store: {_NEVER[code]} (status {status})") from None
    if code in _LATER:
        raise StoreError(f"s3 store: {_LATER[code]} (status {status})") from None
    raise StoreError(f"s3 store: status {status}") from None
