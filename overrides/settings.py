"""What a desk fills in itself (step 1): a settings file in, one frozen record out.

There is no default for any of it: a missing setting stops the build and is named. It knows nothing
of pages, and a release refuses everything that is only good for practice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from overrides.errors import SiteError

OPEN = "OPEN:"
KINDS = ("telephone", "post", "visit")
PRACTICE_KEY = "practice"  # as site_key: the one that this machine made
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_FIELDS = {
    "name": str,
    "organisation": str,
    "site_url": str,
    "exit_url": str,
    "reference_date": date,
    "board_epoch": int,
    "practice": bool,
    "site_key": str,
    "keys_issued_at_least": date,
    "contact": list,
    "reply_languages": dict,
}


@dataclass(frozen=True)
class Contact:
    """One other way to reach the desk; `verified_live` is the day somebody tried it, or None."""

    kind: str
    text: Mapping[str, str]
    verified_live: date | None


@dataclass(frozen=True)
class Settings:
    """Everything a desk decides about its own site.

    `site_url` has no slash at its end; `site_key` is the fingerprint of the site key (64 hexadecimal digits) or
    `practice`; `board_epoch` is the number of the newest reply board on the reference date (WIRE.md section
    7.6), 0 before the first; `reply_languages` maps a code to the language's own name.
    """

    name: str
    organisation: str
    site_url: str
    exit_url: str
    reference_date: date
    board_epoch: int
    practice: bool
    site_key: str
    keys_issued_at_least: date
    contact: tuple[Contact, ...]
    reply_languages: Mapping[str, str]


def shown(text: str) -> str:
    """The text a reader sees: a blank without its marker."""
    return text.removeprefix(OPEN).strip()


def load(path: Path, reference_date: date | None = None) -> Settings:
    """Read a settings file; `reference_date` replaces the date in it."""
    if not path.is_file():
        raise SiteError(f"there is no settings file {path.name}", "copy settings.practice.yml")
    settings = parse(yaml.safe_load(path.read_text(encoding="utf-8")))
    return replace(settings, reference_date=reference_date or settings.reference_date)


def parse(raw: object) -> Settings:
    """Settings from what the YAML held: exactly the known names, each of its type."""
    if not isinstance(raw, dict):
        raise SiteError("the settings file is not a list of names and values")
    for name in raw:
        if name not in _FIELDS:
            raise SiteError(f"unknown setting {name}")
    for name, kind in _FIELDS.items():
        if type(raw.get(name)) is not kind or raw[name] in ("", [], {}):
            raise SiteError(f"the setting {name} is missing or not a {kind.__name__}")
    _check_pin(raw["site_key"], practice=raw["practice"])
    contact = tuple(_contact(entry) for entry in raw["contact"])
    return Settings(**{**raw, "site_url": _origin(raw["site_url"]), "contact": contact})


def refuse_practice(settings: Settings) -> None:
    """Stop a release that still has a practice setting, a blank or an untried telephone number."""
    if settings.practice:
        raise SiteError("a release refuses the setting practice: true")
    for name in ("name", "organisation", "site_url", "exit_url"):
        _refuse_blank(name, getattr(settings, name))
    for entry in settings.contact:
        for language, text in entry.text.items():
            _refuse_blank(f"contact {entry.kind} ({language})", text)
        if entry.kind == "telephone" and entry.verified_live is None:
            raise SiteError(
                "a release refuses a telephone number without verified_live",
                "call it, then write down the date",
            )
    if not settings.site_url.startswith("https://"):
        raise SiteError("a release needs an https site_url")


def _refuse_blank(name: str, text: str) -> None:
    if text.startswith(OPEN):
        raise SiteError(f"a release refuses the blank in {name}", "fill it in")


def _check_pin(site_key: str, *, practice: bool) -> None:
    """A pin for practice is on no real site, and a real one on no practice site."""
    if practice != (site_key == PRACTICE_KEY):
        hint = "the pin is practice if and only if practice is true"
        raise SiteError("the settings site_key and practice do not fit together", hint)
    if not practice and not _FINGERPRINT.fullmatch(site_key):
        hint = "give the fingerprint that `desk key publish` says: 64 digits, in small letters"
        raise SiteError("the setting site_key is not the fingerprint of a key", hint)


def _origin(url: str) -> str:
    """The site stands at the root of its host: the exit, the drop and the keys rely on it."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/"):
        raise SiteError("the setting site_url is not like https://example.org")
    return f"{parts.scheme}://{parts.netloc}"


def _contact(raw: object) -> Contact:
    if not isinstance(raw, dict) or set(raw) != {"kind", "text", "verified_live"}:
        raise SiteError("an entry of contact needs kind, text and verified_live")
    if raw["kind"] not in KINDS:
        raise SiteError(f"the kind of a contact is one of {', '.join(KINDS)}")
    if raw["verified_live"] is not None and type(raw["verified_live"]) is not date:
        raise SiteError("verified_live of a contact is a date or null")
    text = raw["text"]
    if not isinstance(text, dict) or not all(isinstance(t, str) and t for t in text.values()):
        raise SiteError("the text of a contact is one text per language")
    return Contact(raw["kind"], text, raw["verified_live"])
