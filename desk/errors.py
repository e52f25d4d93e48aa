"""What can go wrong at the desk, for every step it takes part in.

Comes in: which rule failed. Goes out: a message and what to do next. It refuses to know the
content: no error carries plaintext, a code or a key.
"""

# Type checkers take this name for true. `typing` itself would slow the start of the tool.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Literal

    Check = Literal[
        "object_length",
        "object_version",
        "object_suite",
        "key_unknown",
        "seal",
        "plaintext_length",
        "padding",
        "json",
        "schema",
        "keylist",
        "purge_list",
        "bundle",
        "manifest",
        "code",
        "board_length",
        "board_version",
        "board_key",
        "board_signature",
        "board_header",
        "board_hash",
        "slot_box",
        "slot_form",
        "slot_padding",
        "slot_parts",
        "slot_text",
    ]


class DeskError(Exception):
    """Something the handler can act on; printed as `desk: message` and `hint: hint`."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Refused(DeskError):
    """Bytes from outside broke one rule of WIRE.md; `check` names it and nothing else is told."""

    def __init__(self, check: "Check") -> None:
        super().__init__(f"refused by the check {check}")
        self.check: Check = check
