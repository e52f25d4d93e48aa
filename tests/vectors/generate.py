"""Makes tests/vectors/*.json. Seals are random, so objects differ from run to run; the rest does not."""

import base64
import json
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from desk.wire import canon, envelope, keylist, seal
from tests.vectors import (
    board_edges,
    boards,
    bundles,
    codes,
    complaint_edges,
    complaints,
    follow_ups,
    key_list_edges,
    manifests,
    near_misses,
    purges,
    small_order,
    spellings,
)
from tests.vectors.parts import BOARD_SEED, OTHER_SEED, SEED, SITE_SEED, Case, case, signed

HERE = Path(__file__).parent


def write(name: str, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=True, indent=1) + "\n"
    (HERE / name).write_text(text, encoding="ascii")


def sealed(plaintext: bytes, seed: bytes = SEED) -> str:
    return base64.b64encode(seal.seal(plaintext, seal.load_secret(seed).public)).decode()


def broken_plaintext(edits: dict[int, bytes]) -> bytes:
    plaintext = bytearray(envelope.build_plaintext(complaints.WORKED.encode()))
    for offset, data in edits.items():
        plaintext[offset : offset + len(data)] = data
    return bytes(plaintext)


def objects() -> dict[str, str]:
    """The sealed ones; what the file holds already is kept, since a seal never gives the same bytes."""
    texts = complaints.whole()
    made = {name: sealed(envelope.build_plaintext(text.encode())) for name, text in texts.items()}
    worked = envelope.build_plaintext(complaints.WORKED.encode())
    for name in small_order.HALVES:
        low = small_order.low_order(worked, SEED, name)
        made[f"low_order_{name}"] = base64.b64encode(low).decode()
    made["not_reduced"] = spellings.not_reduced()
    made["high_bit"] = base64.b64encode(small_order.high_bit(worked, SEED)).decode()
    end = envelope.PLAINTEXT_BYTES
    first = 4 + len(complaints.WORKED.encode())
    long = (envelope.MAX_JSON_BYTES + 1).to_bytes(4, "big")
    made["padding_first"] = sealed(broken_plaintext({first: b"\1"}))
    made["padding_last"] = sealed(broken_plaintext({end - 1: b"\x80"}))
    made["length_long"] = sealed(broken_plaintext({0: long}))
    made["length_short"] = sealed(broken_plaintext({0: (first - 5).to_bytes(4, "big")}))
    made["not_json"] = sealed(broken_plaintext({4: b"["}))
    made["no_story"] = sealed(envelope.build_plaintext(complaints.without("story").encode()))
    path = HERE / "object.json"
    kept = json.loads(path.read_text("ascii"))["objects"] if path.exists() else {}
    return {name: kept.get(name, octets) for name, octets in made.items()}


def flips(plain: bytes) -> list[Case]:
    places = [
        ("enc_ml_kem_flipped", "one bit of the ML-KEM part of enc", 10),
        ("enc_ml_kem_end_flipped", "one bit of the last byte of the ML-KEM part", 10 + 1087),
        ("enc_x25519_flipped", "one bit of the X25519 part of enc", 10 + 1088),
        ("ciphertext_first_flipped", "one bit of the first byte of the ciphertext", 1130),
        ("ciphertext_middle_flipped", "one bit in the middle of the ciphertext", 9000),
        ("tag_first_flipped", "one bit of the first byte of the tag", 16384 - 16),
        ("tag_last_flipped", "one bit of the last byte of the tag", 16383),
    ]
    return [
        case(name, why, "seal", base="ok_worked_example", set=[[at, f"{plain[at] ^ 1:02x}"]])
        for name, why, at in places
    ]


def object_cases(made: dict[str, str]) -> list[Case]:
    plain = base64.b64decode(made["ok_worked_example"])
    base = "ok_worked_example"
    other_id = envelope.key_id(seal.load_secret(OTHER_SEED).public)
    texts = complaints.whole()
    cases = [
        case(n, "opens, code point for code point", "ok", base=n, text=texts[n]) for n in texts
    ]
    sizes = [("empty", 0), ("one_byte_short", 16383), ("one_byte_long", 16385), ("header_only", 10)]
    sizes += [(f"reserved_{size}", size) for size in envelope.RESERVED_BYTES]
    cases += [
        case(f"length_{n}", "not the one size", "object_length", base=base, length=s)
        for n, s in sizes
    ]
    for name, at, value, check in [
        ("version_zero", 0, "00", "object_version"),
        ("version_two", 0, "02", "object_version"),
        ("version_bit_flipped", 0, "81", "object_version"),
        ("suite_zero", 1, "00", "object_suite"),
        ("suite_reserved_two", 1, "02", "object_suite"),
        ("key_id_flipped", 2, f"{plain[2] ^ 1:02x}", "key_unknown"),
        ("key_id_last_flipped", 9, f"{plain[9] ^ 128:02x}", "key_unknown"),
    ]:
        cases.append(case(name, "one header field changed", check, base=base, set=[[at, value]]))
    both = [SEED.hex(), OTHER_SEED.hex()]
    swapped = case("key_id_of_another_key", "names another key that the reader holds", "seal")
    cases.append(swapped | {"base": base, "set": [[2, other_id]], "seeds": both})
    wrong = case("key_not_held", "sealed to a key that the reader does not hold", "key_unknown")
    cases.append(wrong | {"base": base, "seeds": [OTHER_SEED.hex()]})
    cases += flips(plain)
    for name, why, check in [
        ("padding_first", "the first byte of the padding is not zero", "padding"),
        ("padding_last", "the last byte of the padding is not zero", "padding"),
        ("length_long", "the length goes beyond the plaintext", "plaintext_length"),
        ("length_short", "the length ends inside the JSON", "padding"),
        ("not_json", "the sealed text is no JSON", "json"),
        ("no_story", "the sealed JSON has no story", "schema"),
    ]:
        cases.append(case(f"sealed_{name}", why, check, base=name))
    for name in small_order.HALVES:
        why = "the X25519 half of enc is of small order, and the secret 32 zero bytes"
        cases.append(case(f"low_order_{name}", why, "seal", base=f"low_order_{name}"))
    why = "the highest bit of the X25519 half, which RFC 7748 ignores"
    cases.append(case("ok_high_bit", why, "ok", base="high_bit", text=complaints.WORKED))
    return cases + two_defects() + spellings.object_cases()


def two_defects() -> list[Case]:
    """The first check in the order of WIRE.md section 2 speaks."""
    rows: list[tuple[str, str, list[list[Any]], int | None]] = [
        ("object_length", "length_version", [[0, "02"]], 16_383),
        ("object_version", "version_suite", [[0, "02"], [1, "02"]], None),
        ("object_suite", "suite_key", [[1, "02"], [2, "ff"]], None),
        ("key_unknown", "key_seal", [[2, "ff"], [9000, "ff"]], None),
    ]
    base = {"base": "ok_worked_example"}
    return [
        case(
            f"first_{name}", "two defects", check, **base, set=edits, **({"length": n} if n else {})
        )
        for check, name, edits, n in rows
    ]


def plaintext_cases() -> list[Case]:
    most = envelope.MAX_JSON_BYTES
    rows: list[tuple[str, str, str, dict[str, Any]]] = [
        ("ok_shortest", "two bytes of JSON", "ok", {"start": "000000027b7d"}),
        ("ok_longest", "no padding at all", "ok", {"start": f"{most:08x}", "fill": "20"}),
        ("length_zero", "no JSON", "plaintext_length", {"start": "00000000"}),
        ("length_one", "too short for JSON", "plaintext_length", {"start": "000000017b"}),
        ("length_one_more", "one byte too many", "plaintext_length", {"start": f"{most + 1:08x}"}),
        ("length_huge", "four gigabytes", "plaintext_length", {"start": "ffffffff7b7d"}),
        ("first_length_padding", "two defects", "plaintext_length", {"start": "000000007b7d01"}),
        ("padding_at_once", "the byte after the JSON", "padding", {"start": "000000027b7d01"}),
        ("padding_iso", "80 as in ISO/IEC 7816-4", "padding", {"start": "000000027b7d80"}),
        ("padding_tail", "last byte", "padding", {"start": "000000027b7d", "set": [[15237, "01"]]}),
        ("padding_middle", "in between", "padding", {"start": "000000027b7d", "set": [[9, "ff"]]}),
        (
            "size_short",
            "a byte short",
            "plaintext_length",
            {"start": "000000027b7d", "size": 15237},
        ),
        ("size_long", "a byte more", "plaintext_length", {"start": "000000027b7d", "size": 15239}),
        ("size_empty", "nothing", "plaintext_length", {"start": "", "size": 0}),
    ]
    made = [case(name, why, expect, **fields) for name, why, expect, fields in rows]
    return made + spellings.plaintext_cases()


def entry(use: Any, public: bytes, first: str, last: str) -> Case:
    made = keylist.entry(use, public, date.fromisoformat(first), date.fromisoformat(last))
    return asdict(made)


def good_list(intakes: int = 1) -> Case:
    days = [("2026-10-01", "2026-12-31"), ("2027-01-01", "2027-03-31")]
    seeds = [SEED, OTHER_SEED]
    keys = [
        entry("intake", seal.load_secret(seed).public, *span)
        for seed, span in list(zip(seeds, days, strict=True))[:intakes]
    ]
    for use, seed in [("board", BOARD_SEED), ("site", SITE_SEED)]:
        public = bytes(SigningKey(seed).verify_key)
        keys.append(entry(use, public, "2026-10-01", "2027-10-01"))
    return {"version": 1, "issued": "2026-10-01", "practice": False, "keys": keys}


def sign(text: str, seed: bytes = SITE_SEED, label: bytes = keylist.LABEL) -> str:
    return signed(text, seed, label)


def edited(path: list[Any], value: Any, intakes: int = 1) -> str:
    whole: Any = good_list(intakes)
    place = whole
    for step in path[:-1]:
        place = place[step]
    if value is DELETE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return sign(canon.dumps(whole))


DELETE = object()


def keylist_edits() -> list[tuple[str, str, list[Any], Any]]:
    first: Any = good_list()["keys"][0]
    short = base64.b64encode(base64.b64decode(first["public"])[:-1]).decode()
    return [
        ("version_two", "unknown version", ["version"], 2),
        ("version_text", "version as text", ["version"], "1"),
        ("version_missing", "a name is missing", ["version"], DELETE),
        ("name_extra", "a name too many", ["note"], "x"),
        ("practice_text", "practice is no boolean", ["practice"], "false"),
        ("issued_no_date", "no such day", ["issued"], "2026-02-30"),
        ("issued_with_time", "a time is no date", ["issued"], "2026-10-01T00:00:00Z"),
        ("keys_empty", "no keys", ["keys"], []),
        ("keys_no_intake", "nothing to seal to", ["keys", 0], DELETE),
        ("keys_no_board", "no board key", ["keys", 1], DELETE),
        ("keys_no_site", "no site key", ["keys", 2], DELETE),
        ("entry_extra", "an entry has a name too many", ["keys", 0, "secret"], "x"),
        ("entry_missing", "an entry lacks a name", ["keys", 0, "not_after"], DELETE),
        ("entry_use", "unknown use", ["keys", 0, "use"], "spare"),
        ("entry_suite", "unknown suite: no downgrade", ["keys", 0, "suite"], 2),
        ("entry_id", "id is not of this key", ["keys", 0, "id"], "0011223344556677"),
        ("entry_fingerprint", "fingerprint of another", ["keys", 0, "fingerprint"], "ab" * 32),
        ("entry_public_short", "public key a byte short", ["keys", 0, "public"], short),
        ("entry_public_url", "base64 with other letters", ["keys", 0, "public"], "-_" * 812),
        ("entry_days", "ends before it begins", ["keys", 0, "not_after"], "2026-09-30"),
    ]


def keylist_cases() -> list[Case]:
    pinned = bytes(SigningKey(SITE_SEED).verify_key).hex()
    good = canon.dumps(good_list())
    two: Any = good_list(2)
    swapped = two | {"keys": [two["keys"][1], two["keys"][0], *two["keys"][2:]]}
    twice = two | {"keys": [two["keys"][0], *two["keys"]]}
    outer = json.loads(sign(good))
    texts = {
        "ok_one_intake": (sign(good), "ok", "current key only"),
        "ok_two_intakes": (sign(canon.dumps(two)), "ok", "current and next"),
        "order_wrong": (sign(canon.dumps(swapped)), "keylist", "next before current"),
        "entry_twice": (sign(canon.dumps(twice)), "keylist", "the same entry twice"),
        "signature_other_key": (sign(good, BOARD_SEED), "keylist", "signed by another key"),
        "signature_no_label": (sign(good, label=b""), "keylist", "signed without the label"),
        "signature_flipped": (
            canon.dumps(outer | {"signature": outer["signature"][:-1] + "f"}),
            "keylist",
            "one digit of the signature",
        ),
        "signature_upper_case": (
            canon.dumps(outer | {"signature": outer["signature"].upper()}),
            "keylist",
            "hexadecimal is lower case",
        ),
        "signed_changed": (
            canon.dumps(outer | {"signed": good.replace("2026-12-31", "2036-12-31")}),
            "keylist",
            "a date changed after signing",
        ),
        "signed_with_space": (sign(" " + good), "keylist", "not the one encoding"),
        "outer_with_newline": (sign(good) + "\n", "keylist", "not the one encoding"),
        "outer_extra": (canon.dumps(outer | {"x": 1}), "keylist", "a name too many"),
        "outer_array": ("[]", "keylist", "no object"),
        "outer_empty": ("", "keylist", "nothing"),
    }
    cases = [case(n, why, e, text=t, pinned=pinned) for n, (t, e, why) in texts.items()]
    cases += [
        case(name, why, "keylist", text=edited(path, value), pinned=pinned)
        for name, why, path, value in keylist_edits()
    ]
    other = bytes(SigningKey(BOARD_SEED).verify_key).hex()
    cases.append(case("pinned_other", "another pin", "keylist", text=sign(good), pinned=other))
    moved: Any = good_list()
    public = bytes(SigningKey(OTHER_SEED).verify_key)
    moved["keys"][2] = entry("site", public, "2026-10-01", "2027-10-01")
    text = sign(canon.dumps(moved))
    cases.append(
        case("site_not_pinned", "lists another site key", "keylist", text=text, pinned=pinned)
    )
    for name, why, expect, known in [
        ("ok_same_day", "issued on the day of the one that is known", "ok", "2026-10-01"),
        ("ok_later", "issued after the one that is known", "ok", "2026-09-30"),
        ("issued_before_known", "older than the one that is known", "keylist", "2026-10-02"),
    ]:
        made = case(name, why, expect, text=sign(good), pinned=pinned)
        cases.append(made | {"issued_at_least": known})
    return cases


def fill_worked_example(made: dict[str, str]) -> None:
    """WIRE.md 9 quotes the first case; the text there is made from it."""
    path = HERE.parents[1] / "WIRE.md"
    head, _, rest = path.read_text("utf-8").partition("## 9. A worked example\n")
    tail = rest[rest.index("## 10.") :]
    public = seal.load_secret(SEED).public
    text = complaints.WORKED.encode()
    name = sha256(base64.b64decode(made["ok_worked_example"])).hexdigest()
    lines = [
        "",
        "The case `ok_worked_example` in `tests/vectors/object.json`. The intake seed is 32 times the byte `42`.",
        "",
        f"- public key: 1,216 bytes, SHA-256 `{sha256(public).hexdigest()}`",
        f"- header: `{envelope.header(public).hex()}`",
        f"- complaint: `{complaints.WORKED}`",
        f"- the plaintext begins with `{len(text):08x}`, then {len(text)} bytes of JSON, then "
        f"{envelope.PLAINTEXT_BYTES - 4 - len(text):,} zero bytes",
        f"- `enc` depends on the randomness of the seal; the sealed example has the name `{name}`",
        "",
        "",
    ]
    path.write_text(head + "## 9. A worked example\n" + "\n".join(lines) + tail, "utf-8")


def purge_content() -> dict[str, Any]:
    board_key = bytes(SigningKey(BOARD_SEED).verify_key).hex()
    cases = purges.cases(case) + near_misses.purge_cases() + spellings.purge_cases()
    return {"section": "8.1", "board_key": board_key, "cases": cases}


def board_content() -> dict[str, Any]:
    """All of board.json, the same each time."""
    made = boards.content()
    return made | {
        "cases": made["cases"]
        + board_edges.cases()
        + near_misses.board_cases()
        + spellings.board_cases()
    }


def main() -> None:
    made = objects()
    seeds = {"seeds": [SEED.hex()], "objects": made, "cases": object_cases(made)}
    write("object.json", {"section": "2, 3"} | seeds)
    write("plaintext.json", {"section": "4", "cases": plaintext_cases()})
    texts = complaints.cases() + follow_ups.cases() + complaint_edges.cases()
    texts += near_misses.complaint_cases() + spellings.complaint_cases()
    write("complaint.json", {"section": "5", "cases": texts})
    picks = {"pick_lists": key_list_edges.pick_lists(), "picks": key_list_edges.picks()}
    lists = keylist_cases() + key_list_edges.cases() + near_misses.key_lists()
    lists += spellings.key_lists()
    write("keylist.json", {"section": "6", "cases": lists} | picks)
    typed = codes.cases() + near_misses.code_cases() + spellings.code_cases()
    write("code.json", {"section": "7", "cases": typed, "derivations": codes.derivations()})
    write("board.json", board_content())
    write("purge.json", purge_content())
    write("bundle.json", bundles.content())
    write("manifest.json", manifests.content())
    fill_worked_example(made)


if __name__ == "__main__":
    main()
