#!/usr/bin/env bash
# A Firefox of PATH (seen with Firefox ESR 153.8.0, Debian), driven through websockets 17.4 by its own protocol.
#
# Two sites of this machine are opened and nothing is pressed on them: one answers with Cross-Origin-Opener-Policy: same-origin,
# the other without. Later Firefox clears history, forms, downloads, cookies, storage and cache as it closes; what is left is
# its next box, the settings of sites, and nobody has made any.
#
# Expected: the name of neither site stands in the profile afterwards. A header that isolates a page leaves nothing behind.
# Seen: the site that says COOP stands in permissions.sqlite, as a permission `highValueCOOP` that lasts 30 days; the other
#   does not. Clearing the settings of sites too takes it away.
# Means: who clears "all" but settings of sites keeps a list of what was visited in the last month, as far as it says COOP; a
#   site whose readers must not be found out has to say so, and cannot have the header without the entry.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check websockets==17.4
venv/bin/python - <<'PY'
import contextlib
import http.server
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

from websockets.sync.client import connect

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
print(subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout.strip())
CLEARED = ("browsingHistoryAndDownloads", "historyFormDataAndDownloads", "formdata", "cookiesAndStorage", "cache")


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("content-type", "text/html")
        if self.headers["host"].startswith("127."):
            self.send_header("cross-origin-opener-policy", "same-origin")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>x</title><p>x")

    def log_message(self, *_):
        pass

    def handle_one_request(self):
        with contextlib.suppress(ConnectionError):  # a browser that closes waits for no answer
            super().handle_one_request()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def run(profile, cleared, addresses=()):
    """Open the addresses, nothing else, and close; cleared at the end of what it is told to clear."""
    told = {f"privacy.clearOnShutdown_v2.{name}": name in cleared for name in (*CLEARED, "siteSettings")}
    told |= {"privacy.sanitize.sanitizeOnShutdown": bool(cleared), "remote.active-protocols": 1}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in told.items()]
    (profile / "user.js").write_text("\n".join(lines))
    port = free_port()
    command = [PROGRAM, "--headless", "--no-remote", f"--remote-debugging-port={port}", "--profile", profile, "about:blank"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": {**os.environ, "HOME": str(profile)}}
    with subprocess.Popen(command, **quiet) as process:
        for _ in range(600):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        with connect(f"ws://127.0.0.1:{port}/session") as wire:
            sent = 0

            def ask(method, **params):
                nonlocal sent
                sent += 1
                wire.send(json.dumps({"id": sent, "method": method, "params": params}))
                while (said := json.loads(wire.recv(timeout=60))).get("id") != sent:
                    pass
                return said["result"]

            ask("session.new", capabilities={})
            tab = ask("browsingContext.getTree")["contexts"][0]["context"]
            for address in addresses:
                ask("browsingContext.navigate", context=tab, url=address, wait="complete")
            ask("browser.close")
        process.wait(60)


def kept(profile, served):
    """Addresses in the history, and permissions of either site with the days that they last."""
    with sqlite3.connect(profile / "places.sqlite") as places:
        history = [url for (url,) in places.execute("select url from moz_places") if f":{served}/" in url]
    with sqlite3.connect(profile / "permissions.sqlite") as database:
        rows = database.execute("select origin, type, round((expireTime - modificationTime) / 864e5) from moz_perms").fetchall()
    return history, [row for row in rows if "127." in row[0] or "localhost" in row[0]]


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
served = server.server_port
found = []
for cleared in ((), CLEARED, (*CLEARED, "siteSettings")):
    profile = Path(f"profile{len(cleared)}").absolute()
    profile.mkdir()
    run(profile, (), [f"http://{host}:{served}/" for host in ("127.0.0.1", "localhost")])
    run(profile, cleared)
    found.append(kept(profile, served))
    print("cleared:", ", ".join(cleared) or "nothing")
    print("  history:", *(found[-1][0] or ["empty"]))
    print("  permissions:", *(found[-1][1] or ["none"]))
entry = [("http://127.0.0.1", "highValueCOOP", 30.0)]
assert len(found[0][0]) == 2 and found[0][1] == entry, found[0]
assert found[1] == ([], entry), found[1]
assert found[2] == ([], []), found[2]
PY
echo "as described"
