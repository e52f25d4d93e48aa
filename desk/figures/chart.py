"""A table as bars, after step 7: numbers that are shown in, one SVG drawing out.

It refuses to know any other number than those in the table, so a bar is no finer than its number.
The drawing has no script, no link and no word about how it was made.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from desk.figures.suppress import Shown

_WIDTH = 640
_BAR_WIDTH = 520  # of the longest bar, so that its number fits beside it
_ROW_HEIGHT = 44
_BAR_HEIGHT = 16
_NOTICE_HEIGHT = 28
_EDGE = 8
_INK, _BAR, _PAPER = "#1a1a1a", "#1d5c63", "#ffffff"


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its words, its number or mark, and how that is written."""

    label: str
    value: Shown
    written: str


def _row(bar: Bar, top: int, longest: int) -> str:
    text = f'<text x="{_EDGE}" y="{top + 14}">{escape(bar.label)}</text>'
    below = top + 20
    if not isinstance(bar.value, int):
        return f'{text}<text x="{_EDGE}" y="{below + 13}">{escape(bar.written)}</text>'
    length = bar.value * _BAR_WIDTH // longest
    return (
        f'{text}<rect x="{_EDGE}" y="{below}" width="{length}" height="{_BAR_HEIGHT}" fill="{_BAR}"/>'
        f'<text x="{_EDGE + length + 6}" y="{below + 13}">{escape(bar.written)}</text>'
    )


def svg(title: str, bars: Iterable[Bar], notice: str = "") -> str:
    """Draw bars from top to bottom, in the order given; a mark has its words and no bar.

    A notice stands above all bars.
    """
    drawn = list(bars)
    longest = max((bar.value for bar in drawn if isinstance(bar.value, int)), default=1)
    top = _EDGE + (_NOTICE_HEIGHT if notice else 0)
    rows = "\n".join(
        _row(bar, number * _ROW_HEIGHT + top, longest) for number, bar in enumerate(drawn)
    )
    if notice:
        rows = (
            f'<text x="{_EDGE}" y="{_EDGE + 14}" font-weight="bold">{escape(notice)}</text>\n{rows}'
        )
    height = len(drawn) * _ROW_HEIGHT + top + _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{_WIDTH}" height="{height}" fill="{_PAPER}"/>\n'
        f'<g font-family="sans-serif" font-size="15" fill="{_INK}">\n{rows}\n</g>\n</svg>\n'
    )
