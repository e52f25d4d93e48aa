#!/usr/bin/env bash
# MkDocs 1.6.1, `validation: anchors: warn` with `--strict`: links to an Arabic page and heading, as a browser's address bar gives
# them to who copies (percent-encoded), and as they are typed.
#
# Expected: both forms are one address, so both are found, or neither.
# Seen: the page is found in either form, the anchor only as typed: the strict build stops at "does not contain an anchor
#   '#%D9%82...'". Chromium, asked for that very address in what was built, goes to the heading.
# Means: an editor who copies the link of an Arabic, Chinese or Thai heading out of the browser is told that it is broken, though it
#   works: the part before # may stay as copied, the part behind it is typed in letters.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 playwright==1.65.2
export NO_MKDOCS_2_WARNING=1 PYTHONUTF8=1
printf 'site_name: x\ntheme: {name: mkdocs}\nplugins: []\nmarkdown_extensions: [attr_list]\n' >mkdocs.yml
printf 'validation: {anchors: warn, unrecognized_links: warn}\nuse_directory_urls: false\n' >>mkdocs.yml
mkdir docs
echo '## قسم {#قسم}' >docs/صفحة.md
page=%D8%B5%D9%81%D8%AD%D8%A9.md
anchor=%D9%82%D8%B3%D9%85
venv/bin/mkdocs --version
for link in "صفحة.md#قسم" "$page#قسم" "صفحة.md#$anchor" "$page#$anchor"; do
  echo "[there]($link)" >docs/index.md
  code=0
  venv/bin/mkdocs build --strict >log 2>&1 || code=$?
  echo "exit code $code: $link"
  case "$link" in
    *"$anchor")
      test "$code" -ne 0
      grep -q "does not contain an anchor '#$anchor'" log
      ;;
    *) test "$code" -eq 0 ;;
  esac
done
venv/bin/mkdocs build 2>log
venv/bin/python - <<'PY'
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    page = browser.new_page()
    page.goto(Path("site/index.html").absolute().as_uri())
    page.get_by_role("link", name="there").click()
    page.wait_for_url("**/*.html#*")
    found = page.evaluate("[location.hash, document.querySelector(':target')?.id]")
    browser.close()
print("Chromium was led to", found)
assert found == ["#%D9%82%D8%B3%D9%85", "قسم"], found
PY
echo "as described"
