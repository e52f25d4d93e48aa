"""What stands on paper: the PDF that a browser prints in, the characters drawn on it out."""

import re
import zlib


def characters(pdf: bytes) -> set[str]:
    """What stands anywhere on the paper: a PDF says of each glyph that it draws which character it is."""
    found: set[str] = set()
    for packed in re.findall(rb"stream\n(x.+?)\nendstream", pdf, re.DOTALL):
        stream = zlib.decompressobj().decompress(packed).partition(b"endcodespacerange")[2]
        for _, drawn in re.findall(rb"<(\w{4})> <(\w{4})>\n", stream):
            found.add(chr(int(drawn, 16)))
        for low, high, drawn in re.findall(rb"<(\w{4})> <(\w{4})> <(\w{4})>\n", stream):
            count = int(high, 16) - int(low, 16) + 1
            found |= {chr(int(drawn, 16) + n) for n in range(count)}
    return found
