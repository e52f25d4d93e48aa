"""The address of the site as a QR code (step 1): an address in, a drawing out.

It leads to the language chooser and holds nothing else: who scans it tells the site no more than who types
it. Four modules of white stand around it, since some readers find none without. It knows no page.
"""

from itertools import groupby

import segno

_QUIET = 4  # modules of white on each side: ISO/IEC 18004
_LEVEL = "m"  # 15 % of it may be gone; the library takes a higher level where that costs no size


def svg(address: str, name: str = "") -> str:
    """The code as an element, black on white; `name` is an id for it."""
    rows = modules(address)
    path = "".join(
        f"M{x} {y}h{width}v1h-{width}z" for y, row in enumerate(rows) for x, width in _runs(row)
    )
    given = f' id="{name}"' if name else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{given} class="qr" viewBox="0 0 {len(rows)} {len(rows)}" '
        f'shape-rendering="crispEdges" aria-hidden="true"><path fill="#fff" d="M0 0h{len(rows)}v{len(rows)}H0z"/>'
        f'<path d="{path}"/></svg>'
    )


def modules(address: str) -> list[list[bool]]:
    """Every module of it in rows, true where it is black, with the white around it."""
    # Left to itself the library takes Cyrillic for Shift-JIS, which few readers know; an address is ASCII.
    code = segno.make(address, error=_LEVEL, encoding="ascii", micro=False)
    return [[bool(one) for one in row] for row in code.matrix_iter(border=_QUIET)]


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where black begins in a row, and how many modules it is wide."""
    found, at = [], 0
    for is_black, run in groupby(row):
        width = len(list(run))
        if is_black:
            found.append((at, width))
        at += width
    return found
