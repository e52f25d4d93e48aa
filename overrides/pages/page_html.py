"""What the text of a page may hold (step 1): its HTML in, what does not belong there out.

Pages are written in Markdown. HTML put into one by hand could load, run or hide something, so the tags,
the attributes and the addresses of the result are held against a list. It knows no page.
"""

import html
import re
from html.parser import HTMLParser

from overrides.pages import sayings
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
    gathered.found += sayings.mixed(content)
    gathered.refuse()


def _plainly(content: str) -> list[str]:
    """What is found; where every tag is written plainly, those that are alike are looked at once.

    One sign of a tag that is not, or one that is not fine, and the whole text is read as a browser does.
    """
    tags = set(_PLAIN_TAG.findall(content))
    if "<" not in _PLAIN_TAG.sub("", content) and all(map(_is_fine, tags)):
        return []
    return _read(content)


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
