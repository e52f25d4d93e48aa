"""A signed site behind the servers that people put up: Caddy and nginx with the lines of the press, and the own server.

Each gets the files of `signed_site` as they were signed, and the headers of its address.
"""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from overrides.frame import headers as records
from overrides.press import header_formats
from tests import server_front, server_programs, signed_site, stores
from tests.signed_site import FORMS, SignedSite

CADDY = """{{
	admin off
	auto_https off
	log default {{
		output discard
	}}
}}
http://:{port} {{
	bind 127.0.0.1
	root * {folder}/site
	import {folder}/Caddyfile
	encode gzip
	file_server
	handle_errors {{
		rewrite * /404.html
		file_server
	}}
}}
"""
# The types are nginx's own list (conf/mime.types), as far as this site has files of them, and its default in Debian.
NGINX = """worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/errors; {user}
events {{ worker_connections 64; }}
http {{
    types {{
        text/html html; text/css css; text/xml xml; application/javascript js; text/plain txt;
        image/svg+xml svg; application/json json; application/pdf pdf; audio/mpeg mp3;
    }}
    default_type application/octet-stream;
    access_log off; gzip on;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    include {folder}/nginx-http.conf;
    server {{
        listen 127.0.0.1:{port};
        server_name 127.0.0.1;
        root {folder}/site;
        error_page 404 /404.html;
        include {folder}/nginx-server.conf;
    }}
}}
"""


def record_of(address: str) -> records.Headers:
    """The headers of the site at an address."""
    return records.of_site(address, list(FORMS))


def _spell(made: SignedSite) -> None:
    for name, text in header_formats.files(record_of(made.address)).items():
        (made.folder / name).write_text(text, "utf-8")


def caddy(made: SignedSite, port: int, _: ExitStack) -> list[str]:
    """Caddy that serves the folder, with what the press spells for it; returns its command."""
    _spell(made)
    (made.folder / "Main").write_text(CADDY.format(folder=made.folder, port=port), "utf-8")
    options = ["--config", str(made.folder / "Main"), "--adapter", "caddyfile"]
    return [str(server_programs.caddy()), "run", *options]


def nginx(made: SignedSite, port: int, _: ExitStack) -> list[str]:
    """The same with nginx."""
    _spell(made)
    user = "user root;" if os.geteuid() == 0 else ""
    file = made.folder / "nginx.conf"
    file.write_text(NGINX.format(folder=made.folder, port=port, user=user), "utf-8")
    return [str(server_programs.nginx()), "-c", str(file), "-e", str(made.folder / "errors")]


def own(made: SignedSite, port: int, stack: ExitStack) -> list[str]:
    """Our app behind Caddy with the file that `functions/server/install` puts in place; returns Caddy's command."""
    short = stack.enter_context(TemporaryDirectory())
    listener = stack.enter_context(socket.socket(socket.AF_UNIX))
    listener.bind(f"{short}/drop.sock")
    listener.listen(2048)
    stack.callback(stores.end, server_front.start_app(made.folder, listener))
    command = server_front.caddy_command(made.folder, port, f"{short}/drop.sock")
    lines = header_formats.to_caddy(record_of(made.address))
    (made.folder / "headers.caddy").write_text(lines, "utf-8")
    return command


HOSTS: dict[str, Callable[[SignedSite, int, ExitStack], list[str]]] = {
    "own": own,
    "caddy": caddy,
    "nginx": nginx,
}


@contextmanager
def served(name: str, folder: Path) -> Iterator[SignedSite]:
    """Write the site and serve it with one of the hosts for the time of the block."""
    folder.chmod(0o755)
    port = stores.free_port()
    made = signed_site.write(folder, f"http://127.0.0.1:{port}")
    with ExitStack() as stack:
        command = HOSTS[name](made, port, stack)
        env = os.environ | {"HOME": str(folder / "home")}
        process = server_front.spawn(command, folder / "host.said", env=env)
        stack.callback(stores.end, process)
        stores.wait_until_open(port, process)
        yield made
