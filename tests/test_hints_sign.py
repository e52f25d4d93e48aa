"""Hints about the manifest of a site. Each has its cause made, and is followed, by a practice desk of its own."""

from collections.abc import Callable

import pytest

from tests.advice import Plays, Room


def keys(name: str) -> list[str]:
    """Make the keys of a desk for practice and their list, with the site key under a name that can be typed."""
    made = [
        f"key new {use} --practice --out {{here}}/{name}" for use in ("intake", "board", "site")
    ]
    linked = f"$ cp -p {name}/site-*.key {name}/site.key; cp {name}/site-*.pub {name}.half"
    return [
        *made,
        linked,
        f"key publish --keys {{here}}/{name} --site-key {site_key(name)} --out {{here}}/{name}.json",
    ]


def site_key(name: str) -> str:
    return f"{{here}}/{name}/site.key"


def site(name: str = "one", practice: str = "true", url: str = "desk") -> str:
    """Put the small files of a site, with the key list of that desk, into a folder of their own."""
    built = f'{{{{"practice":{practice},"site_url":"http://{url}.example","source":""}}}}'
    return (
        f"$ mkdir -p www; cp {name}.json www/keys.json; printf '{built}' > www/built.json;"
        " cd www; sha256sum built.json keys.json > SHA256SUMS"
    )


def sign(name: str = "one", more: str = "") -> str:
    return f"sign {{here}}/www --site-key {site_key(name)}{more}"


ONE, TWO = keys("one"), keys("two")
LATER = " --today 2027-06-01"
AFTER = " --after {here}/one.half"

PLAYS: Plays = {
    "desk verify --help shows the names": [
        "! verify http://desk.example --folder {here} --agent nobody",
        "verify --help",
    ],
    "give the folder of the site, or one with its X, X, X and X": [
        *ONE,
        "! " + sign(),
        site(),
        "$ mv www/built.json built",
        "! " + sign(),
        "$ mv built www/built.json",
        sign(),
    ],
    "sign nothing of it; copy it again from where it was built, or build it again": [
        *ONE,
        site(),
        "$ sed -i s/desk/evil/ www/built.json",
        "! " + sign(),
        site(),
        "$ echo x >> www/SHA256SUMS",
        "! " + sign(),
        site(),
        sign(),
    ],
    "give the site key that signed the key list of this site": [
        *ONE,
        *TWO,
        site(),
        "! " + sign("two"),
        site(practice="false"),
        "! " + sign(),
        site(),
        sign(),
    ],
    "look at a calendar; set the clock, or say the day with --today": [
        *ONE,
        site(),
        sign(more=" --today 2099-12-31"),
        site(url="later"),
        "! " + sign(more=" --by-clock"),
        sign(more=LATER),
    ],
    "take another copy of X": [
        *ONE,
        site(),
        sign(),
        "$ mv www/manifests.jsonl log; ln -s ../log www/manifests.jsonl",
        "! " + sign(),
        "$ rm www/manifests.jsonl; cp log www/manifests.jsonl",
        sign(),
    ],
    "bring X of the site along, and take X off the key stick": [
        *ONE,
        site(),
        sign(),
        "$ for log in one/site-*.manifests; do echo x >> $log; done",
        "! " + sign(more=LATER),
        "$ rm one/site-*.manifests",
        sign(more=LATER),
    ],
    "bring the one that the site serves; if the site key is new, say which was before it: --after site-ID.pub": [
        *ONE,
        *TWO,
        site(),
        sign(),
        "$ cp www/manifests.jsonl log; echo x >> www/manifests.jsonl",
        "! " + sign(more=LATER),
        "$ cp log www/manifests.jsonl",
        sign(more=LATER),
        site("two"),
        "! " + sign("two", LATER),
        sign("two", LATER + AFTER),
    ],
    "leave --after out": [
        *ONE,
        *TWO,
        site(),
        sign(),
        site("two"),
        sign("two", AFTER),
        "! " + sign("two", AFTER + LATER),
        sign("two", LATER),
    ],
    "give --after the public half of the site key that this desk had before": [
        *ONE,
        *TWO,
        site(),
        sign(),
        site("two"),
        "! " + sign("two", " --after {keys}/site-{site_id}.pub"),
        sign("two", AFTER),
    ],
}


@pytest.mark.parametrize("hint", PLAYS)
def test_what_is_advised_helps(hint: str, room: Callable[[], Room]) -> None:
    """The cause is made, the hint is shown, and what it advises works."""
    room().play(hint, PLAYS[hint])
