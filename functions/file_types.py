"""Of which type each file of the site is (step 1): a path in, a content type out, as WIRE.md section 6.2 has it.

What a machine has in its own tables of types is asked nowhere, so that every host says the same.
"""

_TYPES = {
    "SHA256SUMS": "text/plain; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonl": "text/plain; charset=utf-8",  # shown where it is opened; a download would stay behind
    "mp3": "audio/mpeg",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml",
    "yml": "application/yaml; charset=utf-8",
}


def of(path: str) -> str:
    """The content type of a file by the end of its path; empty where nobody has said one."""
    return _TYPES.get(path.rpartition("/")[2].rpartition(".")[2], "")
