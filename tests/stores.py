"""Shared by the tests of steps 3 and 4: well-shaped objects, stores to look into, running servers.

The servers are real: the app as `python -m functions` or under uvicorn in a thread, and SeaweedFS
for S3, all on loopback ports that were free a moment before.
"""

import base64
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import boto3
import uvicorn
from botocore.config import Config

REPO = Path(__file__).resolve().parent.parent
PUBLIC = b"\x42" * 1_216  # nobody has the private half
KEY_ID = hashlib.sha256(PUBLIC).digest()[:8]
ACCEPTED = frozenset({KEY_ID})
OBJECT_BYTES = 16_384
BUCKET = "drop"
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test-only",
    "AWS_SECRET_ACCESS_KEY": "test-only-secret",
    "AWS_REGION": "eu-west-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
START_SECONDS = 30.0
# How the kernel writes the end of 127.0.0.0/8 and ::1 where it lists who listens.
_LOOPBACK = ("7F", f"{'0' * 24}01000000")


def make_object(size: int = OBJECT_BYTES, key_id: bytes = KEY_ID) -> bytes:
    """Return bytes that look like an object from outside: a good header, then random bytes."""
    return (b"\x01\x01" + key_id + os.urandom(size))[:size]


def name_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def headers_for(body: bytes) -> dict[str, str]:
    return {
        "content-type": "application/octet-stream",
        "x-amz-content-sha256": name_of(body),
        "content-length": str(len(body)),
    }


def post(body: bytes, headers: dict[str, str] | None = None, *, path: str = "/drop") -> bytes:
    """Return the raw bytes of a POST request; an empty header value leaves that header out."""
    fields = headers_for(body) | (headers or {})
    lines = [f"POST {path} HTTP/1.1", "host: localhost"]
    lines += [f"{name}: {value}" for name, value in fields.items() if value]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


@dataclass(frozen=True)
class Reply:
    """One HTTP answer; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> str:
        return str(json.loads(self.body)["error"])


def exchange(port: int, request: bytes, *, timeout: float = 30.0) -> Reply:
    """Send raw bytes on a new connection and return the first answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        connection.sendall(request)
        return read_reply(connection)


def read_reply(connection: socket.socket) -> Reply:
    with connection.makefile("rb") as stream:
        status_line = stream.readline()
        if not status_line:
            raise ConnectionError("closed without an answer")
        headers = {}
        while (line := stream.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        body = stream.read(int(headers.get("content-length", "0")))
    return Reply(int(status_line.split()[1]), headers, body)


class Kept(Protocol):
    """What a test may do with a store behind the app's back."""

    @property
    def argument(self) -> str: ...

    def objects(self) -> dict[str, bytes]: ...

    def names(self) -> set[str]: ...

    def read(self, name: str) -> bytes: ...


@dataclass(frozen=True)
class KeptFiles:
    root: Path

    @property
    def argument(self) -> str:
        return f"files:{self.root}"

    def objects(self) -> dict[str, bytes]:
        """Return everything that is visible in `in/`: all names without a leading dot."""
        return {name: self.read(name) for name in self.names()}

    def names(self) -> set[str]:
        return {name for name in os.listdir(self.root / "in") if not name.startswith(".")}

    def read(self, name: str) -> bytes:
        return (self.root / "in" / name).read_bytes()


@dataclass(frozen=True)
class KeptS3:
    endpoint: str
    bucket: str

    @property
    def argument(self) -> str:
        return f"s3:{self.bucket}"

    def objects(self) -> dict[str, bytes]:
        return {name: self.read(name) for name in self.names()}

    def names(self) -> set[str]:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        keys = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
        if any(not key.startswith("in/") for key in keys):
            raise AssertionError("an object outside in/")
        return {key.removeprefix("in/") for key in keys}

    def read(self, name: str) -> bytes:
        kept = self._client.get_object(Bucket=self.bucket, Key=f"in/{name}")
        return bytes(kept["Body"].read())

    @cached_property
    def _client(self) -> Any:  # Any: boto3 makes its clients while it runs
        return s3_client(self.endpoint)


def s3_client(endpoint: str):
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=CREDENTIALS["AWS_REGION"],
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        config=Config(s3={"addressing_style": "path"}),
    )


@dataclass(frozen=True)
class Deployment:
    """The files that the app is started with."""

    site: Path
    keys: Path
    board: Path | None = None


POLICY = {
    "default": {
        "Content-Security-Policy": "default-src 'none'",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
    },
    "paths": {"/nl/write/": {"Cache-Control": "no-store"}},
}


def make_deployment(folder: Path) -> Deployment:
    """Write a tiny built site with its headers, and a key list with `KEY_ID`."""
    site = folder / "site"
    (site / "nl" / "write").mkdir(parents=True)
    (site / "index.html").write_text("<p>start", encoding="utf-8")
    (site / "404.html").write_text("<p>not here", encoding="utf-8")
    (site / "nl" / "write" / "index.html").write_text("<p>form", encoding="utf-8")
    (folder / "site.headers.json").write_text(json.dumps(POLICY), encoding="utf-8")
    keys = folder / "keys.json"
    keys.write_text(key_list(PUBLIC), encoding="utf-8")
    return Deployment(site, keys)


def key_entry(use: str, public: bytes) -> dict[str, Any]:
    """Return one entry of a key list, as far as the function looks at it."""
    key_id = hashlib.sha256(public).hexdigest()[:16]
    return {"use": use, "suite": 1, "id": key_id, "public": base64.b64encode(public).decode()}


def key_list(*intake: bytes, issued: str = "2026-11-22", site: bytes = b"s" * 32) -> str:
    """Return the text of a key list with these public intake keys, a board key and a site key."""
    entries = [key_entry("intake", public) for public in intake]
    entries += [key_entry("board", b"b" * 32), key_entry("site", site)]
    signed = json.dumps({"version": 1, "issued": issued, "practice": True, "keys": entries})
    return json.dumps({"signed": signed, "signature": "0" * 128})


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the port takes connections; fail if the process ends first."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                _only_for_this_machine(port, process)
                return
        time.sleep(0.01)
    raise RuntimeError(f"server did not start on port {port}: status {process.poll()}")


def _only_for_this_machine(port: int, process: subprocess.Popen[bytes]) -> None:
    """A test serves nobody else: end a server that listens on another address than 127.0.0.0/8 and ::1, and fail."""
    for table in ("tcp", "tcp6"):
        for line in Path("/proc/net", table).read_text("ascii").splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, _, number = local.partition(":")
            if state == "0A" and int(number, 16) == port and not address.endswith(_LOOPBACK):
                end(process)
                raise RuntimeError(f"the server on port {port} listens for other machines too")


def end(process: subprocess.Popen[Any]) -> None:
    """Ask a process to end, and kill it when it does not: a browser can wait for an answer that nobody gives."""
    process.terminate()
    try:
        process.wait(timeout=START_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


@dataclass
class Server:
    """The app as its own process; `output` is all that it ever wrote to either stream."""

    port: int
    process: subprocess.Popen[bytes]
    written: Path

    def output(self) -> bytes:
        return self.written.read_bytes()


@contextmanager
def serve(
    deployment: Deployment, store: str, written: Path, env: dict[str, str] | None = None
) -> Iterator[Server]:
    """Run `python -m functions` for the time of the block, then stop it with SIGTERM."""
    server = start(deployment, store, written, env)
    try:
        yield server
    finally:
        server.process.terminate()
        server.process.wait(timeout=30)


def start(
    deployment: Deployment,
    store: str,
    written: Path,
    env: dict[str, str] | None = None,
    *,
    by: Sequence[str] = (),
    port: int = 0,
) -> Server:
    """Start `python -m functions`, by way of a program if need be, and wait until it listens."""
    port = port or free_port()
    command = [*by, sys.executable, "-m", "functions", "--port", str(port), "--store", store]
    command += ["--site", str(deployment.site), "--keys", str(deployment.keys)]
    command += ["--board", str(deployment.board)] if deployment.board else []
    with written.open("ab") as sink:
        process = subprocess.Popen(
            command, cwd=REPO, env=os.environ | (env or {}), stdout=sink, stderr=sink
        )
    wait_until_open(port, process)
    return Server(port, process, written)


@contextmanager
def serve_in_thread(app, protocol: Any = "auto") -> Iterator[int]:
    """Run an app under uvicorn in this process, where constructor arguments can be small."""
    listener = socket.create_server(("127.0.0.1", 0))
    quiet = {"lifespan": "off", "ws": "none", "log_config": None, "access_log": False}
    config = uvicorn.Config(app, http=protocol, **quiet)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(timeout=30)


@dataclass
class Weed:
    """A SeaweedFS process with an S3 door."""

    endpoint: str
    process: subprocess.Popen[bytes]
    buckets: list[str] = field(default_factory=list)

    def new_bucket(self) -> str:
        bucket = f"{BUCKET}-{len(self.buckets)}"
        s3_client(self.endpoint).create_bucket(Bucket=bucket)
        self.buckets.append(bucket)
        return bucket

    def give_up(self, bucket: str) -> None:
        """Take a bucket away with all in it: SeaweedFS has room for some fifty, and then says InternalError."""
        s3_client(self.endpoint).delete_bucket(Bucket=bucket)


WEED_DOORS = ("master", "volume", "filer", "s3", "admin")


@contextmanager
def seaweed(folder: Path, *more: str) -> Iterator[Weed]:
    """Run SeaweedFS in `folder` on free ports, with more options; kill it at the end."""
    program = shutil.which("weed", path=str(Path(sys.executable).parent)) or "weed"
    ports = {door: free_port() for door in WEED_DOORS}
    command = [program, "mini", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
    command += ["-webdav=false", "-admin.ui=false", "-master.telemetry=false", "-bucket=drop"]
    command += ["-s3.port.iceberg=0", "-s3.port.lance=0", f"-filer.localSocket={folder}/filer.sock"]
    command += ["-s3.autoCreateBucket=false"]  # a wrong bucket must be an error, as elsewhere
    command += more
    for door, port in ports.items():
        command += [f"-{door}.port={port}", f"-{door}.port.grpc={free_port()}"]
    with (folder / "weed.log").open("wb") as sink:
        process = subprocess.Popen(
            command,
            env=os.environ | CREDENTIALS,
            stdout=sink,
            stderr=sink,
            cwd=folder,
            start_new_session=True,
        )
    weed = Weed(f"http://127.0.0.1:{ports['s3']}", process)
    try:
        wait_until_open(ports["s3"], process)
        yield weed
    finally:
        os.killpg(weed.process.pid, signal.SIGKILL)  # a test may have started it again
        weed.process.wait(timeout=30)
