"""Reply boards at the edges of WIRE.md 7.2 to 7.6: days, counters, orders, and two defects at once."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from desk.wire import envelope
from desk.wire.board import slots
from desk.wire.board.replies import STATUS_WORDS, Reply
from tests.board_samples import answer, heading
from tests.vectors import odd_points
from tests.vectors.boards import (
    ACKS_BYTES,
    CODES,
    EPOCH,
    ERASE,
    EXAMPLE,
    HERS,
    LONG,
    OTHER_SEED,
    STATUS,
    THANKS,
    WITHDRAW,
    WRONG,
    Case,
    board,
    body,
    case,
    flipped,
    header,
    packed,
    part,
    parts,
    signed,
    slot,
)

Row = tuple[str, str, Sequence[bytes], Sequence[Reply], str]
SOLVED = Reply("notice", date(2026, 11, 26), "solved", due=1)


def _orders() -> Iterator[Row]:
    """Name, why, slots, what is read, what is expected."""
    one, two = answer("one"), answer("two")
    four = parts(LONG)
    yield (
        "ok_counter_gap",
        "counter 1 is empty, counter 2 is not",
        [slot(part(one)), slot(part(two, 1), 2)],
        [one, two],
        "ok",
    )
    yield "ok_counter_15", "only the last counter", [slot(part(one), 15)], [one], "ok"
    yield (
        "ok_parts_backwards",
        "parts whose counters go down",
        [slot(piece, 3 - index) for index, piece in enumerate(four)],
        [LONG],
        "ok",
    )
    yield (
        "ok_numbers_backwards",
        "of one day, by number and not by counter",
        [slot(part(two, 1), 0), slot(part(one, 0), 1)],
        [one, two],
        "ok",
    )
    yield "ok_number_15", "the last number", [slot(part(one, 15))], [one], "ok"
    yield (
        "ok_tag_of_another",
        "her tag in the last byte another",
        [flipped(slot(part(one)), 15)],
        [],
        "ok",
    )
    broken = flipped(slot(part(one)), 900)
    yield (
        "tag_twice",
        "the first slot counts, and does not open",
        [broken, slot(part(two))],
        [],
        "slot_box",
    )
    text, missing = part(one, 5, text=b"\xff"), part(two, 2, text=b"x" * 950, parts=2)
    yield (
        "replies_by_number",
        "two bad replies, the lower number under the higher counter",
        [slot(text, 0), slot(missing, 1)],
        [],
        "slot_parts",
    )
    zero, kind = part(one, zero=1), part(two, 1, kind=9)
    yield (
        "slots_by_counter",
        "two bad slots, the lower counter at the later place",
        [slot(kind, 1), slot(zero, 0)],
        [],
        "slot_padding",
    )
    yield (
        "part_lost",
        "a part that does not open takes its reply along",
        [
            *(slot(piece, index) for index, piece in enumerate(four[:3])),
            flipped(slot(four[3], 3), 99),
        ],
        [],
        "slot_box",
    )
    yield (
        "rest_is_read",
        "a bad reply between two good ones",
        [
            slot(part(one)),
            slot(part(two, 1, parts=2, text=b"x" * 950), 1),
            slot(part(THANKS, 2), 2),
        ],
        [one, THANKS],
        "slot_parts",
    )


def _said() -> Iterator[Row]:
    for word in STATUS_WORDS:
        status = Reply("status", date(2026, 11, 26), word)
        yield f"ok_status_{word}", "a word of the table", packed(status), [status], "ok"
    yield "ok_solved_soon", "due in epoch 1", packed(SOLVED), [SOLVED], "ok"
    late = Reply("notice", date(2026, 11, 26), "erase", due=2**32 - 1)
    yield "ok_due_last", "the last epoch there is", packed(late), [late], "ok"
    for name, reply, changes in [
        ("solved_at_once", SOLVED, {"due": 0}),
        ("status_erase", STATUS, {"text": b"erase"}),
        ("notice_status", WITHDRAW, {"text": b"read"}),
        ("status_space", STATUS, {"text": b"read "}),
        ("status_part", STATUS, {"text": b"rea"}),
        ("status_mark", STATUS, {"text": b"\xef\xbb\xbfread"}),
        ("notice_capitals", ERASE, {"text": b"ERASE"}),
        ("beyond", EXAMPLE, {"text": b"\xf4\x90\x80\x80"}),
    ]:
        yield (
            f"text_{name}",
            "a text that is not in the table",
            [slot(part(reply, **changes))],
            [],
            "slot_text",
        )
    mark = answer("\ufeffa\ufeff")
    yield "ok_text_mark", "U+FEFF is a character", packed(mark), [mark], "ok"
    for text in ("x" * 949, "x" * 950, "x" * 951, "é" * 475 + "x"):
        reply = answer(text)
        yield (
            f"ok_text_{len(text.encode())}_{text[0]!a}".replace("'", "").replace("\\", ""),
            "at the end of a part",
            packed(reply),
            [reply],
            "ok",
        )


def _forms() -> Iterator[Row]:
    first, last = date(2000, 1, 1), date(2099, 12, 31)
    for name, day in (("first", first), ("last", last)):
        reply = answer(written=day)
        yield f"ok_written_{name}", "the end of all days", packed(reply), [reply], "ok"
    changes: list[tuple[str, Reply, Case]] = [
        ("written_before", EXAMPLE, {"day": 10_956}),
        ("written_after", EXAMPLE, {"day": 47_482}),
        ("written_zero", EXAMPLE, {"day": 0}),
        ("written_2149", EXAMPLE, {"day": 65_535}),
        ("kind_255", EXAMPLE, {"kind": 255, "language": b""}),
        ("number_255", EXAMPLE, {"number": 255}),
        ("part_255", EXAMPLE, {"part": 255}),
        ("part_4", LONG, {"part": 4, "parts": 4}),
        ("parts_255", LONG, {"parts": 255}),
        ("length_65535", EXAMPLE, {"text": b"x" * 950, "length": 65_535}),
        ("due_answer_one", EXAMPLE, {"due": 1}),
        ("due_status_last", STATUS, {"due": 2**32 - 1}),
        ("language_notice", WITHDRAW, {"language": b"nl"}),
        ("language_status_tail", STATUS, {"language": b"\0\0\0\0x"}),
        ("language_small", EXAMPLE, {"language": b"nl-nl"}),
        ("language_score", EXAMPLE, {"language": b"nl_NL"}),
        ("language_one", EXAMPLE, {"language": b"n"}),
        ("language_space", EXAMPLE, {"language": b"nl   "}),
        ("language_zero_first", EXAMPLE, {"language": b"\0nl"}),
        ("language_high", EXAMPLE, {"language": b"n\xec"}),
    ]
    for name, reply, given in changes:
        why = "one field is outside the table"
        yield f"form_{name}", why, [slot(part(reply, **given))], [], "slot_form"
    paddings: list[tuple[str, Reply, Case]] = [
        ("17_high", EXAMPLE, {"zero": 0x80}),
        ("951", answer("x" * 949), {"tail": b"x", "length": 949}),
        ("before_text", EXAMPLE, {"zero": 1, "text": b"\xff"}),
    ]
    for name, reply, given in paddings:
        yield (
            f"padding_{name}",
            "a byte that is not zero",
            [slot(part(reply, **given))],
            [],
            "slot_padding",
        )


def _joined() -> Iterator[Row]:
    notice, status = (
        Reply("notice", STATUS.written, "x" * 951, due=9),
        Reply("status", STATUS.written, "x" * 951),
    )
    answers = [part(answer("x" * 951), index=index) for index in range(2)]
    rows: list[tuple[str, str, list[bytes]]] = [
        ("due", "two epochs", [part(notice), part(notice, index=1, due=10)]),
        ("kind", "a status and a notice", [part(status), part(notice, index=1, due=0)]),
        ("count", "1 of 2 and 2 of 3", [answers[0], part(answer("x" * 951), index=1, parts=3)]),
        ("count_first", "1 of 3 and 2 of 2", [part(answer("x" * 951), parts=3), answers[1]]),
        ("first_day", "two days, the first is other", [part(answer("x" * 951), day=20_000), answers[1]]),
        ("before_text", "not full, and no UTF-8", [part(answer("x"), text=b"\xff", parts=2), answers[1]]),
        ("empty_middle", "a part of one byte", [parts(LONG)[0], part(LONG, index=1, text=b"s"), *parts(LONG)[2:]]),
        ("two_wholes", "two replies of one part with one number", [part(THANKS), part(EXAMPLE)]),
    ]  # fmt: skip
    for name, why, pieces in rows:
        placed = [slot(piece, counter) for counter, piece in enumerate(pieces)]
        yield f"parts_{name}", why, placed, [], "slot_parts"


def _acks(place: int, tag: bytes) -> bytes:
    octets = bytearray(body({}))
    octets[place * 8 : place * 8 + 8] = tag
    return signed(header(bytes(octets)), bytes(octets))


def _acknowledged() -> Iterator[Case]:
    tag = slots.ack_tag(HERS.tag_key, EPOCH)
    rows = [
        ("first", "at the first place", 0, tag, True),
        ("far_down", "at the last place", 1023, tag, True),
        ("middle", "in between", 700, tag, True),
        ("last_bit", "the last bit is another", 5, flipped(tag, 7), False),
        ("first_bit", "the first bit is another", 5, flipped(tag, 0), False),
        ("epoch", "of the epoch before", 5, slots.ack_tag(HERS.tag_key, EPOCH - 1), False),
        ("of_another", "of another code", 5, slots.ack_tag(CODES["other"].tag_key, EPOCH), False),
    ]
    for name, why, place, octets, is_hers in rows:
        yield case(f"ok_ack_{name}", why, _acks(place, octets), reads={"acknowledged": is_hers})
    shifted = bytearray(body({}))
    shifted[4:12] = tag
    made = signed(header(bytes(shifted)), bytes(shifted))
    yield case("ok_ack_between", "across two places", made, reads={"acknowledged": False})
    slotted = bytearray(body({}))
    slotted[ACKS_BYTES : ACKS_BYTES + 8] = tag
    made = signed(header(bytes(slotted)), bytes(slotted))
    yield case("ok_ack_as_slot", "where slots begin", made, reads={"acknowledged": False})


def _headings() -> Iterator[Case]:
    octets = body({40: packed(EXAMPLE)[0]})
    spans = {
        "ok_last_days": (date(2099, 12, 30), date(2099, 12, 31)),
        "ok_first_days": (date(2000, 1, 1), date(2000, 1, 2)),
        "header_published_1999": (date(1999, 12, 31), date(2026, 12, 4)),
        "header_next_2100": (date(2099, 12, 31), date(2100, 1, 1)),
        "header_next_2149": (date(2026, 11, 27), date(2149, 6, 6)),
        "header_day_zero": (date(1970, 1, 1), date(1970, 1, 2)),
    }
    for name, (published, due) in spans.items():
        made = signed(header(octets, heading(published=published, next_board=due)), octets)
        if name.startswith("ok_"):
            for after, state in ((0, "fresh"), (1, "late"), (7, "late"), (8, "old")):
                today = (due + timedelta(after)).isoformat()
                yield case(
                    f"{name}_{after}",
                    "the ends of all days",
                    made,
                    [EXAMPLE],
                    reads={"state": state},
                    today=today,
                )
        else:
            yield case(name, "a day outside section 1", made, expect="board_header")
    for name, changes in (("epoch_1", {"epoch": 1}), ("next_n_12", {"next_n": 12})):
        yield case(f"ok_{name}", "an end of its range", board(head=heading(**changes)))
    last = heading(epoch=2**32 - 1)
    empty = body({})
    made = signed(header(empty, last), empty)
    yield case("ok_epoch_last", "the last epoch there is", made, least_epoch=2**32 - 1)
    yield case(
        "ok_rolled_back_fresh",
        "one before the highest known",
        board(),
        reads={"state": "rolled_back"},
        least_epoch=8,
    )
    yield case(
        "ok_far_behind",
        "the highest known is far above",
        board(),
        reads={"state": "rolled_back"},
        least_epoch=2**32 - 1,
    )
    yield case(
        "ok_clock_9999", "a clock at the end", board(), reads={"state": "old"}, today="9999-12-31"
    )
    yield case("ok_clock_1970", "a clock at its beginning", board(), today="1970-01-01")


def _two_defects() -> Iterator[Case]:
    """The first check that fails speaks."""
    octets = body({40: packed(EXAMPLE)[0]})
    good, theirs = signed(header(octets), octets), header(octets, seed=OTHER_SEED)
    large = signed(header(octets, heading(n=13)), octets)
    rows = [
        ("length_version", "short, and no board", "board_length", b"<!doctype html>"),
        ("version_length", "long enough for a heading, and no board", "board_version", b"<!doctype html>".ljust(122)),
        ("version_key", "another version and key", "board_version", flipped(theirs + good[58:], 6, 3)),
        ("key_signature", "another key, a broken signature", "board_key", flipped(theirs + good[58:], 70)),
        ("signature_header", "epoch 0 afterwards", "board_signature", good[:16] + bytes(4) + good[20:]),
        ("header_length", "n 13, and cut", "board_header", large[:-1024]),
        ("length_hash", "a bit, and a byte more", "board_length", flipped(good, 500) + b"\0"),
        ("slot_reply", "a bad slot under a higher counter than a bad reply", "slot_box",
         board([slot(part(EXAMPLE, text=b"\xff")), slot(part(THANKS, 1), 1, keys=WRONG)])),
        ("form_padding", "a language and a byte", "slot_form", board([slot(part(EXAMPLE, language=b"NL", zero=1))])),
    ]  # fmt: skip
    for name, why, expect, made in rows:
        yield case(f"first_{name}", why, made, expect=expect)


def _odd_signatures() -> Iterator[Case]:
    for name, why, public, signer, is_tried in odd_points.signers():
        octets = body({40: packed(EXAMPLE)[0]})
        for turn in range(200):
            head = bytearray(header(octets, heading(epoch=EPOCH)))
            head[8:16] = bytes.fromhex(envelope.key_id(public))
            head[22:24] = (20_800 + turn).to_bytes(2, "big")
            message = b"balie/1 reply board\n" + bytes(head)
            signature = signer(message)
            if not is_tried or odd_points.needs_no_cofactor(public, signature, message):
                break
        is_whole = name == "honest"
        full = f"ok_point_{name}" if is_whole else f"point_{name}"
        more: Case = {} if is_whole else {"expect": "board_signature"}
        yield case(
            full, why, bytes(head) + signature + octets, [EXAMPLE], board_key=public.hex(), **more
        )


def cases() -> list[Case]:
    made = []
    for name, why, placed, says, expect in (*_orders(), *_said(), *_forms(), *_joined()):
        made.append(case(name, why, board(placed), says, expect=expect))
    return [*made, *_acknowledged(), *_headings(), *_two_defects(), *_odd_signatures()]
