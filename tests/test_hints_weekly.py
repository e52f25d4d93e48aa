"""Hints of the week's work: fetch, import, board, publish, purge. Each has its cause made, and is followed."""

from collections.abc import Callable

import pytest

from tests.advice import Plays, Room

MADE = "board {store} --out {board}"
SECOND = "board {store} --out {here}/second --published 1 --today 2026-11-28"
PUBLISH = "publish {board} {site} --trust {trust}"
PURGE = "purge {list} {drop} --trust {trust}"
BOTH = ("import {store} {stick}", "backup {store} {copy}")
LISTED = (*BOTH, "purge-list {store} --second {copy} --out {list}")
FORGED = "$ head -c 300 /dev/urandom > {site}/board.bin"

PLAYS: Plays = {
    "a drop has a folder `in`; if it lies on another machine, mount it there first": [
        "$ mkdir {here}/mounted",
        "! fetch {here}/mounted {empty}",
        "$ cp -r {drop}/in {here}/mounted/in",
        "fetch {here}/mounted {empty}",
    ],
    "mount the folder first, if it lies on another machine; if that board is gone, publish it again, or "
    "add --above with its number": [
        "board {store} --out {board}",
        "publish {board} {site} --trust {trust}",
        SECOND,
        "$ mv {site}/board.bin {here}/gone",
        "! publish {here}/second {site} --trust {trust} --today 2026-11-28",
        "publish {here}/second {site} --trust {trust} --today 2026-11-28 --above 1",
    ],
    "give a folder, or s3:// and a bucket": [
        "! fetch {none} {empty}",
        "fetch {drop} {empty}",
        *LISTED,
        "! purge {list} {none} --trust {trust}",
        PURGE,
    ],
    "plug it in, and give the folder it appears as": [
        "! fetch {drop} {none}",
        "! outbox {store} --to {none}",
        "! practice {none}/stick --key {toy_half}",
        "$ mkdir {none}",
        "fetch {drop} {none}",
        "outbox {store} --to {none}",
    ],
    "what was copied before stays; look whether the stick is there and can be written, then run the same "
    "command again": [
        "$ touch {empty}/in",
        "! fetch {drop} {empty}",
        "$ rm {empty}/in",
        "fetch {drop} {empty}",
    ],
    "give the stick, or the folder it was fetched to": [
        "! import {store} {site}",
        "import {store} {stick}",
        "import {store} {stick}/in",
    ],
    "take the board key in with `desk key keep`": [
        "! board {two} --handler anna --out {board}",
        "key keep {two} --handler anna {board_key}",
        "board {two} --handler anna --out {board}",
    ],
    "make the first one": [
        "! board {store} --out {board} --published 3",
        MADE,
    ],
    "look at the number that `desk publish` told": [
        MADE,
        PUBLISH,
        "! board {store} --out {here}/second --published 3 --today 2026-11-28",
        SECOND,
    ],
    "publish the last one, or fetch it from where it was made": [
        MADE,
        SECOND,
        "! board {store} --from {board} --out {here}/third --today 2026-11-29",
        "publish {here}/second {site} --trust {trust} --today 2026-11-29",
        "board {store} --from {site}/board.bin --out {here}/third --today 2026-12-05",
    ],
    "make boards where it was made, or give the board that stands on the site with --from": [
        "backup {store} {copy}",
        "board {copy} --out {board}",
        PUBLISH,
        "merge {store} {copy}",
        "! board {store} --out {here}/second --published 1 --today 2026-11-28",
        "board {copy} --out {here}/second --published 1 --today 2026-11-28",
        "board {store} --from {site}/board.bin --out {here}/third --published 1 --today 2026-11-28",
    ],
    "make the next board tomorrow": [
        MADE,
        "! board {store} --out {here}/second --published 1",
        "board {store} --out {here}/second --published 1 --today 2026-11-22",
    ],
    "check the clock of this machine; if it is right and that of the last board was not, "
    "run `desk board --clock-was-wrong`": [
        "board {store} --out {board} --today 2026-11-23",
        "day {store} 2026-11-22 --today 2026-11-22",
        "! board {store} --out {here}/second --published 1 --today 2026-11-22",
        "board {store} --out {here}/second --published 1 --today 2026-11-22 --clock-was-wrong",
    ],
    "leave out --clock-was-wrong": [
        "! board {store} --out {board} --clock-was-wrong",
        MADE,
    ],
    "check the clock of this machine; if the day is right, run `desk board --late`": [
        MADE,
        "day {store} 2027-03-01 --today 2027-03-01",
        "! board {store} --out {here}/second --published 1 --today 2027-03-01",
        "board {store} --out {here}/second --published 1 --today 2027-03-01 --late",
    ],
    "write it onto the stick again with `desk board`": [
        MADE,
        "$ head -c 500 {board} > {here}/cut",
        "! board {store} --from {here}/cut --out {here}/again",
        "! publish {here}/cut {site} --trust {trust}",
        "board {store} --out {here}/again",
        "publish {here}/again {site} --trust {trust}",
    ],
    "nothing was changed there; look whether the folder is there and can be written, and whether the "
    "name is that of a file, then run the same command again": [
        "! board {store} --out {none}/board.bin",
        "! board {store} --out {empty}",
        "$ mkdir {none}",
        "board {store} --out {none}/board.bin",
    ],
    "give the folder of the board, or s3://": [
        MADE,
        "! publish {board} {none} --trust {trust}",
        "! publish --probe {none}",
        PUBLISH,
        "publish --probe {site}",
    ],
    "write it onto the stick again with `desk board`; if the desk has a new board key, put the new "
    "key list in --trust: the one there is of X": [
        "key keep {other} {board_key}",
        "board {other} --out {board}",
        "! " + PUBLISH,
        "key publish --keys {keys} --site-key {site_key} --out {trust}/keys.json",
        "$ rm {trust}/*.pub && cp {keys}/site-*.pub {trust}",
        PUBLISH,
    ],
    "look at the clocks of both computers: if this one is right, make the next board with "
    "`desk board --clock-was-wrong`": [
        "board {store} --out {board} --today 2026-11-23",
        "! publish {board} {site} --trust {trust} --today 2026-11-22",
        "day {store} 2026-11-22 --today 2026-11-22",
        "board {store} --out {here}/second --published 1 --today 2026-11-22 --clock-was-wrong",
        "publish {here}/second {site} --trust {trust} --today 2026-11-22",
    ],
    "publish the board that was made last; there is only one for each number": [
        MADE,
        PUBLISH,
        SECOND,
        "publish {here}/second {site} --trust {trust} --today 2026-11-28",
        "! publish {board} {site} --trust {trust} --today 2026-11-28",
        "publish {here}/second {site} --trust {trust} --today 2026-11-28",
    ],
    "ask the desk for the number of the board that was published last, and give it with --above; "
    "0 if there was none": [
        MADE,
        FORGED,
        "! " + PUBLISH,
        PUBLISH + " --above 0",
    ],
    "leave out BOARD, or --probe": [
        MADE,
        "! publish --probe {board} {site}",
        "publish --probe {site}",
        PUBLISH,
    ],
    "give BOARD and TARGET, or --probe and TARGET": [
        MADE,
        "! publish {site} --trust {trust}",
        PUBLISH,
        "publish --probe {site}",
    ],
    "give it with --trust DIR": [MADE, "! publish {board} {site}", PUBLISH],
    "move it away; the next board needs --above with the number that is served now": [
        MADE,
        PUBLISH,
        "$ echo x > {trust}/done.json",
        "! " + PUBLISH,
        "$ mv {trust}/done.json {here}",
        SECOND,
        "publish {here}/second {site} --trust {trust} --today 2026-11-28 --above 1",
    ],
    "put the public half of this desk's site key there, site-ID.pub, and no other": [
        MADE,
        "$ mv {trust}/site-*.pub {empty}",
        "! " + PUBLISH,
        "$ cp {empty}/site-*.pub {trust}",
        PUBLISH,
    ],
    "put the key list there that `desk key publish` wrote last": [
        MADE,
        "$ mv {trust}/keys.json {empty}",
        "! " + PUBLISH,
        "$ cp {empty}/keys.json {trust}",
        PUBLISH,
    ],
    "look at the clocks of both computers; if this one is right, sign the list again": [
        "key keep {other} {board_key}",
        "board {other} --out {board}",
        "$ rm {trust}/*.pub && cp {keys}/site-*.pub {trust}",
        "key publish --keys {keys} --site-key {site_key} --out {trust}/keys.json --today 2026-11-24",
        "! " + PUBLISH,
        "key publish --keys {keys} --site-key {site_key} --out {trust}/keys.json",
        PUBLISH,
    ],
    "make it with: desk key publish": [
        "key keep {other} {board_key}",
        "board {other} --out {board}",
        "$ echo '{{}}' > {trust}/keys.json",
        "! " + PUBLISH,
        "key publish --keys {keys} --site-key {site_key} --out {trust}/keys.json",
        "$ rm {trust}/*.pub && cp {keys}/site-*.pub {trust}",
        PUBLISH,
    ],
    "take the list of this desk; if the desk has a new site key, compare its fingerprint with the "
    "paper and pin that": [
        MADE,
        "$ cp {trust}/keys.json {empty}",
        "key publish --keys {keys} --site-key {site_key} --out {trust}/keys.json",
        "! " + PUBLISH,
        "$ cp {empty}/keys.json {trust}",
        PUBLISH,
    ],
    "copy it again from the stick, or sign it again with: desk key publish": [
        MADE,
        "$ cp {trust}/keys.json {empty}; sed -i 's/2099-12-31/2098-12-31/' {trust}/keys.json",
        "! " + PUBLISH,
        "$ cp {empty}/keys.json {trust}",
        PUBLISH,
    ],
    "take the newest list, the one that `desk key publish` wrote last": [
        "key keep {other} {board_key}",
        "board {other} --out {board}",
        "$ rm {trust}/*.pub && cp {keys}/site-*.pub {trust}",
        "key publish --keys {keys} --site-key {site_key} --out {empty}/keys.json --today 2026-11-20",
        "key publish --keys {keys} --site-key {site_key} --out {trust}/keys.json",
        PUBLISH,
        "$ cp {trust}/keys.json {late}; cp {empty}/keys.json {trust}",
        "! " + PUBLISH,
        "$ cp {late}/keys.json {trust}",
        PUBLISH,
    ],
    "give the other copy": [
        *BOTH,
        "! purge-list {store} --second {store} --out {list}",
        "purge-list {store} --second {copy} --out {list}",
        PURGE,
    ],
    "give two copies of one desk's store": [
        *BOTH,
        "! purge-list {store} --second {other} --out {list}",
        "purge-list {store} --second {copy} --out {list}",
    ],
    "import the same stick into both copies first": [
        "key keep {other} {board_key}",
        "backup {other} {copy}",
        "! purge-list {other} --second {copy} --out {list}",
        "import {other} {stick}",
        "import {copy} {stick}",
        "purge-list {other} --second {copy} --out {list}",
    ],
    "make a new one with `desk purge-list`, and look at the clocks of both computers": [
        *LISTED,
        "! " + PURGE + " --today 2026-11-20",
        "! " + PURGE + " --today 2026-11-29",
        "purge-list {store} --second {copy} --out {here}/new --today 2026-11-29",
        "purge {here}/new {drop} --trust {trust} --today 2026-11-29",
    ],
    "take the newest list": [
        *LISTED,
        "purge-list {store} --second {copy} --out {here}/new --today 2026-11-22",
        "purge {here}/new {drop} --trust {trust} --today 2026-11-22",
        "! " + PURGE + " --today 2026-11-22",
        "purge {here}/new {drop} --trust {trust} --today 2026-11-22",
    ],
    "make it with `desk purge-list`, in the case store that keeps this desk's board key": [
        *LISTED,
        "$ cp {list} {here}/bad; sed -i s/held/hold/ {here}/bad",
        "! purge {here}/bad {drop} --trust {trust}",
        PURGE,
    ],
}


@pytest.mark.parametrize("hint", PLAYS)
def test_the_hint_helps(hint: str, room: Callable[[], Room]) -> None:
    """Its cause is made with the real verb, and what it says is done."""
    room().play(hint, PLAYS[hint])
