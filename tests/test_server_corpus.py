"""Step 3: requests that two servers may read in two ways, over raw sockets: refused, or read alike."""

from dataclasses import dataclass

import pytest

from tests import server_front, server_rows
from tests.server_rows import FRONTS, Row
from tests.stores import name_of

START = {
    "alone": server_front.alone,
    "caddy": server_front.behind_caddy,
    "nginx": server_front.behind_nginx,
}
# What follows the object is no request: the app alone says so, and the answer to the object is lost.
LOST = {"pipelined_noise", "body_long"}


@dataclass(frozen=True)
class Seen:
    """What one front answered to all rows, and what lay in the drop then."""

    rows: list[Row]
    answers: dict[str, list[int]]
    kept: dict[str, bytes]

    def is_kept(self, row: Row) -> bool:
        return self.kept.get(name_of(row.object)) == row.object


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    """Send every row to every front."""
    found = {}
    for front in FRONTS:
        rows = server_rows.rows()
        with START[front](tmp_path_factory.mktemp(front)) as running:
            answers = server_rows.ask_all(running.port, rows)
            found[front] = Seen(rows, answers, running.kept.objects())
    return found


def test_the_corpus_is_large_and_has_all_three_ends() -> None:
    """Rows have names of their own, and none of the three ends is missing."""
    rows = server_rows.rows()
    assert len({row.name for row in rows}) == len(rows) >= 80
    assert {row.expect for row in rows} == {"stored", "refused", "either"}


@pytest.mark.parametrize("front", FRONTS)
def test_nothing_lies_in_the_drop_but_what_was_sent(seen: dict[str, Seen], front: str) -> None:
    """No request makes two objects, half of one, or one from the rest of another."""
    mine = seen[front]
    assert mine.kept.items() <= {name_of(row.object): row.object for row in mine.rows}.items()


@pytest.mark.parametrize("front", FRONTS)
def test_stored_is_said_when_it_is_so_and_only_then(seen: dict[str, Seen], front: str) -> None:
    """204 is an object in the drop. What lies there was answered so, but for what came behind it."""
    mine = seen[front]
    said = {row.name for row in mine.rows if 204 in mine.answers[row.name]}
    kept = {row.name for row in mine.rows if mine.is_kept(row)}
    assert said <= kept
    assert kept - said <= (LOST if front == "alone" else set())


def test_each_row_ends_as_the_file_says(seen: dict[str, Seen]) -> None:
    """Stored by all, refused by all, or by some: a server that changes its mind is noticed."""
    ends: dict[str, str] = {}
    for number, row in enumerate(server_rows.rows()):
        kept = [mine.is_kept(mine.rows[number]) for mine in seen.values()]
        ends[row.name] = "stored" if all(kept) else "either" if any(kept) else "refused"
    assert ends == {row.name: row.expect for row in server_rows.rows()}
