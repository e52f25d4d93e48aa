"""Every case of tests/vectors, in Python; tests/js/vectors.test.mjs runs the same in JavaScript."""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from desk.errors import Refused
from desk.wire import bundle, code, envelope, keylist, manifest, purgelist, seal
from desk.wire.board.read import Reading
from desk.wire.board.read import read as read_board
from desk.wire.board.slots import CodeKeys
from desk.wire.purgelist import PurgeList
from tests.vectors.parts import SITE_SEED

HERE = Path(__file__).parent / "vectors"
KNOWN = {"name", "why", "expect"}
Case = dict[str, Any]


def read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text("ascii"))
    return content


def cases(name: str, *known: str) -> list[Any]:
    """The cases of one file; a field that the runner would pass over makes it fail."""
    found = read(name)["cases"]
    for one in found:
        assert set(one) <= KNOWN | set(known), f"case {one['name']} has unknown fields"
    return [pytest.param(one, id=one["name"]) for one in found]


def outcome(act: Callable[[], object]) -> tuple[str, object]:
    try:
        return "ok", act()
    except Refused as refused:
        return refused.check, refused


def edit(data: bytes, edits: list[tuple[int, str]], length: int) -> bytes:
    made = bytearray(data.ljust(length, b"\0"))
    for offset, digits in edits:
        made[offset : offset + len(digits) // 2] = bytes.fromhex(digits)
    return bytes(made[:length])


OBJECTS = read("object")


@pytest.mark.parametrize("one", cases("object", "base", "set", "length", "seeds", "text"))
def test_object(one: Case) -> None:
    """An object opens, or is refused by the check that the case names and says no more."""
    base = base64.b64decode(OBJECTS["objects"][one["base"]])
    sealed = edit(base, one.get("set", []), one.get("length", len(base)))
    secrets = [seal.load_secret(bytes.fromhex(s)) for s in one.get("seeds", OBJECTS["seeds"])]

    def opened() -> str:
        return envelope.parse_complaint(
            envelope.parse_plaintext(seal.open_sealed(sealed, *secrets))
        ).text

    expect, value = outcome(opened)
    assert expect == one["expect"]
    if expect == "ok":
        assert value == one["text"]
    else:
        assert "Zij kwamen" not in f"{value!r} {value}"


@pytest.mark.parametrize("one", cases("plaintext", "start", "fill", "set", "size"))
def test_plaintext(one: Case) -> None:
    """A plaintext gives its JSON, or is refused for its length or its padding."""
    filled = bytes.fromhex(one["start"]).ljust(
        envelope.PLAINTEXT_BYTES, bytes.fromhex(one.get("fill", "00"))
    )
    plaintext = edit(filled, one.get("set", []), one.get("size", envelope.PLAINTEXT_BYTES))
    assert outcome(lambda: envelope.parse_plaintext(plaintext))[0] == one["expect"]


def bytes_of(one: Case) -> bytes:
    return bytes.fromhex(one["hex"]) if "hex" in one else one["text"].encode()


@pytest.mark.parametrize("one", cases("complaint", "text", "hex"))
def test_complaint(one: Case) -> None:
    """A complaint's JSON is read, or refused for its form or its fields."""
    expect, value = outcome(lambda: envelope.parse_complaint(bytes_of(one)).text)
    assert expect == one["expect"]
    if expect == "ok":
        assert value == one["text"]


@pytest.mark.parametrize("one", cases("complaint", "text", "hex"))
def test_schema_file_agrees(one: Case) -> None:
    """The JSON Schema file accepts what the hand-written checker accepts, and nothing more."""
    if one["expect"] == "json":
        return  # the schema speaks of values; these texts have none, or not one
    schema = json.loads((HERE / "complaint.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid(json.loads(one["text"])) == (one["expect"] == "ok")


@pytest.mark.parametrize("one", cases("keylist", "text", "pinned", "issued_at_least"))
def test_key_list(one: Case) -> None:
    """A key list is accepted whole or refused whole."""
    pinned, known = bytes.fromhex(one["pinned"]), one.get("issued_at_least", "")
    assert outcome(lambda: keylist.parse(one["text"], pinned, known))[0] == one["expect"]


PURGES = read("purge")


@pytest.mark.parametrize("one", cases("purge", "text", "reads"))
def test_purge_list(one: Case) -> None:
    """A purge list gives its names, or is refused whole; only the desk's tool reads one."""
    board_key = bytes.fromhex(PURGES["board_key"])
    expect, found = outcome(lambda: purgelist.parse(one["text"], board_key))
    assert expect == one["expect"]
    if isinstance(found, PurgeList):
        content = {"version": 1} | asdict(found)
        assert json.loads(json.dumps(content)) == one["reads"]


def test_purge_file_is_what_the_generator_makes() -> None:
    """Nothing about purge lists is random in the vectors, so the file can be made again."""
    from tests.vectors import generate  # as below

    assert generate.purge_content() == PURGES


@pytest.mark.parametrize("one", cases("bundle", "sums", "signed"))
def test_bundle(one: Case) -> None:
    """The list of a bundle gives its hashes, or is refused whole; only the desk's tool reads one."""
    site_key = bytes.fromhex(read("bundle")["site_key"])
    sums, signed = one["sums"].encode("utf-8"), one["signed"].encode("ascii")
    expect, found = outcome(lambda: bundle.parse(sums, signed, site_key))
    assert expect == one["expect"]
    if isinstance(found, dict):
        assert "".join(f"{found[path]}  {path}\n" for path in found) == one["sums"]
        assert bundle.sign(sums, SITE_SEED) == signed


def test_bundle_file_is_what_the_generator_makes() -> None:
    """Nothing in these vectors is random, so the file can be made again."""
    from tests.vectors import bundles  # as below

    assert bundles.content() == read("bundle")


MANIFESTS = read("manifest")


@pytest.mark.parametrize("one", cases("manifest", "log", "earlier", "last"))
def test_manifest(one: Case) -> None:
    """A log gives its last manifest and how many lines an earlier site key signed, or is refused whole."""
    site_key = bytes.fromhex(MANIFESTS["site_key"])
    expect, found = outcome(lambda: manifest.parse_log(one["log"].encode("utf-8"), site_key))
    assert expect == one["expect"]
    if isinstance(found, manifest.Log):
        assert {"version": 1} | asdict(found.last) == one["last"]
        assert found.earlier == one["earlier"]


@pytest.mark.parametrize("one", MANIFESTS["lists"], ids=lambda one: one["name"])
def test_list_of_a_site(one: Case) -> None:
    """The list of a site keeps the form of that of a bundle, under a check of its own."""
    assert set(one) == {"name", "why", "expect", "sums"}
    expect, _ = outcome(lambda: manifest.read_sums(one["sums"].encode("utf-8")))
    assert expect == one["expect"]


@pytest.mark.parametrize("one", MANIFESTS["parted"], ids=lambda one: one["name"])
def test_logs_parted(one: Case) -> None:
    """Of two logs that hold, a reader says whether the later goes on from the one that it has, and where not."""
    assert set(one) == {"name", "why", "expect", "earlier", "later", "number"}
    earlier, later = one["earlier"].encode(), one["later"].encode()
    assert manifest.parting(earlier, later) == (one["expect"], one["number"])


@pytest.mark.parametrize("one", MANIFESTS["ages"], ids=lambda one: one["name"])
def test_manifest_age(one: Case) -> None:
    """A manifest stands for a hundred days, and not before its own."""
    assert set(one) == {"name", "why", "expect", "issued", "day"}
    made = manifest.Manifest(0, one["issued"], False, "", "", "", 1, "")
    assert manifest.age(made, date.fromisoformat(one["day"])) == one["expect"]


def test_manifest_file_is_what_the_generator_makes() -> None:
    """Nothing in these vectors is random, so the file can be made again."""
    from tests.vectors import manifests  # as below

    assert manifests.content() == MANIFESTS


@pytest.mark.parametrize("one", read("keylist")["picks"], ids=lambda one: one["name"])
def test_key_picked(one: Case) -> None:
    """The form uses the current key until the next begins, and closes itself in the end."""
    text = read("keylist")["pick_lists"][one["list"]]
    pinned = json.loads(json.loads(text)["signed"])["keys"][-1]["public"]
    keys = keylist.parse(text, base64.b64decode(pinned))
    today = datetime.fromisoformat(one["now"]).date()
    picked = keylist.pick(keys, today=today, built=datetime.fromisoformat(one["built"]).date())
    assert (picked and picked.id) == one["id"]


@pytest.mark.parametrize("one", cases("code", "typed", "digits"))
def test_code(one: Case) -> None:
    """What was typed becomes 24 digits, or is refused."""
    expect, value = outcome(lambda: code.normalise(one["typed"]))
    assert expect == one["expect"]
    assert expect != "ok" or value == one["digits"]


@pytest.mark.parametrize("one", read("code")["derivations"], ids=lambda one: one["digits"])
def test_derivation(one: Case) -> None:
    """The derived keys are those of every other implementation."""
    reply_key, tag_key = code.derive(one["digits"])
    assert (reply_key.hex(), tag_key.hex()) == (one["reply_key"], one["tag_key"])


BOARDS = read("board")
READER = ("code", "today", "least_epoch", "board_key", "size", "set", "reads")


def told(found: Reading) -> Case:
    """What a reading says, in the words of the vectors."""
    said = [
        {
            "kind": reply.kind,
            "written": reply.written.isoformat(),
            "language": reply.language,
            "due": reply.due,
            "text": reply.text,
        }
        for reply in found.replies
    ]
    head = found.heading
    days = {"published": head.published.isoformat(), "next": head.next_board.isoformat()}
    whole = {"state": found.state, "epoch": head.epoch, "acknowledged": found.is_acknowledged}
    return whole | days | {"replies": said}


@pytest.mark.parametrize("one", cases("board", *READER))
def test_board(one: Case) -> None:
    """A board is read for a code, or refused whole; a broken slot costs no other reply."""
    keys = CodeKeys(*map(bytes.fromhex, BOARDS["codes"][one["code"]].values()))
    known = {"today": date.fromisoformat(one["today"]), "least_epoch": one["least_epoch"]}
    known["board_key"] = bytes.fromhex(one.get("board_key", BOARDS["board_key"]))
    expect, found = outcome(lambda: read_board(edit(b"", one["set"], one["size"]), keys, **known))
    if isinstance(found, Reading):
        assert told(found) == one["reads"]
        expect = found.broken or "ok"
    assert expect == one["expect"]


def test_board_file_is_what_the_generator_makes() -> None:
    """Nothing about boards is random in the vectors, so the file can be made again."""
    from tests.vectors import (
        generate,
    )  # not above: what makes the cases has no part in reading them

    assert generate.board_content() == BOARDS


def test_there_are_enough_board_cases() -> None:
    """At least forty boards, and every check has a case."""
    expected = [one["expect"] for one in BOARDS["cases"]]
    assert len(expected) >= 40
    named = re.findall(r"`((?:board|slot)_[a-z]+)`", (HERE / "README.md").read_text("utf-8"))
    assert set(expected) == {"ok", *named}


def test_there_are_enough_cases() -> None:
    """At least sixty cases of our own, and each name occurs once in its file."""
    names = [[one["name"] for one in read(path.stem).get("cases", [])] for path in FILES]
    assert sum(map(len, names)) >= 60
    assert all(len(found) == len(set(found)) for found in names)


FILES = [path for path in HERE.glob("*.json") if path.name != "complaint.schema.json"]


def test_worked_example_in_the_text() -> None:
    """WIRE.md quotes the bytes that the vector file holds."""
    text = (HERE.parents[1] / "WIRE.md").read_text("utf-8")
    example = base64.b64decode(OBJECTS["objects"]["ok_worked_example"])
    assert f"`{example[:10].hex()}`" in text
    assert f"`{envelope.name(example)}`" in text
    assert f"`{OBJECTS['cases'][0]['text']}`" in text
