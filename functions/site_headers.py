"""Steps 1 and 9, the response headers: which headers go with which path of the built site.

The JSON that the build writes beside the site comes in; for a path, a list of headers goes out.
It invents no header and repairs none: a missing file stops the app, since a page without its
policy looks fine and is not.
"""

import json
import re
from dataclasses import dataclass

from functions.errors import SetupError

# What one line of an answer can hold; anything else would break off every answer of the app.
_NAME = re.compile(r"[A-Za-z0-9-]+")
_VALUE = re.compile(r"[\x20-\x7e]+")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Policy:
    """The default headers, and the complete set for each path that differs."""

    default: Pairs
    paths: dict[str, Pairs]

    def at(self, path: str) -> Pairs:
        """Return the headers of `path`; a folder's index file has those of its folder."""
        folder = path.removesuffix("index.html")
        key = folder if folder.endswith("/") else path
        return self.paths.get(key, self.default)


def parse(text: str) -> Policy:
    """Read `{"default": {name: value}, "paths": {path: {name: value}}}`.

    A path's own headers replace those of the same name in the default. Raises `SetupError`.
    """
    try:
        value = json.loads(text)
        default = _lower(value["default"])
        paths = {path: default | _lower(own) for path, own in value["paths"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SetupError("the headers file cannot be read") from error
    if "content-security-policy" not in default:
        raise SetupError("the headers file has no default content-security-policy")
    return Policy(
        tuple(default.items()), {path: tuple(pairs.items()) for path, pairs in paths.items()}
    )


def _lower(headers: dict[str, str]) -> dict[str, str]:
    if not all(map(_NAME.fullmatch, headers)) or not all(map(_VALUE.fullmatch, headers.values())):
        raise SetupError("the headers file has a header that no answer can hold")
    return {name.lower(): value for name, value in headers.items()}
