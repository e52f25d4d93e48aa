"""Measures step 1: the build of the whole site, beside Hugo on the same pages in the same run.

Gives the keys `site.*`. The build runs by its command line with practice settings and practice
keys; Hugo and we take turns, so the ratio survives a noisy neighbour.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from overrides.facts import data
from overrides.frame import edition, frame, menu
from overrides.pages import municipality
from overrides.press.build import Order
from tests.bench import hugo_site
from tests.practice import REPO, make_practice
from tests.site import LANGUAGES

EXIT = "https://weather.example/"
ROUNDS = 3
LOOK_S = 0.005
# Hugo's pages have other link paths and no roles on tables; beyond this it does other work.
BYTES_APART_MAX = 0.1


def measure() -> dict[str, float | None]:
    """Build some ten times and return all keys; takes about a minute."""
    disk = REPO / "var"  # where `make site` writes
    disk.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=disk, prefix="bench-") as name:
        folder = Path(name)
        built = make_practice(folder, EXIT)
        order = Order(folder / "settings.yml", built.keys, folder / "ours")
        hugo_site.write(folder / "hugo", built.site, order)
        ours, ratio = _against_hugo(order, folder / "hugo", folder / "theirs")
        return {
            "site.pages": len(_pages(built.site)),
            "site.build_s": ours,
            "site.hugo_ratio": ratio,
            "site.municipality_pages_per_cpu_s": _municipality_rate(order, folder / "rendered"),
            "site.peak_mib": _peak_mib(_command(order)),
        }


def _command(order: Order) -> list[str]:
    chosen = ["--settings", order.settings, "--keys", order.keys, "--out", order.out]
    return [sys.executable, "-m", "overrides.press", *map(str, chosen)]


def _against_hugo(order: Order, project: Path, out: Path) -> tuple[float, float]:
    """Median seconds of our build, and the median of ours by Hugo's, into empty folders in turns."""
    print(hugo_site.version(), file=sys.stderr)
    pairs = []
    for _ in range(ROUNDS):
        ours = _seconds(_command(order), order.out)
        pairs.append((ours, _seconds(hugo_site.command(project, out), out)))
        _demand_alike(order.out, out)
    print("seconds of ours and Hugo's:", [[round(s, 2) for s in p] for p in pairs], file=sys.stderr)
    return statistics.median(ours for ours, _ in pairs), statistics.median(
        ours / theirs for ours, theirs in pairs
    )


def _seconds(command: list[str], out: Path) -> float:
    shutil.rmtree(out, ignore_errors=True)
    began = time.perf_counter()
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    if done.returncode != 0:
        raise RuntimeError(done.stdout + done.stderr)
    return took


def _pages(site: Path) -> dict[str, int]:
    """Bytes of every HTML page by its path."""
    return {p.relative_to(site).as_posix(): p.stat().st_size for p in site.rglob("*.html")}


def _demand_alike(ours: Path, theirs: Path) -> None:
    """The same pages at the same addresses with about the same bytes, or the ratio says nothing."""
    mine, other = _pages(ours), _pages(theirs)
    if mine.keys() != other.keys():
        raise RuntimeError(f"Hugo's pages differ: {sorted(mine.keys() ^ other.keys())[:5]}")
    apart = sum(other.values()) / sum(mine.values()) - 1
    if abs(apart) > BYTES_APART_MAX:
        raise RuntimeError(f"Hugo's pages have {apart:+.0%} bytes")


def _municipality_rate(order: Order, out: Path) -> float:
    """Municipality pages of all languages per CPU second, rendered and written, data in memory."""
    site = edition.load(order.job(LANGUAGES[0]))
    menus = {}
    for language in LANGUAGES:
        speaking = frame.speaking(site, language)
        menus[language] = menu.whole(menu.written(REPO / "mkdocs.yml", speaking), speaking.t)
    context = municipality.Context(site, data.load(site.docs / "data"), menus)
    return statistics.median(_render_all(context, out / str(n)) for n in range(ROUNDS))


def _render_all(context: municipality.Context, out: Path) -> float:
    count = 0
    began = time.process_time()
    for language in LANGUAGES:
        files = municipality.render(language, context)
        for name, content in files.items():
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        count += sum("/m/" in name for name in files)
    return count / (time.process_time() - began)


def _peak_mib(command: list[str]) -> float:
    """The most memory of all processes of a build that are alive together.

    Each counts with the highest it ever had and with what it shares, so the sum is never too low.
    """
    looks = [0]
    with subprocess.Popen(command, cwd=REPO, stdout=subprocess.DEVNULL) as build:
        while build.poll() is None:
            looks.append(_family_kib(build.pid))
            time.sleep(LOOK_S)
    if build.returncode != 0:
        raise RuntimeError("the build failed")
    # Until it starts its own program a child shows its parent's memory again: never in two looks.
    return max(map(min, pairwise(looks))) / 1024


def _family_kib(first: int) -> int:
    """Sum of the peak resident sizes of a process and all below it."""
    parents, peaks = {}, {}
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):  # gone since we listed it
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines())
            pid = int(status.parent.name)
            parents[pid] = int(fields["PPid"])
            peaks[pid] = int(fields.get("VmHWM", "0").split()[0])
    family = [first]
    for pid in family:  # grows while it is read
        family += [child for child, parent in parents.items() if parent == pid]
    return sum(peaks.get(pid, 0) for pid in family)


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
