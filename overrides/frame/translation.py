"""What a translation is (step 1): its front matter and the Dutch page beside it in, what must be said of it, and
whether it is shown, out.

Dutch is what everything is translated from; English is written beside it. It knows no template and no string.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from overrides.facts import front_matter
from overrides.facts.front_matter import FORM_TEMPLATES, Facts
from overrides.words import yaml_file
from overrides.words.catalogue import ORIGINAL
from overrides.words.errors import SiteError
from overrides.words.strings import Strings

# Of the setting `translations`: pages of need unchecked too, or nothing that nobody has checked.
NEED, CHECKED = "need", "checked"
SOURCE_LANGUAGES = (
    ORIGINAL,
    "en",
)  # written side by side from the facts; all others are translations


@dataclass(frozen=True)
class Choice:
    """Which translations a site shows: the setting `translations`, and the file names of the pages of need."""

    translations: str
    need: Collection[str]

    def shows(self, language: str, page: Path) -> bool:
        """Whether a page that is there is shown; what is not is shown in English, as if nobody had written it."""
        if language in SOURCE_LANGUAGES or (page.name in self.need and self.translations == NEED):
            return True
        meta = front_matter.read(page)
        # The text of a form is in the strings, without which a language is not there at all.
        return front_matter.is_checked(meta) or meta.get("template") in FORM_TEMPLATES


def spoken(strings: dict[str, Strings], translations: str) -> dict[str, Strings]:
    """The languages of a site: with `checked` only those whose strings a native speaker has checked."""
    return {
        language: t
        for language, t in strings.items()
        if translations == NEED or language in SOURCE_LANGUAGES or t.is_checked
    }


def pages_of_need(config: Path) -> tuple[str, ...]:
    """File names of the pages that are translated first, from mkdocs.yml."""
    raw = yaml_file.read(config)
    extra = raw.get("extra") if isinstance(raw, dict) else None
    need = extra.get("need") if isinstance(extra, dict) else None
    if not isinstance(need, list) or not all(isinstance(name, str) for name in need):
        hint = "write under extra, need the file names of the pages of need, such as [index.md]"
        raise SiteError(f"{config.name} has no list of pages of need", hint)
    return tuple(need)


def refuse_need(config: Path, docs: Path) -> None:
    """A page of need that the original has not is a name that nobody meant."""
    for name in pages_of_need(config):
        if not (docs / ORIGINAL / name).is_file():
            hint = "correct the name under extra, need"
            raise SiteError(
                f"{config.name} has {name} among the pages of need, and there is none", hint
            )


def is_behind(docs: Path, facts: Facts, page: str) -> bool:
    """Whether the Dutch page is not the one that a page was translated from.

    What names none was not translated; a page that is not there any more has not changed.
    """
    original = docs / ORIGINAL / page
    if not facts.translated_from or not original.is_file():
        return False
    return facts.translated_from != front_matter.fingerprint(yaml_file.text(original))


def refuse_origin(language: str, page: str, facts: Facts) -> None:
    """A translation says from which Dutch text it was made, and what is none does not."""
    if language in SOURCE_LANGUAGES and facts.translated_from:
        said = f"{language}/{page} has translated_from, and is no translation"
        raise SiteError(said, "take the line out")
    if language not in SOURCE_LANGUAGES and not facts.translated_from:
        hint = f"read it beside docs/{ORIGINAL}/{page}, then run `make translated PAGE=docs/{language}/{page}`"
        raise SiteError(f"{language}/{page} does not say from which Dutch text it was made", hint)
