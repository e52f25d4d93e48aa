"""What `mkdocs serve` shows (step 1): the practice build, marked as a preview, in a folder that is served.

The press builds everything in a process of its own, as `make site` does. After an edit of a written page
only that page is rendered here, and the press looks at the whole behind it. What it refuses stands in place
of the pages until it is mended. No file of the press is changed, and no key is ever copied.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from filecmp import cmp
from pathlib import Path
from tempfile import TemporaryDirectory

from overrides.frame import assets, edition, frame, inputs, menu
from overrides.frame.edition import CONFIG, ROOM, Edition, Job
from overrides.hooks import marks
from overrides.hooks.render import MkDocs
from overrides.paper import one_file
from overrides.words import bidi, locales
from overrides.words.errors import Gathered, SiteError
from overrides.words.strings import Joined

_ROOT = ROOM.parent
_SETTINGS = _ROOT / "settings.practice.yml"
_KEYS = _ROOT / "var" / "practice" / "keys.json"
_SHELF = _ROOT / "var" / "pages"  # what the press behind an edit finds converted
_INPUTS = (
    *(_ROOT / "docs", CONFIG, _SETTINGS),
    *(ROOM / name for name in ("assets", "locale", "templates")),
)


class Preview:
    """Keeps a folder up to date that MkDocs serves. Only MkDocs' own thread calls it."""

    def __init__(self, root: Path) -> None:
        inputs.programs()  # that by which it renders, whatever is saved later
        self._root = root
        self._folder = TemporaryDirectory(prefix="balie-preview-")
        self._built, self._next = (Path(self._folder.name) / name for name in ("built", "next"))
        # To be watched: written when the press behind an edit found something.
        self.beat = Path(self._folder.name) / "beat"
        self.beat.touch()
        self._seen: dict[Path, bytes] = {}
        # Of what was built; None until the press has done it again.
        self._site: Edition | None = None
        self._undone: set[Path] = set()  # written pages that could not be rendered since
        self._press: subprocess.Popen[str] | None = None
        self._said: str | None = None  # by the press behind the last edit, when it matters

    def build(self) -> None:
        """Show what stands in the files now, or why it cannot be shown."""
        before, self._seen = self._seen, _inputs()
        changed = {
            path for path in before.keys() | self._seen if before.get(path) != self._seen.get(path)
        }
        is_edit = all(_is_edit(path, before, self._seen) for path in changed)
        try:
            if changed and is_edit and self._site:
                self._stop()
                self._edited(self._site, changed)
            elif changed:
                self._stop()
                self._take(_said(self._start()))
            elif self._said is not None:
                said, self._said = self._said, None
                self._take(said)
        except SiteError as error:
            self._show(marks.told(error))

    def _edited(self, site: Edition, changed: set[Path]) -> None:
        """Show some written pages at once, then let the press look at the whole."""
        was_broken, self._undone = bool(self._undone), self._undone | changed
        self._again(site, self._undone)
        self._undone = set()
        if was_broken:
            self._fill(site)
        press = self._start("nice")  # the reader's browser first
        threading.Thread(target=self._behind, args=(press,), daemon=True).start()

    def close(self) -> None:
        """Stop what is running and leave nothing behind."""
        self._stop()
        self._folder.cleanup()

    def _start(self, *before: str) -> "subprocess.Popen[str]":
        """Let the press build everything, with the keys of this machine's practice."""
        _make_keys()
        shutil.rmtree(self._next, ignore_errors=True)
        given = {"--settings": _SETTINGS, "--keys": _KEYS, "--out": self._next / "site"}
        words = [str(word) for pair in given.items() for word in pair]
        self._press = subprocess.Popen(  # noqa: S603 - our own program, no words from outside
            [*before, sys.executable, "-m", "overrides.press", *words],
            cwd=_ROOT,
            env=_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # to be stopped with all that it started
        )
        return self._press

    def _stop(self) -> None:
        process, self._press, self._said = self._press, None, None
        if process and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _behind(self, process: "subprocess.Popen[str]") -> None:
        """When the press is done behind an edit, ask for a look at it if it found anything new."""
        said = _said(process)
        try:
            is_new = bool(said) or not _alike(self._next / "site", self._built)
        except OSError:  # the next edit has taken the folder away
            return
        if is_new and self._press is process:
            self._said = said
            self.beat.write_text(str(time.monotonic()), "ascii")

    def _take(self, said: str) -> None:
        """Show what the press built, or what it said instead."""
        self._site, self._undone = None, set()
        if said:
            return self._show(said)
        site = edition.load(_job(next(iter(locales.languages(CONFIG)))))
        marks.refuse_public(site.settings.site_url, _SETTINGS.name)
        shutil.rmtree(self._built, ignore_errors=True)
        (self._next / "site").rename(self._built)
        made = assets.sums(self._built / site.assets)
        self._site = replace(site, sums=made)
        return self._fill(site)

    def _fill(self, site: Edition) -> None:
        """Serve everything that is built."""
        _empty(self._root)
        for path in self._built.rglob("*"):
            if path.is_file():
                self._copy(path, site)

    def _copy(self, path: Path, site: Edition) -> None:
        name = path.relative_to(self._built)
        (self._root / name).parent.mkdir(parents=True, exist_ok=True)
        if (
            path.suffix != ".html" or path.name == one_file.NAME
        ):  # which has a practice line of its own
            shutil.copyfile(path, self._root / name)
            return
        t = site.strings.get(name.parts[0], Joined(tuple(site.strings.values())[:2]))
        page = marks.marked(path.read_text("utf-8"), t("preview.banner"))
        (self._root / name).write_text(page, "utf-8")

    def _again(self, site: Edition, changed: set[Path]) -> None:
        """Render the written pages that show these files, in every language that does."""
        gathered = Gathered()
        for language in site.strings:
            speaking = frame.speaking(site, language)
            shown = [
                path for path in changed if path.parent.name == speaking.shown(path.name).language
            ]
            with gathered.part():
                if shown:
                    self._render(
                        speaking, [edition.url_path(language, path.name) for path in shown]
                    )
        gathered.refuse()

    def _render(self, site: Edition, urls: list[str]) -> None:
        paths = [self._built / url.strip("/") / "index.html" for url in urls]
        for path in paths:
            # MkDocs writes in place, and it may be one more name of a page that is kept.
            Path(shutil.copyfile(path, f"{path}.half")).replace(path)
            os.utime(path, (0, 0))  # MkDocs renders what is older than its source
        listed = menu.written(CONFIG, site)
        mkdocs = MkDocs(CONFIG, _ROOT / "docs")
        mkdocs.language(site, self._built / site.t.language, _SHELF, listed=listed)
        for path in paths:
            if site.t.direction == "rtl":
                path.write_text(bidi.isolate(path.read_text("utf-8")), "utf-8", newline="\n")
            self._copy(path, site)

    def _show(self, said: str) -> None:
        """Put what is wrong in the place of every page."""
        sys.stderr.write(said)
        _empty(self._root)
        for name in ("index.html", "404.html"):
            (self._root / name).write_text(marks.broken(said), "utf-8")


def _job(language: str) -> Job:
    return Job(language, str(_SETTINGS), str(_KEYS), str(_ROOT / "docs"), None)


def _inputs() -> dict[Path, bytes]:
    """Everything that a page is made of, but for the code; nothing that an editor keeps for itself."""
    every = [path for one in _INPUTS for path in ([one] if one.is_file() else one.rglob("*"))]
    found = {}
    for path in every:
        if path.is_file() and not path.name.startswith(".") and not path.name.endswith("~"):
            with suppress(FileNotFoundError):  # saved this moment, under another name first
                found[path] = path.read_bytes()
    return found


def _is_edit(path: Path, before: dict[Path, bytes], now: dict[Path, bytes]) -> bool:
    """Whether it is a written page that was there before."""
    return path.suffix == ".md" and path in before and path in now


def _said(process: "subprocess.Popen[str]") -> str:
    """What a press that is done refused; nothing when all is right."""
    said = process.communicate()[1]
    return (said or "site: the press stopped\n") if process.returncode else ""


def _alike(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    files = [{path.relative_to(at) for path in at.rglob("*.*")} for at in (one, other)]
    return files[0] == files[1] and all(
        cmp(one / name, other / name, shallow=False) for name in files[0] if (one / name).is_file()
    )


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _make_keys() -> None:
    """The practice keys of this machine, made as `make site` makes them; the desk's tool does it."""
    if _KEYS.is_file():
        return
    done = subprocess.run(
        ["bash", ".ci/practice-keys"],  # noqa: S607 - whichever bash this machine has
        cwd=_ROOT,
        env=_environment() | {"PY": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SiteError(f"no practice keys: {done.stderr.strip()}", "type make site, and look")


def _environment() -> dict[str, str]:
    """Node lies beside Python where the machine has none of its own."""
    paths = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return dict(os.environ) | {"PATH": paths}
