"""Hints of what is done with cases and letters. Each is caused with the real verb, and followed."""

from collections.abc import Callable

import pytest

from desk.wire.code import group, make
from tests.advice import HEARD, NAMED, POURED, Plays, Room
from tests.letter_samples import GIVEN
from tests.verbs import BUNDLE, CLOSED, OPEN, OTHER, READY


def on(name: str, rest: str) -> str:
    """An action on a case."""
    return f"case {{store}} '{name}' {rest}"


NOTE = {"text": "Zij belde."}
LONG = {"text": "a" * 20_000}
REFER = "refer --receiver help --follow-up 2026-12-01"
TO = {"organisation": "SHOP"}
WARM = TO | {"person": "Piet"}
GIVEN_YES = "--given yes --how telephone"

ADD = "add {store} --channel paper --form-language nl --consent store --story"
LETTER = "letter {{store}} '{}' {} --recipient municipality"
TALK = LETTER.format(NAMED, "talk_request")
MUNICIPAL = f"letter {{store}} '{NAMED}' municipal_complaint"
REPEATED = "Drie mannen stonden opeens in mijn kamer en lachten om mijn spullen."
SAID = {name: GIVEN[name] for name in ("to_address", "from_desk", "pattern", "request")}
NOTED = {name: GIVEN[name] for name in ("to_address", "from_desk", "help_wanted", "agreed_contact")}
HERS = {
    name: GIVEN[name] for name in ("to_address", "her_name", "her_address", "conduct", "request")
}

PLAYS: Plays = {
    "fill it in": [
        ("! " + on(OPEN, "note"), {"text": " "}),
        (on(OPEN, "note"), NOTE),
    ],
    "make it shorter": [
        ("! " + on(OPEN, "answer"), LONG),
        (on(OPEN, "answer"), {"text": "Wij bellen u."}),
    ],
    "take the line breaks out": [
        ("! " + on(OPEN, "bundle"), {"title": "een\ntwee"}),
        (on(OPEN, "bundle"), {"title": "een twee"}),
    ],
    "write day, month and year, as 22-11-2026": [
        ("! " + on(OPEN, "deadline --rule objection --started gisteren")),
        on(OPEN, "deadline --rule objection --started 20-11-2026"),
    ],
    "give today or a later day": [
        ("! " + on(OPEN, "refer --receiver help --follow-up 2026-11-01"), TO),
        (on(OPEN, REFER), TO),
    ],
    "give today or an earlier day": [
        "! " + on(OPEN, "deadline --rule objection --started 2026-12-20"),
        on(OPEN, "deadline --rule objection --started 2026-11-20"),
    ],
    "give a number that is shown": [
        "! " + on(READY, "deadline-met --number 7"),
        on(READY, "deadline-met --number 1"),
    ],
    "choose a language from the list, or give its code: nl, en or pt-BR": [
        ("! " + on(OPEN, "answer --text-language Nederlands"), NOTE),
        (on(OPEN, "answer --text-language nl"), NOTE),
    ],
    "give its two words": [
        "! " + on(OPEN, "duplicate --of 'geen dier'"),
        on(OPEN, f"duplicate --of '{OTHER}'"),
    ],
    "see `desk case STORE CASE --help`": [
        "! " + on(OPEN, "dance"),
        on(OPEN, "read"),
    ],
    "open one of the complaints in it": [
        ("! " + on(BUNDLE, "answer"), NOTE),
        (on(OPEN, "answer"), NOTE),
    ],
    "open it again first": [
        "! " + on(CLOSED, "close --without asked_not_to"),
        "! " + on(CLOSED, "triage --status acting"),
        (on(CLOSED, "reopen"), NOTE),
        on(CLOSED, "triage --status acting"),
    ],
    "put words in its place": [
        ("! " + on(OPEN, "answer"), {"text": "Bel {naam} op."}),
        (on(OPEN, "answer"), {"text": "Bel Anna op."}),
    ],
    "write what the answer says in Dutch, or say that you read this language yourself": [
        ("! " + on(OPEN, "answer --text-language ru"), {"text": "Мы позвоним."}),
        (
            on(OPEN, "answer --text-language ru --dutch"),
            {"text": "Мы позвоним.", "dutch": "Wij bellen."},
        ),
        (on(OPEN, "answer --text-language ru --reads yes"), {"text": "Мы позвоним."}),
    ],
    "empty this field, or choose the language of the answer": [
        (
            "! " + on(OPEN, "answer --text-language nl --dutch"),
            {"text": "Wij bellen.", "dutch": "Wij bellen."},
        ),
        (on(OPEN, "answer --text-language nl"), {"text": "Wij bellen."}),
        (
            on(OPEN, "answer --text-language ru --dutch"),
            {"text": "Мы позвоним.", "dutch": "Wij bellen."},
        ),
    ],
    "say it in other words, or tick the box if it must be there": [
        ("! " + on(NAMED, "answer"), {"text": REPEATED}),
        (on(NAMED, "answer"), {"text": "Wij bellen u."}),
        (on(NAMED, "answer --repeats yes"), {"text": REPEATED}),
    ],
    "reach her in another way, and record that you did": [
        ("! " + on(OTHER, "answer"), NOTE),
        on(OTHER, "report-back --how telephone"),
    ],
    "release it from the flood first": [
        ("! " + on(POURED, "answer"), NOTE),
        on(POURED, "release-flood"),
        (on(POURED, "answer"), NOTE),
    ],
    "write one, or say how she was told": [
        "! " + on(OPEN, "report-back --how code"),
        on(OPEN, "report-back --how telephone"),
        (on(OPEN, "answer"), NOTE),
        on(OPEN, "report-back --how code"),
    ],
    "leave them empty": [
        "! " + on(OPEN, "consent --purpose act --given yes --how telephone --scope name"),
        on(OPEN, "consent --purpose act --given yes --how telephone"),
    ],
    "choose a scope and receivers": [
        "! " + on(OTHER, "consent --purpose pass_on --given yes --how telephone"),
        on(OTHER, "consent --purpose pass_on --given yes --how telephone --scope name --to help"),
    ],
    "fill in one of the two": [
        "! " + on(OPEN, "bundle"),
        (on(OPEN, "bundle"), {"title": "een"}),
    ],
    "choose a bundle, or make a new one": [
        "! " + on(OPEN, f"bundle --bundle '{OTHER}'"),
        on(OPEN, f"bundle --bundle '{BUNDLE}'"),
        (on(OTHER, "bundle"), {"title": "een"}),
    ],
    "choose the other case": [
        "! " + on(OPEN, f"duplicate --of '{OPEN}'"),
        on(OPEN, f"duplicate --of '{OTHER}'"),
    ],
    "set the other one to danger, or sort this one anew": [
        "! " + on(OTHER, f"duplicate --of '{OPEN}'"),
        on(OTHER, "triage --urgency normal"),
        on(OTHER, f"duplicate --of '{OPEN}'"),
        (on(OTHER, "reopen"), NOTE),
        on(OTHER, "danger"),
        "! " + on(OTHER, f"duplicate --of '{OPEN}'"),
        on(OPEN, "danger"),
        on(OTHER, f"duplicate --of '{OPEN}'"),
    ],
    "choose “Term met” first: a closed case is not in the agenda": [
        on(OPEN, "deadline --rule objection --started 2026-11-20"),
        on(OPEN, "outcome --outcomes listened"),
        on(OPEN, "report-back --how telephone"),
        "! " + on(OPEN, "close"),
        on(OPEN, "deadline-met --number 1"),
        on(OPEN, "close"),
    ],
    "report back, or give the reason why not": [
        on(OPEN, "outcome --outcomes listened"),
        "! " + on(OPEN, "close"),
        on(OPEN, "report-back --how telephone"),
        on(OPEN, "close"),
    ],
    "record what came of it": [
        on(OPEN, "report-back --how telephone"),
        "! " + on(OPEN, "close"),
        on(OPEN, "outcome --outcomes listened"),
        on(OPEN, "close"),
    ],
    "fill in the text": [
        on(OPEN, "outcome --outcomes listened"),
        "! " + on(OPEN, "close --without not_a_complaint"),
        (on(OPEN, "close --without not_a_complaint --text"), NOTE),
    ],
    "record each attempt first": [
        on(OTHER, "outcome --outcomes listened"),
        "! " + on(OTHER, "close --without unreachable"),
        on(OTHER, "tried --how telephone"),
        on(OTHER, "close --without unreachable"),
    ],
    "answer her there": [
        on(OPEN, "outcome --outcomes listened"),
        "! " + on(OPEN, "close --without no_channel"),
        (on(OPEN, "answer --reports-back yes"), NOTE),
        on(OPEN, "close"),
    ],
    "use the action for duplicates": [
        on(OPEN, "outcome --outcomes listened"),
        "! " + on(OPEN, "close --without duplicate"),
        on(OPEN, f"duplicate --of '{OTHER}'"),
    ],
    "compare the 24 digits with the paper": [
        (f"! {ADD} --code given --digits", {"story": "x", "digits": "12"}),
        (f"{ADD} --code given --digits", {"story": "x", "digits": group(make())}),
    ],
    "ask her first, and record what she said": [
        ("! " + on(OTHER, REFER), WARM),
        on(OTHER, f"consent --purpose pass_on {GIVEN_YES} --scope name --to help"),
        (on(OTHER, REFER), WARM),
        on(NAMED, "consent --purpose act --given no --how telephone"),
        ("! " + TALK, SAID),
        on(NAMED, "consent --purpose act --given yes --how telephone"),
        (TALK, SAID),
    ],
    "see `desk letter STORE CASE`": [
        f"! letter {{store}} '{NAMED}' none",
        (TALK, SAID),
    ],
    "one of: X": [
        f"! letter {{store}} '{NAMED}'",
        (TALK, SAID),
        f"! case {{store}} '{NAMED}'",
        on(NAMED, "read"),
        "! board {store} --out {board} --slots 100",
        "board {store} --out {board} --slots 256",
        ("! " + on(NAMED, "note"), {"mood": "x"}),
        (on(NAMED, "note"), NOTE),
    ],
    "open a complaint, or its bundle": [
        (f"! letter {{store}} '{BUNDLE}' referral_note", NOTED),
        (f"letter {{store}} '{NAMED}' referral_note", NOTED),
    ],
    "type it again": [
        ("! " + TALK, SAID | {"pattern": "een\u200btwee"}),
        (TALK, SAID),
    ],
    "say it in other words, or leave it out": [
        ("! " + TALK, SAID | {"pattern": REPEATED}),
        (TALK, SAID),
    ],
    "look whose name it is, and tick the box if she said it herself": [
        ("! " + MUNICIPAL, HERS | {"her_name": "Piet Vos"}),
        (MUNICIPAL + " --is-her-name yes", HERS | {"her_name": "Piet Vos"}),
        (MUNICIPAL, HERS),
    ],
    "talk it over with her, record her consent, and tick the box": [
        ("! " + TALK.replace("municipality", "operator"), SAID),
        on(NAMED, "consent --purpose operator --given yes --how telephone"),
        (TALK.replace("municipality", "operator") + " --to-operator yes", SAID),
    ],
    "ask her first, and record who may know her name": [
        on(NAMED, "triage --identity-to help"),
        ("! " + MUNICIPAL, HERS),
        on(NAMED, "triage --identity-to help municipality"),
        (MUNICIPAL, HERS),
    ],
    "leave the box empty": [
        (f"! letter {{store}} '{OPEN}' referral_note --say-name yes", NOTED),
        (f"letter {{store}} '{OPEN}' referral_note", NOTED),
    ],
    "record the consent of the person whom it is about": [
        ("! " + on(HEARD, REFER), WARM),
        on(HEARD, f"consent --purpose pass_on {GIVEN_YES} --scope name --to help"),
        (on(HEARD, REFER), WARM),
    ],
    "wait for more, or ask their senders and record what they said": [
        (on(NAMED, "bundle"), {"title": "een"}),
        ("! " + TALK.replace(NAMED, BUNDLE), SAID),
        on(NAMED, f"bundle --bundle '{BUNDLE}'"),
        on(HEARD, f"bundle --bundle '{BUNDLE}'"),
        on(HEARD, "consent --purpose act --given yes --how telephone"),
        on(HEARD, f"consent --purpose pass_on {GIVEN_YES} --scope pattern --to municipality"),
        (TALK.replace(NAMED, BUNDLE), SAID),
    ],
}


@pytest.mark.parametrize("hint", PLAYS)
def test_the_hint_helps(hint: str, room: Callable[[], Room]) -> None:
    """Its cause is made with the real verb, and what it says is done."""
    room().play(hint, PLAYS[hint])
