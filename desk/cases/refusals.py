"""Why a handler's action is refused, between steps 6 and 7: one closed list, each with a remedy.

Comes in: nothing. Goes out: an error with a name that every screen has words for. It refuses to
know the case: no refusal carries what a sender or a handler wrote.
"""

from collections.abc import Mapping

from desk.errors import DeskError

REFUSALS: Mapping[str, tuple[str, str]] = {  # name: what is wrong, what to do
    # about a field
    "unknown_field": ("this action has no such field", "see `desk case STORE CASE ACTION --help`"),
    "missing": ("this field cannot stay empty", "fill it in"),
    "not_a_choice": ("this is none of the choices", "take one of those that are shown"),
    "too_long": ("this is too long", "make it shorter"),
    "line_break": ("this must stand on one line", "take the line breaks out"),
    "not_a_day": ("this is no date", "write it as 2026-11-22"),
    "in_the_past": ("this day has passed", "give today or a later day"),
    "in_the_future": ("this day has yet to come", "give today or an earlier day"),
    "too_far_ahead": ("this day is too far ahead", "look at the letter of the body again"),
    "not_a_number": ("this is none of the numbers in the list", "give a number that is shown"),
    "not_a_language": ("this is no language code", "write it as nl, en or pt-BR"),
    "no_such_case": ("there is no such case, or more than one", "give its two words"),
    "wrong_code": ("this is no reply code", "compare the 24 digits with the paper"),
    "not_agreed": (
        "she has not agreed that it is kept",
        "write nothing down, and help her in words",
    ),
    # about the case
    "unknown_action": ("there is no such action", "see `desk case STORE CASE --help`"),
    "other_kind": ("this cannot be done with a bundle", "open one of the complaints in it"),
    "closed": ("the case is closed", "open it again first"),
    "not_closed": ("the case is not closed", "nothing needs to be done"),
    "open_hole": (
        "the standard answer still has a part in braces to fill in",
        "put words in its place",
    ),
    "repeats": (
        "this repeats what she told, or what she is called, and others may read an answer",
        "say it in other words, or tick the box if it must be there",
    ),
    "no_code": (
        "the sender has no reply code and cannot read an answer here",
        "reach her in another way, and record that you did",
    ),
    "in_flood": ("the case came with a flood", "release it from the flood first"),
    "not_in_flood": ("the case did not come with a flood", "nothing needs to be done"),
    "never_answered": (
        "no answer was written under the reply code",
        "write one, or say how she was told",
    ),
    "no_consent": (
        "there is no recorded consent to pass this on to that receiver",
        "ask her first, and record what she said",
    ),
    "professional": (
        "a professional wrote this: it can only be counted and reported",
        "record the consent of the person whom it is about",
    ),
    "no_such_scope": ("only passing on has a scope and receivers", "leave them empty"),
    "scope_missing": ("say what may be passed on and to whom", "choose a scope and receivers"),
    "bundle_or_title": ("give a bundle or a title for a new one", "fill in one of the two"),
    "not_a_bundle": ("this case is no bundle", "choose a bundle, or make a new one"),
    "not_in_bundle": ("the case is in no bundle", "nothing needs to be done"),
    "none_withdrawn": ("nothing was taken back under the code", "nothing needs to be done"),
    "itself": ("a case is not a duplicate of itself", "choose the other case"),
    "no_report_back": (
        "nobody told the sender what was done",
        "report back, or give the reason why not",
    ),
    "no_outcome": ("the case has no outcome yet", "record what came of it"),
    "no_reason_text": ("say in words why this is not a complaint", "fill in the text"),
    "not_tried": ("nobody has tried to reach her yet", "record each attempt first"),
    "has_code": ("the sender has a reply code", "answer her there"),
    "no_duplicate": ("no other case is named as the same", "use the action for duplicates"),
    "not_running": ("this term is over or met already", "nothing needs to be done"),
}


class Refusal(DeskError):
    """An action that is refused: `reason` from `REFUSALS`, and the field, if one is to blame."""

    def __init__(self, reason: str, field: str = "") -> None:
        message, hint = REFUSALS[reason]
        super().__init__(f"{field}: {message}" if field else message, hint)
        self.reason = reason
        self.field = field
