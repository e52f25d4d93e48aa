"""What the machine with a network believes, in steps 4 and 8: the pinned site key, and what follows.

Comes in: a folder of that machine, with the public half of the site key and the key list. Goes out:
what a process of its own found true of boards and purge lists. It refuses to load a key library: it
runs where the network is.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from desk.errors import DeskError
from desk.folder import read_plain

KEY_LIST = "keys.json"
_ROOM = Path(__file__).parents[2]
_MAX_KEY_LIST_BYTES = 2**20
_MAX_HALF_BYTES = 8_192
_SITE_KEY_BYTES = 32
_CREDENTIALS = "AWS_"  # of the store: nothing that verifies needs them


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was verified with one key list: the list's day, each board, and the purge list if any.

    A board is `{"check": ""}` with `epoch`, `published` and `next`, or names the check that failed.
    """

    issued: str
    boards: list[dict[str, Any]]  # Any: JSON, here and below
    purge_list: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Half:
    """The public half of a site key: 32 bytes, and whether it is one for practice."""

    public: bytes
    practice: bool

    @property
    def fingerprint(self) -> str:
        """SHA-256 in hexadecimal."""
        return sha256(self.public).hexdigest()


def half(folder: Path, given: str = "the folder --trust") -> Half:
    """The only public site key in a folder, which the error calls as it was given; `DeskError` else."""
    found = sorted(folder.glob("site-*.pub"))
    if len(found) != 1:
        hint = "put the public half of this desk's site key there, site-ID.pub, and no other"
        raise DeskError(f"{given} has {len(found)} site keys and needs one", hint)
    try:
        read = json.loads(read_plain(found[0], _MAX_HALF_BYTES))
        public = base64.b64decode(read["public"], validate=True)
        if read["use"] != "site" or len(public) != _SITE_KEY_BYTES:
            raise ValueError
        return Half(public, read["practice"] is not False)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise DeskError(f"{found[0].name} is not the public half of a site key") from None


def _key_list(folder: Path) -> str:
    try:
        return read_plain(folder / KEY_LIST, _MAX_KEY_LIST_BYTES).decode("ascii", "replace")
    except OSError as error:
        hint = "put the key list there that `desk key publish` wrote last"
        raise DeskError(f"cannot read {KEY_LIST} in --trust: {error.strerror}", hint) from None


def ask(request: dict[str, Any]) -> dict[str, Any]:
    """What the verifier says; it gets public bytes on its standard input, and no credentials."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(_CREDENTIALS)}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "desk.wire.verifier"],
            cwd=_ROOM,
            env=environment,
            input=json.dumps(request).encode("ascii"),
            capture_output=True,
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.CalledProcessError):
        hint = "install what requirements/serve.txt names, then run the same command again"
        raise DeskError("the process that verifies did not answer", hint) from None
    if "error" in answer:
        raise DeskError(answer["error"], answer["hint"])
    return answer


def _refuse_ahead(issued: str, today: date) -> None:
    """A list of a later day would make every list of a right clock an older one."""
    if date.fromisoformat(issued) > today:
        hint = "look at the clocks of both computers; if this one is right, sign the list again"
        raise DeskError(f"the key list is of {issued}, and here it is {today}", hint)


def verify(
    folder: Path,
    *,
    today: date,
    known: str,
    boards: Sequence[bytes] = (),
    purge_list: str | None = None,
) -> Verdict:
    """Verify boards or a purge list with the key list in a folder, and that with the pinned key.

    `known` is the day of the newest key list believed before, empty for none. Raises `DeskError` for
    a list that is not this desk's, older than that or of a later day than today, and for a purge
    list that fails; a board that fails is told.
    """
    answer = ask(
        {
            "site_key": half(folder).fingerprint,
            "keys": _key_list(folder),
            "issued_at_least": known,
            "boards": [base64.b64encode(one).decode("ascii") for one in boards],
            "purge_list": purge_list,
        }
    )
    _refuse_ahead(answer["issued"], today)
    return Verdict(answer["issued"], answer["boards"], answer["purge_list"])
