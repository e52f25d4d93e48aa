"""Does `desk verify` name what is wrong with keys, board, list and log of a site, and does the small verifier."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests import attacks, signed_site, trusted
from tests.signed_site import TODAY, Served, spoilt
from tests.site import key_list
from tests.soak import SOAK
from tests.spoiler import MACHINES, Spoil
from tests.test_verify import folder, said, small, word
from tests.test_verify import look as look_at

__all__ = ["folder"]
OTHER_SEED = b"o" * 32
look = partial(look_at, machines=MACHINES[:1])
IN_SOAK = {
    "old_key_list",
    "no_board",
    "head_cut",
    "no_key_list",
    "cut_board",
    "end_cut",
    "turned",
    "joined",
    "fork",
    "rules",
}  # near others
NO_BOARD = "it reads no board"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with signed_site.served(tmp_path_factory.mktemp("signed")) as found:
        yield found


@dataclass(frozen=True)
class Wrong:
    """What a host serves at a path, the check that names it, and what the small verifier prints, or why not."""

    name: str
    path: str
    octets: bytes
    check: str
    said: str
    small: str = ""
    why: str = ""


def _log(*seeds: bytes) -> bytes:
    """A log that is not that of the site."""
    made = b""
    for number, seed in enumerate(seeds):
        built = signed_site.Built(False, "https://other.example", "cd" * 20)
        octets = b"%064x  index.html\n" % number
        made = signed_site.manifest.sign(
            made, signed_site.manifest.follow(made, built, octets, TODAY), seed
        )
    return made


def _wrong(site: Served) -> list[Wrong]:
    there = site.site.site
    log, board, sums = (
        (there / name).read_bytes() for name in ("manifests.jsonl", "board.bin", "SHA256SUMS")
    )
    first, second = log.splitlines(keepends=True)
    other = key_list(practice=False, seed=OTHER_SEED)
    older = trusted.key_list(issued=trusted.ISSUED - timedelta(days=1))
    forged = board[:200] + bytes([board[200] ^ 1]) + board[201:]
    pin, logs = "/keys.json names another site key", "/manifests.jsonl"
    ours = trusted.SITE_SEED
    others = _log(ours, ours).splitlines(keepends=True)
    return [
        Wrong("another_key", "/keys.json", other.encode(), "key list", "names the site key", pin),
        Wrong(
            "no_key_list", "/keys.json", b"{}", "key list", "none as in WIRE", "has not the form"
        ),
        Wrong("old_key_list", "/keys.json", older.encode(), "key list", "is known", "/keys.json"),
        Wrong("forged_board", "/board.bin", forged, "board", "not signed", why=NO_BOARD),
        Wrong("cut_board", "/board.bin", board[:-1], "board", "not signed", why=NO_BOARD),
        Wrong("no_board", "/board.bin", b"", "board", "none any more", why=NO_BOARD),
        Wrong("list", "/SHA256SUMS", sums + sums[-80:], "list", "not the list", "not the signed"),
        Wrong("rules", "/headers.json", b"{}", "list", "/headers.json", "changed: /headers.json"),
        Wrong("head_cut", logs, second, "log", "breaks a rule", "number 0 breaks the chain"),
        Wrong("end_cut", logs, log[:-1], "log", "breaks a rule", "is cut off"),
        Wrong("turned", logs, second + first, "log", "breaks a rule", "number 0 breaks the chain"),
        Wrong("stranger", logs, _log(OTHER_SEED), "log", "breaks a rule", "is not signed"),
        Wrong("joined", logs, first + others[1], "log", "breaks a rule", "breaks the chain"),
        Wrong("fork", logs, _log(ours, ours), "log", "forked at number 0", "part at number 0"),
        Wrong(
            "fork_below", logs, _fork(site, first), "log", "forked at number 1", "part at number 1"
        ),
        Wrong("rolled_back", logs, first, "log", "rolled back at number 0", "part at number 1"),
    ]


def _fork(site: Served, first: bytes) -> bytes:
    """A second manifest of number 1, by the same key."""
    built = signed_site.Built(False, site.address, "")
    octets = (site.site.site / "SHA256SUMS").read_bytes()
    follow = signed_site.manifest.follow(first, built, octets, TODAY)
    return signed_site.manifest.sign(first, follow, trusted.SITE_SEED)


def test_what_is_not_signed_or_older_than_before_is_named(
    site: Served, folder: Path, tmp_path: Path
) -> None:
    """One after the other, held against what was seen on the day before; nothing of it is kept."""
    assert look(site, folder).code == 0
    assert small(site, "--log", tmp_path / "log") == (0, "all well\n")
    kept = (folder / "manifests.jsonl").read_bytes()
    for one in _wrong(site):
        if one.name in IN_SOAK and not SOAK:
            continue
        status = 200 if one.octets else 404
        with site.host.spoiling(attacks.at(one.path, attacks.become(status, one.octets))):
            told = look(site, folder)
            code, printed = small(site, "--log", tmp_path / "log")
        assert (told.code, word(told, one.check)) == (1, "wrong"), one.name
        assert one.said in said(told, one.check), one.name
        assert (code, one.small in printed) == ((1, True) if one.small else (0, True)), one.name
        assert (folder / "manifests.jsonl").read_bytes() == kept, one.name
        assert (tmp_path / "log").read_bytes() == kept, one.name


def _for_phones(path: str, octets: bytes) -> Spoil:
    return attacks.at(path, attacks.become(200, octets), user_agent="Android")


def test_another_log_board_or_list_for_phones_alone_is_named(site: Served, folder: Path) -> None:
    """Also at the first look, when nothing was seen before."""
    log = (site.site.site / "manifests.jsonl").read_bytes()
    first = log.splitlines(keepends=True)[0]
    for octets, how in (
        (_fork(site, first), "forked at number 1"),
        (first, "than another reader got"),
    ):
        with site.host.spoiling(_for_phones("/manifests.jsonl", octets)):
            told = look(site, folder)
        assert (told.code, word(told, "log"), how in said(told, "log")) == (1, "wrong", True)
        assert not (folder / "manifests.jsonl").exists()
    (folder / "manifests.jsonl").write_bytes(first)
    with site.host.spoiling(_for_phones("/manifests.jsonl", first)):
        assert word(look(site, folder), "log") == "wrong"
    with site.host.spoiling(_for_phones("/SHA256SUMS", b"x")):
        assert "(android" in said(look(site, folder), "list")
    with site.host.spoiling(_for_phones("/board.bin", b"x")):
        assert word(look(site, folder), "board") == "wrong"


def test_an_old_board_is_named(site: Served, folder: Path) -> None:
    """One of ours from before, and one whose next is overdue."""
    board = site.site.site / "board.bin"
    assert look(site, folder).code == 0
    with spoilt(board):
        site.site.board(6)
        assert "number 7 was there before" in said(look(site, folder), "board")
    late = look(site, folder, on=TODAY + timedelta(days=8))
    assert (late.code, word(late, "board")) == (1, "wrong")


def test_a_manifest_of_another_site_of_practice_or_of_long_ago_is_named(
    site: Served, folder: Path, tmp_path: Path
) -> None:
    """Each as well signed as ours: the state is said, and is wrong."""
    there = site.site.site
    real = signed_site.SignedSite(site.site.folder, site.address, practice=False)
    other = signed_site.SignedSite(site.site.folder, "https://other.example", practice=False)
    trying = signed_site.SignedSite(site.site.folder, site.address, practice=True)
    old = TODAY - timedelta(days=101)
    for made, issued, how, words in (
        (real, old, "old since", "101 days ago"),
        (other, TODAY, "of https://other.example", "signed for https://other.example"),
        (trying, TODAY, "of practice for real", "for practice only"),
    ):
        with spoilt(there / "manifests.jsonl"):
            made.sign(issued)
            told, (code, printed) = look(site, tmp_path_folder(tmp_path, how)), small(site)
        assert (told.code, word(told, "manifest")) == (1, "wrong"), how
        assert how in said(told, "manifest")
        assert (code, words in printed) == (1, True), printed


def test_a_manifest_that_says_otherwise_than_the_site_is_named(site: Served, folder: Path) -> None:
    """Commit, address and practice stand in `built.json` too, whose hash is in the list that was signed."""
    there = site.site.site
    made = signed_site.SignedSite(site.site.folder, site.address, practice=False, source="cd" * 20)
    with spoilt(there / "manifests.jsonl", there / "SHA256SUMS", there / "built.json"):
        made.sign()
        told, (code, printed) = look(site, folder), small(site)
        assert (told.code, "differ in source" in said(told, "list")) == (1, True)
        assert (code, "/built.json says otherwise" in printed) == (1, True)
        (there / "built.json").write_text('{"source": 1}', "ascii")
        made.sign()
        (folder / "manifests.jsonl").unlink()
        told, (code, printed) = look(site, folder), small(site)
        assert "differ in practice, site_url, source" in said(told, "list")
        assert (code, "/built.json says otherwise" in printed) == (1, True)


def tmp_path_folder(tmp_path: Path, name: str) -> Path:
    """A folder that saw nothing before."""
    return signed_site.watching(tmp_path / name.replace("/", " "))


def test_what_was_built_otherwise_is_named_but_for_what_needs_fonts_or_a_voice(
    site: Served, tmp_path: Path
) -> None:
    """The outsider's own build against the list: changed, missing and more; PDFs and sound may lack."""
    built = tmp_path / "built"
    signed_site.write(tmp_path / "other", site.address)
    (tmp_path / "other" / "site").rename(built)
    for name in ("nl/cards/card.pdf", "nl/sound/door.mp3"):
        (built / name).unlink()
    assert small(site, "--built", built) == (0, "all well\n")
    (built / "nl/door/index.html").write_text("x", "ascii")
    (built / "data/law.yml").unlink()
    (built / "nl/more.html").write_text("x", "ascii")
    code, printed = small(site, "--built", built)
    named = {line.removeprefix("built otherwise: ") for line in printed.splitlines()}
    assert (code, named) == (1, {"nl/door/index.html", "data/law.yml", "nl/more.html"})


def test_a_site_of_practice_is_well_for_who_pinned_a_key_of_practice(tmp_path: Path) -> None:
    """And for the small verifier only with --practice."""
    (tmp_path / "site").mkdir()
    with signed_site.served(tmp_path / "site", practice=True) as found:
        watch = signed_site.watching(tmp_path / "watch", practice=True)
        assert look(found, watch).code == 0
        assert small(found) == (1, "for practice only\n")
        assert small(found, "--practice") == (0, "all well\n")
