"""Who opens a case store, around steps 6 and 7: a handler joins or leaves, a laptop is lost.

Comes in: an opened store, names, and a way to ask each person. Goes out: wraps, a store under a new
key, a line in its log and a check-list to sign. It refuses to know the credential and the sticks.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.keeping import holdings, papers
from desk.keeping.papers import Departure
from desk.keys.passphrase import Ask, shown_once
from desk.store import handlers
from desk.store.door import unlock
from desk.store.event import LOG, Event
from desk.store.vault import Vault
from desk.strings import Strings
from desk.wire.canon import Value

JOINED, LEFT = "handler_joined", "handler_left"


@dataclass(frozen=True, slots=True)
class Change:
    """A handler who left or whose laptop is lost; `absent` are others who cannot be asked now."""

    name: str
    absent: tuple[str, ...]
    out: Path
    on: date


def _log(vault: Vault, kind: str, on: date, values: Mapping[str, Value]) -> None:
    vault.append([Event(LOG, kind, on.isoformat(), vault.handler, values)])


def join(vault: Vault, name: str, today: date) -> list[str]:
    """Let a new handler open the store, with seven words shown once; returns the lines to print."""
    with shown_once(f"the handler {name}") as passphrase:
        handlers.add(vault, name, passphrase)
        _log(vault, JOINED, today, {"handler": name})
    return [f"{name} opens this copy of the case store; `desk backup` brings that to other copies"]


def _ask_all(vault: Vault, names: Collection[str], ask: Ask) -> dict[str, str]:
    """The passphrase of each handler, tried at once: a slip would lock that person out."""
    given = {}
    for name in sorted(names):
        given[name] = ask(f"passphrase of {name}: ")
        unlock(vault.path, vault.identity, name, passphrase=given[name])
    return given


def _staying(vault: Vault, change: Change) -> set[str]:
    present = set(handlers.names(vault.path))
    strangers = {change.name, *change.absent} - present
    if strangers:
        shown = "`desk handler list` shows who can"
        raise DeskError("somebody named here cannot open this case store anyway", shown)
    if vault.handler in change.absent:
        raise DeskError(f"{vault.handler} is here, and cannot be absent")
    return present - {change.name, *change.absent}


def _departure(vault: Vault, change: Change) -> Departure:
    cases = [case for case in Casebook(vault).cases.values() if case.kind == "complaint"]
    kept = holdings.of(vault).keys.values()
    return Departure(
        name=change.name,
        on=change.on,
        store_id=vault.store_id,
        handlers=tuple(handlers.names(vault.path)),
        keys=tuple(sorted(key.id for key in kept if key.use == "intake")),
        cases=len(cases),
        open_cases=sum(not case.is_closed for case in cases),
        practice=vault.practice,
    )


def _finish(paper: Path, text: str, change: Change) -> list[str]:
    papers.write(text, paper)
    again = [f"{name} has to be added again: desk handler add" for name in change.absent]
    return [text, *again, f"print and sign: {paper}"]


def _paper(change: Change, what: str) -> Path:
    paper = change.out / f"{what}-{change.name}-{change.on.isoformat()}.txt"
    papers.refuse_taken(paper)
    return paper


def leave(vault: Vault, change: Change, *, words: Strings, ask: Ask) -> list[str]:
    """Give the store a new key that the leaver has not; returns the check-list's lines.

    Everybody who stays types their own words, which remain the same.
    """
    if change.name == vault.handler:
        raise DeskError("nobody removes themselves", "let another handler do it: --handler NAME")
    staying, paper = _staying(vault, change), _paper(change, "left")
    handlers.rekey(vault, _ask_all(vault, staying, ask))
    _log(vault, LEFT, change.on, {"handler": change.name, "why": "left"})
    return _finish(paper, papers.left(words, _departure(vault, change)), change)


def lose(vault: Vault, change: Change, *, words: Strings, ask: Ask) -> list[str]:
    """Give the store a new key, and the handler whose laptop is lost new words.

    Returns the lines of the check-list, with what is known for the report of a breach.
    """
    staying, paper = _staying(vault, change), _paper(change, "lost")
    given = _ask_all(vault, staying, ask)
    with shown_once(f"the handler {change.name}") as passphrase:
        handlers.rekey(vault, given | {change.name: passphrase})
        _log(vault, LEFT, change.on, {"handler": change.name, "why": "laptop lost"})
        _log(vault, JOINED, change.on, {"handler": change.name})
    return _finish(paper, papers.lost(words, _departure(vault, change)), change)
