"""Unicode's White_Space property, for steps 2 and 6, where both sides must agree on what is empty.

It is spelled out because `str.isspace()` adds U+001C to U+001F, and ECMAScript's `trim()` adds
U+FEFF and leaves out U+0085.
"""

WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
