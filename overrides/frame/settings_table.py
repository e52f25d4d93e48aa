"""What each setting may be (step 1): one row for each, with its type, its range and a sentence.

A new setting is one row here and one field of `Settings`. It reads no file and no clock.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any  # YAML has no other type until it is checked here
from urllib.parse import urlsplit

from overrides.frame import accountability, contacts
from overrides.frame.translation import CHECKED, NEED
from overrides.words.blanks import is_blank, said
from overrides.words.errors import Gathered, SiteError

MOST_NAME_SIGNS = 80
MOST_EPOCH = 10_000  # one a week for two lifetimes; readers are warned of any board below it
PRACTICE_KEY = "practice"  # as site_key: the one that this machine made
_FIRST_LIST = date(2020, 1, 1)
_FIRST_DAY, _LAST_DAY = date(2026, 1, 1), date(2099, 12, 31)
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?(/[^\s\"<>\\]*)?", re.ASCII
)
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LANGUAGE = re.compile(r"[a-z]{2}([-_][a-z]{2,4})?", re.I)  # as a part of an address
# A page about what the reader came for, or about help: in a history it tells what the exit should hide.
_FLAG = re.compile(
    r"sex|seks|prostitu|hoer|escort|hulp|help|opvang|shelter|polic|politie|klacht|vpn", re.I
)
_TYPES = {str: "text", date: "day", int: "whole number", bool: "true or false"}


@dataclass(frozen=True)
class Row:
    """One setting. `sentence` goes on after "write ..."; `fits` is asked with a value of `kind`.

    `release` answers what a release has against a value that fits, or nothing. With `practice` False
    a practice build does without the setting.
    """

    kind: type
    sentence: str
    fits: Callable[[Any], bool] = bool
    release: Callable[[Any], str] = lambda _: ""
    practice: bool = True

    def check(self, name: str, value: object, *, release: bool = False) -> None:
        """Refuse a value of another type or out of range, and what a release cannot have."""
        hint = f"write {self.sentence}"
        if value is None:
            if self.practice or release:
                raise SiteError(f"the setting {name} is missing", hint)
            return
        if type(value) is not self.kind:
            kind = _TYPES.get(self.kind, "list")
            raise SiteError(f"the setting {name} is {said(value)}, which is no {kind}", hint)
        if not self.fits(value):
            raise SiteError(f"the setting {name} is {said(value)}", hint)
        if release and isinstance(value, str) and is_blank(value):
            raise SiteError(f"a release refuses the blank in {name}", hint)
        if release and (refused := self.release(value)):
            raise SiteError(f"a release refuses {refused}", hint)


def host(url: str) -> str:
    """The host of an address, or nothing where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def server(url: str) -> str:
    """The host of an address; on this machine, where all servers share one, with its port."""
    name = host(url)
    return f"{name}:{urlsplit(url).port}" if name == "127.0.0.1" and _is_address(url) else name


def is_same_house(one: str, other: str) -> bool:
    """Whether two servers are the same, or one stands under the name of the other."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _line(text: str) -> bool:
    return 0 < len(text.strip()) == len(text) <= MOST_NAME_SIGNS and text.isprintable()


def _is_address(url: str) -> bool:
    """An address with a port that there can be, if it has one."""
    try:
        return _ADDRESS.fullmatch(url) is not None and urlsplit(url).port != 0
    except ValueError:  # of a port beyond the last
        return False


def _is_origin(url: str) -> bool:
    """The site stands at the root of its host: the exit, the drop and the keys rely on it."""
    return _is_address(url) and urlsplit(url).path in ("", "/") and url == url.lower()


def _is_exit(url: str) -> bool:
    """A page of another host by https; on this machine alone, where practice has no other, by http.

    It is the same for everybody: nothing is asked for behind a question mark, no part names a language.
    """
    if not _is_address(url) or not url.startswith(("https://", "http://127.0.0.1:")):
        return False
    parts = [*host(url).split(".")[:-2], *urlsplit(url).path.split("/")]  # `co.uk` is no language
    says_more = {"?", "#"} & set(url) or any(_LANGUAGE.fullmatch(part) for part in parts)
    return not says_more and _FLAG.search(url) is None


def _public(url: str) -> str:
    if not url.startswith("https://"):
        return f"{url}, which is not https"
    name = host(url)
    return "" if "." in name and not re.fullmatch(r"[\d.]+", name) else f"the host in {url}"


def _languages(names: dict[Any, Any]) -> bool:
    gathered = Gathered()
    for code, name in names.items():
        with gathered.part():
            _refuse_language(code, name)
    gathered.refuse()
    return bool(names)


def _refuse_language(code: object, name: object) -> None:
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        hint = "write a code such as nl or pt-BR, and no in quotes"
        raise SiteError(f"reply_languages has the code {said(code)}", hint)
    if not isinstance(name, str) or not _line(name):
        hint = "write the language's own name, in quotes"
        raise SiteError(f"reply_languages has no name for {code}", hint)


def _days(days: dict[Any, Any]) -> bool:
    """A day for each language."""
    return all(_CODE.fullmatch(str(code)) and type(day) is date for code, day in days.items())


ROWS: dict[str, Row] = {
    "name": Row(str, f"the name of the desk, one line of at most {MOST_NAME_SIGNS} signs", _line),
    "organisation": Row(
        str, f"who runs the desk, one line of at most {MOST_NAME_SIGNS} signs", _line
    ),
    "site_url": Row(
        str,
        "the address of the site in small letters and without a path, such as https://example.org",
        _is_origin,
        _public,
    ),
    "preload": Row(
        bool,
        "false, or true once the desk decided for the list of https sites that browsers carry",
        lambda _: True,
    ),
    "exit_url": Row(
        str,
        "the page to which the exit leads: on another host, with https:// in front, without ?, # or a language, "
        "and about nothing that anybody would hide",
        _is_exit,
        _public,
    ),
    "reference_date": Row(
        date,
        f"the day this build counts as, from {_FIRST_DAY} to {_LAST_DAY} and without quotes",
        lambda day: _FIRST_DAY <= day <= _LAST_DAY,
    ),
    "board_epoch": Row(
        int,
        "the number of the newest reply board on the reference date, 0 before the first",
        lambda epoch: 0 <= epoch <= MOST_EPOCH,
    ),
    "practice": Row(
        bool,
        "false for a real desk and true for practice",
        lambda _: True,
        lambda practice: "the setting practice: true" if practice else "",
    ),
    "form_open": Row(
        bool,
        "true, or false where the form takes no complaints: closed for a while, or because the desk ends",
        lambda _: True,
    ),
    "site_key": Row(
        str,
        "the fingerprint that `desk key publish` says, 64 digits in small letters, or practice",
        lambda pin: pin == PRACTICE_KEY or re.fullmatch(r"[0-9a-f]{64}", pin) is not None,
    ),
    "keys_issued_at_least": Row(
        date,
        "the day of the newest key list, as `desk key publish` says it, without quotes",
        lambda day: _FIRST_LIST <= day <= _LAST_DAY,
    ),
    "contact": Row(
        list,
        "other ways to reach the desk as in settings.practice.yml",
        contacts.fits,
        contacts.release,
    ),
    "tried_by_sex_workers": Row(
        int, "how many sex workers tried this site by themselves", lambda count: count >= 0
    ),
    "tried_by_handlers": Row(
        int, "how many handlers tried the desk by themselves", lambda count: count >= 0
    ),
    "accountability": Row(
        dict,
        "what the desk answers for, each text as in settings.practice.yml",
        accountability.fits,
        accountability.release,
    ),
    "translations": Row(
        str,
        f"{NEED} to show pages of need that no native speaker has checked, or {CHECKED} to show none",
        lambda which: which in (NEED, CHECKED),
    ),
    "unchecked": Row(
        dict,
        "the code of each language that opens unchecked, with the day on which the desk decided so, or {}",
        _days,
    ),
    "heard": Row(
        dict,
        "the code of each language to whose sound somebody who speaks it listened, with the day, or {}",
        _days,
    ),
    "reply_languages": Row(
        dict,
        "the languages of answers, each code with the language's own name",
        _languages,
        lambda names: "a blank among the names" if any(map(is_blank, names.values())) else "",
    ),
}
