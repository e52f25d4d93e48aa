"""Making boards (desk/wire/board/build.py): size, order, what waits, and that used and unused slots look alike."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from desk.errors import DeskError
from desk.wire.board import build, read, slots
from desk.wire.board.build import Built, Outgoing, Receipt
from desk.wire.board.replies import Reply
from desk.wire.board.signed_file import Heading, parse
from tests.board_samples import (
    BOARD_KEY,
    BOARD_SEED,
    PUBLISHED,
    answer,
    code_keys,
    heading,
    outgoing,
    stream,
)
from tests.soak import count

FIRST = date(2026, 6, 1)


def made(
    entries: Sequence[Outgoing] = (),
    receipts: Sequence[Receipt] = (),
    head: Heading | None = None,
    seed: str = "board",
) -> Built:
    head = head or heading()
    return build.build(entries, receipts, heading=head, board_seed=BOARD_SEED, rng=stream(seed))


def dated(number: int) -> Outgoing:
    return outgoing(number, answer(f"{number}.", written=FIRST + timedelta(number)))


def receipts(number: int) -> list[Receipt]:
    return [Receipt(code_keys(name).tag_key) for name in range(number)]


def epochs(entries: Sequence[Outgoing], number: int) -> list[Built]:
    """Boards of the same replies, one after the other, each time counted."""
    found = []
    for epoch in range(1, number + 1):
        built = made(entries, head=heading(epoch=epoch), seed=f"epoch {epoch}")
        found.append(built)
        entries = [replace(e, boards=e.boards + (e in built.shown)) for e in entries]
    return found


def names(entries: Sequence[Outgoing]) -> list[str]:
    return [entry.reply.text for entry in entries]


@pytest.mark.parametrize("wanted", [0, 1, 100, 128, 300])
@pytest.mark.parametrize("acks", [0, 1_000])
def test_the_size_never_follows_the_replies(wanted: int, acks: int) -> None:
    """However many answers are wanted, the file has the announced size."""
    built = made([outgoing(name) for name in range(wanted)], receipts(acks))
    assert len(built.octets) == 139_386
    assert len(built.shown) == min(wanted, 128)
    assert len(built.shown) + len(built.waiting) == wanted


def test_what_finds_no_room_is_on_the_next_boards() -> None:
    """Of 300 answers the oldest 128 go first, then the next, and after three boards all were shown."""
    first, second, third = epochs([dated(number) for number in range(300)], 3)
    assert names(first.shown) == [f"{number}." for number in range(128)]
    assert names(second.shown) == [f"{number}." for number in range(128, 256)]
    assert {f"{number}." for number in range(256, 300)} <= set(names(third.shown))
    assert len(third.shown) == 128


def test_danger_goes_first_and_stays() -> None:
    """Urgent answers, however new, stand on every board; the others take turns."""
    urgent = [replace(dated(number), is_urgent=True) for number in range(900, 928)]
    boards = epochs([*(dated(number) for number in range(200)), *urgent], 2)
    assert all(set(names(urgent)) <= set(names(built.shown)) for built in boards)
    assert names(boards[0].shown)[:100] == [f"{number}." for number in range(100)]
    assert names(boards[1].shown)[:100] == [f"{number}." for number in range(100, 200)]


def test_a_long_answer_is_not_torn() -> None:
    """An answer of four parts that finds three slots waits whole, and stands first in line."""
    long = outgoing("long", answer("x" * 3_800, written=FIRST + timedelta(500)))
    first, second = epochs([*(dated(number) for number in range(125)), long], 2)
    assert names(first.waiting) == names([long])
    assert long.reply in [entry.reply for entry in second.shown]


def test_one_code_has_at_most_sixteen_slots() -> None:
    """A thread with more waits for the next board, and holds up nobody else."""
    mine = [outgoing("hers", answer(f"{n}.", written=FIRST)) for n in range(20)]
    first, second = epochs([*mine, outgoing("another", answer("other"))], 2)
    assert names(first.shown) == [*(f"{n}." for n in range(16)), "other"]
    assert names(first.waiting) == [f"{n}." for n in range(16, 20)]
    assert {f"{n}." for n in range(16, 20)} <= set(names(second.shown))


def test_a_flood_of_fakes_delays_no_answer() -> None:
    """5,000 fakes with a receipt, a status and a notice each leave every real answer in its place."""
    real = [dated(number) for number in range(128)]
    statuses = [outgoing(f"fake {n}", Reply("status", FIRST, "read")) for n in range(2_500)]
    asked = [outgoing(f"fake {n}", Reply("notice", FIRST, "erase", due=9)) for n in range(2_500)]
    urgent = [replace(entry, is_urgent=True) for entry in asked]
    built = made([*statuses, *urgent, *real], receipts(5_000))
    assert names(built.shown) == names(real)
    assert len(built.waiting) == 5_000


def test_receipts_that_wait_have_their_turn() -> None:
    """Of 5,000 codes 1,024 are acknowledged on each board, and after five boards all were."""
    waiting, seen = receipts(5_000), set()
    for epoch in range(1, 6):
        built = made((), waiting, heading(epoch=epoch))
        acks = parse(built.octets, BOARD_KEY).acks
        for receipt in built.receipts_shown:
            assert slots.ack_tag(receipt.tag_key, epoch) in acks
            seen.add(receipt.tag_key)
        again = [replace(one, boards=one.boards + 1) for one in built.receipts_shown]
        waiting = [*again, *built.receipts_waiting]
    assert len(seen) == 5_000


def test_a_code_is_acknowledged_once() -> None:
    """Two complaints under one code take one place among the 1,024."""
    built = made((), [*receipts(1_000), *receipts(1_000)])
    assert len(built.receipts_shown) == 1_000
    assert not built.receipts_waiting


def test_two_boards_share_nothing() -> None:
    """The same replies and codes, a week later: no slot, tag, nonce or acknowledgement comes back."""
    entries, codes = [dated(number) for number in range(100)], receipts(1_000)
    boards = [
        parse(made(entries, codes, heading(epoch=epoch), f"{epoch}").octets, BOARD_KEY)
        for epoch in (1, 2)
    ]
    for cut in (slice(0, 16), slice(16, 40), slice(40, 1_024)):
        assert not {s[cut] for s in boards[0].slots} & {s[cut] for s in boards[1].slots}
    assert not set(boards[0].acks) & set(boards[1].acks)


def test_places_are_drawn_anew() -> None:
    """Neither the order of the outbox nor the board before shows in the places of slots and tags."""
    entries, codes = [dated(number) for number in range(100)], receipts(1_000)
    orders = []
    for epoch in (1, 2):
        board = parse(made(entries, codes, heading(epoch=epoch), f"{epoch}").octets, BOARD_KEY)
        tags = [slots.slot_tag(entry.keys.tag_key, epoch, 0) for entry in entries]
        orders.append([[slot[:16] for slot in board.slots].index(tag) for tag in tags])
        acks = [slots.ack_tag(code.tag_key, epoch) for code in codes]
        orders.append([board.acks.index(ack) for ack in acks])
    for order in orders:  # a fair shuffle has a rise in half of the steps
        rises = sum(before < after for before, after in pairwise(order)) / len(order)
        assert 0.35 < rises < 0.65
    assert sum(a == b for a, b in zip(orders[0], orders[2], strict=True)) < 10


def chi_squared(octets: bytes) -> float:
    """How far the 256 values are from equally frequent; 255 is expected, the deviation is 22.6."""
    expected = len(octets) / 256
    return sum((octets.count(value) - expected) ** 2 / expected for value in range(256))


@pytest.mark.parametrize("used", [0, 64, 128])
def test_slots_look_random(used: int) -> None:
    """Byte values of used and unused slots alike are as frequent as in random bytes."""
    entries = [outgoing(name, answer("a" * 900)) for name in range(used)]
    places = parse(made(entries, seed=f"chi {used}").octets, BOARD_KEY).slots
    assert 165 < chi_squared(b"".join(places)) < 350


@pytest.mark.parametrize("used", [0, 128])
def test_every_byte_of_a_slot_looks_random(used: int) -> None:
    """At each of the 1,024 offsets, over many boards, no value stands out."""
    columns = [bytearray() for _ in range(1_024)]
    for epoch in range(1, count(200, 24) + 1):
        entries = [
            outgoing(f"{epoch} {name}", Reply("status", FIRST, "read")) for name in range(used)
        ]
        built = made(entries, head=heading(epoch=epoch), seed=f"column {used} {epoch}")
        for slot in parse(built.octets, BOARD_KEY).slots:
            for column, value in zip(columns, slot, strict=True):
                column.append(value)
    assert max(chi_squared(bytes(column)) for column in columns) < 390


def test_acknowledgements_look_random() -> None:
    """Used and unused tags alike."""
    for number in (0, 1_024):
        acks = b"".join(parse(made((), receipts(number)).octets, BOARD_KEY).acks)
        assert 165 < chi_squared(acks) < 350


def test_a_false_reply_key_harms_only_itself() -> None:
    """Whoever sends her tag key with another reply key takes none of her answers away."""
    keys = slots.CodeKeys(code_keys("false").reply_key, code_keys("hers").tag_key)
    false = Outgoing(keys, answer("false"))
    built = made([false, outgoing("hers", answer("true")), false])
    found = read.read(built.octets, code_keys("hers"), board_key=BOARD_KEY, today=PUBLISHED)
    assert [reply.text for reply in found.replies] == ["true"]
    assert found.broken == "slot_box"


def test_a_board_follows_the_one_before() -> None:
    """The next epoch, the announced size, a later day: else it is refused, with a word on what to do."""
    before = heading(next_n=8)
    after = heading(epoch=8, n=8, published=before.next_board, next_board=date(2026, 12, 11))
    build.check_follows(before, after)
    build.check_follows(None, heading(epoch=1))
    wrong = [
        (None, after),
        (before, replace(after, epoch=7)),
        (before, replace(after, epoch=9)),
        (before, replace(after, n=7)),
        (before, replace(after, n=9)),
        (before, replace(after, published=before.published)),
    ]
    for last, head in wrong:
        with pytest.raises(DeskError) as refused:
            build.check_follows(last, head)
        assert refused.value.hint


def test_a_reply_lives_for_26_weeks() -> None:
    """The last board with it is published 26 weeks after the last word, to the day."""
    assert build.is_live(date(2026, 1, 1), date(2026, 7, 2))
    assert not build.is_live(date(2026, 1, 1), date(2026, 7, 3))


@pytest.mark.parametrize(("boards", "due"), [(0, 9), (1, 8), (2, 8), (5, 8)])
def test_a_notice_is_on_two_boards_before_it_is_done(boards: int, due: int) -> None:
    """On board 7 a new notice is due in epoch 9, one that stood on board 6 in epoch 8."""
    assert build.due(7, boards) == due


@pytest.mark.parametrize("codes", [1, 20, 300])
def test_more_slots_are_promised_only_where_they_help(codes: int) -> None:
    """What waits and is not `limited` stands on the largest board; what is, waits there too."""
    entries = [outgoing(f"code {n % codes}", answer(f"{n}.", written=FIRST)) for n in range(300)]
    small, large = (made(entries, (), heading(n=n)) for n in (7, 12))
    assert len(small.waiting) > 0
    assert small.limited == len(large.waiting) == max(0, 300 - 16 * codes)
    assert large.limited == len(large.waiting)
