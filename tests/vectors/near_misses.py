"""Cases of every file for rules that a reader can get wrong while all the other cases pass, for `generate`."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from desk.wire.board.replies import Reply
from tests.board_samples import answer, heading
from tests.vectors import boards, codes, follow_ups, key_list_edges, purges
from tests.vectors.complaints import BASE, dump, having
from tests.vectors.key_list_edges import BOARD, Q4, SEED, SITE, YEAR, content, sign

Case = dict[str, Any]
Row = tuple[str, str, str]  # name, why, text: `ok_` in a name says that it holds


def _turned(one: Case) -> Case:
    return dict(reversed(one.items()))


def _entries() -> Iterator[Row]:
    """One value of the board's entry, then of the site's, is wrong; the rules are not the intake's alone."""
    first = key_list_edges.intake(SEED, Q4)
    good = {
        use: key_list_edges.entry(use, key, YEAR) for use, key in (("board", BOARD), ("site", SITE))
    }
    wrong: list[tuple[str, str, Case]] = [
        ("suite", "unknown suite", {"suite": 2}),
        ("days", "ends before it begins", {"not_after": "2026-01-01"}),
        ("day", "no such day", {"not_before": "2026-02-30"}),
        ("id", "id is not of this key", {"id": "0" * 16}),
        ("fingerprint", "fingerprint of another", {"fingerprint": "0" * 64}),
        ("extra", "a name too many", {"extra": 1}),
    ]  # fmt: skip
    for what, why, changes in wrong:
        for use in good:
            keys = [first, *(good | {use: good[use] | changes}).values()]
            yield f"entry_{what}_{use}", f"{why}, in the {use} entry", sign(content(keys=keys))
    for name, why, point in (
        (
            "ok_board_no_point",
            "the board key is no point: it is not looked at before a board is read",
            2,
        ),
        ("ok_board_small_order", "the board key is of small order: a signature finds that out", 1),
    ):
        board = key_list_edges.entry("board", point.to_bytes(32, "little"), YEAR)
        yield name, why, sign(content(keys=[first, board, good["site"]]))


def key_lists() -> list[Case]:
    """Cases of keylist.json."""
    whole = content()
    number = key_list_edges.intake(SEED, Q4) | {"public": 7}
    rows = [
        ("ok_inner_order", "the order of names is free inside too", sign(_turned(whole))),
        ("ok_entry_order", "and in an entry", sign(whole | {"keys": [*map(_turned, whole["keys"])]})),
        ("public_number", "a number is no base64", sign(content(number))),
        *_entries(),
    ]  # fmt: skip
    made = [
        {"name": name, "why": why, "expect": _expected(name, "keylist"), "text": text}
        for name, why, text in rows
    ]
    return [one | {"pinned": SITE.hex()} for one in made]


def _expected(name: str, check: str) -> str:
    return "ok" if name.startswith("ok_") else check


def _forms() -> list[Row]:
    """The form that every JSON text keeps."""
    seven = having(z=7)
    return [
        ("ok_depth_four_number", "a number has no depth of its own", having(z=[[[1]]])),
        ("json_name_capital_inside", "a capital that does not begin the name", dump(BASE | {"aB": 1})),
        ("json_name_dot", "a full stop in a name", dump(BASE | {"a.b": 1})),
        ("json_name_other_inside", "a letter outside ASCII that does not begin it", dump(BASE | {"a\u00e9": 1})),
        ("json_integer_plus", "a sign that JSON does not have", seven.replace(":7", ":+7")),
        ("json_integer_other_digits", "a digit of another script", seven.replace(":7", ":7\u0660")),
        ("json_trailing_comma_array", "a comma before the end of an array", having(z=[7]).replace("[7]", "[7,]")),
    ]  # fmt: skip


def _values() -> list[Row]:
    consent: Case = BASE["consent"]
    blank = {"municipality": " ", "address_as": " ", "contact": " "}
    details = {"scope": "details", "to": []}
    return [
        ("schema_form_language_digits", "a region of digits", having(form_language="nl-12")),
        ("schema_form_language_capital_both", "capitals before a region", having(form_language="NL-BE")),
        ("ok_short_texts_blank", "only a story must not be blank", having(**blank)),
        ("ok_consent_count_false", "count may be false", having(consent=consent | {"count": False})),
        ("ok_consent_order", "the order of names is free", having(consent=_turned(consent))),
        ("ok_pass_on_order", "the order of names is free", having(pass_on={"to": ["help"], "scope": "name"})),
        ("schema_pass_on_details_empty", "a scope that needs a receiver", having(pass_on=details)),
        ("ok_fields_of_the_follow_up", "fields of section 5.4 are not known here", having(ask=5, withdraw=None)),
    ]  # fmt: skip


def complaint_cases() -> list[Case]:
    """Cases of complaint.json."""
    others = (
        "municipality",
        "period",
        "pass_on",
        "address_as",
        "answerer",
        "reply_language",
        "contact",
    )
    nulls = follow_ups.having(**dict.fromkeys(others))
    rows = [
        *_forms(),
        *_values(),
        ("ok_follow_up_null_fields", "fields of section 5 are not known here", nulls),
    ]
    for point in (0x1C, 0x1D, 0x1E, 0x202A, 0x2060, 0x2800, 0x3164):
        rows.append((f"ok_story_{point:04x}", "no white space, alone", having(story=chr(point))))
    return [
        {"name": name, "why": why, "expect": _expected(name, name.split("_")[0]), "text": text}
        for name, why, text in rows
    ]  # fmt: skip


def code_cases() -> list[Case]:
    """Cases of code.json."""
    good, (_, runs) = codes.GOOD, codes.lists()
    made = []
    for first, last in runs:
        if last - first < 2:
            continue  # `ok_unseen` has the ends
        inner = "".join(map(chr, range(first, last + 1)))
        fields = {"typed": good[:12] + inner + good[12:], "digits": good}
        why = "a whole run of unseen characters among the digits"
        made.append({"name": f"ok_unseen_{first:04x}", "why": why, "expect": "ok", **fields})
    rows = [
        (f"dash_{point:04x}", "a stroke that is none of the dashes", good[:4] + chr(point) + good[4:])
        for point in (0xFE58, 0xFF0D, 0x58A, 0x207B, 0x5F)
    ]  # fmt: skip
    front = good[:20]
    longer = next(f"{front}{n:05d}" for n in range(100_000) if _is_odd_end(front, n))
    zeros = "0" * 22 + "98"
    rows += [
        ("stroke_for_zero", "the character before the digits in ASCII, for a zero", "/" + zeros[1:]),
        ("digits_25", "25 digits that leave 1, the last three from 002 to 098", longer),
    ]  # fmt: skip
    return made + [
        {"name": name, "why": why, "expect": "code", "typed": typed} for name, why, typed in rows
    ]


def _is_odd_end(front: str, end: int) -> bool:
    """Whether five more digits make a number that leaves 1, and the last three lie from 002 to 098."""
    return int(f"{front}{end:05d}") % 97 == 1 and 2 <= end % 1_000 <= 98


def _signed(head: bytes, octets: bytes, **edits: bytes) -> bytes:
    """A well signed board of which the end of a header field (`version`, `key`, `hash`) is other bytes."""
    ends = {"version": 8, "key": 16, "hash": 58}
    made = bytearray(head)
    for name, data in edits.items():
        made[ends[name] - len(data) : ends[name]] = data
    return boards.signed(bytes(made), octets)


def _headings() -> Iterator[Case]:
    octets = boards.body({})
    head = boards.header(octets)
    last = {"key": bytes([head[15] ^ 1]), "hash": bytes([head[57] ^ 1])}
    for name, why, expect, edits in (
        ("version_last", "signed, and no newline", "board_version", {"version": b" "}),
        (
            "key_last",
            "signed, the last byte of the key id is another",
            "board_key",
            {"key": last["key"]},
        ),
        (
            "hash_last_byte",
            "signed, the last byte of the hash is another",
            "board_hash",
            {"hash": last["hash"]},
        ),
    ):
        yield boards.case(name, why, _signed(head, octets, **edits), expect=expect)
    far = heading(published=date(2000, 1, 1), next_board=date(2099, 12, 31))
    made = boards.signed(boards.header(octets, far), octets)
    yield boards.case("ok_next_far", "the next board in a hundred years", made, today="2000-01-01")
    yield boards.case(
        "ok_rolled_back_late", "late too: the first state that applies", boards.board(),
        reads={"state": "rolled_back"}, today="2026-12-05", least_epoch=8,
    )  # fmt: skip


def _slots() -> Iterator[Case]:
    one = boards.packed(boards.EXAMPLE)[0]
    for name, why, place, n in (
        ("slot_first", "the first place", 0, 7),
        ("slot_last", "the last place", 127, 7),
        ("slot_2047", "the last place of 2,048", 2047, 11),
    ):
        octets = boards.body({place: one}, count=1 << n)
        made = boards.signed(boards.header(octets, heading(n=n, next_n=n)), octets)
        yield boards.case(f"ok_{name}", why, made, [boards.EXAMPLE])
    other = boards.board([boards.flipped(one, 0)])
    yield boards.case("ok_tag_first_byte", "her tag in the first byte another", other)


def board_cases() -> list[Case]:
    """Cases of board.json."""
    whole = [
        ("ok_text_decomposed", "nothing is normalised", answer("e\u0301")),
        ("ok_text_blank", "an answer may be blank", answer(" ")),
    ]
    made = [
        boards.case(name, why, boards.board(boards.packed(one)), [one]) for name, why, one in whole
    ]
    rows: list[tuple[str, str, str, Reply, Case]] = [
        ("first_due_padding", "a due that is no answer's, and a byte", "slot_form", boards.EXAMPLE,
         {"due": 1, "zero": 1}),
        ("text_notice_status_due", "a status is no notice, also with an epoch", "slot_text", boards.WITHDRAW,
         {"text": b"read", "due": 9}),
    ]  # fmt: skip
    for name, why, expect, reply, changes in rows:
        placed = [boards.slot(boards.part(reply, **changes))]
        made.append(boards.case(name, why, boards.board(placed), expect=expect))
    return [*_headings(), *_slots(), *made]


def purge_cases() -> list[Case]:
    """Cases of purge.json: each is refused."""
    one, two, three = purges.ONE, purges.TWO, purges.THREE
    rows: list[tuple[str, str, Case]] = [
        ("version_zero", "no version", {"version": 0}),
        ("store_long", "64 digits", {"store": "5a" * 32}),
        ("held_object", "an object is no array", {"held": {}}),
        ("erased_object", "an object is no array", {"erased": {}}),
        ("erased_upper_case", "hexadecimal is lower case, in both", {"erased": ["AA" * 32]}),
        ("erased_not_ascending", "the order is one, in both", {"erased": ["55" * 32, "44" * 32]}),
        ("name_in_both_last", "held and erased, the last of each", {"erased": [two, three]}),
        ("erased_twice", "the same name twice, in both", {"erased": [two, two]}),
        ("name_second_short", "63 digits, not in the first", {"held": [one, three[:-1]]}),
        ("name_third_not_ascending", "the first two are", {"held": [one, "44" * 32, three]}),
    ]  # fmt: skip
    return [
        {"name": name, "why": why, "expect": "purge_list", "text": purges.edited(**changes)}
        for name, why, changes in rows
    ]
