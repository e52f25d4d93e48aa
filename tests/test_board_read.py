"""Reading boards (desk/wire/board/read.py): what was built is found, by its code only, with equal work for all."""

import hmac
import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import nacl.secret
import pytest

from desk.wire import code
from desk.wire.board import build, read
from desk.wire.board.build import Outgoing, Receipt
from desk.wire.board.read import Reading
from desk.wire.board.replies import Reply
from desk.wire.board.slots import CodeKeys
from tests.board_samples import (
    BOARD_KEY,
    BOARD_SEED,
    NEXT,
    PUBLISHED,
    answer,
    code_keys,
    heading,
    outgoing,
    stream,
)
from tests.samples import count


def board(*entries: Outgoing, acks: tuple[object, ...] = (), seed: str = "read") -> bytes:
    receipts = [Receipt(code_keys(name).tag_key) for name in acks]
    made = build.build(
        entries, receipts, heading=heading(), board_seed=BOARD_SEED, rng=stream(seed)
    )
    return made.octets


def reading(octets: bytes, name: object, **known: Any) -> Reading:
    keys = name if isinstance(name, CodeKeys) else code_keys(name)
    return read.read(octets, keys, board_key=BOARD_KEY, **({"today": PUBLISHED} | known))


def test_a_code_opens_its_replies_and_no_others() -> None:
    """An answer, a status and a notice come back by day; another code finds nothing."""
    said = [
        answer("طويل " * 300, written=date(2026, 11, 20), language="ar"),
        Reply("status", date(2026, 11, 21), "acting"),
        Reply("notice", date(2026, 11, 22), "solved", due=9),
    ]
    octets = board(*(outgoing("hers", reply) for reply in said), outgoing("other"), acks=("hers",))
    found = reading(octets, "hers")
    assert list(found.replies) == said
    assert (found.state, found.is_acknowledged, found.broken) == ("fresh", True, None)
    assert [reply.text for reply in reading(octets, "other").replies] == [answer().text]
    assert not reading(octets, "other").is_acknowledged
    assert not reading(octets, "nobody").replies


def test_a_real_code_opens_its_reply() -> None:
    """From 24 digits to the answer, as on paper."""
    digits = code.make()
    keys = CodeKeys(*code.derive(digits))
    octets = board(Outgoing(keys, answer("Wij hebben gebeld.")))
    again = CodeKeys(*code.derive(code.normalise(code.group(digits))))
    assert [reply.text for reply in reading(octets, again).replies] == ["Wij hebben gebeld."]


def test_what_any_outbox_holds_is_read_again() -> None:
    """Random threads of random length: each code reads its own, whole and in order."""
    drawn = random.Random(26)  # a fixed seed: 26
    for turn in range(count(300, 6)):
        threads = {
            f"{turn} {name}": [
                answer(
                    f"{drawn.random()}" * drawn.randrange(1, 160), written=NEXT - timedelta(40 - n)
                )
                for n in range(drawn.randrange(4))
            ]
            for name in range(9)
        }
        entries = [outgoing(name, reply) for name, thread in threads.items() for reply in thread]
        drawn.shuffle(entries)
        octets = board(*entries, seed=f"{turn}")
        for name, thread in threads.items():
            assert list(reading(octets, name).replies) == thread


@pytest.mark.parametrize(
    ("days", "least_epoch", "state"),
    [(-900, 7, "fresh"), (0, 0, "fresh"), (1, 0, "late"), (7, 7, "late"), (8, 0, "old"), (0, 8, "rolled_back")],
)  # fmt: skip
def test_the_state_of_a_board_is_told(days: int, least_epoch: int, state: str) -> None:
    """Late for seven days after its date, old from then on, rolled back below a known epoch."""
    known = {"today": NEXT + timedelta(days), "least_epoch": least_epoch}
    assert reading(board(outgoing("hers")), "hers", **known).state == state


def counted(monkeypatch: pytest.MonkeyPatch, octets: bytes, name: object) -> Counter[str]:
    """How often a reading computes an HMAC and opens a box."""
    work: Counter[str] = Counter()
    digest, decrypt = hmac.digest, nacl.secret.SecretBox.decrypt

    def counting(what: str, real: Any) -> Any:
        def act(*arguments: Any) -> Any:
            work[what] += 1
            return real(*arguments)

        return act

    with monkeypatch.context() as patch:
        patch.setattr(hmac, "digest", counting("hmac", digest))
        patch.setattr(nacl.secret.SecretBox, "decrypt", counting("box", decrypt))
        reading(octets, name)
    return work


def test_every_code_costs_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never used, unknown to the board, received, answered, answered at length: 17 HMACs, 16 boxes."""
    long = [outgoing("full", answer("x" * 3_800)) for _ in range(4)]
    octets = board(outgoing("one"), *long, acks=("received", "one"))
    for name in ("unused", "received", "one", "full"):
        assert counted(monkeypatch, octets, name) == {"hmac": 17, "box": 16}


def test_keys_and_replies_do_not_print() -> None:
    """What a traceback may show of a reading holds neither keys nor text."""
    entry = outgoing("hers", answer("gehoord"))
    shown = repr(entry) + repr(reading(board(entry), "hers")) + repr(Receipt(entry.keys.tag_key))
    assert "gehoord" not in shown
    assert repr(entry.keys.tag_key) not in shown
    assert repr(entry.keys.reply_key) not in shown
