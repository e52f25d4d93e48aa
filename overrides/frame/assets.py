"""The folder of the files that pages fetch (step 1): what they are made of in, a path in the site out.

It is named by all of that but the words of pages, so that no page ever meets a script of another build, nor a
script an index of pages in a form that it does not know. It makes no file.

A page also names what each script and style must be, byte by byte (W3C Subresource Integrity): a browser
refuses another one.
"""

import base64
from hashlib import sha256
from pathlib import Path

_ROOM = Path(__file__).parents[1]
_DIGITS = 8  # of two builds in a row: every page carries them three times
_ENDINGS = (".css", ".mjs", ".svg")
# Libraries and esbuild by their versions, what is told to esbuild, and the form of each index.
_MAKERS = ("../package-lock.json", *(f"press/{name}.py" for name in ("bundle", "index", "lookups")))


def folder(room: Path = _ROOM) -> str:
    """Path such as `assets/1f0c9a3e`; the same wherever the same files lie, and so built again."""
    found = sha256()
    own = sorted(path for path in room.glob("assets/*") if path.suffix in _ENDINGS)
    for path in (*own, *(room / name for name in _MAKERS)):
        content = sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found.update(f"{path.name} {content}\n".encode())
    return f"assets/{found.hexdigest()[:_DIGITS]}"


class Sums(dict[str, str]):
    """What a page says of each file that it fetches, by name.

    Of a file that nobody has made yet it says what no file is, so that no page runs without having been asked.
    """

    def __missing__(self, name: str) -> str:
        return _sum(f"{name} is not made".encode())


def sums(made: Path) -> Sums:
    """Those of the scripts and styles in a folder; a page cannot ask for less of a worker or an `import`."""
    files = (*made.glob("*.css"), *made.glob("*.js"))
    return Sums({path.name: _sum(path.read_bytes()) for path in sorted(files)})


def _sum(content: bytes) -> str:
    """The shortest that browsers know: each page carries two of them, which no packing makes smaller."""
    return f"sha256-{base64.b64encode(sha256(content).digest()).decode('ascii')}"
