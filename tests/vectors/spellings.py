"""Other spellings of a day, a number, a word or a key, and what stands right beside a rule, for `generate`."""

import base64
from collections.abc import Iterator
from typing import Any

from desk.wire import envelope, seal
from desk.wire.board.replies import Reply
from tests.board_samples import answer
from tests.vectors import boards, codes, follow_ups, purges, small_order
from tests.vectors.complaints import BASE, WORKED, having
from tests.vectors.key_list_edges import BOARD, Q4, SITE, YEAR, content, entry, intake, sign
from tests.vectors.parts import OTHER_SEED, SEED, Case, case, dump

Row = tuple[str, str, str]  # name, why, text: `ok_` in a name says that it holds


def _days() -> Iterator[Row]:
    def ending(month_days: tuple[str, ...]) -> Case:
        """A list with seven days in it, one of each of these."""
        issued, *rest = (f"2026-{one}" for one in month_days)
        spans = list(zip(rest[::2], rest[1::2], strict=True))
        keys = [
            intake(SEED, spans[0]),
            entry("board", BOARD, spans[1]),
            entry("site", SITE, spans[2]),
        ]
        return content(keys=keys, issued=issued)

    long = ("12-31", "01-31", "03-31", "05-31", "07-31", "08-31", "10-31")
    short = ("02-28", "04-30", "06-30", "09-30", "11-30", "06-30", "09-30")
    yield "ok_months_of_31", "the last day of each long month", sign(ending(long))
    yield "ok_months_of_30", "the last day of each short month", sign(ending(short))
    for what, why, day in (
        ("month_one_digit", "one digit for a month", "2026-9-01"),
        ("slashes", "strokes for dashes", "2026/10/01"),
        ("month_00", "no such month", "2026-00-10"),
        ("month_13", "no such month", "2026-13-10"),
        *(
            (f"{month}_31", "a month of 30 days", f"2026-{month}-31")
            for month in ("04", "06", "09", "11")
        ),
    ):
        yield f"issued_{what}", why, sign(content(issued=day))
    yield "ok_issued_leap_2000", "a year that 400 divides", sign(content(issued="2000-02-29"))


def _lists() -> Iterator[Row]:
    whole, first = content(), intake(SEED, Q4)
    board, site = entry("board", BOARD, YEAR), entry("site", SITE, YEAR)
    for name in ("issued", "practice"):
        left = {key: value for key, value in whole.items() if key != name}
        yield f"{name}_missing", "a name is missing", sign(left)
    for name in ("suite", "id", "fingerprint", "not_before"):
        left = {key: value for key, value in first.items() if key != name}
        yield f"entry_{name}_missing", "an entry lacks a name", sign(content(left))
    other = first | entry("spare", bytes(32), YEAR)
    yield (
        "entry_use_beside",
        "an entry of an unknown use",
        sign(content(keys=[first, board, site, other])),
    )
    text = first["public"].replace("+", "-").replace("/", "_")
    yield (
        "base64_url",
        "the key itself, with the letters of section 5",
        sign(content(first | {"public": text})),
    )
    padded = board | {"public": board["public"] + "="}
    yield "base64_more_padding_board", "padding too much", sign(content(keys=[first, padded, site]))
    outer = sign(whole)
    inner = dump(whole)
    yield "signed_object", "the object itself for its text", outer.replace(dump(inner), inner, 1)


def key_lists() -> list[Case]:
    """Cases of keylist.json."""
    return [
        case(name, why, "ok" if name.startswith("ok_") else "keylist", text=text, pinned=SITE.hex())
        for name, why, text in (*_days(), *_lists())
    ]


def _forms() -> list[Row]:
    deep = having(z=[7, {"a": 7}])
    return [
        ("json_escape_space", "\\u0020 for a space", having(story="a b").replace("a b", "a\\u0020b")),
        ("json_exponent_zero", "1e0 for 1", WORKED.replace(':1,"', ':1e0,"')),
        ("json_space_comma", "a space behind a comma", WORKED.replace(",", ", ", 1)),
        ("json_space_comma_array", "a space behind a comma, in an array", deep.replace("[7,", "[7, ")),
        ("json_space_array", "a space before what an array holds", deep.replace("[7", "[ 7")),
        ("json_space_array_end", "a space before the end of an array", deep.replace("}]", "} ]")),
        ("json_space_object_end", "a space before the end of an object", deep.replace("7}", "7 }")),
        ("json_space_colon", "a space before a colon", deep.replace('"a":', '"a" :')),
        ("json_newline_object", "a newline behind a brace", WORKED.replace("{", "{\n", 1)),
        ("json_space_before", "a space before it all", " " + WORKED),
        ("json_duplicate_zero", "a name twice, and its value counts as nothing", WORKED[:-1] + ',"z":0,"z":0}'),
        *(
            (f"json_raw_{ord(one):02x}", "a raw control character", having(story="#").replace("#", one))
            for one in "\0\t\n\r\x1f"
        ),
        *(
            (f"json_escape_{what}", "an escape that JSON does not have", having(story="#").replace("#", f"\\{sign}"))
            for what, sign in (("v", "v"), ("apostrophe", "'"), ("zero", "0"), ("x", "x41"))
        ),
        ("ok_story_no_characters", "what has no meaning is kept", having(story="\ufffe\uffff\ufffd\ue000")),
    ]  # fmt: skip


def _values() -> list[Row]:
    spaced: dict[str, Any] = {
        "role": "self ", "wish": " act", "period": "week ", "answerer": "any\n", "topics": ["check "],
        "pass_on": {"scope": "name ", "to": ["help"]}, "complaint_id": BASE["complaint_id"][:-1] + " ",
        "municipality": "x" * 80 + " ", "address_as": " " + "x" * 200, "contact": "x" * 500 + " ",
    }  # fmt: skip
    rows = [
        (f"schema_{name}_space", "white space counts", having(**{name: value}))
        for name, value in spaced.items()
    ]
    rows.append(
        ("schema_form_language_joined", "a region without its dash", having(form_language="nlNL"))
    )
    rows.append(
        ("schema_follow_up_ask_space", "white space counts", follow_ups.having(ask="write "))
    )
    for point in (0xAD, 0x200E):
        rows.append((f"ok_story_{point:04x}", "no white space, alone", having(story=chr(point))))
    return rows


def complaint_cases() -> list[Case]:
    """Cases of complaint.json."""
    rows = (*_forms(), *_values())
    return [case(name, why, name.split("_")[0], text=text) for name, why, text in rows]


def code_cases() -> list[Case]:
    """Cases of code.json: each is refused."""
    front = codes.GOOD[:22]
    zero = next(n for n in range(2, 99) if int(f"{front}{n:02d}") % 97 == 0)
    longer = next(n for n in range(2, 99) if int(f"{front}00{n:02d}") % 97 == 1)
    rows = [
        ("remainder_0", "leaves 0, and the last two are in their range", f"{front}{zero:02d}"),
        ("digits_26_zeros", "26 digits that leave 1, the last four from 0002 to 0098", f"{front}00{longer:02d}"),
    ]  # fmt: skip
    marks = [("brackets", "({})"), ("quotes", '"{}"'), ("private_use", "\ue000{}")]
    rows += [
        (name, "a sign that is no dash and not unseen", mark.format(codes.GOOD))
        for name, mark in marks
    ]
    return [case(name, why, "code", typed=typed) for name, why, typed in rows]


def plaintext_cases() -> list[Case]:
    """Cases of plaintext.json: the length has four bytes."""
    return [
        case(
            f"length_byte_{at}",
            "a byte of the length that is mostly zero",
            "plaintext_length",
            start=start,
        )
        for at, start in (("0", "010000027b7d"), ("1", "000100027b7d"))
    ]


def purge_cases() -> list[Case]:
    """Cases of purge.json: the order of names is one, at both ends."""
    orders = {
        "signed_last_turned": ("version", "store", "issued", "erased", "held"),
        "signed_first_turned": ("issued", "store", "version", "held", "erased"),
    }
    return [
        case(name, "another order of names", "purge_list",
             text=purges.sign(dump({key: purges.good()[key] for key in order})))
        for name, order in orders.items()
    ]  # fmt: skip


def not_reduced() -> str:
    """An object whose X25519 half is 9 and the modulus; 9 is the base, so the secret is the public half."""
    public = seal.load_secret(SEED).public
    plaintext = envelope.build_plaintext(WORKED.encode())
    half = (small_order.HALVES["unreduced"] + 9).to_bytes(32, "little")
    made = small_order.sealed(plaintext, public, public[1184:], half)
    return base64.b64encode(made).decode()


def object_cases() -> list[Case]:
    """Cases of object.json: each opens."""
    both = [[SEED.hex(), OTHER_SEED.hex()], [OTHER_SEED.hex(), SEED.hex()]]
    made = [
        case(f"ok_{place}_of_two_keys", "the reader holds another key too", "ok",
             base="ok_worked_example", seeds=seeds, text=WORKED)
        for place, seeds in zip(("first", "last"), both, strict=True)
    ]  # fmt: skip
    why = "an X25519 half that is not reduced, which RFC 7748 takes"
    return [*made, case("ok_not_reduced", why, "ok", base="not_reduced", text=WORKED)]


def board_cases() -> list[Case]:
    """Cases of board.json."""
    octets = boards.body({})
    made = []
    for name, at in (("key", 8), ("hash", 26)):
        head = bytearray(boards.header(octets))
        head[at] ^= 1
        why, whole = (
            f"signed, the first byte of the {name} is another",
            boards.signed(bytes(head), octets),
        )
        made.append(boards.case(f"{name}_first", why, whole, expect=f"board_{name}"))
    rows: list[tuple[str, str, str, Reply, Case]] = [
        ("form_status_language_first", "one byte of a language", "slot_form", boards.STATUS, {"language": b"n"}),
        ("first_form_tail", "capitals, and a byte behind the text", "slot_form", boards.EXAMPLE,
         {"language": b"NL", "length": 20}),
        ("text_status_notice", "a word of a notice", "slot_text", boards.STATUS, {"text": b"solved"}),
        ("text_notice_ask", "a word that is asked and not announced", "slot_text", boards.ERASE, {"text": b"write"}),
    ]  # fmt: skip
    for name, why, expect, reply, changes in rows:
        placed = [boards.slot(boards.part(reply, **changes))]
        made.append(boards.case(name, why, boards.board(placed), expect=expect))
    for name, why, one in (
        ("lines", "every end of line is kept", answer("een\r\ntwee\n")),
        ("zero", "a character U+0000 at the end", answer("een\0")),
    ):
        made.append(boards.case(f"ok_text_{name}", why, boards.board(boards.packed(one)), [one]))
    known = boards.board(acks=[boards.HERS])
    reads = {"state": "rolled_back", "acknowledged": True}
    made.append(
        boards.case(
            "ok_rolled_back_acknowledged", "said in every state", known, reads=reads, least_epoch=8
        )
    )
    made.append(
        boards.case("ok_clock_1969", "a clock before all days", boards.board(), today="1969-12-31")
    )
    return made
