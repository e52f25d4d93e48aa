"""Measures step 1: the build of the whole site, beside Hugo on the same pages in the same run.

Gives the keys `site.*`: with the first four languages, and with all twelve (`_12`). Hugo and we take turns, into empty
folders in memory.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from overrides.facts import data
from overrides.frame import edition, frame, menu
from overrides.pages import municipality
from tests.bench import copied, hugo_site, memory
from tests.bench.calm import Watch
from tests.bench.copied import Copy
from tests.bench.figures import Figure, counted, median, ratios
from tests.practice import REPO
from tests.site import LANGUAGES

ROUNDS = 3
FEW, MANY = 4, len(LANGUAGES)
# Hugo's pages have other link paths and no roles on tables; beyond this it does other work.
BYTES_APART_MAX = 0.1


@dataclass
class Race:
    """Seconds of each round: our cold build, Hugo's cold build, ours after one changed page."""

    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)

    def figures(self, mark: str = "") -> dict[str, Figure]:
        """The keys that come from it, with `mark` at the end of each."""
        return {
            f"site.build_s{mark}": median(self.ours),
            f"site.hugo_s{mark}": median(self.theirs),
            f"site.hugo_ratio{mark}": ratios(self.ours, self.theirs),
            f"site.one_page_s{mark}": median(self.changed),
            f"site.one_page_ratio{mark}": ratios(self.changed, self.theirs),
        }


def measure(watch: Watch) -> dict[str, Figure]:
    """Build some twenty times and return all keys; takes some minutes."""
    watch.remark(hugo_site.version())
    with copied.workplace() as (folder, in_memory):
        if not in_memory:
            watch.remark("measured on a disk, whose writes swing: there is no room in memory")
        few = copied.make(folder / "few", FEW)
        pages = len(_pages(few.out))
        found = _race(few, watch).figures()
        rate = median(_municipality_rate(few, folder / f"rendered-{n}") for n in range(ROUNDS))
        peaks = []
        for _ in range(ROUNDS):
            few.clear(kept=False)
            peaks.append(memory.peak_mib(few.command(), few.root))
        shutil.rmtree(few.root)
        many = _race(copied.make(folder / "many", MANY), watch).figures(f"_{MANY}")
    own = {"site.municipality_pages_per_cpu_s": rate, "site.peak_mib": median(peaks)}
    return {"site.pages": counted(pages), **found, **many, **own}


def _race(copy: Copy, watch: Watch) -> Race:
    """Rounds in turns. Each cold build makes the tree that the build after a changed page made."""
    race = Race()
    _hugo(copy)  # not counted: its program is read from the disk once
    promised: dict[str, bytes] = {}
    for number in range(ROUNDS):
        race.ours.append(_ours(copy, kept=False))
        _demand_same(promised, copy)
        race.theirs.append(_hugo(copy))
        _demand_alike(copy.out, copy.hugo_out)
        sentence = f"Sentence {number} of the bench."
        copy.change(sentence)
        race.changed.append(_ours(copy, kept=True))
        promised = _tree(copy)
        _demand_changed(copy, sentence)
        watch.look()
    _ours(copy, kept=False)
    _demand_same(promised, copy)
    return race


def _ours(copy: Copy, *, kept: bool) -> float:
    copy.clear(kept=kept)
    what = "ours after one page" if kept else "ours"
    return _seconds(f"{len(copy.languages)} languages, {what}", copy.command(), copy.root)


def _hugo(copy: Copy) -> float:
    copy.clear_hugo()
    return _seconds(f"{len(copy.languages)} languages, Hugo", copy.hugo_command(), copy.root)


def _seconds(what: str, command: list[str], folder: Path) -> float:
    """Seconds of one build by the clock; those of the processors are printed beside them."""
    os.sync()  # on a disk, what others wrote before is not ours to wait for
    cpu, began = _cpu_s(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    took, worked = time.perf_counter() - began, _cpu_s() - cpu
    if done.returncode != 0:
        raise RuntimeError((done.stderr or done.stdout).strip())
    print(f"{what}: {took:.2f} s, {worked:.2f} s of the processors", file=sys.stderr)
    return took


def _pages(site: Path) -> dict[str, int]:
    """Bytes of every HTML page by its path."""
    return {p.relative_to(site).as_posix(): p.stat().st_size for p in site.rglob("*.html")}


def _tree(copy: Copy) -> dict[str, bytes]:
    """The hash of every file of the site and beside it, by its path."""
    files = [path for top in copy.out.parent.glob("site*") for path in [top, *top.rglob("*")]]
    return {str(path): sha256(path.read_bytes()).digest() for path in files if path.is_file()}


def _demand_same(promised: dict[str, bytes], copy: Copy) -> None:
    """A build that kept something gives what one gives that kept nothing, or its time says nothing."""
    found = _tree(copy)
    if promised and promised != found:
        apart = {path for path, _ in promised.items() ^ found.items()}
        raise RuntimeError(f"built after one changed page, these are not as built anew: {apart}")


def _demand_changed(copy: Copy, sentence: str) -> None:
    language, page = copied.CHANGED
    built = copy.out / language / Path(page).stem / "index.html"
    if sentence not in built.read_text("utf-8"):
        raise RuntimeError("a changed page was built as it was before")


def _demand_alike(ours: Path, theirs: Path) -> None:
    """The same pages at the same addresses with about the same bytes, or the ratio says nothing."""
    mine, other = _pages(ours), _pages(theirs)
    if mine.keys() != other.keys():
        raise RuntimeError(f"Hugo's pages differ: {sorted(mine.keys() ^ other.keys())[:5]}")
    apart = sum(other.values()) / sum(mine.values()) - 1
    if abs(apart) > BYTES_APART_MAX:
        raise RuntimeError(f"Hugo's pages have {apart:+.0%} bytes")


def _municipality_rate(copy: Copy, out: Path) -> float:
    """Municipality pages of all languages per CPU second, rendered and written, data in memory."""
    site = edition.load(copy.order.job(copy.languages[0]))
    menus = {}
    for language in copy.languages:
        speaking = frame.speaking(site, language)
        menus[language] = menu.whole(menu.written(REPO / "mkdocs.yml", speaking), speaking.t)
    context = municipality.Context(site, data.load(site.docs / "data"), menus)
    began, count = _cpu_s(), 0
    for language in copy.languages:
        files = municipality.render(language, context)
        for name, content in files.items():
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        count += sum("/m/" in name for name in files)
    return count / (_cpu_s() - began)


def _cpu_s() -> float:
    """CPU seconds of this process and of all that it waited for, the system's part among them."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
