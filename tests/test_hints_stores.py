"""Hints about case stores: made, copied, restored, merged, mended, dated. Each is caused, and followed."""

from collections.abc import Callable

import pytest

from tests.advice import Plays, Room
from tests.vaults import WORDS

ANNA = "--handler anna"
HELD = (
    "$ bash -c 'exec 9<>{store}/lock; flock 9; exec sleep 60' & echo $! > {here}/holder; "
    "while flock -n {store}/lock true; do :; done"
)
LINKED = "$ mv {copy}/keys {here}/away; ln -s {here}/away {copy}/keys"

PLAYS: Plays = {
    "give a path where nothing is yet": [
        "backup {store} {copy}",
        "tty! init {other} --handler anna",
        "! restore {copy} {other}",
        "! rehearse {store} --keys {toys}",
        "tty init {none} --handler anna",
        "restore {copy} {folder}",
    ],
    "make that folder first, or give a path in one that is there": [
        "! backup {store} {none}/copy",
        "backup {store} {copy}",
        "! restore {copy} {none}/store",
        "$ mkdir {none}",
        "backup {store} {none}/copy",
        "restore {copy} {none}/store",
    ],
    "give an empty folder, or a new one": [
        "! backup {store} {drop}",
        "backup {store} {empty}",
        "backup {store} {none}",
    ],
    "give a folder on another disk": [
        "! backup {store} {store}/copy",
        "backup {store} {copy}",
    ],
    "give another folder": ["! backup {store} {other}", "backup {store} {copy}"],
    "make the copy anew, in an empty folder": [
        "backup {store} {copy}",
        LINKED,
        "! backup {store} {copy}",
        "! merge {store} {copy}",
        "backup {store} {empty}",
        "merge {store} {empty}",
    ],
    "open that copy once": [
        "backup {store} {copy}",
        "$ mkdir {copy}/rekey",
        "! merge {store} {copy}",
        "check {copy}",
        "merge {store} {copy}",
    ],
    "give an empty folder, and keep that copy until you know what it has more": [
        "backup {two} {copy} " + ANNA,
        "key keep {copy} {board_key} " + ANNA,
        "handler remove {two} bram --out {empty} " + ANNA,
        "! backup {two} {copy} " + ANNA,
        "backup {two} {folder} " + ANNA,
        "check {copy} " + ANNA,
    ],
    "make a copy anew with `desk restore`, from a backup of the one with the new key, and keep the one "
    "with the old key until you know what it has more": [
        "backup {two} {copy} " + ANNA,
        "key keep {copy} {board_key} " + ANNA,
        "handler remove {two} bram --out {empty} " + ANNA,
        "! merge {two} {copy} " + ANNA,
        "! merge {copy} {two} " + ANNA,
        "backup {two} {folder} " + ANNA,
        "restore {folder} {none} " + ANNA,
        "merge {two} {none} " + ANNA,
        "check {copy} " + ANNA,
    ],
    "take it into a case store with `desk merge`": [
        "backup {store} {copy}",
        "import {store} {stick}",
        "outbox {store} --to {empty}",
        "! inbox {empty}/outbox/{store_id}",
        "merge {copy} {empty}/outbox/{store_id}",
        "inbox {copy}",
    ],
    "only copies that began as one store can be merged": [
        "backup {store} {copy}",
        "! merge {store} {other}",
        "merge {store} {copy}",
    ],
    "give the folder that `desk init` or `desk backup` made, or a stick with our work on it; is it "
    "plugged in?": [
        "backup {store} {copy}",
        "outbox {store} --to {late}",
        "! merge {copy} {empty}",
        "merge {copy} {late}",
        "! check {empty}",
        "! handler list {none}",
        "check {store}",
        "handler list {store}",
    ],
    "copy store.json from the last backup into the folder of this case store": [
        "backup {store} {copy}",
        "import {store} {stick}",
        "$ echo x > {store}/store.json",
        "! check {store}",
        "! inbox {store}",
        "$ cp {copy}/store.json {store}",
        "check {store}",
        "merge {copy} {store}",
    ],
    "copy the file of this handler in wraps from the last backup into the folder of this case store, "
    "or let another handler open it": [
        "backup {two} {copy} " + ANNA,
        "$ echo x > {two}/wraps/anna.wrap",
        "! check {two} " + ANNA,
        "2 check {two} --handler bram",
        "$ cp {copy}/wraps/anna.wrap {two}/wraps",
        "check {two} " + ANNA,
    ],
    "run `desk check`, and merge the last backup into this store": [
        "backup {store} {copy}",
        "$ for f in {store}/keys/*; do echo x >> $f; done",
        "! import {store} {stick}",
        "2 check {store}",
        "merge {store} {copy}",
        "check {store}",
        "import {store} {stick}",
    ],
    "is the disk or the stick still there? then run `desk check`": [
        "backup {store} {copy}",
        "$ mv {store}/lock {here}; mkdir {store}/lock",
        "! inbox {store}",
        "$ rmdir {store}/lock; mv {here}/lock {store}",
        "check {store}",
    ],
    "what was under way counts as not kept: X": [
        "$ touch {none}",
        "! backup {store} {none}",
        "check {store}",
        "$ rm {none}",
        "backup {store} {none}",
    ],
    "close the other window or program that has it open": [
        HELD,
        "! inbox {store}",
        "$ kill $(cat {here}/holder); while ! flock -n {store}/lock true; do :; done",
        "inbox {store}",
    ],
    "look at a calendar: if the clock is wrong, set it or give --today DATE; if it is right, run "
    "`desk day STORE DATE` with the day of the calendar": [
        "! import {store} {stick} --today 2028-01-01",
        "! retention {store} --today 2028-01-01",
        "! retention {store} --today 2001-01-01",
        "! case {store} 'stille egel' read --today 2028-01-01",
        "retention {store}",
        "day {store} 2028-01-01 --today 2028-01-01",
        "import {store} {stick} --today 2028-01-01",
        "retention {store} --today 2028-01-01",
    ],
    "set the clock, or give the same day with --today DATE": [
        "! day {store} 2028-01-01",
        "day {store} 2028-01-01 --today 2028-01-01",
    ],
    "leave out one of the two": [
        "! outbox {store} --to {empty} --json",
        "! show {store} 'stille egel' --json --unmask",
        "outbox {store} --to {empty}",
        "outbox {store} --json",
        "show {store} 'stille egel' --json",
        "show {store} 'stille egel' --unmask",
    ],
    "give its two words or the first digits": [
        "! show {store} 'stille'",
        "show {store} 'stille egel'",
    ],
    "open it from the list of what is new": [
        "! flood {store} ffffffff set-aside",
        "inbox {store} --json",
        "flood {store} " + "5f" * 16 + " set-aside",
    ],
    "leave the words out: they are asked for, or read as JSON from standard input or from --words-fd N; "
    "and take this line out of the history of the shell": [
        "! case {store} 'stille egel' note --text woorden",
        "! search {store} woorden",
        ("case {store} 'stille egel' note", {"text": "woorden"}),
        ("search {store}", {"words": "woorden"}),
    ],
    'one line, such as {"X":"..."}': [
        ("! case {store} 'stille egel' note --words-fd FD", f"{WORDS}\nx"),
        ("! case {store} 'stille egel' note --words-fd FD", f"{WORDS}\n[]"),
        ("case {store} 'stille egel' note", {"text": "woorden"}),
    ],
    "see `desk answers`": ["! answers none", "answers", "answers received"],
    "give another name": [
        "$ touch {none}",
        "! dossier {store} 'stille egel' --out {none}",
        "dossier {store} 'stille egel' --out {folder}",
    ],
    "move the other file away, or give another folder": [
        "export {store} --out {empty}",
        "! export {store} --out {empty}",
        "export {store} --out {late}",
        "$ mv {empty}/* {here}",
        "export {store} --out {empty}",
    ],
    "X --help shows what can be asked": [
        "! show {store}",
        "show {store} 'stille egel'",
    ],
}


@pytest.mark.parametrize("hint", PLAYS)
def test_the_hint_helps(hint: str, room: Callable[[], Room]) -> None:
    """Its cause is made with the real verb, and what it says is done."""
    room().play(hint, PLAYS[hint])
