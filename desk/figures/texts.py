"""The words that the desk itself puts into a report, after step 7: who should act on each table.

Comes in: a TOML text with a group for each language and a sentence for each table. Goes out: the
same, if none is missing, none holds a number or a place and none speaks of pity or crime. It refuses
to write a word of it.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import TypeAlias

from desk import terminal
from desk.errors import DeskError
from desk.figures import quantities
from desk.figures.report import Report
from desk.figures.tables import TABLES, TOTAL
from desk.strings import LANGUAGES

Texts: TypeAlias = Mapping[str, Mapping[str, str]]  # by language, by table

MOST_CHARACTERS = 2_000  # of one text

# Words that make of a complaint about a service a story about sex work: pity, crime, a past. Dutch
# and English; beside each what can stand there instead.
_APART = "what the complaint is about; complaints and trafficking stay apart"
_INSTEAD: Mapping[str, str] = {
    r"prostitu": "sekswerk, sekswerker / sex work, sex worker",
    r"\bhoer(?:en)?\b": "sekswerker",
    r"\bhooker": "sex worker",
    r"\bwhore": "sex worker",
    r"\bdames?\b": "sekswerker, persoon",
    r"\bmeisje": "sekswerker, persoon",
    r"\bgirls?\b": "sex worker, person",
    r"slachtoffer(?!hulp)": "sekswerker",
    r"\bvictims?\b(?! support\b)": "sex worker",
    r"\buitstap": "stoppen, ander werk zoeken",
    r"\b(?:redden|gered)\b": "stoppen, ander werk zoeken",
    r"\brescu": "stopping, other work",
    r"\bpooier": "exploitant",
    r"\bpimps?\b": "operator, manager",
    r"\bexploiters?\b": "operator, manager",
    r"mensenhandel": _APART,
    r"traffick": _APART,
    r"uitbuit": _APART,
    r"\billega": "zonder vergunning / without a permit",
    r"\btransgenders\b": "trans personen / trans people",
    r"\bbeide geslachten\b": "alle genders",
    r"\bboth sexes\b": "all genders",
}


def banned(text: str) -> tuple[str, str] | None:
    """A word of a text that a report does not use, and what to say instead; `None` if all fit."""
    folded = quantities.plain(text.casefold())  # so that no accent hides a word from the list
    for word, instead in _INSTEAD.items():
        if (found := re.search(word, folded)) is not None:
            return found[0], instead
    return None


def parse(octets: bytes) -> Texts:
    """Read the desk's texts: `[nl]` and `[en]`, in each `total = "..."` and one for each table."""
    hint = 'it needs [nl] and [en], in each a line such as: about = "..."'
    try:
        given = tomllib.loads(octets.decode("utf-8"))
    except ValueError:
        raise DeskError("the file of texts is not TOML in UTF-8", hint) from None
    known = {TOTAL, *(table.name for table in TABLES)}
    for language, texts in given.items():
        if language not in LANGUAGES or not isinstance(texts, dict) or not texts.keys() <= known:
            raise DeskError("the file of texts has a language or table that no report has", hint)
        if not all(isinstance(text, str) for text in texts.values()):
            raise DeskError("a text in the file of texts is not a text", hint)
    return given


def needed(report: Report) -> tuple[str, ...]:
    """The tables, and the total, that must say who should act."""
    return (TOTAL, *report.shown)


def _check_quantities(place: str, text: str, year: int) -> None:
    if quantities.has_number(text, year):
        raise DeskError(
            f"the text has a number of its own: {place}",
            "numbers stand in the tables, where the ledger knows them, also those in words; "
            "artikel 9:11 and the year of the report may stay",
        )
    if (named := quantities.place(text)) is not None:
        raise DeskError(
            f"the text names {named}: {place}",
            "no place is ever in a report; say which kind of body, or begin with another word",
        )


def _check(place: str, text: str, year: int) -> None:
    if not text.strip():
        raise DeskError(
            f"nothing says who should act: {place}",
            "a number against nobody is read as a number against the trade; write who can change it",
        )
    if len(text) > MOST_CHARACTERS:
        raise DeskError(f"the text is too long: {place}", f"{MOST_CHARACTERS} characters at most")
    if any(terminal.is_hidden(letter) for letter in text):
        raise DeskError(f"the text has characters that nobody sees: {place}", "type it again")
    _check_quantities(place, text, year)
    if (word := banned(text)) is not None:
        raise DeskError(f"the text says {word[0]}: {place}", f"say instead: {word[1]}")


def check(texts: Texts, report: Report) -> None:
    """Demand one fit text for each table and language; else `DeskError`, which names the place."""
    for language in LANGUAGES:
        for table in needed(report):
            text = texts.get(language, {}).get(table, "")
            _check(f"{language}, {table}", text, report.year)
