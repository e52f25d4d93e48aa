"""Secret key files, passphrases and the key ceremony (desk/keys/secret_keys.py, desk/keys/ceremony.py)."""

import json
import os
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.keys import ceremony, passphrase, publication, secret_keys
from desk.wire import keylist
from desk.wire.keylist import USES, Use
from tests.samples import CHEAP, key_file

WORDS = "alpha bravo charlie delta echo foxtrot golf"
DAY = date(2026, 11, 22)


def nobody_asked(prompt: str) -> str:
    raise AssertionError(prompt)


def locked(folder: Path, use: Use = "intake") -> tuple[secret_keys.SecretKey, Path]:
    key = secret_keys.make(use, created="2026-11-22", practice=False)
    return key, secret_keys.write(key, folder, WORDS, CHEAP)


@pytest.mark.parametrize("use", USES)
def test_a_locked_key_opens_with_its_words_only(use: Use, tmp_path: Path) -> None:
    """The right words give the key back; other words give an error without them in it."""
    key, path = locked(tmp_path, use)
    assert secret_keys.read(path, lambda _: f"  {WORDS.replace(' ', '  ')} ") == key
    with pytest.raises(DeskError, match="does not open") as refusal:
        secret_keys.read(path, lambda _: WORDS + "x")
    assert "alpha" not in str(refusal.value)


def test_a_key_file_tells_what_it_is_and_not_its_seed(tmp_path: Path) -> None:
    """Use, id, date and public half stand in clear, the seed and the passphrase nowhere."""
    key, path = locked(tmp_path)
    content = path.read_text("ascii")
    assert content.startswith(secret_keys.TITLE + "\n# use: intake\n# id: " + key.id)
    assert "# created: 2026-11-22\n" in content
    assert "# practice: false\n" in content
    assert key.seed.hex() not in content
    assert "alpha" not in content
    assert "seed" not in repr(key)


def test_a_key_file_is_its_owners_alone_and_never_written_over(tmp_path: Path) -> None:
    """Mode 0600 from the first moment, whatever the umask; a second write is refused."""
    before = os.umask(0)
    try:
        key, path = locked(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = path.read_bytes()
    with pytest.raises(DeskError, match="cannot write"):
        secret_keys.write(key, tmp_path, WORDS, CHEAP)
    assert path.read_bytes() == content


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602, 0o601, 0o644, 0o777])
def test_a_key_that_others_can_reach_is_refused(mode: int, tmp_path: Path) -> None:
    """Any right for anybody else is too much, and the error says what to type."""
    path = key_file(tmp_path)
    path.chmod(mode)
    with pytest.raises(DeskError, match="others can read") as refusal:
        secret_keys.read(path, nobody_asked)
    assert refusal.value.hint == f"make it yours alone: chmod 600 {path.name}"


def test_a_link_or_a_pipe_is_no_key(tmp_path: Path) -> None:
    """Only a plain file is read; a pipe does not hold the tool up."""
    (tmp_path / "link").symlink_to(key_file(tmp_path))
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("link", "pipe", "absent"):
        with pytest.raises(DeskError):
            secret_keys.read(tmp_path / name, nobody_asked)


def test_a_practice_key_is_marked_and_needs_no_words(tmp_path: Path) -> None:
    """It says so in its file, and a real key cannot be written without words."""
    path = key_file(tmp_path)
    assert "# practice: true\n# PRACTICE KEY: anyone" in path.read_text("ascii")
    assert secret_keys.read(path, nobody_asked).practice
    real = secret_keys.make("intake", created="2026-11-22", practice=False)
    with pytest.raises(DeskError, match="every other key has one"):
        secret_keys.write(real, tmp_path, None)


CHANGES = {
    "title": (secret_keys.TITLE, "# another file"),
    "use": ("# use: board", "# use: site"),
    "use_unknown": ("# use: board", "# use: door"),
    "id": ("# id: ", "# id: 0"),
    "practice": ("# practice: false", "# practice: true"),
    "field_missing": ("# created: 2026-11-22\n", ""),
    "kind": ("argon2id ", "argon2i "),
    "too_much_work": ("argon2id 1 ", "argon2id 99 "),
    "no_number": ("argon2id 1 ", "argon2id x "),
    "digits_without_end": ("argon2id 1 ", "argon2id " + "9" * 5_000 + " "),
    "too_much_memory": (" 8192 ", " 9999999999 "),
    "salt": (" 8192 ", " 8192 AA"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_key_file_that_was_changed_is_refused(case: str, tmp_path: Path) -> None:
    """No line of the file can be changed unseen, nor make the tool work without end."""
    _, path = locked(tmp_path, "board")
    content = path.read_text("ascii")
    before, after = CHANGES[case]
    assert before in content
    path.write_text(content.replace(before, after, 1), "ascii")
    with pytest.raises(DeskError):
        secret_keys.read(path, lambda _: WORDS)


@pytest.mark.parametrize("content", [b"", b"\xff\x00\n", b"# balie secret key, keep it offline\n"])
def test_another_file_is_no_key(content: bytes, tmp_path: Path) -> None:
    """Whatever lies there, it is refused in words."""
    path = tmp_path / "x.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(DeskError, match="not a whole secret key file"):
        secret_keys.read(path, nobody_asked)


@pytest.mark.parametrize("below", ["", "old/2026"])
@pytest.mark.parametrize("mark", [".git/HEAD", "keys/keys.json"])
def test_no_secret_key_in_the_room_of_public_keys(mark: str, below: str, tmp_path: Path) -> None:
    """The folder `keys/` of a working copy, or one with a key list, takes no secret key."""
    (tmp_path / mark).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / mark).touch()
    folder = tmp_path / "keys" / below
    link = tmp_path / "elsewhere"
    link.symlink_to(folder)
    for way in (folder, link, tmp_path / "x" / ".." / "keys" / below):
        with pytest.raises(DeskError, match="folder of public keys"):
            ceremony.new("board", way, (DAY, DAY), practice=True, today=DAY)
    assert not list(tmp_path.rglob("*.key"))


def test_passphrases_are_seven_words_of_the_list() -> None:
    """Seven words of 7,776, each time others."""
    drawn = {passphrase.draw() for _ in range(50)}
    assert len(drawn) == 50
    words = set(passphrase._word_list())
    assert len(words) == 7_776
    assert all(len(one.split(" ")) == 7 and words.issuperset(one.split(" ")) for one in drawn)


def test_passphrases_come_from_a_descriptor_a_line_each() -> None:
    """One line for each locked key, in order, and nothing after the last."""
    reading, writing = os.pipe()
    os.write(writing, "eins zwei\ndrei\xe9".encode("latin-1"))
    os.close(writing)
    ask = passphrase.from_descriptor(reading)
    assert [ask(""), ask(""), ask("")] == ["eins zwei", "drei\ufffd", ""]
    os.close(reading)
    with pytest.raises(DeskError, match="not open"):
        passphrase.from_descriptor(reading)


def make_set(folder: Path, intake_days: list[tuple[date, date]]) -> Path:
    """Make practice keys: some intake keys, a board key and a site key; the path of the last."""
    for days in intake_days:
        ceremony.new("intake", folder, days, practice=True, today=DAY)
    ceremony.new("board", folder, (DAY, DAY), practice=True, today=DAY)
    lines = ceremony.new("site", folder, (DAY, DAY), practice=True, today=DAY)
    assert lines[0] == ceremony.PRACTICE
    return next(folder.glob("site-*.key"))


def test_the_key_list_drops_an_intake_key_90_days_after_its_end(tmp_path: Path) -> None:
    """On the ninetieth day it is still listed, on the day after no more."""
    old = (DAY - timedelta(200), DAY)
    site_key = make_set(tmp_path, [old, (DAY + timedelta(1), DAY + timedelta(400))])
    site = secret_keys.read(site_key, nobody_asked)
    for after, listed in ((90, 2), (91, 1)):
        text, practice = publication.sign(tmp_path, site, DAY + timedelta(after))
        assert practice
        parsed = keylist.parse(text, site.public)
        assert len(parsed.of("intake")) == listed
        assert parsed.practice


def test_one_practice_key_makes_a_practice_list(tmp_path: Path) -> None:
    """A list is real only if every key in it is."""
    site_key = make_set(tmp_path, [(DAY, DAY)])
    site = secret_keys.read(site_key, nobody_asked)
    for path in tmp_path.glob("*.pub"):
        half = json.loads(path.read_text())
        path.write_text(json.dumps(half | {"practice": half["use"] == "intake"}))
    real_site = secret_keys.SecretKey(
        site.use, site.id, site.created, site.public, False, site.seed
    )
    assert publication.sign(tmp_path, real_site, DAY)[1] is True
    intake = next(tmp_path.glob("intake-*.pub"))
    intake.write_text(json.dumps(json.loads(intake.read_text()) | {"practice": False}))
    assert publication.sign(tmp_path, real_site, DAY)[1] is False


def test_keys_that_make_no_list_are_refused(tmp_path: Path) -> None:
    """Without a site key, or signed by another than the one listed, nothing is published."""
    site_key = make_set(tmp_path, [(DAY, DAY)])
    out = tmp_path / "keys.json"
    board_key = next(tmp_path.glob("board-*.key"))
    with pytest.raises(DeskError, match="not a site key"):
        publication.publish(tmp_path, board_key, out, ask=nobody_asked, today=DAY)
    foreign = key_file(tmp_path / "other", "site")
    with pytest.raises(DeskError, match="do not make a key list"):
        publication.publish(tmp_path, foreign, out, ask=nobody_asked, today=DAY)
    with pytest.raises(DeskError, match="over a key"):
        publication.publish(tmp_path, site_key, site_key, ask=nobody_asked, today=DAY)
    assert not out.exists()


def test_a_broken_public_half_is_named(tmp_path: Path) -> None:
    """The error says which file it is."""
    make_set(tmp_path, [(DAY, DAY)])
    (tmp_path / "intake-x.pub").write_text('{"practice": 1}')
    with pytest.raises(DeskError, match=r"intake-x\.pub"):
        ceremony.table(tmp_path)


def test_the_table_shows_days_practice_and_loose_files(tmp_path: Path) -> None:
    """A secret file that others can read is called out, one that is elsewhere too."""
    make_set(tmp_path, [(DAY, DAY + timedelta(1))])
    next(tmp_path.glob("board-*.key")).chmod(0o644)
    next(tmp_path.glob("site-*.key")).unlink()
    lines = ceremony.table(tmp_path)
    assert "OTHERS CAN READ IT" in lines[1]
    assert "2026-11-22 2026-11-23 PRACTICE  here" in lines[3]
    assert "not here" in lines[5]


def test_a_key_that_ends_before_it_begins_is_refused() -> None:
    """Days in the wrong order are found before a key is made."""
    with pytest.raises(DeskError, match="before its first day"):
        ceremony.validity("intake", DAY, DAY - timedelta(1))
    assert ceremony.validity("intake", DAY, None) == (DAY, DAY + timedelta(91))
