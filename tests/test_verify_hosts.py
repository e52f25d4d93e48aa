"""Is a site well behind the servers that people put up, in every spelling that the two verifiers ask for?

The own server by its installer, and Caddy and nginx with the lines of the press: "all well", and one altered page is
named. CloudFront cannot run here: its firewall stands in a host that counts as that does, in short windows.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.online.outside import asking, compared, rounds, verifying
from desk.online.outside.connecting import Patience
from desk.online.outside.verifying import Told
from overrides.press import header_formats
from tests import signed_hosts, signed_site, trusted
from tests.signed_site import TODAY, Served, SignedSite
from tests.soak import SOAK
from tests.spoiler import Asked, Given
from tests.test_header_hosts import asked
from tests.test_verify import AGENTS, LANGUAGES, SMALL, folder
from tests.test_verify_twins import small

__all__ = ["folder", "small"]
# Where each host answers otherwise than our app, and is right: it serves the page, or leads to it.
SPELT = (
    *("//nl/write/", "/nl/write/.", "/NL/WRITE/", "/nl/writ%65/", "/nl/write/?a"),
    *("/nl/write", "/nl/write/index.html"),
)
SAID = {
    "own": (404, 404, 404, 200, 200, 307, 200),
    "caddy": (200, 308, 404, 200, 200, 308, 200),
    "nginx": (200, 200, 404, 200, 200, 301, 200),
}
WINDOW_S, MOST = 0.3, 60  # the firewall's five minutes, and its 3,000 (functions/firewall.yaml)


@pytest.fixture(scope="module", params=signed_hosts.HOSTS if SOAK else ["nginx"])
def host(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, SignedSite]]:
    """Run one of the servers before the site; in `make test` the one whose answers are least like our app's."""
    with signed_hosts.served(request.param, tmp_path_factory.mktemp("host")) as made:
        yield request.param, made


def look(address: str, folder: Path, patience: Patience | None = None) -> Told:
    places = verifying.places(address, [])
    who = rounds.who(places, AGENTS, LANGUAGES, patience=patience)
    return verifying.verify(folder, who, today=TODAY)


def look_small(address: str) -> str:
    command = [sys.executable, str(SMALL), address, "--site-key", trusted.pin()]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_a_site_is_well_behind_a_server_that_is_set_up_right(
    host: tuple[str, SignedSite], folder: Path
) -> None:
    """Every spelling, part and head; what the server answers to the odd ones is what this test says it does."""
    name, made = host
    port = int(made.address.rpartition(":")[2])
    assert tuple(asked(port, at)[0] for at in SPELT) == SAID[name]
    told = look(made.address, folder)
    assert (told.code, told.record["differences"]) == (0, []), told.text
    assert look_small(made.address) == "all well\n"


def test_one_altered_page_behind_such_a_server_is_named(
    host: tuple[str, SignedSite], folder: Path
) -> None:
    """By both, and nothing but that page, in whatever spelling."""
    page = host[1].site / "en" / "write" / "index.html"
    with signed_site.spoilt(page):
        page.write_bytes(page.read_bytes().replace(b"x", b"y", 1))
        told, printed = look(host[1].address, folder), look_small(host[1].address)
    assert told.code == 1
    assert "changed: /en/write/ is not the file that was signed" in told.text
    plain = {one["path"].lower().partition("?")[0] for one in told.record["differences"]}
    assert {one.strip("/.") for one in plain} <= {"en/write", "en/write/index.html", "en/writ%65"}
    assert printed == "changed: /en/write/\n"


def test_the_press_tells_nginx_the_types_that_both_verifiers_ask_for() -> None:
    """Each end that WIRE.md section 6.2 lists, with a type that it lists."""
    lines = header_formats.to_nginx_server(signed_hosts.record_of("https://desk.example"))
    block = lines.partition("types {\n")[2].partition("}")[0]
    said = [line.strip(" ;").split() for line in block.splitlines()]
    types = {end: kind for kind, *ends in said for end in ends}
    assert {end for end, kinds in compared.TYPES.items() if types.get(end) not in kinds} == set()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with signed_site.served(tmp_path_factory.mktemp("counted")) as found:
        yield found


class Counting:
    """Says 429 to who asked more than it allows, for as long as its window, as the firewall.

    However slow this machine is: what it counts is not forgotten before it is full.
    """

    def __init__(self) -> None:
        self.asked, self.until, self.said = 0, 0.0, 0

    def __call__(self, _: Asked, given: Given) -> None:
        now = time.monotonic()
        if self.asked == MOST and now < self.until:
            given.status = 429
            given.octets = given.octets and b'{"error":"busy"}'  # none to HEAD
            given.headers = {"content-type": "application/json", "cache-control": "no-store"}
            self.said += 1
            return
        self.asked = self.asked % MOST + 1
        if self.asked == MOST:
            self.until = now + WINDOW_S


def test_who_asks_more_than_a_firewall_allows_waits_and_finds_all_well(
    site: Served, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PAUSE_S", WINDOW_S / 5)
    firewall = Counting()
    with site.host.spoiling(firewall):
        told = look(site.address, folder)
    assert firewall.said > 0
    assert (told.code, told.record["differences"]) == (0, []), told.text


def test_the_small_verifier_waits_too(
    site: Served, small, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A minute each time, which is shorter here."""
    waited = list[float]()

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        time.sleep(WINDOW_S)

    firewall = Counting()
    monkeypatch.setattr(small, "sleep", sleep)
    line = small.HTTPConnection(site.address.split("/")[2], timeout=60)
    with site.host.spoiling(firewall):
        answers = [small.get(line, "/nl/write/")[0] for _ in range(2 * MOST)]
    line.close()
    assert firewall.said > 0
    assert set(answers) == {200}
    assert set(waited) == {60}


def test_an_address_that_stays_busy_is_named(
    site: Served, folder: Path, small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It hides nothing behind "busy": both stop waiting, and say what they were answered."""
    monkeypatch.setattr(asking, "PAUSE_S", 0.01)
    monkeypatch.setattr(small, "sleep", lambda _: None)

    def busy(asked: Asked, given: Given) -> None:
        if asked.path == "/nl/p/1/":
            given.status = 429

    line = small.HTTPConnection(site.address.split("/")[2], timeout=60)
    with site.host.spoiling(busy):
        patience = Patience(busy=0.05, until=time.monotonic() + 60)
        told, answer = look(site.address, folder, patience), small.get(line, "/nl/p/1/")
    line.close()
    assert (told.code, answer[0]) == (1, 429)
    assert "changed: /nl/p/1/ is answered with 429" in told.text
