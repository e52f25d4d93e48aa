"""Pages to listen to (step 1): a built site in, sound of its pages of need and the player on them out.

The player is laid into pages as they are built, so that the sound says what stands there and a page without one has
neither a player nor a policy that lets sound in. Nothing is fetched before somebody presses. What a voice gets
right was told from its phonemes (`tests/test_voice.py`), not by ear: a release asks who listened.
"""

import os
import re
from collections import deque
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html import escape
from pathlib import Path

from overrides.facts.front_matter import parse, read
from overrides.frame import headers
from overrides.frame.edition import Edition, url_path
from overrides.frame.frame import speaking
from overrides.paper import spoken, voice
from overrides.words.errors import SiteError

# The voice of each language that it reads right: numbers, question words, and words that stand on our pages.
VOICES: Mapping[str, str] = {
    "nl": "nl",
    "en": "en",
    "es": "es",
    "ro": "ro",
    "hu": "hu",
    "pt-BR": "pt-br",
    "pl": "pl",
    "ru": "ru",
}
# Languages of the site that have none, and what was wrong in espeak-ng 1.52.0.
LEFT_OUT: Mapping[str, str] = {
    "bg": "the stress is wrong: \u0435\u0434\u043d\u043e and \u0437\u0430\u0449\u043e on their first syllable",
    "th": "vowels that are written before their consonant are said before it",
    "zh": "words are read sign by sign: \u4fbf\u5b9c as bi\u00e0ny\u00ed; nobody here can judge the tones",
    "ar": "vowels that are not written are not said: \u064a\u0643\u062a\u0628 as jktb",
}
# Of the pages of need: a list of addresses to look at and press, a quarter of an hour long.
_NOT_READ = frozenset({"help.md"})
_FOLDER = "sound"
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content="[^"]*)"')
# Behind the text, and before its sources.
_END = re.compile(
    r'<h2 id="sources">|<div class="footnote">|(?:<svg hidden>.*?</svg>)?\s*</div>\s*</main>', re.S
)
_MIB, _TENTH = 1_000_000, 10


def languages(site: Edition, *, release: bool) -> list[str]:
    """Which are made: those with a voice; in a release those of them to which somebody listened."""
    heard: Mapping[str, date] = site.settings.heard
    return [one for one in site.strings if one in VOICES and (one in heard or not release)]


def missed(site: Edition) -> list[str]:
    """What a release says that could make none, and was to."""
    names = voice.lacks() if languages(site, release=True) else []
    return (
        [f"without sound: {names[0]} is not installed; {voice.GET}, then build it again"]
        if names
        else []
    )


def write(site: Edition, made: Path, chosen: list[str]) -> None:
    """Make the sound of the pages in `made`, in these languages, and put the player on each."""
    editions = [speaking(site, language) for language in chosen]
    read = [(own, name) for own in editions for name in site.need if _is_read(own, name)]
    with ThreadPoolExecutor(os.cpu_count()) as beside:  # each waits for a process of its own
        deque(beside.map(lambda one: _write(one[0], one[1], made), read), maxlen=0)


def _is_read(site: Edition, name: str) -> bool:
    """Whether a page is in its own language and a text, and not a form to fill in."""
    path = site.docs / site.t.language / name
    if name in _NOT_READ or site.shown(name).language != site.t.language or not path.is_file():
        return False
    return not parse(name, read(path)).form


def _write(site: Edition, name: str, made: Path) -> None:
    language = site.t.language
    page = made / url_path(language, name).strip("/") / "index.html"
    html = page.read_text("utf-8")
    octets = voice.mp3(spoken.ssml(html, language, VOICES), VOICES[language])
    file = f"{language}/{_FOLDER}/{name.removesuffix('.md')}.mp3"
    (made / file).parent.mkdir(exist_ok=True)
    (made / file).write_bytes(octets)
    page.unlink()  # it may be one more name of a file that is kept
    page.write_text(with_player(site, html, f"/{file}", octets), "utf-8", newline="\n")


def with_player(site: Edition, html: str, address: str, octets: bytes) -> str:
    """The page with its player behind the text, and a policy that lets in sound of this site."""
    t = site.t
    tenths = -(-len(octets) * _TENTH // _MIB)
    point = "." if t.language == "en" else ","  # as CLDR has it in every language with a voice
    said = t(
        "listen.about",
        minutes=str(max(1, round(voice.seconds(octets) / 60))),
        size=f"{tenths // _TENTH}{point}{tenths % _TENTH}",
    )
    block = (
        f'<div class="listen"><p>{escape(said)}</p>\n<audio controls preload="none" src="{address}"'
        f' aria-label="{escape(t("listen.label"))}"></audio></div>\n'
    )
    html, policies = _POLICY.subn(rf'\1; {escape(headers.SOUND)}"', html)
    start = html.find("<main")
    end = _END.search(html, start)
    if policies != 1 or start < 0 or not end:
        raise SiteError(f"there is no place for a player on {address}", "look at its template")
    return html[: end.start()] + block + html[end.start() :]
