"""What a built page says in which language: its HTML in, pieces of running text with their language out.

A piece is what stands in one block (a paragraph, a point, a cell, a heading, a button) in one language; what has a
`lang` of its own within a block is a piece by itself.
"""

import re
from collections.abc import Iterator

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from tests.site import LANGUAGES

_TOKEN = re.compile(r"<!--.*?-->|<(/?)([a-z][a-z0-9]*)((?:[^>\"]|\"[^\"]*\")*)>|([^<]+)", re.S)
_LANG = re.compile(r'(?<!href)\blang="([^"]+)"')
_SOURCES = re.compile(r'class="footnote"')
_INLINE = {"a", "abbr", "b", "bdi", "em", "i", "span", "strong", "sup", "time"}
_VOID = {"br", "hr", "img", "input", "link", "meta", "use", "path"}
_SILENT = {"script", "style", "svg", "code", "title"}
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#34;": '"'}
_NAMES = re.compile(r"\S+[.@/]\S+|\b[A-Z][\w-]*")  # addresses, and what begins with a capital
# How many letters a text needs to be told apart: shorter ones of Bulgarian pass for Russian, of Spanish for
# Portuguese. Measured on the pages, of those with 60 letters none was wrong; a sign of Han is half a word.
ENOUGH, ENOUGH_HAN = 60, 15


def pieces(html: str) -> Iterator[tuple[str, str]]:
    """Language and text of each piece of the body, in order; a page that is not well made fails here."""
    stack: list[tuple[str, str]] = [("", "")]
    said: dict[str, list[str]] = {}
    for token in _TOKEN.finditer(html):
        closing, tag, attributes, text = token.groups()
        if text is not None:
            if not any(name in _SILENT for name, _ in stack):
                said.setdefault(stack[-1][1], []).append(text)
            continue
        if tag is None:
            continue
        if tag not in _INLINE:
            yield from _told(said)
            said = {}
        if closing:
            assert stack.pop()[0] == tag, f"</{tag}>"
        elif tag not in _VOID and not attributes.endswith("/"):
            own = _LANG.search(attributes)
            named = _SOURCES.search(attributes)  # which are called what they are called
            stack.append((tag, "" if named else own[1] if own else stack[-1][1]))


def _told(said: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for language, texts in said.items():
        text = " ".join(
            re.sub(r"&#?\w+;", lambda e: _ENTITIES.get(e[0], " "), "".join(texts)).split()
        )
        if text:
            yield language, text


def without_names(text: str) -> str:
    """The text without what is the same in every language."""
    return _NAMES.sub(" ", text)


def is_long(text: str) -> bool:
    """Whether there is enough of a text to tell its language; Thai writes some vowels as signs."""
    letters = sum(sign.isalpha() or "\u0e31" <= sign <= "\u0e4e" for sign in text)
    return letters >= ENOUGH or len(re.findall(r"[\u4e00-\u9fff]", text)) >= ENOUGH_HAN


class Ear:
    """Tells the language of a text among those of the site."""

    def __init__(self) -> None:
        self._model = LanguageIdentifier.from_pickled_model(MODEL_FILE)
        self._codes = {language.partition("-")[0]: language for language in LANGUAGES}
        self._model.set_languages(list(self._codes))

    def hears(self, text: str, language: str) -> str:
        """The likeliest language by its code on this site; `language` where nothing speaks against it.

        The library takes one Russian paragraph in fifty for Bulgarian, and a few the other way. Bulgarian has no
        ы, э and ё; Russian has hardly a text without them.
        """
        found = self._codes[self._model.classify(text)[0]]
        if {found, language} <= {"ru", "bg"}:
            own = {"ru": "[ыэё]", "bg": "ъ"}
            return next((one for one, sign in own.items() if re.search(sign, text, re.I)), language)
        return found
