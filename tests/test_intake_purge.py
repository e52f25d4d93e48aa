"""What is on a purge list (desk/outgoing/purge.py) and what it deletes (desk/online/purging.py, bucket.py)."""

import os
import shutil
from pathlib import Path

import pytest

from desk.cases.case import Case
from desk.cases.fields import Given
from desk.errors import DeskError
from desk.intake import added
from desk.online import purging
from desk.online.bucket import Bucket
from desk.online.purging import KEPT, Shelf, Tally
from desk.outgoing import purge, retention
from desk.store.vault import Vault
from desk.wire import purgelist
from tests import intakes
from tests.board_samples import BOARD_KEY
from tests.boards import make_store
from tests.intakes import HANDLER, TODAY, WORDS, opened, take, write
from tests.stores import KeptS3, make_object, name_of, s3_client


def two_copies(folder: Path) -> tuple[Path, Path]:
    """Two copies of one store, each with both keys."""
    one = make_store(folder, "one")
    shutil.copytree(one, folder / "two")
    return one, folder / "two"


def listed(ours: Path, theirs: Path, out: Path) -> tuple[list[str], list[str]]:
    """What `purge_list` writes for two stores: the names held by both, and those erased."""
    with opened(ours) as book, Vault.open(theirs, HANDLER, WORDS) as other:
        made = purge.purge_list(book, other, out, today=TODAY)
    found = purgelist.parse(out.read_text("ascii"), BOARD_KEY)
    assert (found, found.store, found.issued) == (made, other.store_id, TODAY.isoformat())
    return list(found.held), list(found.erased)


def test_only_what_both_stores_received_is_listed(tmp_path: Path) -> None:
    """An object that one store has not is not let go."""
    one, two = two_copies(tmp_path)
    both = write(tmp_path / "a", "In beide.", "Ook in beide.")
    write(tmp_path / "b", "Alleen in de eerste.", first=2)
    with opened(one) as book:
        take(book, tmp_path / "a", tmp_path / "b")
    with opened(two) as book:
        take(book, tmp_path / "a")
    assert listed(one, two, tmp_path / "list") == (sorted(both), [])
    with opened(one) as book:
        assert [dict(event.values) for event in book.logged("purge_listed")] == [{"names": 2}]


def test_every_seal_of_one_complaint_is_listed(tmp_path: Path) -> None:
    """A second seal, joined to its case, may go like the first."""
    one, two = two_copies(tmp_path)
    seals = write(tmp_path / "a", "Twee keer.") + write(tmp_path / "a", "Twee keer.")
    for store in (one, two):
        with opened(store) as book:
            take(book, tmp_path / "a")
    assert listed(one, two, tmp_path / "list") == (sorted(seals), [])


def test_what_was_erased_is_listed_though_no_store_has_it(tmp_path: Path) -> None:
    """An erased complaint must not lie on in the drop; the tombstone of one store is enough."""
    one, two = two_copies(tmp_path)
    names = write(tmp_path / "a", "Gewist.")
    with opened(one) as book:
        take(book, tmp_path / "a")
        (case,) = book.cases.values()
        due = retention.Due(case, retention.WITHDRAWN, TODAY)
        retention.erase(book, [due], today=TODAY, row=no_row)
    assert listed(one, two, tmp_path / "list") == ([], names)
    assert listed(two, one, tmp_path / "other list") == ([], names)


def test_a_complaint_that_a_handler_entered_has_no_object_to_list(tmp_path: Path) -> None:
    """It is in both stores, and never was in the drop."""
    one = make_store(tmp_path, "one")
    names = write(tmp_path / "a", "Over de post.")
    told: dict[str, Given] = {"channel": "telephone", "story": "Aan de telefoon."}
    with opened(one) as book:
        take(book, tmp_path / "a")
        added.add(book, told | {"form_language": "nl", "consent": ("store",)}, today=TODAY)
    shutil.copytree(one, tmp_path / "two")
    assert listed(one, tmp_path / "two", tmp_path / "list") == (names, [])


def no_row(_case: Case) -> dict[str, None]:
    return {}


def test_nothing_in_both_is_an_error_and_writes_nothing(tmp_path: Path) -> None:
    """A list without a name would look like work that was done."""
    one, two = two_copies(tmp_path)
    with pytest.raises(DeskError, match="no object is in both"):
        listed(one, two, tmp_path / "list")
    assert not (tmp_path / "list").exists()


def test_two_desks_have_no_common_list(tmp_path: Path) -> None:
    """A second copy is a copy of this store, not another store that got the same objects."""
    one, other = make_store(tmp_path, "one"), make_store(tmp_path, "other")
    with pytest.raises(DeskError, match="two desks"):
        listed(one, other, tmp_path / "list")


def test_a_list_is_private_and_never_written_over_a_file(tmp_path: Path) -> None:
    """The names say what the desk received; nothing that lies there is lost."""
    purge.write("one", tmp_path / "list")
    assert (tmp_path / "list").stat().st_mode & 0o777 == 0o600
    with pytest.raises(DeskError, match="cannot write"):
        purge.write("other", tmp_path / "list")
    assert (tmp_path / "list").read_text("ascii") == "one"


def test_a_store_without_the_board_key_signs_no_list(tmp_path: Path) -> None:
    """The hint says how to take it in; no file is left."""
    one = intakes.make_store(tmp_path / "one")
    write(tmp_path / "a", "In beide.")
    with opened(one) as book:
        take(book, tmp_path / "a")
    shutil.copytree(one, tmp_path / "two")
    with pytest.raises(DeskError, match="no board key"):
        listed(one, tmp_path / "two", tmp_path / "list")
    assert not (tmp_path / "list").exists()


def test_a_folder_store_loses_what_is_listed_and_nothing_else(tmp_path: Path) -> None:
    """The listed object goes, one that was not there is counted, the others stay."""
    gone, stays = write(tmp_path, "Weg.", "Blijft.")
    tally = purging.purge([gone, "0" * 64], purging.store_of(str(tmp_path)))
    assert tally == Tally(listed=2, gone=1, absent=1)
    assert tally.line() == "2 listed, 1 deleted, 1 not there, 0 kept by the store"
    assert os.listdir(tmp_path / "in") == [stays]


def test_what_a_folder_does_not_let_go_is_told_and_stops_nothing(tmp_path: Path) -> None:
    """A folder under the name of an object cannot be unlinked; the next object goes."""
    (gone,) = write(tmp_path, "Weg.")
    (tmp_path / "in" / ("0" * 64)).mkdir()
    tally = purging.purge(["0" * 64, gone], Shelf(tmp_path))
    assert tally == Tally(listed=2, gone=1, kept={"0" * 64: KEPT})


def test_a_store_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    """A folder that does not exist is no empty store."""
    with pytest.raises(DeskError, match="not a folder"):
        purging.store_of(str(tmp_path / "gone"))


@pytest.fixture
def endpoint(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a real S3 server, which the desk finds where boto3 looks for it."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3_endpoint)
    return s3_endpoint


def put_s3(endpoint: str, bucket: str, body: bytes) -> str:
    s3_client(endpoint).put_object(Bucket=bucket, Key=f"in/{name_of(body)}", Body=body)
    return name_of(body)


def test_a_bucket_loses_what_is_listed(endpoint: str, s3_bucket: str) -> None:
    """The listed object is gone, the other is whole, and asking again is no error."""
    one, other = make_object(), make_object()
    name = put_s3(endpoint, s3_bucket, one)
    put_s3(endpoint, s3_bucket, other)
    store = purging.store_of(f"s3://{s3_bucket}")
    assert purging.purge([name], store) == Tally(listed=1, gone=1)
    assert purging.purge([name], store) == Tally(listed=1, absent=1)
    assert KeptS3(endpoint, s3_bucket).objects() == {name_of(other): other}


def test_every_version_in_a_bucket_is_deleted(endpoint: str, s3_bucket: str) -> None:
    """Where a bucket keeps old versions, none of them and no mark of deletion is left."""
    client, body = s3_client(endpoint), make_object()
    client.put_bucket_versioning(Bucket=s3_bucket, VersioningConfiguration={"Status": "Enabled"})
    name = put_s3(endpoint, s3_bucket, body)
    put_s3(endpoint, s3_bucket, body)
    client.delete_object(Bucket=s3_bucket, Key=f"in/{name}")
    assert Bucket(s3_bucket).delete(name)
    left = client.list_object_versions(Bucket=s3_bucket)
    assert not left.get("Versions")
    assert not left.get("DeleteMarkers")


def test_what_a_lock_holds_is_told_and_stays(endpoint: str) -> None:
    """A bucket that locks its objects keeps them; the purge says so and goes on."""
    client, bucket = s3_client(endpoint), "drop-locked"
    client.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 30}}
    client.put_object_lock_configuration(
        Bucket=bucket, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule}
    )
    body = make_object()
    name = put_s3(endpoint, bucket, body)
    tally = purging.purge([name, "0" * 64], purging.store_of(f"s3://{bucket}"))
    assert tally == Tally(listed=2, absent=1, kept={name: KEPT})
    assert KeptS3(endpoint, bucket).objects() == {name: body}


def test_a_bucket_that_is_not_there_is_said_plainly(endpoint: str) -> None:
    """A wrong name is an error of the handler, not an empty store."""
    with pytest.raises(DeskError, match="the store refused"):
        Bucket("no-such-bucket").delete("0" * 64)
