"""What the operator's commands of this room refuse, in two parts: what is wrong, and what to do.

It knows no command. The key list is judged here, since every command needs it: one for practice is
refused everywhere.
"""

import json
from pathlib import Path

from functions import accepted
from functions.accepted import Accepted
from functions.errors import FunctionError, SetupError


class Refused(FunctionError):
    """The command did nothing, or stopped. `hint` says what to do next."""

    def __init__(self, said: str, hint: str) -> None:
        super().__init__(said)
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.args[0]}\nhint: {self.hint}"


def real_keys(path: Path) -> Accepted:
    """The key list in a file. Raises `Refused` where there is none, or one that anybody may open."""
    try:
        listed = accepted.read(path.read_text("utf-8"))
    except FileNotFoundError:
        hint = "make the keys first (keys/README.md), and copy the key list here; or give KEYS=FILE"
        raise Refused(f"there is no key list {path.name}", hint) from None
    except (OSError, UnicodeDecodeError, SetupError) as error:
        hint = "copy the key list anew from the stick, whole"
        raise Refused(f"the key list {path.name} cannot be used: {_kind(error)}", hint) from None
    if json.loads(json.loads(listed.text)["signed"]).get("practice") is not False:
        hint = "make real keys (keys/README.md): the secret half of practice keys lies on a machine with a network"
        raise Refused(f"{path.name} is a practice key list", hint)
    return listed


def _kind(error: Exception) -> str:
    return str(error) if isinstance(error, SetupError) else "it cannot be read"
