"""Does `desk verify` name what a host spoils, and does the small verifier, where it can."""

import json
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.online.outside import readers, rounds, verifying
from desk.online.outside.verifying import Told
from tests import attacks, practice, signed_site, trusted
from tests.attacks import ATTACKS, Attack
from tests.signed_site import TODAY, Served
from tests.soak import SOAK
from tests.spoiler import MACHINES, Asked, Given

AGENTS, LANGUAGES = ("android", "firefox"), ("nl-NL", "ro-RO")
SMALL = practice.REPO / "keys" / "verify.py"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with signed_site.served(tmp_path_factory.mktemp("signed")) as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of a machine that watches."""
    return signed_site.watching(tmp_path / "watch")


def look(
    site: Served, folder: Path, *, on: date = TODAY, machines: Sequence[str] = MACHINES
) -> Told:
    """Look at these addresses as two programs in two languages."""
    places = verifying.places(site.address, list(machines))
    return verifying.verify(folder, rounds.who(places, AGENTS, LANGUAGES), today=on)


def small(site: Served, *given: object) -> tuple[int, str]:
    """Run the small verifier as an outsider does: its exit code, and what it prints."""
    command = [sys.executable, SMALL, site.address, "--site-key", trusted.pin(), *given]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def word(told: Told, name: str) -> str:
    return str({one["name"]: one["word"] for one in told.record["checks"]}[name])


def said(told: Told, name: str) -> str:
    return str({one["name"]: one["said"] for one in told.record["checks"]}[name])


def test_a_site_as_it_was_signed_is_well(site: Served, folder: Path, tmp_path: Path) -> None:
    """Twice, in plain requests with nothing of ours in them, packed in each way; the log is kept, and is public."""
    site.host.seen.clear()
    for _ in range(2):
        told = look(site, folder)
        assert (told.code, told.record["differences"]) == (0, []), told.text
    assert (folder / "manifests.jsonl").read_bytes() == (
        site.site.site / "manifests.jsonl"
    ).read_bytes()
    browser = "accept,accept-encoding,accept-language,host,user-agent"
    ranged = "accept,accept-encoding,accept-language,host,range,user-agent"
    assert site.host.seen == {("GET", browser), ("HEAD", browser), ("GET", ranged)}
    assert small(site, "--log", tmp_path / "log", "--built", site.site.site) == (0, "all well\n")
    assert small(site, "--log", tmp_path / "log") == (0, "all well\n")


def test_every_attack_on_an_answer_is_named(site: Served, folder: Path) -> None:
    """All at once, each at a place of its own; the small verifier names each that it can see."""

    def spoil(asked: Asked, given: Given) -> None:
        for attack in ATTACKS:
            attack.spoil(asked, given)

    with site.host.spoiling(spoil):
        told, (code, printed) = look(site, folder), small(site)
    assert (told.code, code) == (1, 1)
    assert [one.name for one in ATTACKS if one.named not in told.text] == []
    assert [one.name for one in ATTACKS if one.small and one.small not in printed] == []


def test_each_page_altered_for_one_program_alone_is_named(site: Served, folder: Path) -> None:
    """As the verb asks without a word more: pages for reading, for one old phone, in whatever language it comes."""

    def spoil(asked: Asked, given: Given) -> None:
        if asked.path.startswith("/nl/p/") and "Android 6.0.1" in asked.headers.get(
            "user-agent", ""
        ):
            attacks.turn(given)

    with site.host.spoiling(spoil):
        done = practice.desk("verify", site.address, "--folder", folder, "--today", TODAY, "--json")
    found = [one for one in json.loads(done.stdout)["differences"] if one["kind"] == "changed"]
    listed = (site.site.site / "SHA256SUMS").read_text("ascii").splitlines()
    pages = {f"/{line[66:].removesuffix('index.html')}" for line in listed if "  nl/p/" in line}
    named = {one["path"] for one in found if one["path"].endswith("/")}
    assert (done.returncode, named) == (1, pages)
    assert {one["reader"].partition(",")[0] for one in found} == {"old-android"}


@pytest.mark.skipif(not SOAK, reason="one by one in a soak; all at once above")
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.name)
def test_each_attack_alone_is_named_and_nothing_else(
    site: Served, folder: Path, attack: Attack
) -> None:
    """One path, in all lines; what the small verifier cannot see, it takes for well."""
    with site.host.spoiling(attack.spoil):
        told, (code, printed) = look(site, folder), small(site)
    assert told.code == 1
    assert attack.named in told.text
    assert len({one["path"] for one in told.record["differences"]}) == 1
    assert (code, attack.small in printed) == ((1, True) if attack.small else (0, True))
    assert bool(attack.small) != bool(attack.why)


def test_an_answer_that_means_harm_is_named_and_breaks_nothing(site: Served, folder: Path) -> None:
    """Where a redirect leads nowhere, how an answer is packed is said twice, and a value moves a cursor."""
    wrong = {
        "/nl/p/0/": attacks.header("referrer-policy", "a\x1b[2J"),
        "/nl/p/1": attacks.become(301, location="https://[/"),
        "/nl/p/2/": attacks.more("Content-Encoding", "identity"),
        "/nl/p/3/": attacks.more("x-long", "a" * 9_000),
    }

    def spoil(asked: Asked, given: Given) -> None:
        wrong.get(asked.path, lambda _: None)(given)
        if asked.path == "/nl/p/2/":
            given.headers["content-encoding"] = "gzip"

    with site.host.spoiling(spoil):
        told, (code, printed) = look(site, folder), small(site)
    assert (told.code, code) == (1, 1)
    assert {"/nl/p/0/", "/nl/p/1", "/nl/p/2/", "/nl/p/3/"} <= {
        one["path"] for one in told.record["differences"]
    }
    assert "\x1b" not in told.text + printed
    assert max(len(one["said"]) for one in told.record["differences"]) < 400


def test_one_byte_of_each_file_is_named(site: Served, folder: Path) -> None:
    """Of every file that the site serves, by both."""

    def spoil(asked: Asked, given: Given) -> None:
        if asked.path not in (
            "/SHA256SUMS",
            "/manifests.jsonl",
            "/board.bin",
            "/headers.json",
            "/keys.json",
        ):
            attacks.turn(given)

    with site.host.spoiling(spoil):
        told, (code, printed) = look(site, folder), small(site)
    listed = {line[66:] for line in (site.site.site / "SHA256SUMS").read_text("ascii").splitlines()}
    wanted = {
        f"/{path.removesuffix('index.html')}"
        for path in listed - {"headers.json", "keys.json", "404.html"}
    }
    named = {one["path"] for one in told.record["differences"] if one["kind"] == "changed"}
    assert (told.code, code, wanted - named) == (1, 1, set())
    assert {path for path in wanted if f"changed: {path}\n" not in printed} == set()


HEADERS = json.loads(
    signed_site.header_formats.to_json(
        signed_site.records.of_site("http://x", list(signed_site.FORMS))
    )
)["default"]


def test_each_header_that_is_dropped_or_changed_is_named(site: Served, folder: Path) -> None:
    """On the form and on a page for reading, by both."""

    def spoil(asked: Asked, given: Given) -> None:
        for name in HEADERS:
            if asked.path == "/nl/write/":
                given.headers.pop(name.lower(), None)
            elif asked.path == "/nl/door/":
                given.headers[name.lower()] = "x"

    with site.host.spoiling(spoil):
        told, (code, printed) = look(site, folder), small(site)
    assert (told.code, code) == (1, 1)
    for name in HEADERS:
        assert f"header missing: /nl/write/ {name.lower()}" in told.text
        assert f"header changed: /nl/door/ {name.lower()}: x" in told.text
        assert f"header: /nl/write/ {name} is missing" in printed
        assert f"header: /nl/door/ {name} is ['x']" in printed


def test_the_line_of_the_unit_runs(site: Served, folder: Path) -> None:
    """ExecStart, typed literally but for the three names that a desk fills in, as every program in every language."""
    text = (practice.REPO / "handbook/watch/balie-verify.service").read_text("utf-8")
    (line,) = (one.partition("=")[2] for one in text.splitlines() if one.startswith("ExecStart="))
    names = {
        "/opt/balie/.venv/bin/desk": str(practice.REPO / ".venv/bin/desk"),
        "/var/lib/balie-canary": str(folder),
        "https://desk.example": site.address,
    }
    for name, meant in names.items():
        assert line.count(name) == 1
        line = line.replace(name, meant)
    done = subprocess.run(
        shlex.split(line), cwd=practice.REPO, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (folder / "verify.txt").read_text("utf-8")
    assert json.loads((folder / "verify.json").read_text("utf-8")).keys() == {
        "issued",
        "epoch",
        "well",
    }


def test_network_and_key_library_never_meet_in_its_process(site: Served, folder: Path) -> None:
    """It asks another process about each signature."""
    given = ("--agent", "tor", "--language", "nl", "--today", TODAY, "--json")
    loaded = practice.loaded_by("verify", site.address, "--folder", folder, *given)
    assert not loaded & {"nacl", "cryptography", "boto3"}
    assert {"http", "ssl"} <= loaded


def test_who_cannot_look_says_that_and_no_more(folder: Path, tmp_path: Path) -> None:
    """Nobody answers, or no key lies there: 2, as `desk canary watch` has it."""
    nobody = f"http://127.0.0.1:{signed_site.stores.free_port()}"
    told = practice.desk("verify", nobody, "--folder", folder)
    assert (told.returncode, "could not look" in told.stdout) == (2, True)
    (tmp_path / "empty").mkdir()
    told = practice.desk("verify", nobody, "--folder", tmp_path / "empty")
    assert (told.returncode, "site keys and needs one" in told.stderr) == (2, True)


def test_a_site_is_old_after_100_days(site: Served, folder: Path) -> None:
    """On the last day it is well, but for the board; a day later it is old. The small verifier reads the clock."""
    last = TODAY + timedelta(days=100)
    one = MACHINES[:1]
    assert word(look(site, folder, on=last, machines=one), "manifest") == "well"
    late, early = last + timedelta(days=1), TODAY - timedelta(days=2)
    assert word(look(site, folder, on=late, machines=one), "manifest") == "wrong"
    assert word(look(site, folder, on=early, machines=one), "manifest") == "wrong"


def test_a_program_that_nobody_knows_is_refused_and_the_help_names_those_there_are(
    tmp_path: Path,
) -> None:
    """As the hint says."""
    asked = ("verify", "http://127.0.0.1:1", "--folder", tmp_path, "--agent", "nobody")
    refused = practice.desk(*asked)
    assert (refused.returncode, "hint: desk verify --help" in refused.stderr) == (2, True)
    shown = practice.desk("verify", "--help").stdout
    assert [name for name in readers.AGENTS if name not in shown] == []
