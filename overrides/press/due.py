"""What an editor looks at again (step 1): facts and pages in, a list out, oldest and weakest first.

A fact is due a year after the day of the text that states it, or at once where that text shows no day;
a page on the day that it names itself. Each line has the address to look at. It decides nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from overrides.facts.data import Data
from overrides.facts.front_matter import Facts
from overrides.facts.legislation import Bill
from overrides.facts.policy import Policy
from overrides.facts.records import earliest
from overrides.facts.texts import CONFIDENCE
from overrides.pages.wording import STALE_MONTHS, months_between

Page = tuple[str, str, Facts]
_NO_CERTAINTY = "none"
_WEAKEST_FIRST = (_NO_CERTAINTY, *reversed(CONFIDENCE))


@dataclass(frozen=True)
class Due:
    """One thing to look at: the day of its source or None, its certainty, and where to look."""

    day: str | None
    certainty: str
    what: str
    url: str | None = None
    remark: str = ""

    @property
    def rank(self) -> tuple[date, int, str]:
        """Oldest first, one without a day before all, and of one day the weakest."""
        day = earliest(self.day) if self.day else date.min
        return day, _WEAKEST_FIRST.index(self.certainty), self.what


def due(facts: Data, pages: Iterable[Page], today: date) -> list[Due]:
    """All that is due on a day."""
    found = [
        *(one for policy in facts.policies.values() for one in _policy(policy)),
        *(_bill(bill) for bill in facts.bills),
    ]
    late = (page for page in pages if page[2].check_again and page[2].check_again <= today)
    return sorted(
        [*(one for one in found if _is_old(one.day, today)), *map(_page, late)],
        key=lambda one: one.rank,
    )


def _is_old(day: str | None, today: date) -> bool:
    return day is None or months_between(earliest(day), today) >= STALE_MONTHS


def _policy(policy: Policy) -> Iterator[Due]:
    """A line for each text that values rest on; one for a record without a value, with its first pointer."""
    texts = {text.id: text for text in policy.texts}
    where, remark = f"{policy.code} {policy.name}", policy.editor
    known = sorted((n for n, fact in policy.facts.items() if fact.is_known), key=_strongest(policy))
    for first, names in groupby(known, key=_strongest(policy)):
        listed = list(names)
        fact = policy.facts[listed[0]]
        what = f"{where}: {', '.join(listed)}"
        yield Due(fact.as_of, fact.confidence, what, texts[first].url, remark)
        remark = ""
    if not known:
        url = next((text.url for text in policy.texts if text.url), None)
        yield Due(None, _NO_CERTAINTY, f"{where}: no value is known", url, remark)


def _strongest(policy: Policy) -> Callable[[str], str]:
    """The text that a value has its day from, by the value's name."""
    return lambda name: policy.facts[name].sources[0]


def _bill(bill: Bill) -> Due:
    url = next((source.url for source in bill.sources if source.url), None)
    return Due(bill.as_of, bill.confidence or _NO_CERTAINTY, f"bill {bill.id}", url)


def _page(page: Page) -> Due:
    language, name, facts = page
    return Due(str(facts.check_again), _NO_CERTAINTY, f"page {language}/{name}")


def lines(found: Iterable[Due]) -> Iterator[str]:
    """One line for each, and its remark below it."""
    for one in found:
        day, at = one.day or "no date", one.url or "no address"
        yield f"{day:<10}  {one.certainty:<6}  {one.what}  {at}"
        if one.remark:
            yield f"            {one.remark}"
