"""Somebody had the outbox of a case store in hand: what a merge takes of it, and what it refuses.

They have no key. They see the id of the store, that of its key, subjects and sizes; they can change,
remove, add and rename files. The worst that comes of it is what they could do by throwing the stick
away, and the next whole outbox makes up for that.
"""

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.store import batch, copy, disk, keyfile
from desk.store.check import check
from desk.store.event import LOG
from desk.store.vault import new_subject
from tests.soak import count
from tests.vaults import CANARY, HANDLER, WORDS, erase, event, filled, opened, texts

SEED = 20261122
OURS = ["first", "second", "third", "ours"]
THEIRS = ["theirs 1", "theirs 2", "theirs 3"]
ALL = sorted([*OURS, *THEIRS])
KEY_HEAD = keyfile.HEADER_BYTES - 4  # all but the number of records


pytestmark = pytest.mark.usefixtures("without_syncs")


class Attack:
    """An outbox on a stick, and what can be known of it without any key."""

    def __init__(self, outbox: Path, store: Path) -> None:
        self.outbox = outbox
        self.new = [
            path for path in self.batches() if not disk.batch_path(store, path.stem).exists()
        ]
        beside = (disk.keys_path(outbox, path.stem) for path in self.new)
        self.new_keys = [path for path in beside if path.exists()]
        self.cases = {octets for path in self.keys_files() for octets in self.subjects(path)}
        self.cases.discard(bytes.fromhex(LOG))
        self.zeroed = {
            octets
            for path in self.keys_files()
            for octets, sealed in self.records(path).items()
            if sealed == keyfile.ERASED
        }

    def batches(self) -> list[Path]:
        """Return the batches in the order in which they were made."""
        found = self.outbox.glob("batches/*/*.batch")
        return sorted(found, key=lambda path: (batch.parse(path.read_bytes()).clock, path.stem))

    def keys_files(self) -> list[Path]:
        return sorted(self.outbox.glob("keys/*.keys"))

    def records(self, path: Path) -> dict[bytes, bytes]:
        octets = path.read_bytes()[keyfile.HEADER_BYTES :]
        cut = [octets[at : at + 88] for at in range(0, len(octets), 88)]
        return {record[:16]: record[16:] for record in cut}

    def subjects(self, path: Path) -> list[bytes]:
        return list(self.records(path))

    def write_keys(self, path: Path, records: dict[bytes, bytes]) -> None:
        head = self.keys_files()[0].read_bytes()[:KEY_HEAD]
        body = b"".join(subject + records[subject] for subject in sorted(records))
        path.write_bytes(head + len(records).to_bytes(4, "big") + body)

    def write_batch(self, octets: bytes) -> Path:
        path = disk.batch_path(self.outbox, batch.name(octets))
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(octets)
        return path

    def forge(self, clock: int, subjects: set[bytes]) -> None:
        """Make a batch of nothing, whose name is the first of all, with zeros for subjects."""
        first = min(path.stem for path in self.keys_files())
        for number in range(2**16):
            octets = batch.header(clock, (number.to_bytes(32, "big"),), 0) + bytes(40)
            if batch.name(octets) < first:
                break
        path = self.write_batch(octets)
        self.write_keys(disk.keys_path(self.outbox, path.stem), dict.fromkeys(subjects, bytes(72)))


def nothing_and_zeros(attack: Attack) -> None:
    attack.forge(3, attack.cases)


def zeros_for_the_log(attack: Attack) -> None:
    attack.forge(3, {bytes.fromhex(LOG)})


def the_highest_clock(attack: Attack) -> None:
    attack.forge(2**64 - 1, set())


def a_high_clock(attack: Attack) -> None:
    attack.forge(2**63 - 1, set())


def nothing_in_the_old_shape(attack: Attack) -> None:
    attack.write_batch(batch.header(9, (), 0))


def an_event_of_an_erased_case(attack: Attack) -> None:
    record = min(attack.zeroed) + bytes(24) + (16).to_bytes(4, "big") + bytes(16)
    parent = bytes.fromhex(attack.batches()[-1].stem)
    clock = batch.parse(attack.batches()[-1].read_bytes()).clock + 1
    attack.write_batch(batch.header(clock, (parent,), 1) + record + bytes(40))


def an_event_told_twice(attack: Attack) -> None:
    """Take a whole batch, and put an erased case in the place of its second record."""
    octets = attack.new[0].read_bytes()
    offsets = batch.parse(octets).offsets
    zeroed = attack.zeroed - {octets[offsets[1] : offsets[1] + 16]}
    attack.write_batch(octets[: offsets[1]] + min(zeroed) + octets[offsets[1] + 16 :])


def a_zeroed_key(attack: Attack) -> None:
    for path in attack.new_keys:
        attack.write_keys(path, dict.fromkeys(attack.subjects(path), bytes(72)))


def all_keys_zeroed(attack: Attack) -> None:
    for path in attack.keys_files():
        attack.write_keys(path, dict.fromkeys(attack.subjects(path), bytes(72)))


def a_forged_batch_and_no_log(attack: Attack) -> None:
    """Take away the key by which a forged batch would be known."""
    all_keys_zeroed(attack)
    a_high_clock(attack)


def a_broken_key(attack: Attack) -> None:
    for path in attack.new_keys:
        attack.write_keys(path, dict.fromkeys(attack.subjects(path), b"\x01" * 72))


def zeros_in_a_file_too_many(attack: Attack) -> None:
    """Lay claim to all cases in the keys file of a batch that made none."""
    last = attack.new[-1]
    attack.write_keys(
        disk.keys_path(attack.outbox, last.stem), dict.fromkeys(attack.cases, bytes(72))
    )


def zeros_before_the_key_comes(attack: Attack) -> None:
    """Hold back the batch that made a case, and lay claim to the case in a later one."""
    subjects = attack.subjects(attack.new_keys[0])
    disk.batch_path(attack.outbox, attack.new_keys[0].stem).unlink()
    attack.new_keys[0].unlink()
    zeros = dict.fromkeys(subjects, bytes(72))
    attack.write_keys(disk.keys_path(attack.outbox, attack.new[-1].stem), zeros)


def swapped_keys(attack: Attack) -> None:
    one, other = attack.new_keys[:2]
    octets = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(octets)


def keys_under_each_others_names(attack: Attack) -> None:
    one, other = attack.new_keys[:2]
    records = attack.records(one), attack.records(other)
    attack.write_keys(one, dict(zip(records[0], records[1].values(), strict=False)))


def keys_of_another_store_key(attack: Attack) -> None:
    octets = attack.new_keys[0].read_bytes()
    attack.new_keys[0].write_bytes(octets[:17] + bytes(8) + octets[25:])


def records_cut_away(attack: Attack) -> None:
    octets = attack.new[0].read_bytes()
    parsed = batch.parse(octets)
    attack.new[0].unlink()
    head = batch.header(parsed.clock, parsed.parents, 1)
    attack.write_batch(head + octets[len(head) : parsed.offsets[1]] + octets[parsed.offsets[-1] :])


def another_clock(attack: Attack) -> None:
    octets = attack.new[0].read_bytes()
    attack.new[0].unlink()
    attack.write_batch(octets[:1] + (2**40).to_bytes(8, "big") + octets[9:])


def a_batch_renamed(attack: Attack) -> None:
    attack.new[0].rename(disk.batch_path(attack.outbox, attack.new[0].stem[:2] + "0" * 62))


def all_batches_gone(attack: Attack) -> None:
    shutil.rmtree(attack.outbox / "batches")


class World:
    """Our store, a colleague's copy that went on, and a stick with the colleague's outbox."""

    def __init__(self, folder: Path) -> None:
        self.store, self.subjects = filled(folder)
        self.other, self.stick = folder / "other", folder / "stick"
        shutil.copytree(self.store, self.other)
        with opened(self.store) as vault:
            vault.append([event(self.subjects[0], "ours")])
        fresh, gone = new_subject(), new_subject()
        with opened(self.other) as vault:
            vault.append([event(fresh, THEIRS[0]), event(gone, "gone"), event(LOG, kind="x")])
            vault.append([event(new_subject(), THEIRS[1])])
            erase(vault, gone)
            vault.append([event(fresh, THEIRS[2])])
        self.refresh()

    def refresh(self) -> None:
        """Write a whole outbox again, on an empty stick."""
        shutil.rmtree(self.stick, ignore_errors=True)
        self.stick.mkdir()
        with opened(self.other) as vault:
            copy.outbox(vault, self.stick)
            self.outbox = self.stick / "outbox" / vault.store_id

    def merge(self) -> copy.Tally:
        with opened(self.store) as vault:
            return copy.merge(vault, self.stick)


def told(store: Path) -> list[str]:
    """Return the texts that were kept before anybody tampered."""
    with opened(store) as vault:
        return sorted(text for text in texts(vault) if text != CANARY)


def goes_on(store: Path) -> None:
    """Every case of ours is there, and events can be kept on them, on the log and on new ones."""
    found = told(store)
    assert set(OURS) <= set(found) <= set(ALL)
    assert len(found) == len(set(found))
    with opened(store) as vault:
        subjects = {one.subject for _, one in vault.events() if one.values.get("text") in OURS}
        assert not any(map(vault.is_erased, subjects))
        vault.append([event(subject) for subject in (*subjects, LOG, new_subject())])


Change = Callable[[Attack], None]
NAMED: list[tuple[Change, set[str]]] = [
    (nothing_and_zeros, {"batch_seal", "key_twice"}),
    (zeros_for_the_log, {"batch_seal", "key_twice"}),
    (the_highest_clock, {"batch_clock"}),
    (a_high_clock, {"batch_seal"}),
    (nothing_in_the_old_shape, {"batch_shape"}),
    (an_event_of_an_erased_case, {"batch_seal"}),
    (an_event_told_twice, {"batch_seal"}),
    (a_zeroed_key, {"key_lost"}),
    (all_keys_zeroed, {"key_lost"}),
    (a_forged_batch_and_no_log, {"key_lost", "batch_seal"}),
    (a_broken_key, {"key_broken"}),
    (zeros_in_a_file_too_many, {"key_twice"}),
    (zeros_before_the_key_comes, {"key_lost"}),
    (swapped_keys, set()),
    (keys_under_each_others_names, {"key_broken"}),
    (keys_of_another_store_key, {"keys_foreign"}),
    (records_cut_away, {"batch_seal"}),
    (another_clock, {"batch_seal"}),
    (a_batch_renamed, {"batch_name"}),
    (all_batches_gone, {"key_lost"}),
]


@pytest.mark.parametrize(("change", "named"), NAMED)
def test_tampered_outbox_takes_nothing_away(
    tmp_path: Path, change: Change, named: set[str]
) -> None:
    """Our cases stay, what was changed is named, and the next whole outbox mends the rest."""
    world = World(tmp_path)
    change(Attack(world.outbox, world.store))
    assert set(world.merge().refused.values()) == named
    goes_on(world.store)
    world.refresh()
    assert world.merge().refused == {}
    is_whole(world.store)


def is_whole(store: Path) -> None:
    """Everything that both copies had is there, once, and no file is damaged."""
    goes_on(store)
    assert told(store) == ALL
    with opened(store) as vault:
        assert check(vault).findings == ()


@pytest.mark.parametrize(("change", "_named"), NAMED)
def test_tampered_copy_is_mended_by_ours(tmp_path: Path, change: Change, _named: set[str]) -> None:
    """Refreshing that same outbox, and merging it then, brings what both had."""
    world = World(tmp_path)
    change(Attack(world.outbox, world.store))
    with opened(world.other) as vault:
        copy.outbox(vault, world.stick)
    world.merge()
    goes_on(world.store)
    assert told(world.store) == ALL


def test_backup_that_was_tampered_with_is_restored(tmp_path: Path) -> None:
    """What is not sealed with the key of the log stays behind, and so do zeros."""
    world = World(tmp_path)
    with opened(world.store) as vault:
        copy.backup(vault, tmp_path / "backup")
    attack = Attack(tmp_path / "backup", tmp_path)
    nothing_and_zeros(attack)
    a_high_clock(attack)
    new = tmp_path / "new"
    tally, report = copy.restore(tmp_path / "backup", new, HANDLER, passphrase=WORDS)
    assert set(tally.refused.values()) >= {"batch_seal"}
    assert report.findings == ()
    goes_on(new)


def changed(octets: bytes, drawn: random.Random) -> bytes:
    """Flip a bit, cut, put zeros, or write a piece of it somewhere else."""
    at = drawn.randrange(len(octets) + 1)
    length = drawn.choice((1, 16, 72, 88, 200))
    piece = octets[at : at + length]
    match drawn.randrange(5):
        case 0:
            return (
                octets[:at]
                + bytes(one ^ 1 << drawn.randrange(8) for one in octets[at:][:1])
                + octets[at + 1 :]
            )
        case 1:
            return octets[:at]
        case 2:
            return octets[:at] + bytes(len(piece)) + octets[at + length :]
        case 3:
            return octets[:at] + octets[at + length :]
        case _:
            return octets + piece


def damage(outbox: Path, drawn: random.Random) -> None:
    """Do one thing to one file of an outbox."""
    paths = sorted(path for path in outbox.rglob("*") if path.is_file() and path.name != "lock")
    path, other = drawn.choice(paths), drawn.choice(paths)
    match drawn.randrange(5):
        case 0:
            path.unlink()
        case 1:
            other.write_bytes(path.read_bytes())
        case 2:
            name = new_subject() * 2
            copied = (
                disk.keys_path(outbox, name)
                if path.suffix == ".keys"
                else disk.batch_path(outbox, name)
            )
            copied.parent.mkdir(exist_ok=True)
            copied.write_bytes(path.read_bytes())
        case _:
            path.write_bytes(changed(path.read_bytes(), drawn))


def test_any_damage_is_mended(tmp_path: Path) -> None:
    """Whatever was done to the files of an outbox, it adds nothing, and the next one brings all."""
    world, drawn = World(tmp_path / "world"), random.Random(SEED)
    for number in range(count(300, 30)):
        store, stick = tmp_path / f"{number}", tmp_path / f"{number}.stick"
        shutil.copytree(world.store, store)
        shutil.copytree(world.stick, stick)
        for _ in range(drawn.randint(1, 4)):
            damage(stick / world.outbox.relative_to(world.stick), drawn)
        with opened(store) as vault, suppress(DeskError):
            copy.merge(vault, stick)
        goes_on(store)
        with opened(store) as vault:
            assert copy.merge(vault, world.stick).refused == {}
        is_whole(store)
        shutil.rmtree(store)
        shutil.rmtree(stick)
