#!/usr/bin/env bash
# Python-Markdown 3.11.3: a list numbered with the digits of its own language, as an Arabic or Thai writer types them.
#
# Expected: as in CommonMark (markdown-it-py 4.3.0), where only 0 to 9 begin an item: it stays a paragraph, with its digits.
# Seen: any digit of Unicode begins an item, so the list is made and the typed numbers are gone. With `sane_lists`, which is to
#   keep the first number, a list that begins at three gets start="٣"; HTML knows no such number, and Chromium counts from 1.
# Means: a translator who types "٣." sees a list that says 1, and "see step ٣" in the text points at nothing. Numbers
#   that the text speaks of are written with 0 to 9.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check markdown==3.11.3 markdown-it-py==4.3.0 playwright==1.65.2
"$folder/venv/bin/python" - <<'PY'
import shutil

from markdown import __version__, markdown
from markdown_it import MarkdownIt
from playwright.sync_api import sync_playwright

TYPED = {"Arabic": "٣. ثالث\n٤. رابع", "Persian": "۳. سوم\n۴. چهارم", "Thai": "๓. สาม\n๔. สี่", "Latin": "3. drie\n4. vier"}
print("Python-Markdown", __version__)
made = {}
for script, typed in TYPED.items():
    common = MarkdownIt().render(typed).split(">")[0] + ">"
    plain = markdown(typed).split("\n")[0]
    made[script] = markdown(typed, extensions=["sane_lists"])
    print(f"{script}: CommonMark {common}, Python-Markdown {plain}, with sane_lists {made[script].split(chr(10))[0]}")
    assert common == ('<ol start="3">' if script == "Latin" else "<p>"), common
    assert plain == "<ol>", plain
assert made["Arabic"].startswith('<ol start="٣">') and made["Thai"].startswith('<ol start="๓">')
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    page = browser.new_page()
    page.set_content("".join(made.values()))
    begins = dict(zip(made, page.evaluate("[...document.querySelectorAll('ol')].map((list) => list.start)"), strict=True))
    browser.close()
print("Chromium begins to count at", begins)
assert begins == {"Arabic": 1, "Persian": 1, "Thai": 1, "Latin": 3}, begins
PY
echo "as described"
