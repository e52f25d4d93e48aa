"""The scripts in which people write, for the screens between steps 6 and 7.

Comes in: any text. Goes out: the script of most of its letters, and whether a word mixes scripts
whose letters look alike. It refuses to know what the text means.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_SAMPLE = 400  # characters that tell the script of a story as well as all of them
_LOOK_ALIKE = frozenset(("latin", "cyrillic", "greek", "armenian", "cherokee"))
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=4_096)
def _of(character: str) -> str:
    # The first word of a letter's name is its script: "CYRILLIC SMALL LETTER A", "CJK UNIFIED ...".
    return unicodedata.name(character, "").partition(" ")[0].lower()


def script(text: str) -> str:
    """The script of most letters at the start of a text, as "latin" or "cjk"; empty without any."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return "latin" if any(map(str.isalpha, sample)) else ""
    scripts: Counter[str] = Counter()
    # NFKC, since a fullwidth or mathematical letter is a letter of its script in disguise.
    for character, times in Counter(unicodedata.normalize("NFKC", sample)).items():
        if character.isalpha():
            scripts[_of(character)] += times
    return scripts.most_common(1)[0][0] if scripts else ""


def is_mixed(text: str) -> bool:
    """Whether one word of a name mixes letters that look alike: a warning beside the name."""
    if text.isascii():
        return False
    words = _WORD.findall(unicodedata.normalize("NFKC", text))
    return any(len({_of(letter) for letter in word} & _LOOK_ALIKE) > 1 for word in words)
