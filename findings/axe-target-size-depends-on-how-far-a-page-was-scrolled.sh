#!/usr/bin/env bash
# axe-core 4.12.1 (axe-playwright-python 0.1.8) in a Chromium of PATH: three buttons of 200 by 44 pixels below each other, and
# a sticky bar with one link of the same height. Rule `target-size` (WCAG 2.5.8, 24 by 24 pixels), page as it is and scrolled.
#
# Expected: the size of a button does not change by scrolling, so the rule says the same wherever the page stands; what lies
#   under a sticky bar can be brought into view.
# Seen: nothing wrong at the top; scrolled so that the link of the bar lies over a part of a button, that button is a serious
#   violation ("partially obscured"). With text and no link in the bar nothing is ever wrong: only other targets count.
# Means: a state that is looked at after a walk (focus scrolls the page) fails or passes by chance. Scroll to the top first,
#   as here, or measure boxes yourself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check playwright==1.65.2 axe-playwright-python==0.1.8
venv/bin/python - <<'PY'
import shutil

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PAGE = """<!doctype html><html lang="en"><title>t</title><style>
body {{ margin: 0 }} main {{ padding-top: 100px }} p {{ height: 2000px }}
header {{ position: sticky; top: 0; background: #fff; z-index: 1 }}
header > * {{ display: block; width: 360px; height: 44px }}
button {{ display: block; width: 200px; height: 44px; margin: 0 }}
</style><header>{bar}</header><main><h1>t</h1><button>one</button><button>two</button><button>three</button><p>x</p></main>"""
BARS = {"link": '<a href="/x">away</a>', "text": "<span>away</span>"}


def wrong(page, pixels):
    page.evaluate(f"scrollTo(0, {pixels})")
    found = Axe().run(page, options={"runOnly": ["target-size"]}).response["violations"]
    return [(one["impact"], str(node["target"][0])) for one in found for node in one["nodes"]]


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    print("Chromium", browser.version)
    page = browser.new_page(viewport={"width": 360, "height": 640})
    seen = {}
    for name, bar in BARS.items():
        page.set_content(PAGE.format(bar=bar))
        top = int(page.locator("button").first.bounding_box()["y"])
        seen[name] = {way: wrong(page, pixels) for way, pixels in (("top", 0), ("scrolled", top - 14))}
        print("axe", page.evaluate("axe.version"), f"bar with a {name}:", seen[name])
    browser.close()
assert seen["text"] == {"top": [], "scrolled": []}
assert seen["link"]["top"] == [] and [impact for impact, _ in seen["link"]["scrolled"]] == ["serious"]
PY
echo "as described"
