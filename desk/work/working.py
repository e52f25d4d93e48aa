"""What a handler does in the thread of one case, between steps 6 and 7: sort, note, answer.

Comes in: a step with checked fields. Goes out: events, or `Refusal`. It refuses to know other cases.
"""

import re

from desk import scripts
from desk.cases import deadlines
from desk.cases.refusals import Refusal
from desk.cases.values import ANSWER_BYTES, LANGUAGE
from desk.letters import answers
from desk.letters.repeats import repeats
from desk.store.event import Event
from desk.wire.canon import Value
from desk.work.step import Step

_HOLE = re.compile(r"\{[a-z_]+\}")  # what a standard answer leaves open


def read(step: Step) -> list[Event]:
    """Say that somebody has read what is new in a case; nothing when it was said before."""
    is_new = step.case.status == "new" or step.case.wrote_again or step.case.asked_off
    return [step.event("read")] if is_new else []


def withdrawal_done(step: Step) -> list[Event]:
    """Say that what was taken back under the code has stopped, and that receivers know."""
    until = step.case.withdrawn_on
    step.refuse_if(not until, "none_withdrawn")
    return [step.event("withdrawal_done", {"until": until})]


def _settle_identity(step: Step, changed: dict[str, Value]) -> None:
    """Refuse that others may know her name where she has not said so, or not to them."""
    if not changed.keys() & {"identity", "identity_to"}:
        return
    if changed.get("identity", step.case.identity) not in ("workname", "named"):
        changed["identity_to"] = []
        return
    agreed, to = step.case.agreed("name"), changed.get("identity_to", list(step.case.identity_to))
    step.refuse_if(not agreed, "no_consent", "identity")
    receivers = set(map(str, to)) if isinstance(to, list) else set()
    step.refuse_if(not receivers <= set(agreed), "no_consent", "identity_to")


def triage(step: Step) -> list[Event]:
    """Write what was changed in the one form of triage; fields that were not given stay."""
    changed: dict[str, Value] = {}
    for name in step.given:
        several = isinstance(step.given[name], tuple)
        value: Value = step.many(name) if several else step.one(name)
        before = getattr(step.case, name)
        # A list of choices left open means "as it was"; a line left empty is emptied.
        is_open = value == "" and name in ("urgency", "identity", "status")
        if not is_open and value != (list(before) if several else before):
            changed[name] = value
    step.refuse_if("status" in changed and step.case.is_closed, "closed", "status")
    is_left_open = not step.case.is_sorted and step.given.get("urgency") == ""
    step.refuse_if(is_left_open, "missing", "urgency")
    _settle_identity(step, changed)
    return [step.event("triaged", changed)] if changed else []


def danger(step: Step) -> list[Event]:
    """Say that she is in danger now, and nothing else; sorting again takes it back."""
    step.refuse_if(step.case.is_closed, "closed")
    is_known = step.case.urgency == "danger"
    return [] if is_known else [step.event("triaged", {"urgency": "danger"})]


def note(step: Step) -> list[Event]:
    """Keep a note that only handlers read, and how the desk knows what stands in it."""
    return [step.event("noted", {"text": step.one("text"), "basis": step.one("basis")})]


def _language(step: Step, name: str) -> str:
    language = step.one(name) or step.case.reply_language
    step.refuse_if(LANGUAGE.fullmatch(language) is None, "not_a_language", name)
    return language


def translate(step: Step) -> list[Event]:
    """Keep a translation beside the original, with who or what made it."""
    values: dict[str, Value] = {
        "text": step.one("text"),
        "language": _language(step, "language"),
        "made_by": step.one("made_by"),
        "who": step.one("who"),
    }
    return [step.event("translated", values)]


def bytes_left(text: str) -> int:
    """How many bytes of UTF-8 an answer can still grow; less than 0 when it is too long."""
    return ANSWER_BYTES - len(text.encode("utf-8", errors="surrogatepass"))


def answer(step: Step) -> list[Event]:
    """Write an answer for the reply board, and say whether it reports back what was done."""
    step.refuse_if(not step.case.has_code, "no_code")
    step.refuse_if(bool(step.case.flood), "in_flood")
    language = _language(step, "language")
    text = _to_send(step, language)
    step.refuse_if(bytes_left(text) < 0, "too_long", "text")
    for name in ("text", "dutch"):
        step.refuse_if(_HOLE.search(step.one(name)) is not None, "open_hole", name)
    # What was published can be copied by anyone: it never repeats the complaint by mistake.
    if not step.yes("repeats"):
        is_repeated = repeats(step.book, step.case, text, today=step.today)
        step.refuse_if(is_repeated, "repeats", "text")
    reports_back = step.yes("reports_back")
    values: dict[str, Value] = {
        "text": text,
        "language": language,
        "standard": step.one("standard"),
        "reports_back": reports_back,
    }
    told = [step.event("reported_back", {"how": "code"})] if reports_back else []
    return [step.event("answered", values), *told]


def _to_send(step: Step, language: str) -> str:
    """The text of an answer; in a language that the handler does not read, with the Dutch below it."""
    text, dutch = step.one("text"), step.one("dutch")
    step.refuse_if(bool(dutch) and language == answers.DUTCH, "in_dutch", "dutch")
    # A text in letters that neither Dutch nor English has is in another language, whatever was chosen.
    is_checked = language in answers.CHECKED and scripts.script(text) in ("latin", "")
    is_read = is_checked or step.yes("reads")
    step.refuse_if(not dutch and not is_read, "no_dutch", "dutch")
    return answers.with_dutch(text, dutch, language) if dutch else text


def report_back(step: Step) -> list[Event]:
    """Say how the sender heard what was done."""
    how = step.one("how")
    step.refuse_if(how == "code" and not step.case.answered_on, "never_answered", "how")
    return [step.event("reported_back", {"how": how})]


def tried(step: Step) -> list[Event]:
    """Count an attempt to reach the sender that failed."""
    return [step.event("tried", {"how": step.one("how")})]


def unmask(step: Step) -> list[Event]:
    """Record that a handler looked at the names in a case, before they are shown."""
    return [step.event("identity_read")]


def outcome(step: Step) -> list[Event]:
    """Record what came of a case."""
    new = [name for name in step.many("outcomes") if name not in step.case.outcomes]
    return [step.event("outcome", {"outcomes": new})] if new else []


def _require_told(step: Step) -> None:
    """Refuse to close a complaint whose sender was not told, without a reason that holds."""
    case, without = step.case, step.one("without")
    step.refuse_if(not without and not case.reported_back, "no_report_back", "without")
    wrong = {
        "no_channel": case.has_code and "has_code",
        "unreachable": not case.tried and "not_tried",
        "duplicate": not case.duplicate_of and "no_duplicate",
        "not_a_complaint": not step.one("text") and "no_reason_text",
    }.get(without)
    if wrong:
        raise Refusal(wrong, "text" if wrong == "no_reason_text" else "without")


def close(step: Step) -> list[Event]:
    """Close a case: with an outcome, and a report back or the reason why there is none.

    Outcomes that are given come to those that were recorded before.
    """
    step.refuse_if(step.case.is_closed, "closed")
    # A closed case stands in no agenda: she would miss the last day, and nobody would see it.
    step.refuse_if(deadlines.loud(step.case) is not None, "term_runs")
    if step.case.kind == "complaint":
        _require_told(step)
    without, new = step.one("without"), outcome(step)
    has_outcome = bool(step.case.outcomes or new)
    step.refuse_if(not has_outcome and without != "duplicate", "no_outcome", "outcomes")
    return [*new, step.event("closed", {"without": without, "text": step.one("text")})]


def reopen(step: Step) -> list[Event]:
    """Open a closed case again and say why; the sender is owed a new report back."""
    step.refuse_if(not step.case.is_closed, "not_closed")
    return [step.event("reopened", {"text": step.one("text")})]
