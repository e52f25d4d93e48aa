"""Puts one object for each case on standard input, and tells what was sent and what came back.

Run by `test_cloud_put.py` in two processes: one that can import the unpacked package alone, and one
with the whole library, `stock` behind it, where boto3 itself makes the client of our store. It imports
nothing of the tests, which the first cannot reach.
"""

import hashlib
import json
import sys

from botocore.awsrequest import AWSResponse
from botocore.session import Session

from functions import store_s3


class _Raw:
    """The body of a canned answer, as the library reads one."""

    def __init__(self, text):
        self._text = text.encode("utf-8")

    def stream(self, *_, **__):
        yield self._text

    def read(self, *_, **__):
        return self._text


def by_boto3(*args, **kwargs):
    """A client as everybody makes it."""
    import boto3

    return boto3.session.Session().client(*args, **kwargs)


def by_botocore(*args, **kwargs):
    """A client as our store makes it."""
    return Session().create_client(*args, **kwargs)


class Ours:
    """Stores by place, each client of them with its answer in front where a case has one.

    It stands in for the session of our store, so that no client of it asks Amazon.
    """

    def __init__(self, make_client):
        self._make_client = make_client
        self._stores = {}
        self._answer = None
        self._sent = []

    def put(self, case):
        """The request that was sent, its answer, and what the store itself says of that."""
        self._answer, self._sent = case["answer"], []
        try:
            store = self._store(case["bucket"], case["endpoint"], case["region"])
            found = store._client.put_object(
                Bucket=case["bucket"],
                Key=f"in/{case['name']}",
                Body=bytes.fromhex(case["body"]),
                IfNoneMatch="*",
                ChecksumSHA256=case["checksum"],
            )
        except Exception as error:
            found = [type(error).__name__, str(error), getattr(error, "response", None)]
        sent = self._sent
        return [sent, found, self._said(case) if self._answer else None]

    def _said(self, case):
        try:
            store = self._store(case["bucket"], case["endpoint"], case["region"])
            return store.put(case["name"], bytes.fromhex(case["body"]))
        except Exception as error:
            return [type(error).__name__, str(error)]

    def _store(self, *place):
        if place not in self._stores:
            bucket, endpoint, region = place
            self._stores[place] = store_s3.S3Store(bucket, endpoint=endpoint, region=region)
        return self._stores[place]

    def create_client(self, *args, **kwargs):
        """What the store asks of a session."""
        client = self._make_client(*args, **kwargs)
        client.meta.events.register("before-send.s3", self._look)
        return client

    def _look(self, request, **_):
        headers = {name: _text(value) for name, value in request.headers.items()}
        self._sent.append([request.method, request.url, headers, _digest(request.body)])
        if self._answer is None:
            return None
        status, fields, text = self._answer
        return AWSResponse(request.url, status, fields, _Raw(text))


def _digest(body):
    octets = b"" if body is None else body if isinstance(body, bytes) else body.getvalue()
    return hashlib.sha256(octets).hexdigest()


def _text(value):
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


if __name__ == "__main__":
    ours = Ours(by_boto3 if sys.argv[1:] == ["stock"] else by_botocore)
    store_s3.Session = lambda: ours
    told = [ours.put(case) for case in json.load(sys.stdin)]
    json.dump({"told": told, "from": store_s3.__file__}, sys.stdout, default=str)
