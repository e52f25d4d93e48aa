"""The files in assets/ (step 1): our modules and style sheet in, the scripts and a style out.

esbuild joins and shrinks them; the same input gives the same bytes. It knows no page.
"""

import shutil
import subprocess
from pathlib import Path

from overrides.frame.edition import ROOM
from overrides.words.errors import SiteError

SCRIPTS = {
    "answer": "answer.mjs",
    "leave": "leave.mjs",
    "places": "places.mjs",
    "seal": "seal.worker.mjs",
    "write": "write.mjs",
}
# The oldest browsers that we carry, as esbuild spells them: of 2021 (README.md says why).
OLDEST = {"chrome": 92, "firefox": 91, "safari": 15}
_YOUNGER = {"Object.hasOwn": "hasOwn"}  # what older.mjs stands in for, in the libraries too
_STYLE = "site.css"
_ICON = "icon.svg"


def write(out: Path, room: Path = ROOM) -> None:
    """Make `assets/` in the site folder `out`."""
    source, target = room / "assets", out / "assets"
    entries = [f"{name}={source / file}" for name, file in SCRIPTS.items()]
    oldest = ",".join(f"{browser}{version}" for browser, version in OLDEST.items())
    common = ["--minify", "--log-level=warning", "--legal-comments=none", f"--outdir={target}"]
    common.append(f"--target={oldest}")
    stand_ins = [f"--define:{name}={ours}" for name, ours in _YOUNGER.items()]
    stand_ins.append(f"--inject:{source / 'older.mjs'}")
    _esbuild(room.parent, [*entries, "--bundle", "--format=iife", *stand_ins, *common])
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
