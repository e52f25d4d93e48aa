"""Seven words (desk/keys/passphrase.py): shown, asked back, typed as people type, and gone with the window."""

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desk.keys import secret_keys
from desk.keys.passphrase import WORDS, WrongPassphrase, _word_list, draw, normal
from desk.page.problem import told
from desk.strings import LANGUAGES, Strings
from tests.ceremony import _OWN_TERMINAL, ROOT, locked_key, make_store, opened
from tests.test_ceremony_shares import DAYS

LISTED = "abacus abdomen zoom yo-yo unicorn violin walnut"
# Who starts the tests in the background lets them ignore what Ctrl+C sends; a window does not.
_HEEDS_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
SECONDS = 60  # until a test that waits says that it waited in vain


class Window:
    """A terminal window in which one verb runs, that a test reads, types into, and closes."""

    def __init__(self, *arguments: object) -> None:
        self.controller, terminal = pty.openpty()
        command = [sys.executable, "-c", f"{_HEEDS_CTRL_C}{_OWN_TERMINAL}", *map(str, arguments)]
        streams = {"stdin": terminal, "stdout": terminal, "stderr": terminal}
        self.process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, **streams)
        os.close(terminal)

    def until(self, words: str) -> str:
        """Read what is shown until these words are."""
        shown = ""
        while not shown.endswith(words):
            try:
                shown += os.read(self.controller, 65_536).decode()
            except OSError:
                raise AssertionError(f"it ended without asking: {shown}") from None
        return shown

    def type(self, line: str) -> None:
        os.write(self.controller, f"{line}\n".encode())

    def close(self) -> int:
        """Close the window, as a person does: the verb gets SIGHUP, and has no terminal any more."""
        os.close(self.controller)
        return self.process.wait(timeout=SECONDS)

    def rest(self) -> tuple[int, str]:
        shown = ""
        while True:
            try:
                shown += os.read(self.controller, 65_536).decode()
            except OSError:
                break
        os.close(self.controller)
        return self.process.wait(timeout=SECONDS), shown


def shown_words(shown: str) -> list[str]:
    return shown.split("never again:")[1].split("\r\n\r\n")[1].split()


def test_the_words_are_asked_back_until_they_are_as_shown(tmp_path: Path) -> None:
    """A wrong one is named by its place, a missing one counted; capitals and spaces are forgiven."""
    window = Window("key", "new", "intake", "--out", tmp_path / "k")
    words = shown_words(window.until("from your paper: "))
    assert not list((tmp_path / "k").glob("*.pub"))
    window.type(" ".join([*words[:2], "other", *words[3:]]))
    assert "Not as shown: word 3. " in window.until("from your paper: ")
    window.type(" ".join(words[1:]))
    assert "Those were 6 words." in window.until("from your paper: ")
    window.type(f"  {'   '.join(words).upper()} ")
    status, shown = window.rest()
    assert status == 0
    assert "They are right." in shown
    assert len(list((tmp_path / "k").glob("*.pub"))) == 1


def test_words_that_nobody_types_back_publish_no_key(tmp_path: Path) -> None:
    """Without them typed there is no public half: nothing is ever sealed to words nobody has."""
    window = Window("key", "new", "intake", "--out", tmp_path)
    window.until("from your paper: ")
    window.type("")
    status, shown = window.rest()
    assert (status, "were not typed back" in shown) == (1, True)
    assert not list(tmp_path.glob("*.pub"))

    window = Window("key", "new", "intake", "--out", tmp_path)
    window.until("from your paper: ")
    assert window.close() != 0
    assert not list(tmp_path.glob("*.pub"))


def typed_otherwise(words: str) -> list[str]:
    return [words.upper(), words.title(), f"  {words.replace(' ', '   ')}\t"]


@pytest.mark.parametrize("how", typed_otherwise(LISTED))
def test_capitals_and_spaces_are_forgiven(tmp_path: Path, how: str) -> None:
    """Of a key file and of a case store."""
    key = locked_key(tmp_path / "k", "board", DAYS, LISTED)
    assert secret_keys.read(next((tmp_path / "k").glob("*.key")), lambda _: how) == key
    store = make_store(tmp_path / "store", {"anna": LISTED})
    with opened(store, "anna", how) as vault:
        assert vault.handler == "anna"


@pytest.mark.parametrize(
    ("typed", "slip", "says"),
    [
        (LISTED.removesuffix(" walnut"), "count", "6 were typed"),
        (LISTED + " zoom", "count", "8 were typed"),
        ("", "count", "0 were typed"),
        (LISTED.replace("unicorn", "unicron"), "word", "word 5 is not in the list"),
        (
            LISTED.replace("abacus", "abakus"),
            "word",
            "word 1 is not in the list; the nearest one is abacus",
        ),
        (LISTED.replace("zoom", "\udcff"), "word", "word 3 is not in the list"),
        (LISTED.replace("zoom", "walnut"), "other", "all seven are words of the list"),
    ],
)
def test_words_that_open_nothing_are_told_what_cannot_be_right(
    tmp_path: Path, typed: str, slip: str, says: str
) -> None:
    """Their number, the first one that is not in the list, or neither; never what was typed."""
    locked_key(tmp_path / "k", "board", DAYS, LISTED)
    path = next((tmp_path / "k").glob("*.key"))
    store = make_store(tmp_path / "store", {"anna": LISTED})
    with pytest.raises(WrongPassphrase) as of_key:
        secret_keys.read(path, lambda _: typed)
    with pytest.raises(WrongPassphrase) as of_store, opened(store, "anna", typed):
        pass
    for refused in (of_key.value, of_store.value):
        assert refused.slip == slip
        assert says in refused.hint
        assert "unicron" not in refused.hint
        for language in LANGUAGES:
            assert len(told(Strings(language), refused)) > 40


def test_every_drawn_passphrase_is_in_the_form_in_which_it_is_read() -> None:
    """Seven words of the list, in small letters, that `normal` leaves as they are."""
    known = set(_word_list())
    for _ in range(50):
        words = draw()
        assert normal(words) == words
        assert len(words.split()) == WORDS
        assert set(words.split()) <= known


@pytest.mark.parametrize("ending", ["closed", signal.SIGTERM, signal.SIGINT])
def test_a_window_that_closes_leaves_no_sheet_behind(tmp_path: Path, ending: object) -> None:
    """While `key share` waits for the prints: closed, ended with the session, or by Ctrl+C."""
    locked_key(tmp_path / "k", "intake", DAYS, LISTED)
    (tmp_path / "print").mkdir()
    path = next((tmp_path / "k").glob("*.key"))
    asked = ("key", "share", path, "--out", tmp_path / "print", "--today", "2027-01-02")
    window = Window(*asked)
    window.until(f"passphrase of {path.name}: ")
    window.type(LISTED)
    window.until("press Enter to remove the files: ")
    assert len(list((tmp_path / "print").iterdir())) == 3
    if isinstance(ending, signal.Signals):
        window.process.send_signal(ending)
        status, shown = window.rest()
        assert "desk: stopped" in re.sub(r"\s+", " ", shown)
    else:
        status = window.close()
    assert status == 1
    assert list((tmp_path / "print").iterdir()) == []


def test_a_window_that_closes_while_sheets_are_wiped_waits(tmp_path: Path) -> None:
    """Signals that come between the first and the last byte of the wiping leave nothing half wiped."""
    script = (
        "import os, signal, sys; from pathlib import Path; from desk.cli import _closing_stops\n"
        "from desk.keeping import papers; from desk.store import disk\n"
        "real = disk.destroy\n"
        "def slow(path):\n"
        "    os.kill(os.getpid(), signal.SIGHUP); os.kill(os.getpid(), signal.SIGTERM); real(path)\n"
        "disk.destroy = slow\n"
        "try:\n"
        "    with _closing_stops(): papers.wipe_all(sorted(Path(sys.argv[1]).iterdir()))\n"
        "except KeyboardInterrupt: print('stopped')\n"
    )
    for number in range(3):
        (tmp_path / f"sheet-{number}.txt").write_text("words")
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "stopped\n"
    assert list(tmp_path.iterdir()) == []
