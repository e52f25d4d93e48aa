"""What a sender agreed to, asked before a letter is written in step 7.

Comes in: cases, a letter and its receiver. Goes out: nothing, or a refusal. It refuses to take a
handler's word for a consent: only what is recorded counts.
"""

from collections.abc import Iterable

from desk.cases.case import Case, Consent
from desk.letters.refusals import LetterRefusal
from desk.letters.templates import OPERATOR, SENDER, Template
from desk.wire import schema

FEWEST = 2  # complaints behind a bundled letter: one alone is a case under another name
_NAME = "name"  # the scope that tells who she is
_NAMED = "named"
_CALLED = ("workname", _NAMED)


def _is_given(case: Case, purpose: str) -> bool:
    """Whether the one it concerns said yes: what a professional ticked is not hers."""
    consent = case.consent(purpose)
    if consent is None or not consent.given:
        return False
    return case.role != "professional" or consent.recorded


def _covers(consent: Consent, scope: str, receiver: str) -> bool:
    wide_enough = schema.SCOPES.index(consent.scope) >= schema.SCOPES.index(scope)
    return wide_enough and receiver in consent.to


def _passes_on(case: Case, scope: str, receiver: str) -> bool:
    consent = case.consent("pass_on")
    if consent is None or not _is_given(case, "pass_on"):
        return False
    return consent.scope in schema.SCOPES and _covers(consent, scope, receiver)


def _to_operator(case: Case) -> bool:
    """Whether she said, asked for it by name, that the one she complains of may be written to.

    No receiver of WIRE.md section 5.3 is an operator. Who says afterwards that nothing is passed
    on, says it of operators too.
    """
    for consent in reversed(case.consents):
        if consent.purpose == OPERATOR:
            return consent.given
        if consent.purpose == "pass_on" and (not consent.given or consent.scope == "nobody"):
            return False
    return False


def _may_go(case: Case, scope: str, receiver: str) -> bool:
    return _to_operator(case) if receiver == OPERATOR else _passes_on(case, scope, receiver)


def _is_kept(case: Case) -> bool:
    """Whether her complaint may be used at all: not when it waits to be erased."""
    return not case.is_withdrawn and case.asked != "erase"


def require(case: Case, template: Template, receiver: str) -> None:
    """Refuse a letter from one complaint that its sender has not agreed to: `LetterRefusal`."""
    if receiver == SENDER:
        return
    if not _is_kept(case):
        raise LetterRefusal("not_agreed")
    is_professional = case.role == "professional"
    if template.acts and not _is_given(case, "act"):
        raise LetterRefusal("professional" if is_professional else "no_act")
    if not _may_go(case, template.scope, receiver):
        raise LetterRefusal("professional" if is_professional else "no_consent")


def require_operator(receiver: str, *, ticked: bool) -> None:
    """Refuse a letter to an operator or landlord unless the box for it is ticked."""
    if receiver == OPERATOR and not ticked:
        raise LetterRefusal("operator", "to_operator")


def _is_one(case: Case) -> bool:
    """Whether somebody complains here who is in no other case."""
    is_none = case.closed_without in ("duplicate", "not_a_complaint")
    return not (is_none or case.duplicate_of or case.flood or case.canary)


def usable(members: Iterable[Case], template: Template, receiver: str) -> list[Case]:
    """The complaints of a bundle that a letter may count; `LetterRefusal` for fewer than two.

    Of a complaint in a bundle only the pattern is told. A letter without a scope holds no data of
    any case: for it, the consent to be counted is enough, as long as the complaint may be kept.
    """
    counted = [case for case in members if _is_kept(case) and _is_one(case)]
    if template.scope:
        counted = [case for case in counted if _may_go(case, "pattern", receiver)]
    else:
        counted = [case for case in counted if _is_given(case, "count")]
    if template.acts:
        counted = [case for case in counted if _is_given(case, "act")]
    # Two complaints under one code are of one person.
    people = {case.code or case.subject.encode(): case for case in counted}
    if len(people) < FEWEST:
        raise LetterRefusal("too_few")
    return list(people.values())


def may_know(case: Case, receiver: str) -> bool:
    """Whether a receiver may know who she is: she agreed to it, and no handler narrowed it."""
    return receiver in case.identity_to and receiver in case.agreed(_NAME)


def is_named(case: Case, receiver: str) -> bool:
    """Whether a receiver may know her own name, and so how to find her."""
    return case.identity == _NAMED and may_know(case, receiver)


def require_named(case: Case, receiver: str, field: str) -> None:
    """Refuse her name, address and contact for a receiver that may not know them."""
    if not is_named(case, receiver):
        raise LetterRefusal("identity", field)


def require_called(case: Case, receiver: str, field: str) -> None:
    """Refuse also how she calls herself, unless that much may be known."""
    if case.identity not in _CALLED or not may_know(case, receiver):
        raise LetterRefusal("identity", field)
