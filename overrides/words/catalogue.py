"""One file of short strings as translators share it (step 1): the text of a .po file in, texts by id out.

`msgctxt` is the id, `msgid` the Dutch text and `msgstr` the translation, so that every editor of such files shows
the original. The original itself has its text in `msgid`. A translation of an older Dutch text is kept and known
to be behind. It reads no folder and writes nothing: an editor or msgmerge saves, and loses nothing.
"""

import re
import string
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from overrides.words import checker, yaml_file
from overrides.words.errors import Gathered, SiteError

if TYPE_CHECKING:
    import polib

ORIGINAL = "nl"
# polib takes a note only with a space behind its sign; gettext itself does not ask for one.
_LINE = re.compile(
    r'(?:#(?:[,.:|]|~\|?)?(?:\s.*)?|##.*|(?:msg[a-z_]+(?:\[\d\])?\s*)?"(?:[^"\\]|\\.)*")?'
)
# By role and day, as in the front matter of a page; editors keep a line of a header that they do not know.
_CHECKER = re.compile(r"(?:^|\\n)X-Native-Checker:(.*?)(?:\\n|$)")
_HEADER = re.compile(r'^msgid ""\n((?:(?:msgstr )?".*"\n)+)', re.M)


@dataclass(frozen=True)
class Catalogue:
    """By id the text, and the Dutch text that it was made from; empty where nobody can tell from which."""

    texts: dict[str, str]
    made_from: dict[str, str]


def load(path: Path, *, unfinished: bool = False) -> Catalogue:
    """Read a file; a text that is empty, unfinished, given twice or not to be filled is refused, all at once.

    With `unfinished` one that is empty or unfinished is left out instead, for who counts what is still to be done.
    """
    if not path.is_file():
        hint = "every language needs a file in overrides/locale"
        raise SiteError(f"there is no {path.name}", hint)
    return _read(yaml_file.text(path), path.name, unfinished)


def is_checked(path: Path) -> bool:
    """Whether the header of a file names who checked it as a native speaker; of no file there is nothing to check.

    Gettext and Poedit break a line of the header that is long; `SiteError` for one without who or the day.
    """
    if not path.is_file():
        return True
    header = _HEADER.search(yaml_file.text(path))
    found = _CHECKER.search("".join(re.findall(r'"(.*)"', header[1])) if header else "")
    said = found[1].strip() if found else ""
    if said and not checker.day_of(said):
        where = path.name if path.parent.name == "locale" else f"{path.parent.name}/{path.name}"
        raise SiteError(f"{where}: X-Native-Checker is `{said}`", checker.HINT)
    return bool(said)


@lru_cache(maxsize=64)
def _read(written: str, name: str, unfinished: bool) -> Catalogue:
    """What is checked before a build is not read once more for it."""
    everything = entries(written, name)
    nameless = (one for one in everything if not one.msgctxt and not one.obsolete)
    for entry in nameless:  # one is enough: where one has no id, none may have
        hint = 'write its id above it, as msgctxt "home.title"'
        raise SiteError(f"{name}, line {entry.linenum}: a text has no id", hint)
    retired = {one.msgctxt: one for one in everything if one.obsolete and one.msgctxt}
    found = Catalogue({}, {})
    gathered = Gathered()
    for entry in everything:
        if not entry.obsolete:
            with gathered.part():
                _add(found, entry, retired.get(entry.msgctxt), name)
                if unfinished and not found.texts[entry.msgctxt].strip():
                    del found.texts[entry.msgctxt], found.made_from[entry.msgctxt]
                    continue
                _refuse_text(name, entry.msgctxt, found.texts[entry.msgctxt])
    gathered.refuse()
    return found


def entries(written: str, name: str) -> "list[polib.POEntry]":
    """All entries of a .po file, with those behind `#~`, which an editor keeps of deleted strings."""
    import polib  # not for strings that are kept

    hint = r"write each text between quotes, a quote inside it as \", and a space behind # or #,"
    for number, line in enumerate(written.splitlines(), 1):
        # polib itself takes the first and the last sign away, whether they are quotes or not.
        if not _LINE.fullmatch(line.strip()):
            raise SiteError(f"{name}, line {number}: cannot be read", hint)
    try:
        return list(polib.pofile(written))
    except (OSError, ValueError, IndexError) as error:
        line_of = re.search(r"line (\d+)", str(error))
        where = f", line {line_of[1]}" if line_of else ""
        raise SiteError(f"{name}{where}: cannot be read", hint) from None


def _add(
    found: Catalogue, entry: "polib.POEntry", retired: "polib.POEntry | None", name: str
) -> None:
    string_id = entry.msgctxt
    if string_id in found.texts:
        raise SiteError(f"{name} has the id {string_id} twice", "keep one of them")
    of_original = name == f"{ORIGINAL}.po"
    if of_original and entry.msgstr not in ("", entry.msgid):
        hint = "write the text behind msgid, and nothing behind msgstr"
        raise SiteError(f"{name} has two texts for {string_id}", hint)
    made_from, text = (entry.msgid,) * 2 if of_original else _kept(entry, retired)
    found.texts[string_id], found.made_from[string_id] = text, made_from


def _refuse_text(name: str, string_id: str, text: str) -> None:
    if not text.strip():
        hint = "translate it, and take away the mark fuzzy"
        raise SiteError(f"{name} has no finished text for {string_id}", hint)
    if re.search("[<>&]", text):
        hint = "write it without < > and &: no string holds HTML"
        raise SiteError(f"{name} has a sign of HTML in {string_id}", hint)
    try:
        placeholders(text)
    except ValueError:
        hint = "write a placeholder as {name}, with both braces, and no other brace"
        raise SiteError(f"{name} has a brace that is no placeholder in {string_id}", hint) from None


def _kept(entry: "polib.POEntry", retired: "polib.POEntry | None") -> tuple[str, str]:
    """From which Dutch text, and the translation; after a change of Dutch the one that stood there before.

    msgmerge marks that one fuzzy, or puts it behind `#~` and leaves a blank. A fuzzy text with the id of another
    string before it, or with none, is a guess, and nobody's translation.
    """
    if not entry.fuzzy and entry.msgstr.strip():
        return entry.msgid, entry.msgstr
    if entry.fuzzy and entry.previous_msgctxt == entry.msgctxt:
        return entry.previous_msgid or "", entry.msgstr
    if retired and not retired.fuzzy:
        return retired.msgid, retired.msgstr
    return "", ""


def placeholders(text: str) -> frozenset[str]:
    """Names of the `{placeholders}` in a text; `ValueError` for a brace that is none."""
    found = set()
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise ValueError(name)
        found.add(name)
    return frozenset(found)
