"""Making a reply board (WIRE.md sections 7.3 to 7.7), step 8.

Comes in: what waits in the outbox, and the heading of the board. Goes out: the file, and what found
no room. It refuses to know cases and files, and who may publish.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from desk.errors import DeskError
from desk.wire.board import heading as headings
from desk.wire.board import replies, signed_file, slots
from desk.wire.board.heading import Heading
from desk.wire.board.replies import Reply
from desk.wire.board.slots import CodeKeys, Random

LIVE = timedelta(weeks=26)  # section 7.7
ANNOUNCED_ON = 2  # boards, before what was asked is done (section 7.5)
SOON = timedelta(weeks=5)  # in which the next board comes, unless the desk was closed
_EARLIER = (
    "check the clock of this machine; if it is right and that of the last board was not, run `desk "
    "board --clock-was-wrong`"
)
_SHUFFLE_BYTES = 16  # two equal draws are out of the question


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A live reply and its code; `boards` counts the boards that have carried it already."""

    keys: CodeKeys
    reply: Reply
    is_urgent: bool = False  # danger, or a deadline that runs
    boards: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """A code of which a complaint was opened: 32 bytes of tag key, and how many boards said so."""

    tag_key: bytes = field(repr=False)
    boards: int = 0


@dataclass(frozen=True, slots=True)
class Built:
    """A board, what stands on it, and what waits for the next one, in the order of section 7.7.

    `limited` of those that wait would find no place on the largest board either.
    """

    octets: bytes
    shown: tuple[Outgoing, ...]
    waiting: tuple[Outgoing, ...]
    receipts_shown: tuple[Receipt, ...]
    receipts_waiting: tuple[Receipt, ...]
    limited: int = 0


def is_live(last_word: date, published: date) -> bool:
    """Whether a thread's replies stand on a board published that day (section 7.7)."""
    return published <= last_word + LIVE


def _refuse_right_clock(before: Heading | None, heading: Heading) -> None:
    if before is None or before.published <= heading.published:
        hint = "leave out --clock-was-wrong"
        raise DeskError("the last board is not of a day that has not come", hint)


def check_follows(
    before: Heading | None,
    heading: Heading,
    *,
    late: bool = False,
    clock_was_wrong: bool = False,
) -> None:
    """Refuse a heading that does not follow the last signed one, `None` for none (section 7.2).

    Unless it is said to be `late`, it has to come within weeks: a board with a day far ahead would
    keep every board of a right clock from following. After such a one, `clock_was_wrong` lets the
    day go back.
    """
    expected = before.epoch + 1 if before else 1
    if heading.epoch != expected:
        raise DeskError(
            f"the next board is number {expected}, not {heading.epoch}",
            "publish the board that was made last; there is only one for each number",
        )
    if before and heading.n != before.next_n:
        raise DeskError(
            f"the last board announced 2^{before.next_n} slots for this one, not 2^{heading.n}",
            "make this board as announced, and announce the other size in it",
        )
    if clock_was_wrong:
        _refuse_right_clock(before, heading)
    elif before and heading.published <= before.published:
        raise DeskError(
            f"the last board is of {before.published}, and this one, of {heading.published}, is not later",
            _EARLIER if heading.published < before.published else "make the next board tomorrow",
        )
    if before and not late and heading.published > before.published + SOON:
        raise DeskError(
            f"the last board is of {before.published}, and this one is of {heading.published}",
            "check the clock of this machine; if the day is right, run `desk board --late`",
        )


def due(epoch: int, boards: int) -> int:
    """The `due` of a notice on this board, when `boards` have carried it before (section 7.5)."""
    return epoch + max(1, ANNOUNCED_ON - boards)


def _rank(outgoing: Outgoing) -> tuple[bool, bool, int, date]:
    # Whoever sends many complaints makes many statuses and notices, but no answer.
    is_answer = outgoing.reply.kind == "answer"
    return not is_answer, not outgoing.is_urgent, outgoing.boards, outgoing.reply.written


def _choose(
    entries: Sequence[Outgoing], room: int
) -> tuple[tuple[Outgoing, ...], tuple[Outgoing, ...]]:
    """Part what fits from what waits; what fits comes back in the order it was given in."""
    used: Counter[bytes] = Counter()
    chosen, waiting = [], []
    for place, entry in sorted(enumerate(entries), key=lambda one: _rank(one[1])):
        parts, tag_key = replies.parts_of(entry.reply), entry.keys.tag_key
        if parts <= room and used[tag_key] + parts <= slots.MAX_COUNTERS:
            room -= parts
            used[tag_key] += parts
            chosen.append(place)
        else:
            waiting.append(entry)
    return tuple(entries[place] for place in sorted(chosen)), tuple(waiting)


def _limited(entries: Sequence[Outgoing], waiting: Sequence[Outgoing]) -> int:
    """How many wait for their code and not for room: it has a number of slots of its own."""
    if not waiting:
        return 0
    never = {id(one) for one in _choose(entries, 1 << headings.MAX_N)[1]}
    return sum(id(one) in never for one in waiting)


def _seal_all(shown: Sequence[Outgoing], epoch: int, rng: Random) -> list[bytes]:
    """Seal every part; replies and slots are numbered per tag key, whoever shares it."""
    numbers: Counter[bytes] = Counter()
    counters: Counter[bytes] = Counter()
    made = []
    for entry in shown:
        keys = entry.keys
        for part in replies.pack(entry.reply, numbers[keys.tag_key]):
            tag = slots.slot_tag(keys.tag_key, epoch, counters[keys.tag_key])
            made.append(slots.seal(keys.reply_key, tag, part, rng))
            counters[keys.tag_key] += 1
        numbers[keys.tag_key] += 1
    return made


def _fill(real: Sequence[bytes], count: int, *, size: int, rng: Random) -> list[bytes]:
    """Fill up with random bytes, then shuffle by sorting on random keys."""
    whole = [*real, *(rng(size) for _ in range(count - len(real)))]
    return sorted(whole, key=lambda _: rng(_SHUFFLE_BYTES))


def _choose_receipts(receipts: Sequence[Receipt]) -> list[Receipt]:
    """One for each code, those that were on fewer boards first, else in the order given."""
    codes: dict[bytes, Receipt] = {}
    for receipt in sorted(receipts, key=lambda one: one.boards):
        codes.setdefault(receipt.tag_key, receipt)
    return list(codes.values())


def build(
    entries: Sequence[Outgoing],
    receipts: Sequence[Receipt],
    *,
    heading: Heading,
    board_seed: bytes,
    rng: Random,
) -> Built:
    """Make the board of `heading` from live replies and from the codes to acknowledge.

    Both come oldest first; a flood's receipts stay away until a handler releases it. A reply that
    breaks section 7.5 is `Refused`: check it with `replies.pack` when it is written.
    """
    headings.check_heading(heading)
    shown, waiting = _choose(entries, heading.slots)
    ranked = _choose_receipts(receipts)
    fitting, left = ranked[: headings.ACKS], ranked[headings.ACKS :]
    tags = [slots.ack_tag(one.tag_key, heading.epoch) for one in fitting]
    sealed = _seal_all(shown, heading.epoch, rng)
    octets = signed_file.assemble(
        heading,
        _fill(tags, headings.ACKS, size=headings.ACK_BYTES, rng=rng),
        _fill(sealed, heading.slots, size=headings.SLOT_BYTES, rng=rng),
        board_seed=board_seed,
    )
    return Built(octets, shown, waiting, tuple(fitting), tuple(left), _limited(entries, waiting))
