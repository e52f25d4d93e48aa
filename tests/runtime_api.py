"""A local Runtime API, and the package under the real client of Lambda's runtime beside it.

`function(unpacked)` starts `awslambdaric` in a process of its own, with the unpacked zip and the client
on its path and nothing else: neither this checkout nor the installed libraries can be imported there.
Events go in with `invoke`, answers come out; whatever else the process says, to the API, on its streams
or in its folders, is kept to be looked through. `function_url` puts HTTP in front, as Amazon does.
"""

import base64
import json
import os
import queue
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HANDLER = "functions.cloud.handler.handle"
VERSION = "/2018-06-01/runtime/"
PATIENCE_S = 30.0
_READ_BYTES = 2**24  # of a file in everybody's folders: what is larger is no word of a function
TRACE = "1-5bef4de7-ad49b0e87f6ef6c87fc2e700"  # of a visit; who visits may choose it
# What the client of the runtime is made of.
_CLIENT = ("awslambdaric", "runtime_client", "simplejson", "snapshot_restore_py")


@dataclass(frozen=True)
class Posted:
    """What the process told the API: the path behind the version, the head, the bytes."""

    path: str
    head: str
    body: bytes

    @property
    def is_answer(self) -> bool:
        return self.path.endswith("/response")


class RuntimeApi(ThreadingHTTPServer):
    """`GET next` gives out events in order; every `POST` is kept."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.events: queue.Queue[bytes | None] = queue.Queue()
        self.posts: queue.Queue[Posted] = queue.Queue()
        self.posted: list[Posted] = []
        self.first_next = threading.Event()
        self.first_next_s = 0.0  # by time.perf_counter

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_: object) -> None:
        """Say nothing of a process that was ended while it waited."""


class _Call(BaseHTTPRequestHandler):
    server: RuntimeApi
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer in one piece: two small ones wait for each other
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if not self.server.first_next.is_set():
            self.server.first_next_s = time.perf_counter()
            self.server.first_next.set()
        event = self.server.events.get()
        if event is None:
            self.close_connection = True
            return
        self._answer(200, event)

    def do_POST(self) -> None:
        body = self._body()
        posted = Posted(self.path.removeprefix(VERSION), str(self.headers), body)
        self.server.posted.append(posted)
        self.server.posts.put(posted)
        self._answer(202, b'{"status":"OK"}')

    def _body(self) -> bytes:
        if self.headers.get("transfer-encoding", "") != "chunked":
            return self.rfile.read(int(self.headers.get("content-length", "0")))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        for name, value in {
            "content-type": "application/json",
            "content-length": str(len(body)),
            "lambda-runtime-aws-request-id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
            "lambda-runtime-deadline-ms": str(int((time.time() + PATIENCE_S) * 1000)),
            "lambda-runtime-invoked-function-arn": "arn:aws:lambda:eu-west-1:0:function:drop",
            "lambda-runtime-trace-id": f"Root={TRACE}",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Function:
    """The package under the real client; `folder` holds all that the process could write to."""

    api: RuntimeApi
    process: "subprocess.Popen[bytes]"
    folder: Path
    began_s: float  # by time.perf_counter
    began_at: float  # by time.time
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def init_s(self) -> float:
        """Seconds from the start of the process until it asked for the first event."""
        return self.api.first_next_s - self.began_s

    def invoke(self, event: Any) -> Any:
        """Give one event, as JSON or as bytes, and return what the handler answered.

        Raises `RuntimeError` when the process told an error instead, or ended.
        """
        with self.lock:
            sent = event if isinstance(event, bytes) else json.dumps(event).encode("ascii")
            self.api.events.put(sent)
            posted = self._next_post()
        if not posted.is_answer:
            raise RuntimeError(f"the handler let an error out: {posted.path}")
        return json.loads(posted.body)

    def output(self) -> bytes:
        """All that the process ever wrote to its two streams."""
        return b"".join((self.folder / name).read_bytes() for name in ("stdout", "stderr"))

    def left(self) -> dict[str, bytes]:
        """Every file in the folder that the process worked in, its home and its temporary one."""
        places = [path for path in (self.folder / "room").rglob("*") if path.is_file()]
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in places}

    def left_elsewhere(self) -> list[bytes]:
        """Files of everybody's temporary folders, as far as they changed since the process began."""
        found = []
        for folder in ("/tmp", "/var/tmp", "/dev/shm"):
            for path in Path(folder).iterdir():
                with suppress(OSError):  # another program's, and gone again
                    seen = path.lstat()
                    is_new = stat.S_ISREG(seen.st_mode) and seen.st_mtime >= self.began_at
                    if is_new and seen.st_size <= _READ_BYTES:
                        found.append(path.read_bytes())
        return found

    def told(self) -> list[Posted]:
        """All that was posted to the API and is no answer."""
        return [one for one in self.api.posted if not one.is_answer]

    def _next_post(self) -> Posted:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                return self.api.posts.get(timeout=0.1)
            except queue.Empty:
                if self.process.poll() is not None:
                    break
        raise RuntimeError(f"no answer; the process: {self.process.poll()}")


def client_path(folder: Path) -> Path:
    """Make a folder that holds the client of the runtime and no other library."""
    made = folder / "runtime"
    if not made.exists():
        made.mkdir(parents=True)
        for name in _CLIENT:
            spec = find_spec(name)
            if spec is None or spec.origin is None:
                raise RuntimeError(f"there is no {name}: make test installs awslambdaric")
            origin = Path(spec.origin)
            origin = origin.parent if origin.name == "__init__.py" else origin
            (made / origin.name).symlink_to(origin)
    return made


def command(python: str = sys.executable, handler: str = HANDLER) -> list[str]:
    """The line that starts the client: no installed libraries, and no folder but those we name."""
    return [python, "-S", "-s", "-P", "-B", "-m", "awslambdaric", handler]


def environment(
    unpacked: Path, room: Path, api: str, more: Mapping[str, str], client: Path | None = None
) -> dict[str, str]:
    """What Lambda sets, as far as anything here looks at it, and nothing of this process's own."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{unpacked}:{client or client_path(room.parent)}",
        "AWS_LAMBDA_FUNCTION_NAME": "drop",
        "AWS_LAMBDA_RUNTIME_API": api,
        "AWS_EC2_METADATA_DISABLED": "true",
        "LAMBDA_TASK_ROOT": str(unpacked),
        "HOME": str(room),
        "TMPDIR": str(room / "tmp"),
        **more,
    }


@contextmanager
def function(
    unpacked: Path,
    env: Mapping[str, str] | None = None,
    *,
    folder: Path | None = None,
    handler: str = HANDLER,
    python: str = sys.executable,
    client: Path | None = None,
) -> Iterator[Function]:
    """Run the unpacked package for the time of the block; `env` has BUCKET, the region, credentials.

    It begins when the process asks for its first event, or has ended. `folder` is for all that the
    process writes; without one a new one is made and taken away. Another `python` needs the folder of
    a `client` made for it.
    """
    with tempfile.TemporaryDirectory() as spare:
        place = folder or Path(spare)
        (place / "room" / "tmp").mkdir(parents=True, exist_ok=True)
        api = RuntimeApi()
        thread = threading.Thread(target=api.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        line = command(python, handler)
        variables = environment(unpacked, place / "room", api.address, env or {}, client)
        with (place / "stdout").open("wb") as out, (place / "stderr").open("wb") as err:
            began, at = time.perf_counter(), time.time()
            process = subprocess.Popen(
                line, cwd=place / "room", env=variables, stdout=out, stderr=err
            )
        try:
            _wait(api, process)
            yield Function(api, process, place, began, at)
        finally:
            process.kill()
            process.wait()
            api.events.put(None)
            api.shutdown()
            thread.join()
            api.server_close()


def _wait(api: RuntimeApi, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE_S
    while not api.first_next.wait(0.002) and process.poll() is None:
        if time.monotonic() > until:
            raise RuntimeError("the function did not ask for an event")


def event_of(
    body: bytes,
    headers: Mapping[str, str],
    *,
    path: str = "/drop",
    method: str = "POST",
    query: str = "",
    address: str = "127.0.0.1",
) -> dict[str, Any]:
    """The event that a function URL makes of a request (payload 2.0); names in lower case."""
    given = {name.lower(): value for name, value in headers.items()}
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {"x-forwarded-for": address, "x-forwarded-proto": "https", **given},
        "requestContext": {
            "accountId": "anonymous",
            "apiId": "urlid",
            "domainName": "urlid.lambda-url.eu-west-1.on.aws",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": address,
                "userAgent": given.get("user-agent", ""),
            },
            "requestId": "id",
            "routeKey": "$default",
            "stage": "$default",
            "time": "30/Nov/2026:12:00:00 +0000",
            "timeEpoch": 1796040000000,
        },
        "body": base64.b64encode(body).decode("ascii"),
        "isBase64Encoded": True,
    }
