"""Why a letter is refused, in step 7: one closed list, each with a remedy.

Comes in: nothing. Goes out: an error with a name that every screen has words for. It refuses to
carry a word of the case: of a leak it tells the kind and the place.
"""

from collections.abc import Mapping, Sequence

from desk.errors import DeskError
from desk.leak.leak import Leak

REASONS: Mapping[str, tuple[str, str]] = {  # name: what is wrong, what to do
    "unknown_template": ("there is no such letter", "see `desk letter STORE CASE`"),
    "other_kind": ("this letter is not for this kind of case", "open a complaint, or its bundle"),
    "hidden": ("this holds characters that nobody can see", "type it again"),
    "no_consent": (
        "there is no recorded consent to pass this on to that receiver",
        "ask her first, and record what she said",
    ),
    "no_act": (
        "there is no recorded consent to act on this",
        "ask her first, and record what she said",
    ),
    "not_agreed": (
        "she has not agreed that it is kept",
        "write nothing down, and help her in words",
    ),
    "professional": (
        "a professional wrote this: it can only be counted and reported",
        "record the consent of the person whom it is about",
    ),
    "identity": (
        "that receiver may not know this about her",
        "ask her first, and record who may know her name",
    ),
    "no_name": ("she gave nothing to fill in here", "leave the box empty"),
    "other_name": (
        "this is not what she is called in the case",
        "look whose name it is, and tick the box if she said it herself",
    ),
    "other_script": (
        "a name in the case is in another script, and can stand in the letter in our letters",
        "fill in how it is written in our letters, or a dash if nobody knows",
    ),
    "operator": (
        "letters do not go to an operator or landlord: she may lose her place",
        "talk it over with her, record her consent, and tick the box",
    ),
    "too_few": (
        "fewer than two of the complaints in this bundle may be used for that receiver",
        "wait for more, or ask their senders and record what they said",
    ),
    "leak": ("the letter tells something of the case", "say it in other words, or leave it out"),
}


class LetterRefusal(DeskError):
    """A letter that is refused: `reason` from `REASONS`, the field to blame, if one is, and leaks.

    The leaks are kinds and places in the text that would have left, which is not in the error.
    """

    def __init__(self, reason: str, field: str = "", leaks: Sequence[Leak] = ()) -> None:
        message, hint = REASONS[reason]
        places = ", ".join(f"{leak.kind} at {leak.start + 1}" for leak in leaks)
        shown = f"{message} ({places})" if places else message
        super().__init__(f"{field}: {shown}" if field else shown, hint)
        self.reason = reason
        self.field = field
        self.leaks = tuple(leaks)
