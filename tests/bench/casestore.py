"""The case store at its full size: import, memory, from the passphrase to the inbox, and search.

Every measurement runs in a process of its own, with real sealed objects and Argon2id at full cost.
The memory of a process is its highest resident size, Argon2id's 256 MiB among it.
"""

import base64
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import accumulate
from pathlib import Path

from desk.cases import inbox
from desk.cases.book import Casebook
from desk.intake import intake
from desk.store import create, disk, wrap
from desk.store.door import read_identity, unlock
from desk.store.event import Event
from desk.store.hold import locked
from desk.store.vault import Vault, new_subject
from desk.wire import canon, envelope, seal
from desk.work.search import Search
from tests.bench.calm import Watch
from tests.bench.figures import Figure, median

REPO = Path(__file__).resolve().parents[2]
FEW, MANY, BIG = 2_000, 10_000, 100_000
HANDLER, WORDS = "anna", "een twee drie vier vijf zes zeven"
SEED = b"\x42" * 32
TODAY = date(2026, 11, 22)
TOPICS = ("check", "police", "care", "treatment", "violence")
ROUNDS = 3


def _stories(count: int) -> Iterator[str]:
    """Stories of 30 to 250 invented words, common and rare ones as in any language."""
    from tests.intakes import vocabulary  # not at the top: it would weigh in the memory measured

    rng = random.Random(1)
    known = vocabulary(rng)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(known))))
    for _ in range(count):
        yield " ".join(rng.choices(known, cum_weights=weights, k=rng.randint(30, 250)))


def _complaint(number: int, story: str) -> bytes:
    fields = {
        "schema": 1,
        "complaint_id": f"{number:032x}",
        "form_language": "nl",
        "role": "self",
        "wish": "advice",
        "topics": [TOPICS[number % len(TOPICS)]],
        "municipality": "Den Haag",
        "period": "month",
        "pass_on": {"scope": "pattern", "to": ["municipality"]},
        "consent": {"store": True, "act": True, "count": True, "quote": False},
        "story": story,
    }
    return canon.dumps(fields).encode("utf-8")


def seal_all(folder: Path, count: int) -> None:
    """Write so many sealed complaints into `count` / `FEW` folders of at most `FEW` objects."""
    public = seal.load_secret(SEED).public
    for number, story in enumerate(_stories(count)):
        one = seal.seal(envelope.build_plaintext(_complaint(number, story)), public)
        part = folder / f"{number // FEW:03}"
        part.mkdir(parents=True, exist_ok=True)
        (part / envelope.name(one)).write_bytes(one)


def _peak_mib() -> float:
    # Not `getrusage`: what that tells begins with the memory of the process that started this one.
    status = Path("/proc/self/status").read_text("ascii")
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    return int(fields["VmHWM"].split()[0]) / 1024


def _keep_key(book: Casebook) -> None:
    secret = seal.load_secret(SEED)
    public = base64.b64encode(secret.public).decode("ascii")
    values = {"use": "intake", "key_id": secret.key_id, "public": public, "seed": SEED.hex()}
    days = {"not_before": "2026-10-01", "not_after": "2026-12-31"}
    on = TODAY.isoformat()
    book.add([Event(new_subject(), "key_kept", on, HANDLER, {**values, **days})])


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _import(store: Path, *parts: Path) -> dict[str, float]:
    """Make a store, and import what lies in `parts`: all of it durable when the time is taken."""
    create.create(store, HANDLER, WORDS, practice=True, work=wrap.MODERATE)
    with Vault.open(store, HANDLER, WORDS) as vault:
        book = Casebook(vault)
        _keep_key(book)
        began = time.perf_counter()
        tally = intake.take(book, parts, today=TODAY, report=lambda _progress: None)
        took = time.perf_counter() - began
    if tally.new != tally.found or tally.floods:
        raise RuntimeError(f"these were to be complaints that are all new: {tally}")
    return {"new": tally.new, "seconds": took, "peak_mib": _peak_mib()}


def _unlock(store: Path) -> dict[str, float]:
    """From a passphrase to the inbox, Argon2id and the rest apart; then a search, and another."""
    known = read_identity(store)
    with locked(store) as hold:
        disk.sweep(store)
        began = time.perf_counter()
        key = unlock(store, known, HANDLER, passphrase=WORDS)
        unlocked = time.perf_counter()
        with Vault(store, HANDLER, known=known, key=key, hold=hold) as vault:
            book = Casebook(vault)
            box = inbox.inbox(book)
            shown = time.perf_counter()
            search = Search(book)
            searches = [_seconds(lambda: search.find("baa bee")) for _ in range(2)]
    return {
        "cases": sum(inbox.counts(box).values()),
        "argon2_s": unlocked - began,
        "inbox_s": shown - unlocked,
        "first_search_s": searches[0],
        "second_search_s": searches[1],
        "peak_mib": _peak_mib(),
    }


def _child(*arguments: str | Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.casestore", *map(str, arguments)]
    done = subprocess.run(command, cwd=REPO, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    print(" ".join(map(str, arguments[:1])), json.dumps(found), file=sys.stderr)
    return found


def _parts(folder: Path, count: int) -> list[Path]:
    return sorted(folder.iterdir())[: count // FEW]


def measure(watch: Watch) -> dict[str, Figure]:
    """The values of the table; takes about a minute and a half."""
    disk_folder = REPO / "var"
    disk_folder.mkdir(exist_ok=True)
    imports, unlocks = [], []
    with tempfile.TemporaryDirectory(dir=disk_folder, prefix="bench-") as name:
        folder = Path(name)
        seal_all(folder / "objects", MANY)
        parts = _parts(folder / "objects", MANY)
        for number in range(ROUNDS):
            imports.append(_child("import", folder / f"store-{number}", *parts))
            unlocks.append(_child("unlock", folder / f"store-{number}"))
            watch.look()
    return {
        "desk.import_s_10000": median(found["seconds"] for found in imports),
        "desk.peak_mib": median(found["peak_mib"] for found in imports),
        "desk.unlock_to_inbox_s_10000": median(found["inbox_s"] for found in unlocks),
    }


def main(verb: str, store: Path, *parts: Path) -> None:
    """One measurement, in the process that was made for it."""
    found = _unlock(store) if verb == "unlock" else _import(store, *parts)
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
