"""Who learns what (step 1): the Markdown of a page in; a letter that does not begin with it is refused.

A letter tells somebody that she is there. So a box that says who learns what stands before every
letter, one for each. It knows no language and no words.
"""

import re

from overrides.words.errors import Gathered, SiteError

_MARK = re.compile(r"(?m)^(?:## (?P<heading>.+?)(?: \{.*)?|!!! (?P<kind>learns|letter) .*)$")
_HINT = 'write !!! learns "..." before it, with who gets it, what they learn, and who else may'


def refuse(body: str) -> None:
    """Stop at a page with a letter before which nothing says who learns what."""
    gathered = Gathered()
    heading, said = "", False
    for mark in _MARK.finditer(body):
        if mark["heading"]:
            heading, said = mark["heading"], False
        elif mark["kind"] == "learns":
            said = True
        elif said:
            said = False
        else:
            what = f"holds a letter that does not begin with who learns what, under: {heading}"
            gathered.found.append(SiteError(what, _HINT))
    gathered.refuse()
