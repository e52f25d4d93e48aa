"""Small pictures: a screenshot in, a PNG of at most 64 colours out, with nothing in it but its pixels.

A browser decodes and counts, since it can; Python writes the file. It keeps no time, no name and no path.
"""

import struct
import zlib
from base64 import b64decode, b64encode

from playwright.sync_api import Page

COLOURS = 64
_START = b"\x89PNG\r\n\x1a\n"
# The most frequent colours stay; each other becomes the nearest of them. Equal counts are told apart by the colour.
_COUNT = """async ([data, most]) => {
  const octets = Uint8Array.from(atob(data), one => one.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([octets], { type: 'image/png' }));
  const { width, height } = picture;
  const pen = new OffscreenCanvas(width, height).getContext('2d');
  pen.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(pen.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const one of pixels) counts.set(one, (counts.get(one) ?? 0) + 1);
  const kept = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most).map(one => one[0]);
  const parts = one => [one & 255, one >> 8 & 255, one >> 16 & 255];
  const away = (a, b) => parts(a).reduce((sum, part, i) => sum + (part - parts(b)[i]) ** 2, 0);
  const nearest = one => kept.reduce((best, _, i) => away(one, kept[i]) < away(one, kept[best]) ? i : best, 0);
  const places = new Map([...counts.keys()].map(one => [one, nearest(one)]));
  const rows = new Uint8Array(width * height);
  pixels.forEach((one, i) => { rows[i] = places.get(one); });
  let text = '';
  for (let i = 0; i < rows.length; i += 8192) text += String.fromCharCode(...rows.subarray(i, i + 8192));
  return { width, height, colours: kept.flatMap(parts), rows: btoa(text) };
}"""


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pack(picture: bytes, page: Page) -> bytes:
    """The picture in few colours. `page` is any tab that no stranger wrote."""
    found = page.evaluate(_COUNT, [b64encode(picture).decode("ascii"), COLOURS])
    width, height, rows = found["width"], found["height"], b64decode(found["rows"])
    lines = b"".join(
        b"\0" + rows[at : at + width] for at in range(0, width * height, width)
    )  # 0: each line as it is
    return b"".join(
        (
            _START,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(found["colours"])),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        )
    )
