"""Why a handler's action is refused, between steps 6 and 7: one closed list, each with a remedy.

Comes in: nothing. Goes out: an error with the id of its words, which stand in `locale` alone: the
page says them in the language of the screen, the command line in English. It refuses to know the
case: no refusal carries what a sender or a handler wrote.
"""

from desk.errors import DeskError
from desk.strings import english

REASONS = (  # the words are `refusal.<reason>`, what to do is `refusal.<reason>.hint`
    # about a field
    "unknown_field",
    "missing",
    "not_a_choice",
    "too_long",
    "line_break",
    "not_a_day",
    "in_the_past",
    "in_the_future",
    "too_far_ahead",
    "not_a_number",
    "not_a_language",
    "no_such_case",
    "wrong_code",
    "not_agreed",
    # about the case
    "unknown_action",
    "other_kind",
    "closed",
    "not_closed",
    "open_hole",
    "no_dutch",
    "in_dutch",
    "repeats",
    "no_code",
    "in_flood",
    "not_in_flood",
    "never_answered",
    "no_consent",
    "professional",
    "no_such_scope",
    "scope_missing",
    "bundle_or_title",
    "not_a_bundle",
    "not_in_bundle",
    "none_withdrawn",
    "itself",
    "danger_hidden",
    "term_runs",
    "no_report_back",
    "no_outcome",
    "no_reason_text",
    "not_tried",
    "has_code",
    "no_duplicate",
    "not_running",
)
# Where the page points at a list, the command line names what shows it.
TYPED = {
    "refusal.unknown_field": "see `desk case STORE CASE ACTION --help`",
    "refusal.unknown_action": "see `desk case STORE CASE --help`",
    "letter.refusal.unknown_template": "see `desk letter STORE CASE`",
}


class Refusal(DeskError):
    """An action that is refused: `reason` from `REASONS`, and the field, if one is to blame."""

    def __init__(
        self, reason: str, field: str = "", *, area: str = "refusal", more: str = ""
    ) -> None:
        self.words = f"{area}.{reason}"
        message = english(self.words) + more
        hint = TYPED.get(self.words, english(f"{self.words}.hint"))
        super().__init__(f"{field}: {message}" if field else message, hint)
        self.reason = reason
        self.field = field
