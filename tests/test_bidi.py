"""Runs of digits and Latin words in right-to-left text (overrides/words/bidi.py and its twin in the browser)."""

import json
import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overrides.words import bidi
from tests.practice import REPO

# Arabic text; the runs in it.
TEXTS = [
    ("الهاتف: 020 123 45 67 · لم", ["020 123 45 67"]),
    ("الرقم +31 (0)20-123 45 67.", ["+31 (0)20-123 45 67"]),
    ("الرقم (020) 123 45 67.", ["(020) 123 45 67"]),
    ("+31201234567", ["+31201234567"]),
    (
        "العنوان Damrak 1-3, 1012 LG Amsterdam، من 09:00-17:00",
        ["Damrak 1-3, 1012 LG Amsterdam", "09:00-17:00"],
    ),
    ("يوم 2026-11-22 في https://www.example.nl/a-b", ["2026-11-22", "https://www.example.nl/a-b"]),
    ("قررت Raad van State. وكتبت Breda.", ["Raad van State"]),
    ("الاتصال بالرقم 112 أو UWV.", []),
    ("Centrum Seksueel Geweld (CSG). للتواصل", ["Centrum Seksueel Geweld (CSG)"]),
    (
        "Sociale Zaken (UWV, SVB) ثم Wmo (WMO 2015) (شرح)",
        ["Sociale Zaken (UWV, SVB)", "Wmo (WMO 2015)"],
    ),
    ("UWV (وكالة) و (UWV)", []),
    ("'s-Hertogenbosch هنا", ["s-Hertogenbosch"]),
]
IN_BROWSER = """import { isolated } from './overrides/assets/bidi.mjs';
globalThis.document = { createElement: () => ({}) };
const texts = JSON.parse(process.argv[1]);
console.log(JSON.stringify(texts.map((text) => isolated('\\u0627' + text).filter((piece) => typeof piece !== 'string')
  .map(({ textContent }) => textContent))));"""


def runs(html: str) -> list[str]:
    return re.findall(r'<bdi dir="ltr">(.*?)</bdi>', html)


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_run_is_set_apart_whole(text: str, expected: list[str]) -> None:
    """A number with its groups and its sign, an address, a term; one word alone needs no mark."""
    page = bidi.isolate(f'<html lang="ar" dir="rtl"><p>{text}</p></html>')

    assert runs(page) == expected
    assert re.sub(r"</?bdi[^>]*>", "", page) == f'<html lang="ar" dir="rtl"><p>{text}</p></html>'


def test_the_browser_sets_the_same_runs_apart() -> None:
    """Two spellings of one rule."""
    texts = json.dumps([text for text, _ in TEXTS])
    command = ["node", "--input-type=module", "-e", IN_BROWSER, texts]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == [expected for _, expected in TEXTS]


@pytest.mark.parametrize(
    "html",
    [
        '<html dir="ltr"><p>020 123</p></html>',
        '<html dir="rtl"><p dir="ltr">020 <b>12 3</b></p></html>',
        '<html dir="rtl"><div dir="auto"><div>020 123</div></div></html>',
        '<html dir="rtl"><title>020 123</title><option>020 123</option></html>',
        '<html dir="rtl"><a href="020 123" aria-label="020 123">112</a> &#x30;20 &amp; 3</html>',
    ],
)
def test_other_text_stays_as_it_is(html: str) -> None:
    """Text with a direction of its own, text that can hold no element, attributes, entities."""
    assert bidi.isolate(html) == html


def test_a_direction_ends_with_its_element() -> None:
    """Also behind a field, which has no end tag, and behind elements of the same name inside."""
    inside = '<input dir="ltr"><div dir="ltr"><div>1 2</div></div><div>020 123</div>'
    assert runs(bidi.isolate(f'<html dir="rtl">{inside}</html>')) == ["020 123"]


_TAGS = [
    "<p>",
    "</p>",
    '<p dir="ltr">',
    '<bdi dir="rtl">',
    "<bdi>",
    "</bdi>",
    "<br>",
    '<br dir="ltr">',
    "<b\nid=x>",
    "</b>",
]
_TAGS += ["<title>", "</title>", "<script>", "</script>", '<img dir="ltr" />', "<>", "</>", "<"]
_TEXTS = st.sampled_from([*_TAGS, "020 123", "الهاتف", "Raad van State", "&amp;", " ", "\n"])


@given(st.lists(_TEXTS, max_size=30).map("".join))
def test_a_page_is_set_apart_as_its_pieces_are(inside: str) -> None:
    """Whole pages are gone through without telling each piece, and each is read in the same direction."""
    for html, around in ((f'<html dir="rtl">{inside}', None), (inside, [("", "rtl")])):
        try:
            told = [*bidi.pieces(html, list(around) if around else None)]
        except IndexError:  # more ends than beginnings, which no template has
            continue
        made = bidi.isolate_part(html) if around else bidi.isolate(html)
        assert made == "".join(bidi.isolated(text) if is_rtl else text for text, is_rtl in told)


def test_what_is_in_another_language_has_a_direction_of_its_own() -> None:
    """One that a page names stays; one that it does not name is that of the first letter."""
    page = '<html lang="ar" dir="rtl"><em lang="nl">Fier, Utrecht</em><em lang="nl" dir="ltr">de APV</em></html>'
    made = bidi.isolate(page)
    assert '<em lang="nl" dir="auto">Fier, Utrecht</em>' in made
    assert '<em lang="nl" dir="ltr">de APV</em>' in made
