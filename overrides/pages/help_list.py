"""Organisations of the directory by what somebody needs (step 1): records in, rows of HTML out.

A row says first who it is and what ties it to the police, then the number if it may be shown. A
language or a region that is not known is not made up; where each was read stands on the page about the
data, to which each part leads once. It knows no municipality page.
"""

import re
from html import escape

from overrides.facts import directory
from overrides.facts.data import Municipality
from overrides.facts.directory import Organisation
from overrides.facts.policy import Passage
from overrides.pages import pictograms
from overrides.pages.card import Card, source
from overrides.pages.wording import Voice, found
from overrides.words.errors import SiteError

# By the part of the page, in the order in which it cannot wait: the kinds of organisation in it.
NEEDS = {
    "danger": ("emergency", "crisis"),
    "violence": ("violence", "trafficking", "safety", "police"),
    "health": ("health", "support_health"),
    "letter": ("legal", "complaint", "privacy", "discrimination"),
    "money": ("money", "labour"),
    "talking": ("sexworker_led", "support", "support_faith", "information", "alliance"),
}
_OTHERS = "others"  # who speaks for people or informs them, and helps nobody who calls
_SOURCES = "sources"  # where each was read, on the page about the data
_FIRST = "first"  # two numbers that stand above everything: that of danger, and the first of help
# What a tie with the police looks like, beside its words; whatever is not named here is a tie.
_MARKS = {
    **dict.fromkeys(("part_of", "law_enforcement", "passes_on"), "conditions"),
    **dict.fromkeys(("joins_checks", "detective_present"), "conditions"),
    "none_known": "apart",
    "unknown": "unknown",
}
_COLON = re.compile("[:\uff1a].*", re.S)  # what a row has no room for stands behind it
# With the year of a source that is old; more: which ones is not known; others: with an interpreter.
_LANGUAGE = re.compile(r"([a-z]{2}|more|others)( \(\d{4}\))?")


def body(
    voice: Voice,
    organisations: dict[str, Organisation],
    municipalities: dict[str, Municipality],
    part: str,
    *,
    practice: bool,
) -> str:
    """The rows of one part, as one line of HTML."""
    card = Card(voice, practice=practice)
    if part == _SOURCES:
        return f'<div><ul class="footnote">{_all_sources(voice, organisations)}</ul></div>'
    if part == _FIRST:
        shown = first(organisations, municipalities, practice=practice)
        rows = [_first(voice, card, one) for one in shown]
        return f"<div>{_rows(rows)}</div>"
    members = of(part, organisations, municipalities)
    rows = [_item(voice, card, one, municipalities) for one in members]
    read = (
        f'<p class="footnote"><a href="../data/#org-{one.id}">{voice.t("sources.title")}</a></p>'
        for one in members[:1]
    )
    return f"<div>{_rows(rows)}{''.join(read)}</div>"


def _rows(rows: list[str]) -> str:
    return f'<ul class="rows">{"".join(rows)}</ul>'


def of(
    part: str,
    organisations: dict[str, Organisation],
    municipalities: dict[str, Municipality],
) -> list[Organisation]:
    """Who helps with a need: for the whole country first, then by the name of the region."""
    if part == _OTHERS:
        return [one for one in organisations.values() if one.listing == "no_help_line"]
    if part not in NEEDS:
        known = ", ".join((_FIRST, *NEEDS, _OTHERS, _SOURCES))
        raise SiteError(f"there is no part {part} of the directory", f"take one of: {known}")
    kinds = NEEDS[part]
    helping = [one for one in organisations.values() if one.is_help and one.kind in kinds]
    return sorted(
        helping,
        key=lambda one: (
            not one.national,
            "" if one.national else regions(one, municipalities),
            kinds.index(one.kind) if one.national else 0,
        ),
    )


def first(
    organisations: dict[str, Organisation],
    municipalities: dict[str, Municipality],
    *,
    practice: bool,
) -> list[Organisation]:
    """Of danger and of everything else, the first whose number may be shown."""
    danger, *others = NEEDS
    found = []
    for part in ([danger], others):
        members = [one for need in part for one in of(need, organisations, municipalities)]
        calls = (one for one in members if directory.contact(one, practice=practice).phones)
        found += [one for one in calls if one.national][:1]
    return found


def regions(one: Organisation, municipalities: dict[str, Municipality]) -> str:
    """Where it works, by the names people know; empty for the whole country."""
    return ", ".join([*one.ggd_regions, *(municipalities[code].name for code in one.codes)])


def _head(voice: Voice, card: Card, one: Organisation, name: str, what: str = "") -> str:
    """Who it is, its tie with the police by shape and words, and the number to press."""
    mark = pictograms.spot(_MARKS.get(one.police_ties, "tie"))
    tie = voice(f"help.tie.{one.police_ties}")
    return f"<div>{mark}<span><strong>{name}</strong> {what}{tie}</span>{card.call(one)}</div>"


def _first(voice: Voice, card: Card, one: Organisation) -> str:
    name = f'<a href="#org-{one.id}">{escape(one.name)}</a>'
    what = voice.words(one.what_for, until=_COLON)
    return f"<li>{_head(voice, card, one, name, f'{what}<br>')}</li>"


def _item(
    voice: Voice, card: Card, one: Organisation, municipalities: dict[str, Municipality]
) -> str:
    lines = [card.site(one)]
    if where := regions(one, municipalities):
        lines.append(voice.t("directory.region", regions=escape(where)))
    if one.languages:
        spoken = voice.t.letters.comma.join(_language(voice, name) for name in one.languages)
        lines.append(voice.t("directory.languages", languages=spoken))
    more = " ".join(line for line in lines if line)
    return (
        f'<li id="org-{one.id}">{_head(voice, card, one, escape(one.name))}'
        f"<p>{card.about(one)}</p>{f'<p>{more}</p>' if more else ''}"
        f'<p class="footnote">{card.date(one)}</p></li>'
    )


def _language(voice: Voice, as_found: str) -> str:
    code = _LANGUAGE.fullmatch(as_found)
    if code is None:
        return found(Passage(as_found, "en"), voice.t.language)
    return voice.t(f"directory.language.{code[1]}") + (code[2] or "")


def _all_sources(voice: Voice, organisations: dict[str, Organisation]) -> str:
    shown = [one for one in organisations.values() if one.is_help]
    return "".join(
        f'<li id="org-{one.id}"><strong>{escape(one.name)}</strong>. {_sources(voice, one)}</li>'
        for one in [*shown, *of(_OTHERS, organisations, {})]
    )


def _sources(voice: Voice, one: Organisation) -> str:
    return voice.t(
        "directory.sources",
        sources=voice.t.letters.semicolon.join(source(voice, reading) for reading in one.readings),
        confidence=voice.certainty(one.confidence),
    )
