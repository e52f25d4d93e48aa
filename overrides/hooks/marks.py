"""What makes a page one of a preview (step 1): a built page in, the same page marked out; and its refusals.

Nothing of the press imports it, so that no build can hold any of it. It reads no file.
"""

import html
import re
from urllib.parse import urlsplit

from overrides.words.errors import SiteError

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_POLICY = re.compile('<meta http-equiv="Content-Security-Policy" content="[^"]*">\n')
_FRAME = '<div class="frame">\n'
_BROKEN = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>Preview</title></head>
<body><h1>The site cannot be built</h1>
<pre>{}</pre>
<p>Mend it and save. The page comes back by itself.</p></body>
</html>
"""


def marked(page: str, banner: str) -> str:
    """A page without the policy that stops MkDocs' own script, and with a line that says so."""
    found, dropped = _POLICY.subn("", page)
    if dropped != 1 or found.count(_FRAME) != 1:
        raise SiteError("a page has no policy or no frame", "look at overrides/templates/main.html")
    return found.replace(_FRAME, f'<aside class="practice">{html.escape(banner)}</aside>\n{_FRAME}')


def broken(said: str) -> str:
    """The page that stands in the place of all others; it looks again every second."""
    return _BROKEN.format(html.escape(said))


def told(error: SiteError) -> str:
    """All that is wrong, as the press writes it to a terminal."""
    lines = [f"site: {one}\n" + (f"hint: {one.hint}\n" if one.hint else "") for one in error.every]
    return "".join(lines)


def refuse_public(site_url: str, name: str) -> None:
    """The addresses in a preview lead to this machine and to no other; `name` is the settings file."""
    if urlsplit(site_url).hostname not in _LOOPBACK:
        hint = "give it a site_url such as http://127.0.0.1:8000; a desk has settings of its own"
        raise SiteError(f"{name} is of a site on the network", hint)
