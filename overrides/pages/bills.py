"""The state of laws and bills on a page (step 1): records of the legislation in, HTML out.

A bill is never worded as law, and what nobody read a source for is said to be not known. It knows
no other page that speaks of a law.
"""

from overrides.facts.legislation import Bill
from overrides.facts.usual import Origin
from overrides.pages.wording import Voice, origin
from overrides.text.tables import table

_IN_FORCE = "in_force"
_NOT_IN_FORCE = "not_in_force"


def body(voice: Voice, found: tuple[Bill, ...]) -> str:
    """A table with a row for every law or bill, as one line of HTML."""
    heads = [voice.t(f"bills.{name}") for name in ("name", "status", "read", "source")]
    rows = ((f"law-{bill.id}", _row(voice, bill)) for bill in found)
    return f"<div>{table(heads, rows)}</div>"


def _row(voice: Voice, bill: Bill) -> list[str]:
    return [voice.words(bill.name), status(voice, bill), _read(voice, bill), _sources(voice, bill)]


def status(voice: Voice, bill: Bill) -> str:
    """In force and since when, or how far it is and when it was no law yet, or that it is not known."""
    if bill.status is None:
        return voice("not_known")
    since = dict(bill.dates).get(_IN_FORCE)
    if bill.status == _IN_FORCE and since:
        return voice.t("bills.since", date=voice.moment(since))
    said = voice.t(f"bills.status.{bill.status}")
    absent = dict(bill.dates).get(_NOT_IN_FORCE)
    if absent and bill.status != _IN_FORCE:
        return f"{voice.t.closed(said)} {voice.t('bills.absent', date=voice.moment(absent))}"
    return said


def _read(voice: Voice, bill: Bill) -> str:
    if bill.confidence is None:
        return voice.t("bills.nobody")
    sure = voice.certainty(bill.confidence)
    return voice.t("bills.sure", date=voice.moment(bill.as_of), confidence=sure)


def _sources(voice: Voice, bill: Bill) -> str:
    lines = voice.t.letters.semicolon.join(_source(voice, source) for source in bill.sources)
    return f'<span class="footnote">{lines or voice("source.none")}</span>'


def _source(voice: Voice, source: Origin) -> str:
    return f"{origin(source, voice.t.language)}, {voice.moment(source.date)}"
