"""What a desk answers for (step 1): the texts under `accountability` of the settings in, refusals out.

Who is responsible and pays, how long it lasts, how to complain about it: what a privacy notice needs, and
what a reader asks before she trusts. Each is a hole of that name in a page. It reads no file and no clock.
"""

from collections.abc import Mapping
from typing import Any  # YAML has no other type until it is checked here

from overrides.words.blanks import is_blank, said
from overrides.words.errors import Gathered, SiteError

# What to write, by name.
TEXTS = {
    "responsible": "who is responsible for the data, with a postal address",
    "data_contact": "how to ask about data or have them erased, and who reads that",
    "basis": "on which article of the law the desk may use the data, as its lawyer decided",
    "kept": "how long an opened complaint is kept at the longest",
    "funding": "who pays",
    "appointed": "who appoints and can dismiss those who handle complaints",
    "until": "until which day the desk is promised to exist, and what happens then",
    "hours": "on which days and hours somebody can be spoken to, evenings too",
    "first_answer": "how soon one hears something",
    "source": "where anyone gets the source of this site",
    "complaints": "how to complain about the desk, and to whom outside it",
    "examined": "who outside the desk has examined whether everyone can use the site, and when; or nobody yet",
    "accessibility": "how to say that the site does not work for somebody, and how soon one hears something",
}
MOST_SIGNS = 600
NEEDED = ("nl", "en")


def fits(texts: Mapping[Any, Any]) -> bool:
    """Whether every text is there, one line each; what is wrong is refused by its name."""
    gathered = Gathered()
    for name in texts:
        with gathered.part():
            _refuse_unknown(name)
    for name, sentence in TEXTS.items():
        with gathered.part():
            _refuse_shape(name, texts.get(name), f"write {sentence}")
    gathered.refuse()
    return True


def _refuse_unknown(name: object) -> None:
    if name not in TEXTS:
        raise SiteError(
            f"accountability has the unknown text {said(name)}", f"known are {', '.join(TEXTS)}"
        )


def _refuse_shape(name: str, text: object, hint: str) -> None:
    if not isinstance(text, dict) or not set(NEEDED) <= set(text):
        raise SiteError(f"accountability {name} has no text in nl and en", hint)
    for language, words in text.items():
        if not isinstance(words, str) or not _line(words):
            where = f"accountability {name} ({said(language)})"
            most = f"in quotes, one line of at most {MOST_SIGNS} signs"
            raise SiteError(f"{where} is {said(words)}", f"{hint}, {most}")


def _line(words: str) -> bool:
    return 0 < len(words.strip()) == len(words) <= MOST_SIGNS and words.isprintable()


def release(texts: Mapping[str, Mapping[str, str]]) -> str:
    """Refuse each blank by its name."""
    gathered = Gathered()
    for name, sentence in TEXTS.items():
        for language, words in texts[name].items():
            if is_blank(words):
                gathered.found.append(
                    SiteError(
                        f"a release refuses the blank in accountability {name} ({language})",
                        f"write {sentence}",
                    )
                )
    gathered.refuse()
    return ""
