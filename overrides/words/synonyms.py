"""Words that people use for a page (step 1): a file of overrides/locale/synonyms in, words by page out.

They are found by the field on search/, and what is said of a page stands behind its title there. A language
may have none yet. It knows no page but its name.
"""

from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any  # YAML has no other type until it is checked here

from overrides.words import yaml_file
from overrides.words.errors import SiteError

_PARTS = ("said", "words")


@dataclass(frozen=True)
class Synonyms:
    """By file name of a page: one line on what it is about, and the words and phrases that lead to it."""

    said: dict[str, str] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)


def load(path: Path) -> Synonyms:
    """The file of a language, whatever pages there are."""
    if not path.is_file():
        return Synonyms()
    raw = yaml_file.read(path)
    where = f"synonyms/{path.name}"
    if not isinstance(raw, dict) or set(raw) != set(_PARTS):
        raise SiteError(f"{where} has other parts", f"write {' and '.join(_PARTS)}, both by page")
    said, words = (_by_page(raw[part]) for part in _PARTS)
    for name, line in said.items():
        if not isinstance(line, str):
            raise SiteError(f"{where}: what is said of {name} is no line of text", "write one line")
    for name, some in words.items():
        if not isinstance(some, list) or not all(isinstance(one, str) for one in some):
            hint = "write it as [one word, some more words]; a number needs quotes"
            raise SiteError(f"{where}: {name} has no list of words", hint)
    return Synonyms(said, words)


def _by_page(raw: Any) -> dict[str, Any]:
    return {f"{name}.md": value for name, value in raw.items()} if isinstance(raw, dict) else {}


def refuse_lost(found: Synonyms, pages: Container[str], language: str) -> None:
    """A word that leads to no page is read by nobody; `pages` are the file names that there are."""
    lost = sorted(name for name in {**found.said, **found.words} if name not in pages)
    if lost:
        hint = "write the name of a page in mkdocs.yml, without .md"
        raise SiteError(f"synonyms/{language}.yml names {lost[0]}, which is no page", hint)
