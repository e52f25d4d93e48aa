"""The written page keys/README.md, and the Dutch one, followed: every command on it, in order, at a terminal."""

import base64
import json
import re
import shutil
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.keeping import holdings
from desk.keys import shares
from desk.store.vault import Vault
from desk.strings import Strings
from desk.wire import envelope, keylist, seal
from desk.wire.board import signed_file
from desk.wire.keylist import KeyList
from tests.ceremony import ROOT, at_a_terminal, opened
from tests.runbook import LANGUAGES
from tests.samples import complaint, put, text
from tests.soak import count

PAGES = {"en": ROOT / "keys" / "README.md", "nl": ROOT / "keys" / "README.nl.md"}
CEREMONY, QUARTER, SWITCH = date(2026, 12, 1), date(2027, 3, 1), date(2027, 4, 1)
DAYS = {  # English heading: the day on which it is followed
    "The ceremony": CEREMONY,
    "Put a key on paper": CEREMONY,
    "Bring a key back from paper": CEREMONY,
    "Publish the key list": CEREMONY,
    "Sign the site": QUARTER,
    "A day in doubt": QUARTER,
    "Every quarter": QUARTER,
    "Read complaints": SWITCH,
    "Publish the board, every week": SWITCH,
    "Let the drop's store delete": SWITCH,
    "Destroy a key": date(2027, 7, 29),
    "A handler joins": date(2027, 8, 2),
    "A handler leaves": date(2027, 8, 10),
    "A laptop is lost": date(2027, 8, 20),
    "Restore": date(2027, 8, 20),
    "A later version of the desk": date(2027, 8, 20),
}
# What each of the two says of itself alone: the words of the calendar, and where the other language is.
SPOKEN = {"`NOW`", "`URGENT`", "`NU`", "`SPOED`", "README.md", "README.nl.md"}
WITHOUT_DAY = ("init", "check", "backup", "restore", "merge", "open", "list")


@dataclass(frozen=True)
class Step:
    """A command on the page, its heading in English, and the lines that the page says it shows."""

    heading: str
    command: str
    shows: tuple[str, ...]


def headings(language: str) -> list[str]:
    """The parts of a page in their order, without how long each takes."""
    lines = PAGES[language].read_text("utf-8").splitlines()
    return [line[3:].partition(":")[0] for line in lines if line.startswith("## ")]


def steps(language: str = "en") -> list[Step]:
    """What is typed on a page, in its order."""
    found: list[Step] = []
    heading, meant = "", iter(headings("en"))
    for line in PAGES[language].read_text("utf-8").splitlines():
        if line.startswith("## "):
            heading = next(meant)
        elif line.startswith("    desk "):
            found.append(Step(heading, line.strip(), ()))
        elif line.startswith(("    mkdir ", "    cp ")):
            continue  # for the computer with a network, whose part `built` plays
        elif line.startswith("    ") and found:
            last = found[-1]
            found[-1] = Step(last.heading, last.command, (*last.shows, line[4:]))
    return found


@dataclass
class Walk:
    """Somebody who follows the page, keeps every paper, and has a folder in place of each disk."""

    media: Path
    language: str = "en"
    words: dict[str, str] = field(default_factory=dict)  # of a handler, or of a key file
    intake: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    lost_words: dict[str, str] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)  # by each command of the page
    days: dict[str, date] = field(default_factory=lambda: DAYS)

    def ids(self, step: Step) -> dict[str, str]:
        """What stands on the page for a key, and the key that is meant at this step."""
        oldest = step.heading in ("Destroy a key", "Bring a key back from paper")
        found = {"intake-OLD": f"intake-{(self.intake or [''])[0]}"}
        if self.intake:
            meant = self.intake[0 if oldest else -1]
            found |= {"intake-ID": f"intake-{meant}", " ID ": f" {meant} "}
        for use in ("board", "site"):
            names = [path.stem for path in (self.media / "keys").glob(f"{use}-*.key")]
            found |= {f"{use}-ID": name for name in names}
        return found

    def arguments(self, step: Step) -> list[str]:
        line = step.command.removeprefix("desk ")
        places = {"s3://BUCKET": f"{self.media}/bucket", "/media/": f"{self.media}/"}
        for name, meant in (self.ids(step) | places).items():
            line = line.replace(name, meant)
        found = line.split()
        timeless = not {found[0], found[1]}.isdisjoint(WITHOUT_DAY)
        return found if timeless else [*found, "--today", self.days[step.heading].isoformat()]

    def answer(self, question: str) -> str:
        if "print the three sheets" in question:
            self.sheets = [path.read_text("utf-8") for path in self.printed("sheet-*")]
            return ""
        if asked := re.search(r"sheet (\d), word 1: ", question):
            return words_of(self.sheets[int(asked[1])])
        asked = re.search(r"passphrase of (\S+): $", question)
        assert asked is not None, question
        return self.words[asked[1]]

    def printed(self, pattern: str) -> list[Path]:
        return sorted((self.media / "print").glob(pattern))

    def rest(self, heading: str) -> None:
        """Say which day it is, as the page tells after a rest, where a store is there already."""
        store, day = self.media / "cases" / "store", self.days[heading].isoformat()
        if store.is_dir():
            verb = ("day", store, day, "--today", day, "--handler", "anna")
            status, shown = at_a_terminal(*verb, answer=self.answer)
            assert status == 0, shown

    def follow(self, step: Step) -> str:
        """Type one command of the page; what the terminal showed."""
        status, shown = at_a_terminal(*self.arguments(step), answer=self.answer)
        assert status == (2 if "calendar" in step.command else 0), shown
        self.note(shown)
        return shown.replace(f"{self.media}/", "/media/")

    def note(self, shown: str) -> None:
        """Write the seven words on paper, as the page says, and the id of a new intake key."""
        told = re.search(r"passphrase of (?:this key|the handler (\w+)), shown", shown)
        made = re.search(r"^secret key +\S*/(keys2?)/(\S+)$", shown, re.M)
        # The trial with two sheets makes a file that is not kept, and neither are its words.
        if told is None or (made and made[1] == "keys2"):
            return
        name = told[1] or (made[2] if made else "")
        self.lost_words |= {name: self.words[name]} if name in self.words else {}
        self.words[name] = shown.split("never again:")[1].split("\n\n")[1].strip()
        if name.startswith("intake-"):
            self.intake.append(name.removeprefix("intake-").removesuffix(".key"))


def words_of(sheet: str) -> str:
    found = re.findall(r"(?:^| )(\d+) ([a-z]+)", sheet, re.M)
    numbered = {int(number): word for number, word in found}
    return " ".join(numbered[number] for number in range(1, shares.WORDS + 1))


def published(media: Path) -> KeyList:
    """The key list on the stick, checked with the site key."""
    half = next((media / "keys").glob("site-*.pub")).read_text("ascii")
    site = base64.b64decode(json.loads(half)["public"])
    return keylist.parse((media / "stick" / "keys.json").read_text("ascii"), site)


def seal_around(media: Path, switch: date) -> None:
    """Seal a complaint on each day around a switch, with clocks up to 48 hours wrong."""
    listed = published(media)
    for number, day in enumerate(switch + timedelta(near) for near in (-3, -2, -1, 0, 1, 2, 3)):
        for wrong in (-2, 0, 2):
            entry = keylist.pick(listed, today=day + timedelta(wrong), built=CEREMONY)
            assert entry is not None
            words = complaint(complaint_id=f"{number:030x}{wrong + 2:02x}")
            sealed = seal.seal(
                envelope.build_plaintext(text(words)), base64.b64decode(entry.public)
            )
            put(media / "bucket" / "in", sealed)


def believe(media: Path) -> None:
    """Put the two files into the folder of who publishes, as the page says."""
    for path in (*(media / "keys").glob("site-*.pub"), media / "stick" / "keys.json"):
        shutil.copy(path, media / "trust")


def bundled(folder: Path) -> None:
    """A folder as `make desk-bundle` makes it, of one file; `test_bundle_install` has whole ones."""
    folder.mkdir()
    (folder / "VERSION").write_text("0.2.0\n")
    digits = sha256(b"0.2.0\n").hexdigest()
    (folder / "SHA256SUMS").write_text(f"{digits}  VERSION\n")


def built(walk: Walk, step: Step) -> None:
    """The small files of a site on the stick, after three releases that were signed before."""
    site = walk.media / "stick" / "site"
    site.mkdir()
    commit = "5b0e6c7d0f4a3f1f7a2f8f5d3c1b9e8d7c6b5a4f"
    said = {"practice": False, "site_url": "https://desk.example", "source": commit}
    (site / "built.json").write_text(json.dumps(said, separators=(",", ":")), "utf-8")
    shutil.copy(walk.media / "stick" / "keys.json", site)
    listed = {path.name: sha256(path.read_bytes()).hexdigest() for path in site.iterdir()}
    listed |= {f"nl/{number:04}/index.html": "0" * 64 for number in range(5215 - len(listed))}
    lines = "".join(f"{digits}  {path}\n" for path, digits in sorted(listed.items()))
    (site / "SHA256SUMS").write_text(lines, "ascii")
    *line, _ = walk.arguments(step)
    for days in (90, 60, 30):
        day = (QUARTER - timedelta(days)).isoformat()
        status, shown = at_a_terminal(*line, day, answer=walk.answer)
        assert status == 0, shown


def find(line: str, shown: list[str]) -> int:
    """Where a line of the page stands among those shown, for other keys and another store."""
    pattern = re.escape(line)
    for digits in (64, 40, 32, 16):
        whole = rf"(?<![0-9a-f])[0-9a-f]{{{digits}}}(?![0-9a-f])"
        pattern = re.sub(whole, f"[0-9a-f]{{{digits}}}", pattern)
    return next(n for n, one in enumerate(shown) if re.fullmatch(pattern, one.rstrip()))


@pytest.fixture(scope="module", params=LANGUAGES[: count(2, 1)])
def walk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Follow the whole page of a language, once, in the order of its lines."""
    walk = Walk(tmp_path_factory.mktemp("media"), request.param)
    for name in ("keys", "cases", "copy", "stick", "print", "bucket", "trust", "board"):
        (walk.media / name).mkdir(mode=0o700)
    bundled(walk.media / "stick" / "desk-bundle")
    heading = ""
    for step in steps(walk.language):
        if step.heading != heading:
            heading = step.heading
            walk.rest(heading)
        if step.command.startswith("desk fetch") and heading == "Read complaints":
            seal_around(walk.media, SWITCH)
        if step.command.startswith("desk sign"):
            built(walk, step)
        if step.command.startswith("desk publish"):
            believe(walk.media)
        walk.shown.append(walk.follow(step))
    return walk


def test_both_languages_say_to_do_the_same() -> None:
    """The same headings, tables, lists and commands, and the lines that the desk says in English only."""
    english, dutch = (PAGES[language].read_text("utf-8") for language in LANGUAGES)
    for mark in (r"^#+(?= )", r"^\| ?", r"^- ", r"^\d+\. ", r"\b\d+(?= minut)"):
        assert re.findall(mark, english, re.M) == re.findall(mark, dutch, re.M), mark
    commands = [one.command.removesuffix(" --language en") for one in steps("en")]
    assert [one.command for one in steps("nl")] == commands
    assert [bool(one.shows) for one in steps("nl")] == [bool(one.shows) for one in steps("en")]
    for code in (r"`[^`\n]+`", r"\]\(([^)]+)\)"):
        spans = [set(re.findall(code, text)) for text in (english, dutch)]
        assert spans[0] ^ spans[1] <= SPOKEN, spans[0] ^ spans[1]


def refused(store: Path, name: str, words: str) -> bool:
    try:
        Vault.open(store, name, words).close()
    except DeskError:
        return True
    return False


def test_every_page_part_is_followed_on_its_day() -> None:
    """No heading with commands is without a day, and no day without a heading."""
    for language in LANGUAGES:
        assert {step.heading for step in steps(language)} == set(DAYS)
        assert len(steps(language)) > 30


def test_the_tool_shows_what_the_page_says_it_shows(walk: Walk) -> None:
    """Each line under a command is shown by that command, in this order."""
    for step, shown in zip(steps(walk.language), walk.shown, strict=True):
        lines = shown.splitlines()
        for line in step.shows:
            if line != "...":
                lines = lines[find(line, lines) + 1 :]


def test_the_ceremony_makes_keys_that_the_published_list_holds(walk: Walk) -> None:
    """One board key, the site key that signed, and intake keys without a gap at the change."""
    listed = published(walk.media)
    assert not listed.practice
    days = [(entry.not_before, entry.not_after) for entry in listed.of("intake")]
    assert days == [
        ("2027-04-01", "2027-06-30"),
        ("2027-08-10", "2027-09-30"),
        ("2027-08-20", "2027-09-30"),
    ]
    assert len(walk.intake) == 4


def test_the_paper_gave_back_the_same_key(walk: Walk) -> None:
    """The trial made a file with the public half of the first intake key, and no sheet is left."""
    name = f"intake-{walk.intake[0]}.key"
    again = (walk.media / "keys2" / name).read_text("ascii")
    assert f"# id: {walk.intake[0]}\n" in again
    assert len(walk.sheets) == 3
    assert walk.printed("sheet-*") == []


def test_complaints_around_the_change_with_clocks_48_hours_wrong_are_all_there(walk: Walk) -> None:
    """All of them were imported, sealed to two keys, and are in the restored store."""
    with opened(walk.media / "cases" / "restored", "anna", walk.words["anna"]) as vault:
        book, held = Casebook(vault), holdings.of(vault)
    assert len(book.cases) == 21
    assert len(held.objects) == 21
    assert set(held.objects.values()) == set(walk.intake[:2])


def test_the_board_stands_on_the_site_and_the_drop_is_empty(walk: Walk) -> None:
    """What was published is signed with the board key of the list; what was purged two stores hold."""
    board_key = base64.b64decode(published(walk.media).of("board")[0].public)
    found = signed_file.parse((walk.media / "board" / "board.bin").read_bytes(), board_key)
    assert (found.heading.epoch, found.heading.published) == (1, SWITCH)
    assert list((walk.media / "bucket" / "in").iterdir()) == []


def test_the_destroyed_key_is_gone_everywhere(walk: Walk) -> None:
    """No file, no key in the copies that were kept up to date, and a paper to sign."""
    gone = walk.intake[0]
    assert not list((walk.media / "keys").glob(f"*-{gone}.key"))
    for place in ("cases/restored", "copy/store"):
        with opened(walk.media / place, "anna", walk.words["anna"]) as vault:
            held = holdings.of(vault)
        assert held.destroyed == {gone}
        assert {key.id for key in held.keys.values() if key.use == "intake"} == set(walk.intake[1:])
    (paper,) = walk.printed("destroyed-*")
    said = Strings(walk.language).texts["keeping.checked.received"].partition("{received}")[2]
    assert said in paper.read_text("utf-8")


def test_the_leaver_and_the_lost_laptop_open_nothing(walk: Walk) -> None:
    """Neither the words of who left nor the old words of whose laptop is lost."""
    for place in ("cases/restored", "copy/store"):
        store = walk.media / place
        assert refused(store, "chris", walk.words["chris"])
        assert refused(store, "bram", walk.lost_words["bram"])
        assert not refused(store, "bram", walk.words["bram"])
    assert len(walk.printed("left-chris-*")) == len(walk.printed("lost-bram-*")) == 1


def test_no_seven_words_stand_in_any_file(walk: Walk) -> None:
    """Neither on the key stick, nor in a store, nor on what was printed."""
    secret = {words.encode() for words in (*walk.words.values(), *walk.lost_words.values())}
    assert len(secret) == 10
    for path in walk.media.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not any(words in content for words in secret), path
