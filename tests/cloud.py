"""The package of the function, made as `make package` makes it and unpacked as Lambda does."""

import io
import zipfile
from pathlib import Path

from functions.cloud import package
from tests.stores import REPO, make_deployment

WHEELS = (
    REPO / "var" / "function-wheels"
)  # the folder for the desk takes all that lies in var/wheels


def packed(folder: Path, python: str | None = None) -> bytes:
    """The zip with the key list and the headers of a tiny site, which are made in `folder`."""
    deployment = make_deployment(folder)
    headers = folder / "site.headers.json"
    own = () if python is None else (python,)
    return package.build(deployment.keys, headers, WHEELS, *own)


def unpack(zipped: bytes, folder: Path) -> Path:
    """Unpack it into a folder, and return that."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as opened:
        opened.extractall(folder)
    return folder
