"""`check`: every byte of the case store is proven, and whatever is wrong is named."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.folder import stage
from desk.store import batch, disk, handlers, keyfile, ring
from desk.store.check import Finding, Report, check
from desk.store.event import LOG
from desk.store.faults import FAULTS
from desk.store.vault import Vault, new_subject
from desk.strings import Strings
from tests.soak import SOAK
from tests.vaults import (
    CHEAP,
    OBJECT,
    erase,
    event,
    files,
    filled,
    flip,
    make_store,
    one_file,
    opened,
    texts,
    tombstone,
)

SEED = 20261122


def whole(folder: Path) -> tuple[Path, list[str]]:
    """Make a store that has one of everything: two handlers, an erased subject, a quarantine."""
    store, subjects = filled(folder)
    with opened(store) as vault:
        handlers.add(vault, "bea", "other words", work=CHEAP)
        vault.quarantine(OBJECT, b"abc")
    return store, subjects


def found(vault: Vault) -> set[tuple[str, str]]:
    """Return folder or file, and fault, of each finding."""
    return {(one.file.split("/")[0], one.fault) for one in check(vault).findings}


def test_whole_store_has_no_findings(tmp_path: Path) -> None:
    """The report counts what there is."""
    store, _ = whole(tmp_path)
    with opened(store) as vault:
        assert check(vault) == Report(
            findings=(),
            batches=4,
            events=4,
            events_erased=1,
            subjects=3,
            subjects_erased=1,
            handlers=2,
            quarantined=1,
        )


def test_check_changes_nothing(tmp_path: Path) -> None:
    """It repairs nothing, not even what opening the store would."""
    store, subjects = whole(tmp_path)
    with opened(store) as vault:
        vault.append([tombstone(subjects[0])])
        before = files(store)
        assert found(vault) == {("keys", "key_left")}
        assert files(store) == before


def positions(octets: bytes) -> list[int]:
    """Every byte of a file in a soak, and a drawn share of them otherwise."""
    every = range(len(octets))
    if not octets:
        return []
    drawn = random.Random(SEED + len(octets)).sample(every, min(16, len(octets)))
    return list(every) if SOAK else sorted({*drawn, *every[:2], every[-1]})


def test_every_flipped_bit_is_found(tmp_path: Path) -> None:
    """One bit anywhere, in any file but the empty lock, leads to a finding in that file."""
    store, _ = whole(tmp_path)
    with opened(store) as vault:
        for name, octets in files(store).items():
            for at in positions(octets):
                flip(store / name, at, at % 8)
                findings = check(vault).findings
                (store / name).write_bytes(octets)
                assert findings, (name, at)
                keys = name.startswith("keys/")
                assert keys or name in {one.file for one in findings}, (name, at)
        assert check(vault).findings == ()


def test_every_missing_and_every_cut_file_is_found(tmp_path: Path) -> None:
    """No file can go, end early or grow without a finding, but for the empty lock.

    A wrap or an object in quarantine that is gone leaves no trace: nothing else speaks of them.
    """
    store, _ = whole(tmp_path)
    with opened(store) as vault:
        for name, octets in files(store).items():
            if name == "lock":
                continue
            path = store / name
            path.unlink()
            gone = check(vault).findings
            assert gone or name.startswith(("wraps/", "quarantine/")), name
            for wrong in (b"", octets[:-1], octets + b"\x00"):
                path.write_bytes(wrong)
                assert name in {one.file for one in check(vault).findings}, name
            path.write_bytes(octets)


def keep_more(vault: Vault, subject: str) -> None:
    vault.append([event(subject, "more")])


def a_stranger(vault: Vault, _: str) -> None:
    (vault.path / "notes.txt").write_bytes(b"x")


def a_link(vault: Vault, _: str) -> None:
    (vault.path / "keys" / "folder").symlink_to(vault.path / "batches")


def a_part(vault: Vault, _: str) -> None:
    stage(vault.path / "keys" / f"{'a' * 64}.keys", b"x")


def a_full_lock(vault: Vault, _: str) -> None:
    (vault.path / "lock").write_bytes(b"x")


def a_folder_in_the_place_of_a_file(vault: Vault, _: str) -> None:
    path = vault.path / "wraps" / "bea.wrap"
    path.unlink()
    path.symlink_to("anna.wrap")


def another_identity(vault: Vault, _: str) -> None:
    path = vault.path / "store.json"
    path.write_bytes(path.read_bytes().replace(b"false", b"true"))


def no_identity(vault: Vault, _: str) -> None:
    (vault.path / "store.json").unlink()


def half_a_batch(vault: Vault, subject: str) -> None:
    place = next(place for place, one in vault.events() if one.subject == subject)
    path = disk.batch_path(vault.path, place.batch)
    path.write_bytes(path.read_bytes()[:-1])


def no_batch_but_its_name(vault: Vault, _: str) -> None:
    octets = b"no batch"
    path = disk.batch_path(vault.path, batch.name(octets))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(octets)


def no_heads(vault: Vault, _: str) -> None:
    (vault.path / "heads").unlink()


def other_heads(vault: Vault, _: str) -> None:
    (vault.path / "heads").write_bytes(b"x")


def a_lost_batch(vault: Vault, subject: str) -> None:
    keep_more(vault, subject)
    disk.batch_path(vault.path, list(vault.events())[-1][0].batch).unlink()


def log_key(vault: Vault) -> bytes:
    key = ring.load(vault.path, vault.lock).log
    assert key is not None
    return key


def put_batch(vault: Vault, clock: int, parents: list[bytes], key: bytes = b"") -> None:
    log = key or log_key(vault)
    octets = batch.build(vault.lock.store_id, clock, parents, records=(), log=log)
    disk.put_batch(vault.path, batch.name(octets), octets, keys=None)


def a_wrong_clock(vault: Vault, _: str) -> None:
    put_batch(vault, 77, [bytes.fromhex(sorted(vault.names)[0])])


def a_clock_without_parents(vault: Vault, _: str) -> None:
    put_batch(vault, 1, [])


def a_missing_parent(vault: Vault, _: str) -> None:
    put_batch(vault, 77, [b"\x07" * 32])


def a_forged_batch(vault: Vault, _: str) -> None:
    put_batch(vault, 77, [], key=bytes(32))


def a_clock_that_is_too_high(vault: Vault, _: str) -> None:
    octets = batch.header(2**64 - 1, (), 0) + bytes(batch.SEAL_BYTES)
    disk.put_batch(vault.path, batch.name(octets), octets, keys=None)


def no_keys_file(vault: Vault, subject: str) -> None:
    for path in vault.path.glob("keys/*"):
        if bytes.fromhex(subject) in path.read_bytes():
            path.unlink()


def a_foreign_record(vault: Vault, subject: str) -> None:
    stranger = (bytes(32), event(subject))
    log, store_id = log_key(vault), vault.lock.store_id
    octets = batch.build(store_id, 0, (), records=[stranger], log=log)
    disk.put_batch(vault.path, batch.name(octets), octets, keys=None)


def no_keys(vault: Vault, _: str) -> None:
    one_file(vault.path, "keys/*").write_bytes(b"x")


def keys_of_another_store(vault: Vault, _: str) -> None:
    path = one_file(vault.path, "keys/*")
    lock = keyfile.Lock(bytes(16), bytes(32))
    path.write_bytes(keyfile.build(lock, {bytes(16): keyfile.ERASED}))


def keys_alone(vault: Vault, _: str) -> None:
    octets = keyfile.build(
        vault.lock, {b"\x01" * 16: keyfile.seal(vault.lock, b"\x01" * 16, b"k" * 32)}
    )
    disk.put(disk.keys_path(vault.path, "a" * 64), octets)


def a_broken_key(vault: Vault, subject: str) -> None:
    for path in vault.path.glob("keys/*"):
        at = path.read_bytes().find(bytes.fromhex(subject))
        if at > 0:
            flip(path, at + 20)


def the_key_twice(vault: Vault, subject: str) -> None:
    for path in list(vault.path.glob("keys/*")):
        if bytes.fromhex(subject) in path.read_bytes():
            shutil.copyfile(path, disk.keys_path(vault.path, "f" * 64))


def a_tombstone(vault: Vault, subject: str) -> None:
    vault.append([tombstone(subject)])


def zeros(vault: Vault, subject: str) -> None:
    for path in vault.path.glob("keys/*"):
        at = path.read_bytes().find(bytes.fromhex(subject))
        if at > 0:
            disk.overwrite(path, at + 16, 72)


def another_name_in_quarantine(vault: Vault, _: str) -> None:
    (vault.path / "quarantine" / ("0" * 64)).write_bytes(b"x")


def a_strange_name_in_quarantine(vault: Vault, _: str) -> None:
    (vault.path / "quarantine" / "x").write_bytes(b"x")


def a_cut_wrap(vault: Vault, _: str) -> None:
    (vault.path / "wraps" / "bea.wrap").write_bytes(b"x")


def a_strange_wrap(vault: Vault, _: str) -> None:
    (vault.path / "wraps" / "Bea.wrap").write_bytes(b"x")


Damage = Callable[[Vault, str], None]


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (keep_more, set()),
        (a_stranger, {("notes.txt", "unknown_file")}),
        (a_link, {("keys", "unknown_file")}),
        (a_part, {("keys", "unknown_file")}),
        (a_full_lock, {("lock", "unknown_file")}),
        (a_folder_in_the_place_of_a_file, {("wraps", "unknown_file"), ("wraps", "unreadable")}),
        (another_identity, {("store.json", "store_shape")}),
        (no_identity, {("store.json", "store_shape")}),
        (half_a_batch, {("batches", "batch_name")}),
        (no_batch_but_its_name, {("batches", "batch_shape")}),
        (no_heads, {("heads", "unreadable")}),
        (other_heads, {("heads", "heads_shape")}),
        (a_lost_batch, {("batches", "batch_missing")}),
        (a_wrong_clock, {("batches", "batch_clock")}),
        (a_clock_without_parents, {("batches", "batch_clock")}),
        (a_missing_parent, {("batches", "parent_missing")}),
        (a_forged_batch, {("batches", "batch_seal")}),
        (a_clock_that_is_too_high, {("batches", "batch_clock")}),
        (no_keys_file, {("batches", "record_keyless")}),
        (a_foreign_record, {("batches", "record_broken")}),
        (keys_alone, {("keys", "keys_unused")}),
        (a_broken_key, {("keys", "key_broken"), ("batches", "record_keyless")}),
        (the_key_twice, {("keys", "key_twice"), ("keys", "keys_unused")}),
        (a_tombstone, {("keys", "key_left")}),
        (zeros, {("keys", "key_lost"), ("batches", "record_keyless")}),
        (another_name_in_quarantine, {("quarantine", "quarantine_name")}),
        (a_strange_name_in_quarantine, {("quarantine", "unknown_file")}),
        (a_cut_wrap, {("wraps", "wrap_shape")}),
        (a_strange_wrap, {("wraps", "unknown_file")}),
    ],
)
def test_each_damage_has_its_own_finding(
    tmp_path: Path, damage: Damage, expected: set[tuple[str, str]]
) -> None:
    """What is wrong is said by one word from the closed list, with the file."""
    store, subjects = whole(tmp_path)
    with opened(store) as vault:
        damage(vault, subjects[0])
        assert found(vault) == expected


@pytest.mark.parametrize(
    ("damage", "fault"), [(no_keys, "keys_shape"), (keys_of_another_store, "keys_foreign")]
)
def test_keys_file_that_cannot_be_used_is_found(tmp_path: Path, damage: Damage, fault: str) -> None:
    """Beside the file, the events that it locks out are named."""
    store, subjects = whole(tmp_path)
    with opened(store) as vault:
        damage(vault, subjects[0])
        name = one_file(store, "keys/*").name
        assert Finding(f"keys/{name}", fault) in check(vault).findings


def test_unreadable_files_are_found(tmp_path: Path) -> None:
    """A folder in the place of a file is what the disk does not give."""
    store, _ = whole(tmp_path)
    with opened(store) as vault:
        path = one_file(store, "quarantine/*")
        path.unlink()
        path.mkdir()
        keys = one_file(store, "keys/*")
        keys.unlink()
        keys.mkdir()
        assert found(vault) >= {("quarantine", "unreadable"), ("keys", "unreadable")}


def test_folder_that_cannot_be_looked_into_is_told(tmp_path: Path) -> None:
    """A whole part of the store that is gone does not pass for an empty one."""
    store, _ = whole(tmp_path)
    with opened(store) as vault:
        os.rename(store, tmp_path / "away")
        with pytest.raises(DeskError, match="cannot read"):
            check(vault)


def test_findings_are_sorted_and_told_once(tmp_path: Path) -> None:
    """Many broken records in one file are one finding."""
    store = make_store(tmp_path)
    subject = new_subject()
    with opened(store) as vault:
        vault.append([event(subject)] * 5)
        for path in store.glob("keys/*"):
            if bytes.fromhex(subject) in path.read_bytes():
                path.unlink()
        a_stranger(vault, LOG)
        a_full_lock(vault, LOG)
        findings = check(vault).findings
        assert [one.fault for one in findings] == ["record_keyless", "unknown_file", "unknown_file"]
        assert list(findings) == sorted(findings)


def test_every_damage_leaves_the_rest_readable(tmp_path: Path) -> None:
    """After the worst of it, opening the store again gives what is whole."""
    store, subjects = whole(tmp_path)
    with opened(store) as vault:
        erase(vault, subjects[1])
        no_batch_but_its_name(vault, LOG)
        a_cut_wrap(vault, LOG)
        a_stranger(vault, LOG)
    with opened(store) as vault:
        assert texts(vault) == ["first", "third"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_fault_has_words(language: str) -> None:
    """Each word of the closed list is told to a handler in both languages."""
    strings = Strings(language)
    for fault in FAULTS:
        assert strings(f"store.finding.{fault}")
