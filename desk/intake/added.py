"""A complaint that a handler enters: told by telephone, face to face or on paper, beside steps 1 to 6.

Comes in: what she told, her consents, and a reply code if she wants one. Goes out: a case like any
other, from the same fields and by the same rules. It refuses to keep what she did not agree to.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desk.cases import fields
from desk.cases.book import Casebook
from desk.cases.case import CHANNELS, Case
from desk.cases.fields import Field, Given
from desk.cases.refusals import Refusal
from desk.cases.values import LANGUAGE, TEXT_CHARACTERS
from desk.errors import Refused
from desk.store.event import Event
from desk.store.vault import new_subject
from desk.wire import canon, code, envelope, schema
from desk.wire.canon import Value

NO_CODE, NEW_CODE, HER_CODE = "none", "new", "given"
_LONGEST = {"municipality": 80, "address_as": 200, "contact": 500}  # WIRE.md section 5

FIELDS = (  # how it came, then all that is asked, in the order of the form and of its sheet on paper
    Field("channel", "choice", CHANNELS[1:]),
    Field("form_language", "line"),
    Field("role", "choice", schema.ROLES, required=False),
    Field("wish", "choice", schema.WISHES, required=False),
    Field("topics", "many", schema.TOPICS, required=False),
    Field("municipality", "line", required=False),
    Field("period", "choice", schema.PERIODS, required=False),
    Field("story", "text"),
    Field("scope", "choice", schema.SCOPES, required=False),
    Field("to", "many", schema.RECEIVERS, required=False),
    Field("consent", "many", schema.CONSENTS),
    Field("address_as", "line", required=False),
    Field("answerer", "choice", schema.ANSWERERS, required=False),
    Field("reply_language", "line", required=False),
    Field("contact", "line", required=False),
    Field("code", "choice", (NO_CODE, NEW_CODE, HER_CODE), required=False),
    Field("digits", "line", required=False),
)
_AS_THEY_ARE = (
    *("role", "wish", "topics", "municipality", "period"),
    *("address_as", "answerer", "reply_language", "contact"),
)


@dataclass(frozen=True, slots=True)
class Added:
    """The new case; `code` is the reply code if one was drawn, to be shown once and never kept."""

    case: Case
    code: str = ""


def _check(checked: Mapping[str, Given]) -> None:
    if "store" not in checked["consent"]:
        raise Refusal("not_agreed", "consent")
    for name, longest in _LONGEST.items():
        if len(checked.get(name, "")) > longest:
            raise Refusal("too_long", name)
    for name in ("form_language", "reply_language"):
        language = str(checked.get(name, ""))
        if language and LANGUAGE.fullmatch(language) is None:
            raise Refusal("not_a_language", name)
    receivers, scope = checked.get("to", ()), checked.get("scope", "")
    if bool(receivers) != (scope not in ("", "nobody")):
        raise Refusal("scope_missing", "to" if scope else "scope")


def compose(checked: Mapping[str, Given], complaint_id: str, reply_code: str) -> envelope.Complaint:
    """The complaint of WIRE.md section 5 that she would have sent; raises `Refusal` where it breaks it.

    `checked` comes from `fields.read`; an empty code leaves her without a way to read an answer.
    """
    _check(checked)
    made: dict[str, Value] = {"schema": schema.COMPLAINT, "complaint_id": complaint_id}
    made["form_language"], made["story"] = str(checked["form_language"]), str(checked["story"])
    made["consent"] = {name: name in checked["consent"] for name in schema.CONSENTS}
    for name in _AS_THEY_ARE:
        if value := checked.get(name):
            made[name] = value if isinstance(value, str) else list(value)
    if scope := checked.get("scope"):
        made["pass_on"] = {"scope": str(scope), "to": list(checked.get("to", ()))}
    if reply_code:
        reply_key, tag_key = code.derive(reply_code)
        made |= {"reply_key": reply_key.hex(), "tag_key": tag_key.hex()}
    text = canon.dumps(made)
    if len(text) > TEXT_CHARACTERS:
        raise Refusal("too_long", "story")
    try:
        # What a keyboard cannot give but a command line can: bytes that are no text.
        return envelope.parse_complaint(text.encode("utf-8", "surrogatepass"))
    except Refused:
        raise Refusal("missing", "story") from None


def _code(checked: Mapping[str, Given]) -> str:
    wanted = checked.get("code", NO_CODE) or NO_CODE
    if wanted == NEW_CODE:
        return code.make()
    if wanted == NO_CODE:
        return ""
    try:
        return code.normalise(str(checked.get("digits", "")))
    except Refused:
        raise Refusal("wrong_code", "digits") from None


def add(book: Casebook, given: Mapping[str, Given], *, today: date) -> Added:
    """Make a case of what a handler was told; raises `Refusal` with the field that is wrong."""
    checked = fields.read(book, FIELDS, given)
    reply_code = _code(checked)
    complaint = compose(checked, secrets.token_hex(16), reply_code)
    subject = new_subject()
    values: dict[str, Value] = {
        "object": "",
        "key_id": "",
        "complaint": complaint.text,
        "channel": str(checked["channel"]),
        "pseudonym": book.new_pseudonym(),
        "practice": book.vault.practice,
        "flood": "",
    }
    book.add([Event(subject, "received", today.isoformat(), book.vault.handler, values)])
    is_new = checked.get("code") == NEW_CODE
    return Added(book.cases[subject], reply_code if is_new else "")
