#!/usr/bin/env bash
# playwright 1.65.2 from PyPI with a Chromium of PATH: a list's own `append` as the listener of an event.
#
# The manual types a listener as Callable[[Request], ...]; a lambda, a function and a method of one's own class are taken.
# Expected: `page.on("request", seen.append)` collects the requests, as any callable of one argument would.
# Seen: it stops with AttributeError, since the library hangs its wrapper on the listener, and a built-in method takes no
#   attribute. An object with __slots__ and a __call__ is refused the same way; functools.partial(seen.append) is taken.
# Means: wrap it in a lambda. That the same was once repaired for methods of classes does not help here.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check playwright==1.65.2
"$folder/venv/bin/python" - <<'PY'
import functools
import importlib.metadata
import shutil

from playwright.sync_api import sync_playwright

print("playwright", importlib.metadata.version("playwright"))


class Slotted:
    __slots__ = ("seen",)

    def __init__(self):
        self.seen = []

    def __call__(self, request):
        self.seen.append(request)


def told(browser, listener):
    """What happens with this listener: how often it was called, or the error."""
    page = browser.new_page()
    try:
        page.on("request", listener)
        page.goto("data:text/html,<title>x</title>")
        return "taken"
    except AttributeError as error:
        return f"AttributeError: {error}"
    finally:
        page.close()


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    found = {
        "lambda": told(browser, lambda request: None),
        "partial": told(browser, functools.partial([].append)),
        "list.append": told(browser, [].append),
        "slots": told(browser, Slotted()),
    }
    browser.close()
for name, said in found.items():
    print(f"{name}: {said}")
assert found["lambda"] == found["partial"] == "taken", found
assert found["list.append"].startswith("AttributeError"), found
assert found["slots"].startswith("AttributeError"), found
PY
