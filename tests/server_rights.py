"""The users and folders of an own server, made by systemd's programs in a root of their own, and deeds done as each.

Only users and folders are made there; nothing is started. Needs root, as the machine that is set up does.
"""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests import unprivileged
from tests.server_front import SERVER


@dataclass(frozen=True)
class Root:
    """A folder in which `users.conf` and `folders.conf` were carried out."""

    path: Path

    @property
    def drop(self) -> Path:
        return self.path / "var/lib/balie"

    def arrange(self) -> None:
        """Make users and folders as `install` does, the first time and each further time."""
        for command in (["systemd-sysusers"], ["systemd-tmpfiles", "--create"]):
            config = SERVER / ("folders.conf" if "--create" in command else "users.conf")
            subprocess.run(
                [*command, f"--root={self.path}", config], check=True, capture_output=True
            )

    def ids(self, user: str) -> tuple[int, int, list[int]]:
        """User, group and further groups by the files of that root."""
        lines = (self.path / "etc/passwd").read_text().splitlines()
        uid, gid = next(line.split(":")[2:4] for line in lines if line.startswith(f"{user}:"))
        groups = [line.split(":") for line in (self.path / "etc/group").read_text().splitlines()]
        return int(uid), int(gid), [int(g[2]) for g in groups if user in g[3].split(",")]

    def do(self, user: str, deed: str, name: str) -> str:
        """Do something as that user; `ok` or the error's name."""
        uid, gid, groups = self.ids(user)
        reads, writes = os.pipe()
        child = os.fork()  # a process of its own for what cannot be undone
        if child == 0:
            said = "died"
            try:
                said = unprivileged.main(uid, gid, deed, self.drop, name, groups)
            finally:
                os.write(writes, said.encode())
                os._exit(0)
        os.close(writes)
        with os.fdopen(reads, "r") as stream:
            said = stream.read()
        os.waitpid(child, 0)
        return said

    def run_as(
        self, user: str, command: list[str], **more: object
    ) -> "subprocess.CompletedProcess[str]":
        """Run a program as that user."""
        uid, gid, groups = self.ids(user)
        return subprocess.run(
            command,
            user=uid,
            group=gid,
            extra_groups=groups,
            capture_output=True,
            text=True,
            **more,
        )


def make(path: Path) -> Root:
    """Make users and folders below `path`."""
    if os.geteuid() != 0:
        raise RuntimeError("the users of a server can be made as root only")
    (path / "etc").mkdir(parents=True)
    path.chmod(0o755)
    for name in ("passwd", "group", "shadow", "gshadow"):
        first = (
            "root:x:0:0::/root:/bin/sh\n"
            if name == "passwd"
            else "root:x:0:\n"
            if name == "group"
            else ""
        )
        (path / "etc" / name).write_text(first)
    root = Root(path)
    root.arrange()
    return root
