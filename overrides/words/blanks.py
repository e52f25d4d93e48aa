"""What still waits for somebody (step 1): a value of the settings in, whether it is a blank out.

It knows no setting.
"""

import re

OPEN = "OPEN:"
# What people write where they mean to write something later.
_LATER = re.compile(r"(?:n/?a|nvt|none|null|name|naam|test|xx+|tb[adc]|[\W_]*)", re.I)
_LATER_WORD = re.compile(r"\b(?:todo|fixme|tbd|lorem ipsum)\b", re.I)


def is_blank(text: str) -> bool:
    """Whether a text is a blank, a mark for later, or nothing but signs."""
    plain = text.strip()
    return OPEN in plain or bool(_LATER.fullmatch(plain) or _LATER_WORD.search(plain))


def shown(text: str) -> str:
    """The text a reader sees: a blank without its marker."""
    return text.removeprefix(OPEN).strip()


def said(value: object) -> str:
    """A value as an editor knows it, for a message: text in marks, truth as YAML writes it."""
    if isinstance(value, bool):  # what YAML 1.1 makes of yes, no, on and off too
        return str(value).lower()
    return f"`{value}`" if isinstance(value, str) else str(value)
