"""One complaint sealed again and again (desk/cases/fold.py, book.py): the work grows with its seals only."""

from pathlib import Path

from desk.cases.book import Casebook
from tests.cases import event, make_store, receive
from tests.soak import count

SEALS = count(8_000, 1_000)


class Name(str):
    """The name of an object that counts how often any name is looked at."""

    __slots__ = ()
    looks = 0

    def __hash__(self) -> int:
        Name.looks += 1
        return super().__hash__()

    def __eq__(self, other: object) -> bool:
        Name.looks += 1
        return super().__eq__(other)


def seal_again(book: Casebook, subject: str, first: int, many: int) -> int:
    """Write so many further seals of a complaint at once; returns how often a name was looked at."""
    names = [Name(f"{number:064x}") for number in range(first, first + many)]
    events = [event("received_again", subject, object=name) for name in names]
    Name.looks = 0
    book.add(events)
    return Name.looks


def test_the_last_seal_of_a_complaint_costs_as_much_as_the_first(tmp_path: Path) -> None:
    """Somebody may send one complaint thousands of times: no name is compared with all others."""
    with make_store(tmp_path / "store") as vault:
        book = Casebook(vault)
        case = receive(book, object="f" * 64)
        first = seal_again(book, case.subject, 0, 50)
        seal_again(book, case.subject, 50, SEALS)
        last = seal_again(book, case.subject, 50 + SEALS, 50)
        assert len(case.objects) == 1 + SEALS + 100
        assert 0 < last <= 2 * first
        assert book.knows_object(f"{SEALS + 99:064x}")
        assert Casebook(vault).cases == book.cases
