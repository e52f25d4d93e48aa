"""A copy of what the site is built from, with more languages if asked, and the same pages for Hugo.

It lies in memory where the machine has such a folder, since a disk's writes swing fourfold. Pages are
changed here and never in the repo. The builder finds its `var/` in the copy, empty at first.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polib

from overrides.joining import translated
from overrides.press.order import Order
from overrides.words import locales
from overrides.words.catalogue import ORIGINAL
from tests import practice
from tests.bench import hugo_site
from tests.practice import REPO

MEMORY = Path("/dev/shm")
NEEDED_BYTES = (
    2 * 2**30
)  # of twelve languages: our tree, ours in the making, Hugo's, and both sources
LEFT_OUT = (".*", "node_modules", "var", "site", "tests", "__pycache__", "*.pyc")
CODES = [f"q{letter}" for letter in "abcdefghijkl"]  # ISO 639 gives them to nobody
CHANGED = (
    "en",
    "law.md",
)  # English stands in for a page that is not translated, so it is shown in more
_NAMED = re.compile(r"(?m)^((?:title|description): )(?=([^\W\d_]+))")
_PROSE = re.compile(r"(?m)^( {0,4}(?:[-*] |\d+\. )?)(?=([^\W\d_]+))")


@dataclass(frozen=True)
class Copy:
    """The copy at `root`, its key list, and beside it Hugo's project and output."""

    root: Path
    keys: Path

    @property
    def out(self) -> Path:
        """Where `make site` writes."""
        return self.root / "var" / "site"

    @property
    def project(self) -> Path:
        return self.root.with_name(f"{self.root.name}-hugo")

    @property
    def hugo_out(self) -> Path:
        return self.root.with_name(f"{self.root.name}-hugo-out")

    @property
    def order(self) -> Order:
        settings, locale = self.root / "settings.practice.yml", self.root / "overrides" / "locale"
        config = self.root / locales.LIST
        docs = self.root / "docs"
        return Order(settings, self.keys, self.out, docs=docs, locale=locale, config=config)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(locales.languages(self.order.config))

    def command(self) -> list[str]:
        """Our build by its command line, to be run in `root`."""
        chosen = ["--settings", self.order.settings, "--keys", self.keys, "--out", self.out]
        return [sys.executable, "-m", "overrides.press", *map(str, chosen)]

    def clear(self, *, kept: bool) -> None:
        """Take our output away; and all that the builder kept for the next time, unless `kept`."""
        taken = self.out.parent.glob("site*") if kept else [self.out.parent]
        for path in [*taken]:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        self.out.parent.mkdir(exist_ok=True)

    def clear_hugo(self) -> None:
        """Take Hugo's output away, and all that Hugo kept."""
        kept = self.hugo_out.with_name(f"{self.hugo_out.name}.cache")
        for path in (self.hugo_out, kept, self.project / "resources"):
            shutil.rmtree(path, ignore_errors=True)

    def hugo_command(self) -> list[str]:
        return hugo_site.command(self.project, self.hugo_out)

    def change(self, sentence: str) -> None:
        """Write one sentence more at the end of one page, for us and for Hugo."""
        language, page = CHANGED
        source = self.root / "docs" / language / page
        where = [source]
        for other in self.languages:
            if other == language or not (self.root / "docs" / other / page).is_file():
                where.append(self.project / "content" / other / page)
        for path in where:
            path.write_text(f"{path.read_text('utf-8').rstrip()}\n\n{sentence}\n", "utf-8")


@contextmanager
def workplace() -> Iterator[tuple[Path, bool]]:
    """A folder for copies, and whether it lies in memory; taken away afterwards."""
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= NEEDED_BYTES
    folder = MEMORY if in_memory else REPO / "var"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="balie-bench-") as name:
        yield Path(name), in_memory


def make(root: Path, languages: int) -> Copy:
    """Copy the repo to `root` with so many languages, build once, and write Hugo's project."""
    ignored = shutil.ignore_patterns(*LEFT_OUT)
    shutil.copytree(REPO, root, ignore=ignored)
    (root / "node_modules").symlink_to(REPO / "node_modules")
    add_languages(root, languages)
    keys = root.with_name(f"{root.name}-keys")
    for use in ("intake", "board", "site"):
        practice.make_key(keys, use)
    practice.publish(keys)
    made = Copy(root, keys / "keys.json")
    made.clear(kept=False)
    subprocess.run(made.command(), cwd=root, check=True)
    hugo_site.write(made.project, made.out, made.order)
    return made


def add_languages(root: Path, count: int) -> None:
    """Invent languages until there are `count`, each made of one of those that are there."""
    listed = tuple(locales.languages(root / locales.LIST))
    for number in range(count - len(listed)):
        _add_language(root, CODES[number], listed[number % len(listed)])


def _add_language(root: Path, code: str, model: str) -> None:
    """A language with every page, each unlike all others: the words of `model` with more between.

    A page that the model has not is made of the English one.
    """
    docs, locale = root / "docs", root / "overrides" / "locale"
    config = root / locales.LIST
    said = config.read_text("utf-8").splitlines(keepends=True)
    lines = [line for line in said if line.lstrip().startswith("- {locale: ")]
    direction = locales.languages(config)[model].direction
    line = f"{lines[-1].partition('-')[0]}- {{locale: {code}, name: {code}, extra: {{direction: {direction}}}}}\n"
    said.insert(said.index(lines[-1]) + 1, line)
    config.write_text("".join(said), "utf-8")
    (docs / code).mkdir()
    for path in sorted((docs / "en").glob("*.md")):
        own = docs / model / path.name
        text = (own if own.is_file() else path).read_text("utf-8")
        (docs / code / path.name).write_text(other_words(text, code), "utf-8")
        if (docs / ORIGINAL / path.name).is_file():
            translated.stamp(docs / code / path.name, date(2026, 11, 22))
    strings = polib.pofile(str(locale / f"{model}.po"))
    for entry in strings:
        entry.msgstr = (
            f"{code} {entry.msgstr or entry.msgid}"  # of the original only the one is there
        )
    strings.save(str(locale / f"{code}.po"))


def other_words(page: str, code: str) -> str:
    """A page with an invented word before every line of prose, its title and its description.

    The word is the line's first one backwards, with the code of the language behind it.
    """
    front, mark, body = page[4:].partition("\n---\n")
    front = _NAMED.sub(lambda found: f"{found[1]}{found[2][::-1]}{code} ", front)
    body = _PROSE.sub(lambda found: f"{found[1]}{found[2][::-1]}{code} ", body)
    return f"{page[:4]}{front}{mark}{body}"
