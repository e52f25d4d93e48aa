"""The sums of a release (step 1): a built site in, a line for each file out, as `sha256sum` writes it.

They lie beside the site and mark it as a release: a build for practice has none, and what was changed,
half copied or added since is not the site that was checked. It knows no page.
"""

import os
from hashlib import sha256
from pathlib import Path


def of(made: Path) -> str:
    """All files of the folder `made`, by path: its SHA-256, two spaces, the path."""
    found = [Path(at) / name for at, _, names in os.walk(made) for name in names]
    lines = ((path.relative_to(made).as_posix(), path.read_bytes()) for path in found)
    return "".join(f"{sha256(octets).hexdigest()}  {path}\n" for path, octets in sorted(lines))


def beside(out: Path) -> Path:
    """Where those of the site `out` lie."""
    return out.with_name(f"{out.name}.sums")
