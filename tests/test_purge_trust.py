"""`desk purge` deletes what the desk signed and nothing else (desk/online/purging.py, purgelist.py, trust.py)."""

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest

from desk.errors import DeskError, Refused
from desk.online import done, purging
from desk.online.purging import GOOD_FOR
from desk.wire import canon, purgelist
from desk.wire.purgelist import PurgeList
from tests import trusted
from tests.board_samples import BOARD_KEY, BOARD_SEED
from tests.practice import desk
from tests.stores import make_object, name_of

STORE, OTHER_STORE = "5a" * 16, "6b" * 16
DAY = date(2026, 11, 22)
STRANGER = b"x" * 32


def signed(*held: str, seed: bytes = BOARD_SEED, **changes: Any) -> str:
    """A purge list of the names given, by the desk."""
    given = {"store": STORE, "issued": DAY.isoformat(), "held": tuple(sorted(held)), "erased": ()}
    return purgelist.build(PurgeList(**(given | changes)), board_seed=seed)


class Drop:
    """A store with two objects, and the machine that purges it."""

    def __init__(self, folder: Path, source: str, left: Callable[[], set[str]]) -> None:
        self.folder, self.source, self.left = folder, source, left
        self.trust = trusted.folder(folder)
        self.names = sorted(self.left())

    def purge(self, text: str, **changes: Any) -> purging.Tally:
        path = self.folder / "list"
        path.write_text(text, "utf-8")
        given = {"trust": self.trust, "today": DAY}
        order = purging.Order(path, self.source, **(given | changes))
        names = purging.believed(order)
        return purging.purge(names, purging.store_of(self.source))

    def refuses(self, text: str, said: str, hint: str = "", **changes: Any) -> None:
        """See that a list is refused in these words, deletes nothing and leaves no note."""
        before = self.left(), done.read(self.trust)
        with pytest.raises(DeskError, match=said) as refused:
            self.purge(text, **changes)
        assert hint in refused.value.hint
        assert (self.left(), done.read(self.trust)) == before


@pytest.fixture
def folder(tmp_path: Path) -> Drop:
    objects = [make_object() for _ in range(2)]
    (tmp_path / "drop" / "in").mkdir(parents=True)
    for one in objects:
        (tmp_path / "drop" / "in" / name_of(one)).write_bytes(one)
    return Drop(tmp_path, str(tmp_path / "drop"), lambda: set(os.listdir(tmp_path / "drop" / "in")))


@pytest.fixture
def bucket(
    tmp_path: Path, s3_endpoint: str, s3_bucket: str, monkeypatch: pytest.MonkeyPatch
) -> Drop:
    """Give a bucket on a real server."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3_endpoint)
    client = boto3.client("s3")
    for one in (make_object(), make_object()):
        client.put_object(Bucket=s3_bucket, Key=f"in/{name_of(one)}", Body=one)

    def left() -> set[str]:
        found = client.list_objects_v2(Bucket=s3_bucket).get("Contents", [])
        return {item["Key"].removeprefix("in/") for item in found}

    return Drop(tmp_path, f"s3://{s3_bucket}", left)


@pytest.fixture(params=["folder", "bucket"])
def drop(request: pytest.FixtureRequest) -> Drop:
    made: Drop = request.getfixturevalue(request.param)
    return made


def with_one_name_more(text: str, name: str) -> str:
    """What a courier does: one name is added, and all else stays as it was signed."""
    outer = json.loads(text)
    content = json.loads(outer["signed"])
    content["held"] = sorted([*content["held"], name])
    return canon.dumps(outer | {"signed": canon.dumps(content)})


def test_a_name_that_a_courier_adds_deletes_nothing(drop: Drop) -> None:
    """Not even what was on the list: it is refused whole. The list as it was signed is carried out."""
    one, other = drop.names
    drop.refuses(with_one_name_more(signed(one), other), "or it was changed", "desk purge-list")
    assert drop.purge(signed(one)).gone == 1
    assert drop.left() == {other}


def test_what_was_erased_goes_too(folder: Drop) -> None:
    """The list says of each name why it may go; both kinds go."""
    one, other = folder.names
    assert folder.purge(signed(one, erased=(other,))).gone == 2


def plain(name: str) -> str:
    return f"# balie purge list\n{name}\n"


def as_key_list(name: str) -> str:
    """The same words, signed as something else."""
    from nacl.signing import SigningKey

    outer = json.loads(signed(name))
    words = b"balie/1 reply board\n" + outer["signed"].encode()
    signature = SigningKey(BOARD_SEED).sign(words).signature.hex()
    return canon.dumps(outer | {"signature": signature})


FORGED: dict[str, Callable[[str], str]] = {
    "unsigned": plain,
    "of_another_desk": lambda name: signed(name, seed=STRANGER),
    "by_the_site_key": lambda name: signed(name, seed=trusted.SITE_SEED),
    "under_another_label": as_key_list,
    "cut_off": lambda name: signed(name)[:-1],
    "with_a_line_break": lambda name: signed(name) + "\n",
    "of_another_day": lambda name: signed(name).replace("2026-11-22", "2026-11-21"),
    "of_another_store": lambda name: signed(name).replace(STORE, OTHER_STORE),
    "no_text": lambda name: "\u00e9\u2028" + name,
    "empty": lambda name: "",
}


@pytest.mark.parametrize("case", FORGED)
def test_what_the_desk_did_not_sign_deletes_nothing(folder: Drop, case: str) -> None:
    """Whatever was changed, and whoever else signed."""
    folder.refuses(FORGED[case](folder.names[0]), "no purge list of this desk")


def test_a_list_of_another_case_store_is_refused(folder: Drop) -> None:
    """The first that verifies says which store; another one needs a word of the operator."""
    one, other = folder.names
    folder.purge(signed(one))
    theirs = signed(other, store=OTHER_STORE)
    folder.refuses(theirs, f"of the case store {OTHER_STORE}, and not of {STORE}", "--store")
    folder.refuses(signed(other), "and not of", store=OTHER_STORE)
    assert folder.purge(theirs, store=OTHER_STORE).gone == 1
    folder.refuses(signed(other), f"and not of {OTHER_STORE}")


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "and here it is"), (GOOD_FOR.days + 1, "counts for 7 days")],
)
def test_a_list_of_a_day_that_has_not_come_or_is_long_past(
    folder: Drop, days: int, said: str
) -> None:
    """What two stores held then they may have lost since; the clock of one of them may be wrong."""
    one, _ = folder.names
    folder.refuses(signed(one), said, "desk purge-list", today=DAY + timedelta(days))
    assert folder.purge(signed(one), today=DAY + GOOD_FOR).gone == 1


def test_an_earlier_list_is_refused_after_a_later_one(folder: Drop) -> None:
    """Somebody who keeps lists cannot have one carried out again; the last itself is no error."""
    one, other = folder.names
    later = signed(one, issued=(DAY + timedelta(1)).isoformat())
    folder.purge(later, today=DAY + timedelta(1))
    folder.refuses(signed(other), "a later list, of 2026-11-23", today=DAY + timedelta(1))
    assert folder.purge(later, today=DAY + timedelta(1)).absent == 1


def test_no_list_comes_back_by_way_of_another_case_store(folder: Drop) -> None:
    """Whoever keeps a list, and sees the store named anew twice, has none of the old ones carried out."""
    one, other = folder.names
    day = DAY + timedelta(1)
    folder.purge(signed(one, issued=day.isoformat()), today=day)
    theirs = signed(one, store=OTHER_STORE)
    folder.refuses(theirs, "a later list, of 2026-11-23", today=day, store=OTHER_STORE)
    theirs = signed(one, store=OTHER_STORE, issued=day.isoformat())
    assert folder.purge(theirs, today=day, store=OTHER_STORE).absent == 1
    folder.refuses(signed(other), "a later list, of 2026-11-23", today=day, store=STORE)
    assert folder.purge(signed(other, issued=day.isoformat()), today=day, store=STORE).gone == 1


def test_a_key_list_of_another_desk_makes_no_purge_list_ours(folder: Drop) -> None:
    """A courier who brings both signs with a site key that is not pinned."""
    theirs = trusted.entries(board=STRANGER, site=b"y" * 32)
    text = trusted.keylist.build(theirs, issued=trusted.ISSUED, practice=False, site_seed=b"y" * 32)
    (folder.trust / "keys.json").write_text(text, "ascii")
    folder.refuses(signed(folder.names[0], seed=STRANGER), "names the site key")


def test_a_list_that_is_a_link_is_not_read(folder: Drop, tmp_path: Path) -> None:
    """A link on a stick could lead anywhere."""
    (tmp_path / "list").write_text(signed(folder.names[0]), "ascii")
    (tmp_path / "link").symlink_to(tmp_path / "list")
    order = purging.Order(tmp_path / "link", folder.source, folder.trust, DAY)
    with pytest.raises(DeskError, match="cannot read the purge list"):
        purging.believed(order)


def test_the_command_says_what_happened(folder: Drop, tmp_path: Path) -> None:
    """Exit code 0 with one line; 1 with a hint, and nothing is deleted."""
    path, (one, other) = tmp_path / "list", folder.names
    given = ("--trust", folder.trust, "--today", DAY)
    path.write_text(plain(one), "ascii")
    done = desk("purge", path, folder.source, *map(str, given))
    assert (done.returncode, done.stdout, len(folder.left())) == (1, "", 2)
    assert done.stderr.startswith("desk: this is no purge list of this desk")
    path.write_text(signed(one), "ascii")
    done = desk("purge", path, folder.source, *map(str, given))
    assert (done.returncode, done.stdout) == (
        0,
        "1 listed, 1 deleted, 0 not there, 0 kept by the store\n",
    )
    assert folder.left() == {other}


def test_a_list_beyond_the_largest_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is that of WIRE.md section 8.1, for who reads and for who makes; no vector can be so long."""
    assert purgelist.MAX_BYTES == 67_108_864
    text = signed(name_of(make_object()))
    monkeypatch.setattr(purgelist, "MAX_BYTES", len(text))
    assert purgelist.parse(text, BOARD_KEY).held
    monkeypatch.setattr(purgelist, "MAX_BYTES", len(text) - 1)
    for reads in (lambda: purgelist.parse(text, BOARD_KEY), lambda: signed(name_of(make_object()))):
        with pytest.raises(Refused, match="purge_list"):
            reads()
