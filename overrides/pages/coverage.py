"""For how much of the country the site knows the answer (step 1): the data in, a picture and a table
out.

Where sources conflict nothing counts as known. The picture is drawn from the same figures as the
table, and words beside it say where they are weak.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from overrides.facts import states
from overrides.facts.data import Data
from overrides.facts.policy import Policy
from overrides.pages.wording import Voice, is_old
from overrides.text.tables import table

_LEFT = 100  # room for the longest name of a province
_STEP = 22
_BAR = 16
_BASE = 13  # where a line of text stands in its bar
_SCALE = 4  # pixels for a municipality: 56 in the largest province still fit a phone
_KINDS = ("known", "conflict", "pointer", "none")
_SHADES = ("1", ".6", ".3", ".1")  # one colour for all kinds, so that it needs no style


@dataclass(frozen=True)
class Count:
    """Municipalities of one province, or of all, by what is known of them."""

    name: str
    known: int
    conflict: int
    pointer: int
    none: int

    @property
    def of_kinds(self) -> tuple[int, ...]:
        """In the order of the legend."""
        return self.known, self.conflict, self.pointer, self.none

    @property
    def all(self) -> int:
        """All of them."""
        return sum(self.of_kinds)


def counts(data: Data) -> tuple[Count, ...]:
    """The provinces by name."""
    found = Counter(
        (here.province, _kind(data, here.code)) for here in data.municipalities.values()
    )
    provinces = sorted({province for province, _ in found})
    return tuple(Count(name, *(found[name, kind] for kind in _KINDS)) for name in provinces)


def _kind(data: Data, code: str) -> str:
    """As the municipality's own page says it; texts without a value are a pointer."""
    how = states.kind(data.policies.get(code))
    return "pointer" if how == "texts" else how


def body(voice: Voice, data: Data, today: date) -> str:
    """Title, figures in words, picture and table."""
    found = counts(data)
    total = _total(voice, found)
    said = counted(voice, total.all, data.policies.values())
    return (
        f'<h2 id="coverage">{voice("coverage.title")}</h2>'
        f"<p>{said}</p><p>{_weak(voice, data, today)}</p>"
        f"{picture(voice, found)}{_table(voice, [*found, total])}"
    )


def counted(voice: Voice, everywhere: int, policies: Iterable[Policy]) -> str:
    """For how many of all municipalities a rule is known, and how many for work at home, in words."""
    found = list(policies)
    return voice(
        "coverage.lead",
        all=str(everywhere),
        known=str(sum(bool(one.forms) for one in found)),
        home=str(sum("home_alone" in one.forms for one in found)),
        conflict=str(sum("home_alone" in one.disputed for one in found)),
    )


def _total(voice: Voice, found: tuple[Count, ...]) -> Count:
    of_kinds = zip(*(count.of_kinds for count in found), strict=True)
    return Count(voice("coverage.total"), *map(sum, of_kinds))


def _weak(voice: Voice, data: Data, today: date) -> str:
    facts = [fact for policy in data.policies.values() for fact in policy.known]
    sure = Counter(fact.confidence for fact in facts)
    old = sum(is_old(fact.as_of, today) for fact in facts)
    return voice(
        "coverage.weak",
        low=str(sure["low"]),
        high=str(sure["high"]),
        values=str(len(facts)),
        old=str(old),
    )


def _table(voice: Voice, found: list[Count]) -> str:
    heads = [voice(f"coverage.{name}") for name in ("province", "all", *_KINDS)]
    rows = (("", [escape(one.name), *map(str, (one.all, *one.of_kinds))]) for one in found)
    return f'<div class="figures">{table(heads, rows)}</div>'


def picture(voice: Voice, found: tuple[Count, ...]) -> str:
    """Bars by province in the colour of the text; shades, not hues, so that everybody can tell."""
    width = _LEFT + _SCALE * max(count.all for count in found) + 2
    height = _STEP * (len(_SHADES) + len(found)) + _BAR
    bars = "".join(_bars(count, number * _STEP) for number, count in enumerate(found, len(_SHADES)))
    label = escape(voice("coverage.picture"))
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{label}" direction="ltr" fill="currentColor" '
        f'font-size="13">{_legend(voice)}{bars}</svg>'
    )


def _legend(voice: Voice) -> str:
    return "".join(
        _rect(0, line * _STEP, _BAR, shade)
        + f'<text x="{_STEP}" y="{line * _STEP + _BASE}">{voice(f"coverage.legend.{name}")}</text>'
        for line, (name, shade) in enumerate(zip(_KINDS, _SHADES, strict=True))
    )


def _bars(count: Count, top: int) -> str:
    top += _BAR  # a little air below the legend
    parts = [f'<text x="0" y="{top + _BASE}">{escape(count.name)}</text>']
    left = _LEFT
    for size, shade in zip(count.of_kinds, _SHADES, strict=True):
        if size:
            parts.append(_rect(left, top, size * _SCALE, shade))
        left += size * _SCALE
    return "".join(parts)


def _rect(left: int, top: int, width: int, shade: str) -> str:
    return (
        f'<rect x="{left}" y="{top}" width="{width}" height="{_BAR}" fill-opacity="{shade}" '
        'stroke="currentColor" stroke-width=".5"/>'
    )
