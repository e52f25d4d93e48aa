"""The paper backup of a key (desk/keys/shares.py, backup.py): three sheets, any two are enough."""

import random
import secrets
from datetime import date
from itertools import combinations, permutations
from pathlib import Path

import pytest
import shamir_mnemonic
from shamir_mnemonic.wordlist import WORDLIST

from desk.errors import DeskError
from desk.keeping import backup, papers
from desk.keys import ceremony, secret_keys, shares
from desk.keys.shares import Sheet, WrongWord
from desk.strings import Strings
from tests.ceremony import desk, locked_key, typing, words_on
from tests.samples import count, key_file

DAYS = (date(2027, 1, 1), date(2027, 3, 31))
TODAY = date(2027, 1, 2)
SECRET = bytes(range(32))
WORDS = "alpha bravo charlie delta echo foxtrot golf"


@pytest.fixture(scope="module")
def sheets() -> tuple[Sheet, ...]:
    return shares.split(SECRET)


def changed(sheet: Sheet, *positions: int, seed: int = 0) -> Sheet:
    """The sheet with another word of the list at each of the positions, counted from 0."""
    draw, words = random.Random(seed), list(sheet)
    for position in positions:
        words[position] = draw.choice([word for word in WORDLIST if word != sheet[position]])
    return tuple(words)


def test_any_two_sheets_in_any_order_give_the_key_back(sheets: tuple[Sheet, ...]) -> None:
    """All three pairs, both ways round, and the reference implementation agrees."""
    assert len(sheets) == 3
    for pair in permutations(sheets, 2):
        assert shares.combine(pair) == SECRET
        assert shamir_mnemonic.combine_mnemonics([" ".join(sheet) for sheet in pair]) == SECRET


def test_random_keys_survive_the_way_over_paper() -> None:
    """Many drawn secrets, every pair of sheets."""
    for _ in range(count(2_000, 20)):
        secret = secrets.token_bytes(32)
        for pair in combinations(shares.split(secret), 2):
            assert shares.combine(pair) == secret


def test_one_sheet_alone_gives_nothing(sheets: tuple[Sheet, ...]) -> None:
    """One sheet, the same one twice, or all three are refused; only two different ones are taken."""
    for given in ([sheets[0]], [sheets[0], sheets[0]], list(sheets)):
        with pytest.raises(DeskError, match="two different sheets"):
            shares.combine(given)


def test_one_sheet_says_nothing_about_the_key() -> None:
    """The sheets of two keys with one bit between them share no word but those of their place."""
    one, other = shares.split(bytes(32)), shares.split(bytes(31) + b"\1")
    for number in range(3):
        same = sum(a == b for a, b in zip(one[number][4:], other[number][4:], strict=True))
        assert same < 5


def test_sheets_of_two_sets_do_not_combine(sheets: tuple[Sheet, ...]) -> None:
    """A second set of the same key has other sheets, and a mixed pair is refused without its words."""
    with pytest.raises(DeskError, match="not of one set") as refusal:
        shares.combine([sheets[0], shares.split(SECRET)[1]])
    assert not set(sheets[0]) & set(str(refusal.value).split() + refusal.value.hint.split())


@pytest.mark.parametrize("position", range(33))
def test_a_mistyped_word_is_named_by_its_position(position: int, sheets: tuple[Sheet, ...]) -> None:
    """Another word of the list is found by the checksum; the error says where, and no word."""
    for seed in range(count(50, 2)):
        wrong = changed(sheets[1], position, seed=seed)
        with pytest.raises(WrongWord) as refusal:
            shares.check(wrong)
        assert refusal.value.position == position + 1
        said = f"{refusal.value.message} {refusal.value.hint}".split()
        assert not {sheets[1][position], wrong[position]} & set(said)


def test_a_word_that_is_none_is_named_by_its_position(sheets: tuple[Sheet, ...]) -> None:
    """A word that is not in the list needs no checksum."""
    with pytest.raises(WrongWord) as refusal:
        shares.check((*sheets[0][:6], "acadmic", *sheets[0][7:]))
    assert refusal.value.position == 7


def test_two_or_three_wrong_words_are_never_taken(sheets: tuple[Sheet, ...]) -> None:
    """Up to three wrong words are always found, also when it cannot be said where."""
    draw = random.Random(7)
    for seed in range(count(20_000, 100)):
        places = draw.sample(range(33), draw.choice((2, 3)))
        with pytest.raises(DeskError):
            shares.check(changed(sheets[2], *places, seed=seed))


@pytest.mark.parametrize("length", [0, 1, 32, 34])
def test_a_sheet_of_another_length_is_refused(length: int, sheets: tuple[Sheet, ...]) -> None:
    """A sheet has 33 words."""
    with pytest.raises(DeskError, match="a sheet has 33 words"):
        shares.check((sheets[0] * 2)[:length])


@pytest.mark.parametrize("size", [0, 16, 31, 33, 64])
def test_only_a_key_can_be_split(size: int) -> None:
    """A secret of another size than 32 bytes is none of ours."""
    with pytest.raises(DeskError, match="32 bytes"):
        shares.split(bytes(size))


def test_a_typed_sheet_is_taken_word_by_word_or_whole(sheets: tuple[Sheet, ...]) -> None:
    """Capitals and spaces do not matter; one wrong word is asked again and nothing else."""
    assert backup.read_sheet(1, typing(sheets[0])) == sheets[0]
    assert backup.read_sheet(1, typing(["  " + "  ".join(sheets[0]).upper()])) == sheets[0]
    asked: list[str] = []
    lines = [" ".join(changed(sheets[0], 16)), sheets[0][16]]

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return lines[len(asked) - 1]

    assert backup.read_sheet(2, ask) == sheets[0]
    assert asked == ["sheet 2, word 1: ", "sheet 2, word 17 is wrong, type it again: "]


def test_a_sheet_that_stops_halfway_is_refused(sheets: tuple[Sheet, ...]) -> None:
    """An empty line ends the typing: with fewer words, or with a wrong one left."""
    with pytest.raises(DeskError, match="has 33 words"):
        backup.read_sheet(1, typing(sheets[0][:32]))
    with pytest.raises(WrongWord):
        backup.read_sheet(1, typing(changed(sheets[0], 3)))


def test_the_files_are_gone_when_the_prints_are_made(tmp_path: Path) -> None:
    """Three private files while the person prints; each has its own words; then none is left."""
    key = locked_key(tmp_path / "keys", "intake", DAYS, WORDS)
    path = next((tmp_path / "keys").glob("*.key"))
    texts: list[str] = []

    def ask(prompt: str) -> str:
        if "passphrase" in prompt:
            return WORDS
        for file in sorted(tmp_path.glob("sheet-*")):
            assert file.stat().st_mode & 0o777 == 0o600
            texts.append(file.read_text("utf-8"))
        return ""

    backup.share(path, tmp_path, words=Strings("en"), ask=ask, today=TODAY)
    assert len(set(texts)) == 3
    for text in texts:
        assert f"intake {key.id}" in text
        assert "2027-07-29" in text
        assert key.seed.hex() not in text
    assert [file.name for file in tmp_path.iterdir()] == ["keys"]


def test_the_files_go_also_when_the_printing_is_broken_off(tmp_path: Path) -> None:
    """Ctrl-C at the question leaves no sheet behind."""
    locked_key(tmp_path / "keys", "board", DAYS, WORDS)

    def ask(prompt: str) -> str:
        if "passphrase" in prompt:
            return WORDS
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup.share(
            next((tmp_path / "keys").glob("*.key")),
            tmp_path,
            words=Strings("nl"),
            ask=ask,
            today=TODAY,
        )
    assert [file.name for file in tmp_path.iterdir()] == ["keys"]


def test_sheets_are_not_made_of_a_practice_key_nor_over_another_paper(tmp_path: Path) -> None:
    """A practice key has nothing to hide; a sheet that lies there is not written over."""
    with pytest.raises(DeskError, match="practice key"):
        backup.share(key_file(tmp_path), tmp_path, words=Strings("nl"), ask=str, today=TODAY)
    key = locked_key(tmp_path / "keys", "intake", DAYS, WORDS)
    (tmp_path / f"sheet-2-intake-{key.id}.txt").write_text("old")
    path = next((tmp_path / "keys").glob("*.key"))
    with pytest.raises(DeskError, match="there already"):
        backup.share(path, tmp_path, words=Strings("nl"), ask=typing([WORDS]), today=TODAY)
    assert (tmp_path / f"sheet-2-intake-{key.id}.txt").read_text() == "old"
    assert not list(tmp_path.glob("sheet-1-*"))


def test_two_sheets_make_the_same_key_file_with_new_words(tmp_path: Path) -> None:
    """At the command line: the key opens with the words shown, and is the one that was lost."""
    key = locked_key(tmp_path / "old", "intake", DAYS, WORDS)
    one, _, other = shares.split(key.seed)
    named = ("intake", key.id, *DAYS, "--out", tmp_path / "new", "--today", TODAY)
    done = desk("key", "combine", *named, typed=[" ".join(other), " ".join(one)])
    assert done.status == 0, done.printed
    again = secret_keys.read(
        tmp_path / "new" / f"intake-{key.id}.key", typing([words_on(done.shown)])
    )
    assert (again.seed, again.public, again.practice) == (key.seed, key.public, False)
    assert ceremony.half_of(tmp_path / "new", key.id) == ceremony.half_of(tmp_path / "old", key.id)


def test_sheets_of_another_key_make_no_file(tmp_path: Path) -> None:
    """The id on the sheet is compared; a key that was destroyed does not come back either."""
    key = locked_key(tmp_path, "intake", DAYS, WORDS)
    one, other, _ = shares.split(key.seed)
    sheets = [" ".join(one), " ".join(other)]
    for named in (("intake", "0" * 16), ("board", key.id)):
        with pytest.raises(DeskError, match="of another key"):
            backup.combine(named, DAYS, tmp_path / "x", ask=typing(sheets), today=TODAY)
    assert not (tmp_path / "x").exists()
    ceremony.bury(ceremony.half_of(tmp_path, key.id).entry, tmp_path)
    with pytest.raises(DeskError, match="was destroyed"):
        backup.combine(("intake", key.id), DAYS, tmp_path, ask=typing(sheets), today=TODAY)


def test_wiping_overwrites_and_removes(tmp_path: Path) -> None:
    """What was in the file is zeros before it is gone: a second name of it shows that."""
    path, other = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"secret")
    other.hardlink_to(path)
    assert papers.wipe(path)
    assert (path.exists(), other.read_bytes()) == (False, bytes(6))
    assert not papers.wipe(path)
