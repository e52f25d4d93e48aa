"""Addresses and numbers known by their shape alone, part of the leak check in step 7.

Comes in: a folded text. Goes out: where an address on the internet, an account, a plate, a
postcode or a telephone number stands. It refuses to know any case.
"""

import re
from collections.abc import Iterator

# Last parts of addresses: generic ones, and of countries; not those that are short Dutch words.
_TOP = (
    "com|org|net|info|io|app|xxx|sex|porn|adult|cam|cams|dating|escort|amsterdam|frl|onion|biz|site"
    "|online|club|shop|store|live|love|link|top|vip|pro|blog|page|dev|cloud|mobi|social|chat|space"
    "|world|agency|media|photos|fun|one|lol|nl|eu|be|de|me|ro|bg|hu|pl|ru|uk|es|br|ch|at|fr|it|dk|se"
    "|fi|ie|pt|gr|cz|sk|si|hr|lt|lv|ee|lu|li|us|ca|au|cn|jp|kr|th|tr|ua|by|md|rs|mk|ba|ma|tn|za|ng"
    "|gh|cc|tv|ws|cx|ph|vn|co|gg|ly|fm|gl|is|to|in|ai|xyz|tel|name"
)
_MAIL = re.compile(r"[\w.+-]+ ?(?:@|\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_WEB = re.compile(
    # The last part in small letters: "gesprek.De" is a sentence without its space.
    rf"\b(?:https?|tg|signal)://\S+|\bwww\.\S+|\b(?:[a-z0-9][a-z0-9-]*\.)+(?-i:{_TOP})\b(?:/\S*)?",
    re.IGNORECASE,
)
# "@lola", and a word with a line in it: nobody writes "sexy_lola" but as the name of an account.
_HANDLE = re.compile(r"(?<![\w.])@\w[\w.]+|(?<![\w{])[^\W_]+(?:_+[^\W_]+)+(?!\w)")
_IBAN = re.compile(
    r"\b[a-z]{2}\d\d(?:[ .-]?[a-z0-9]{4}){2,7}(?:[ .-]?[a-z0-9]{1,3})?\b", re.IGNORECASE
)
_PHONE = re.compile(r"\d(?:[ ()./+_–-]{0,3}\d){6,}")
# The side codes of Dutch plates; a postcode without its space is the second of them.
_SIDE_CODES = frozenset(
    re.findall(
        r"\w+",
        "XX9999 9999XX 99XX99 XX99XX XXXX99 99XXXX 99XXX9 9XXX99 XX999X X999XX XXX99X X99XXX "
        "9XX999 999XX9",
    )
)
_GROUP = r"(?:[A-Za-z]{1,3}|\d{1,3})"
# Within a lookahead, so that a match that is no plate hides none that begins inside it.
_PLATE = re.compile(rf"\b(?=({_GROUP}[ .–-]{_GROUP}[ .–-]{_GROUP}|[A-Za-z0-9]{{6}})\b)")
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b")

_BY_KIND = (("mail", _MAIL), ("web", _WEB), ("handle", _HANDLE), ("iban", _IBAN))


def _is_plate(found: str) -> bool:
    squeezed = re.sub(r"[ .–-]", "", found)
    code = re.sub(r"\d", "9", re.sub(r"[A-Za-z]", "X", squeezed))
    if code not in _SIDE_CODES:
        return False
    # In small letters, "na 10 en" and "24uurs" are words.
    is_written_apart = " " not in found and squeezed != found
    return is_written_apart or found == found.upper()


def _plates(text: str) -> Iterator[tuple[int, int]]:
    for found in _PLATE.finditer(text):
        if _is_plate(found[1]):
            yield found.span(1)
    for found in _POSTCODE.finditer(text):
        yield found.span()


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Where seven digits or more stand together, with at most three marks between two of them."""
    for found in _PHONE.finditer(text):
        yield found.span()


def shapes(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every mail, web, handle, iban and plate in a folded text: kind, start and end."""
    for kind, pattern in _BY_KIND:
        for found in pattern.finditer(text):
            yield kind, found.span()
    for span in _plates(text):
        yield "plate", span
