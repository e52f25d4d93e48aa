"""What a sender agreed to, asked before a letter is written in step 7.

Comes in: cases, a letter and its receiver. Goes out: nothing, or a refusal. It refuses to take a
handler's word for a consent: only what is recorded counts.
"""

from collections.abc import Iterable

from desk import schema
from desk.cases.case import Case, Consent
from desk.letters.refusals import LetterRefusal
from desk.letters.templates import OPERATOR, SENDER, Template

FEWEST = 2  # complaints behind a bundled letter: one alone is a case under another name
_NAMED = "named"
_CALLED = ("workname", _NAMED)


def _came_with(case: Case, consent: Consent) -> bool:
    """Whether a consent came with the complaint, and was not asked for by a handler later."""
    return (consent.on, consent.how) == (case.received_on, case.channel)


def _is_given(case: Case, purpose: str) -> bool:
    """Whether the one it concerns said yes: what a professional ticked is not hers."""
    consent = case.consent(purpose)
    if consent is None or not consent.given:
        return False
    return case.role != "professional" or not _came_with(case, consent)


def _covers(consent: Consent, scope: str, receiver: str) -> bool:
    wide_enough = schema.SCOPES.index(consent.scope) >= schema.SCOPES.index(scope)
    return wide_enough and receiver in consent.to


def _passes_on(case: Case, scope: str, receiver: str) -> bool:
    consent = case.consent("pass_on")
    if consent is None or not _is_given(case, "pass_on"):
        return False
    return consent.scope in schema.SCOPES and _covers(consent, scope, receiver)


def _acts(case: Case, receiver: str) -> bool:
    consent = case.consent("act")
    if consent is None or not _is_given(case, "act"):
        return False
    # She agreed without knowing that the one she complains of would be written to.
    return receiver != OPERATOR or not _came_with(case, consent)


def require(case: Case, template: Template, receiver: str) -> None:
    """Refuse a letter from one complaint that its sender has not agreed to: `LetterRefusal`."""
    if receiver == SENDER:
        return
    is_professional = case.role == "professional"
    if template.acts and not _acts(case, receiver):
        raise LetterRefusal("professional" if is_professional else "no_act")
    # No receiver of WIRE.md section 5.3 is an operator: that she agreed, `act` and the box say.
    if receiver != OPERATOR and not _passes_on(case, template.scope, receiver):
        raise LetterRefusal("professional" if is_professional else "no_consent")


def require_operator(receiver: str, *, ticked: bool) -> None:
    """Refuse a letter to an operator or landlord unless the box for it is ticked."""
    if receiver == OPERATOR and not ticked:
        raise LetterRefusal("operator", "to_operator")


def usable(members: Iterable[Case], template: Template, receiver: str) -> list[Case]:
    """The complaints of a bundle that a letter may count; `LetterRefusal` for fewer than two.

    Of a complaint in a bundle only the pattern is told. A letter without a scope holds no data of
    any case: for it, the consent to be counted is enough.
    """
    if template.scope and receiver != OPERATOR:
        counted = [case for case in members if _passes_on(case, "pattern", receiver)]
    else:
        counted = [case for case in members if _is_given(case, "count")]
    if template.acts:
        counted = [case for case in counted if _acts(case, receiver)]
    if len(counted) < FEWEST:
        raise LetterRefusal("too_few")
    return counted


def require_named(case: Case, receiver: str, field: str) -> None:
    """Refuse her name, address and contact for a receiver that may not know them."""
    if case.identity != _NAMED or receiver not in case.identity_to:
        raise LetterRefusal("identity", field)


def require_called(case: Case, receiver: str, field: str) -> None:
    """Refuse also how she calls herself, unless that much may be known."""
    if case.identity not in _CALLED:
        raise LetterRefusal("identity", field)
    if case.identity == _NAMED:
        require_named(case, receiver, field)
