"""The PDFs of the cards: the same bytes each time, light, with every sign, and as a browser draws the same words."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import typst
import zxingcpp
from fontTools.ttLib import TTFont

from overrides.frame import edition as editions
from overrides.frame.translation import SOURCE_LANGUAGES
from overrides.paper import cards, large, pdf, qr
from overrides.words.errors import SiteError
from overrides.words.strings import Strings
from tests import printed, server_programs
from tests.printed import MM, Picture
from tests.site import LANGUAGES, ROOT

MOST_BYTES = 60_000
READ_QR = ROOT / "tests" / "js" / "read_qr.mjs"
FIRST = LANGUAGES[0]
RIGHT_TO_LEFT = [one for one in LANGUAGES if printed.editions()[one].t.direction == "rtl"]


def given(language: str) -> list[dict[str, object]]:
    """Every text of both sides with its fonts, as Typst gets them."""
    site, found = printed.editions()[language], printed.found(language)
    sides = [pdf._fronts(site, found), pdf._backs(site, found)]
    return [*walk(sides)]


def walk(value: object) -> list[dict[str, object]]:
    """All records of words at any depth."""
    if isinstance(value, dict):
        inside = [one for each in value.values() for one in walk(each)]
        return [value, *inside] if "words" in value else inside
    return [one for each in value for one in walk(each)] if isinstance(value, list) else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_light_and_made_again_byte_for_byte(language: str) -> None:
    """Somebody on a prepaid phone can fetch it, and everybody can compare it with one made by themselves."""
    site, found = printed.editions()[language], printed.found(language)
    files = printed.made(language)
    assert {name: len(octets) < MOST_BYTES for name, octets in files.items()} == dict.fromkeys(
        files, True
    )
    assert printed.apart(lambda: pdf.made(site, found)) == files


def test_another_day_makes_no_other_bytes() -> None:
    """A PDF that told when it was made would be another each day; the clock of the second process is 45 days ahead."""
    program = (
        "import sys; from hashlib import sha256; from tests import printed;"
        f"sys.stdout.write(sha256(printed.made('{FIRST}')['cards.pdf']).hexdigest())"
    )
    clocks = ({}, server_programs.moved_clock("+45d"))
    sums = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=clock or None,
            check=True,
            capture_output=True,
        ).stdout
        for clock in clocks
    ]
    assert sums[0] == sums[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_fonts_have_every_sign(language: str) -> None:
    """What a font lacks, such as brackets, the next one has; of what none has there would be an empty box."""
    have = signs()
    for one in given(language):
        fonts = set().union(*(have[name] for name in one["fonts"]))  # type: ignore[attr-defined]
        assert {sign for sign in str(one["words"]) if ord(sign) not in fonts} == set(), one["words"]


@cache
def signs() -> dict[str, set[int]]:
    """Code points of each font that PDFs are made with, by its name."""
    found: dict[str, set[int]] = {}
    for path in [path for folder in pdf.fonts() for path in folder.glob("*.[ot]tf")]:
        with TTFont(path, lazy=True) as font:
            name = font["name"].getBestFamilyName()
            found.setdefault(name, set()).update(font.getBestCmap())
    return found


def test_a_sign_that_no_font_has_stops_the_build() -> None:
    """A language in another script needs a font of its own first."""
    with pytest.raises(SiteError, match="no font of the PDFs has the sign 'გ' of ka"):
        pdf._words("გამარჯობა", Strings("ka", {}))


def test_a_card_that_does_not_fit_stops_the_build() -> None:
    """No letter becomes smaller than 7.5 points, and nothing stands over anything else."""
    site, found = printed.editions()[FIRST], printed.found(FIRST)
    said = cards.Sentence("Mag ik uw legitimatie zien? " * 60, None, "")
    long = cards.Card("long", found[0].title, None, (said,), found[0].day, found[0].until)
    with pytest.raises(SiteError, match=f"does not fit: {FIRST} long"):
        printed.apart(lambda: pdf.made(site, (long, *found[1:])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_where_what_is_copied_comes_out_wrong(language: str) -> None:
    """It says so of exactly the languages in which a sentence that goes in does not come out."""
    copied = printed.copied(printed.made(language)["cards.pdf"])
    said = [one for card in printed.found(language) for one in card.sentences]
    whole = all(
        "".join((one.means.words if one.means else one.dutch).split()) in copied for one in said
    )
    t = printed.editions()[language].t
    assert pdf.is_copied_wrong(t) == (not whole)
    assert (t("cards.layer").split()[0] in copied) or not pdf.is_copied_wrong(t)


@pytest.mark.parametrize("language", [FIRST, *RIGHT_TO_LEFT])
def test_three_readers_find_the_address_on_every_card(language: str) -> None:
    """From a picture as a printer has it, with more than two points a module; the code leads to the chooser."""
    shown = printed.picture(printed.made(language)["cards.pdf"])
    read = [
        [one.text for one in zxingcpp.read_barcodes(printed.card(shown, at))] for at in range(8)
    ]
    assert read == [[f"{printed.SITE}/"]] * 8
    assert others(printed.card(shown, 3)) == dict.fromkeys(("jsQR", "zbar"), f"{printed.SITE}/")
    assert 13 * MM / len(qr.modules(f"{printed.SITE}/")) > 2


def others(shown: Picture) -> dict[str, str | None]:
    """What two readers in JavaScript find."""
    height, width = shown.shape
    command = ["node", str(READ_QR), str(width), str(height)]
    done = subprocess.run(command, input=shown.tobytes(), capture_output=True, check=True)
    found: dict[str, str | None] = json.loads(done.stdout)
    return found


def test_an_address_as_long_as_they_come_is_still_read() -> None:
    """The code grows with the address; at 60 letters a module still has more than two points."""
    address = f"https://{'a' * 40}.example.org/"
    rows = np.array(qr.modules(address))
    points = int(13 * MM / len(rows))
    assert points > 2
    shown = np.where(np.kron(rows, np.ones((points, points))), 0, 255).astype(np.uint8)
    assert [one.text for one in zxingcpp.read_barcodes(shown)] == [address]
    assert others(np.ascontiguousarray(shown)) == {"jsQR": address, "zbar": address}


def test_white_stands_around_the_code() -> None:
    """Four modules on each side: two of four readers tried find no code without."""
    rows = np.array(qr.modules(f"{printed.SITE}/"))
    assert not rows[:4].any()
    assert not rows[-4:].any()
    assert not rows[:, :4].any()
    assert not rows[:, -4:].any()
    assert rows[4, 4:11].all()


def test_nothing_of_this_machine_is_in_it() -> None:
    """No path, no name and no day of who made it; the fonts are those that pip brought."""
    octets = printed.made(FIRST)["cards.pdf"]
    for word in (
        b"CreationDate",
        b"ModDate",
        b"/Author",
        str(Path.home()).encode(),
        str(ROOT).encode(),
    ):
        assert word not in octets
    assert typst.__version__


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_says_that_nobody_has_checked_the_translation(language: str) -> None:
    """Below the cards on both sides, and on the form and the poster: paper goes where no page is."""
    site = printed.editions()[language]
    notes = list(editions.notes_of(site, cards.taken()))
    assert bool(notes) == (language not in SOURCE_LANGUAGES)
    shown = [one["words"] for one in given(language)]
    assert [shown.count(note) for note in notes] == [2 for _ in notes]
    for _, blocks in large.blocks(site).values():
        assert [one.words for one in blocks if one.kind == "note"] == notes
