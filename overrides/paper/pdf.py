"""PDFs of what is made to be printed (step 1): cards of one language in, the same bytes each time out.

Typst sets them, with fonts that pip brings in versions that we name, and none of the machine. They come with a
release and with `make cards`, never with a build while somebody writes. It makes no page.
"""

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any  # of what is handed to Typst as JSON

from overrides.frame import edition as editions
from overrides.frame.edition import ROOM, Edition
from overrides.paper import cards, pages, qr
from overrides.paper.cards import Card, Sentence, Text
from overrides.paper.sheets import Block
from overrides.words.errors import SiteError
from overrides.words.strings import Strings

_PACKAGES = ("manimgx_fonts", "pylopdf_fonts_zh_cn")
GET = "type: make cards"
_LATIN = "Noto Sans"
# Which font comes first for words that have one of these signs; what it lacks, such as brackets, the first one has.
_FONTS = (
    (re.compile(r"[\u0600-\u06ff]"), "Noto Sans Arabic"),
    (re.compile(r"[\u0e00-\u0e7f]"), "Noto Sans Thai"),
    (re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"), "Noto Sans SC"),
)
# Latin with its marks, Greek, Cyrillic, and signs between words.
_COVERED = re.compile(
    r"[\u0020-\u007e\u00a0-\u024f\u0370-\u052f\u1e00-\u1eff\u200b-\u2027\u202f-\u203a\u2066-\u2069\u20ac]"
)
# Scripts whose letters come out of a PDF of Typst in another order than they went in (`tests/test_cards_pdf.py`).
_COPIED_WRONG = re.compile(r"[\u0600-\u06ff\u0e00-\u0e7f]")
_LEAST, _MOST, _MOST_ALONE = 7.5, 8.5, 10  # points
_TALL = re.compile(r"[\u0600-\u06ff\u0e00-\u0e7f]")  # marks above and below: lines further apart


def lacks() -> list[str]:
    """Names of packages that are not installed, without which there is no PDF."""
    return [name for name in ("typst", *_PACKAGES) if find_spec(name) is None]


def missed() -> list[str]:
    """What a release says that could make none."""
    names = lacks()
    return (
        [f"without PDFs of the cards: {names[0]} is not installed; {GET}, then build it again"]
        if names
        else []
    )


def is_copied_wrong(t: Strings) -> bool:
    """Whether what is copied from a PDF in this language comes out wrong."""
    return bool(_COPIED_WRONG.search(t("cards.title")))


def made(site: Edition, found: tuple[Card, ...]) -> dict[str, bytes]:
    """The cards in one language by file name: a sheet, and their backs if any sentence has a sound.

    Two files, since both in one are too heavy where the script is drawn of many parts. `SiteError` for a card
    that is too long at the smallest size, and for a sign that no font here has.
    """
    if lacking := lacks():
        raise SiteError(f"{lacking[0]} is not installed, which the PDFs are made with", GET)
    files = {pages.PDF: _compiled("cards.typ", _fronts(site, found))}
    if pages.has_sounds(found):
        files[pages.BACKS] = _compiled("cards.typ", _backs(site, found))
    return files


def sheet(site: Edition, blocks: list[Block], title: str) -> bytes:
    """The form or the poster in the language that the site speaks; a poster is what has a large line."""
    listed = [_words(one.words, one.t) | {"kind": one.kind} for one in blocks]
    given = {
        "title": title,
        "direction": site.t.direction,
        "code": qr.svg(pages.address(site)),
        "address": _address(pages.shown(site)),
        "is-large": any(one.kind == "large" for one in blocks),
        "blocks": listed,
    }
    return _compiled("sheet.typ", given)


def fonts() -> list[Path]:
    """The folders of the fonts; where a package is missing, of those that are there."""
    return [Path(str(spec.origin)).parent for spec in map(find_spec, _PACKAGES) if spec]


def _compiled(template: str, given: dict[str, Any]) -> bytes:
    # Only where PDFs are made: in a process that was begun by one that made none, since the threads that Typst
    # keeps do not come along, and it would wait for them for ever.
    import typst

    try:
        octets: bytes = typst.compile(
            ROOM / "templates" / template,
            font_paths=typst.Fonts(False, False, [str(folder) for folder in fonts()]),
            pdf_tags=False,
            sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
        )
    except RuntimeError as error:
        raise SiteError(
            f"typst stopped at {template}: {error}", "shorten what does not fit"
        ) from None
    return octets


def _fronts(site: Edition, found: tuple[Card, ...]) -> dict[str, Any]:
    return _sheet(site, found) | {"is-back": False, "cards": [_front(site, one) for one in found]}


def _backs(site: Edition, found: tuple[Card, ...]) -> dict[str, Any]:
    backs = [_back(one, site.t) for one in pages.turned(found)]
    return _sheet(site, found) | {"is-back": True, "cards": backs}


def _sheet(site: Edition, found: tuple[Card, ...]) -> dict[str, Any]:
    """What is the same on both sides; below the cards stand notes of the translation, and where the page is."""
    t = site.t
    alone = not any(said.means for one in found for said in one.sentences)
    page = f"{pages.address(site)}{t.language}/{pages.PATH}"
    notes = [*editions.notes_of(site, cards.taken())]
    notes += [t("cards.layer")] if is_copied_wrong(t) else []
    return {
        "title": t("cards.title"),
        "direction": t.direction,
        "code": qr.svg(pages.address(site)),
        "least": _LEAST,
        "most": _MOST_ALONE if alone else _MOST,
        "leading": 0.45 if _TALL.search(t("cards.title")) else 0.33,
        "apart": 1.1 if alone else 0.62,
        "note": [*(_words(one, t) for one in notes), _address(page)],
    }


def _front(site: Edition, one: Card) -> dict[str, Any]:
    t = site.t
    return {
        "id": f"{t.language} {one.id}",
        "title": _text(one.title),
        "line": [_text(one.line)] if one.line else [],
        "sentences": [
            _said(said, [_text(said.means)] if said.means else []) for said in one.sentences
        ],
        "foot": [
            _words(t("cards.danger"), t),
            _address(pages.shown(site)),
            _words(pages.until(t, one.day, one.until), t),
        ],
    }


def _back(one: Card, t: Strings) -> dict[str, Any]:
    said = [_said(each, [_words(each.sound, t)]) for each in one.sentences if each.sound]
    return {"id": f"{t.language} {one.id}, its back", "sentences": said}


def _address(url: str) -> dict[str, Any]:
    return {"words": url, "lang": "en", "direction": "ltr", "fonts": [_LATIN]}


def _said(one: Sentence, more: list[dict[str, Any]]) -> dict[str, Any]:
    dutch = {"words": one.dutch, "lang": "nl", "direction": "ltr", "fonts": [_LATIN]}
    return {"dutch": dutch, "more": more}


def _text(text: Text) -> dict[str, Any]:
    return _words(text.words, text.t)


def _words(words: str, t: Strings) -> dict[str, Any]:
    """Words with their language, direction and fonts; `SiteError` for a sign that none of the fonts has."""
    fonts = [font for signs, font in _FONTS if signs.search(words)]
    rest = _COVERED.sub("", words)
    for signs, _ in _FONTS:
        rest = signs.sub("", rest)
    if rest:
        said = f"no font of the PDFs has the sign {rest[0]!r} of {t.language}"
        raise SiteError(said, "add a font for it to overrides/paper/pdf.py, or write another sign")
    return {
        "words": words,
        "lang": t.language.partition("-")[0],
        "direction": t.direction,
        "fonts": [*fonts, _LATIN],
    }
