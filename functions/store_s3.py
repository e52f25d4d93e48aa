"""Step 4, the S3 store: one object per complaint, on AWS or any server that speaks S3.

A name and sealed bytes come in, a durable object `in/<name>` goes out. It needs the right to put
and no other; it never lists, reads or deletes. The only module of this room that imports boto3.
"""

import base64
import secrets
import time
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from functions.errors import StoreError

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

_TRIES = 3
# No further try starts after this, so that the last one ends well before the sender's ten seconds.
_LAST_START_SECONDS = 4.0
_PAUSE_MS = 200
_POOL = 32  # connections kept; the app runs fewer threads than this


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
        """Use `bucket`; `endpoint` is the address of another server than AWS."""
        config = Config(
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
        self._bucket = bucket
        # An own session: boto3.client() would share one, with its credentials, in the module.
        self._client: S3Client = boto3.session.Session().client(
            "s3", endpoint_url=endpoint, region_name=region, config=config
        )

    def put(self, name: str, body: bytes) -> None:
        """Keep `body` as `in/<name>`; see `store.Store.put`. Raises `StoreError`."""
        last_start = time.monotonic() + _LAST_START_SECONDS
        for _ in range(_TRIES):
            if self._try(name, body):
                return
            time.sleep(secrets.randbelow(_PAUSE_MS) / 1000)
            if time.monotonic() > last_start:
                break
        raise StoreError("s3 store: conflict")

    def _try(self, name: str, body: bytes) -> bool:
        """Put once. True when the object is safe, False when another writer is at work (409)."""
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
            return _is_there(error)
        except BotoCoreError as error:
            # Only the kind of the error: its text holds the address.
            raise StoreError(f"s3 store: {type(error).__name__}") from None
        # An edge between us and the store can answer 200 by itself; a store names what it kept.
        if "ETag" not in result or result.get("ChecksumSHA256", checksum) != checksum:
            raise StoreError("s3 store: not confirmed")
        return True


def _is_there(error: ClientError) -> bool:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    if status == 412:
        return True  # If-None-Match: the name, which is the hash of these bytes, exists
    if status == 409:
        return False
    raise StoreError(f"s3 store: status {status}") from None
