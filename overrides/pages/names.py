"""Every name by which somebody looks for a municipality (step 1): the facts in, one entry for each name
out, by alphabet.

Present and former municipalities, their other names, and places; what only tells two of one name apart
is left out, so that a name that leads to several municipalities is one entry with all of them.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from overrides.facts.data import Data, sort_key

_APART = re.compile(r" \([^)]*\)$")  # Laren (NH.), Niekerk (gem. Het Hogeland)


@dataclass
class Entry:
    """Codes by name, each once: `own` are municipalities of that name, in the others it is a place.

    `former` are those among which a municipality of that name was divided.
    """

    name: str
    own: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)

    @property
    def present(self) -> list[str]:
        """Where the name lies today, the municipality of that name first."""
        return list(dict.fromkeys([*self.own, *self.places]))


def base(name: str) -> str:
    """The name without what tells it apart from another one."""
    return _APART.sub("", name)


def entries(data: Data) -> list[Entry]:
    """All names by alphabet."""
    found: dict[str, Entry] = {}
    for here in data.municipalities.values():
        _entry(found, here.name).own.append(here.code)
        for alias in here.aliases:
            _entry(found, alias).places.append(here.code)
    for name, code in data.names.places:
        _entry(found, name).places.append(code)
    for name, code in data.names.former:
        _entry(found, name).former.append(code)
    return sorted(found.values(), key=lambda one: (sort_key(one.name), one.name))


def letter(name: str) -> str:
    """The letter under which a name stands: 's-Hertogenbosch under H."""
    return sort_key(name)[0].upper()


@lru_cache(maxsize=1)
def by_letter(data: Data) -> dict[str, list[Entry]]:
    """All names by their first letter, in order; the same in every language, and nobody changes it."""
    return {at: list(found) for at, found in groupby(entries(data), lambda one: letter(one.name))}


def _entry(found: dict[str, Entry], name: str) -> Entry:
    return found.setdefault(base(name), Entry(base(name)))
