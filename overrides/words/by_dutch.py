"""Texts by their Dutch original (step 1): a .po file of a language in, its text for each Dutch sentence out.

Two folders have such files: `facts/` what a sentence of docs/data means, `sounds/` how a sentence sounds that is
said in Dutch. A sentence without a text is not in what comes out: who asks shows something else instead. It
knows no page.
"""

import re
from functools import lru_cache
from pathlib import Path

from overrides.words import yaml_file
from overrides.words.catalogue import entries
from overrides.words.errors import Gathered, SiteError

FACTS, SOUNDS = "facts", "sounds"


def load(path: Path) -> dict[str, str]:
    """Text by Dutch sentence; nothing where there is no file. What is not finished is left out.

    `SiteError` for what cannot be read, a sentence given twice, or a sign of HTML.
    """
    if not path.is_file():
        return {}
    return dict(_texts(yaml_file.text(path), f"{path.parent.name}/{path.name}"))


@lru_cache(maxsize=64)
def _texts(written: str, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    gathered = Gathered()
    for entry in (one for one in entries(written, name) if not one.obsolete):
        with gathered.part():
            if entry.msgid in found:
                raise SiteError(f"{name} has twice: {entry.msgid}", "keep one of them")
            if re.search("[<>&]", entry.msgstr):
                hint = "write it without < > and &: no text holds HTML"
                raise SiteError(f"{name} has a sign of HTML behind: {entry.msgid}", hint)
            if entry.msgstr.strip() and not entry.fuzzy:
                found[entry.msgid] = entry.msgstr
    gathered.refuse()
    return found
