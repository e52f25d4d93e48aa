"""The verbs of the way back, steps 7 and 8: outbox, board, publish.

Comes in: arguments. Goes out: what waits, our work on a stick, a board, the same board where the
site is served. It refuses to load a case store and the network in one process.
"""

from desk.errors import TYPE_CHECKING, DeskError
from desk.verbs import given, opening, store
from desk.verbs.parser import ALL

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from desk.cases.book import Casebook
    from desk.outgoing.boardmaking import Board


def _carry(arguments: "argparse.Namespace") -> int:
    """Put our work on a stick for the other handlers, who merge it."""
    from pathlib import Path

    from desk.store import copy

    with opening.vault(arguments) as vault:
        return store.tell(copy.outbox(vault, Path(arguments.to)), arguments.language)


def _outbox(arguments: "argparse.Namespace") -> int:
    from desk.outgoing import preview

    if arguments.to and arguments.json:
        raise DeskError("what is copied is told in words only", "leave out one of the two")
    if arguments.to:
        return _carry(arguments)
    say = given.say(arguments)
    with opening.book(arguments) as book:
        summary = preview.of(book, opening.today(arguments, book))
        if arguments.json:
            print(preview.json_text(summary))
        else:
            print("\n".join(preview.lines(summary, say)))
    return ALL


def _make(arguments: "argparse.Namespace", book: "Casebook") -> "Board":
    from pathlib import Path

    from nacl.utils import random

    from desk.figures import rows
    from desk.outgoing import boardmaking
    from desk.outgoing.boardmaking import Order
    from desk.wire.board import file

    today = opening.today(arguments, book)
    if arguments.begin:
        octets, _ = file.read(Path(arguments.begin))
        boardmaking.take(book, octets, today=today)
    order = Order(
        today=today,
        row=rows.kept,
        rng=random,
        published=arguments.published,
        slots=arguments.slots,
        late=arguments.late,
        clock_was_wrong=arguments.clock_was_wrong,
    )
    return boardmaking.make(book, order)


def _board(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.outgoing import boardmaking
    from desk.wire.board import file

    say, out = given.say(arguments), Path(arguments.out)
    with opening.book(arguments) as book:
        board = _make(arguments, book)
        file.write(out, board.octets)
    print("\n".join(boardmaking.lines(board, say)))
    if board.is_again:
        print(say("board.confirm", epoch=board.heading.epoch))
    return ALL


def _publish(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.online import probing, publishing

    if arguments.probe:
        if arguments.board is not None:
            raise DeskError("a probe publishes no board", "leave out BOARD, or --probe")
        print("\n".join(probing.probe(probing.place_of(arguments.target))))
        return ALL
    if arguments.board is None:
        raise DeskError("no board is given", "give BOARD and TARGET, or --probe and TARGET")
    if arguments.trust is None:
        raise DeskError("no folder of what is believed is given", "give it with --trust DIR")
    order = publishing.Order(
        path=Path(arguments.board),
        target=arguments.target,
        trust=Path(arguments.trust),
        today=given.today(arguments),
        above=arguments.above,
    )
    print("\n".join(publishing.publish(order)))
    return ALL


# Any: argparse's own lists of verbs and options, here and below.
def _add_board(verbs: "Any") -> None:
    board = given.add_verb(verbs, "board", _board, "make the weekly reply board, or write it again")
    board.add_argument("--out", metavar="FILE", required=True, help="for example STICK/board.bin")
    text = "this number stands on the site: make the next"
    board.add_argument("--published", metavar="NUMBER", type=int, default=0, help=text)
    text = "slots from the board after this one on: 128 to 4096, doubled each time"
    board.add_argument("--slots", metavar="NUMBER", type=int, default=0, help=text)
    text = "the day is right: weeks went by without a board"
    board.add_argument("--late", action="store_true", help=text)
    text = "the last board has a day that has not come: make the next one, of today"
    board.add_argument("--clock-was-wrong", action="store_true", help=text)
    text = "go on from this board, which is on the site and was made in another copy"
    board.add_argument("--from", metavar="FILE", dest="begin", help=text)


def add(verbs: "Any") -> None:
    """Add the verbs."""
    text = "what waits for the next reply board, or our work on a stick for other handlers"
    waiting = given.add_verb(verbs, "outbox", _outbox, text)
    waiting.add_argument("--json", action="store_true", help="as JSON, for another program")
    text = "put on this stick what another handler can take in with `desk merge`"
    waiting.add_argument("--to", metavar="STICK", help=text)
    _add_board(verbs)
    publish = verbs.add_parser("publish", help="put a board where the site is served, online")
    publish.add_argument("board", metavar="BOARD", nargs="?", help="made by desk board")
    publish.add_argument("target", metavar="TARGET", help="the folder of the board, or s3://BUCKET")
    given.add_trust(publish, required=False)
    text = "the number that was published last, if what is served is damaged"
    publish.add_argument("--above", metavar="NUMBER", type=int, help=text)
    given.add_day(publish)
    text = "publish nothing: prove that TARGET refuses to write over what is there"
    publish.add_argument("--probe", action="store_true", help=text)
    publish.set_defaults(run=_publish, online=True)
