"""The one style that stands inside a page and not beside it (step 1): `kept.css` in, its text and its hash out.

A file that is kept on a phone can fetch nothing, so it brings its style along. A content policy that names the
hash lets in these bytes and no other style.
"""

import base64
import re
from hashlib import sha256
from pathlib import Path

_FILE = Path(__file__).parents[1] / "assets" / "kept.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_BLANK = re.compile(r"\s*([{};,>])\s*|\s+")


def style() -> str:
    """The style without comments and blanks, as it stands between its tags."""
    bare = _COMMENT.sub("", _FILE.read_text("utf-8"))
    return _BLANK.sub(lambda found: found[1] or " ", bare).replace(";}", "}").strip()


def source() -> str:
    """Its hash as a policy names it."""
    digest = sha256(style().encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
