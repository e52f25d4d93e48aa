"""Whose key list a site is built with (step 1): a list and the settings in, the same list out, verified.

The pin says which site key must have signed it; it never comes from the list itself. This room has no
key library: a process of the desk's tool verifies, and what it says is believed.
"""

import base64
import json
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

from overrides.frame import keylist
from overrides.frame.keylist import KeyList
from overrides.frame.settings import Settings
from overrides.frame.settings_table import PRACTICE_KEY
from overrides.words.errors import SiteError

_ROOT = Path(__file__).parents[2]


def _practice_pin(folder: Path) -> str:
    """The fingerprint of the practice site key that this machine made, beside its list."""
    found = sorted(folder.glob("site-*.pub"))
    hint = "make them anew: remove the folder var/practice, then run make site"
    if len(found) != 1:
        said = (
            f"{len(found)} public site keys lie beside the key list, and a practice build needs one"
        )
        raise SiteError(said, hint)
    try:
        half = json.loads(found[0].read_text("utf-8"))
        public = base64.b64decode(half["public"], validate=True)
        is_practice = half["use"] == "site" and half["practice"] is True
    except (ValueError, KeyError, TypeError) as error:
        raise SiteError(f"{found[0].name} is not the public half of a key", hint) from error
    if not is_practice:
        raise SiteError(f"{found[0].name} is no practice site key", hint)
    return sha256(public).hexdigest()


def refuse_mixed(keys: KeyList, name: str, *, practice: bool) -> None:
    """Practice keys are for practice, and real keys for a real site."""
    if keys.practice and not practice:
        hint = "make the keys in a key ceremony"
        raise SiteError(f"{name}: a practice key is refused, since practice is false", hint)
    if practice and not keys.practice:
        hint = "real keys are for a site with practice: false; make site builds with practice keys"
        raise SiteError(f"{name}: real keys are refused, since practice is true", hint)


def _ask(text: str, pin: str, issued_at_least: date) -> dict[str, str]:
    """What `desk/wire/verifier.py` says of a list; it is another program, and nothing of it is imported."""
    request = {"site_key": pin, "keys": text, "issued_at_least": issued_at_least.isoformat()}
    done = subprocess.run(
        [sys.executable, "-m", "desk.wire.verifier"],
        cwd=_ROOT,
        input=json.dumps(request | {"boards": [], "purge_list": None}).encode("ascii"),
        capture_output=True,
        check=False,
    )
    try:
        answer: dict[str, str] = json.loads(done.stdout)
    except ValueError as error:
        hint = "install what requirements/serve.txt names: the desk's tool verifies the list"
        raise SiteError("the process that verifies did not answer", hint) from error
    return answer


def checked(path: Path, chosen: Settings) -> KeyList:
    """Read a key list and verify it with the pin; `SiteError` names the file and what is wrong."""
    keys = keylist.load(path)
    refuse_mixed(keys, path.name, practice=chosen.practice)
    practice = chosen.site_key == PRACTICE_KEY
    pin = _practice_pin(path.parent) if practice else chosen.site_key
    answer = _ask(keys.text, pin, chosen.keys_issued_at_least)
    if "error" in answer:
        raise SiteError(f"{path.name}: {answer['error']}", answer["hint"])
    return keys


def refuse_ahead(keys: KeyList, today: date, name: str) -> None:
    """Stop a release with a list of a day that has not come: pages would refuse every later one."""
    if keys.issued > today.isoformat():
        hint = "look at the clocks of both computers, then sign the list again"
        raise SiteError(f"{name}: the key list is of {keys.issued}, and here it is {today}", hint)
