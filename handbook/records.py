"""The list of pictures: handbook/pictures.yml in, records out. It takes no picture.

It refuses a record with a field that nobody knows, two of one name, and one that no page shows.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from handbook.sources import LANGUAGES, PAGES

LIST = Path(__file__).with_name("pictures.yml")
HOUSES = ("desk", "site")
NAMED = re.compile(r"pictures/([a-z0-9-]+)\.png")
_FIELDS = {"name", "steps", "crop", "marks"}
Said: TypeAlias = str | Mapping[str, str]  # one text, or one for each language
Step: TypeAlias = tuple[str, Said]  # a verb, and what it is done with


class Unlike(Exception):
    """A record that does not fit what is there."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: how its screen is reached from that of the record before, what of it, and what is numbered."""

    name: str
    house: str  # one of `HOUSES`
    steps: tuple[Step, ...]
    crop: tuple[Said, ...]  # CSS of the elements around which it is cut
    marks: tuple[Said, ...]  # CSS of the elements with a number, from 1 on


def _picture(house: str, raw: Mapping[str, Any]) -> Picture:
    if unknown := set(raw) - _FIELDS:
        raise Unlike(f"picture {raw.get('name')}: nobody knows {', '.join(sorted(unknown))}")
    steps = tuple((verb, about) for step in raw.get("steps", ()) for verb, about in step.items())
    return Picture(raw["name"], house, steps, tuple(raw["crop"]), tuple(raw.get("marks", ())))


def read(path: Path = LIST) -> list[Picture]:
    """All records in their order."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    found = [_picture(house, one) for house in HOUSES for one in raw[house]]
    names = [one.name for one in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Unlike(f"two pictures of one name: {', '.join(twice)}")
    return found


def shown(language: str) -> set[str]:
    """The pictures that pages of a language show."""
    texts = (path.read_text("utf-8") for path in PAGES.glob(f"{language}/**/*.md"))
    return {name for text in texts for name in NAMED.findall(text)}


def check(found: Sequence[Picture]) -> None:
    """Refuse a picture that a page shows and nobody takes, and one that no page shows."""
    names = {one.name for one in found}
    for language in LANGUAGES:
        if wanted := shown(language) - names:
            raise Unlike(f"no record of a picture that a page shows: {', '.join(sorted(wanted))}")
        if idle := names - shown(language):
            raise Unlike(f"no page in {language} shows the picture {', '.join(sorted(idle))}")
