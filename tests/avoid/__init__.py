"""Words that wound or promise too much: beside this module a list for each language, a pattern on each line."""

import re
from pathlib import Path

_FOLDER = Path(__file__).parent
_FIRST = "en"  # a new language begins with the English list


def avoided(text: str, language: str) -> list[str]:
    """Words of the list of a language that stand in a text."""
    path = _FOLDER / f"{language}.txt"
    lines = (path if path.is_file() else _FOLDER / f"{_FIRST}.txt").read_text("utf-8").splitlines()
    listed = "|".join(line for line in lines if not line.startswith("#"))
    pattern = rf"(?<![\w-])(?:{listed})(?![\w-])"
    return [found[0] for found in re.finditer(pattern, text, flags=re.I)]
