"""The form on paper and the poster as pages (step 1): blocks of words in, HTML out; they print as their PDFs do."""

from html import escape

from overrides.frame import frame as frames
from overrides.frame.edition import Edition
from overrides.frame.frame import Place
from overrides.frame.menu import Menu
from overrides.frame.shell import Link
from overrides.paper import pages, qr, sheets
from overrides.paper.sheets import Block
from overrides.words.strings import Strings

FORM, POSTER = "cards/form/", "cards/poster/"  # each with a PDF of that name in its folder
_LINES = 22  # to write on, as in the PDF
_TAGS = {"title": "h2", "large": "h2", "question": "h2"}  # all else is a paragraph
_CLASSES = {"hint": "hint", "warning": "warning", "large": "large", "note": "on-paper"}


def blocks(site: Edition) -> dict[str, tuple[str, list[Block]]]:
    """By path of the page: the id of its strings, and what stands on the sheet."""
    return {FORM: ("paper", sheets.form(site)), POSTER: ("poster", sheets.poster(site))}


def pdf_of(path: str) -> str:
    """The name of the PDF in the folder of a page."""
    return f"{path.rstrip('/').rpartition('/')[2]}.pdf"


def render(site: Edition, nav: Menu, *, pdf: bool) -> dict[str, bytes]:
    """The two pages of the language that the site speaks, by path."""
    return {
        f"{site.t.language}/{path}index.html": _page(site, nav, path, name, found, pdf=pdf)
        for path, (name, found) in blocks(site).items()
    }


def _page(
    site: Edition, nav: Menu, path: str, name: str, found: list[Block], *, pdf: bool
) -> bytes:
    t = site.t
    listed = Link("../", t("cards.title"))
    about = t(f"{name}.description") if name == "paper" else t("poster.lead")
    place = Place(
        *(path, t(f"{name}.title"), about, None, None, "", pages.TEMPLATE, listed),
        taken=("index.md",) if path == POSTER else (),
    )
    above = f"<p>{t('poster.lead')}</p>" if name == "poster" else ""
    if pdf:
        above += f'<p><a href="{pdf_of(path)}">PDF</a></p>'
    inside = "".join(_block(site, one) for one in found if one.kind != "title")
    sheet = f'<div class="paper sheet-of {name}">{inside}</div>'
    return frames.cut(frames.frame(site, nav, place)).fill(first=above, body=sheet)


def _block(site: Edition, one: Block) -> str:
    words = escape(one.words)
    if one.kind == "box":
        return f'<p class="box">{words}</p>'
    if one.kind == "line":
        return '<div class="rule"></div>'
    if one.kind == "room":
        return '<div class="rule"></div>' * _LINES
    if one.kind == "code":
        shown = escape(pages.shown(site))
        return f'<div class="code-of">{qr.svg(pages.address(site))}<p dir="ltr">{shown}</p></div>'
    if one.kind == "languages":
        return f"<p>{' · '.join(map(_named, site.strings.values()))}</p>"
    tag = _TAGS.get(one.kind, "p")
    kind = f' class="{_CLASSES[one.kind]}"' if one.kind in _CLASSES else ""
    return f"<{tag}{kind}>{words}</{tag}>"


def _named(t: Strings) -> str:
    return f'<span lang="{t.language}" dir="{t.direction}">{escape(t.name)}</span>'
