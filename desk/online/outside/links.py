"""Where the pages of a site lead (steps 2 and 9, from outside): each link written as a browser asks for it.

Comes in: a page. Goes out: paths of the same site. It refuses to know which of them are listed.
"""

import html
import re
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

_LINK = re.compile(rb"\b(?:href|src|action|data|poster)=[\"']?([^\"'\s>]+)")
_AS_IT_IS = "/!$&'()*+,;=:@~"  # in a path, beside letters, digits and -._


def linked(at: str, octets: bytes) -> set[str]:
    """The paths of this site to which a page leads."""
    found = (html.unescape(one.decode("utf-8", "replace")) for one in _LINK.findall(octets))
    return {path for path in (_path_of(at, one) for one in found) if path}


def _path_of(at: str, link: str) -> str:
    """The path that a link of a page means here, each sign written as a browser asks for it; empty for elsewhere."""
    try:
        target = urlsplit(urljoin(f"http://site{at}", link))
    except ValueError:  # no address at all
        return ""
    if target.netloc != "site":
        return ""
    return quote(unquote_to_bytes(target.path.encode("utf-8", "replace")), _AS_IT_IS) or "/"
