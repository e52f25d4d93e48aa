"""What can be wrong with a file of the case store, between steps 6 and 7.

Comes in: nothing. Goes out: the closed list of faults, and the error that carries one. It refuses to
know which file it is about; whoever read the file knows that.
"""

from typing import Literal, get_args

from desk.errors import DeskError

Fault = Literal[
    "unknown_file",  # no file of STORE.md section 2
    "unreadable",  # the disk does not give it, or it is no plain file
    "store_shape",
    "heads_shape",
    "batch_missing",  # it was the last one once, and is not there
    "batch_name",  # its bytes are not what its name says
    "batch_shape",
    "batch_seal",  # who made it had not the key of the log
    "batch_clock",
    "parent_missing",
    "record_keyless",  # no keys file knows its subject
    "record_broken",
    "keys_shape",
    "keys_foreign",  # of another store, or from before a new store key
    "keys_unused",  # the batch that made the subjects is not there
    "key_broken",
    "key_twice",  # two keys files hold the subject
    "key_left",  # the log says that it was erased
    "key_lost",  # zeros lie in its place, and the log does not say that it was erased
    "wrap_shape",
    "quarantine_name",
    "board_name",  # its bytes are not what its name says
]
FAULTS: tuple[Fault, ...] = get_args(Fault)


# What `desk check` does not help with: without the first two files it opens no store itself, and no
# merge brings a board.
_MEND = {
    "store_shape": "copy store.json from the last backup into the folder of this case store",
    "wrap_shape": (
        "copy the file of this handler in wraps from the last backup into the folder of this case "
        "store, or let another handler open it"
    ),
    "board_name": (
        "publish the last board if it is not on the site, and give it with `desk board --from`"
    ),
}


class Damaged(DeskError):
    """Bytes of the case store broke one rule of STORE.md; `fault` names it."""

    def __init__(self, fault: Fault) -> None:
        hint = _MEND.get(fault, "run `desk check`")
        super().__init__(f"the case store is damaged: {fault}", hint)
        self.fault: Fault = fault
