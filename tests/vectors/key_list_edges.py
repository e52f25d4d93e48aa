"""Key lists and picks at the edges of WIRE.md 6: days, base64, order, names, and odd signatures of section 1.2."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from nacl.signing import SigningKey

from desk.wire import canon, keylist, seal
from tests.vectors import odd_points

Case = dict[str, Any]
SEED, OTHER_SEED, THIRD_SEED = (bytes([byte]) * 32 for byte in (0x42, 0x43, 0x44))
BOARD_SEED, SITE_SEED = bytes([0x62]) * 32, bytes([0x53]) * 32
BOARD, SITE = (bytes(SigningKey(seed).verify_key) for seed in (BOARD_SEED, SITE_SEED))
Span = tuple[str, str]
Q4, Q1, Q2 = (
    ("2026-10-01", "2026-12-31"),
    ("2027-01-01", "2027-03-31"),
    ("2027-04-01", "2027-06-30"),
)
YEAR = ("2026-10-01", "2027-10-01")


def entry(use: Any, public: bytes, span: Span) -> Case:
    """An entry with these days as they are, also where `keylist.entry` would not write them."""
    day = date(2026, 1, 1)
    return asdict(keylist.entry(use, public, day, day)) | dict(
        zip(("not_before", "not_after"), span, strict=True)
    )


def intake(seed: bytes, span: Span) -> Case:
    return entry("intake", seal.load_secret(seed).public, span)


def content(*intakes: Case, **changes: Any) -> Case:
    keys = [
        *(intakes or (intake(SEED, Q4),)),
        entry("board", BOARD, YEAR),
        entry("site", SITE, YEAR),
    ]
    return {"version": 1, "issued": "2026-10-01", "practice": False, "keys": keys} | changes


def signed_text(text: str, label: bytes = keylist.LABEL) -> str:
    signature = SigningKey(SITE_SEED).sign(label + text.encode()).signature.hex()
    return canon.dumps({"signed": text, "signature": signature})


def sign(value: Case) -> str:
    return signed_text(canon.dumps(value))


def _days() -> Iterator[tuple[str, str, str]]:
    """Name, why, text: `ok_` in a name says that the list holds."""
    spans = {
        "ok_one_day": ("one day of validity", ("2026-10-01", "2026-10-01")),
        "ok_first_day_there_is": ("2000-01-01", ("2000-01-01", "2026-12-31")),
        "ok_last_day_there_is": ("2099-12-31", ("2026-10-01", "2099-12-31")),
        "ok_month_09": ("a month and a day with a nine", ("2026-09-29", "2029-09-09")),
        "ok_leap_day": ("a leap day", ("2026-10-01", "2028-02-29")),
        "day_before_all": ("1999-12-31", ("1999-12-31", "2026-12-31")),
        "day_after_all": ("2100-01-01", ("2026-10-01", "2100-01-01")),
        "day_year_0000": ("a year that some calendars lack", ("0000-01-01", "2026-12-31")),
        "day_year_9999": ("a day after which some counts overflow", ("2026-10-01", "9999-12-31")),
        "day_2149": ("the last day that 2 bytes can count", ("2026-10-01", "2149-06-06")),
        "day_1900_leap": ("no leap year", ("1900-02-29", "2026-12-31")),
        "day_2027_leap": ("no leap year", ("2026-10-01", "2027-02-29")),
        "day_month_13": ("no such month", ("2026-10-01", "2026-13-01")),
        "day_zero": ("no such day", ("2026-10-01", "2026-12-00")),
        "day_short": ("one digit for a month", ("2026-10-01", "2026-12-1")),
        "day_compact": ("without dashes", ("20261001", "2026-12-31")),
        "day_newline": ("a newline after it", ("2026-10-01\n", "2026-12-31")),
        "day_digits": ("digits of another script", ("2026-10-01", "202\u0666-12-31")),
        "day_week": ("a week date", ("2026-10-01", "2026-W52-1")),
    }
    for name, (why, span) in spans.items():
        yield name, why, sign(content(intake(SEED, span)))
    for name, day in (
        ("before", "1999-12-31"),
        ("after", "2100-01-01"),
        ("year_0000", "0000-01-01"),
    ):
        yield f"issued_{name}_all", day, sign(content(issued=day))
    yield "ok_issued_last_day", "the last day there is", sign(content(issued="2099-12-31"))
    yield "issued_null", "no day", sign(content(issued=None))
    yield (
        "day_number",
        "a number is no day",
        sign(content(intake(SEED, Q4) | {"not_after": 20261231})),
    )


def _order() -> Iterator[tuple[str, str, str]]:
    same, later = ("2026-10-01", "2027-01-31"), ("2026-10-02", "2026-11-30")
    first, second = intake(SEED, Q4), intake(OTHER_SEED, Q1)
    third, board, site = (
        intake(THIRD_SEED, Q2),
        entry("board", BOARD, YEAR),
        entry("site", SITE, YEAR),
    )
    other_board = entry("board", bytes(SigningKey(OTHER_SEED).verify_key), YEAR)
    yield (
        "intakes_same_first_day",
        "two intake keys begin on one day",
        sign(content(first, intake(OTHER_SEED, same))),
    )
    yield (
        "ok_intakes_overlap",
        "the second ends before the first",
        sign(content(first, intake(OTHER_SEED, later))),
    )
    yield "ok_three_intakes", "three of them", sign(content(first, second, third))
    yield (
        "intakes_third_early",
        "the third begins before the second",
        sign(content(first, third, second)),
    )
    yield "id_twice", "one intake key with two spans", sign(content(first, intake(SEED, Q1)))
    yield (
        "id_twice_uses",
        "one key for board and site",
        sign(content(keys=[first, entry("board", SITE, YEAR), site])),
    )
    yield "boards_two", "two board entries", sign(content(keys=[first, board, other_board, site]))
    other_site = entry("site", bytes(SigningKey(OTHER_SEED).verify_key), YEAR)
    yield (
        "sites_two",
        "two site entries, the pinned one first",
        sign(content(keys=[first, board, site, other_site])),
    )
    yield (
        "ok_uses_mixed",
        "the order among uses is free",
        sign(content(keys=[site, first, board, second])),
    )
    yield "ok_practice", "a practice list", sign(content(practice=True))


def _without_padding(one: Case) -> Case:
    return one | {"public": one["public"].rstrip("=")}


def _loose(one: Case) -> Case:
    """The last letter before the padding with its lowest bit set, which no byte needs."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    text = one["public"].rstrip("=")
    made = text[:-1] + letters[letters.index(text[-1]) + 1]
    return one | {"public": made.ljust(len(one["public"]), "=")}


def _entries() -> Iterator[tuple[str, str, str]]:
    first, board, site = intake(SEED, Q4), entry("board", BOARD, YEAR), entry("site", SITE, YEAR)

    def having(**changes: Any) -> str:
        return sign(content(first | changes))

    yield "base64_loose_intake", "loose bits after the last byte", sign(content(_loose(first)))
    yield (
        "base64_loose_board",
        "loose bits after the last byte",
        sign(content(keys=[first, _loose(board), site])),
    )
    yield (
        "base64_loose_site",
        "loose bits after the last byte",
        sign(content(keys=[first, board, _loose(site)])),
    )
    yield "base64_no_padding", "no padding", sign(content(_without_padding(first)))
    yield "base64_newline", "a newline at the end", having(public=first["public"] + "\n")
    yield (
        "base64_space",
        "a space inside",
        having(public=first["public"][:4] + " " + first["public"][4:]),
    )
    yield "base64_more_padding", "padding too much", having(public=first["public"] + "====")
    yield "base64_nothing", "no key, rightly named", sign(content(entry("intake", b"", Q4)))
    yield "public_null", "no text", having(public=None)
    for use, size in (
        ("intake", 1215),
        ("intake", 1217),
        ("intake", 32),
        ("board", 31),
        ("board", 33),
    ):
        sized = entry(use, bytes(range(1, 32)) * (size // 31) + bytes(size % 31), Q4)
        keys = [sized, board, site] if use == "intake" else [first, sized, site]
        yield f"public_{use}_{size}", f"{size} bytes, rightly named", sign(content(keys=keys))
    yield (
        "public_board_long",
        "an intake key's size, rightly named",
        sign(content(keys=[first, entry("board", bytes(1216), YEAR), site])),
    )
    low = seal.load_secret(SEED).public[:1184] + bytes(32)
    yield (
        "ok_public_low_order",
        "nothing can be sealed to it, and sealing finds out",
        sign(content(entry("intake", low, Q4))),
    )
    yield "entry_id_capitals", "upper case", having(id=first["id"].upper())
    yield "entry_id_long", "the whole fingerprint", having(id=first["fingerprint"])
    yield (
        "entry_fingerprint_capitals",
        "upper case",
        having(fingerprint=first["fingerprint"].upper()),
    )
    yield "entry_fingerprint_short", "one digit less", having(fingerprint=first["fingerprint"][:-1])
    yield "entry_suite_text", "suite as text", having(suite="1")
    yield "entry_suite_true", "true is not 1", having(suite=True)
    yield "entry_use_array", "an array", having(use=["intake"])
    yield "entry_use_null", "no use", having(use=None)
    yield "entry_use_script", "a name that scripts treat specially", having(use="constructor")
    yield "entry_text", "an entry is a text", sign(content(keys=[first, board, site, "x"]))
    yield "entry_null", "an entry is null", sign(content(keys=[first, board, site, None]))
    yield "entry_array", "an entry is an array", sign(content(keys=[first, board, site, []]))
    for name, value in (("object", {}), ("null", None), ("text", "")):
        yield f"keys_{name}", "no array", sign(content(keys=value))
    for name, value in (("zero", 0), ("true", True), ("null", None)):
        yield f"version_{name}", "not the number 1", sign(content(version=value))
    for name, value in (("number", 0), ("null", None)):
        yield f"practice_{name}", "no boolean", sign(content(practice=value))


def _texts() -> Iterator[tuple[str, str, str]]:
    good = canon.dumps(content())
    outer: Any = json.loads(signed_text(good))
    digits = outer["signature"]
    yield (
        "ok_outer_order",
        "the order of names is free",
        canon.dumps({"signature": digits, "signed": good}),
    )
    yield "outer_mark", "a byte order mark", "\ufeff" + signed_text(good)
    yield "outer_twice", "a name twice", signed_text(good)[:-1] + f',"signature":"{digits}"}}'
    yield "outer_null", "null", "null"
    yield "outer_missing", "no signature", canon.dumps({"signed": good})
    yield (
        "outer_escape",
        "another spelling of a character",
        signed_text(good).replace("version", "\\u0076ersion"),
    )
    yield "signed_mark", "a byte order mark inside", signed_text("\ufeff" + good)
    yield "signed_twice", "a name twice inside", signed_text(good.replace("{", '{"version":1,', 1))
    yield "signed_array", "an array inside", signed_text("[]")
    yield "signed_null", "null inside", signed_text("null")
    yield "signed_number", "no text inside", canon.dumps(outer | {"signed": 1})
    yield "signed_newline", "a newline inside", signed_text(good + "\n")
    lone = signed_text(good.replace('"intake"', '"#"')).replace("#", "\\ud800")
    yield "signed_surrogate", "half a character", lone
    yield "signature_short", "127 digits", canon.dumps(outer | {"signature": digits[:-1]})
    yield "signature_long", "129 digits", canon.dumps(outer | {"signature": digits + "0"})
    yield (
        "signature_newline",
        "a newline after it",
        canon.dumps(outer | {"signature": digits + "\n"}),
    )
    yield "signature_null", "no text", canon.dumps(outer | {"signature": None})
    yield "signature_array", "an array", canon.dumps(outer | {"signature": [digits]})
    yield "signature_nothing", "empty", canon.dumps(outer | {"signature": ""})
    for name, label in (("complaint", b"balie/1 complaint\n"), ("board", b"balie/1 reply board\n")):
        yield f"signature_label_{name}", "under another label", signed_text(good, label)
    yield (
        "signature_label_cut",
        "the label without its line break",
        signed_text(good, keylist.LABEL[:-1]),
    )


def _odd_signatures() -> Iterator[Case]:
    first, board = intake(SEED, Q4), entry("board", BOARD, YEAR)
    for name, why, public, signer, is_tried in odd_points.signers():
        keys = [first, board, entry("site", public, YEAR)]
        for turn in range(200):
            issued = (date(2026, 10, 1) + timedelta(turn)).isoformat()
            text = canon.dumps(content(keys=keys, issued=issued))
            message = keylist.LABEL + text.encode()
            signature = signer(message)
            if not is_tried or odd_points.needs_no_cofactor(public, signature, message):
                break
        outer = canon.dumps({"signed": text, "signature": signature.hex()})
        full, expect = (
            (f"ok_point_{name}", "ok") if name == "honest" else (f"point_{name}", "keylist")
        )
        yield {"name": full, "why": why, "expect": expect, "text": outer, "pinned": public.hex()}


def cases() -> list[Case]:
    made = []
    for name, why, text in (*_days(), *_order(), *_entries(), *_texts()):
        expect = "ok" if name.startswith("ok_") else "keylist"
        made.append(
            {"name": name, "why": why, "expect": expect, "text": text, "pinned": SITE.hex()}
        )
    text = sign(content())
    for name, pinned in (
        ("pinned_short", SITE[:-1]),
        ("pinned_long", SITE + b"\0"),
        ("pinned_none", b""),
    ):
        why = "the pin is no key of 32 bytes"
        made.append(
            {"name": name, "why": why, "expect": "keylist", "text": text, "pinned": pinned.hex()}
        )
    return [*made, *_odd_signatures()]


def pick_lists() -> dict[str, str]:
    """The lists that keys are picked from."""
    return {
        "two": sign(content(intake(SEED, Q4), intake(OTHER_SEED, Q1))),
        "first_ends_last": sign(
            content(intake(SEED, ("2026-10-01", "2027-12-31")), intake(OTHER_SEED, Q1))
        ),
        "gap": sign(content(intake(SEED, Q4), intake(OTHER_SEED, Q2))),
        "to_the_last_day": sign(content(intake(SEED, ("2026-10-01", "2099-12-31")))),
    }


def picks() -> list[Case]:
    first, second = (intake(seed, Q4)["id"] for seed in (SEED, OTHER_SEED))
    ends, gap, last = "first_ends_last", "gap", "to_the_last_day"
    rows = [
        ("two", "current", "2026-11-22T12:00:00Z", "2026-11-22", first),
        ("two", "last_second_of_current", "2026-12-31T23:59:59Z", "2026-11-22", first),
        ("two", "first_second_of_next", "2027-01-01T00:00:00Z", "2026-11-22", second),
        ("two", "clock_before_all", "1999-01-01T00:00:00Z", "2026-11-22", first),
        ("two", "clock_before_build", "1999-01-01T00:00:00Z", "2027-02-01", second),
        ("two", "build_before_all", "1999-01-01T00:00:00Z", "2020-01-01", first),
        ("two", "after_the_last", "2027-04-15T00:00:00Z", "2026-11-22", second),
        ("two", "last_second_open", "2027-04-30T23:59:59Z", "2026-11-22", second),
        ("two", "last_millisecond_open", "2027-04-30T23:59:59.999Z", "2026-11-22", second),
        ("two", "closed", "2027-05-01T00:00:00Z", "2026-11-22", None),
        ("two", "closed_by_build", "1999-01-01T00:00:00Z", "2027-05-01", None),
        ("two", "open_by_build", "1999-01-01T00:00:00Z", "2027-04-30", second),
        ("two", "clock_far_ahead", "2099-01-01T00:00:00Z", "2026-11-22", None),
        ("two", "clock_after_all_days", "2150-01-01T00:00:00Z", "2026-11-22", None),
        (ends, "the_last_that_began", "2027-02-01T00:00:00Z", "2026-11-22", second),
        (ends, "open_for_an_earlier_entry", "2027-05-15T00:00:00Z", "2026-11-22", second),
        (ends, "last_second_of_an_earlier_entry", "2028-01-30T23:59:59Z", "2026-11-22", second),
        (ends, "closed_after_an_earlier_entry", "2028-01-31T00:00:00Z", "2026-11-22", None),
        (gap, "in_a_gap", "2027-02-01T00:00:00Z", "2026-11-22", first),
        (gap, "after_a_gap", "2027-04-01T00:00:00Z", "2026-11-22", second),
        (last, "last_day_there_is", "2099-12-31T23:59:59Z", "2026-11-22", first),
        (last, "open_after_the_last_day", "2100-01-30T23:59:59Z", "2026-11-22", first),
        (last, "closed_after_the_last_day", "2100-01-31T00:00:00Z", "2026-11-22", None),
    ]  # fmt: skip
    keys = ("list", "name", "now", "built", "id")
    return [dict(zip(keys, row, strict=True)) for row in rows]
