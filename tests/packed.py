"""How browsers pack what they keep on a disk, unpacked for the tests of step 1: LZ4, Snappy, LevelDB's tables.

Written from the descriptions of the formats, so that a test needs no library that nothing else needs.
Broken bytes raise IndexError or ValueError.
"""

from collections.abc import Iterator

LZ4 = b"mozLz40\0"  # Mozilla's: then four bytes of length and one LZ4 block
LEVELDB = bytes.fromhex("57fb808b247547db")  # ends a table
_FOOT_BYTES = 48


def _length(packed: bytes, at: int, nibble: int) -> tuple[int, int]:
    """A length of the LZ4 block format and the place after it; 15 goes on up to a byte below 255."""
    total, goes_on = nibble, nibble == 15
    while goes_on:
        total, goes_on, at = total + packed[at], packed[at] == 255, at + 1
    return total, at


def _copy(out: bytearray, back: int, count: int) -> None:
    """Append what stands that far back; it may run into what is being appended."""
    for _ in range(count):
        out.append(out[-back])


def lz4(packed: bytes) -> bytes:
    """What Mozilla's LZ4 file holds; LZ4's block format has runs of bytes and copies of what was there."""
    at, out = len(LZ4) + 4, bytearray()
    while at < len(packed):
        token = packed[at]
        count, at = _length(packed, at + 1, token >> 4)
        out += packed[at : at + count]
        at += count
        if at >= len(packed):
            break
        back = int.from_bytes(packed[at : at + 2], "little")
        count, at = _length(packed, at + 2, token & 15)
        _copy(out, back, count + 4)
    return bytes(out)


def _varint(octets: bytes, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, lowest first, and the place after it."""
    value = shift = 0
    while True:
        byte, at = octets[at], at + 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def _varints(octets: bytes, at: int, count: int) -> tuple[list[int], int]:
    found = []
    for _ in range(count):
        value, at = _varint(octets, at)
        found.append(value)
    return found, at


def snappy(packed: bytes) -> bytes:
    """What a block of Snappy holds: its size, then runs of bytes and copies of what was there."""
    size, at = _varint(packed, 0)
    out = bytearray()
    while at < len(packed) and len(out) <= size:
        tag, at = packed[at], at + 1
        kind, count = tag & 3, (tag >> 2) + 1
        wide = (max(0, count - 60), 1, 2, 4)[kind]  # bytes of the number that follows
        number, at = int.from_bytes(packed[at : at + wide], "little"), at + wide
        if kind == 0:
            count = number + 1 if wide else count
            out += packed[at : at + count]
            at += count
        elif kind == 1:
            _copy(out, number | (tag >> 5) << 8, ((tag >> 2) & 7) + 4)
        else:
            _copy(out, number, count)
    if len(out) != size:
        raise ValueError("another size than it says")
    return bytes(out)


def _block(table: bytes, handle: list[int]) -> bytes:
    """One block of a table; the byte after it says whether it is packed."""
    at, size = handle
    return snappy(table[at : at + size]) if table[at + size] == 1 else table[at : at + size]


def leveldb(table: bytes) -> Iterator[bytes]:
    """The blocks of a table: its foot leads to the index, and each entry of that to one."""
    foot = table[-_FOOT_BYTES:]
    index = _block(table, _varints(foot, 0, 4)[0][2:])
    at, end = 0, len(index) - 4 * (int.from_bytes(index[-4:], "little") + 1)
    while at < end:
        (_, own, held), at = _varints(index, at, 3)
        yield _block(table, _varints(index, at + own, 2)[0])
        at += own + held
