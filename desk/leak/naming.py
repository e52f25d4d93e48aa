"""Where a story says what somebody is called, part of the leak check in step 7.

Comes in: a folded text. Goes out: the words that are names, by what stands around them and not by
their capitals. It refuses to know the letter that is checked.
"""

import re
from collections.abc import Iterator

from desk.leak.no_names import plain_words, public_words, state_words

_SITES = (
    "insta|instagram|ig|snap|snapchat|telegram|tiktok|onlyfans|account|facebook|twitter|kik|signal"
    "|username|gebruikersnaam|nickname"
)
_LINKS = (
    "is|was|heet|heette|heeft|naam|name|genaamd|called|named|account|als|as|onder|van|of|the|de"
)
_PARTICLES = "van|de|der|den|het|ter|ten|te|el|al|la|le|di|da|dos|von|bin|ben"
_NAMED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # my insta is ..., on telegram as ..., heet op onlyfans ...
        rf"\b(?:{_SITES})\W{{1,3}}(?:(?:{_LINKS})\W{{1,3}})*(\w+)",
        # ik heet ..., mijn naam is ..., my name is ..., someone called ...
        rf"\b(?:heet|heette|genaamd|(?:is|was|am|are) called|named|(?:naam|name) (?:is|was))\W{{1,3}}"
        rf"(?:(?:{_PARTICLES}) )*(\w+)",
        # van der ..., van den ..., mevrouw van ..., agent de ...
        r"\bvan (?:der|den|ter|'t) (\w+)",
        rf"\b(?:mevrouw|meneer|agent|dhr\.?|mw\.?|mr\.?|mrs\.?|ms\.?) (?:(?:{_PARTICLES}) )+(\w+)",
    )
)
_STATED = re.compile(r"\b(?:ik ben|ben ik|i am|i['’]m)\W{1,3}([^\W\d_]+)", re.IGNORECASE)
_STREET = re.compile(
    r"\b[^\W\d_]{3,}(?:straat|laan|plein|kade|gracht|singel|steeg)\b", re.IGNORECASE
)


def _behind(text: str) -> Iterator[str]:
    for pattern in _NAMED:
        yield from (found[1] for found in pattern.finditer(text))


def called(text: str) -> Iterator[str]:
    """Names that are never taken for one elsewhere: "ik heet June", "mijn naam is Raad"."""
    stated = (found[1] for found in _STATED.finditer(text) if not found[0].isupper())
    for word in (*_behind(text), *stated):
        if word[0].isupper() and word.casefold() in public_words():
            yield word.casefold()


def named(text: str) -> Iterator[str]:
    """Words that are names however they are written: "ik ben fatima", "insta: lolaamsterdam"."""
    stated = (found[1] for found in _STATED.finditer(text))
    for word in (*_behind(text), *stated):
        if word.casefold() not in plain_words() | public_words() | state_words():
            yield word.casefold()
    yield from (found[0].casefold() for found in _STREET.finditer(text))
