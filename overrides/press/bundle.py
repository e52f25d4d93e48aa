"""The files that pages fetch (step 1): our modules and style sheet in, the scripts and a style out.

esbuild joins and shrinks them; the same input gives the same bytes. It knows no page.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from overrides.frame import assets
from overrides.frame.edition import ROOM
from overrides.words.errors import SiteError

SCRIPTS = {
    "answer": "answer.mjs",
    "leave": "leave.mjs",
    "places": "places.mjs",
    "search": "search.mjs",
    "seal": "seal.worker.mjs",
    "seal_older": "seal_older.worker.mjs",
    "write": "write.mjs",
}
# The oldest browsers that we carry, as esbuild spells them: of 2021 (README.md says why).
OLDEST = {"chrome": 92, "firefox": 91, "safari": 15}
_YOUNGER = {"Object.hasOwn": "hasOwn"}  # what older.mjs stands in for, in the libraries too
_STYLES = ("site.css", "form.css", "paper.css")
_ICON = "icon.svg"


def write(out: Path, room: Path = ROOM) -> None:
    """Make their folder in the site folder `out`."""
    with beside(out, assets.folder(room), room):
        pass


@contextmanager
def beside(out: Path, folder: str, room: Path = ROOM) -> Iterator[None]:
    """Make them in a folder of the site while the block runs; behind it they are there, or it says what is wrong."""
    source, target = room / "assets", out / folder
    entries = [f"{name}={source / file}" for name, file in SCRIPTS.items()]
    oldest = ",".join(f"{browser}{version}" for browser, version in OLDEST.items())
    common = ["--minify", "--log-level=warning", "--legal-comments=none", f"--outdir={target}"]
    common.append(f"--target={oldest}")
    stand_ins = [f"--define:{name}={ours}" for name, ours in _YOUNGER.items()]
    stand_ins.append(f'--define:ASSETS="/{folder}"')  # a constant, as Trusted Types want it
    stand_ins.append(f"--inject:{source / 'older.mjs'}")
    with (
        _esbuild(room.parent, [*entries, "--bundle", "--format=iife", *stand_ins, *common]),
        _esbuild(room.parent, [*(str(source / style) for style in _STYLES), *common]),
    ):
        yield
    shutil.copyfile(source / _ICON, target / _ICON)


@contextmanager
def _esbuild(root: Path, arguments: list[str]) -> Iterator[None]:
    command: list[str | Path] = [_program(root), *arguments]
    with subprocess.Popen(  # noqa: S603 - no shell, no words from outside
        command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            yield
        except BaseException:  # whatever stopped the build stops what runs beside it
            running.kill()
            raise
        _, said = running.communicate()
    if running.returncode != 0 or said:
        raise SiteError(f"esbuild stopped: {said.strip()}")


def _program(root: Path) -> Path:
    """The program itself, which npm installed for this machine; `esbuild` beside it starts Node for it."""
    found = sorted((root / "node_modules" / "@esbuild").glob("*/bin/esbuild"))
    if len(found) != 1:
        said = "esbuild is not there" if not found else "esbuild is there for several machines"
        raise SiteError(said, "install Node 20 or later, then run: npm ci")
    return found[0]
