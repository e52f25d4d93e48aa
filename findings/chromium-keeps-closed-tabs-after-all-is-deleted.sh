#!/usr/bin/env bash
# A Chromium of PATH (seen with 156.0.8078.108, Debian, headless), driven by playwright 1.65.2.
#
# One page of this machine is opened and the browser closed. In a second start "Delete browsing data" is asked for by its own
# page, with the boxes as it ticks them (history, cookies, cache, downloads); the browser closes; then a third start and end.
#
# Expected: once that page has done its work the address stands in no file of the profile.
# Seen: it stands in Default/Sessions/Tabs_*, the list of closed tabs, while the browser goes on and after it has closed. The
#   next start takes it away.
# Means: who deletes everything before handing over a device has to start the browser once more, or the address and title
#   of what the last window showed lie there in plain UTF-16.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check playwright==1.65.2
venv/bin/python - <<'PY'
import http.server
import os
import shutil
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

PROFILE = Path("profile").absolute()


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>xyzzytitle</title><p>x")

    def log_message(self, *_):
        pass


@contextmanager
def chromium(playwright):
    """One start of the browser, ended as by its last window."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    command = [shutil.which("chromium"), f"--user-data-dir={PROFILE}", f"--remote-debugging-port={port}", "--headless"]
    command += ["--no-sandbox", "--no-first-run", "--disable-background-networking", "about:blank"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": {**os.environ, "HOME": str(PROFILE)}}
    with subprocess.Popen(command, **quiet) as process:
        for _ in range(600):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        yield browser.contexts[0].pages[0]
        browser.new_browser_cdp_session().send("Browser.close")
        process.wait(60)


def holding(*words):
    """Files of the profile in which one of the words stands, as UTF-8 or UTF-16."""
    spelled = [word.encode(name) for word in words for name in ("utf-8", "utf-16-le")]
    files = [one for one in PROFILE.rglob("*") if one.is_file() and not one.is_symlink()]
    held = [one for one in files if any(word in one.read_bytes() for word in spelled)]
    return sorted(one.relative_to(PROFILE).as_posix() for one in held)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
place = f"127.0.0.1:{server.server_port}"
with sync_playwright() as playwright:
    with chromium(playwright) as page:
        page.goto(f"http://{place}/")
        page.wait_for_timeout(4000)
    before = holding(place, "xyzzytitle")
    print("visited:", *before, sep="\n  ")
    with chromium(playwright) as page:
        print(page.context.browser.version)
        page.goto("chrome://settings/clearBrowserData")
        page.locator("#deleteButton").first.click()
        page.wait_for_timeout(8000)
        during = holding(place, "xyzzytitle")
        print("deleted:", *during, sep="\n  ")
    after = holding(place, "xyzzytitle")
    print("closed:", *after, sep="\n  ")
    with chromium(playwright) as page:
        page.wait_for_timeout(4000)
    again = holding(place, "xyzzytitle")
    print("started again:", *(again or ["nothing"]), sep="\n  ")
assert "Default/History" in before, before
assert during and all(name.startswith("Default/Sessions/Tabs_") for name in during), during
assert after and all(name.startswith("Default/Sessions/Tabs_") for name in after), after
assert again == [], again
PY
echo "as described"
