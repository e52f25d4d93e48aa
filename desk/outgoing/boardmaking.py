"""Makes the weekly reply board from a case store, steps 7 and 8 (WIRE.md sections 7.2 to 7.7).

Comes in: all cases and the day. Goes out: one signed file for each epoch, the same bytes however
often it is asked for. It refuses a second board for an epoch, and to know where boards are served.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from nacl.signing import SigningKey

from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.outgoing import asked, boards, outbox
from desk.outgoing.asked import Fulfilled
from desk.outgoing.boards import Ledger, Made
from desk.outgoing.outbox import Outbox
from desk.outgoing.retention import RowOf
from desk.store import boards as files
from desk.store.event import Event
from desk.strings import Strings
from desk.wire.board import build, signed_file
from desk.wire.board.build import Built
from desk.wire.board.heading import MAX_N, MIN_N, Heading
from desk.wire.board.slots import Random
from desk.wire.canon import Value

EVERY = timedelta(days=7)
# The first board of a practice desk is of a day that lies so far back, and each next one of a later
# day: so many can be made on one day, without a day ahead of the clock (WIRE.md section 7.2).
_PRACTICE_BACK = timedelta(days=6)
SIZES = tuple(1 << n for n in range(MIN_N, MAX_N + 1))  # slots of a board


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: the day, the epoch that stands on the site (0: not said), and what is announced.

    `slots` is the number on the board after this one, 0 for as many as on this; `late` says that the
    day is right though weeks went by without a board, `clock_was_wrong` that the last board has a day
    that has not come. `row` is what an erased case leaves for the figures, `rng` gives random bytes.
    """

    today: date
    row: RowOf
    rng: Random
    published: int = 0
    slots: int = 0
    late: bool = False
    clock_was_wrong: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """A board to carry to the site; `is_again` if it was made before and is only written again."""

    octets: bytes
    heading: Heading
    is_again: bool
    shown: int = 0
    waiting: int = 0
    receipts: int = 0
    limited: int = 0  # of those waiting, how many no larger board would help
    fulfilled: Fulfilled = field(default_factory=Fulfilled)


def lines(board: Board, say: Strings) -> list[str]:
    """What a handler is told of a board that was made or written again."""
    epoch, due = board.heading.epoch, board.heading.next_board
    if board.is_again:
        return [say("board.again", epoch=epoch, day=board.heading.published)]
    done = board.fulfilled
    counts = {
        "board.waiting": board.waiting - board.limited,
        "board.limited": board.limited,
        "board.closed": done.closed,
        "board.erased": done.erased,
        "board.put_off.early": done.put_off[asked.EARLY],
        "board.put_off.unread": done.put_off[asked.UNREAD],
        "board.put_off.damaged": done.put_off[asked.DAMAGED],
    }
    return [
        say("board.made", epoch=epoch, next=due),
        say("board.carries", replies=board.shown, receipts=board.receipts),
        *(say(name, count=count) for name, count in counts.items() if count),
    ]


def seed(book: Casebook, today: date) -> bytes:
    """The seed of the board key: of those begun, the last."""
    kept = sorted(book.kept("board"), key=lambda key: str(key["not_before"]))
    begun = [key for key in kept if str(key["not_before"]) <= today.isoformat()]
    if not begun:
        hint = "take the board key in with `desk key keep`"
        raise DeskError("this case store holds no board key", hint)
    return bytes.fromhex(str(begun[-1]["seed"]))


def public_key(book: Casebook, today: date) -> bytes:
    """The public half of the board key, 32 bytes; `DeskError` if the store holds none."""
    return bytes(SigningKey(seed(book, today)).verify_key)


def _n(slots: int) -> int:
    if slots not in SIZES:
        raise DeskError(f"a board has no {slots} slots", f"one of: {', '.join(map(str, SIZES))}")
    return slots.bit_length() - 1


def _day(book: Casebook, last: Made | None, today: date) -> date:
    """The day of the next board: today, except at a practice desk that has days to spare."""
    if not book.vault.practice:
        return today
    first = today - _PRACTICE_BACK
    return min(today, max(first, last.heading.published + timedelta(days=1))) if last else first


def _heading(last: Made | None, order: Order, day: date) -> Heading:
    n = last.heading.next_n if last else MIN_N
    epoch = last.epoch + 1 if last else 1
    next_n = _n(order.slots) if order.slots else n
    heading = Heading(epoch, day, day + EVERY, n, next_n)
    before = last.heading if last else None
    build.check_follows(before, heading, late=order.late, clock_was_wrong=order.clock_was_wrong)
    return heading


def _is_news(known: Ledger, said: int) -> bool:
    """Whether the handler says for the first time that the last board stands on the site."""
    if said <= known.published:
        return False
    if known.last is None or said != known.last.epoch:
        number = known.last.epoch if known.last else 0
        hint = "look at the number that `desk publish` told" if number else "make the first one"
        raise DeskError(f"the last board made here is number {number}, not {said}", hint)
    return True


def take(book: Casebook, octets: bytes, *, today: date) -> Heading:
    """Go on from the board that stands on the site, when another copy of this store made it.

    Raises `Refused` if it is not signed with our key, `DeskError` if it is older than the last.
    """
    heading = signed_file.parse(octets, public_key(book, today)).heading
    known, digest = boards.ledger(book), sha256(octets).hexdigest()
    if known.last is not None and heading.epoch < known.last.epoch:
        hint = "publish the last one, or fetch it from where it was made"
        raise DeskError(f"this is board {heading.epoch}; the last is {known.last.epoch}", hint)
    files.keep(book.vault, octets)
    events = []
    if known.last is None or known.last.sha256 != digest:
        events.append(boards.made(book, Made(heading, digest), [], today=today))
    if heading.epoch > known.published:
        events.append(boards.published(book, heading.epoch, today=today))
    events.append(boards.taken(book, heading.epoch, today=today))
    book.add(events)
    return heading


def make(book: Casebook, order: Order) -> Board:
    """Make the next board, or give the last one again as long as it does not stand on the site.

    One of a day that has not come is not given again once the handler says so: the next takes its
    place, whether it was published or not.

    Order: file, then log, then the caller's copy. After a crash in between, the next call makes the
    board anew or gives the same bytes again. Raises `DeskError` when there is no board key, when
    another copy of the store made the last board, or on the day of the last; nothing is noted then.
    """
    known = boards.ledger(book)
    octets = boards.kept(book, known, known.last) if known.last else b""
    is_news = _is_news(known, order.published)
    if known.last is not None and known.waits and not (is_news or order.clock_was_wrong):
        files.keep_only(book.vault, known.last.sha256)  # a crash may have left the one before
        return Board(octets, known.last.heading, is_again=True)
    day = _day(book, known.last, order.today)
    heading, board_seed = _heading(known.last, order, day), seed(book, order.today)
    if is_news:
        book.add([boards.published(book, order.published, today=order.today)])
    return _make(book, known, order, heading=heading, board_seed=board_seed)


def _make(
    book: Casebook, known: Ledger, order: Order, *, heading: Heading, board_seed: bytes
) -> Board:
    fulfilled = asked.fulfil(book, heading.epoch, today=order.today, row=order.row)
    box = outbox.of(book, known.carried, epoch=heading.epoch, published=heading.published)
    built = build.build(
        box.entries,
        [one.receipt for one in box.receipts],
        heading=heading,
        board_seed=board_seed,
        rng=order.rng,
    )
    signed_file.parse(built.octets, bytes(SigningKey(board_seed).verify_key))
    name = files.keep(book.vault, built.octets)
    book.add(_events(book, box, built, made=Made(heading, name), today=order.today))
    files.keep_only(book.vault, name)
    counts = len(built.shown), len(built.waiting), len(built.receipts_shown)
    return Board(built.octets, heading, False, *counts, built.limited, fulfilled)


def _events(
    book: Casebook, box: Outbox, built: Built, *, made: Made, today: date
) -> Sequence[Event]:
    """One batch: the board in the log, and the notices that it carries on their cases."""
    # By identity: two replies in one thread may be equal.
    shown = {id(one) for one in built.shown}
    tags = {receipt.tag_key for receipt in built.receipts_shown}
    due = {one.id: one.outgoing.reply.due for one in box.replies if id(one.outgoing) in shown}
    receipts = [one.id for one in box.receipts if one.receipt.tag_key in tags]
    carried: list[Value] = [*due, *receipts]
    by = book.vault.handler
    notices = [
        asked.announced(one.case, due[one.id], today=today, by=by)
        for one in box.replies
        if due.get(one.id)
    ]
    return [boards.made(book, made, carried, today=today), *notices]
