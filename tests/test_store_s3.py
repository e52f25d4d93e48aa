"""Step 4: the S3 store by itself, on a real server: what it asks for and what it never does."""

import socket

import pytest

from functions.store_s3 import S3Store
from tests.faults import door, passing_on
from tests.stores import CREDENTIALS, KeptS3, make_object, name_of, s3_client


def store_on(endpoint: str, bucket: str) -> S3Store:
    return S3Store(bucket, endpoint=endpoint, region=CREDENTIALS["AWS_REGION"])


def test_an_object_is_never_replaced(s3_endpoint: str, s3_bucket: str) -> None:
    """A name that exists keeps its bytes, whatever comes under it later."""
    body, other = make_object(), make_object()
    s3_client(s3_endpoint).put_object(Bucket=s3_bucket, Key=f"in/{name_of(body)}", Body=other)
    store_on(s3_endpoint, s3_bucket).put(name_of(body), body)
    assert KeptS3(s3_endpoint, s3_bucket).objects() == {name_of(body): other}


@pytest.mark.parametrize("puts", [1, 2])
def test_it_asks_for_nothing_but_the_put(s3_endpoint: str, s3_bucket: str, puts: int) -> None:
    """One request for each object, also the second time: no list, no read, no look at the bucket.

    So the right to put is all that it needs.
    """
    asked: list[bytes] = []
    real = passing_on(s3_endpoint)

    def noted(request: bytes, line: socket.socket) -> None:
        asked.append(request.partition(b"\r\n")[0])
        real(request, line)

    body = make_object()
    with door(noted) as opened:
        store = store_on(opened.endpoint, s3_bucket)
        for _ in range(puts):
            store.put(name_of(body), body)
    path = f"/{s3_bucket}/in/{name_of(body)}".encode()
    assert asked == [b"PUT " + path + b" HTTP/1.1"] * puts
