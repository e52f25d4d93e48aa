"""What a voice says of a page (step 1): the HTML of a built page in, the same text as SSML out.

It says what is read: not the marks and notes of sources, no menu, no address of a link, and no sentence twice. What is
in another language is said by the voice of that language. It knows no voice.
"""

import re
from collections.abc import Collection
from html import escape
from html.parser import HTMLParser

_VOID = {"br", "hr", "img", "input", "link", "meta", "use", "path", "wbr"}
_AWAY = {"nav", "sup", "svg", "form", "script", "audio", "button", "select", "textarea"}
_AWAY_CLASSES = {"footnote", "contents", "sheet", "sound", "foot", "up", "crumb", "listen"}
_PAUSES = {
    "h1": 900,
    "h2": 900,
    "h3": 700,
    "p": 350,
    "li": 350,
    "summary": 500,
    "td": 250,
    "th": 250,
}
_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.ASCII)
_UNHEARD = re.compile(r"[\u00ad\u200b-\u200f\u2060-\u2069]|↗")
# A full stop behind a number before a small letter is read as "the so manieth".
_ORDINAL = re.compile(r"(?<=\d)\.(?=\s+[^\W\d_A-Z])")
_MAIN = re.compile(r'<main id="main">(.*?)</main>', re.S)


def ssml(page: str, language: str, voices: Collection[str]) -> str:
    """The text of a page in a language; what is in one that is not among `voices` stays away."""
    inside = _MAIN.search(page)
    reader = _Reader(language, voices)
    reader.feed(inside[1] if inside else page)
    reader.close()
    return f'<speak xml:lang="{language}">{"".join(reader.parts)}</speak>'


class _Reader(HTMLParser):
    """Each open element: its tag, its language, whether it is said, and what closes it."""

    def __init__(self, language: str, voices: Collection[str]) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._voices = voices
        self._open: list[tuple[str, str, bool, str]] = [("", language, True, "")]
        self._is_over = False  # behind the text stand its sources
        self._tel = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element, and change the voice where its language is another."""
        if tag in _VOID:
            self.parts += [" "] if tag == "br" else []
            return
        given = {name: value or "" for name, value in attrs}
        self._is_over |= given.get("id") == "sources"
        _, language, is_said, _ = self._open[-1]
        own = given.get("lang") or language
        away = tag in _AWAY or _AWAY_CLASSES & set(given.get("class", "").split())
        is_said = is_said and not away and not self._is_over and "hidden" not in given
        is_said = is_said and (own == language or own in self._voices)
        end = ""
        if is_said and own != language:
            self.parts.append(f'<voice xml:lang="{own}">')
            end = "</voice>"
        if is_said and given.get("href", "").startswith("tel:"):
            self._tel = len(self._open)
        self._open.append((tag, own, is_said, end))

    def handle_endtag(self, tag: str) -> None:
        """Leave it, with a pause behind a heading or a paragraph."""
        if tag in _VOID:
            return
        _, _, is_said, end = self._open.pop()
        if self._tel == len(self._open):
            self._tel = 0
        if is_said and not self._is_over:
            pause = f'<break time="{_PAUSES[tag]}ms"/>\n' if tag in _PAUSES else ""
            self.parts.append(f"{end}{pause}")

    def handle_data(self, data: str) -> None:
        """Say a text, unless it is an address; a telephone number digit by digit."""
        tag, _, is_said, _ = self._open[-1]
        if not is_said or self._is_over or (tag == "a" and _HOST.fullmatch(data.strip())):
            return
        said = _ORDINAL.sub(",", _UNHEARD.sub("", data))
        if self._tel:
            said = f" {' '.join(re.sub(r'[^0-9+]', ' ', said)) if re.search(r'[0-9]', said) else said} "
        self.parts.append(escape(said, quote=False))
