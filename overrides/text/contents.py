"""The list of contents of a long page (step 1): the HTML of its text in, the same text with the list
in front of its first heading out.

It is links and a fold, without a script: on a phone one line behind the summary, beside the text where
there is room. What the fold opens stands behind it and not in it, since no style opens a fold in the
oldest browsers that we carry.
"""

import re
from html import escape

from overrides.words.strings import Strings

LONG = 4  # sections from which on a page has a list
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
_MARK = re.compile(r"<sup.*?</sup>")  # of a source
_LINK = re.compile(r"</?a\b[^>]*>")
_ID = re.compile(r' id="[^"]*"')  # of a word in a heading, which stays where it is


def insert(text: str, page: Strings, shown: Strings) -> str:
    """The text with its list, if it is long; `page` and `shown` speak the languages of frame and text."""
    lead, first, rest = text.partition("<h2 ")
    return f"{lead}{of(text, page, shown)}{first}{rest}"


def of(text: str, page: Strings, shown: Strings) -> str:
    """The list alone; empty where the text is not long.

    A heading that is a link leads to another page and is no section of this one.
    """
    headings = [(name, _ID.sub("", _MARK.sub("", words))) for name, words in _HEADING.findall(text)]
    if sum(not _LINK.search(words) for _, words in headings) < LONG:
        return ""
    # The outer element stands on the side that the page says; its words run as the text does.
    turned = page.direction != shown.direction
    outer, inner = (f' dir="{one.direction}"' if turned else "" for one in (page, shown))
    links = "".join(
        f'<li><a href="#{name}">{_LINK.sub("", words)}</a></li>' for name, words in headings
    )
    title = escape(shown("contents.title"))  # also for an attribute, which a quote would end
    return (
        f'<div class="contents"{outer}><nav aria-label="{title}"{inner}>'
        f"<details><summary>{title}</summary></details><ul>{links}</ul></nav></div>\n"
    )
