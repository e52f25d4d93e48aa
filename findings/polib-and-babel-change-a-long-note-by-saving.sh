#!/usr/bin/env bash
# polib 1.2.0 and Babel 2.19.0 save a .po file whose extracted note (`#.`) is one line longer than 78 signs.
#
# Expected: a text may be wrapped, since its pieces are joined again; a note is what it was when the file is read back, as after
# msgcat of GNU gettext, which leaves notes alone at every width.
# Seen: both break the note into three lines, and nothing joins them: read back, it has two line breaks that nobody wrote in polib, and is
# three notes instead of one in Babel. With wrapwidth=0 polib keeps it; Babel breaks it also with width=0, which keeps a text whole.
# Means: a note that a program takes back, such as the English beside a Dutch text, has to be read without its line breaks.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check polib==1.2.0 babel==2.19.0
"$folder/venv/bin/python" - <<'PY'
from io import BytesIO

import babel
import polib
from babel.messages.pofile import read_po, write_po

NOTE = "en: " + " ".join(["word"] * 30)
TEXT = f'#. {NOTE}\nmsgctxt "id"\nmsgid "ja"\nmsgstr "yes"\n'
print("polib", polib.__version__, "and Babel", babel.__version__)


def by_polib(width: int) -> str:
    (entry,) = polib.pofile(str(polib.pofile(TEXT, wrapwidth=width)))
    return entry.comment


def by_babel(width: int) -> list[str]:
    saved = BytesIO()
    write_po(saved, read_po(BytesIO(TEXT.encode())), width=width)
    return read_po(BytesIO(saved.getvalue())).get("ja", "id").auto_comments


(entry,) = polib.pofile(TEXT)
assert entry.comment == NOTE
assert read_po(BytesIO(TEXT.encode())).get("ja", "id").auto_comments == [NOTE]
print("polib, saved at 78:", repr(by_polib(78)))
print("Babel, saved at 76:", by_babel(76))
assert by_polib(78).count("\n") == 2
assert by_polib(78).split() == NOTE.split()
assert len(by_babel(76)) == 3
assert by_polib(0) == NOTE
assert len(by_babel(0)) == 3
PY
echo "as described"
