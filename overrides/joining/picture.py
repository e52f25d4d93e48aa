"""A picture of how far the languages are (step 1): their progress in, one SVG out, the same bytes for the same numbers.

A row for each language, a bar for each part, filled in the order done, unchecked, behind, missing. Its only
letters are the codes of the languages and the names of the parts, in whatever font is there.
"""

from collections.abc import Sequence

from overrides.joining.progress import Part, Progress

_COLOURS = {"done": "#1b6e3c", "unchecked": "#8fbf9f", "behind": "#d9912b", "missing": "#dcdcdc"}
_LEFT, _TOP, _ROW, _BAR, _GAP = 60, 24, 18, 120, 10  # in units of the picture


def svg(found: Sequence[Progress]) -> str:
    """The picture; each bar says its numbers to who points at it or listens."""
    kinds = [part.kind for part in found[0].parts] if found else []
    width = _LEFT + len(kinds) * (_BAR + _GAP)
    height = _TOP + len(found) * _ROW + _ROW
    heads = "".join(
        f'<text x="{_LEFT + at * (_BAR + _GAP)}" y="16">{kind}</text>'
        for at, kind in enumerate(kinds)
    )
    rows = "".join(_row(one, _TOP + at * _ROW) for at, one in enumerate(found))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="sans-serif" font-size="12"><rect width="{width}" height="{height}" fill="#fff"/>'
        f"{heads}{rows}{_legend(height - 4)}</svg>\n"
    )


def _row(one: Progress, top: int) -> str:
    bars = "".join(_bar(part, _LEFT + at * (_BAR + _GAP), top) for at, part in enumerate(one.parts))
    return f'<text x="4" y="{top + 11}">{one.language}</text>{bars}'


def _bar(part: Part, left: int, top: int) -> str:
    counts = part.counts
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    pieces, done = [], 0
    for name, count in counts.items():
        begin, end = (_BAR * at // max(part.total, 1) for at in (done, done + count))
        done += count
        if end > begin:
            pieces.append(
                f'<rect x="{left + begin}" y="{top}" width="{end - begin}" height="12" fill="{_COLOURS[name]}"/>'
            )
    return f"<g><title>{part.kind}: {said}</title>{''.join(pieces)}</g>"


def _legend(bottom: int) -> str:
    return "".join(
        f'<rect x="{_LEFT + at * 90}" y="{bottom - 10}" width="10" height="10" fill="{colour}"/>'
        f'<text x="{_LEFT + at * 90 + 14}" y="{bottom}">{name}</text>'
        for at, (name, colour) in enumerate(_COLOURS.items())
    )
