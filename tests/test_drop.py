"""Step 3: request in, answer out, over a store in memory; and every input gets an answer."""

import json
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from functions.drop import Answer, answer, refuse
from functions.errors import StoreError
from functions.shape import Head, Refusal, Request
from tests.soak import count
from tests.stores import ACCEPTED, KEY_ID, OBJECT_BYTES, make_object, name_of

EXAMPLES = count(100_000, 2_000)
ANSWERS = {(refusal.status, refusal.code) for refusal in Refusal}


@dataclass
class DictStore:
    """Keeps objects in memory."""

    objects: dict[str, bytes] = field(default_factory=dict)

    def put(self, name: str, body: bytes) -> None:
        self.objects.setdefault(name, body)


class FullStore:
    """Refuses everything, with a text that must not reach the sender."""

    def put(self, name: str, body: bytes) -> None:
        raise StoreError("secret detail")


def request_for(body: bytes) -> Request:
    return Request(Head("POST", str(len(body)), "application/octet-stream", name_of(body)), body)


def test_an_object_is_stored_under_its_name_with_an_empty_204() -> None:
    """The store gets the bytes as sent; the sender gets 204 and nothing else."""
    store, body = DictStore(), make_object()
    assert answer(request_for(body), store, ACCEPTED) == Answer(204, b"")
    assert store.objects == {name_of(body): body}


def test_the_same_object_again_is_a_success_too() -> None:
    """A second press of send with the same bytes changes nothing and is answered alike."""
    store, request = DictStore(), request_for(make_object())
    first = answer(request, store, ACCEPTED)
    assert answer(request, store, ACCEPTED) == first == Answer(204, b"")
    assert len(store.objects) == 1


def test_a_store_that_fails_is_answered_503_without_its_text() -> None:
    """The sender learns that nothing is stored and no more."""
    result = answer(request_for(make_object()), FullStore(), ACCEPTED)
    assert result == Answer(503, b'{"error":"store"}')


def test_a_refused_request_never_reaches_the_store() -> None:
    """One wrong bit in the body, and the store is not asked."""
    store, body = DictStore(), make_object()
    request = Request(request_for(body).head, body[:-1] + bytes([body[-1] ^ 1]))
    assert answer(request, store, ACCEPTED) == Answer(400, b'{"error":"hash"}')
    assert store.objects == {}


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_is_its_status_and_one_short_code(refusal: Refusal) -> None:
    """The answers come from a closed list of codes in one fixed form."""
    result = refuse(refusal)
    assert (result.status, json.loads(result.body)) == (refusal.status, {"error": refusal.code})


PARTS = ["method", "length", "type", "hash", "size", "start"]


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """Draw requests that are right but for at most two of their parts."""
    wrong = draw(st.sets(st.sampled_from(PARTS), max_size=2))
    size, start = OBJECT_BYTES, b"\x01\x01" + KEY_ID
    if "size" in wrong:
        size = draw(st.integers(0, 40) | st.sampled_from([16_383, 16_385, 65_536]))
    if "start" in wrong:
        cut = draw(st.integers(0, 9))
        start = start[:cut] + draw(st.binary(min_size=1, max_size=10))
    body = (start + draw(st.binary(max_size=8)) + bytes(size))[:size]

    def text(part: str, right: str) -> str:
        numbers = st.integers().map(str) if part == "length" else st.nothing()
        return draw(st.text(max_size=80) | numbers) if part in wrong else right

    head = Head(
        text("method", "POST"),
        text("length", str(len(body))),
        text("type", "application/octet-stream"),
        text("hash", name_of(body)),
    )
    return Request(head, body)


@seed(20261122)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(requests())
def test_whatever_comes_is_answered_from_the_closed_list(request_: Request) -> None:
    """Any request is stored whole under its own hash, or refused with a listed code."""
    store = DictStore()
    result = answer(request_, store, ACCEPTED)
    if result == Answer(204, b""):
        assert store.objects == {name_of(request_.body): request_.body}
        assert len(request_.body) == OBJECT_BYTES
        assert request_.body[:10] == b"\x01\x01" + KEY_ID
    else:
        assert (result.status, json.loads(result.body)["error"]) in ANSWERS
        assert store.objects == {}
