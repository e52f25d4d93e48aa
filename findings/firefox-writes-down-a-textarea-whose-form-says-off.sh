#!/usr/bin/env bash
# A Firefox and a Chromium of PATH (seen with Firefox ESR 153.8.0 and Chromium 156.0.8078.108, Debian), driven through
# websockets 17.4 and playwright 1.65.2.
#
# A page with `Cache-Control: no-store` has a form that says autocomplete="off", in it a textarea and a text input; a textarea
# that says so itself; and one that says nothing. Words are typed into each and both browsers are killed: the files of their
# sessions are read.
#
# Expected: what the form switches off is off for all its fields, in both; and no-store keeps the page's words off the disk.
# Seen: Firefox writes down the textarea of that form and passes over its text input; Chromium passes over both. A textarea
#   that says "off" itself is passed over by both. no-store changes nothing: what may be completed is written down by both.
# Means: each textarea needs its own autocomplete="off", and no header does that work.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check websockets==17.4 playwright==1.65.2
venv/bin/python - <<'PY'
import contextlib
import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright
from websockets.sync.client import connect

FIELDS = ("inherited-area", "inherited-input", "own", "none")
PAGE = b"""<!doctype html><title>x</title><form autocomplete="off"><textarea id="inherited-area"></textarea>
<input id="inherited-input" type="text"></form><textarea id="own" autocomplete="off"></textarea><textarea id="none"></textarea>"""


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("cache-control", "no-store")
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(PAGE)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def killed(command, profile):
    """Run a browser for the time of the block, on a port that is given, and kill it with all its processes."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    told = [*command, f"--remote-debugging-port={port}", "--headless", "about:blank"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": {**os.environ, "HOME": str(profile)}}
    process = subprocess.Popen(told, start_new_session=True, **quiet)
    for _ in range(600):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield port
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def word(field):
    return f"zq{field.replace('-', '')}"


def in_firefox(address, profile):
    (profile / "user.js").write_text('user_pref("remote.active-protocols", 1);\nuser_pref("browser.sessionstore.interval", 500);\n')
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    print(subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip())
    with (
        killed([program, "--no-remote", "--profile", profile], profile) as port,
        connect(f"ws://127.0.0.1:{port}/session") as wire,
    ):

        def ask(number, method, **params):
            wire.send(json.dumps({"id": number, "method": method, "params": params}))
            while (said := json.loads(wire.recv(timeout=60))).get("id") != number:
                pass
            return said["result"]

        ask(1, "session.new", capabilities={})
        tab = ask(2, "browsingContext.getTree")["contexts"][0]["context"]
        ask(3, "browsingContext.navigate", context=tab, url=address, wait="complete")
        for number, field in enumerate(FIELDS):
            focus = f"document.getElementById('{field}').focus()"
            ask(10 + number, "script.evaluate", expression=focus, target={"context": tab}, awaitPromise=False)
            keys = [{"type": way, "value": char} for char in word(field) for way in ("keyDown", "keyUp")]
            source = {"type": "key", "id": "keys", "actions": keys}
            ask(20 + number, "input.performActions", context=tab, actions=[source])
        time.sleep(6)


def in_chromium(address, profile):
    with sync_playwright() as playwright:
        command = [shutil.which("chromium"), f"--user-data-dir={profile}", "--no-sandbox", "--no-first-run"]
        with killed([*command, "--disable-background-networking"], profile) as port:
            browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
            print("Chromium", browser.version)
            page = browser.contexts[0].pages[0]
            page.goto(address)
            for field in FIELDS:
                page.locator(f"#{field}").press_sequentially(word(field))
            time.sleep(6)


def unpacked(packed):
    """The one LZ4 block of Mozilla's file: runs of bytes, and copies of what was there."""
    at, out = 12, bytearray()
    while at < len(packed):
        token, at = packed[at], at + 1
        counts = [token >> 4, token & 15]
        if counts[0] == 15:
            while True:
                counts[0], at = counts[0] + packed[at], at + 1
                if packed[at - 1] < 255:
                    break
        out, at = out + packed[at : at + counts[0]], at + counts[0]
        if at >= len(packed):
            break
        back, at = int.from_bytes(packed[at : at + 2], "little"), at + 2
        if counts[1] == 15:
            while True:
                counts[1], at = counts[1] + packed[at], at + 1
                if packed[at - 1] < 255:
                    break
        for _ in range(counts[1] + 4):
            out.append(out[-back])
    return bytes(out)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
seen = {}
for name, use in (("firefox", in_firefox), ("chromium", in_chromium)):
    profile = Path(name).absolute()
    profile.mkdir()
    use(f"http://127.0.0.1:{server.server_port}/", profile)
    files = [*profile.glob("sessionstore-backups/*lz4"), *profile.glob("Default/Sessions/*")]
    held = b"".join(unpacked(one.read_bytes()) if one.suffix.endswith("lz4") else one.read_bytes() for one in files)
    seen[name] = [one for one in FIELDS if any(word(one).encode(way) in held for way in ("utf-8", "utf-16-le"))]
    print("  written down:", *seen[name])
assert seen == {"firefox": ["inherited-area", "none"], "chromium": ["none"]}, seen
PY
echo "as described"
