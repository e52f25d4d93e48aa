"""The reply boards behind tests/vectors/board.json: whole ones, and one with each defect of WIRE.md 7.1 to 7.6.

Unused acknowledgements and slots are zero bytes here, so that a case is short: its size, and the runs of other bytes.
Header and parts are spelled out once more beside desk/wire/board, and what a reader must find is stated, not read.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from struct import pack, pack_into, unpack_from
from typing import Any

from nacl.signing import SigningKey

from desk.wire import code, envelope
from desk.wire.board import slots
from desk.wire.board.replies import Reply
from desk.wire.board.signed_file import Heading
from desk.wire.board.slots import CodeKeys
from tests.board_samples import BOARD_KEY, BOARD_SEED, NEXT, answer, code_keys, heading, stream
from tests.vectors.parts import Case

EXAMPLE_CODE = "123456789012345678901235"
CODES = {"hers": CodeKeys(*code.derive(EXAMPLE_CODE)), "other": code_keys("other")}
HERS, OTHER = CODES["hers"], CODES["other"]
WRONG = CodeKeys(OTHER.reply_key, HERS.tag_key)  # her tags, boxes that she cannot open
OTHER_SEED = bytes([0x63]) * 32
EPOCH = heading().epoch
ACKS_BYTES = 8_192
EXAMPLE = answer("Wij hebben u gehoord.")
THANKS = answer("Dank u.")
LONG = answer("n" + "س" * 1899 + "!", language="ar")  # 3,800 bytes; letters lie across the parts
STATUS = Reply("status", date(2026, 11, 26), "acting")
ERASE = Reply("notice", date(2026, 11, 26), "erase", due=EPOCH + 2)
WITHDRAW = Reply("notice", date(2026, 11, 20), "withdraw")


def part(reply: Reply, number: int = 0, index: int = 0, **changes: Any) -> bytes:
    """The 968 bytes of one part; a change replaces a field, or the text by any bytes."""
    text = reply.text.encode()
    given = {
        "kind": ("answer", "status", "notice").index(reply.kind) + 1,
        "number": number,
        "part": index,
        "parts": -(-len(text) // 950),
        "day": (reply.written - date(1970, 1, 1)).days,
        "language": reply.language.encode(),
        "text": text[index * 950 : index * 950 + 950],
        "due": reply.due,
        "zero": 0,
        "tail": b"",
    } | changes
    words = given.pop("text") + given.pop("tail")
    length = changes.get("length", len(words))
    fields = [*list(given.values())[:6], length, given["due"], given["zero"]]
    return (pack(">BBBBH5sHIB", *fields) + words).ljust(968, b"\0")


def parts(reply: Reply, number: int = 0) -> list[bytes]:
    return [part(reply, number, index) for index in range(-(-len(reply.text.encode()) // 950))]


def slot(opened: bytes, counter: int = 0, *, keys: CodeKeys = HERS, epoch: int = EPOCH) -> bytes:
    tag = slots.slot_tag(keys.tag_key, epoch, counter)
    return slots.seal(keys.reply_key, tag, opened, stream(f"nonce {counter} {opened.hex()}"))


def packed(*said: Reply) -> list[bytes]:
    """Slots of these replies under her code, counters from 0."""
    opened = [one for number, reply in enumerate(said) for one in parts(reply, number)]
    return [slot(one, counter) for counter, one in enumerate(opened)]


def body(placed: Mapping[int, bytes], *, count: int = 128, acks: Sequence[CodeKeys] = ()) -> bytes:
    """Acknowledgements from place 3, slots at their places, zeros everywhere else."""
    made = bytearray(ACKS_BYTES + count * 1024)
    for place, keys in enumerate(acks, 3):
        made[place * 8 : place * 8 + 8] = slots.ack_tag(keys.tag_key, EPOCH)
    for place, octets in placed.items():
        made[ACKS_BYTES + place * 1024 : ACKS_BYTES + place * 1024 + 1024] = octets
    return bytes(made)


def header(octets: bytes, head: Heading | None = None, *, seed: bytes = BOARD_SEED) -> bytes:
    head = head or heading()
    made = bytearray(58)
    key_id = bytes.fromhex(envelope.key_id(bytes(SigningKey(seed).verify_key)))
    days = [(day - date(1970, 1, 1)).days for day in (head.published, head.next_board)]
    pack_into(">8s8sIHHBB", made, 0, b"board/1\n", key_id, head.epoch, *days, head.n, head.next_n)
    made[26:] = sha256(octets).digest()
    return bytes(made)


def signed(
    head: bytes,
    octets: bytes,
    *,
    seed: bytes = BOARD_SEED,
    label: bytes = b"balie/1 reply board\n",
) -> bytes:
    return head + SigningKey(seed).sign(label + head).signature + octets


def board(placed: Sequence[bytes] = (), head: Heading | None = None, **more: Any) -> bytes:
    """A whole board with these slots from place 40 on."""
    head = head or heading()
    octets = body(dict(enumerate(placed, 40)), count=1 << head.n, **more)
    return signed(header(octets, head), octets)


def sparse(octets: bytes) -> dict[str, Any]:
    """The size, and the runs of bytes that are not zero (a run ends before eight zeros)."""
    runs = re.finditer(rb"[^\0](?:(?!\0{8}).)*", octets, re.DOTALL)
    return {"size": len(octets), "set": [[run.start(), run.group().hex()] for run in runs]}


def told(reply: Reply) -> dict[str, Any]:
    written = reply.written.isoformat()
    fields = {"kind": reply.kind, "written": written, "language": reply.language}
    return fields | {"due": reply.due, "text": reply.text}


def case(
    name: str, why: str, octets: bytes, says: Sequence[Reply] = (), **fields: Any
) -> dict[str, Any]:
    """One case, of which a reader must find `says`; `fields` change what is said of reader and file."""
    usual = {"expect": "ok", "code": "hers", "today": "2026-11-28", "least_epoch": 0}
    made = {"name": name, "why": why} | usual | fields
    if not made["expect"].startswith("board_"):
        epoch, *days = unpack_from(">IHH", octets, 16)
        published, due = ((date(1970, 1, 1) + timedelta(day)).isoformat() for day in days)
        found = {"state": "fresh", "epoch": epoch, "published": published, "next": due}
        found["acknowledged"] = False
        made["reads"] = found | made.pop("reads", {}) | {"replies": [*map(told, says)]}
    return made | sparse(octets)


def whole() -> list[Case]:
    region = answer("Obrigada, recebemos.", language="pt-BR")
    odd = answer('\ufeff<b>"\0\u202e👩🏽‍🦱 Влязоха', language="bg")
    sixteen = [answer(f"{number}.") for number in range(16)]
    past = slot(part(answer("17.")), 16)
    twice = [slot(part(answer(text))) for text in ("one", "two")]
    early = answer("earlier", written=date(2026, 1, 1))
    full = board(
        packed(ERASE, LONG, STATUS, THANKS, WITHDRAW)[::-1], acks=[code_keys("some"), HERS]
    )
    five = body({5: packed(THANKS)[0]})
    her_acks = {"reads": {"acknowledged": True}}
    rows: list[tuple[str, str, bytes, Sequence[Reply], Case]] = [
        ("ok_worked_example", "one answer", board(packed(EXAMPLE), acks=[HERS]), [EXAMPLE], her_acks),
        ("ok_nothing", "a board without anything", board(), [], {}),
        ("ok_unknown_code", "replies for others only", full, [], {"code": "other"}),
        ("ok_for_another", "a slot of another code", board([slot(part(THANKS), keys=OTHER)]), [], {}),
        ("ok_received", "acknowledged, no answer yet", board(acks=[HERS]), [], her_acks),
        ("ok_four_parts", "3,800 bytes", board(packed(LONG)), [LONG], {}),
        ("ok_several", "every kind, slots in another order", full,
         [WITHDRAW, LONG, THANKS, ERASE, STATUS], her_acks),
        ("ok_sixteen", "as many slots as a code may have", board(packed(*sixteen)), sixteen, {}),
        ("ok_counter_16", "a counter that nobody reads", board([*packed(STATUS), past]), [STATUS], {}),
        ("ok_older_tag", "a slot of the epoch before", board([slot(part(THANKS), epoch=EPOCH - 1)]), [], {}),
        ("ok_tag_twice", "the first slot counts", board(twice), [answer("one")], {}),
        ("ok_spare_box", "her slot stands where counter 5 opens", signed(header(five), five), [THANKS], {}),
        ("ok_region", "a language with a region", board(packed(region)), [region], {}),
        ("ok_hostile_text", "any character is text", board(packed(odd)), [odd], {}),
        ("ok_by_day", "by day, then by number", board(packed(THANKS, EXAMPLE, early)),
         [early, THANKS, EXAMPLE], {}),
        ("ok_largest", "4,096 slots", board(packed(THANKS), heading(n=12, next_n=7)), [THANKS], {}),
    ]  # fmt: skip
    return [case(name, why, octets, says, **more) for name, why, octets, says, more in rows]


def states() -> list[Case]:
    octets = board(packed(EXAMPLE))
    days = {after: (NEXT + timedelta(after)).isoformat() for after in (0, 1, 7, 8, 99)}
    known = {"least_epoch": EPOCH + 1}
    rows = [
        ("ok_on_next_day", "the day the next is due", "fresh", {"today": days[0]}),
        ("ok_clock_behind", "a clock before the board", "fresh", {"today": "2020-01-01"}),
        ("ok_late", "the first day of late", "late", {"today": days[1]}),
        ("ok_late_last_day", "the last day of late", "late", {"today": days[7]}),
        ("ok_old", "the first day of old", "old", {"today": days[8]}),
        ("ok_very_old", "an old board served again", "old", {"today": "2031-01-01"}),
        ("ok_least_epoch", "the epoch known", "fresh", {"least_epoch": EPOCH}),
        ("ok_rolled_back", "before the epoch known", "rolled_back", known),
        ("ok_rolled_back_old", "goes before old", "rolled_back", known | {"today": days[99]}),
    ]
    return [
        case(name, why, octets, [EXAMPLE], reads={"state": state}, **reader)
        for name, why, state, reader in rows
    ]


def flipped(octets: bytes, place: int, bits: int = 1) -> bytes:
    made = bytearray(octets)
    made[place] ^= bits
    return bytes(made)


def sizes(good: bytes) -> list[Case]:
    cut = [
        ("file_empty", "nothing", good[:0]),
        ("file_short", "a byte less than header and signature", good[:121]),
        ("file_head", "header and signature only", good[:122]),
        ("file_half", "broken off halfway", good[: len(good) // 2]),
        ("file_slot_less", "a whole slot is missing", good[:-1024]),
        ("file_cut", "the last byte is missing", good[:-1]),
        ("file_longer", "a byte more", good + bytes(1)),
        ("file_slot_more", "a whole slot more", good + bytes(1024)),
        ("file_doubled", "the size of another n", good + bytes(131_072)),
    ]
    return [case(name, why, octets, expect="board_length") for name, why, octets in cut]


def untrue(good: bytes, octets: bytes) -> list[Case]:
    """Boards whose version, key, signature or hash is wrong."""
    head, theirs = header(octets), header(octets, seed=OTHER_SEED)
    rows = [
        ("version_page", "a web page", "board_version", b"<!doctype html>".ljust(9000, b" ")[:200]),
        ("version_two", "another version", "board_version", flipped(good, 6, 3)),
        ("key_other", "not the key of the list", "board_key", signed(theirs, octets, seed=OTHER_SEED)),
        ("signature_other", "our id, another key", "board_signature", signed(head, octets, seed=OTHER_SEED)),
        ("signature_flipped", "one bit", "board_signature", flipped(good, 70)),
        ("signature_last", "the last byte", "board_signature", flipped(good, 121, 0x80)),
        ("signature_label", "under another label", "board_signature", signed(head, octets, label=b"\n")),
        ("signature_epoch", "the epoch raised afterwards", "board_signature", flipped(good, 19, 8)),
        ("signature_next", "the date moved afterwards", "board_signature", flipped(good, 23, 64)),
        ("hash_ack", "one bit of an acknowledgement", "board_hash", flipped(good, 122)),
        ("hash_slot", "one bit of a slot", "board_hash", flipped(good, 8314 + 40 * 1024)),
        ("hash_last", "the last bit", "board_hash", flipped(good, len(good) - 1)),
        ("hash_other", "signed, but of other bytes", "board_hash", signed(header(octets + b"x"), octets)),
    ]  # fmt: skip
    return [case(name, why, made, expect=expect) for name, why, expect, made in rows]


def refused() -> list[Case]:
    octets = body({40: packed(EXAMPLE)[0]}, acks=[HERS])
    good = signed(header(octets), octets)
    rows = [
        ("header_epoch", "epoch 0", heading(epoch=0)),
        ("header_days", "the next on the same day", heading(next_board=heading().published)),
        ("header_days_back", "the next is before it", heading(next_board=date(2026, 1, 1))),
        ("header_n_small", "64 slots", heading(n=6)),
        ("header_n_large", "8,192 slots", heading(n=13)),
        ("header_next_n_small", "64 slots to come", heading(next_n=6)),
        ("header_next_n_large", "8,192 slots to come", heading(next_n=13)),
    ]
    headings = [
        case(name, why, signed(header(octets, head), octets), expect="board_header")
        for name, why, head in rows
    ]
    more = signed(header(octets, heading(n=8)), octets)
    n_other = case("n_other", "n says more slots", more, expect="board_length")
    return [*sizes(good), n_other, *untrue(good, octets), *headings]


def forms() -> list[Case]:
    """One field of an opened part is wrong."""
    rows: list[tuple[str, str, Reply, dict[str, Any]]] = [
        ("form_kind_0", "no kind", EXAMPLE, {"kind": 0, "language": b""}),
        ("form_kind_4", "an unknown kind", EXAMPLE, {"kind": 4, "language": b""}),
        ("form_number", "number 16", EXAMPLE, {"number": 16}),
        ("form_part", "part 1 of 1", EXAMPLE, {"part": 1}),
        ("form_parts_0", "no parts", EXAMPLE, {"parts": 0}),
        ("form_parts_5", "five parts", LONG, {"parts": 5}),
        ("form_language_none", "an answer in no language", EXAMPLE, {"language": b""}),
        ("form_language_capitals", "NL is no code", EXAMPLE, {"language": b"NL"}),
        ("form_language_three", "three letters", EXAMPLE, {"language": b"ron"}),
        ("form_language_region", "a region of one letter", EXAMPLE, {"language": b"pt-B"}),
        ("form_language_break", "a line break after it", EXAMPLE, {"language": b"nl\n"}),
        ("form_language_tail", "a letter after the zeros", EXAMPLE, {"language": b"nl\0\0x"}),
        ("form_language_status", "a status has no language", STATUS, {"language": b"nl"}),
        ("form_length_0", "no text", EXAMPLE, {"text": b""}),
        ("form_length_951", "longer than the part", EXAMPLE, {"text": b"x" * 950, "length": 951}),
        ("form_due_answer", "an answer is not due", EXAMPLE, {"due": 9}),
        ("form_due_status", "a status is not due", STATUS, {"due": 9}),
        ("padding_17", "the byte before the text", EXAMPLE, {"zero": 1}),
        ("padding_first", "the byte after the text", EXAMPLE, {"tail": b"x", "length": 21}),
        ("padding_last", "the last byte", EXAMPLE, {"tail": bytes(928) + b"\x80", "length": 21}),
        ("text_not_utf8", "a byte that is no UTF-8", EXAMPLE, {"text": b"a\xffb"}),
        ("text_overlong", "an overlong encoding", EXAMPLE, {"text": b"\xc0\xaf"}),
        ("text_surrogate", "a surrogate in UTF-8", EXAMPLE, {"text": b"\xed\xa0\x80"}),
        ("text_cut", "ends within a character", EXAMPLE, {"text": b"abc\xd8"}),
        ("text_status", "a word not in the table", STATUS, {"text": b"ACTING"}),
        ("text_notice", "a word not in the table", ERASE, {"text": b"destroy"}),
        ("text_erase_at_once", "erase without an epoch", ERASE, {"due": 0}),
        ("text_withdraw_due", "withdraw with an epoch", WITHDRAW, {"due": 9}),
    ]  # fmt: skip
    return [
        case(name, why, board([slot(part(reply, **changes))]), expect=f"slot_{name.split('_')[0]}")
        for name, why, reply, changes in rows
    ]


def joins() -> list[Case]:
    """Whole parts of one reply, of which some are missing, twice, or of another."""
    four = parts(LONG)
    short = part(LONG, text=b"x" * 949)
    other_day = part(LONG, 0, 3, day=20_000)
    other_language = part(LONG, 0, 2, language=b"fa")
    rows: list[tuple[str, str, Sequence[bytes]]] = [
        ("parts_first_missing", "part 0 is missing", four[1:]),
        ("parts_middle_missing", "part 1 is missing", [four[0], *four[2:]]),
        ("parts_last_missing", "part 3 is missing", four[:3]),
        ("parts_twice", "part 1 twice", [*four, four[1]]),
        ("parts_twice_for_another", "part 1 in place of 2", [*four[:2], four[1], four[3]]),
        ("parts_days", "two days", [*four[:3], other_day]),
        ("parts_languages", "two languages", [*four[:2], other_language, four[3]]),
        ("parts_two_replies", "two replies with one number", [*four, *parts(STATUS)]),
        ("parts_not_full", "a part that is not full", [short, *four[1:]]),
    ]
    return [
        case(
            name,
            why,
            board([slot(one, counter) for counter, one in enumerate(found)]),
            expect="slot_parts",
        )
        for name, why, found in rows
    ]


def boxes() -> list[Case]:
    first, second = answer("first"), answer("second")
    good = packed(first, second, STATUS)
    rows = [
        ("box_flipped", "a right tag and a broken box", flipped(good[1], 500)),
        ("box_mac", "one bit of the Poly1305", flipped(good[1], 40)),
        ("box_nonce", "one bit of the nonce", flipped(good[1], 16)),
        ("box_other_key", "her tag, another reply key", slot(part(second, 1), 1, keys=WRONG)),
        ("box_empty", "a tag and nothing else", good[1].ljust(1024)[:16] + bytes(1008)),
    ]
    left = [first, STATUS]  # the others are shown
    made = [
        case(name, why, board([good[0], bad, good[2]]), left, expect="slot_box")
        for name, why, bad in rows
    ]
    missing = part(first, text=b"x" * 950, parts=2)
    both = board([slot(missing), flipped(slot(part(second, 1), 1), 1023)])
    both_why = "a slot's defect goes before a reply's"
    form_first = board([slot(part(EXAMPLE, number=16, zero=1))])
    return [
        *made,
        case("form_first", "two defects, the first counts", form_first, expect="slot_form"),
        case("slot_first", both_why, both, expect="slot_box"),
    ]


def content() -> dict[str, Any]:
    """The codes, the board key and the cases of this module."""
    codes = {
        name: {"reply_key": keys.reply_key.hex(), "tag_key": keys.tag_key.hex()}
        for name, keys in CODES.items()
    }
    cases = [*whole(), *states(), *refused(), *boxes(), *forms(), *joins()]
    made = {"section": "7.1 to 7.6", "board_key": BOARD_KEY.hex(), "codes": codes}
    return made | {"cases": cases}
