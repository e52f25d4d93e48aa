"""What a desk fills in itself (step 1): a settings file in, one frozen record out.

There is no default for any of it, and everything that is wrong is said at once. What each setting
may be stands in `settings_table`. It knows nothing of pages.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any  # YAML has no other type until it is checked here

from overrides.frame import settings_table as table
from overrides.frame.settings_table import PRACTICE_KEY, ROWS
from overrides.words import blanks, yaml_file
from overrides.words.errors import Gathered, SiteError


@dataclass(frozen=True)
class Contact:
    """One other way to reach the desk; `verified_live` is the day somebody tried it, or None."""

    kind: str
    text: Mapping[str, str]
    verified_live: date | None


@dataclass(frozen=True)
class Settings:
    """Everything a desk decides about its own site; `settings_table` says what each one is.

    `site_url` has no slash at its end; `site_key` is the fingerprint of the site key (64 hexadecimal digits) or
    `practice`; `reply_languages` maps a code to the language's own name.
    """

    name: str
    organisation: str
    site_url: str
    preload: bool
    exit_url: str
    reference_date: date
    board_epoch: int
    practice: bool
    form_open: bool
    site_key: str
    keys_issued_at_least: date
    contact: tuple[Contact, ...]
    tried_by_sex_workers: int
    tried_by_handlers: int
    accountability: Mapping[str, Mapping[str, str]]
    translations: str
    unchecked: Mapping[str, date]
    heard: Mapping[str, date]
    reply_languages: Mapping[str, str]


def read(path: Path) -> Any:
    """What stands in a settings file; Any because nothing of it is checked yet."""
    if not path.is_file():
        raise SiteError(f"there is no settings file {path.name}", "copy settings.practice.yml")
    return yaml_file.read(path)


def load(path: Path, reference_date: date | None = None) -> Settings:
    """Read a settings file; `reference_date` replaces the date in it."""
    settings = parse(read(path))
    return replace(settings, reference_date=reference_date or settings.reference_date)


def parse(raw: Any) -> Settings:
    """Settings from what the YAML held: exactly the known names, each of its type and range."""
    gathered = Gathered()
    gathered.found += refusals(raw)
    gathered.refuse()
    known: dict[str, Any] = {name: raw.get(name) for name in ROWS}
    contact = tuple(Contact(**entry) for entry in raw["contact"])
    return Settings(**{**known, "site_url": raw["site_url"].rstrip("/"), "contact": contact})


def refusals(raw: object, *, release: bool = False) -> list[SiteError]:
    """All that is wrong in what the YAML held; a release also refuses what is good for practice."""
    if not isinstance(raw, dict):
        hint = "begin each line with the name of a setting and a colon"
        return [SiteError("the settings file is not a list of names and values", hint)]
    gathered = Gathered()
    for name in raw:
        with gathered.part():
            _refuse_unknown(str(name))
    for name, row in ROWS.items():
        with gathered.part():
            row.check(name, raw.get(name), release=release)
    with gathered.part():
        _refuse_own_exit(raw)
    with gathered.part():
        _refuse_pin(raw.get("site_key"), raw.get("practice"))
    return gathered.found


def _refuse_own_exit(raw: dict[Any, Any]) -> None:
    exit_server, own = (table.server(str(raw.get(name, ""))) for name in ("exit_url", "site_url"))
    if exit_server and own and table.is_same_house(exit_server, own):
        hint = f"write {ROWS['exit_url'].sentence}"
        raise SiteError("the setting exit_url leads to this site itself", hint)


def _refuse_pin(site_key: object, practice: object) -> None:
    """A pin for practice is on no real site, and a real one on no practice site."""
    typed = isinstance(site_key, str) and isinstance(practice, bool)
    if typed and practice != (site_key == PRACTICE_KEY):
        hint = "the pin is practice if and only if practice is true"
        raise SiteError("the settings site_key and practice do not fit together", hint)


def _refuse_unknown(name: str) -> None:
    if name not in ROWS:
        near = get_close_matches(name, ROWS, 1)
        hint = f"did you mean {near[0]}?" if near else f"the settings are {', '.join(ROWS)}"
        raise SiteError(f"unknown setting {name}", hint)


def refuse_other_languages(raw: object, languages: Iterable[str]) -> None:
    """A text for a language that the site has not is read by nobody."""
    gathered = Gathered()
    for setting, texts in _texts(raw if isinstance(raw, dict) else {}):
        named = {code for text in texts if isinstance(text, dict) for code in text}
        for code in sorted(named - set(languages), key=str):
            said = f"{setting} has a text in {blanks.said(code)}, which is no language here"
            hint = f"the languages of the site are {', '.join(languages)}"
            gathered.found.append(SiteError(said, hint))
    gathered.refuse()


def _texts(raw: dict[Any, Any]) -> Iterator[tuple[str, list[Any]]]:
    """What the settings say in several languages, of whatever shape it still is."""
    entries, answered = raw.get("contact"), raw.get("accountability")
    if isinstance(entries, list):
        yield "contact", [one.get("text") for one in entries if isinstance(one, dict)]
    if isinstance(answered, dict):
        yield "accountability", list(answered.values())
