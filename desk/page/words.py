"""How pages of the daily screen are put together, in steps 6 and 7: templates and words to bytes.

Comes in: a template's name and values. Goes out: a page in which only our own tags are tags. It
refuses to know cases, and to mark anything as safe.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from desk.scripts import is_mixed
from desk.strings import LANGUAGES, Strings
from desk.terminal import clean

TEMPLATES = Path(__file__).parent / "templates"
PART_CHARACTERS = 20_000  # of one text, on one page


class Words:
    """All templates and both languages, read once."""

    def __init__(self) -> None:
        self.languages = {language: Strings(language) for language in LANGUAGES}
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"clean": clean, "is_mixed": is_mixed}
        self._templates.globals["part"] = PART_CHARACTERS
        self._templates.globals["languages"] = LANGUAGES

    def render(self, template: str, language: str, values: Mapping[str, object]) -> bytes:
        """A page as UTF-8; a value that is missing is an error, never a blank."""
        words = self.languages[language]
        page = self._templates.get_template(template).render({"t": words, **values})
        return page.encode("utf-8")


@cache
def words() -> Words:
    """Templates and words are the same for every screen of a process."""
    return Words()
