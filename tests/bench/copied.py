"""A copy of what the site is built from, with fewer languages if asked, and the same pages for Hugo.

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
from pathlib import Path

from overrides.press.order import Order
from overrides.words import locales
from tests import practice
from tests.bench import hugo_site
from tests.practice import REPO

MEMORY = Path("/dev/shm")
NEEDED_BYTES = (
    2 * 2**30
)  # of twelve languages: our tree, ours in the making, Hugo's, and both sources
LEFT_OUT = (".*", "node_modules", "var", "site", "tests", "__pycache__", "*.pyc")
CHANGED = (
    "en",
    "law.md",
)  # English stands in for a page that is not translated, so it is shown in more


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
    """Copy the repo to `root` with its first so many languages, build once, and write Hugo's project."""
    ignored = shutil.ignore_patterns(*LEFT_OUT)
    shutil.copytree(REPO, root, ignore=ignored)
    (root / "node_modules").symlink_to(REPO / "node_modules")
    keep_languages(root, languages)
    keys = root.with_name(f"{root.name}-keys")
    for use in ("intake", "board", "site"):
        practice.make_key(keys, use)
    practice.publish(keys)
    made = Copy(root, keys / "keys.json")
    made.clear(kept=False)
    subprocess.run(made.command(), cwd=root, check=True)
    hugo_site.write(made.project, made.out, made.order)
    return made


def keep_languages(root: Path, count: int) -> None:
    """Take away every language behind the first `count` of the list: its line, its pages and its texts."""
    config = root / locales.LIST
    for code in tuple(locales.languages(config))[count:]:
        line = rf"(?m)^ *- {{locale: {re.escape(code)},.*\n"
        config.write_text(re.sub(line, "", config.read_text("utf-8")), "utf-8")
        shutil.rmtree(root / "docs" / code)
        for path in sorted((root / "overrides" / "locale").rglob(f"{code}.*")):
            path.unlink()
