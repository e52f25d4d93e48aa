"""Each language says a term of the law in one way, and none of the words that would say something else."""

import re
from collections import Counter
from functools import cache

import pytest

from overrides.words import yaml_file
from overrides.words.catalogue import ORIGINAL
from tests.avoid import avoided
from tests.parity import pairs
from tests.site import LANGUAGES, OWN, ROOT
from tests.test_parity import NEED

FOLDER = ROOT / "overrides" / "locale" / "glossary"
OTHERS = [language for language in LANGUAGES if language != ORIGINAL]
SPARED = (
    0.1  # of the places of a term may say it otherwise: by a pronoun, or by what is meant there
)
ALSO = {
    "vergunning": "verblijfsvergunning"
}  # of which Dutch says no more than that where it is clear
# One who exploits, where a Dutch exploitant runs a place. A list of words to avoid has it.
TRAPS = {
    "en": "exploiters",
    "es": "explotadores",
    "ro": "exploatatorul",
    "bg": "експлоататора",
    "hu": "kizsákmányoló",
    "pt-BR": "explorador",
    "pl": "wyzyskiwacza",
    "th": "ผู้แสวงหาประโยชน์",
    "zh": "剥削者",
    "ru": "эксплуататора",
    "ar": "المستغل",
}


@cache
def forms(language: str) -> dict[str, re.Pattern[str]]:
    """How each term is found in a text of a language."""
    raw = yaml_file.read(FOLDER / f"{language}.yml")
    return {term: re.compile("|".join(map(str, one["forms"])), re.I) for term, one in raw.items()}


def missed(language: str) -> tuple[Counter[str], dict[str, list[str]]]:
    """How often each term stands in a Dutch block, and the blocks of the language that say none of its forms."""
    dutch, own = forms(ORIGINAL), forms(language)
    places: Counter[str] = Counter()
    without: dict[str, list[str]] = {}
    for name in sorted({*NEED} & {f"{one}.md" for one in OWN[language]}):
        texts = [(ROOT / "docs" / code / name).read_text("utf-8") for code in (ORIGINAL, language)]
        for original, text in pairs(*texts):
            for term in [term for term, found in dutch.items() if found.search(original)]:
                places[term] += 1
                if not any(own[one].search(text) for one in (term, ALSO.get(term, term))):
                    without.setdefault(term, []).append(f"{name}: {original} → {text}")
    return places, without


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_a_word_in_every_language(language: str) -> None:
    """The same terms, each with what is said and how that is found again, in what is said too."""
    raw = yaml_file.read(FOLDER / f"{language}.yml")

    assert list(raw) == list(forms(ORIGINAL))
    for term, one in raw.items():
        assert set(one) == {"say", "forms"}, term
        if language != ORIGINAL:  # whose pages say some terms in plainer words than the law
            assert forms(language)[term].search(str(one["say"])), term
            assert avoided(str(one["say"]), language) == [], term


@pytest.mark.parametrize("language", OTHERS)
def test_a_term_is_said_in_the_same_way_wherever_it_stands(language: str) -> None:
    """In the same paragraph as in Dutch, on the pages of need."""
    places, without = missed(language)

    assert len(places) > 25
    too_often = {
        term: lines for term, lines in without.items() if len(lines) > max(2, SPARED * places[term])
    }
    assert too_often == {}


def test_a_term_that_is_said_otherwise_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """One form less, and the places that it stood in are listed."""
    before = forms("es")
    monkeypatch.setitem(before, "machtiging", re.compile("nunca"))

    assert len(missed("es")[1]["machtiging"]) > 10


@pytest.mark.parametrize("language", OTHERS)
def test_the_list_of_words_to_avoid_knows_its_trap(language: str) -> None:
    """In a form in which it stands in a sentence; a new language brings its own."""
    assert language in TRAPS, f"give {language} the word for one who exploits"
    assert avoided(TRAPS[language], language) == [TRAPS[language]]
