"""Hints about canaries, reports and rarer things. Each has its cause made, and is followed."""

from collections.abc import Callable

import pytest

from desk.strings import Strings
from tests.advice import FOREIGN, TWINS, Plays, Room
from tests.letter_samples import GIVEN
from tests.verbs import OPEN

SEND = "canary send {url} --out {here}/canary --site-key {pin}"
SITE = "$ cp {trust}/keys.json {site}"
TALK = f"letter {{store}} '{FOREIGN}' talk_request --recipient municipality"
SAID = {name: GIVEN[name] for name in ("to_address", "from_desk", "pattern", "request")}
ADD = "add {store} --channel paper --form-language nl"
REPORT = "report {store} 2025 --texts {here}/texts --out {none}"


def told(text: str) -> str:
    """Write what the desk says in a report."""
    return f"""$ printf '[nl]\\ntotal = "%s"\\n[en]\\ntotal = "%s"\\n' '{text}' '{text}' > texts"""


FIT = told("De gemeente kan dit veranderen.")

# A folder as `make desk-bundle` makes it, of one file.
BUNDLE = "$ cd {empty}; echo 0.2.0 > VERSION; sha256sum VERSION > SHA256SUMS"
SIGN = "bundle sign {empty} --site-key {site_key}"
LOOK = "bundle check {empty} --site-key {keys}/site-{site_id}.pub"

PLAYS: Plays = {
    "give the folder that `make desk-bundle` made, in which X lies": [
        "! " + LOOK,
        "! " + SIGN,
        BUNDLE,
        SIGN,
        LOOK,
    ],
    "compare the 64 digits with paper, as for the first desk, and then `desk bundle sign`": [
        BUNDLE,
        "! " + LOOK,
        SIGN,
        LOOK,
    ],
    "install nothing from it; make the folder again, or copy it onto the stick again": [
        BUNDLE,
        SIGN,
        "$ echo x > {empty}/VERSION",
        "! " + LOOK,
        "! " + SIGN,
        "$ echo x > {empty}/SHA256SUMS",
        "! " + LOOK,
        "! " + SIGN,
        BUNDLE,
        LOOK,
    ],
    "open it with the desk that wrote it; `desk --version` says which this is": [
        """$ sed -i s/'"format":1'/'"format":2'/ {store}/store.json""",
        "! check {store}",
        "! backup {store} {copy}",
        """$ sed -i s/'"format":2'/'"format":1'/ {store}/store.json # as this desk writes it""",
        "check {store}",
    ],
    "give https:// and its name": [
        SITE,
        "! canary send site --out {here}/canary --site-key {pin}",
        SEND,
    ],
    "look at the address and at this machine's network": [
        SITE,
        "! canary send {away} --out {here}/canary --site-key {pin}",
        SEND,
    ],
    "the file is kept, since it may have been stored: take it to the desk like one that was": [
        SITE,
        "! canary send {trouble} --out {here}/canary --site-key {pin}",
        "canary know {store} {here}/canary",
    ],
    "give the file that `desk canary send` wrote": [
        SITE,
        SEND,
        "! canary know {store} {pin}",
        "canary know {store} {here}/canary",
    ],
    "put the public half of this desk's site key there, and no other": [
        SITE,
        "$ mkdir {here}/watch",
        SEND.replace("/canary ", "/watch/a.canary "),
        "! canary watch {here}/watch {url}",
        "$ cp {pin} {here}/watch",
        "canary watch {here}/watch {url}",
    ],
    "move it away, then look again": [
        SITE,
        "$ mkdir {here}/watch",
        "$ cp {pin} {here}/watch",
        SEND.replace("/canary ", "/watch/a.canary "),
        "$ touch {here}/watch/seen.json",
        "! canary watch {here}/watch {url}",
        "$ rm {here}/watch/seen.json",
        "canary watch {here}/watch {url}",
    ],
    "give the public half of the site key of this desk; if it is, the site is not": [
        SITE,
        "! canary send {url} --out {here}/canary --site-key {keys}/site-{site_id}.pub",
        SEND,
    ],
    "publish a new key list": [
        "key publish --keys {keys} --site-key {site_key} --out {site}/keys.json",
        "! canary send {url} --out {here}/canary --site-key {keys}/site-{site_id}.pub --today 2027-09-01",
        "tty key rotate {keys} --today 2027-09-01",
        "key publish --keys {keys} --site-key {site_key} --out {site}/keys.json --today 2027-09-01",
        "canary send {url} --out {here}/canary --site-key {keys}/site-{site_id}.pub --today 2027-09-01",
    ],
    "give more digits or its name": [
        f"! show {{store}} {TWINS[0][:8]}",
        f"show {{store}} {TWINS[0]}",
    ],
    "nothing needs to be done": [
        f"! case {{store}} '{OPEN}' unbundle",
        f"! case {{store}} '{OPEN}' release-flood",
        f"! case {{store}} '{OPEN}' withdrawal-done",
        (f"! case {{store}} '{OPEN}' reopen", {"text": "x"}),
        f"show {{store}} '{OPEN}'",
    ],
    "fill in how it is written in our letters, or a dash if nobody knows": [
        ("! " + TALK, SAID),
        (TALK, SAID | {"latin_names": "Anna"}),
        (TALK, SAID | {"latin_names": "-"}),
    ],
    "take the list of this desk; if it began a new case store, give its id with --store": [
        "import {store} {stick}",
        "backup {store} {copy}",
        "purge-list {store} --second {copy} --out {list}",
        "purge {list} {drop} --trust {trust}",
        "backup {fresh} {folder}",
        "purge-list {fresh} --second {folder} --out {here}/new",
        "! purge {here}/new {drop} --trust {trust}",
        "purge {list} {drop} --trust {trust}",
        "purge {here}/new {drop} --trust {trust} --store {fresh_id}",
    ],
    "publish the last board if it is not on the site, and give it with `desk board --from`": [
        "board {store} --out {board}",
        "$ for f in {store}/boards/*; do echo x >> $f; done",
        "! board {store} --out {here}/second --published 1 --today 2026-11-28",
        "publish {board} {site} --trust {trust}",
        "board {store} --from {site}/board.bin --out {here}/second --today 2026-11-28",
        "publish {here}/second {site} --trust {trust} --today 2026-11-28",
        "check {store}",
    ],
    "run `desk check`": [
        "key keep {two} {board_key} --handler anna",
        "backup {two} {copy} --handler anna",
        "$ for f in {two}/keys/*; do echo x >> $f; done",
        "! handler remove {two} bram --handler anna --out {empty}",
        "2 check {two} --handler anna",
        "merge {two} {copy} --handler anna",
        "handler remove {two} bram --handler anna --out {empty}",
    ],
    "look at the letter of the body again": [
        f"! case {{store}} '{OPEN}' deadline --rule complaint_adjourned --started 2028-11-20",
        f"case {{store}} '{OPEN}' deadline --rule complaint_adjourned --started 2026-11-20",
    ],
    "write nothing down, and help her in words": [
        (f"! {ADD} --consent count --story", {"story": "x"}),
        (f"{ADD} --consent store --story", {"story": "x"}),
    ],
    "give the file in which the desk says who should act": ["! " + REPORT, FIT, REPORT],
    'it needs [nl] and [en], in each a line such as: about = "..."': [
        "$ echo x > texts",
        "! " + REPORT,
        FIT,
        REPORT,
    ],
    "a number against nobody is read as a number against the trade; write who can change it": [
        told(" "),
        "! " + REPORT,
        FIT,
        REPORT,
    ],
    "numbers stand in the tables, where the ledger knows them, also those in words; artikel 9:11 and "
    "the year of the report may stay": [told("Er waren 12 meldingen."), "! " + REPORT, FIT, REPORT],
    "no place is ever in a report; say which kind of body, or begin with another word": [
        told("De gemeente Zwolle kan dit."),
        "! " + REPORT,
        FIT,
        REPORT,
    ],
    "X characters at most": [told("a " * 2_000), "! " + REPORT, FIT, REPORT],
    "say instead: X": [told("Er was mensenhandel."), "! " + REPORT, FIT, REPORT],
    "have it read and record it; a change of a number or a word needs a new reading": [
        FIT,
        f"! {REPORT} --publish",
        f"{REPORT} --read-by sex_worker --publish",
    ],
    "one of X": [
        FIT,
        f"! {REPORT} --read-by boss",
        f"{REPORT} --read-by representative",
    ],
    "give an empty folder": [
        FIT,
        REPORT,
        "$ for f in {none}/*; do echo x >> $f; done",
        "! " + REPORT,
        REPORT.replace("{none}", "{folder}"),
    ],
    "give an empty folder that can be written to": [
        FIT,
        "$ touch {none}",
        "! " + REPORT,
        REPORT.replace("{none}", "{folder}"),
    ],
    "a report is made once; desk figures shows this year inside the desk; set the clock if it is wrong": [
        FIT,
        "! report {store} 2098 --texts {here}/texts --out {none}",
        "figures {store} 2098",
    ],
}

IN_ENGLISH = "--language en"
HEARD: Plays = {
    "store.damaged": [
        "backup {store} {copy}",
        "$ for f in {store}/keys/*; do echo x >> $f; done",
        "? inbox {store} " + IN_ENGLISH,
        "2 check {store}",
        "merge {store} {copy}",
        "inbox {store} " + IN_ENGLISH,
    ],
    "intake.part.unfinished": [
        "$ cp $(find {drop} -type f | head -1) {drop}/in/$(printf '0%.0s' $(seq 64))",
        "2 fetch {drop} {late}",
        "? import {store} {late} " + IN_ENGLISH,
        "$ rm {drop}/in/000*",
        "fetch {drop} {late}",
        "import {store} {late} " + IN_ENGLISH,
    ],
    "intake.remedy.key_unknown": [
        "? import {store} {post} " + IN_ENGLISH,
        "key keep {store} {intake_key}",
        "import {store} {post} " + IN_ENGLISH,
    ],
    "board.confirm": [
        "board {store} --out {board}",
        "? board {store} --out {board} " + IN_ENGLISH,
        "board {store} --out {board} --published 1 --today 2026-11-28 " + IN_ENGLISH,
    ],
    "keeping.due.keep": [
        "? key calendar {keys} {store} " + IN_ENGLISH,
        "key keep {store} {intake_key}",
        "key keep {store} {board_key}",
        "key calendar {keys} {store} " + IN_ENGLISH,
    ],
}


@pytest.mark.parametrize("string_id", HEARD)
def test_what_is_said_besides_helps(string_id: str, room: Callable[[], Room]) -> None:
    """A verb that succeeds tells what is left to do; once that is done it tells it no more."""
    room().hear(Strings("en").texts[string_id], HEARD[string_id])


@pytest.mark.parametrize("hint", PLAYS)
def test_the_hint_helps(hint: str, room: Callable[[], Room]) -> None:
    """Its cause is made with the real verb, and what it says is done."""
    room().play(hint, PLAYS[hint])
