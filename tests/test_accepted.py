"""Step 3: which key ids the function reads out of the key list."""

import json

import pytest

from functions.accepted import accepted_ids
from functions.errors import SetupError
from tests.stores import key_list

FIRST, SECOND = "00" * 8, "ab" * 8


def wrapped(signed: object) -> str:
    return json.dumps({"signed": json.dumps(signed), "signature": "0" * 128})


def test_all_intake_keys_are_accepted_and_no_other() -> None:
    """Current and next intake key are taken; the board key in the same list is not."""
    expected = {bytes.fromhex(FIRST), bytes.fromhex(SECOND)}
    assert accepted_ids(key_list(FIRST, SECOND)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"signed": 1}',
        '{"signed": "x"}',
        wrapped([]),
        wrapped({}),
        wrapped({"version": 1, "keys": {}}),
        wrapped({"version": 1, "keys": [1]}),
        wrapped({"version": 2, "keys": [{"use": "intake", "id": FIRST}]}),
        key_list(),
        key_list(FIRST, "AB" * 8),
        key_list(FIRST[:-1]),
        wrapped({"version": 1, "keys": [{"use": "intake"}]}),
        wrapped({"version": 1, "keys": [{"use": "intake", "id": 5}]}),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_whole(text: str) -> None:
    """A function with an empty or half list would look alive and refuse senders."""
    with pytest.raises(SetupError):
        accepted_ids(text)
