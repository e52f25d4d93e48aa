"""Pages to listen to: which voices are right, what is said of a page, and the player that comes with it."""

import ctypes
import os
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from overrides.frame import headers
from overrides.paper import sound, spoken, voice
from overrides.press import opening
from overrides.press.order import Order
from tests import printed
from tests.site import LANGUAGES, SETTINGS, Built
from tests.soak import SOAK

MOST_BYTES = (
    1_700_000  # of the longest page, at the doors; with help.md it would be half as much again
)
# Numbers, question words and words of our pages in International Phonetic Alphabet, as each language is spoken.
RIGHT = {
    "nl": {
        "drie": "drˈi",
        "waarom": "ʋˈaːrɔm",
        "112": "hˈɔndər tʋˌaːlf",
        "advocaat": "ˌɑdvoːkˈaːt",
    },
    "en": {"three": "θɹˈiː", "complaint": "kəmplˈeɪnt", "police": "pəlˈiːs", "two": "tˈuː"},
    "es": {"dos": "dˈos", "quién": "kjˈen", "queja": "kˈexa", "policía": "pˌoliθˈia"},
    "pl": {"jeden": "jˈɛdɛn", "skarga": "skˈarɡa", "112": "stˈɔ dvanˈaɕtɕɛ", "dwa": "dvˈa"},
    "hu": {"kettő": "kˈɛtːøː", "miért": "mˈieːrt", "ügyvéd": "ˈyɟveːd", "hol": "hˈol"},
    "pt-BR": {"dois": "dˈoɪs", "três": "trˈes", "polícia": "polˈisjæ", "ajuda": "aʒˈudæ"},
    "ro": {"trei": "trˈeɪ", "cine": "tʃˈine", "poliție": "polˈitsje", "ajutor": "aʒutˈor"},
    "ru": {"сегодня": "sʲivˈodnʲʌ", "его": "jɪvˈo", "почему": "pʌtʃʲimˈu", "адвокат": "advʌkˈɑt"},
}
# What it says, and what is wrong with it.
WRONG = {
    "bg": ("bg", "защо", "zˈaʃto"),  # the stress is on the o
    "ar": ("ar", "يكتب", "jktb"),  # yaktub
    "th": ("th", "แม่", "ˈae2m"),  # mae, with the m first
    "zh": ("cmn", "便宜", "piɛ5njˈiɜ"),  # pianyi, the first in the second tone
}


def said(name: str, word: str) -> str:
    """What a voice makes of a word, in IPA; the second stress stays away."""
    library = voice.library()
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    assert library.espeak_SetVoiceByName(name.encode()) == 0
    text = ctypes.c_char_p(word.encode())
    place = ctypes.pointer(ctypes.c_void_p(ctypes.cast(text, ctypes.c_void_p).value))
    found = b""
    while place.contents.value:
        found += library.espeak_TextToPhonemes(place, 1, 2)
    return found.decode()


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def made(built: Built, language: str, folder: Path) -> tuple[Path, Path]:
    """The page about leaving with sound, in a folder of its own: the page and the sound."""
    site = printed.editions()[language]
    page = folder / language / "leaving" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_bytes(built.files[f"{language}/leaving/index.html"])
    os.link(page, folder / "kept.html")
    sound.write(replace(site, need=("leaving.md",)), folder, [language])
    return page, folder / language / "sound" / "leaving.mp3"


@pytest.mark.parametrize("language", RIGHT)
def test_a_voice_that_is_used_says_the_words_as_the_language_does(language: str) -> None:
    """Each sound and stress of the table, in the signs that this voice has for them."""
    name = sound.VOICES[language]
    heard = {word: said(name, word) for word in RIGHT[language]}
    plain = {word: ipa.replace("ˌ", "") for word, ipa in heard.items()}
    assert plain == {word: ipa.replace("ˌ", "") for word, ipa in RIGHT[language].items()}


@pytest.mark.parametrize("language", WRONG)
def test_a_language_is_left_out_for_what_its_voice_still_does(language: str) -> None:
    """Where this fails the voice was bettered: look again whether it is right."""
    name, word, ipa = WRONG[language]
    assert said(name, word) == ipa
    assert language not in sound.VOICES


def test_every_language_has_a_voice_or_a_reason() -> None:
    """And none has both."""
    assert sorted([*sound.VOICES, *sound.LEFT_OUT]) == sorted(LANGUAGES)
    assert RIGHT.keys() == sound.VOICES.keys()
    assert WRONG.keys() == sound.LEFT_OUT.keys()


def test_what_is_read_is_said_and_nothing_else() -> None:
    """No mark, no note, no sound in brackets, no address; Dutch by a Dutch voice; a number digit by digit."""
    page = (
        '<main id="main"><nav class="crumb">Menu</nav><div><h1>Hola</h1><p>Di: <em class="say" lang="nl">Nee &amp; ja.'
        '</em><span class="sound">[ne]</span><sup id="fnref:1"><a href="#fn:1">1</a></sup> Llama al '
        '<a href="tel:0800123">0800-123</a>, 112. si hay peligro. <a href="https://a.example">www.a.example</a>'
        ' <i lang="th">ไทย</i></p><div class="footnote">nota</div><h2 id="sources">Fuentes</h2><p>x</p></div></main>'
    )
    ssml = spoken.ssml(page, "es", sound.VOICES)
    assert '<voice xml:lang="nl">Nee &amp; ja.</voice>' in ssml
    assert '<break time="900ms"/>' in ssml
    assert words(ssml) == "Hola Di: Nee & ja. Llama al 0 8 0 0 1 2 3 , 112, si hay peligro."


def test_the_dutch_voice_is_another_inside_a_page() -> None:
    """The change of voice is heard: the same word without it sounds otherwise."""
    with_it = voice.mp3('<speak>Di <voice xml:lang="nl">gevaar</voice></speak>', "es")
    assert with_it != voice.mp3("<speak>Di gevaar</speak>", "es")


@pytest.mark.parametrize("language", ["nl", "es"])
def test_a_page_gets_a_player_and_the_same_bytes_each_time(
    built_site: Built, tmp_path: Path, language: str
) -> None:
    """Behind another text too; what is kept of the page for the next build stays without sound."""
    before = built_site.files[f"{language}/leaving/index.html"]
    page, file = made(built_site, language, tmp_path / "one")
    voice.mp3("<speak>112</speak>", "hu")
    _, again = made(built_site, language, tmp_path / "two")
    assert file.read_bytes() == again.read_bytes()
    assert (tmp_path / "one" / "kept.html").read_bytes() == before
    html = page.read_text("utf-8")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    assert unescape(policy) == f"{headers.meta_policy(form=False)}; {headers.SOUND}"
    (player,) = re.findall(r"<audio [^>]*>", html)
    assert f'preload="none" src="/{language}/sound/leaving.mp3"' in player
    assert "autoplay" not in player
    assert html.index("<audio") > html.index("<h1>")
    assert 60 < voice.seconds(file.read_bytes()) < 1200


def test_no_page_of_a_usual_build_can_be_listened_to(built_site: Built) -> None:
    """No player, no policy that lets sound in, no dead link."""
    for name, octets in built_site.files.items():
        assert not name.endswith(".mp3")
        if name.endswith(".html"):
            assert b"<audio" not in octets
            assert b"media-src" not in octets


def test_a_site_with_sound_is_never_kept_for_the_next_build() -> None:
    """So a page whose text changed has no sound of the old one: it has none, or a new one."""
    order = Order(SETTINGS, Path("keys.json"), Path("out"), kept=Path("kept"))
    assert order.finished() == Path("kept/finished")
    assert replace(order, sound=True).finished() is None


def test_a_release_speaks_only_where_somebody_listened() -> None:
    """Practice speaks wherever a voice is right; the list for the desk names who is still to be asked."""
    site = printed.editions()["nl"]
    heard = {"es": date(2026, 11, 22), "th": date(2026, 11, 22)}
    settings = replace(site.settings, heard=heard)
    listened = replace(site, settings=settings)
    assert sound.languages(site, release=True) == []
    assert sound.languages(listened, release=True) == ["es"]
    assert sound.languages(site, release=False) == [one for one in LANGUAGES if one in RIGHT]
    enough = {"tried_by_sex_workers": 5, "tried_by_handlers": 2, "heard": heard}
    found = [*opening.tasks((), (), enough, voices=("nl", "es"))]
    assert [(one.who, one.what, one.vital) for one in found] == [
        ("listener", "nl: make sound", False)
    ]


@pytest.mark.parametrize("language", sound.VOICES if SOAK else ["pl"])
def test_the_longest_page_is_light(built_site: Built, language: str) -> None:
    """Of the doors, in Polish where it is longest, and in a soak in every language with a voice."""
    html = built_site.files[f"{language}/door/index.html"].decode("utf-8")
    ssml = spoken.ssml(html, language, sound.VOICES)
    assert len(voice.mp3(ssml, sound.VOICES[language])) < MOST_BYTES
