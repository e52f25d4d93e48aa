"""All organisations of the directory on one page (step 1): records in, HTML out.

Those for the whole country first, then those of a region by its name. A language or a region that
is not known is not made up; it knows no municipality page.
"""

import re
from html import escape

from overrides.facts.data import Municipality
from overrides.facts.directory import Organisation
from overrides.facts.policy import Passage
from overrides.pages.card import Card, source
from overrides.pages.wording import Voice, found

# With the year of a source that is old; more: which ones is not known; others: with an interpreter.
_LANGUAGE = re.compile(r"([a-z]{2}|more|others)( \(\d{4}\))?")


def body(
    voice: Voice,
    organisations: dict[str, Organisation],
    municipalities: dict[str, Municipality],
    *,
    practice: bool,
) -> str:
    """The groups, each under its heading, as one line of HTML."""
    card = Card(voice, practice=practice)
    helping = [one for one in organisations.values() if one.is_help]
    regional = [one for one in helping if not one.national]
    regional.sort(key=lambda one: (regions(one, municipalities), one.name))
    groups = [
        ("national", voice("help.national"), [one for one in helping if one.national]),
        ("regional", voice.t("directory.regional"), regional),
        ("others", voice.t("directory.others"), _others(organisations)),
    ]
    parts = (
        f'<h3 id="help-{name}">{title}</h3><ul>'
        + "".join(_item(voice, card, one, municipalities) for one in members)
        + "</ul>"
        for name, title, members in groups
    )
    return f"<div><p>{voice.t('directory.lead')}</p>{''.join(parts)}</div>"


def _others(organisations: dict[str, Organisation]) -> list[Organisation]:
    """Who speaks for people or informs them, and helps nobody who calls."""
    return [one for one in organisations.values() if one.listing == "no_help_line"]


def regions(one: Organisation, municipalities: dict[str, Municipality]) -> str:
    """Where it works, by the names people know; empty for the whole country."""
    return ", ".join([*one.ggd_regions, *(municipalities[code].name for code in one.codes)])


def _item(
    voice: Voice, card: Card, one: Organisation, municipalities: dict[str, Municipality]
) -> str:
    lines = []
    if where := regions(one, municipalities):
        lines.append(voice.t("directory.region", regions=escape(where)))
    if one.languages:
        spoken = ", ".join(_language(voice, name) for name in one.languages)
        lines.append(voice.t("directory.languages", languages=spoken))
    more = f"<p>{' '.join(lines)}</p>" if lines else ""
    return (
        f'<li id="org-{one.id}"><p>{card.text(one)}</p>{more}'
        f'<p class="footnote">{_sources(voice, one)}</p></li>'
    )


def _language(voice: Voice, as_found: str) -> str:
    code = _LANGUAGE.fullmatch(as_found)
    if code is None:
        return found(Passage(as_found, "en"), voice.t.language)
    return voice.t(f"directory.language.{code[1]}") + (code[2] or "")


def _sources(voice: Voice, one: Organisation) -> str:
    return voice.t(
        "directory.sources",
        sources="; ".join(source(voice, reading) for reading in one.readings),
        confidence=voice.certainty(one.confidence),
    )
