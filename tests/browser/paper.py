"""What stands on paper: the PDF that a browser prints in, its sheets and the characters drawn on it out."""

import re
import zlib
from collections.abc import Iterator

import pypdfium2

_POINTS_A_MILLIMETRE = 72 / 25.4


def characters(pdf: bytes) -> set[str]:
    """What stands anywhere on the paper: a PDF says of each glyph that it draws which character it is."""
    found: set[str] = set()
    for stream in _streams(pdf):
        stream = stream.partition(b"endcodespacerange")[2]
        for _, drawn in re.findall(rb"<(\w{4}|\w{2})> <(\w{4})>\n", stream):
            found.add(chr(int(drawn, 16)))
        for low, high, drawn in re.findall(rb"<(\w{4})> <(\w{4})> <(\w{4})>\n", stream):
            count = int(high, 16) - int(low, 16) + 1
            found |= {chr(int(drawn, 16) + n) for n in range(count)}
    return found


def sheets(pdf: bytes) -> int:
    """How many sheets it is; Firefox packs what it says of each of them, Chromium does not."""
    return sum(len(re.findall(rb"/Type /Page\b(?!s)", part)) for part in (pdf, *_streams(pdf)))


def written(pdf: bytes) -> list[tuple[str, list[float]]]:
    """The words of each sheet, and how far they stay from its top, left and bottom, in millimetres."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        boxes = [text.get_rect(n) for n in range(text.count_rects())]
        away = (
            page.get_height() - max(box[3] for box in boxes),
            *(min(box[side] for box in boxes) for side in (0, 1)),
        )
        found.append((text.get_text_range(), [one / _POINTS_A_MILLIMETRE for one in away]))
    return found


def _streams(pdf: bytes) -> Iterator[bytes]:
    for packed in re.findall(rb"stream\r?\n(x.+?)\r?\nendstream", pdf, re.DOTALL):
        yield zlib.decompressobj().decompress(packed)
