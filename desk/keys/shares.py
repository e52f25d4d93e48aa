"""The paper backup of a key in three parts, any two of which give it back (SLIP-39).

Comes in: 32 secret bytes, or the words of two sheets. Goes out: three lists of 33 words, or the
bytes. It refuses to know which key it is, and to say a word of a sheet in an error.

The arithmetic is Trezor's reference library. It does not hide its timing, which only matters to
somebody who can measure this computer while it works: it is offline, and used in a closed room.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import shamir_mnemonic
from shamir_mnemonic import rs1024, wordlist
from shamir_mnemonic.constants import CHECKSUM_LENGTH_WORDS, CUSTOMIZATION_STRING_EXTENDABLE
from shamir_mnemonic.shamir import MnemonicError

from desk.errors import DeskError

SECRET_BYTES = 32
NEEDED, MADE = 2, 3
WORDS = 33  # 20 bits of set, 20 of place, 256 of value with 4 of padding, 30 of checksum
_TAIL: int = CHECKSUM_LENGTH_WORDS
_BITS = 10  # of a word
_ITERATIONS = 0  # only slows down guessing of a passphrase, and we take none

Sheet = tuple[str, ...]


class WrongWord(DeskError):
    """A word of a sheet cannot be right; `position` counts from 1."""

    def __init__(self, position: int) -> None:
        super().__init__(f"word {position} is not the one on the sheet", "compare it by letters")
        self.position = position


def split(secret: bytes) -> tuple[Sheet, ...]:
    """Split 32 bytes into three sheets of 33 words; the randomness is the platform's."""
    if len(secret) != SECRET_BYTES:
        raise DeskError("only a secret of 32 bytes can be put on sheets")
    made = shamir_mnemonic.generate_mnemonics(
        1, [(NEEDED, MADE)], secret, iteration_exponent=_ITERATIONS
    )
    sheets = tuple(tuple(line.split()) for line in made[0])
    # Nobody can check by eye what stands on paper, so it is checked before it gets there.
    if any(combine(pair) != secret for pair in combinations(sheets, NEEDED)):
        raise DeskError("the sheets do not give the key back", "nothing was written; try again")
    return sheets


def is_word(text: str) -> bool:
    """Whether a sheet can hold this word."""
    return text in wordlist.WORD_INDEX_MAP


def _pack(symbols: Sequence[int]) -> int:
    packed = 0
    for symbol in symbols:
        packed = packed << _BITS | symbol
    return packed


def _checksum(symbols: Sequence[int]) -> int:
    return _pack(rs1024.create_checksum(symbols, CUSTOMIZATION_STRING_EXTENDABLE))


def _effects(symbols: Sequence[int], position: int) -> Iterator[int]:
    """What each of the ten bits of one word does to the checksum; the code is linear."""
    whole = _checksum(symbols)
    for bit in range(_BITS):
        changed = list(symbols)
        changed[position] ^= 1 << bit
        yield whole ^ _checksum(changed)


def _reach(effects: Iterator[int]) -> set[int]:
    reached = {0}
    for effect in effects:
        reached |= {other ^ effect for other in reached}
    return reached


def _wrong_position(symbols: Sequence[int], difference: int) -> int | None:
    """Where one wrong word explains the difference of the checksum; `None` if more are wrong."""
    body, tail = symbols[:-_TAIL], len(symbols) - _TAIL
    parts = [difference >> _BITS * place & 2**_BITS - 1 for place in (2, 1, 0)]
    if sum(map(bool, parts)) == 1:
        return tail + [bool(part) for part in parts].index(True)
    reaching = (at for at in range(tail) if difference in _reach(_effects(body, at)))
    return next(reaching, None)


def check(sheet: Sheet) -> None:
    """Hold a typed sheet against its checksum.

    Raises `WrongWord` for a word that is not in the list, or is the only wrong one; `DeskError`
    when the count of words or more than one word is wrong. The right word is never suggested.
    """
    if len(sheet) != WORDS:
        raise DeskError(f"a sheet has {WORDS} words, this one {len(sheet)}", "count them again")
    unknown = [position for position, word in enumerate(sheet, 1) if not is_word(word)]
    if unknown:
        raise WrongWord(unknown[0])
    symbols: list[int] = [wordlist.WORD_INDEX_MAP[word] for word in sheet]
    body, tail = symbols[:-_TAIL], symbols[-_TAIL:]
    difference = _checksum(body) ^ _pack(tail)
    if not difference:
        return
    position = _wrong_position(symbols, difference)
    if position is None:
        raise DeskError("more than one word of the sheet is wrong", "type the sheet once more")
    raise WrongWord(position + 1)


def combine(sheets: Sequence[Sheet]) -> bytes:
    """The 32 bytes out of two different sheets of one set; `DeskError` otherwise."""
    for sheet in sheets:
        check(sheet)
    if len(set(sheets)) != NEEDED:
        raise DeskError("it takes two different sheets", "take the second sheet from its keeper")
    try:
        secret: bytes = shamir_mnemonic.combine_mnemonics(" ".join(sheet) for sheet in sheets)
    except MnemonicError:  # its message repeats words of the sheet
        hint = "sheets of one set begin with the same two words"
        raise DeskError("these two sheets are not of one set", hint) from None
    return secret
