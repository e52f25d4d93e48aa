"""`make bench`: measures everything in one run, prints one table, writes var/bench.json.

With the word `big` behind it: only the case store with a hundred thousand cases, printed as it goes.
"""

import json
import sys
from pathlib import Path

from tests.bench import board, casestore, desk, drop, page, site

OUT = Path(__file__).resolve().parents[2] / "var" / "bench.json"
# Key, and its goal: "<=" or ">=" and a number. A key without a value belongs to a part that is not built yet.
GOALS: dict[str, tuple[str, float] | None] = {
    "page.first_visit_brotli_max": ("<=", 14_336),
    "page.requests_max": ("<=", 4),
    "page.script_bytes_max": ("<=", 1_500),
    "form.first_visit_brotli": ("<=", 36 * 1024),
    "form.first_visit_brotli_older": ("<=", 44 * 1024),
    "seal.warm_ms_1x": ("<=", 15),
    "seal.warm_ms_4x": ("<=", 60),
    "seal.send_ms_4x": ("<=", 1_000),
    "site.pages": None,
    "site.build_s": None,
    "site.hugo_ratio": ("<=", 1.0),
    "site.municipality_pages_per_cpu_s": (">=", 3_000),
    "site.peak_mib": ("<=", 200),
    "drop.durable_ratio": (">=", 0.6),
    "drop.p99_ms_50rps": ("<=", 50),
    "lambda.init_ratio": ("<=", 1.15),
    "open.raw_ratio": (">=", 0.8),
    "desk.import_s_10000": ("<=", 30),
    "desk.peak_mib": ("<=", 300),
    "desk.start_ratio": ("<=", 3),
    "desk.unlock_to_inbox_s_10000": ("<=", 4),
    "board.bytes": ("<=", 150 * 1024),
    "board.find_ms_4x": ("<=", 100),
}


def verdict(value: float | None, goal: tuple[str, float] | None) -> str:
    """In words: met, missed, or why there is nothing to say."""
    if value is None:
        return "not built yet"
    if goal is None:
        return ""
    sign, limit = goal
    return "met" if (value <= limit if sign == "<=" else value >= limit) else "MISSED"


def main() -> None:
    found = {
        **page.measure(),
        **site.measure(),
        **drop.measure(),
        **desk.measure(),
        **casestore.measure(),
        **board.measure(),
    }
    unknown = found.keys() - GOALS.keys()
    if unknown:
        raise SystemExit(f"measured but not in the table: {sorted(unknown)}")
    values = {key: found.get(key) for key in GOALS}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(values, indent=2) + "\n", "utf-8")
    for key, goal in GOALS.items():
        value = values[key]
        shown = "-" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")
        wanted = f"{goal[0]} {goal[1]:,}" if goal else ""
        print(f"{key:36} {shown:>12}  {wanted:12} {verdict(value, goal)}")


if __name__ == "__main__":
    casestore.big() if sys.argv[1:] == ["big"] else main()
