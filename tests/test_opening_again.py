"""What is asked of a text again when a store is opened, and what was proven before it was sealed.

Who has the keys of a store can seal any text in it: here a store is written to by such a hand.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.cases import inbox
from desk.cases.book import Casebook
from desk.store import batch
from desk.store.check import check
from desk.store.event import Event
from desk.wire import again, canon, envelope
from tests.cases import event, receive
from tests.samples import complaint, outcome, text
from tests.screens import Client
from tests.vaults import make_store, opened

ID = "5e" * 16
DEEP = "[" * 100_000 + "]" * 100_000
FIVE = '{"a":' * 5 + "1" + "}" * 5
_HALVES = st.text("au\\\n\ud800\udbff\udc00\udfff", max_size=8)  # of characters, and whole ones
_LEAVES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8) | _HALVES
_NAMES = st.sampled_from(("a", "b", "c_1", "A", "é", ""))
_VALUES = st.recursive(
    _LEAVES | st.floats(), lambda inner: st.lists(inner) | st.dictionaries(_NAMES, inner)
)


def words(**changes: Any) -> str:
    """Return the canonical text of a complaint with its own id."""
    return text(complaint(complaint_id=ID, **changes)).decode()


WHOLE = words()
NO_COMPLAINTS = [
    "",
    "[]",
    "{}",
    WHOLE[:-1],
    WHOLE + " ",
    WHOLE + "x",
    WHOLE.replace("Zij kwamen", "\\ud800"),
    WHOLE.replace("Zij kwamen", "Zij\\nkwamen \\\\u \\ud800"),
    *(
        WHOLE.replace("Zij kwamen", half)
        for half in ("\\uD800", "\\udFFF", "\\ud83d\\u0041", "\\uDE00")
    ),
    WHOLE.replace("Zij kwamen", "\x1b[2J"),
    words(story=""),
    words(role="<script>"),
    words(topics=["police", ["x"]]),
    words(municipality=5),
    words(schema=3),
    words(more=1.5),
    words(more=2**53),
    words(more=float("nan")),
    words(Other=1),
    WHOLE.replace('"schema"', '"more":1,"more":2,"schema"'),
    WHOLE.replace('"schema":1', f'"more":{FIVE},"schema":1'),
    WHOLE.replace('"schema":1', f'"more":{DEEP},"schema":1'),
    WHOLE.replace('"schema":1', f'"schema":{"1" * 5_000}'),
]
# Another way to write what is a complaint: nobody but the desk itself can have put it there.
OTHER_TEXTS = [
    WHOLE.replace(",", ", "),
    WHOLE.replace('"nl"', '"en","form_language":"nl"'),
    WHOLE.replace("binnen.", "binnen\\/."),
]


@pytest.mark.parametrize("odd", NO_COMPLAINTS, ids=range(len(NO_COMPLAINTS)))
def test_what_is_no_complaint_begins_no_case(tmp_path: Path, odd: str) -> None:
    """Also when it was sealed with the keys of the store; all else stands in the inbox."""
    with opened(make_store(tmp_path)) as vault:
        case = receive(Casebook(vault))
        vault.append([event("received", "22" * 16, complaint=odd)])
        book = Casebook(vault)
        assert [one.subject for one in inbox.inbox(book).new] == [case.subject]
    assert outcome(again.complaint, odd)[0] in ("json", "schema")


@pytest.mark.parametrize("odd", OTHER_TEXTS)
def test_another_text_of_a_complaint_shows_its_fields(client: Client, odd: str) -> None:
    """It was refused where it came in; who seals it in a store could have written any other."""
    assert outcome(envelope.parse_complaint, odd.encode()) == ("json", None)
    assert outcome(again.complaint, odd)[1].values == json.loads(odd)
    marked = odd.replace("Zij", "<b>Zij</b>")
    made = event("received", "22" * 16, complaint=marked)
    client.screen.book.add([made])
    assert "<b>Zij</b>" in client.get(f"/case/{made.subject}").words
    assert "<b>" not in client.text


def _sealed(store: Path, record: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let somebody who has the keys seal any bytes as the text of a record."""
    with monkeypatch.context() as patch, opened(store) as vault:
        patch.setattr(batch, "_encode", lambda _event: record)
        vault.append([event("received", "33" * 16)])


def _record(made: Event) -> str:
    fields: dict[str, canon.Value] = {
        "kind": made.kind,
        "on": made.on,
        "by": made.by,
        "values": dict(made.values),
    }
    return canon.dumps(fields)


RECORD = _record(event("received", "33" * 16, complaint=WHOLE))
BROKEN = [
    RECORD.replace("stille", "\\ud800"),
    RECORD.replace("stille", "\\uDBFF"),
    RECORD.replace("false", "1.5"),
    RECORD.replace("false", "NaN"),
    RECORD.replace("false", "1" * 5_000),
    RECORD.replace("false", DEEP),
    RECORD + " ",
    " " + RECORD,
    "",
]


@pytest.mark.parametrize("odd", BROKEN, ids=range(len(BROKEN)))
def test_a_record_that_holds_no_value_of_json_stops_nothing(
    tmp_path: Path, odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named among the faults, and whatever else is in the store is read."""
    store = make_store(tmp_path)
    _sealed(store, odd.encode(), monkeypatch)
    with opened(store) as vault:
        assert Casebook(vault).cases == {}
        assert list(vault.faults.values()) == ["record_broken"]
        assert [finding.fault for finding in check(vault).findings] == ["record_broken"]


@pytest.mark.parametrize("odd", [RECORD.replace(",", ", "), RECORD.replace('"on"', '"on":1,"on"')])
def test_check_finds_a_record_that_is_not_canonical(
    tmp_path: Path, odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening a store reads its values; that no other text has them is proven by `desk check`."""
    store = make_store(tmp_path)
    _sealed(store, odd.encode(), monkeypatch)
    with opened(store) as vault:
        assert len(inbox.inbox(Casebook(vault)).new) == 1
        assert [finding.fault for finding in check(vault).findings] == ["record_broken"]


@given(_VALUES, st.sampled_from((None, 1)), st.booleans())
def test_what_is_read_again_is_a_value_that_could_be_written(
    value: Any, indent: int | None, ascii_only: bool
) -> None:
    """Of any JSON: what `loads` reads is read the same, and nothing comes out that has no text."""
    written = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode("utf-8", "replace")
    proven, read = outcome(canon.loads, written), outcome(again.value, written)
    if proven[0] == "ok":
        assert read == ("ok", proven[1][1])
    if read[0] == "ok":
        once_more = canon.dumps(read[1]).encode("utf-8")
        assert json.loads(once_more) == read[1]
        assert b"NaN" not in once_more
