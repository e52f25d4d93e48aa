"""Hints about keys and handlers: made, kept, published, shared, destroyed. Each is caused, and followed."""

from collections.abc import Callable

import pytest

from tests.advice import Plays, Room

LATE = "--today 2027-05-01"
NEW = "key new intake --out {none} --not-before 2026-11-21 --not-after 2026-12-31"
COMBINE = "key combine intake {intake_id} 2026-10-01 2026-12-31 --out {none}"
PUBLISH = "key publish --keys {keys} --site-key {site_key} --out {here}/keys.json"
DESTROY = "key destroy {intake_id} {two} {copy} --keys {keys} --out {empty}"
TWO = "--handlers anna bram " + LATE
DUE = (
    "key keep {two} --handler anna {intake_key}",
    f"day {{two}} 2027-05-01 --handler anna {LATE}",
    "backup {two} {copy} --handler anna",
)

PLAYS: Plays = {
    "run this at a terminal": [
        "alone! init {none} --handler anna",
        "tty init {none} --handler anna",
    ],
    "if they are not on paper, remove what was made just now, and make it again": [
        "mute! init {none} --handler anna",
        "mute! handler add {two} dina --handler anna",
        "$ rm -r {none}",
        "tty init {none} --handler anna",
        "handler remove {two} dina --handler anna --out {empty}",
        "tty handler add {two} dina --handler anna",
    ],
    "a passphrase has seven words, and X were typed": [
        ("! check {store}", "een twee"),
        "check {store}",
    ],
    "word X is not in the list; the nearest one is X": [
        ("! check {store}", "een twee drie vier vijf zes acht"),
        "check {store}",
    ],
    "all seven are words of the list: are they of this key or handler, in order?": [
        ("! check {store}", "word " * 7),
        ("! check {store}", "abacus " * 7),
        "check {store}",
    ],
    "choose days from X to X": [
        "tty! key new board --out {none} --not-before 2099-06-01",
        "tty key new board --out {none} --not-before 2099-06-01 --not-after 2099-12-31",
    ],
    "give a folder outside the project, on the offline machine": [
        "$ mkdir -p {none}/.git",
        "tty! key new site --out {none}/keys",
        "tty key new site --out {empty}",
    ],
    "make it yours alone: chmod 600 X": [
        "$ chmod 644 {intake_key}",
        "! key keep {store} {intake_key}",
        "$ chmod 600 {intake_key}",
        "key keep {store} {intake_key}",
    ],
    "take another copy of it": [
        "$ cp {intake_key} {here}/whole; echo x > {intake_key}",
        "! key keep {store} {intake_key}",
        "$ cp {here}/whole {intake_key}",
        "key keep {store} {intake_key}",
    ],
    "give the folder of the keys; is the stick plugged in?": [
        "$ mv {keys} {none}",
        "! key list {keys}",
        "! key rotate {keys}",
        "! key calendar {keys}",
        "! " + PUBLISH.replace("{site_key}", "{none}/site-{site_id}.key"),
        "$ mv {none} {keys}",
        "key list {keys}",
        PUBLISH,
    ],
    "make one with `desk key new`": [
        "! key list {empty}",
        "tty key new site --out {empty}",
        "key list {empty}",
    ],
    "give the folder with its .pub file; `desk key list` shows what is in a folder": [
        "$ cp {intake_key} {empty}",
        "! key keep {store} {empty}/intake-{intake_id}.key",
        "key list {keys}",
        "key keep {store} {keys}/intake-{intake_id}.key",
    ],
    "make the first with `desk key new intake`": [
        "tty key new site --out {none}",
        "! key rotate {none}",
        "tty " + NEW,
        "tty key rotate {none}",
    ],
    "publish it: it begins on X": [
        "tty key rotate {keys}",
        "! key rotate {keys}",
        PUBLISH,
    ],
    "look at a calendar, and give its day with --today DATE": [
        "tty! key rotate {aged} --by-clock",
        "tty key rotate {aged}",
    ],
    "it takes one board key, the site key that signs, and at least one intake key; no two intake "
    "keys may begin on the same day": [
        "$ mv {keys}/board-* {empty}",
        "! " + PUBLISH,
        "$ mv {empty}/board-* {keys}",
        PUBLISH,
    ],
    "name it keys.json": [
        "! key publish --keys {keys} --site-key {site_key} --out {site_key}",
        PUBLISH,
    ],
    "it signs the key list and opens nothing; leave it in its file": [
        "! key keep {store} {intake_key} {site_key}",
        "key keep {store} {intake_key}",
        PUBLISH,
    ],
    "a practice key goes into a practice store only, a real key into a real one": [
        "! key keep {store} {toy_key}",
        "! key keep {training} {intake_key}",
        "key keep {training} {toy_key}",
        "key keep {store} {intake_key}",
    ],
    "destroy this file of it too: shred -u X": [
        *DUE,
        "$ mkdir {none}; cp {intake_key} {none}",
        f"{DESTROY} {TWO}",
        "! key keep {two} --handler anna {none}/intake-{intake_id}.key " + LATE,
        '$ cd {none}; shred -u intake-{intake_id}.key; test -z "$(ls)"',
        "key keep {two} --handler anna {board_key} " + LATE,
    ],
    "complaints are opened with an intake key": [
        "! open {post} --key {board_key}",
        "open {post} --key {intake_key}",
    ],
    "is the stick plugged in?": [
        "! open {none} --key {intake_key}",
        "$ ln -s {post} {none}",
        "open {none} --key {intake_key}",
    ],
    "give the folder it was fetched to": [
        "! open {empty} --key {intake_key}",
        "open {post} --key {intake_key}",
    ],
    "make one with `desk key new intake --practice`": [
        "! practice {empty} --key {keys}/intake-{intake_id}.pub",
        "key new intake --practice --out {none}",
        "$ test -s {none}/intake-*.pub",
    ],
    "type all of them": [
        ("! " + COMBINE, "een twee\n"),
        "tty " + COMBINE,
    ],
    "compare it by letters": [
        ("! " + COMBINE, "{slip}\n"),
        "tty " + COMBINE,
    ],
    "count them again": [
        ("! " + COMBINE, "{sheet1} {sheet1}"),
        "tty " + COMBINE,
    ],
    "type the sheet once more": [
        ("! " + COMBINE, "{muddled}"),
        "tty " + COMBINE,
    ],
    "sheets of one set begin with the same two words": [
        ("! " + COMBINE, "{sheet1}\n{stranger}"),
        "tty " + COMBINE,
    ],
    "take the second sheet from its keeper": [
        ("! " + COMBINE, "{sheet1}\n{sheet1}"),
        "tty " + COMBINE,
    ],
    "compare the use and the id with the sheet": [
        (
            "! key combine intake {board_id} 2026-10-01 2026-12-31 --out {none}",
            "{sheet1}\n{sheet2}",
        ),
        "tty " + COMBINE,
    ],
    "what was sealed to it could still be on its way; --now-because if it must": [
        "key keep {two} --handler anna {intake_key}",
        "backup {two} {copy} --handler anna",
        f"! {DESTROY} --handlers anna bram",
        f"{DESTROY} --handlers anna bram --now-because",
    ],
    "name both: --handlers A B": [
        *DUE,
        f"! {DESTROY} --handlers anna anna {LATE}",
        f"{DESTROY} {TWO}",
    ],
    "give the backup as second": [
        *DUE,
        f"! key destroy {{intake_id}} {{two}} {{two}} --keys {{keys}} --out {{empty}} {TWO}",
        f"{DESTROY} {TWO}",
    ],
    "fetch it again; in a case store, run `desk check`": [
        *DUE,
        f"fetch {{post}} {{empty}} {LATE}",
        "$ for f in {empty}/in/*/* {empty}/in/*; do test -f $f && echo x >> $f; done; true",
        f"! {DESTROY} {TWO} --stick {{empty}}",
        f"fetch {{post}} {{empty}} {LATE}",
        f"import {{two}} {{empty}} --handler anna {LATE}",
        "merge {copy} {two} --handler anna",
        f"{DESTROY} {TWO} --stick {{empty}}",
    ],
    "import them and merge the two copies first; among them X": [
        *DUE,
        f"! {DESTROY} {TWO} --stick {{post}}",
        f"import {{two}} {{post}} --handler anna {LATE}",
        "merge {copy} {two} --handler anna",
        f"{DESTROY} {TWO} --stick {{post}}",
    ],
    "run `desk fetch` again until it says 0 refused": [
        *DUE,
        "$ cp $(find {post} -type f) {post}/in/$(printf '0%.0s' $(seq 64))",
        "2 fetch {post} {late}",
        f"! {DESTROY} {TWO} --stick {{late}}",
        "$ rm {post}/in/000*",
        f"fetch {{post}} {{late}} {LATE}",
        f"import {{two}} {{late}} --handler anna {LATE}",
        "merge {copy} {two} --handler anna",
        f"{DESTROY} {TWO} --stick {{late}}",
    ],
    "destroy it where its file lies; --lost if nobody has the file any more": [
        *DUE,
        "$ mv {intake_key} {here}",
        f"! {DESTROY} {TWO}",
        f"{DESTROY} {TWO} --lost",
    ],
    "give two copies of one": [
        *DUE,
        "backup {other} {folder}",
        f"! key destroy {{intake_id}} {{two}} {{folder}} --keys {{keys}} --out {{empty}} "
        f"--handlers bram anna {LATE}",
        f"{DESTROY} {TWO}",
    ],
    "move the older paper away": [
        *DUE,
        "$ touch {empty}/destroyed-intake-{intake_id}.txt",
        f"! {DESTROY} {TWO}",
        "$ mv {empty}/destroyed-* {here}",
        f"{DESTROY} {TWO}",
    ],
    "give one with --out": [
        "! handler remove {two} bram --handler anna --out {none}",
        "handler remove {two} bram --handler anna --out {empty}",
    ],
    "choose another name": [
        "tty! handler add {store} anna",
        "tty handler add {store} dina",
    ],
    "use small letters, digits and dashes, at most 32, and begin with a letter": [
        "tty! init {none} --handler Anna",
        "tty init {none} --handler anna",
    ],
    "let another handler do it: --handler NAME": [
        "! handler remove {two} anna --handler anna --out {empty}",
        "handler remove {two} anna --handler bram --out {empty}",
    ],
    "`desk handler list` shows who can": [
        "! handler remove {two} dina --handler anna --out {empty}",
        "! check {two} --handler dina",
        "handler list {two}",
        "handler remove {two} bram --handler anna --out {empty}",
        "check {two} --handler anna",
    ],
    "say who: --handler NAME": ["! check {two}", "check {two} --handler bram"],
}


@pytest.mark.parametrize("hint", PLAYS)
def test_the_hint_helps(hint: str, room: Callable[[], Room]) -> None:
    """Its cause is made with the real verb, and what it says is done."""
    room().play(hint, PLAYS[hint])
