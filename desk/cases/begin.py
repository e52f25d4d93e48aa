"""The first event of a case, between steps 6 and 7: a complaint received, or a bundle made.

Comes in: a sound event. Goes out: the case that it begins, or nothing if its complaint cannot be
read. It refuses to know what happens to the case afterwards; that is `fold`.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from sys import intern  # a hundred thousand cases share the few words of the closed lists

from desk.cases import codes
from desk.cases.case import Case, Consent
from desk.errors import Refused
from desk.scripts import script
from desk.store.event import Event
from desk.wire import again, schema
from desk.wire.canon import Value

Values = Mapping[str, Value]
_AGAIN = json.JSONDecoder().raw_decode
make_consent = lru_cache(maxsize=4_096)(Consent)


def line(values: Values, name: str) -> str:
    """A value that is text, or an empty one."""
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


def word(values: Values, name: str) -> str:
    """A value from a closed list, shared in memory."""
    value = values.get(name)
    return intern(value) if isinstance(value, str) else ""


def words(values: Values, name: str) -> tuple[str, ...]:
    """Several values from a closed list, shared in memory."""
    value = values.get(name)
    return tuple(map(intern, map(str, value))) if isinstance(value, list) else ()


def digest(text: str) -> bytes:
    """SHA-256 of the text of a complaint: by it the same words under the same id are known again."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


@lru_cache(maxsize=4_096)
def _ticked(
    ticks: tuple[tuple[str, bool], ...], scope: str | None, to: tuple[str, ...], on: str, how: str
) -> tuple[Consent, ...]:
    """Consents that many complaints of a day share; `scope` is `None` where it was not asked."""
    given = (make_consent(intern(name), yes, on, how) for name, yes in ticks)
    if scope is None:
        return tuple(given)
    return (*given, make_consent("pass_on", scope != "nobody", on, how, scope, to))


def story_again(values: Values) -> str:
    """The story behind an entry of a thread; its complaint was held against WIRE.md before."""
    text = line(values, "complaint")
    try:
        fields, end = _AGAIN(text)
    except (ValueError, RecursionError):
        return ""
    return line(fields, "story") if isinstance(fields, dict) and end == len(text) else ""


def _first_consents(fields: Values, on: str, how: str) -> tuple[Consent, ...]:
    """The ticks of the form, or what a handler asked, as the first consents."""
    ticks, passes = fields.get("consent"), fields.get("pass_on")
    given = ticks if isinstance(ticks, dict) else {}
    asked = tuple([(name, yes is True) for name, yes in given.items()])
    if not isinstance(passes, dict):
        return _ticked(asked, None, (), on, how)
    return _ticked(asked, word(passes, "scope"), words(passes, "to"), on, how)


def settle_identity(case: Case) -> None:
    """Who may know her, after the last word on passing on."""
    case.identity_to = case.agreed("name")
    if case.identity_to:
        case.identity = "named"
    else:
        case.identity = "desk_only" if case.address_as or case.contact else "none"


def _fill(case: Case, fields: Values) -> None:
    """Copy what a handler needs to find and sort a case; the story stays on disk."""
    case.complaint_id = line(fields, "complaint_id")
    case.role, case.wish = word(fields, "role"), word(fields, "wish")
    case.period, case.answerer = word(fields, "period"), word(fields, "answerer")
    case.municipality = word(fields, "municipality")
    case.address_as, case.contact = line(fields, "address_as"), line(fields, "contact")
    case.language = word(fields, "form_language")
    case.reply_language = word(fields, "reply_language") or case.language
    case.topics = words(fields, "topics")
    case.code = codes.mark(fields)
    case.has_code = bool(case.code)
    case.script = intern(script(line(fields, "story")))


def received(event: Event) -> Case | None:
    """The case of a complaint; `None` if its text breaks WIRE.md section 5."""
    values = event.values
    try:
        text, fields = again.complaint(str(values["complaint"]))
    except Refused:
        return None
    on, channel = intern(event.on), intern(str(values["channel"]))
    case = Case(event.subject, "complaint", str(values["pseudonym"]), on, channel)
    _fill(case, fields)
    case.digest = digest(text)
    case.practice = values["practice"] is True
    case.flood = intern(str(values["flood"]))
    case.sealed = str(values["object"])
    case.consents = _first_consents(fields, on, channel)
    settle_identity(case)
    case.unknown_code = schema.is_follow_up(fields)
    return case


def bundle_made(event: Event) -> Case:
    """The case of a bundle, with its own thread, letters and state."""
    values = event.values
    case = Case(event.subject, "bundle", line(values, "pseudonym"), intern(event.on))
    case.title, case.status = line(values, "title"), "read"
    case.urgency = "normal"  # whoever made it has sorted what is in it
    case.about, case.municipality = word(values, "about"), word(values, "municipality")
    return case
