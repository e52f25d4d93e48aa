"""112 is a link wherever it stands in a text, and never without the words that the police may come."""

import re

import pytest

from tests.site import LANGUAGES, STRINGS, Built
from tests.soak import count

LINK = '<a href="tel:112">112</a>'
BUTTON = '<a class="button" href="tel:112">112</a>'
# As the pages say it, by language; a card says it in the words of its record.
COMES = {
    "nl": "De politie kan komen als je belt|De meldkamer kan de politie sturen",
    "en": "The police may come if you call|The control room can send the police",
    "es": "puede venir la policía|La central de emergencias puede enviar a la policía",
    "ro": "poate veni poliția|Dispeceratul poate trimite poliția",
    "bg": "може да дойде полиция|Спешният център може да изпрати полиция",
    "hu": "A rendőrség kijöhet, ha telefonálsz|A segélyhívó központ rendőrséget küldhet",
    "pt-BR": "A polícia pode vir se você ligar|A central de emergência pode mandar a polícia",
    "pl": "Policja może przyjechać|Centrum alarmowe może wysłać policję",
    "th": "ตำรวจอาจมา|ศูนย์รับแจ้งเหตุส่งตำรวจมาได้",
    "zh": "警察可能会来|报警中心可以派警察来",
    "ru": "может приехать полиция|Служба вызова может отправить полицию",
    "ar": "قد تأتي الشرطة|يمكن لغرفة الطوارئ إرسال الشرطة",
}
# The same on a card, in one short line with the number.
CARD = {
    code: re.escape(t("cards.danger").partition("112")[2].strip(" :."))
    for code, t in STRINGS.items()
}
# What is a name and no number: of the entry in the directory, in bold.
_NAME = re.compile(r"<strong>(?:<a [^>]*>)?112(?:</a>)?</strong>")
_SAY = re.compile(r'<(em|span) class="say".*?</\1>', re.S)
# What is drawn as it is printed: no link can be pressed on paper.
_PAPER = re.compile(r'<div class="paper\b.*?(?=</main>)', re.S)
_TAG = re.compile(r"<[^>]+>")
_BARE = re.compile(r"(?<![\w/:.-])112(?![\w-])")


def texts(built: Built, language: str) -> dict[str, str]:
    """What stands in the main part of every page of a language, and in its footer; a share of those alike."""
    paths = [path for path in built.paths if path.startswith(f"/{language}/")]
    alike = [path for path in paths if "/m/" in path]
    chosen = {*paths} - {*alike} | {*alike[:: count(1, 20)]}
    return {path: built.text(path).partition("<main")[2].partition("</body>")[0] for path in chosen}


@pytest.mark.parametrize("language", LANGUAGES)
def test_112_is_a_link_behind_the_words_that_the_police_may_come(
    built_site: Built, language: str
) -> None:
    """In the text of a page and in its footer; a sentence to say is Dutch and no link."""
    found = 0
    for path, whole in texts(built_site, language).items():
        printed, html = _PAPER.findall(whole), _PAPER.sub("", whole)
        for paper in printed:
            lines = [
                line
                for line in re.split(r"</p>|</li>|</h2>", paper)
                if _BARE.search(_TAG.sub(" ", line))
            ]
            assert all(re.search(f"{COMES[language]}|{CARD[language]}", line) for line in lines), (
                path
            )
        main, _, footer = _SAY.sub("", _NAME.sub("", html)).partition("</main>")
        for part in (main, footer):
            before, *_ = part.split('"tel:112"', 1)
            assert not _BARE.search(_TAG.sub(" ", part.replace(LINK, "").replace(BUTTON, ""))), path
            if "tel:112" in part:
                found += 1
                said = (
                    COMES[language] if "/help/" not in path else f"{COMES[language]}|{COMES['en']}"
                )
                fallback = COMES["en"] if 'lang="en"' in html else said
                assert re.search(f"{said}|{fallback}", _TAG.sub("", before)), path
        assert LINK in footer, path
    assert found > 100


@pytest.mark.parametrize("path", ["index.html", "404.html"])
def test_the_pages_at_the_root_say_it_too(built_site: Built, path: str) -> None:
    """They are in no language of hers yet."""
    html = built_site.files[path].decode()
    assert LINK in html
    assert any(re.search(said, html.partition("tel:112")[0]) for said in COMES.values())
