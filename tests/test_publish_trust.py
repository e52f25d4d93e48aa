"""`desk publish` puts what it has verified and nothing else (desk/online/publishing.py, trust.py, done.py)."""

from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import boto3
import pytest
from nacl.utils import random

from desk.errors import DeskError
from desk.online import done, publishing
from desk.wire.board import build
from tests import trusted
from tests.board_samples import BOARD_SEED, NEXT, PUBLISHED, heading

STRANGER, OTHER_SITE = b"x" * 32, b"y" * 32
HIGHEST = 2**32 - 1


def board(epoch: int, seed: bytes = BOARD_SEED, **changes: Any) -> bytes:
    head = heading(epoch=epoch, **changes)
    return build.build([], [], heading=head, board_seed=seed, rng=random).octets


class Place:
    """A target, its board as it is served, and the machine that publishes there."""

    def __init__(self, folder: Path, target: str, get: Callable[[], bytes | None], put: Any):
        self.folder, self.target, self.served, self.serve = folder, target, get, put
        self.trust = trusted.folder(folder)

    def publish(self, octets: bytes, **changes: Any) -> list[str]:
        path = self.folder / "stick"
        path.write_bytes(octets)
        given = {"trust": self.trust, "today": PUBLISHED}
        return publishing.publish(publishing.Order(path, self.target, **(given | changes)))

    def refuses(self, octets: bytes, said: str, hint: str = "", **changes: Any) -> None:
        """See that a board is refused in these words and that nothing is changed."""
        before = self.served(), done.read(self.trust)
        with pytest.raises(DeskError, match=said) as refused:
            self.publish(octets, **changes)
        assert hint in refused.value.hint
        assert (self.served(), done.read(self.trust)) == before


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Give a folder that is served, and a bucket on a real server."""
    if request.param == "folder":
        site = tmp_path / "site"
        site.mkdir()
        file = site / "board.bin"
        return Place(
            tmp_path,
            str(site),
            lambda: file.read_bytes() if file.exists() else None,
            file.write_bytes,
        )
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", request.getfixturevalue("s3_endpoint"))
    bucket, client = request.getfixturevalue("s3_bucket"), boto3.client("s3")
    name = {"Bucket": bucket, "Key": "board.bin"}

    def get() -> bytes | None:
        found = client.list_objects_v2(Bucket=bucket).get("Contents")
        return client.get_object(**name)["Body"].read() if found else None

    return Place(tmp_path, f"s3://{bucket}", get, lambda body: client.put_object(**name, Body=body))


def test_a_board_that_is_not_signed_by_this_desk_is_never_put(place: Place) -> None:
    """Whole in itself and with the highest number: the real board could never follow it."""
    forged = bytearray(board(HIGHEST))
    forged[70] ^= 1
    place.refuses(board(HIGHEST, STRANGER), "no board of this desk: board_key", "key list")
    place.refuses(bytes(forged), "no board of this desk: board_signature")
    assert place.served() is None
    assert "board 1 is published" in place.publish(board(1))[0]


def test_a_served_board_that_does_not_verify_counts_as_damaged(place: Place) -> None:
    """Said so; replaced above the last one published here, or by that one itself, and by nothing else."""
    eighth, forged = board(8), board(HIGHEST, STRANGER)
    place.publish(eighth)
    place.serve(forged)
    place.refuses(board(7), "board 8 was published")
    place.refuses(board(8), "board 8 was published")
    told = place.publish(eighth)
    assert told[0] == "what was served did not verify and counts as damaged: board_key"
    assert place.served() == eighth
    place.serve(random(500))
    assert "board_" in place.publish(board(9))[0]


def test_the_operator_gives_a_floor_where_the_machine_knows_none(place: Place) -> None:
    """On a new machine, with what is served damaged; the floor never takes away what the machine knows."""
    place.serve(board(HIGHEST, STRANGER))
    place.refuses(board(9), "this machine published nothing yet", "--above")
    place.refuses(board(9), "board 9 was published", above=9)
    assert "board 9 is published" in place.publish(board(9), above=8)[1]
    place.refuses(board(8), "board 9 was published", above=0)
    place.serve(b"")
    place.refuses(board(9), "board 9 was published", above=3)


@pytest.fixture
def site(tmp_path: Path) -> Place:
    (tmp_path / "site").mkdir()
    file = tmp_path / "site" / "board.bin"
    get = lambda: file.read_bytes() if file.is_file() else None  # noqa: E731 - as above
    return Place(tmp_path, str(tmp_path / "site"), get, file.write_bytes)


def test_an_old_board_of_ours_is_not_put_back(site: Place) -> None:
    """What somebody keeps and puts on the stick again verifies; this machine knows what came later."""
    seventh = board(7)
    site.publish(seventh)
    site.publish(board(9))
    site.serve(seventh)  # by somebody with the publisher's credentials
    site.refuses(board(8), "board 9 was published")
    assert site.publish(board(10)) == [f"board 10 is published, {len(seventh)} bytes; next {NEXT}"]


def test_a_next_board_is_not_put_where_the_last_one_has_gone(site: Place) -> None:
    """A folder that is not mounted looks like that: the board would reach nobody, and count as announced."""
    first, second = board(1), board(2)
    site.publish(first)
    (Path(site.target) / "board.bin").unlink()
    site.refuses(second, "board 1 was published there, and nothing lies there now", "mount")
    assert site.publish(second, above=1)[0].startswith("board 2 is published")
    (Path(site.target) / "board.bin").unlink()
    assert site.publish(second)[0].startswith("board 2 is published")


def test_a_board_of_a_later_day_is_refused(site: Place) -> None:
    """It would keep every board of a right clock from following; the hint leads out."""
    tomorrow = PUBLISHED + timedelta(1)
    ahead = board(1, published=tomorrow, next_board=tomorrow + timedelta(7))
    site.refuses(
        ahead, f"board 1 is of {tomorrow}, and here it is {PUBLISHED}", "--clock-was-wrong"
    )
    assert "is published" in site.publish(ahead, today=tomorrow)[0]


def test_a_link_in_the_place_of_the_board_is_replaced(site: Place, tmp_path: Path) -> None:
    """No reader gets a board from it, so it is damaged too; where it leads nothing is changed."""
    (tmp_path / "secret").write_bytes(b"kept")
    (tmp_path / "site" / "board.bin").symlink_to(tmp_path / "secret")
    assert "damaged" in site.publish(board(3), above=0)[0]
    assert not (tmp_path / "site" / "board.bin").is_symlink()
    assert (tmp_path / "secret").read_bytes() == b"kept"


def test_what_was_published_is_noted_for_each_place(site: Place, tmp_path: Path) -> None:
    """One desk may have two sites; the number of one says nothing of the other."""
    (tmp_path / "other").mkdir()
    site.publish(board(9))
    file = tmp_path / "stick"
    file.write_bytes(board(2))
    other = publishing.Order(file, str(tmp_path / "other"), site.trust, PUBLISHED)
    assert "board 2 is published" in publishing.publish(other)[0]
    noted = done.read(site.trust)
    assert {where: one.epoch for where, one in noted.boards.items()} == {
        str(tmp_path / "site"): 9,
        str(tmp_path / "other"): 2,
    }
    assert noted.boards[str(tmp_path / "other")].sha256 == sha256(file.read_bytes()).hexdigest()


def relist(place: Place, text: str) -> None:
    (place.trust / "keys.json").write_text(text, "ascii")


LISTS = {
    "stranger": ("names the site key .{16}, and pinned is", "this desk"),
    "changed": ("was changed after it was signed", "copy it again"),
    "older": ("was issued on 2026-09-30, and one of 2026-10-01 is known", "newest"),
    "ahead": ("is of 2026-11-28, and here it is 2026-11-27", "clocks"),
    "nothing": ("none as in WIRE", "desk key publish"),
}


def wrong_list(case: str) -> str:
    other = trusted.entries(site=STRANGER)
    return {
        "stranger": trusted.keylist.build(
            other, issued=trusted.ISSUED, practice=False, site_seed=STRANGER
        ),
        "changed": trusted.key_list().replace("2099-12-31", "2098-12-31", 1),
        "older": trusted.key_list(issued=date(2026, 9, 30)),
        "ahead": trusted.key_list(issued=PUBLISHED + timedelta(1)),
        "nothing": "{}",
    }[case]


@pytest.mark.parametrize("case", LISTS)
def test_a_key_list_that_is_not_to_be_believed_stops_it(site: Place, case: str) -> None:
    """Of another desk, changed, older than one that was believed here, or of a day that has not come."""
    site.publish(board(7))
    relist(site, wrong_list(case))
    site.refuses(board(8), *LISTS[case])
    relist(site, trusted.key_list(issued=PUBLISHED))
    assert "board 8 is published" in site.publish(board(8))[0]


def test_two_desks_are_not_mixed_up(site: Place) -> None:
    """Neither the board nor the whole folder of another desk is taken for ours."""
    theirs = trusted.entries(board=STRANGER, site=OTHER_SITE)
    text = trusted.keylist.build(
        theirs, issued=trusted.ISSUED, practice=False, site_seed=OTHER_SITE
    )
    other = trusted.folder(site.trust, text, OTHER_SITE)
    site.refuses(board(1, STRANGER), "board_key")
    site.refuses(board(1), "board_key", trust=other)
    trusted.half(site.trust, OTHER_SITE)
    site.refuses(board(1), "has 2 site keys and needs one")


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"keys_issued":5,"boards":{},"purges":{}}',
        '{"keys_issued":"","boards":{"x":{"epoch":"7","sha256":""}},"purges":{}}',
        '{"keys_issued":"","boards":{},"purges":{"x":{"store":"","issued":7}}}',
    ],
)
def test_a_damaged_note_stops_it_and_the_hint_leads_on(site: Place, text: str) -> None:
    """Without what it knows, the machine would go back; the operator says the number instead."""
    site.publish(board(7))
    (site.trust / done.NAME).write_text(text, "ascii")
    with pytest.raises(DeskError, match=r"done\.json in --trust is damaged") as refused:
        site.publish(board(8))
    assert "move it away" in refused.value.hint
    (site.trust / done.NAME).unlink()
    assert "board 8 is published" in site.publish(board(8), above=7)[0]


def test_what_cannot_be_noted_is_not_published(site: Place) -> None:
    """The note comes before the board, so that a crash in between forgets nothing."""
    (site.trust / done.NAME).mkdir()
    with pytest.raises(DeskError, match="cannot read done"):
        site.publish(board(7))
    assert site.served() is None


def test_a_verifier_that_does_not_answer_stops_it(
    site: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a library is missing: nothing is put unverified."""
    monkeypatch.setenv("PYTHONHOME", str(site.folder))  # no Python starts with it
    site.refuses(board(7), "the process that verifies did not answer", "requirements/serve.txt")
