#!/usr/bin/env bash
# polib 1.2.0 and Babel 2.19.0, which both read the .po files of gettext: notes and marks that are typed without a space.
#
# Expected: both take "#note" as a comment and "#,fuzzy" as the mark fuzzy, as msgcat of GNU gettext does, which adds the space.
# Seen: Babel does. polib stops with "Syntax error in po file" at each of them, also at "#:file:1" and "#.for you".
# Means: a translator's "#todo" stops the build. What is said about such a line has to speak of the space and not of quotes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check polib==1.2.0 babel==2.19.0
"$folder/venv/bin/python" - <<'PY'
from io import BytesIO

import babel
import polib
from babel.messages.pofile import read_po

ENTRY = 'msgid "yes"\nmsgstr "نعم"\n'
BEGIN = {"#": "note", "#,": "fuzzy", "#.": "for you", "#:": "file:1"}
print("polib", polib.__version__, "and Babel", babel.__version__)


def by_polib(text: str) -> str:
    try:
        (entry,) = polib.pofile(text)
    except OSError as error:
        return str(error)
    return f"{entry.msgstr} {[entry.tcomment, entry.comment, entry.flags, entry.occurrences]}"


def by_babel(text: str) -> str:
    message = read_po(BytesIO(text.encode()), locale="ar").get("yes")
    return f"{message.string} {[message.user_comments, message.auto_comments, sorted(message.flags), message.locations]}"


for sign, rest in BEGIN.items():
    spaced, close = f"{sign} {rest}\n{ENTRY}", f"{sign}{rest}\n{ENTRY}"
    print(f"{sign}{rest}: polib: {by_polib(close)}; Babel: {by_babel(close)}")
    assert by_babel(close) == by_babel(spaced)
    assert by_polib(spaced).startswith("نعم"), by_polib(spaced)
    assert by_polib(close).startswith("Syntax error in po file"), by_polib(close)
PY
echo "as described"
