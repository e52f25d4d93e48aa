"""Cases of the list of a site and the log of its manifests for tests/vectors/manifest.json (WIRE.md section 6.2).

For `generate`.
"""

import json
from hashlib import sha256
from typing import Any

from nacl.signing import SigningKey

from desk.wire import canon, keylist, manifest
from tests.vectors.parts import BOARD_SEED, SITE_SEED, Case, case

OLDER_SEED = bytes([0x54]) * 32  # of the site key before this one
SUMS = "11" * 32 + "  index.html\n"
ZEROS = "0" * 64
Text = dict[str, Any]


def _first() -> Text:
    return {
        "version": 1,
        "number": 0,
        "issued": "2026-12-01",
        "practice": False,
        "site_url": "https://desk.example",
        "source": "ab" * 20,
        "sums": sha256(SUMS.encode()).hexdigest(),
        "files": 1,
        "previous": ZEROS,
    }


def _line(text: Text | str, seed: bytes = SITE_SEED, label: bytes = manifest.LABEL) -> str:
    signed = text if isinstance(text, str) else canon.dumps(text)
    digits = SigningKey(seed).sign(label + signed.encode()).signature.hex()
    return canon.dumps({"signed": signed, "signature": digits}) + "\n"


def _next(log: str, **changed: Any) -> Text:
    """What the line after those of a log says, with some of it changed."""
    lines = log.splitlines()
    last = sha256(lines[-1].encode()).hexdigest() if lines else ZEROS
    return _first() | {"number": len(lines), "previous": last} | changed


def log(*seeds: bytes) -> str:
    """A log with a line by each of these seeds."""
    made = ""
    for seed in seeds:
        made += _line(_next(made), seed)
    return made


def _edits() -> list[tuple[str, str, dict[str, Any]]]:
    """The only line of a log, well signed, with one name of another value."""
    return [
        ("version_two", "unknown version", {"version": 2}),
        ("version_zero", "a version that there never was", {"version": 0}),
        ("version_text", "version as text", {"version": "1"}),
        ("version_true", "a boolean is no number", {"version": True}),
        ("number_one", "the first line is number 0", {"number": 1}),
        ("number_text", "number as text", {"number": "0"}),
        ("number_false", "a boolean is no number", {"number": False}),
        ("number_below_zero", "number -1", {"number": -1}),
        ("issued_no_day", "no such day", {"issued": "2026-02-30"}),
        ("issued_time", "a time is no date", {"issued": "2026-12-01T00:00:00Z"}),
        ("issued_2100", "after the last day of section 1", {"issued": "2100-01-01"}),
        ("issued_week", "a date in the form of a week", {"issued": "2026-W49-2"}),
        ("issued_number", "a date as number", {"issued": 20261201}),
        ("practice_text", "practice is no boolean", {"practice": "false"}),
        ("practice_zero", "a number is no boolean", {"practice": 0}),
        ("site_url_slash", "a slash at its end", {"site_url": "https://desk.example/"}),
        ("site_url_path", "a path", {"site_url": "https://desk.example/nl"}),
        ("site_url_upper_case", "the host in capitals", {"site_url": "https://Desk.example"}),
        ("site_url_no_scheme", "no scheme", {"site_url": "desk.example"}),
        ("site_url_ftp", "another scheme", {"site_url": "ftp://desk.example"}),
        ("site_url_no_host", "no host", {"site_url": "https://"}),
        ("site_url_user", "a name before the host", {"site_url": "https://a@desk.example"}),
        ("site_url_line", "a line break behind it", {"site_url": "https://desk.example\n"}),
        ("site_url_port_long", "six digits of a port", {"site_url": "https://desk.example:123456"}),
        ("site_url_port_empty", "a colon without a port", {"site_url": "https://desk.example:"}),
        ("site_url_null", "no text", {"site_url": None}),
        ("source_short", "39 digits", {"source": "ab" * 19 + "a"}),
        ("source_between", "48 digits, neither of the two lengths", {"source": "ab" * 24}),
        ("source_upper_case", "hexadecimal is lower case", {"source": "AB" * 20}),
        ("source_name", "the name of a branch", {"source": "main"}),
        ("source_null", "unknown is the empty string", {"source": None}),
        ("sums_short", "62 digits", {"sums": "11" * 31}),
        ("sums_upper_case", "hexadecimal is lower case", {"sums": "AB" * 32}),
        ("files_none", "a list without a line", {"files": 0}),
        ("files_true", "a boolean is no number", {"files": True}),
        ("files_text", "files as text", {"files": "1"}),
        ("previous_of_first", "nothing stands before the first line", {"previous": "11" * 32}),
        ("previous_empty", "the first line names 64 zeros", {"previous": ""}),
        ("name_more", "a name too many", {"note": "x"}),
    ]


def _lines() -> dict[str, tuple[str, str]]:
    """Logs that are broken as bytes, as objects or by their signature."""
    good, text = log(SITE_SEED), _first()
    signed = canon.dumps(text)
    outer = json.loads(good)
    turned = canon.dumps({name: outer[name] for name in ("signature", "signed")}) + "\n"
    without = {name: value for name, value in text.items() if name != "source"}
    moved = {name: text[name] for name in ("number", "version", *list(text)[2:])}
    twice = signed[:-1] + ',"files":1}'
    shorter = canon.dumps(outer | {"signature": outer["signature"][2:]}) + "\n"
    upper = canon.dumps(outer | {"signature": outer["signature"].upper()}) + "\n"
    return {
        "empty": ("", "no line"),
        "line_unended": (good[:-1], "no line break at the end"),
        "line_ended_by_space": (good[:-1] + " ", "a space in the place of the line break"),
        "line_crlf": (good[:-1] + "\r\n", "a line ends in one byte"),
        "line_blank_after": (good + "\n", "a blank line at the end"),
        "line_blank_before": ("\n" + good, "a blank line at the start"),
        "line_space": (good[:-1] + " \n", "not the one encoding"),
        "line_bom": ("\ufeff" + good, "a byte order mark"),
        "line_array": ("[]\n", "no object"),
        "line_text_alone": (signed + "\n", "what is signed, without a signature"),
        "outer_order": (turned, "the names in another order"),
        "outer_more": (canon.dumps(outer | {"x": 1}) + "\n", "a name too many"),
        "outer_object": (
            canon.dumps({"signed": text, "signature": outer["signature"]}) + "\n",
            "signed is no text",
        ),
        "signed_empty": (_line(""), "the empty text"),
        "signed_space": (_line(" " + signed), "not the one encoding"),
        "signed_array": (_line("[]"), "no object"),
        "signed_name_missing": (_line(without), "a name is missing"),
        "signed_order": (_line(moved), "the names in another order"),
        "signed_name_twice": (_line(twice), "a name twice"),
        "signature_short": (shorter, "63 bytes"),
        "signature_upper_case": (upper, "hexadecimal is lower case"),
        "signature_of_board_key": (_line(text, BOARD_SEED), "another key"),
        "signature_as_key_list": (_line(text, label=keylist.LABEL), "the label of a key list"),
        "signature_no_label": (_line(text, label=b""), "no label"),
        "signed_changed": (
            good.replace("2026-12-01", "2026-12-02"),
            "a date changed after signing",
        ),
    }


def _logs() -> dict[str, tuple[str, str]]:
    """Logs of several lines, each of them well made and well signed, which are no log together."""
    one, two, three = (log(*[SITE_SEED] * count) for count in (1, 2, 3))
    lines = three.splitlines(keepends=True)
    forged = log(SITE_SEED, BOARD_SEED)
    return {
        "log_first_missing": ("".join(lines[1:]), "it begins with number 1"),
        "log_middle_missing": (lines[0] + lines[2], "number 1 is missing"),
        "log_line_twice": (one + one, "the same line twice"),
        "log_order": (lines[1] + lines[0], "number 1 before number 0"),
        "log_number_again": (one + _line(_next(one, number=0)), "number 0 twice"),
        "log_number_skipped": (one + _line(_next(one, number=2)), "number 2 after number 0"),
        "log_previous_zeros": (one + _line(_next(one, previous=ZEROS)), "it follows nothing"),
        "log_previous_of_all": (
            one + _line(_next(one, previous=sha256(one.encode()).hexdigest())),
            "the hash of the line before with its line break",
        ),
        "log_previous_further": (
            two + _line(_next(two, previous=sha256(one[:-1].encode()).hexdigest())),
            "the hash of the line before the one before",
        ),
        "log_previous_of_text": (
            one
            + _line(_next(one, previous=sha256(json.loads(one)["signed"].encode()).hexdigest())),
            "the hash of what is signed, without its signature",
        ),
        "log_earlier_changed": (
            two.replace("ab" * 20, "cd" * 20, 1),
            "an earlier line changed after the later was signed",
        ),
        "log_practice_turns": (one + _line(_next(one, practice=True)), "from real to practice"),
        "log_last_of_another": (forged, "the last line is of another key"),
        "log_middle_of_another": (
            forged + _line(_next(forged)),
            "a line of another key behind one of the pinned key",
        ),
        "log_later_key": (
            log(SITE_SEED, OLDER_SEED),
            "the site key changed, and the pin is the one before",
        ),
    }


def _lists() -> dict[str, tuple[str, str]]:
    one, two = "11" * 32, "22" * 32
    return {
        "list_empty": ("", "no line"),
        "list_unended": (SUMS[:-1], "no line break at the end"),
        "list_order": (f"{one}  nl/index.html\n{two}  index.html\n", "not ascending"),
        "list_twice": (SUMS + SUMS, "the same path twice"),
        "list_up": (f"{one}  nl/../index.html\n", "it leads out of a folder"),
        "list_star": (f"{one} *index.html\n", "the mark of sha256sum for binary files"),
        "list_hidden": (f"{one}  .well-known/x\n", "a word begins with a dot"),
    }


def _parted() -> list[Case]:
    """Two logs that hold: what a reader who holds the one says of the other."""
    one, two, three = (log(*[SITE_SEED] * count) for count in (1, 2, 3))
    other = one + _line(_next(one, files=2))
    rows: list[tuple[str, str, str, str, str, int | None]] = [
        ("same", "the same log", two, two, "same", None),
        ("longer", "one line more", two, three, "longer", None),
        ("rolled_back", "one line less", three, two, "rolled_back", 1),
        ("forked_at_last", "another last line", two, other, "forked", 1),
        ("forked_below", "another line, and more after it", three, other, "forked", 1),
        ("forked_at_first", "another log", two, log(OLDER_SEED, SITE_SEED), "forked", 0),
        ("forked_longer", "another line, with a longer log", other, three, "forked", 1),
    ]
    return [
        case(name, why, expect, earlier=earlier, later=later, number=number)
        for name, why, earlier, later, expect, number in rows
    ]


def _ages() -> list[Case]:
    rows = [
        ("age_same_day", "signed today", "2026-12-01", "fresh"),
        ("age_100_days", "the last day on which it is not old", "2027-03-11", "fresh"),
        ("age_101_days", "a day later", "2027-03-12", "old"),
        ("age_tomorrow", "signed where it is a day later", "2026-11-30", "fresh"),
        ("age_to_come", "signed in two days", "2026-11-29", "not_come"),
    ]
    return [
        case(name, why, expect, issued="2026-12-01", day=day) for name, why, day, expect in rows
    ]


def cases() -> list[Case]:
    """Every case of a log: its text, and of one that holds what is read from it."""
    most = _line(_first() | {"practice": True, "site_url": "http://127.0.0.1:8000", "source": ""})
    good: dict[str, tuple[str, str, int]] = {
        "ok": (log(SITE_SEED), "one line", 0),
        "ok_three": (log(*[SITE_SEED] * 3), "three lines", 0),
        "ok_practice": (most, "a practice site, of unknown source", 0),
        "ok_onion": (
            _line(_first() | {"site_url": "http://" + "a2" * 28 + ".onion"}),
            "an onion service",
            0,
        ),
        "ok_ipv6": (_line(_first() | {"site_url": "http://[fe80::10]:8000"}), "an IPv6 address", 0),
        "ok_port_short": (
            _line(_first() | {"site_url": "http://10.0.0.9:9"}),
            "a port of one digit",
            0,
        ),
        "ok_port_long": (
            _line(_first() | {"site_url": "https://0-z.example:19090"}),
            "a port of five digits",
            0,
        ),
        "ok_source_zeros": (_line(_first() | {"source": "09" * 20}), "a commit of digits alone", 0),
        "ok_source_sha256": (_line(_first() | {"source": "0b" * 32}), "a commit of 64 digits", 0),
        "ok_day_before": (
            log(SITE_SEED) + _line(_next(log(SITE_SEED), issued="2026-11-30")),
            "a later line of an earlier day",
            0,
        ),
        "ok_url_changed": (
            log(SITE_SEED) + _line(_next(log(SITE_SEED), site_url="https://new.example")),
            "the site moved",
            0,
        ),
        "ok_earlier_key": (
            log(OLDER_SEED, OLDER_SEED, SITE_SEED),
            "two lines of an earlier site key",
            2,
        ),
        "ok_earlier_key_and_more": (log(OLDER_SEED, SITE_SEED, SITE_SEED), "and two of ours", 1),
    }
    found = [
        case(
            name,
            why,
            "ok",
            log=text,
            earlier=earlier,
            last=json.loads(json.loads(text.splitlines()[-1])["signed"]),
        )
        for name, (text, why, earlier) in good.items()
    ]
    bad: dict[str, tuple[str, str]] = _lines() | _logs()
    bad |= {name: (_line(_first() | changed), why) for name, why, changed in _edits()}
    return found + [case(name, why, "manifest", log=text) for name, (text, why) in bad.items()]


def content() -> dict[str, object]:
    """All of manifest.json, the same each time."""
    lists = [case("list_ok", "one file", "ok", sums=SUMS)]
    lists += [case(name, why, "manifest", sums=text) for name, (text, why) in _lists().items()]
    return {
        "section": "6.2",
        "site_key": bytes(SigningKey(SITE_SEED).verify_key).hex(),
        "cases": cases(),
        "lists": lists,
        "parted": _parted(),
        "ages": _ages(),
    }
