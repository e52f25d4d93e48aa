"""Which desk this is, beside every step: its number, the commit that it was made of, and the hash of its files.

Comes in: nothing. Goes out: lines for `desk --version`. It refuses to ask git or a network: the hash is
that of the files that lie here, and of nothing else.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

VERSION = "0.1.0"  # that of pyproject.toml
_ROOT = Path(__file__).parents[1]
_RUNS = ("desk", "docs/data")  # what the tool is made of
_BUILT = "VERSION"  # in a bundle alone: the number, then `commit` and what it was made of
_LINE = "commit "


def _paths(root: Path) -> Iterator[str]:
    for top in _RUNS:
        for path in (root / top).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(root).as_posix()


def files(root: Path = _ROOT) -> str:
    """SHA-256, 64 digits, of the lines that `SHA256SUMS` of a bundle has for what runs."""
    found = sha256()
    for name in sorted(_paths(root)):
        digits = sha256((root / name).read_bytes()).hexdigest()
        found.update(f"{digits}  {name}\n".encode())
    return found.hexdigest()


def lines(root: Path = _ROOT) -> list[str]:
    """The number; in a bundle the commit; and the hash by which two desks are compared."""
    said = [f"desk {VERSION}"]
    if (root / _BUILT).exists():
        built = (root / _BUILT).read_text("ascii").splitlines()
        said += [f"commit  {line.removeprefix(_LINE)}" for line in built if line.startswith(_LINE)]
    return [*said, f"files   {files(root)}"]
