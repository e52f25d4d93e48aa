"""Steps 3 to 5 on an own server: who may create, list, read and delete in the drop, done as each of the users."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests import server_rights
from tests.server_rights import Root
from tests.stores import make_object, name_of

DEEDS = ("put_new", "list_names", "read", "overwrite", "delete")
# Who takes in cannot read, who deletes cannot read, who reads cannot write; the publisher comes nowhere near.
MAY = {
    "balie-drop": {"put_new"},
    "balie-sweep": {"put_new", "list_names", "delete"},
    "balie-courier": {"list_names", "read"},
    "balie-publisher": set(),
    "root": {"put_new", "list_names", "read", "overwrite", "delete"},
}


@pytest.fixture(scope="module")
def root() -> Iterator[Root]:
    """Users and folders, made once."""
    with TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield server_rights.make(Path(made) / "root")


@pytest.fixture
def name(root: Root) -> str:
    """The name of an object that the app's user has put."""
    body = make_object()
    (root.drop / name_of(body)).write_bytes(body)
    (root.drop / name_of(body)).chmod(0o644)
    assert root.do("balie-drop", "put", name_of(body)) == "ok"
    return name_of(body)


@pytest.mark.parametrize("user", MAY)
@pytest.mark.parametrize("deed", DEEDS)
def test_each_user_may_do_its_part_and_nothing_else(
    root: Root, name: str, user: str, deed: str
) -> None:
    """A deed is done, or ends with a refusal of the system."""
    said = root.do(user, deed, name)
    if user == "balie-drop" and deed == "delete":
        # It must take away what it half wrote, so it may unlink a name that it knows (THREATS.md).
        assert said == "ok"
    else:
        assert (said == "ok") == (deed in MAY[user]), said


def test_an_object_is_of_the_courier_s_group_and_nobody_else_reads_it(
    root: Root, name: str
) -> None:
    """Mode 0040, whatever the service's own group is."""
    status = (root.drop / "in" / name).stat()
    assert status.st_mode & 0o777 == 0o040
    assert status.st_gid == root.ids("balie-courier")[1]
    assert status.st_uid == root.ids("balie-drop")[0]


def test_to_make_users_and_folders_again_takes_nothing_away(root: Root, name: str) -> None:
    """What `install` does on a machine that runs leaves every object where it is."""
    before = sorted(path.name for path in (root.drop / "in").iterdir())
    root.arrange()
    assert sorted(path.name for path in (root.drop / "in").iterdir()) == before
    assert name in before
