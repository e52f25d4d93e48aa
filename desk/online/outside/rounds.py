"""Every file of a site asked for from outside (steps 2 and 9): as several browsers and languages, of several machines.

Comes in: what was signed, and whom to ask. Goes out: each difference, and how much was asked. It refuses to know who
signed.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from threading import local

from desk.online.outside import asking, compared, links, questions, readers, tally
from desk.online.outside.asking import Answer, Line
from desk.online.outside.compared import Difference, Signed
from desk.online.outside.connecting import Patience, Place, SilentError, StrangerError
from desk.online.outside.questions import Question, Who
from desk.online.outside.tally import Found

LOOK_S = 6_000.0  # a look at one machine; the unit of the handbook waits longer, so that what was found is written
_WHOLE_TIMES = 10  # as much is asked when every file is asked for as everybody
LINES = 6  # connections at a time, to all machines together
_AHEAD = 200  # answers that are held at a time


def who(
    places: Sequence[Place],
    agents: Sequence[str],
    languages: Sequence[str],
    *,
    whole: bool = False,
    patience: Patience | None = None,
) -> Who:
    """These machines, as these programs in these languages."""
    programs = [readers.drawn([agent], languages) for agent in agents]
    everybody, drawn = readers.every(agents, languages), readers.drawn(agents, languages)
    if patience is None:
        seconds = LOOK_S * len(places) * (_WHOLE_TIMES if whole else 1)
        patience = Patience(until=time.monotonic() + seconds)
    return Who(places, everybody, programs, drawn, whole, patience)


class _Asking:
    """The threads of a round, each with a connection of its own to each machine."""

    def __init__(self, signed: Signed, patience: Patience) -> None:
        self._signed, self._own, self._lines = signed, local(), list[Line]()
        self._patience = patience

    def _ask(
        self, place: Place, method: str, at: str, headers: tuple[tuple[str, str], ...]
    ) -> Answer:
        lines: dict[Place, Line] = self._own.__dict__.setdefault("lines", {})
        if place not in lines:
            lines[place] = Line(place, self._patience)
            self._lines.append(lines[place])
        return lines[place].ask(method, at, headers)

    def answer(self, one: Question) -> tuple[Question, Answer | None, list[Difference]]:
        """Ask one question; the answer is `None` where nobody gave one."""
        try:
            got = self._ask(one.place, "GET", one.at, one.reader.headers)
            found = tally.shortened(list(self._compare(one, got)))
        except StrangerError as error:
            got, found = Answer(0, (), b""), [Difference("changed", one.at, error.message)]
        except SilentError:
            return one, None, []
        seen = [replace(each, reader=one.reader.name, machine=one.place.machine) for each in found]
        # What was altered is not held: 200 answers of 64 MiB would fill the machine.
        return one, got if one.kind == "file" and not seen else replace(got, octets=b""), seen

    def _compare(self, one: Question, got: Answer) -> Iterator[Difference]:
        signed = self._signed
        if one.kind == "absent":
            yield from compared.absent(signed, one.at, got)
        elif one.kind == "bare" or (one.kind == "spelling" and compared.is_moved(got)):
            yield from compared.folder(signed, one.at, got)
        elif one.kind == "head":
            bare = self._ask(one.place, "HEAD", one.at, one.reader.headers)
            yield from compared.head(signed, one.at, got, bare)
        elif one.kind == "part":
            plain = tuple(pair for pair in one.reader.headers if pair[0] != "Accept-Encoding")
            first, last = (0, asking.MAX_BYTES) if one.path.endswith(questions.IN_PARTS) else (1, 9)
            span = f"bytes={first}-" + ("" if first == 0 else str(last))
            asked = (*plain, ("Accept-Encoding", "identity"), ("Range", span))
            answer = self._ask(one.place, "GET", one.at, asked)
            yield from compared.part(signed, one.at, got.octets, first, last, answer)
        elif one.kind == "beside":
            yield from compared.beside(signed, one.at, got)
        elif one.kind == "otherwise":
            yield from compared.otherwise(signed, one.path, one.at, got)
        else:
            yield from compared.file(signed, one.path, one.at, got)

    def close(self) -> None:
        """End every connection."""
        for line in self._lines:
            line.close()


def _note(found: Found, one: Question, got: Answer | None, differences: list[Difference]) -> None:
    found.requests += 1
    if got is None:
        found.silent.append(one.at)
        found.in_a_row.add(f"{one.place.machine} {one.at}")
        return
    found.in_a_row.clear()
    found.octets += len(got.octets)
    found.keep(differences)
    if one.kind == "file" and one.path.endswith(".html") and not differences:
        found.linked |= links.linked(one.at, got.octets)
    # A mark that differs from reader to reader comes back with the next visit, as a cookie does.
    for name in ("etag", "last-modified"):
        value = ", ".join(got.all_of(name))
        key = (one.place.machine, one.at, name, ", ".join(got.all_of("content-encoding")))
        if one.kind == "file" and found.marks.setdefault(key, value[:999]) != value[:999]:
            said = f"{name} differs from visit to visit: it can tell readers apart"
            name_of, machine = one.reader.name, one.place.machine
            found.keep([Difference("header changed", one.at, said, name_of, machine)])


def go(signed: Signed, who: Who) -> Found:
    """Ask for everything once, or until nobody answers any more; returns what was found."""
    found, began = Found(), time.monotonic()
    round_ = _Asking(signed, who.patience)
    with ThreadPoolExecutor(LINES) as threads:

        def ask(them: Iterator[Question]) -> None:
            while not found.is_stopped and (block := list(islice(them, _AHEAD))):
                futures = [threads.submit(round_.answer, one) for one in block]
                for future in futures:
                    _note(found, *future.result())
                    if found.is_stopped:
                        for left in futures:
                            left.cancel()
                        return

        ask(questions.files(signed, who))
        ask(questions.spellings(signed, who))
        ask(questions.served_beside(who))
        ask(questions.absent(signed, who, sorted(found.linked)))
    round_.close()
    found.seconds = time.monotonic() - began
    return found
