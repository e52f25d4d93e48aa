"""What is made to be printed (step 1): cards for the pocket, the form on paper, a poster; data in, pages out.

Each is a page that prints as it should from a browser, and that is read by everybody; its PDF, where one is
made, says the same.
"""

from datetime import date
from html import escape

from overrides.frame import edition as editions
from overrides.frame import frame as frames
from overrides.frame.edition import Edition
from overrides.frame.frame import Place
from overrides.frame.menu import CARDS, Menu
from overrides.paper import cards, qr
from overrides.paper.cards import Card, Sentence, Text
from overrides.words.strings import Strings

PATH = "cards/"
NAME = CARDS
PDF, BACKS = "cards.pdf", "sounds.pdf"  # beside the page
TEMPLATE = "paper.html"


def render(
    site: Edition, nav: Menu, found: tuple[Card, ...], *, pdf: bool, wrong: bool
) -> dict[str, bytes]:
    """The pages of the language that the site speaks, by path; `pdf` says whether there is one to lead to.

    `wrong` says that what is copied from it comes out wrong in this language.
    """
    t = site.t
    days = min(one.day for one in found), min(one.until for one in found)
    place = Place(
        *(PATH, t("cards.title"), t("cards.description"), *days, CARDS, TEMPLATE),
        taken=cards.taken(),
    )
    shell = frames.cut(frames.frame(site, nav, place))
    above = _above(t, found, pdf=pdf, wrong=wrong)
    return {f"{t.language}/{PATH}index.html": shell.fill(first=above, body=_sheets(site, found))}


def address(site: Edition) -> str:
    """Where the code leads: the chooser of languages."""
    return f"{site.settings.site_url}/"


def shown(site: Edition) -> str:
    """The same as it is printed: without the scheme that a phone adds by itself."""
    return site.settings.site_url.removeprefix("https://")


def _above(t: Strings, found: tuple[Card, ...], *, pdf: bool, wrong: bool) -> str:
    """What to know before printing; on paper it is not there."""
    parts = [
        f"<p>{t('cards.lead')}</p>",
        f'<p class="warning">{t("cards.found")}</p>',
        f"<p>{t('cards.print')}</p>",
    ]
    if has_sounds(found):
        backs = t("cards.back")
        parts.append(f'<p><a href="{BACKS}">{backs}</a></p>' if pdf else f"<p>{backs}</p>")
    if pdf:
        layer = f" {t('cards.layer')}" if wrong else ""
        parts.append(f'<p><a href="{PDF}">{t("cards.pdf")}</a>.{layer}</p>')
    also = (("form/", "paper.title"), ("poster/", "poster.title"))
    links = "".join(f'<li><a href="{path}">{t(name)}</a></li>' for path, name in also)
    return "".join([*parts, f"<ul>{links}</ul>"])


def has_sounds(found: tuple[Card, ...]) -> bool:
    """Whether there is anything to print on a back."""
    return any(said.sound for one in found for said in one.sentences)


def _sheets(site: Edition, found: tuple[Card, ...]) -> str:
    """The cards, and their backs, where any has one."""
    fronts = "".join(_front(site, one) for one in found)
    notes = "".join(f"<p>{note}</p>" for note in editions.notes_of(site, cards.taken()))
    sheets = f'<div class="paper cards">{fronts}</div><div class="paper on-paper">{notes}</div>'
    if has_sounds(found):
        backs = "".join(map(_back, turned(found)))
        sheets += f'<div class="paper cards backs">{backs}</div>'
    return sheets


def turned(found: tuple[Card, ...]) -> list[Card]:
    """The cards as a printer wants their backs, which turns the sheet over its long edge."""
    return [one for at in range(0, len(found), 2) for one in reversed(found[at : at + 2])]


def _front(site: Edition, one: Card) -> str:
    t = site.t
    said = "".join(_said(sentence, t) for sentence in one.sentences)
    line = f"<p>{_text(one.line, t)}</p>" if one.line else ""
    alone = "" if any(sentence.means for sentence in one.sentences) else " alone"
    return (
        f'<section class="card{alone}"><h2 id="{one.id}">{_text(one.title, t)}</h2>{line}<ul class="says">{said}</ul>'
        f'<div class="foot">{qr.svg(address(site))}<p>{t("cards.danger")}</p>'
        f'<p dir="ltr">{escape(shown(site))}</p><p>{until(t, one.day, one.until)}</p></div></section>'
    )


def until(t: Strings, day: date, end: date) -> str:
    """Of which day a text is, and how long it is good."""
    return t("cards.until", day=t.day(day), until=t.day(end))


def _said(one: Sentence, t: Strings) -> str:
    own = f" {_text(one.means, t)}" if one.means else ""
    lang = "" if t.language == "nl" else ' lang="nl" dir="ltr"'
    return f'<li><em class="say"{lang}>{escape(one.dutch)}</em>{own}</li>'


def _text(text: Text, t: Strings) -> str:
    """In the language of the page, or marked with its own."""
    if text.t.language == t.language:
        return escape(text.words)
    return f'<span lang="{text.t.language}" dir="{text.t.direction}">{escape(text.words)}</span>'


def _back(one: Card) -> str:
    """How the sentences of a card sound; on the screen it is not there, since the pages say it too."""
    said = "".join(
        f'<li><em lang="nl" dir="ltr">{escape(each.dutch)}</em> {escape(each.sound)}</li>'
        for each in one.sentences
        if each.sound
    )
    return f'<section class="card"><ul>{said}</ul></section>'
