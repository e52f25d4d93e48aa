"""Follows a runbook of the handbook: its commands in their order, in a copy of the house, with a folder for each disk.

Comes in: the Markdown itself. Blocks called `console` hold commands behind `$` and what they show; a
comment `deed` stands where a person does something that no command does, and the test does it.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import stores
from tests.ceremony import ROOT, at_a_terminal
from tests.own_records import own_docs
from tests.site import ready

HANDBOOK = ROOT / "handbook" / "pages"
LANGUAGES = ("en", "nl")
_FENCE = re.compile(r"^```(.*)$")
_DEED = re.compile(r"^<!-- deed: (.+) -->$")
# What is shown differently each time, and how: digits of keys, days, and what the page leaves out.
_CHANGING = {
    r"[0-9a-f]{64}": "[0-9a-f]{64}",
    r"[0-9a-f]{32}": "[0-9a-f]{32}",
    r"[0-9a-f]{16}": "[0-9a-f]{16}",
    r"\d{4}-\d\d-\d\d": r"\d{4}-\d\d-\d\d",
    r"\d{1,2} [a-z]{3,} \d{4}": r"\d{1,2} [a-z]{3,} \d{4}",
    r"\.\.\.": ".*",
}
_ANY = re.compile("|".join(f"({one})" for one in _CHANGING), re.IGNORECASE)
_COPIED = ("desk", "overrides", "functions", ".ci", "requirements", "keys", "tests")
_FILES = ("mkdocs.yml", "settings.practice.yml", "Makefile", "package.json", "package-lock.json")
_REFUSED = "make: *** ["  # what make says when a release is refused, as the page shows


@dataclass(frozen=True)
class Step:
    """A command with the lines that it shows, or a deed of a person."""

    heading: str
    command: str = ""
    shows: tuple[str, ...] = ()
    deed: str = ""


def steps(path: Path) -> Iterator[Step]:
    """What is done on a page, in its order. Blocks that are not called `console` are only read."""
    heading, fence, command, shows = "", "", "", []
    for line in path.read_text("utf-8").splitlines():
        opens = _FENCE.match(line)
        if (opens or line.startswith("$ ")) and fence == "console" and command:
            yield Step(heading, command, tuple(shows))
            command = ""
        if opens:
            fence = "" if fence else opens[1] or "plain"
        elif fence == "console" and line.startswith("$ "):
            command, shows = line[2:], []
        elif fence == "console":
            shows.append(line)
        elif line.startswith("## "):
            heading = line[3:]
        elif deed := _DEED.match(line):
            yield Step(heading, deed=deed[1])


def house(folder: Path) -> Path:
    """A copy of the house as somebody has cloned it, with facts in which people did what they must."""
    folder.mkdir()
    for name in _COPIED:
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in _FILES:
        shutil.copy(ROOT / name, folder / name)
    ready(own_docs(folder))
    for name in (".venv", "node_modules"):
        (folder / name).symlink_to((ROOT / name).resolve())
    for path in (*folder.glob("requirements/*"), *folder.glob("**/package-lock.json")):
        os.utime(path, (0, 0))  # older than what was installed from it
    return folder


@dataclass
class Walk:
    """Somebody who follows the page and keeps every paper."""

    house: Path
    places: dict[str, str]  # of the page: where it is here
    options: dict[str, list[str]] = field(default_factory=dict)  # by the verb that gets them
    words: dict[str, str] = field(default_factory=dict)  # of a handler, or of a key file
    intake: list[str] = field(default_factory=list)
    running: list[subprocess.Popen[Any]] = field(default_factory=list)

    def here(self, command: str, oldest: bool = False) -> str:
        """A command of the page with the places and keys of this machine."""
        names = dict(self.places)
        keys = Path(names["/media/"]) / "keys"
        for use in ("board", "site"):
            names |= {f"{use}-ID": path.stem for path in keys.glob(f"{use}-*.pub")}
        if self.intake:
            meant = self.intake[0 if oldest else -1]
            names |= {"intake-ID": f"intake-{meant}", " ID ": f" {meant} "}
        return replaced(command, names)

    def page(self, shown: str) -> str:
        """What was shown, with the places of the page again."""
        return replaced(shown, {meant: name for name, meant in self.places.items()})

    def follow(self, step: Step) -> str:
        """Type one command of the page; what it showed."""
        line = self.here(step.command, oldest="destroy" in step.command)
        if line.startswith("desk "):
            shown = self._desk(line.removeprefix("desk ").split())
        else:
            done = subprocess.run(
                line, shell=True, cwd=self.house, env=environment(), capture_output=True, text=True
            )
            shown = done.stdout + done.stderr
            assert done.returncode == (2 if _REFUSED in shown else 0), (line, shown)
        return self.page(shown)

    def _desk(self, argv: list[str]) -> str:
        extra = self.options.get(argv[0], [])
        status, shown = at_a_terminal(*argv, *extra, answer=self.answer)
        assert status == 0, (argv, shown)
        self._note(shown)
        return shown

    def answer(self, question: str) -> str:
        asked = re.search(r"passphrase of (\S+): $", question)
        assert asked is not None, question
        return self.words[asked[1]]

    def _note(self, shown: str) -> None:
        """Write the seven words on paper, and the id of a new intake key."""
        told = re.search(r"passphrase of (?:this key|the handler (\w+)), shown", shown)
        made = re.search(r"^secret key +\S*/keys/(\S+)$", shown, re.M)
        if told is not None:
            name = told[1] or (made[1] if made else "")
            self.words[name] = shown.split("never again:")[1].split("\n\n")[1].strip()
            if name.startswith("intake-"):
                self.intake.append(name.removeprefix("intake-").removesuffix(".key"))

    def start(self, step: Step, port: int, log: Path) -> None:
        """Start the server of the page, and wait until it listens."""
        line = [*self.here(step.command).split(), "--port", str(port)]
        with log.open("wb") as sink:
            process = subprocess.Popen(
                line, cwd=self.house, env=environment(), stdout=sink, stderr=sink
            )
        self.running.append(process)
        stores.wait_until_open(port, process)

    def end(self) -> None:
        """Stop what was started."""
        while self.running:
            self.end_last()

    def end_last(self) -> None:
        """Stop what was started last."""
        process = self.running.pop()
        stores.end(process)
        if process.stdout:
            process.stdout.close()


def replaced(text: str, names: dict[str, str]) -> str:
    """The text with each name in it replaced, once: what is put in is not looked at again."""
    longest = sorted(names, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest)), lambda found: names[found[0]], text)


def environment() -> dict[str, str]:
    """That of a person who types: nothing of ours, and the programs of this machine."""
    kept = ("HOME", "PATH", "LANG", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ}


def pattern(line: str) -> str:
    """What a line of the page may be on another day, with other keys."""
    found, end = "", 0
    for match in _ANY.finditer(line):
        found += re.escape(line[end : match.start()])
        found += list(_CHANGING.values())[int(match.lastindex or 1) - 1]
        end = match.end()
    return found + re.escape(line[end:])


def unseen(step: Step, shown: str) -> str | None:
    """The first line of the page that the command did not show in its order; `None` if all were."""
    lines = [line.strip() for line in shown.splitlines()]
    for line in (one.strip() for one in step.shows if one != "..."):
        at = [
            number
            for number, one in enumerate(lines)
            if re.fullmatch(pattern(line), one, re.IGNORECASE)
        ]
        if not at:
            return line
        lines = lines[at[0] + 1 :]
    return None
