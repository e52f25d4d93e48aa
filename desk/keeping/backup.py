"""The paper backup of a secret key, around steps 2 and 6: three sheets out, two sheets in.

Comes in: a locked key file, or the words of two sheets. Goes out: sheets that stay on disk only
until they are printed, or the same key file with a new passphrase. It refuses to know the network.
"""

from datetime import date
from pathlib import Path

from desk.errors import DeskError
from desk.keeping import papers
from desk.keys import ceremony, secret_keys, shares
from desk.keys.passphrase import Ask
from desk.keys.secret_keys import SecretKey
from desk.keys.shares import Sheet, WrongWord
from desk.strings import Strings
from desk.wire import envelope
from desk.wire.keylist import Use

_WAIT = "print the three sheets, look at each print, then press Enter to remove the files: "


def share(path: Path, out: Path, *, words: Strings, ask: Ask, today: date) -> list[str]:
    """Write three sheets into the folder `out`, wait until they are printed, and remove them.

    Raises `DeskError` for a practice key, or when a sheet lies there already.
    """
    key = secret_keys.read(path, ask)
    if key.practice:
        raise DeskError("a practice key has nothing to keep on paper")
    entry = ceremony.half_of(path.parent, key.id).entry
    secret_keys.refuse_published(out)
    paths = [out / f"sheet-{number}-{entry.use}-{entry.id}.txt" for number in (1, 2, 3)]
    for sheet in paths:
        papers.refuse_taken(sheet)
    split = shares.split(key.seed)
    try:
        for number, (sheet, of) in enumerate(zip(paths, split, strict=True), 1):
            papers.write(papers.sheet(words, entry, number, of=of, on=today), sheet)
        ask(f"{', '.join(map(str, paths))}\n{_WAIT}")
    finally:
        # Any two of these files are the key in clear.
        papers.wipe_all(paths)
    return ["the three files are overwritten and removed; the prints are the only sheets"]


def _mend(typed: list[str], number: int, ask: Ask) -> Sheet:
    """Ask again for the one word that its checksum shows to be wrong, until the sheet is right."""
    while True:
        try:
            shares.check(tuple(typed))
        except WrongWord as wrong:
            again = ask(f"sheet {number}, word {wrong.position} is wrong, type it again: ").split()
            if len(again) != 1:
                raise
            typed[wrong.position - 1] = again[0].lower()
        else:
            return tuple(typed)


def read_sheet(number: int, ask: Ask) -> Sheet:
    """Ask for the 33 words of a sheet, one or more at a time."""
    typed: list[str] = []
    while len(typed) < shares.WORDS:
        more = ask(f"sheet {number}, word {len(typed) + 1}: ").lower().split()
        if not more:
            raise DeskError(f"sheet {number} has {shares.WORDS} words", "type all of them")
        typed += more
    return _mend(typed, number, ask)


def combine(
    entry_id: tuple[Use, str], days: tuple[date, date], out: Path, *, ask: Ask, today: date
) -> list[str]:
    """Make the key file again out of two sheets, locked with a new passphrase; lines to print.

    Raises `DeskError` when the words do not give the key that the sheet names.
    """
    use, name = entry_id
    seed = shares.combine([read_sheet(number, ask) for number in (1, 2)])
    public = secret_keys.public_of(use, seed)
    if envelope.key_id(public) != name:
        hint = "compare the use and the id with the sheet"
        raise DeskError("these sheets are of another key", hint)
    key = SecretKey(use, name, today.isoformat(), public, False, seed)
    return ceremony.put(key, out, days)
