"""A Firefox that is killed keeps what it needs to come back: a real profile holds none of her words.

Firefox writes the state of all tabs to its session file again and again, fields included. What a
plain page's field holds does stand in it: so the test can fail.
"""

import time
from collections.abc import Iterator
from pathlib import Path

from tests import way_back
from tests.browser.reading import CODE
from tests.browser.visit import STEPS
from tests.engines import PATIENCE_SECONDS, firefox_in, wait

MARK, PLAIN = "zqxhers", "zqxplain"
MAGIC = b"mozLz40\0"  # then four bytes of length and one LZ4 block
SETTINGS = {"browser.sessionstore.interval": 500}  # a file twice a second instead of every 15 s
CHOICES = ("role-permission", "topics-operator", "consent_store", "code-yes")
PLAIN_FIELD = f"""(() => {{ const field = document.createElement('textarea'); field.id = 'plain';
document.body.append(field); return '{PLAIN}'; }})()"""


def _length(packed: bytes, at: int, nibble: int) -> tuple[int, int]:
    """A length of the LZ4 block format and the place after it; 15 goes on up to a byte below 255."""
    total, goes_on = nibble, nibble == 15
    while goes_on:
        total, goes_on, at = total + packed[at], packed[at] == 255, at + 1
    return total, at


def unpacked(packed: bytes) -> bytes:
    """What Mozilla's LZ4 file holds; LZ4's block format has runs of bytes and copies of what was there."""
    at, out = len(MAGIC) + 4, bytearray()
    while at < len(packed):
        token = packed[at]
        count, at = _length(packed, at + 1, token >> 4)
        out += packed[at : at + count]
        at += count
        if at >= len(packed):
            break
        back = int.from_bytes(packed[at : at + 2], "little")
        count, at = _length(packed, at + 2, token & 15)
        for _ in range(count + 4):
            out.append(out[-back])
    return bytes(out)


def sessions(profile: Path) -> Iterator[str]:
    """The session files as they stand now."""
    for path in [*profile.glob("sessionstore*"), *profile.glob("sessionstore-backups/*")]:
        if path.is_file() and (held := path.read_bytes()).startswith(MAGIC):
            yield unpacked(held).decode()


def files_with(profile: Path, word: str) -> list[str]:
    """Names of all other files that hold the word, in either of Firefox's spellings."""
    spelled = (word.encode(), word.encode("utf-16-le"))
    held = {path: path.read_bytes() for path in profile.rglob("*") if path.is_file()}
    return [path.name for path, octets in held.items() if any(one in octets for one in spelled)]


def test_a_killed_firefox_holds_none_of_her_words(
    address: str, elsewhere: str, tmp_path: Path
) -> None:
    """Form and answer page filled in, a plain page beside them, and then the battery is empty."""
    with firefox_in(tmp_path, SETTINGS) as tab:
        tab.open(f"{address}/nl/write/")
        wait(tab, "!document.getElementById('form').hidden")
        digits = _fill(tab)
        tab.another().open(f"{address}/nl/answer/")
        wait(tab, "!document.getElementById('look').hidden")
        tab.type("#code", CODE)
        tab.another().open(elsewhere)
        tab.look(PLAIN_FIELD)
        tab.type("#plain", PLAIN)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not any(PLAIN in held for held in sessions(tmp_path)):
            assert time.monotonic() < deadline, "Firefox wrote no session"
            time.sleep(0.1)
        tab.kill()
    held = " ".join(sessions(tmp_path))
    assert "/nl/write/" in held  # the tab is remembered, and nothing that was done in it
    secrets = [MARK, digits, digits[-4:], CODE, *CHOICES]
    assert [secret for secret in secrets if secret in held] == []
    assert [name for secret in (MARK, digits, CODE) for name in files_with(tmp_path, secret)] == []


def _fill(tab: way_back.Tab) -> str:
    """Words and choices in every step up to the last; returns the digits of the code."""
    for step in STEPS[:-1]:
        way_back.go_on(tab, step)
        for choice in CHOICES:
            if tab.look(f"document.getElementById('{choice}').checkVisibility()"):
                way_back.tick(tab, f"#{choice}")
        for field in ("municipality", "story", "address_as", "contact"):
            if tab.look(f"document.getElementById('{field}').checkVisibility()"):
                tab.type(f"#{field}", MARK)
    digits = str(tab.look(way_back.DIGITS))
    tab.type("#code_last", digits[-4:])
    way_back.go_on(tab, "check")
    return digits
