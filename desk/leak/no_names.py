"""Words that are no names, part of the leak check in step 7.

Comes in: three lists that come with the desk. Goes out: their words. It refuses to know where a word
stands; what follows from that is for `known`.
"""

import re
from functools import cache
from pathlib import Path

_LISTS = Path(__file__).parent
# In a field for names, these are no names, however they are written.
TITLES = frozenset(
    re.findall(
        r"\w+",
        "mevrouw meneer heer dame mw dhr mr mrs ms miss sir madam dear beste hallo ik je jij "
        "u hij zij ze hem haar hen hun you he him she her they them de den der het van von",
    )
)


def _listed(name: str) -> frozenset[str]:
    lines = (_LISTS / name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in line.split())


@cache
def plain_words() -> frozenset[str]:
    """Words that begin sentences: a name only with a capital that no beginning explains."""
    return _listed("plain_words.txt")


@cache
def public_words() -> frozenset[str]:
    """Words that are never taken for a name."""
    return _listed("public_words.txt")


@cache
def state_words() -> frozenset[str]:
    """Words behind "ik ben" that say how somebody is."""
    return _listed("state_words.txt")
