"""Sentences to say to an officer (step 1): the HTML of a text in, the same with a sheet of them all out, and
with how each sounds behind it, in the letters of the reader.

A page that begins with such sentences, before its summary, gets the sheet: hidden until its link is followed,
and the first page of what is printed. So the text says each of them twice, which packs to almost nothing. It
knows no page.
"""

import re
from html import escape, unescape

from overrides.words.errors import SiteError
from overrides.words.strings import Strings

LIST = '<ul class="says">'  # as `markup` makes it
_SUMMARY = '<div class="admonition summary">'
_ANSWERS = {_SUMMARY: "</div>", '<form class="field"': "</form>"}  # how each begins and ends
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
_ITEM = re.compile(r'<li>\s*(?:<p>)?((<em class="say".*?</em>).*?)(?:</p>\s*)?</li>', re.S)
_TAG = re.compile("<[^>]+>")
_MARK = re.compile(r"<sup.*?</sup>|</?a\b[^>]*>")  # of a source, or of a link
_SAID = re.compile(r'(<em class="say"[^>]*>)(.*?)</em>', re.S)
_ROWS = re.compile(r'<ul>\s*<li>\s*<a [^>]*class="i-.*?(?=</ul>)', re.S)  # before they are made


def insert(text: str, t: Strings) -> str:
    """The text with its sheet, and a row that leads to it; `t` speaks the language of the text.

    A page that begins otherwise gets no sheet; one without rows is refused. Of the sentences that a page
    begins with, the sheet alone says how they sound: the first screen has no room for it.
    """
    begin, heading, rest = text.partition("<h2 ")
    if not _begins(begin):
        return _sounding(text, t)
    row = f'<li><a href="#sheet" class="i-list"><strong>{escape(t("sheet.title"))}</strong></a></li>\n'
    begin, found = _ROWS.subn(lambda rows: rows[0] + row, begin, count=1)
    if not found:
        hint = "put rows behind them, such as - [**They have left**](#after){: .i-gone }"
        raise SiteError("begins with sentences to say, and no rows follow", hint)
    sheet = _sheet(_sounding(text, t), t)
    return begin.replace(LIST, sheet + LIST, 1) + _sounding(heading + rest, t)


def _sounding(text: str, t: Strings) -> str:
    """Behind each sentence how it sounds, if this language has that, in brackets and on a line of its own.

    It is in the reader's language, and read out by a screen reader as well: without a Dutch voice that is
    how to say it.
    """
    if not t.sounds:
        return text

    def sound(found: re.Match[str]) -> str:
        said = " ".join(unescape(_TAG.sub("", found[2])).split())
        heard = t.sounds.get(said)
        line = f'<span class="sound" translate="no">[{escape(heard)}]</span><br>' if heard else ""
        return f"{found[0]}{line}"

    return _SAID.sub(sound, text)


def _begins(text: str) -> bool:
    """Whether sentences to say come before the summary."""
    return LIST in text.partition(_SUMMARY)[0]


def answer(text: str) -> tuple[str, str]:
    """The text up to the end of what answers first, its summary or its field, and the rest; nothing comes first
    where neither stands before the first heading."""
    for begin, end in _ANSWERS.items():
        before, found, rest = text.partition(begin)
        if found and "<h2 " not in before:
            inside, closed, behind = rest.partition(end)
            return f"{before}{found}{inside}{closed}", behind
    return "", text


def _sheet(text: str, t: Strings) -> str:
    """All sentences of a text, each where it is first, below the headings of their sections."""
    seen: set[str] = set()
    before, *sections = _HEADING.split(text)
    parts = [_part("", before, seen)]
    for name, words, body in zip(sections[::3], sections[1::3], sections[2::3], strict=True):
        parts.append(_part(f'<p><a href="#{name}">{_MARK.sub("", words)}</a></p>', body, seen))
    title, beside = escape(t("sheet.title")), escape(t("sheet.beside"))
    if t.sounds:
        beside += f" {escape(t('sheet.sounds'))}"
    return (
        f'<section class="sheet" id="sheet" aria-label="{title}"><p>{beside}</p>'
        f"{''.join(parts)}</section>\n"
    )


def _part(heading: str, body: str, seen: set[str]) -> str:
    """The sentences of one section that no section before it had, which `seen` then holds too."""
    listed = ""
    for item, said in _ITEM.findall(body):
        if said not in seen:
            seen.add(said)
            listed += f"<li>{item}</li>\n"
    return f"<div>{heading}{LIST}\n{listed}</ul></div>" if listed else ""
