"""Sentences of the facts in other languages: found by their Dutch text, or shown in English and marked so."""

from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
import yaml

from overrides.frame.edition import SOURCE_LANGUAGES
from overrides.pages.wording import Voice
from overrides.words.by_dutch import FACTS, load
from overrides.words.errors import SiteError
from overrides.words.strings import Strings
from tests.site import LANGUAGES, ROOT

LOCALE = ROOT / "overrides" / "locale"
# The data whose sentences stand on pages of need; the other files are read on pages in Dutch and English.
NEEDED = ("usual", "officials", "directory", "routes", "promises")
TRANSLATED = [one for one in LANGUAGES if one not in SOURCE_LANGUAGES]
WORDS = {"nl": "Alleen met een reden.", "en": "Only with a reason."}


def sentences(raw: object, name: str = "") -> Iterator[str]:
    """The Dutch of every text in two languages, but for titles of sources, which stay as they were found."""
    if isinstance(raw, dict):
        if {"nl", "en"} <= set(raw) and name != "title":
            yield raw["nl"]
        else:
            for key, inner in raw.items():
                yield from sentences(inner, str(key))
    elif isinstance(raw, list):
        for inner in raw:
            yield from sentences(inner, name)


def dutch() -> set[str]:
    """Every sentence that a translator of the facts has to write."""
    files = [yaml.safe_load((ROOT / f"docs/data/{name}.yml").read_text("utf-8")) for name in NEEDED]
    return {one for raw in files for one in sentences(raw) if one}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_facts_is_there_in_every_language(language: str) -> None:
    """None is missing, and none is kept whose Dutch text was changed."""
    path = LOCALE / FACTS / f"{language}.po"

    assert set(load(path)) == {entry.msgid for entry in polib.pofile(str(path))} == dutch()


def test_a_sentence_is_shown_in_her_language_or_marked_as_english() -> None:
    """Nobody reads English that says it is Spanish."""
    known = Voice(Strings("es", {}, facts={WORDS["nl"]: "Solo con un motivo & más."}))

    assert known.words(WORDS) == "Solo con un motivo &amp; más."
    assert Voice(Strings("es", {})).words(WORDS) == (
        '<span class="found" lang="en" dir="ltr">Only with a reason.</span>'
    )
    assert Voice(Strings("nl", {})).words(WORDS) == WORDS["nl"]


def test_what_is_not_finished_is_not_there(tmp_path: Path) -> None:
    """Empty, a guess, or kept of a deleted sentence: the English one stands in its place."""
    path = tmp_path / "es.po"
    path.write_text(
        'msgid "a"\nmsgstr ""\n\n#, fuzzy\nmsgid "b"\nmsgstr "x"\n\nmsgid "c"\nmsgstr "y"\n\n'
        '#~ msgid "d"\n#~ msgstr "z"\n',
        "utf-8",
    )

    assert load(path) == {"c": "y"}
    assert load(tmp_path / "ar.po") == {}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('msgid "a"\nmsgstr "<b>"\n', "es.po has a sign of HTML behind: a"),
        ('msgid "a"\nmsgstr "x"\n\nmsgid "a"\nmsgstr "y"\n', "es.po has twice: a"),
        ('msgid "a\nmsgstr x\n', "es.po, line 1: cannot be read"),
    ],
)
def test_a_file_that_is_wrong_is_refused(tmp_path: Path, written: str, said: str) -> None:
    """One sentence, with the file and what is wrong in it."""
    (tmp_path / "es.po").write_text(written, "utf-8")

    with pytest.raises(SiteError, match=said):
        load(tmp_path / "es.po")
