"""Every translation has what the Dutch page has: the same sources, links, numbers and sentences in the same places."""

from collections import Counter

import pytest

from overrides.facts import front_matter
from overrides.frame.translation import pages_of_need
from overrides.words.by_dutch import SOUNDS, load
from overrides.words.catalogue import ORIGINAL
from tests.parity import blocks, differences, months, numbers
from tests.site import CONFIG, LANGUAGES, ROOT

DOCS = ROOT / "docs"
NEED = pages_of_need(CONFIG)
OTHERS = [language for language in LANGUAGES if language != ORIGINAL]
MONTHS = {language: months(language) for language in LANGUAGES}
DUTCH = {name: (DOCS / ORIGINAL / name).read_text("utf-8") for name in NEED}
PAGE = """---
title: Deur
summary: >-
  Bel binnen 2 uur.[^a]
last_checked: 2026-11-22
---

## Nu {: #now }

- *Ik ben nog geen 18.*{: .say }
- [**Weg**](#gone){: .i-gone }

Bel [112](tel:112) voor 18.00 uur.[^b] Op 1 juli 2024 werd het 35.400 euro.

!!! contested "Omstreden"
    Het is 0,5 procent.

{directory:danger}
"""
SPANISH = """---
title: Puerta
summary: >-
  Llama en 2 horas.[^a]
last_checked: 2026-11-22
translated_from: 2026-11-22 0123456789ab
---

## Ahora {: #now }

- *Ik ben nog geen 18.*{: .say lang=nl } Aún no tengo 18 años.
- [**Se fueron**](#gone){: .i-gone }

El 1 de julio de 2024 fueron 35,400 euros. Llama antes de las 18:00 al [112](tel:112).[^b]

!!! contested "Dudoso"
    Es el 0.5 por ciento.

{directory:danger}
"""
APART = {
    "another number": ("2 horas", "3 horas", "numbers"),
    "another day": ("1 de julio", "1 de junio", "numbers"),
    "a number that went": ("antes de las 18:00", "antes", "numbers"),
    "a number too many": ("Es el 0.5", "Entre 2 es el 0.5", "numbers"),
    "another sum": ("35,400", "35,40", "numbers"),
    "a number that the sentence lost": ("tengo 18 años", "soy mayor", "numbers"),
    "a source that went": ("[^b]", "", "sources"),
    "a source elsewhere": ("2 horas.[^a]", "2 horas.[^b]", "sources"),
    "another link": ("(tel:112)", "(tel:113)", "links"),
    "another anchor": ("(#gone)", "(#weg)", "links"),
    "another id": ("#now", "#ahora", "attributes"),
    "another sign": (".i-gone", ".i-door", "attributes"),
    "another Dutch sentence": ("nog geen 18.*", "al 18.*", "says"),
    "a sentence lost": ("- *Ik ben nog geen 18.*{: .say lang=nl } Aún no tengo 18 años.\n", "", "kind"),
    "a heading lower": ("## Ahora", "### Ahora", "kind"),
    "another box": ("!!! contested", "!!! unknown", "kind"),
    "another part from data": ("directory:danger", "directory:first", "markers"),
    "another day of the check": ("last_checked: 2026-11-22", "last_checked: 2026-11-23", "last_checked"),
    "a paragraph more": ("{directory", "Fin.\n\n{directory", "there are more"),
}  # fmt: skip


def found(page: str) -> list[str]:
    """What differs of a Spanish page from the one above."""
    return list(differences(PAGE, page, MONTHS["nl"], MONTHS["es"]))


def test_a_translation_of_everything_is_the_same() -> None:
    """Words, their order, lang= and the signs within a number may differ."""
    assert found(SPANISH) == []


@pytest.mark.parametrize("what", APART)
def test_each_thing_that_is_lost_is_found(what: str) -> None:
    """By the name of the property, in the block where it is."""
    old, new, said = APART[what]
    assert old in SPANISH
    assert any(said in line for line in found(SPANISH.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("language", "text", "counted"),
    [
        ("th", "เวลา ๑๘.๐๐ น. ภายใน 35,400", ["18", "35400"]),
        ("ar", "بين ٦:٠٠ و١٨:٣٠", ["6", "18", "30"]),
        ("pl", "35 400 euro, 16\u00a0384 bajty, 0,5", ["35400", "16384", "0.5"]),
        ("nl", "van 0.00 tot 6.00 uur, op 1 juli 2024", ["6", "1", "month 7", "2024"]),
        ("en", "6:00, on 1 July 2024. May they?", ["6", "1", "month 7", "2024"]),
        ("es", "el 1 de julio de 2024", ["1", "month 7", "2024"]),
        ("zh", "2024年7月1日，7月以前", ["2024", "month 7", "1"]),
        ("hu", "2024. július 1-jén, március 2-án", ["2024", "month 7", "1", "month 3", "2"]),
        ("bg", "от 1 юли 2024 г.", ["1", "month 7", "2024"]),
    ],
)
def test_a_number_counts_however_it_is_written(
    language: str, text: str, counted: list[str]
) -> None:
    """With the digits and signs of each language; a month only where a day stands before it."""
    assert numbers(text, months(language)) == Counter(counted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_need_is_there(language: str) -> None:
    """In every language, by the same names."""
    assert [name for name in NEED if not (DOCS / language / name).is_file()] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_what_the_dutch_page_has(language: str) -> None:
    """Every page of need, and what else of a language was translated; English says more on others, beside letters."""
    apart = []
    for path in sorted((DOCS / language).glob("*.md")):
        if path.name in NEED or language != "en":
            dutch = (DOCS / ORIGINAL / path.name).read_text("utf-8")
            said = differences(dutch, path.read_text("utf-8"), MONTHS[ORIGINAL], MONTHS[language])
            apart += [f"{path.name}: {one}" for one in said]
    assert apart == []


def test_every_dutch_sentence_to_say_has_a_line_that_says_how_it_sounds() -> None:
    """On the pages of need, in every language but Dutch."""
    said = {
        sentence
        for text in DUTCH.values()
        for block in blocks("\n".join(front_matter.parted(text)), is_dutch=True)
        for sentence in block.says
    }
    assert len(said) > 50
    for language in OTHERS:
        sounds = load(ROOT / "overrides" / "locale" / SOUNDS / f"{language}.po")
        assert sorted(said - set(sounds)) == [], language
