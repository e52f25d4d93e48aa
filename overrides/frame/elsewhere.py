"""Links to a page in another language (step 1): the HTML of a text in, the same out with that language said.

Whoever follows a link in her own language should know before that English comes. The link carries the
language for a machine, and words behind it, or in its row, for everybody. It knows no page.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from urllib.parse import urljoin

from markupsafe import Markup

# By path, such as `/es/routes/`: the language in which the page there is shown, and words that say so.
Elsewhere = Mapping[str, tuple[str, str]]

_ROW = "</span>"  # the end of the words of a row, which are the whole line and take the language in
_LINK = re.compile(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', re.S)


def link(href: str, text: str, path: str, elsewhere: Elsewhere) -> Markup:
    """A link on the page at `path`, with the language of what it leads to if that is another."""
    return Markup(marked(f'<a href="{escape(href)}">{escape(text)}</a>', path, elsewhere))  # noqa: S704 - escaped


def marked(text: str, path: str, elsewhere: Elsewhere) -> str:
    """The text of the page at `path`; a link whose words are marked already stays as it is."""

    def said(found: re.Match[str]) -> str:
        href, rest, words = found.groups()
        target = _target(path, href)
        if target not in elsewhere or target == path or " lang=" in rest:
            return found[0]
        language, word = elsewhere[target]
        marked = f'<a href="{href}" hreflang="{language}"{rest}>{words}'
        if words.endswith(_ROW):
            return f"{marked.removesuffix(_ROW)} ({escape(word)}){_ROW}</a>"
        return f"{marked}</a> ({escape(word)})"

    return _LINK.sub(said, text) if elsewhere else text


def _target(path: str, href: str) -> str:
    """Where a link on the page at `path` leads, without its part of the page; itself if to another site.

    Most lead up from the folder of their page, whose own name is then of no matter: all municipalities
    share a few dozen.
    """
    if href.startswith("../"):
        return _joined(f"{path.rstrip('/').rpartition('/')[0]}/-/", href)
    if ":" in href.partition("/")[0]:
        return href
    return path if href.startswith("#") else urljoin(path, href).partition("#")[0]


@lru_cache(maxsize=4096)
def _joined(base: str, href: str) -> str:
    return urljoin(base, href).partition("#")[0]
