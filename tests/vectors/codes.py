"""The reply codes behind tests/vectors/code.json: whole ones, each defect, the lists of WIRE.md 7.9 to their ends."""

import re
from pathlib import Path
from typing import Any

from desk.wire import code
from desk.wire.whitespace import WHITE_SPACE

Case = dict[str, Any]
DIGITS = "1234567890123456789012"
GOOD = DIGITS + code.check_digits(DIGITS)
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"


def lists() -> tuple[list[int], list[tuple[int, int]]]:
    """The zeros and the runs of unseen characters, read from the text and not from the code."""
    text = (Path(__file__).parents[2] / "WIRE.md").read_text("utf-8")
    zeros, unseen = re.findall(r"```\n(.*?)```", text.partition("### 7.9 ")[2], re.DOTALL)[:2]
    runs = [(run.split("-") * 2)[:2] for run in unseen.split()]
    return [int(zero, 16) for zero in zeros.split()], [(int(a, 16), int(b, 16)) for a, b in runs]


def _case(name: str, why: str, expect: str, **fields: str) -> Case:
    return {"name": name, "why": why, "expect": expect, **fields}


def in_script(digits: str, zero: int) -> str:
    return "".join(chr(zero + int(digit)) for digit in digits)


def typed_cases() -> list[Case]:
    digits, good = DIGITS, GOOD
    zeros = "0" * 22 + code.check_digits("0" * 22)
    nines = "9" * 22 + code.check_digits("9" * 22)
    grouped = code.group(good)
    typed = {
        "ok_plain": (good, "as it is"),
        "ok_groups": (grouped, "six groups of four"),
        "ok_dashes": (grouped.replace(" ", "-"), "with dashes"),
        "ok_en_dashes": (grouped.replace(" ", "\u2013"), "with the dashes a phone makes"),
        "ok_no_break_space": (f"\ufeff{grouped.replace(' ', chr(0xA0))}\n", "pasted"),
        "ok_minus": (grouped.replace(" ", "\u2212"), "with the minus of a word processor"),
        "ok_left_to_right_mark": ("\u200e".join(grouped) + "\u200e", "a mark after each digit"),
        "ok_isolated": (f"\u2066{grouped}\u2069", "as copied from a text of both directions"),
        "ok_right_to_left_mark": (
            f"\u200f\u061c{in_script(good, 0x660)}\u202c",
            "from Arabic text",
        ),
        "ok_zero_width": (grouped.replace(" ", "\u200b\u2060"), "with spaces without width"),
        "ok_soft_hyphen": (grouped.replace(" ", "\u00ad"), "with hyphens that are not seen"),
        "ok_arabic_indic": (in_script(good, 0x660), "Arabic-Indic digits"),
        "ok_persian": (in_script(good, 0x6F0), "Persian digits"),
        "ok_devanagari": (in_script(good, 0x966), "Devanagari digits"),
        "ok_thai": (in_script(good, 0xE50), "Thai digits"),
        "ok_fullwidth": (in_script(good, 0xFF10), "fullwidth digits"),
        "ok_mathematical": (in_script(good, 0x1D7EC), "digits above U+FFFF, in a row of rows"),
        "ok_mixed": (in_script(good[:12], 0x660) + good[12:], "two scripts"),
    }
    cases = [_case(name, why, "ok", typed=text, digits=good) for name, (text, why) in typed.items()]
    for name, whole in [("ok_zeros", zeros), ("ok_nines", nines)]:
        cases.append(_case(name, "an end of the range", "ok", typed=whole, digits=whole))
    wrong = str((int(good[5]) + 1) % 10)
    refused = {
        "one_digit_wrong": (good[:5] + wrong + good[6:], "a wrong digit"),
        "neighbours_swapped": (good[:3] + good[4] + good[3] + good[5:], "two digits swapped"),
        "one_digit_short": (good[:-1], "23 digits"),
        "one_digit_more": (good + "0", "25 digits"),
        "letter_o": (good.replace("0", "O"), "a letter for a digit"),
        "superscript": (good[:-1] + "\u00b2", "a digit that is not of category Nd"),
        "check_digits_by_97": (f"{digits}{int(good[22:]) + 97:02d}"[:24], "outside 02 to 98"),
        "combining_mark": (good + "\u0301", "a mark that is seen, not of category Cf"),
        "full_stops": (grouped.replace(" ", "."), "a full stop is no dash"),
        "empty": ("", "nothing"),
        "only_spaces": ("   ", "nothing but spaces"),
    }
    small = next(f"{n:022d}" for n in range(10**6) if code.check_digits(f"{n:022d}") == "98")
    refused["check_digits_01"] = (small + "01", "the same remainder as 98, but outside 02 to 98")
    del refused["check_digits_by_97"]
    cases += [_case(name, why, "code", typed=text) for name, (text, why) in refused.items()]
    return cases


def derivations() -> list[Case]:
    whole_codes = ["0" * 22, DIGITS, "9" * 22]
    made = []
    for digits in whole_codes:
        whole = digits + code.check_digits(digits)
        reply_key, tag_key = code.derive(whole)
        made.append({"digits": whole, "reply_key": reply_key.hex(), "tag_key": tag_key.hex()})
    return made


def _ends() -> list[Case]:
    """Whole codes whose check digits are the least and the most there are."""
    made = []
    for least in ("02", "98"):
        digits = next(d for d in map("{:022d}".format, range(97)) if code.check_digits(d) == least)
        whole = digits + least
        made.append(_case(f"ok_check_digits_{least}", "an end", "ok", typed=whole, digits=whole))
    return made


def _taken() -> list[tuple[str, str, str]]:
    zeros, runs = lists()
    ends = [chr(end) for run in runs for end in run]
    rows = [
        (f"ok_digits_{zero:04x}", "the digits of one row", in_script(GOOD, zero)) for zero in zeros
    ]
    return [
        *rows,
        ("ok_unseen", "the ends of every run of unseen characters", "".join(ends) + GOOD),
        ("ok_dashes_all", "every dash", DASHES + GOOD),
        ("ok_no_break_hyphen", "with U+2011", code.group(GOOD).replace(" ", "\u2011")),
        ("ok_white_space", "every white space", WHITE_SPACE.join((GOOD[:9], GOOD[9:]))),
    ]


def _beside() -> list[tuple[str, str, str]]:
    """Each neighbour of a list that is in none of them, before a whole code."""
    zeros, runs = lists()
    kept = {ord(one) for one in WHITE_SPACE + DASHES}
    kept |= {point for first, last in runs for point in range(first, last + 1)}
    kept |= {zero + value for zero in zeros for value in range(10)}
    edges = {(ord(one), ord(one)) for one in WHITE_SPACE + DASHES}
    edges |= {*runs, *((zero, zero + 9) for zero in zeros)}
    near = {point for first, last in edges for point in (first - 1, last + 1)} - kept
    near |= {0, 0x19DA, 0xB2, 0x2043, 0xFE63, 0x30FB, 0xFE0F, 0x301, 0x41}
    return [
        (f"beside_{point:04x}", "beside the lists, and in none of them", chr(point) + GOOD)
        for point in sorted(near)
        if not 0xD800 <= point <= 0xDFFF
    ]


def _code_after(first: str) -> str:
    """What follows these digits in a whole code."""
    digits = first + DIGITS[len(first) :]
    return (digits + code.check_digits(digits))[len(first) :]


def _instead() -> list[tuple[str, str, str]]:
    """Each neighbour of a row of digits in the place of the digit for which it could be taken."""
    zeros, _ = lists()
    kept = {zero + value for zero in zeros for value in range(10)}
    rows = [(point - 1, "9") for point in zeros] + [(point + 10, "0") for point in zeros]
    rows += [(0x19DA, "1"), (0xB2, "2"), (0x2460, "1"), (0x4E00, "1"), (0x49, "1"), (0x4F, "0")]
    made = sorted({(point, digit) for point, digit in rows if point not in kept})
    why = "no digit, in the place of one"
    named = [
        (f"instead_{point:04x}_{digit}", why, chr(point) + _code_after(digit))
        for point, digit in made
    ]
    return [*named, ("instead_ten", "no digit, in the place of two", ":" + _code_after("10"))]


def _refused() -> list[tuple[str, str, str]]:
    longer = next(f"{GOOD}{n:02d}" for n in range(100) if int(f"{GOOD}{n:02d}") % 97 == 1)
    shorter = DIGITS[:20] + code.check_digits(DIGITS[:20])
    ends = (f"{DIGITS[:20]}{n:03d}" for n in range(1_000) if n % 10 > 1)
    odd = next(number for number in ends if int(number) % 97 == 1)
    tails = {"00": "97", "99": "02"}
    rows = [
        ("digits_26", "26 digits that leave 1 when divided by 97", longer),
        ("digits_22", "22 digits that leave 1", shorter),
        ("digits_23", "23 digits that leave 1", odd),
        ("digit_before", "a digit before a whole code", "0" + GOOD),
        ("surrogate", "half a character", GOOD + "\ud800"),
        ("tag_zero", "the letters of a program for zero", "0x" + GOOD),
        ("point", "a point at the end", GOOD + "."),
        ("plus", "a sign", "+" + GOOD),
    ]
    for tail, partner in tails.items():
        digits = next(
            d for d in map("{:022d}".format, range(97)) if code.check_digits(d) == partner
        )
        rows.append((f"check_digits_{tail}", f"the same remainder as {partner}", digits + tail))
    return rows


def cases() -> list[Case]:
    made = [_case(name, why, "ok", typed=typed, digits=GOOD) for name, why, typed in _taken()]
    refused = [*_refused(), *_beside(), *_instead()]
    return [
        *typed_cases(),
        *_ends(),
        *made,
        *(_case(name, why, "code", typed=typed) for name, why, typed in refused),
    ]
