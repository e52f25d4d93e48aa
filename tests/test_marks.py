"""Marks and footnotes: as the library's own extension makes them, which reads every source on every page."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from overrides.facts.sources import load
from overrides.pages.footnotes import Notes
from overrides.text import marks
from overrides.text.markup import makeExtension
from overrides.words.errors import SiteError
from tests.markdown_notes import definitions
from tests.site import ROOT, STRINGS

SOURCES = load(ROOT / "docs" / "data" / "sources.yml")
SOME = [next(one for one in SOURCES if wanted(SOURCES[one])) for wanted in (
    lambda one: one.url and one.article,
    lambda one: one.url is None,
    lambda one: one.text_of == "undated",
    lambda one: one.mark == "N",
    lambda one: one.is_older,
)]  # fmt: skip
OPTIONS = {"tables": {"use_align_attribute": True}, "toc": {"marker": ""}}
NAMES = ["admonition", "attr_list", "def_list", "tables", "toc"]
_PLACE = re.compile(r'<sup id="fnref\d*:(\d+)">')
CLAIMS = [f"A *b*.[^{one}] " for one in SOME] + [f"`c` *d*{{: .x }}[^{one}]" for one in SOME]
BETWEEN = [
    "\n",
    "\n\n",
    "\n- x ",
    "\n- y\n    - x ",
    "\n\n## K {: #k }\n\n",
    "\n\nT\n:   ",
    "words ",
    "!",
    "(d)",
]
BETWEEN += ['\n\n!!! note "N"\n    ', "\n\n| H | I |\n|---|---|\n| x | y ", "\n1. z ", "[e](f)"]


def in_order(text: str) -> str:
    """With the places of each number counted as they are read; the library counts outer blocks first."""
    seen: Counter[str] = Counter()

    def counted(place: re.Match[str]) -> str:
        seen[place[1]] += 1
        nth = "" if seen[place[1]] == 1 else seen[place[1]]
        return f'<sup id="fnref{nth}:{place[1]}">'

    return _PLACE.sub(counted, text)


def by_us(text: str, language: str) -> str:
    marked, groups = marks.gathered(text)
    md = Markdown(extensions=[*NAMES, makeExtension()], extension_configs=OPTIONS)
    linked = marks.linked(md.convert(marked))
    return linked + Notes(SOURCES, STRINGS[language]).of(groups, linked, STRINGS[language])


def by_the_library(text: str, language: str) -> str:
    marked, groups = marks.gathered(text)
    t = STRINGS[language]
    notes = {"BACKLINK_TITLE": t("sources.back", number="{}")}
    options = OPTIONS | {"footnotes": notes}
    md = Markdown(extensions=[*NAMES, "footnotes", makeExtension()], extension_configs=options)
    return in_order(md.convert(f"{marked}\n\n{definitions(groups, SOURCES, t)}\n"))


@given(
    st.lists(st.sampled_from([*CLAIMS, *BETWEEN]), max_size=20).map("".join),
    st.sampled_from(sorted(STRINGS)),
)
def test_marks_and_footnotes_are_those_of_the_library(text: str, language: str) -> None:
    """Every block of Markdown, every kind of source, one mark or more for a footnote, in each language."""
    assert by_us(text, language).replace("\n\n<div", "\n<div") == by_the_library(text, language)


def test_the_heading_of_a_column_is_no_mark() -> None:
    """A phone shows it beside each cell, where no link can stand."""
    found = by_us("| A.[^x] | B. |\n|---|---|\n| c | d |\n".replace("x", SOME[0]), "en")

    assert 'data-label="A."' in found
    assert found.count('href="#fn:1"') == 1


def test_each_mark_of_a_footnote_is_led_back_to_in_the_order_of_the_text() -> None:
    """Also where one of them stands deeper than the next."""
    text = f"- A.\n    - B.[^{SOME[0]}]\n\nC.[^{SOME[0]}]"
    found = by_us(text, "en")

    assert found.index('id="fnref:1"') < found.index('id="fnref2:1"') < found.index('id="fn:1"')
    assert re.findall('href="#(fnref.*?)"', found) == ["fnref:1", "fnref2:1"]


def test_a_source_without_a_mark_stops_the_build() -> None:
    """Nobody would know what it is the source of."""
    with pytest.raises(SiteError, match="a source stands where it gets no mark"):
        by_us(f"[a]\n\n[b]: law.md[^{SOME[0]}]", "en")
