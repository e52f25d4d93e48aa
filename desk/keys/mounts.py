"""Which file systems keep no modes, for the key files of the ceremony and step 6.

Comes in: the number of a device, and the kernel's table of mounts as text. Goes out: whether a mode
says anything there. It refuses to change a file to find out, since a stick may be read-only.
"""

import os
from pathlib import Path

TABLE = Path("/proc/self/mountinfo")
# FAT and exFAT of the kernel, and by way of FUSE, whose `fuseblk` is exFAT or NTFS.
MODELESS = frozenset(("vfat", "msdos", "exfat", "fuseblk", "fuse.exfat", "fuse.fusefat"))
_DEVICE = 2  # the column with its two numbers; the kind stands after a lone hyphen


def kinds(table: str) -> dict[str, str]:
    """The kind of file system by device, as `major:minor`; see proc_pid_mountinfo(5)."""
    found = {}
    for line in table.splitlines():
        left, _, right = line.partition(" - ")
        if right and len(columns := left.split(" ")) > _DEVICE:
            found[columns[_DEVICE]] = right.split(" ")[0]
    return found


def keeps_modes(device: int, table: Path = TABLE) -> bool:
    """Whether files on a device (`st_dev`) have modes of their own; in doubt they have."""
    try:
        text = table.read_text("utf-8", errors="replace")
    except OSError:  # another system than Linux
        return True
    number = f"{os.major(device)}:{os.minor(device)}"
    return kinds(text).get(number) not in MODELESS
