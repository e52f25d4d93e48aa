"""The files in assets/ (step 1): our modules and style sheet in, the scripts and a style out.

esbuild joins and shrinks them; the same input gives the same bytes. It knows no page.
"""

import shutil
import subprocess
from pathlib import Path

from overrides.edition import ROOM
from overrides.errors import SiteError

SCRIPTS = {
    "answer": "answer.mjs",
    "leave": "leave.mjs",
    "places": "places.mjs",
    "seal": "seal.worker.mjs",
    "write": "write.mjs",
}
_STYLE = "site.css"
_ICON = "icon.svg"


def write(out: Path, room: Path = ROOM) -> None:
    """Make `assets/` in the site folder `out`."""
    source, target = room / "assets", out / "assets"
    entries = [f"{name}={source / file}" for name, file in SCRIPTS.items()]
    common = ["--minify", "--log-level=warning", "--legal-comments=none", f"--outdir={target}"]
    _esbuild(room.parent, [*entries, "--bundle", "--format=esm", "--target=es2020", *common])
    _esbuild(room.parent, [str(source / _STYLE), *common])
    shutil.copyfile(source / _ICON, target / _ICON)


def _esbuild(root: Path, arguments: list[str]) -> None:
    program = root / "node_modules" / ".bin" / "esbuild"
    if not program.exists():
        raise SiteError("esbuild is not there", "install Node 20 or later, then run: npm ci")
    done = subprocess.run(  # noqa: S603 - no shell, no words from outside
        [program, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode != 0 or done.stderr:
        raise SiteError(f"esbuild stopped: {done.stderr.strip()}")
