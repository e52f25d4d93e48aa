"""What of a library goes into the package: all its modules, and of botocore's data what a put uses.

The files of a wheel come in, those to be packed go out. That a put is the same afterwards, byte for
byte, is for the tests to show: they compare it with the whole library's on a real server.
"""

import gzip
import json
from typing import Any

_DATA = "botocore/data/"
_S3 = "botocore/data/s3/2006-03-01/"
_SERVICE = "s3"
# One alone: where a bucket was moved the library would ask a second, which no role of ours may.
_OPERATION = "PutObject"
# Small, and the same for every service.
_KEPT = ("_retry.json", "partitions.json", "sdk-default-configuration.json")

Files = dict[str, bytes]
Model = dict[str, Any]  # JSON of a library, whose form is known by its use alone


def needed(files: Files) -> Files:
    """Return what of one wheel a put needs, and the texts of its licence."""
    plain = {name: one for name, one in files.items() if _is_needed(name)}
    if _S3 + "service-2.json.gz" not in files:
        return plain
    rules = gzip.decompress(files[_S3 + "endpoint-rule-set-1.json.gz"])
    return plain | {
        f"{_DATA}endpoints.json": _packed(_endpoints(json.loads(files[f"{_DATA}endpoints.json"]))),
        f"{_S3}service-2.json": _packed(_service(_read(files[_S3 + "service-2.json.gz"]))),
        f"{_S3}endpoint-rule-set-1.json": _packed(json.loads(rules)),
        f"{_S3}service-2.sdk-extras.json": files[_S3 + "service-2.sdk-extras.json"],
    }


def _is_needed(name: str) -> bool:
    if name.startswith(_DATA):
        return name.removeprefix(_DATA) in _KEPT
    if ".dist-info/" in name:
        return "licen" in name.lower() or name.endswith("NOTICE")
    is_program = ".data/" in name  # for a command line
    return not is_program and name.endswith((".py", "botocore/cacert.pem"))


def _read(packed: bytes) -> Model:
    model: Model = json.loads(gzip.decompress(packed))
    return model


def _packed(model: Model) -> bytes:
    return json.dumps(model, separators=(",", ":")).encode("ascii")


def _endpoints(whole: Model) -> Model:
    """Keep every region of every partition, and of the services the one that we use."""
    for partition in whole["partitions"]:
        partition["services"] = {_SERVICE: partition["services"][_SERVICE]}
    return whole


def _service(whole: Model) -> Model:
    """Keep one operation, every shape that it leads to, and all errors: any may be its answer."""
    operation = whole["operations"][_OPERATION]
    shapes: Model = {name: one for name, one in whole["shapes"].items() if one.get("exception")}
    waiting = [operation, *shapes.values()]
    while waiting:
        for name in _shapes_named(waiting.pop()):
            if name not in shapes:
                shapes[name] = whole["shapes"][name]
                waiting.append(shapes[name])
    ordered = {name: shape for name, shape in whole["shapes"].items() if name in shapes}
    return whole | {"operations": {_OPERATION: operation}, "shapes": ordered}


def _shapes_named(part: Any) -> list[str]:  # Any: a part of a model, of any JSON type
    """Return the name of every shape that a part of the model refers to."""
    if isinstance(part, list):
        return [name for one in part for name in _shapes_named(one)]
    if not isinstance(part, dict):
        return []
    own = [part["shape"]] if isinstance(part.get("shape"), str) else []
    return own + [name for one in part.values() for name in _shapes_named(one)]
