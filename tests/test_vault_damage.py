"""A case store whose own files were damaged or changed: what is whole is read, the rest is named."""

from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.store import batch, disk, keyfile
from desk.store.vault import new_subject
from tests.vaults import CANARY, event, make_store, one_file, opened, texts


@pytest.mark.parametrize("name", ["0" * 64, "f" * 64], ids=["first", "last"])
@pytest.mark.parametrize("record", [keyfile.ERASED, b"\x01" * 72], ids=["zeros", "rubbish"])
def test_record_that_opens_is_used(tmp_path: Path, name: str, record: bytes) -> None:
    """Zeros or rubbish for a subject in another file, whatever its name, take nothing away."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        vault.append([event(subject)])
        octets = keyfile.build(vault.lock, {bytes.fromhex(subject): record})
    disk.keys_path(store, name).write_bytes(octets)
    with opened(store) as vault:
        assert set(vault.faults.values()) <= {"key_twice", "key_broken"}
        assert vault.faults
        vault.append([event(subject)])
        assert texts(vault) == [CANARY, CANARY]
        assert not vault.is_erased(subject)


def test_two_keys_for_one_subject_are_unsure(tmp_path: Path) -> None:
    """While two records open to different keys, nothing is added to the subject."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        vault.append([event(subject)])
        octets = bytes.fromhex(subject)
        other = keyfile.build(vault.lock, {octets: keyfile.seal(vault.lock, octets, bytes(32))})
    disk.keys_path(store, "f" * 64).write_bytes(other)
    with opened(store) as vault, pytest.raises(DeskError, match="damaged or missing"):
        vault.append([event(subject)])


def test_zeros_that_no_log_explains_are_damage(tmp_path: Path) -> None:
    """A subject is not called erased because its key is gone; it is told, and nothing is added."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        place = vault.append([event(subject)])[0]
    keys = disk.keys_path(store, place.batch)
    disk.overwrite(keys, keyfile.HEADER_BYTES + 16, 72)
    with opened(store) as vault:
        assert vault.faults == {keys.name: "key_lost"}
        assert texts(vault) == []
        assert not vault.is_erased(subject)
        with pytest.raises(DeskError, match="damaged or missing"):
            vault.append([event(subject)])


def test_store_without_the_key_of_its_log_can_be_read(tmp_path: Path) -> None:
    """What is there is read; nothing is added until the key is back."""
    store, subject = make_store(tmp_path), new_subject()
    keys = one_file(store, "keys/*.keys")
    with opened(store) as vault:
        vault.append([event(subject)])
    octets = keys.read_bytes()
    disk.overwrite(keys, keyfile.HEADER_BYTES + 16, 72)
    with opened(store) as vault:
        assert texts(vault) == [CANARY]
        with pytest.raises(DeskError, match="key of the log") as refused:
            vault.append([event(subject)])
        assert "backup" in refused.value.hint
    keys.write_bytes(octets)
    with opened(store) as vault:
        vault.append([event(subject)])


def test_batch_that_was_not_sealed_here_is_not_read(tmp_path: Path) -> None:
    """Copied in by hand, a forged batch is named, and counts neither as event nor as the last."""
    store, subject = make_store(tmp_path), new_subject()
    record = (bytes(32), event(subject, "forged"))
    with opened(store) as vault:
        octets = batch.build(vault.lock.store_id, 2**62, (), records=[record], log=bytes(32))
        disk.put_batch(store, batch.name(octets), octets, keys=None)
    with opened(store) as vault:
        assert vault.faults == {f"{batch.name(octets)}.batch": "batch_seal"}
        place = vault.append([event(subject)])[0]
        assert batch.parse(disk.batch_path(store, place.batch).read_bytes()).clock == 1


def test_forged_batch_leaves_no_clock_behind(tmp_path: Path) -> None:
    """One that came in while the key of the log was gone is forgotten when the key is back."""
    store, subject = make_store(tmp_path), new_subject()
    keys = one_file(store, "keys/*.keys")
    octets = keys.read_bytes()
    disk.overwrite(keys, keyfile.HEADER_BYTES + 16, 72)
    forged = batch.header(batch.MAX_CLOCK, (), 0) + bytes(batch.SEAL_BYTES)
    disk.put_batch(store, batch.name(forged), forged, keys=None)
    with opened(store) as vault:
        vault.note_heads()
    keys.write_bytes(octets)
    with opened(store) as vault:
        assert vault.faults == {f"{batch.name(forged)}.batch": "batch_seal"}
        place = vault.append([event(subject)])[0]
        assert batch.parse(disk.batch_path(store, place.batch).read_bytes()).clock == 1


def test_batch_that_is_cut_off_while_the_store_is_open_still_gives_what_is_whole(
    tmp_path: Path,
) -> None:
    """A stick that fails under the desk: wherever it ends, the rest is told as broken and not thrown."""
    store = make_store(tmp_path)
    with opened(store) as vault:
        places = vault.append([event(new_subject(), "first"), event(new_subject(), "second")])
        path = disk.batch_path(store, places[0].batch)
        whole = path.read_bytes()
        offsets = batch.parse(whole).offsets
        for length in range(offsets[0], offsets[2]):
            path.write_bytes(whole[:length])
            left = ["first"] if length >= offsets[1] else []
            assert texts(vault) == left
            assert [one["text"] for _, one in vault.values_again(places)] == left
            assert vault.faults == {path.name: "record_broken"}
