"""Sticks on the daily screen (desk/page/stick.py): complaints in, a colleague's work in, ours out."""

import os
import shutil
from pathlib import Path

import pytest

from desk.page import stick
from tests import samples
from tests.intakes import keep_key
from tests.screens import Client, make_client, put_case


@pytest.fixture
def client(client: Client) -> Client:
    """Give an open screen whose store holds the intake key of the tests."""
    keep_key(client.screen.book, samples.SEED)
    return client


def load(folder: Path, number: int) -> Path:
    """Put sealed complaints and one damaged one on a stick."""
    folder.mkdir()
    for count in range(number):
        fields = samples.complaint(complaint_id=f"{count:032x}", story=f"Verhaal {count}")
        path = samples.put(folder, samples.sealed(fields))
    octets = path.read_bytes()
    samples.put(folder, octets[:-1] + bytes([octets[-1] ^ 1]))
    return folder


def test_a_stick_is_read_and_the_count_is_told(client: Client, tmp_path: Path) -> None:
    """New ones become cases, a damaged one is named and stops nothing; again finds nothing new."""
    folder = load(tmp_path / "stick", 3)
    client.post("/import", path=str(folder))
    assert "4 on the stick, 3 new, 0 known, 1 unreadable (kept in quarantine)" in client.words
    assert "cannot be opened with the key it names" in client.words
    assert len(client.screen.book.cases) == 3
    client.post("/import", path=f"  {folder} ")
    assert "0 new, 3 known" in client.words
    assert client.get("/").text.count("/case/") == 3


@pytest.mark.parametrize("path", ["", "/nowhere/at/all", "/" + "x" * 300, "/x\0y", "/dev/null/x"])
@pytest.mark.parametrize("action", ["/import", "/merge", "/outbox", "/board"])
def test_a_stick_that_is_not_there_is_told_at_the_field(
    client: Client, action: str, path: str
) -> None:
    """What was typed is still in the field."""
    client.post(action, path=path)
    assert client.last.status == 422
    assert 'aria-invalid="true"' in client.text
    assert '<a href="#path">' in client.text
    shown = path.replace("\0", "") or stick.find()
    assert f'value="{shown}"' in client.text.replace("\0", "")


def test_our_work_goes_out_and_a_colleagues_comes_in(client: Client, tmp_path: Path) -> None:
    """Two copies of one store work apart; the stick brings the one's case to the other."""
    client.post("/lock")
    shutil.copytree(client.screen.store, tmp_path / "copy")
    client.unlock()
    case = put_case(client.screen.book, story="Alleen hier")
    (tmp_path / "stick").mkdir()
    client.post("/outbox", path=str(tmp_path / "stick"))
    assert "pieces of work put on the stick" in client.words

    other = make_client(tmp_path / "copy").enter().unlock()
    other.post("/merge", path=str(tmp_path / "stick"))
    assert "1 piece of work taken over" in other.words
    assert "Alleen hier" in other.get(f"/case/{case.subject}").words
    other.screen.lock()


def test_a_mounted_stick_is_offered(tmp_path: Path) -> None:
    """Only a folder on which something is mounted is taken for a stick."""
    (tmp_path / "user" / "STICK").mkdir(parents=True)
    assert stick.find((tmp_path,)) == ""
    assert stick.find((tmp_path / "none",)) == ""
    mounted = next(place for place in ("/proc", "/sys", "/dev") if os.path.ismount(place))
    assert os.path.ismount(stick.find((Path(mounted).parent,)))
