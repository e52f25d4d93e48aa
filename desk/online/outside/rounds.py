"""Every file of a site asked for from outside (steps 2 and 9): as several browsers and languages, of several machines.

Comes in: what was signed, and whom to ask. Goes out: each difference, and how much was asked. What runs in a browser or
seals is asked for as everybody; any other file as each program, in a language drawn anew each time. It refuses to
know who signed.
"""

import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from threading import local

from desk.online.outside import compared, readers, tally
from desk.online.outside.asking import Answer, Line, Reader
from desk.online.outside.compared import INDEX, NOT_FOUND, Difference, Signed
from desk.online.outside.connecting import Patience, Place, SilentError, StrangerError
from desk.online.outside.tally import Found

LOOK_S = 6_000.0  # a look at one machine; the unit of the handbook waits longer, so that what was found is written
_WHOLE_TIMES = 10  # as much is asked when every file is asked for as everybody
LINES = 6  # connections at a time, to all machines together
_RUNS = (".js", ".css", ".svg", ".json")
_NEVER = ("keys.json", "headers.json", "built.json", "index.html", NOT_FOUND)
_AHEAD = 200  # answers that are held at a time
_WRITTEN_TWICE = 40  # pages that are asked for with their index and without their slash too
# Served by others than the build, which has no line for them: WIRE.md section 6.2.
BESIDE = frozenset({"/SHA256SUMS", "/manifests.jsonl", "/board.bin", "/board.probe", "/drop"})
# What a host could lay there unlisted, and a browser or a program finds by its name.
PROBES = (
    "/sw.js",
    "/service-worker.js",
    "/serviceworker.js",
    "/worker.js",
    "/ngsw-worker.js",
    "/firebase-messaging-sw.js",
    "/manifest.json",
    "/manifest.webmanifest",
    "/site.webmanifest",
    "/robots.txt",
    "/favicon.ico",
    "/apple-touch-icon.png",
    "/.well-known/security.txt",
    "/.well-known/change-password",
    "/.well-known/assetlinks.json",
    "/.well-known/apple-app-site-association",
    "/crossdomain.xml",
    "/clientaccesspolicy.xml",
    "/index.htm",
    "/index.php",
    "/admin/",
    "/.git/HEAD",
    "/.htaccess",
)


@dataclass(frozen=True, slots=True)
class Who:
    """Whom to ask: machines, and as whom. `whole` asks for every file as everybody.

    `programs` has for each program its readers, drawn anew without end; `drawn` those of all programs.
    """

    places: Sequence[Place]
    everybody: Sequence[Reader]
    programs: Sequence[Iterator[Reader]]
    drawn: Iterator[Reader]
    whole: bool
    patience: Patience


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


@dataclass(frozen=True, slots=True)
class Question:
    """One request: the file, where it is asked for, of which machine and as whom; `kind` says what must come."""

    kind: str
    path: str
    at: str
    place: Place
    reader: Reader


def seals(signed: Signed, path: str) -> bool:
    """Whether a file runs in a browser, is what everything else is held against, or is a page that seals."""
    at = compared.asked_at(path)
    return path.endswith(_RUNS) or path in _NEVER or at in signed.paths


def _files(signed: Signed, who: Who) -> Iterator[Question]:
    """Every file of the list: what is altered for one program alone is always met."""
    for path in signed.sums:
        if path == NOT_FOUND:
            continue
        at = compared.asked_at(path)
        for place in who.places:
            is_for_all = who.whole or seals(signed, path)
            for reader in who.everybody if is_for_all else map(next, who.programs):
                yield Question("file", path, at, place, reader)


def _spellings(signed: Signed, who: Who) -> Iterator[Question]:
    """Pages at their index and without their slash, all that seal and some drawn anew; parts and heads."""
    pages = [path for path in signed.sums if path.endswith(f"/{INDEX}")]
    sealing = [path for path in pages if seals(signed, path)]
    others = [path for path in pages if not seals(signed, path)]
    drawn = secrets.SystemRandom().sample(others, min(_WRITTEN_TWICE, len(others)))
    for place in who.places:
        for path in others + sealing if who.whole else drawn + sealing:
            yield Question("spelling", path, f"/{path}", place, next(who.drawn))
            yield Question(
                "bare", path, compared.asked_at(path).rstrip("/"), place, next(who.drawn)
            )
        for path in filter(lambda one: seals(signed, one) and one != NOT_FOUND, signed.sums):
            yield Question("head", path, compared.asked_at(path), place, next(who.drawn))
            yield Question("part", path, compared.asked_at(path), place, next(who.drawn))


def _absent(signed: Signed, who: Who, linked: Iterable[str]) -> Iterator[Question]:
    """Paths where nothing may be: any, those that a program looks for, and those to which pages lead unlisted."""
    listed = {compared.asked_at(path) for path in signed.sums} | {
        f"/{path}" for path in signed.sums
    }
    listed |= {at.rstrip("/") for at in listed} | BESIDE
    maps = [f"/{path}.map" for path in signed.sums if path.endswith((".js", ".css"))]
    tops = {f"/{path.partition('/')[0]}/" for path in signed.sums if "/" in path} | {"/"}
    anywhere = [
        f"{top}{secrets.token_hex(6)}{end}" for top in sorted(tops) for end in (".html", "/")
    ]
    paths = [*PROBES, *maps, *(f"{top}sw.js" for top in sorted(tops)), *anywhere, *linked]
    for place in who.places:
        for path in dict.fromkeys(one for one in paths if one not in listed):
            yield Question("absent", NOT_FOUND, path, place, next(who.drawn))
    for reader in who.everybody:
        for place in who.places:
            yield Question("absent", NOT_FOUND, f"/{secrets.token_hex(6)}/", place, reader)


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
            asked = (*plain, ("Accept-Encoding", "identity"), ("Range", "bytes=1-9"))
            answer = self._ask(one.place, "GET", one.at, asked)
            yield from compared.part(one.at, got.octets, 1, 9, answer)
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
        found.linked |= compared.linked(one.at, got.octets)
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
    asking = _Asking(signed, who.patience)
    with ThreadPoolExecutor(LINES) as threads:

        def ask(questions: Iterator[Question]) -> None:
            while not found.is_stopped and (block := list(islice(questions, _AHEAD))):
                futures = [threads.submit(asking.answer, one) for one in block]
                for future in futures:
                    _note(found, *future.result())
                    if found.is_stopped:
                        for left in futures:
                            left.cancel()
                        return

        ask(_files(signed, who))
        ask(_spellings(signed, who))
        ask(_absent(signed, who, sorted(found.linked)))
    asking.close()
    found.seconds = time.monotonic() - began
    return found
