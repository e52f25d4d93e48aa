"""Steps 1 and 3: of which type a file of the site is, by the end of its path (WIRE.md section 6.2).

A path comes in, a value of `content-type` goes out. It asks no machine: each has a list of its own.
"""

_TYPES = {
    "SHA256SUMS": "text/plain; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonl": "text/plain; charset=utf-8",
    "mp3": "audio/mpeg",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml",
    "yml": "application/yaml; charset=utf-8",
}


def of(path: str) -> str | None:
    """The type of a file, or `None` where nobody has said it."""
    return _TYPES.get(path.rpartition("/")[2].rpartition(".")[2])
