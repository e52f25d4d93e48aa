"""The memory of a program and of all that it starts, looked at while it runs.

What processes share is counted once: each has its part of it (Pss, as Linux tells it).
"""

import subprocess
import time
from contextlib import suppress
from pathlib import Path

LOOK_S = 0.005


def peak_mib(command: list[str], folder: Path) -> float:
    """The most that all processes of a program held together, in MiB, of looks some 5 ms apart."""
    most = 0
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as program:
        while program.poll() is None:
            most = max(most, _family_kib(program.pid))
            time.sleep(LOOK_S)
    if program.returncode != 0:
        raise RuntimeError(f"a program whose memory was looked at ended with {program.returncode}")
    return most / 1024


def _family_kib(first: int) -> int:
    """Memory of a process and all below it."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):  # gone since we listed it
            parents[int(status.parent.name)] = int(_fields(status)["PPid"])
    family = [first]
    for pid in family:  # grows while it is read
        family += [child for child, parent in parents.items() if parent == pid]
    return sum(map(_kib, family))


def _kib(pid: int) -> int:
    with suppress(OSError, KeyError):  # gone since we listed it, or only waiting to be
        return int(_fields(Path(f"/proc/{pid}/smaps_rollup"))["Pss"].split()[0])
    return 0


def _fields(path: Path) -> dict[str, str]:
    lines = path.read_text("ascii", errors="replace").splitlines()
    return dict(line.split(":", 1) for line in lines if ":" in line)
