"""What a case knows by name and number, part of the leak check in step 7.

Comes in: names, and texts of a case. Goes out: the words and digits that tell somebody apart. It
refuses to know the letter that is checked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from desk.leak import naming, shapes
from desk.leak.folding import Folded, Word, fold, is_unspaced, words
from desk.leak.no_names import TITLES, plain_words, public_words
from desk.leak.numerals import digit_runs

Span: TypeAlias = tuple[int, int]
_Names: TypeAlias = Sequence[str]
_Text: TypeAlias = tuple[Folded, Sequence[Word]]
DIGITS = 4  # so many of a number in a row give it away
SURE_DIGITS = 6  # so many are no chance, also where a receiver's own numbers stand
_JOINED_WORDS = 4
_SPELLED_LETTERS = 30
_SHORTEST = 2
_SHORTEST_WHOLE = 3
_SHORTEST_CODE = 5  # of letters with digits in them: "3e" and "24u" tell nobody apart
_LEET = str.maketrans("013457", "oieast")


def joined(found: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
    """Every word, and words written as one: first, last, key. Up to four, or single letters."""
    for first in range(len(found)):
        key = ""
        is_spelled = True
        for last in range(first, min(first + _SPELLED_LETTERS, len(found))):
            key += found[last].key
            is_spelled = is_spelled and len(found[last].key) == 1
            if last - first >= _JOINED_WORDS and not is_spelled:
                break
            yield first, last, key


def _is_code(key: str) -> bool:
    if len(key) < _SHORTEST_CODE or key.isdigit():
        return False
    return any(character.isdigit() for character in key)


def _keys(key: str) -> set[str]:
    """A key as it is written, and with letters for the digits that look like them."""
    return {key, key.translate(_LEET)} if _is_code(key) else {key}


def _sentences(found: Sequence[Word]) -> Iterator[list[Word]]:
    sentence: list[Word] = []
    for word in found:
        if word.is_first and sentence:
            yield sentence
            sentence = []
        sentence.append(word)
    yield sentence


def _capitals(found: Sequence[Word]) -> Iterator[str]:
    """Words with a capital that no beginning explains; not where most words have one."""
    for sentence in _sentences(found):
        capitals = [word.key for word in sentence if word.is_capital and not word.is_first]
        if 2 * len(capitals) <= len(sentence):
            yield from capitals


def _addresses(text: str, found: Sequence[Word]) -> Iterator[str]:
    """Words within a mail address, a web address or a handle."""
    for kind, (start, end) in shapes.shapes(text):
        if kind in ("mail", "web", "handle"):
            yield from (word.key for word in found if start <= word.start and word.end <= end)


def _accounts(text: Folded) -> Iterator[str]:
    """What stands behind the sign of a handle or before that of a mail address, as one key."""
    for kind, (start, end) in shapes.shapes(text.text):
        if kind in ("mail", "handle"):
            key = _whole(text.text[start:end].lstrip("@").partition("@")[0])
            if len(key) >= _SHORTEST_WHOLE:
                yield key


def _several(name: str) -> Iterator[str]:
    """A name of two to four words as one key; not a remark such as "bel na zes"."""
    count = len(words(fold(name)))
    if 1 < count <= _JOINED_WORDS and any(True for _ in _given(name)):
        yield _whole(name)


def _told_names(text: Folded, found: Sequence[Word]) -> Iterator[str]:
    yield from _capitals(found)
    yield from _addresses(text.text, found)
    yield from naming.named(text.text)
    yield from (word.key for word in found if _is_code(word.key))


def _given(name: str) -> Iterator[Word]:
    """The words of a field for names that can be one."""
    for word in words(fold(name)):
        is_none = word.key in TITLES or word.key.isdigit() or len(word.key) < _SHORTEST
        if not is_none and (word.is_capital or word.key not in plain_words() | public_words()):
            yield word


def _is_common(word: Word, name: str) -> bool:
    """Whether a given word is also a word: such as "Dan", or any in a remark about telephoning."""
    is_remark = len(words(fold(name))) > _JOINED_WORDS and not word.is_capital
    return is_remark or word.key in plain_words() | public_words()


def _whole(name: str) -> str:
    return "".join(word.key for word in words(fold(name)))


def _of_fields(names: Sequence[str]) -> tuple[set[str], set[str]]:
    """Keys out of fields for names: those that are names however written, and common ones."""
    given = [(word, name) for name in names for word in _given(name)]
    common = {word.key for word, name in given if _is_common(word, name)}
    several = {key for name in names for key in _several(name)}
    return {key for word, _ in given for key in _keys(word.key)} - common | several, common


def _wholes(names: Sequence[str]) -> set[str]:
    return {key for key in map(_whole, names) if len(key) >= _SHORTEST_WHOLE}


def _read(texts: Sequence[str]) -> list[_Text]:
    return [(text := fold(part), words(text)) for part in texts]


def _small(read: Iterable[_Text]) -> set[str]:
    """Words that were written without a capital at least once."""
    return {word.key for _, found in read for word in found if not word.is_capital}


@dataclass(frozen=True, slots=True)
class Known:
    """Keys of names, each kind with its own rule, and the numbers, some digits at a time."""

    given: frozenset[str]  # a leak however they are written
    common: frozenset[str]  # a word as well, or never seen but with a capital: a leak with one
    wholes: frozenset[str]
    unspaced: frozenset[str]  # looked for within words
    marked: frozenset[str]  # with a capital in the middle of a sentence, or out of an address
    doubtful: frozenset[str]  # the same, but a plain word too: a leak with such a capital again
    told: frozenset[str]  # every word of the texts: a leak with a capital within a sentence
    numbers: frozenset[str]  # of four digits and of six

    @classmethod
    def of(cls, names: _Names, wholes: _Names, texts: _Names, *, said: frozenset[str]) -> "Known":
        """All that names and texts tell. The words of `said` are only names where names say so."""
        sure, common = _of_fields(names)
        read, fields = _read(texts), _read(names)
        accounts = {key for text, _ in (*fields, *read) for key in _accounts(text)}
        marked = {key for one in read for name in _told_names(*one) for key in _keys(name)}
        told = {word.key for _, found in read for word in found}
        called = {key for text, _ in read for key in naming.called(text.text)} - said
        never = public_words() | said | {key for key in told | marked if len(key) < _SHORTEST}
        ordinary = never | plain_words()
        return cls(
            given=frozenset(sure | accounts),
            common=frozenset(common | called | (told - _small(read) - ordinary)),
            wholes=frozenset(_wholes(wholes) - ordinary),
            unspaced=frozenset(key for key in sure if any(map(is_unspaced, key))),
            marked=frozenset(marked - ordinary),
            doubtful=frozenset((marked & plain_words()) - never),
            told=frozenset(told - ordinary),
            numbers=frozenset(_windows((*fields, *read))),
        )

    def is_name(self, key: str, word: Word, *, alone: bool) -> bool:
        """Whether a key tells somebody apart; `word` is its first, `alone` if it is the only one."""
        forms = {form for whole in _keys(key) for form in (whole, whole.removesuffix("s"))}
        if forms & self.given or forms & self.wholes:
            return True
        # Of several words, only those that belong together by a name count, or by single letters.
        if not alone and len(word.key) > 1:
            return False
        if forms & self.marked:
            return True
        if not alone or not word.is_capital:
            return False
        if forms & self.common:
            return True
        return not word.is_first and bool(forms & (self.told | self.doubtful))


def _windows(read: Iterable[_Text]) -> Iterator[str]:
    for text, found in read:
        for run in digit_runs(text.text, found, least=DIGITS):
            digits = "".join(digit.value for digit in run)
            for size in (DIGITS, SURE_DIGITS):
                yield from (digits[at : at + size] for at in range(len(digits) - size + 1))
