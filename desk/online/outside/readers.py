"""As whom `desk verify` asks (steps 2 and 9, from outside): what real browsers send, by program and by language.

A host can serve one altered page to a phone, or to one language, alone. It refuses to know the site.
"""

import secrets
from collections.abc import Iterator, Sequence
from itertools import cycle, product

from desk.online.outside.asking import ENCODINGS, Reader

_HTML = "text/html,application/xhtml+xml,application/xml;q=0.9"
_CHROME = (
    f"{_HTML},image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)
_FIREFOX = f"{_HTML},image/avif,image/webp,image/png,image/svg+xml,*/*;q=0.8"
_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
# A phone that is sold now, an old one, an iPhone, two computers, Tor. No name of a phone: Chrome tells none.
AGENTS = {
    "android": (f"Mozilla/5.0 (Linux; Android 10; K) {_WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36", _CHROME),
    "old-android": (f"Mozilla/5.0 (Linux; Android 6.0.1) {_WEBKIT} Chrome/106.0.0.0 Mobile Safari/537.36", _CHROME),
    "iphone": (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
        " Version/18.6 Mobile/15E148 Safari/604.1",
        f"{_HTML},*/*;q=0.8",
    ),
    "windows": (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/142.0.0.0 Safari/537.36", _CHROME),
    "firefox": ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", _FIREFOX),
    "tor": ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", _FIREFOX),
}  # fmt: skip
# Those of the site, as a phone set to that language says them.
LANGUAGES = (
    "nl-NL,nl;q=0.9,en;q=0.8",
    "en-US,en;q=0.5",
    "es-ES,es;q=0.9",
    "ro-RO,ro;q=0.9",
    "bg-BG,bg;q=0.9",
    "hu-HU,hu;q=0.9",
    "pt-BR,pt;q=0.9",
    "pl-PL,pl;q=0.9",
    "th-TH,th;q=0.9",
    "zh-CN,zh;q=0.9",
    "ru-RU,ru;q=0.9",
    "ar,en;q=0.5",
)


def _reader(agent: str, language: str, encoding: str) -> Reader:
    program, accept = AGENTS[agent]
    headers = (
        ("User-Agent", program),
        ("Accept", accept),
        ("Accept-Language", language),
        ("Accept-Encoding", encoding),
    )
    return Reader(f"{agent}, {language.partition(',')[0]}, {encoding}", headers)


def every(agents: Sequence[str], languages: Sequence[str]) -> list[Reader]:
    """Each program in each language once; between them, each of our encodings as often."""
    packed = cycle(ENCODINGS)
    return [
        _reader(agent, language, next(packed)) for agent, language in product(agents, languages)
    ]


def drawn(agents: Sequence[str], languages: Sequence[str]) -> Iterator[Reader]:
    """One reader after the other, by fresh randomness: nobody can know who comes for which file."""
    while True:
        yield _reader(secrets.choice(agents), secrets.choice(languages), secrets.choice(ENCODINGS))
