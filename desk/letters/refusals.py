"""Why a letter is refused, in step 7: one closed list, each with a remedy.

Comes in: nothing. Goes out: an error with the id of its words. It refuses to carry a word of the
case: of a leak it tells the kind and the place.
"""

from collections.abc import Sequence

from desk.cases.refusals import Refusal
from desk.leak.leak import Leak

SHARED = ("no_consent", "not_agreed", "professional")  # with any action on the case
REASONS = (  # the words are `letter.refusal.<reason>`
    "unknown_template",
    "other_kind",
    "hidden",
    "no_act",
    "identity",
    "no_name",
    "other_name",
    "other_script",
    "operator",
    "too_few",
    "leak",
)


class LetterRefusal(Refusal):
    """A letter that is refused: `reason` from `REASONS` or `SHARED`, the field to blame, and leaks.

    The leaks are kinds and places in the text that would have left, which is not in the error.
    """

    def __init__(self, reason: str, field: str = "", leaks: Sequence[Leak] = ()) -> None:
        places = ", ".join(f"{leak.kind} at {leak.start + 1}" for leak in leaks)
        super().__init__(
            reason,
            field,
            area="refusal" if reason in SHARED else "letter.refusal",
            more=f" ({places})" if places else "",
        )
        self.leaks = tuple(leaks)
