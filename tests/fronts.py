"""The two fronts of the drop, as a sender meets them: our app under uvicorn, and the function on Lambda."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Protocol

from functions.cloud import package
from tests import runtime_api, stores
from tests.stores import Deployment, Kept, Reply, headers_for


class Front(Protocol):
    """Takes one body and says what was answered."""

    def post(self, body: bytes) -> Reply: ...

    def output(self) -> bytes: ...


@dataclass(frozen=True)
class App:
    """`python -m functions` in a process of its own."""

    server: stores.Server

    def post(self, body: bytes) -> Reply:
        return stores.exchange(self.server.port, stores.post(body))

    def output(self) -> bytes:
        return self.server.output()


@dataclass(frozen=True)
class Lambda:
    """The package, as it is uploaded, under the real client of Lambda's runtime."""

    function: runtime_api.Function

    def post(self, body: bytes) -> Reply:
        said = self.function.invoke(runtime_api.event_of(body, headers_for(body)))
        return Reply(said["statusCode"], said["headers"], said.get("body", "").encode())

    def output(self) -> bytes:
        return self.function.output()


@contextmanager
def app(
    deployment: Deployment, kept: Kept, written: Path, env: dict[str, str] | None = None
) -> Iterator[App]:
    with stores.serve(deployment, kept.argument, written / "said", env) as server:
        yield App(server)


@contextmanager
def on_lambda(
    deployment: Deployment, kept: stores.KeptS3, written: Path, env: dict[str, str]
) -> Iterator[Lambda]:
    unpacked = written / "package"
    headers = deployment.site.with_name("site.headers.json")
    packed = package.build(deployment.keys, headers, stores.REPO / "var" / "function-wheels")
    zipfile.ZipFile(BytesIO(packed)).extractall(unpacked)
    with runtime_api.function(unpacked, env | {"BUCKET": kept.bucket}, folder=written) as function:
        yield Lambda(function)
