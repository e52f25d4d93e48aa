"""What the text of a page may hold (step 1): its HTML in, what does not belong there out.

Pages are written in Markdown. HTML put into one by hand could load, run or hide something, so the tags,
the attributes and the addresses of the result are held against a list. A sentence to say to an officer
stands in a list of such sentences, else it reads as a duty of somebody else. It knows no page.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

from overrides.words.errors import Gathered, SiteError

TAGS = frozenset(
    (
        "a", "bdi", "blockquote", "br", "code", "dd", "details", "div", "dl", "dt", "em", "h1",
        "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "section", "span", "strong", "summary",
        "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
ATTRIBUTES = frozenset(
    (
        "class", "data-label", "dir", "href", "id", "lang", "rel", "role", "scope", "start",
        "title", "translate",
    )
)  # fmt: skip
# Small letters, values between double quotes, and nothing in them that could end a tag or begin one.
_PLAIN_TAG = re.compile(r'<(?:/[a-z0-9]+|[a-z0-9]+(?: [a-z-]+="[^"<>]*")*(?: /)?)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')  # of such a tag, one behind the other
_SCHEMES = ("https", "http", "mailto", "tel")
_HINT = "write it in Markdown, without HTML of your own"
# Markdown makes one list of two when no text stands between them, and none without an empty line before it.
_SIGN = 'class="say"'
# A list of nothing but sentences to say, with no list in it; in such a list none is hidden.
_SAID = re.compile(
    r'<ul class="says">\n(?:<li>\s*(?:<p>)?<em class="say"(?:(?!<[uo]l|</?li)[^\n]|\n(?! *[-*+\d]))*</li>\n)+</ul>'
)
_NO_LIST = re.compile(r"\n\s*(?:[-*+]|\d+\.)\s+$")
_APART = (
    'write a line such as "You can say:" before the sentences to say; they are a list of their own'
)
_ALONE = "make it an item of a list: - *Sentence*{: .say }, and behind it what it means"
_MOST_SHOWN = 60  # characters of a list, enough to find it by


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(f"the tag <{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.found.append(f"the attribute {name} on <{tag}>")
            elif name == "href" and not _is_safe(value or ""):
                self.found.append(f"a link to {value}")

    def handle_comment(self, data: str) -> None:
        self.found.append("a comment, which everybody can read in the source")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}>")


def _is_safe(address: str) -> bool:
    """Browsers skip spaces and control characters in a scheme, so nothing of the kind is let in."""
    if re.search(r"[\x00-\x20\x7f]", address):
        return False
    scheme = re.match(r"([^/?#:]*):", address)
    return scheme is None or scheme[1].lower() in _SCHEMES


def refuse(content: str) -> None:
    """Stop at a page whose text holds what no page needs, or hides a sentence to say."""
    found = _plainly(content)
    gathered = Gathered()
    gathered.found += [SiteError(f"holds {what}", _HINT) for what in dict.fromkeys(found)]
    gathered.found += _mixed(content)
    gathered.refuse()


def _plainly(content: str) -> list[str]:
    """What is found; where every tag is written plainly, those that are alike are looked at once.

    One sign of a tag that is not, or one that is not fine, and the whole text is read as a browser does.
    """
    tags = set(_PLAIN_TAG.findall(content))
    if "<" not in _PLAIN_TAG.sub("", content) and all(map(_is_fine, tags)):
        return []
    return _read(content)


@lru_cache(maxsize=4_096)  # pages have most of their tags in common
def _is_fine(tag: str) -> bool:
    """Whether a plain tag, its attributes and its address are on the list."""
    return tag[1:-1].strip("/").partition(" ")[0] in TAGS and all(
        name in ATTRIBUTES and (name != "href" or _is_safe(html.unescape(value)))
        for name, value in _ATTRIBUTE.findall(tag)
    )


def _read(content: str) -> list[str]:
    reader = _Reader()
    reader.feed(content)
    reader.close()
    return reader.found


@dataclass
class _Item:
    """One item of a list: its own text so far, and how much of it stood before a sentence to say."""

    text: str = ""
    before: str | None = None

    @property
    def is_saying(self) -> bool:
        return self.before is not None and not self.before.strip()


class _Sayings(HTMLParser):
    """Keeps the lists that are open, the text of the paragraph, and what is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.lists: list[list[_Item]] = []
        self.paragraph = ""
        self.found: list[SiteError] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self.lists.append([])
        elif tag == "li" and self.lists:
            self.lists[-1].append(_Item())
        if tag in ("li", "p"):
            self.paragraph = ""
        if ("class", "say") in attrs:
            self._saying()

    def _saying(self) -> None:
        if _NO_LIST.search(self.paragraph):
            hint = "put an empty line before the list of sentences to say"
            self.found.append(
                SiteError(f"a sentence to say follows {_begin(self.paragraph)}", hint)
            )
        elif not self.lists:
            self.found.append(SiteError("a sentence to say stands in no list", _ALONE))
        for items in self.lists[-1:]:
            if items and items[-1].before is None:
                items[-1].before = items[-1].text

    def handle_data(self, data: str) -> None:
        self.paragraph += data
        for items in self.lists[-1:]:
            if items:
                items[-1].text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            items = self.lists.pop()
            said = [item for item in items if item.before is not None]
            if said and not all(item.is_saying for item in items):
                what = f"a list holds sentences to say and other things: {_begin(items[0].text)}"
                self.found.append(SiteError(what, _APART))


def _begin(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= _MOST_SHOWN else f"{shown[:_MOST_SHOWN]}…"


def _mixed(content: str) -> list[SiteError]:
    """One error for each list, or paragraph, in which a sentence to say is hidden."""
    found = []
    for section in content.split("<h2"):  # no list and no paragraph goes on behind a heading
        if _SIGN in _SAID.sub("", section):
            reader = _Sayings()
            reader.feed(section)
            reader.close()
            found += reader.found
    return found
