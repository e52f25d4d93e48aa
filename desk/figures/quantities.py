"""Numbers and places that a text of the desk says in a report, after step 7.

Comes in: a text, and the year of the report. Goes out: the first number that no ledger knows, or the
first municipality or province. It refuses to know villages and names in small letters: a reader does.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

_NAMES = Path(__file__).with_name("places.txt")

_ARTICLE = r"[0-9]{1,2}:[0-9]{1,3}[a-z]?\b"
_ARTICLES = re.compile(
    rf"\b(?:artikel(?:en)?|articles?|awb)\s+{_ARTICLE}(?:(?:,| en| and| of| or)\s+{_ARTICLE})*"
)
_YEAR = re.compile(r"\b[0-9]{4}\b(?!\s+(?:klacht|meld|mens|keer|complaint|report|people|time))")

_DUTCH_UNITS = "twee|drie|vier|vijf|zes|zeven|acht|negen"
_DUTCH = (
    f"{_DUTCH_UNITS}|nul|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien"
    "|negentien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend"
    "|miljoen|miljard"
)
_ENGLISH = (
    "zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    "|hundred|thousand|million|billion"
)
_SHARES = (
    "dozijn|handvol|helft|half|halve|kwart|procent|promille|een derde"
    "|one|dozens?|handful|halves|quarters?|thirds|a third|per ?cent|percentage"
)
# No ordinals: the Tweede Kamer may act.
_WORDS = re.compile(
    rf"\b(?:(?:een|en|{_DUTCH})*(?:{_DUTCH})(?:en|tal|tallen|maal|voud)?|(?:{_ENGLISH})s?|{_SHARES})\b"
)
_ONE = re.compile(r"\b[e\u00e9]\u00e9n\b")  # only its accents tell the number from "a"


def plain(text: str) -> str:
    """Letters without their marks, on one line."""
    parts = unicodedata.normalize("NFKD", text)
    return " ".join("".join(part for part in parts if unicodedata.category(part) != "Mn").split())


def has_number(text: str, year: int) -> bool:
    """Whether a text has a number besides articles of law and the years around that of the report."""
    known = {str(year + step) for step in (-1, 0, 1)}
    rest = _ARTICLES.sub("", plain(text.casefold()))
    rest = _YEAR.sub(lambda found: "" if found[0] in known else found[0], rest)
    is_one = _ONE.search(unicodedata.normalize("NFC", text.casefold())) is not None
    return is_one or _WORDS.search(rest) is not None or any(map(str.isnumeric, rest))


@cache
def _places() -> re.Pattern[str]:
    names = _NAMES.read_text("utf-8").splitlines()
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(plain(name)) for name in names)})(?!\w)")


def place(text: str) -> str | None:
    """The first municipality or province that a text names, as it is written in it."""
    found = _places().search(plain(text.replace("\u2019", "'")))
    return None if found is None else found[0]
