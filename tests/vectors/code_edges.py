"""Reply codes at the edges of the lists in WIRE.md 7 and 7.9: every digit, every unseen character, their neighbours."""

import re
from pathlib import Path
from typing import Any

from desk import code
from desk.whitespace import WHITE_SPACE

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


def _in_script(zero: int) -> str:
    return "".join(chr(zero + int(digit)) for digit in GOOD)


def _taken() -> list[tuple[str, str, str]]:
    zeros, runs = lists()
    ends = [chr(end) for run in runs for end in run]
    rows = [(f"ok_digits_{zero:04x}", "the digits of one row", _in_script(zero)) for zero in zeros]
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


def _refused() -> list[tuple[str, str, str]]:
    longer = next(f"{GOOD}{n:02d}" for n in range(100) if int(f"{GOOD}{n:02d}") % 97 == 1)
    shorter = DIGITS[:20] + code.check_digits(DIGITS[:20])
    tails = {"00": "97", "99": "02"}
    rows = [
        ("digits_26", "26 digits that leave 1 when divided by 97", longer),
        ("digits_22", "22 digits that leave 1", shorter),
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
    made = [
        {"name": name, "why": why, "expect": "ok", "typed": typed, "digits": GOOD}
        for name, why, typed in _taken()
    ]
    return made + [
        {"name": name, "why": why, "expect": "code", "typed": typed}
        for name, why, typed in (*_refused(), *_beside())
    ]
