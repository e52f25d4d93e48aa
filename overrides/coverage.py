"""For how much of the country the site knows the answer (step 1): the data in, a picture and a table
out.

The picture is drawn from the same figures as the table, and words beside it say where they are weak.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from overrides.data import Data
from overrides.policy import FORMS, Policy
from overrides.wording import Voice, table

_LEFT = 150  # room for the longest name of a province
_STEP = 26
_BAR = 18
_SCALE = 6  # units per municipality; the largest province has 56
_SHADES = ("1", ".45", ".12")  # known, pointer, none: one colour, so that it needs no style


@dataclass(frozen=True)
class Count:
    """Municipalities of one province, or of all, by what is known of them."""

    name: str
    known: int
    pointer: int
    none: int

    @property
    def all(self) -> int:
        """All of them."""
        return self.known + self.pointer + self.none


def counts(data: Data) -> tuple[Count, ...]:
    """The provinces by name."""
    found = Counter(
        (here.province, _kind(data, here.code)) for here in data.municipalities.values()
    )
    provinces = sorted({province for province, _ in found})
    return tuple(
        Count(name, *(found[name, kind] for kind in ("known", "pointer", "none")))
        for name in provinces
    )


def _kind(data: Data, code: str) -> str:
    if code not in data.policies:
        return "none"
    policy = data.policies[code]
    return "known" if any(policy.facts[form].is_known for form in FORMS) else "pointer"


def body(voice: Voice, data: Data, today: date) -> str:
    """Title, figures in words, picture and table."""
    found = counts(data)
    total = _total(voice, found)
    lead = voice(
        "coverage.lead",
        all=str(total.all),
        known=str(total.known),
        home=str(_with_home(data.policies.values())),
    )
    return (
        f'<h2 id="coverage">{voice("coverage.title")}</h2>'
        f"<p>{lead}</p><p>{_weak(voice, data, today)}</p>"
        f"{picture(voice('coverage.picture'), found)}{_table(voice, [*found, total])}"
    )


def _total(voice: Voice, found: tuple[Count, ...]) -> Count:
    return Count(
        voice("coverage.total"),
        sum(count.known for count in found),
        sum(count.pointer for count in found),
        sum(count.none for count in found),
    )


def _with_home(policies: Iterable[Policy]) -> int:
    return sum(policy.facts["home_alone"].is_known for policy in policies)


def _weak(voice: Voice, data: Data, today: date) -> str:
    policies = data.policies.values()
    sure = Counter(policy.confidence for policy in policies)
    old = sum(
        voice.stale(policy.as_of, today) in ("stale.first", "stale.undated") for policy in policies
    )
    return voice(
        "coverage.weak",
        low=str(sure["low"]),
        high=str(sure["high"]),
        records=str(len(data.policies)),
        old=str(old),
    )


def _table(voice: Voice, found: list[Count]) -> str:
    names = ("province", "all", "known", "pointer", "none")
    heads = [voice(f"coverage.{name}") for name in names]
    rows = (
        ("", [escape(count.name), *map(str, (count.all, count.known, count.pointer, count.none))])
        for count in found
    )
    return table(heads, rows)


def picture(label: str, found: tuple[Count, ...]) -> str:
    """Bars by province in the colour of the text; shades, not hues, so that everybody can tell."""
    width = _LEFT + _SCALE * max(count.all for count in found) + 4
    height = _STEP * len(found)
    bars = "".join(_bars(count, number * _STEP) for number, count in enumerate(found))
    return (
        f'<svg viewBox="0 0 {width} {height}" width="100%" role="img" aria-label="{escape(label)}" '
        f'direction="ltr" fill="currentColor" font-size="14">{bars}</svg>'
    )


def _bars(count: Count, top: int) -> str:
    parts = [f'<text x="0" y="{top + _BAR - 4}">{escape(count.name)}</text>']
    left = _LEFT
    for size, shade in zip((count.known, count.pointer, count.none), _SHADES, strict=True):
        width = size * _SCALE
        if width:
            parts.append(
                f'<rect x="{left}" y="{top}" width="{width}" height="{_BAR}" fill-opacity="{shade}"'
                ' stroke="currentColor" stroke-width=".5"/>'
            )
        left += width
    return "".join(parts)
