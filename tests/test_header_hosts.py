"""The headers as real servers send them: Debian's Caddy and nginx with what the press spells for each.

Both serve the built site from its folder, as a host of files does, held against the record: a page, a piece of it,
"as it was", a redirect, and what is not there.
"""

import http.client
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from overrides.frame import headers
from overrides.press import header_formats
from tests import server_programs, stores
from tests.site import SHARE, Built
from tests.soak import SOAK

CADDY = """{{
	admin off
	auto_https off
	log default {{
		output discard
	}}
}}
http://:{port} {{
	bind 127.0.0.1
	root * {site}
	import {folder}/Caddyfile-headers
	encode gzip
	file_server
	handle_errors {{
		rewrite * /404.html
		file_server
	}}
}}
"""
NGINX = """worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/errors; {user}
events {{ worker_connections 64; }}
http {{
    types {{ text/html html; text/css css; text/javascript js; }}
    access_log off; absolute_redirect off; gzip on;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    include {folder}/nginx-http.conf;
    server {{
        listen 127.0.0.1:{port};
        root {site};
        error_page 404 /404.html;
        include {folder}/nginx-server.conf;
    }}
}}
"""
ABSENT = ("/none/", "/nl/none", "/assets/none.js")


@pytest.fixture(scope="module")
def record(built_site: Built) -> headers.Headers:
    """The headers of the site at an https address."""
    return headers.of_site("https://desk.example", [*built_site.headers["paths"]], preload=True)


@pytest.fixture(scope="module", params=["caddy", "nginx"])
def port(
    request: pytest.FixtureRequest,
    built_site: Built,
    record: headers.Headers,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[int]:
    """Run one of the two before the files of the site; its own check of the configuration comes first."""
    folder, port = tmp_path_factory.mktemp("host"), stores.free_port()
    folder.chmod(0o755)
    site = folder / "site"
    for name, content in built_site.files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    for name, text in header_formats.files(record).items():
        (folder / name).write_text(text, "utf-8")
    shutil.copy(folder / "Caddyfile", folder / "Caddyfile-headers")
    check, run = (_caddy if request.param == "caddy" else _nginx)(folder, site, port)
    env = os.environ | {"HOME": str(folder / "home")}
    subprocess.run(check, env=env, check=True, capture_output=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(run, env=env, **quiet) as process:
        stores.wait_until_open(port, process)
        yield port
        stores.end(process)


def _caddy(folder: Path, site: Path, port: int) -> tuple[list[str], list[str]]:
    file = folder / "Caddyfile"
    file.write_text(CADDY.format(folder=folder, site=site, port=port), "utf-8")
    options = ["--config", str(file), "--adapter", "caddyfile"]
    program = str(server_programs.caddy())
    return [program, "adapt", "--validate", *options], [program, "run", *options]


def _nginx(folder: Path, site: Path, port: int) -> tuple[list[str], list[str]]:
    user = "user root;" if os.geteuid() == 0 else ""
    file, errors = folder / "nginx.conf", str(folder / "errors")
    file.write_text(NGINX.format(folder=folder, site=site, port=port, user=user), "utf-8")
    run = [str(server_programs.nginx()), "-c", str(file), "-e", errors]
    return [*run, "-t"], run


def asked(
    port: int, path: str, method: str = "GET", **more: str
) -> tuple[int, list[tuple[str, str]]]:
    """Status and header lines of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with closing(connection):
        connection.request(
            method, path, headers={name.replace("_", "-"): value for name, value in more.items()}
        )
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.getheaders()


def demand(lines: list[tuple[str, str]], wanted: dict[str, str], where: str) -> None:
    """Each header of the record once and with its value, and nothing that names the server's version."""
    for name, value in wanted.items():
        assert [said for known, said in lines if known.lower() == name.lower()] == [value], (
            where,
            name,
        )
    assert not [
        said for known, said in lines if known.lower() == "server" and any(map(str.isdigit, said))
    ]


def test_every_path_has_its_headers(port: int, built_site: Built, record: headers.Headers) -> None:
    """All pages and files of the site; in `make test` those of two languages, and what belongs to none."""
    for name in built_site.files:
        first = name.partition("/")[0]
        if not SOAK and (first not in (*SHARE[:2], "assets", name) or "/m/" in name):
            continue
        path = f"/{name}".removesuffix("index.html")
        status, lines = asked(port, path)
        assert status == 200, path
        demand(lines, record.at(path), path)


def test_no_answer_of_another_kind_lacks_them(port: int, record: headers.Headers) -> None:
    """HEAD, a piece, "as it was", a folder without its slash, what may not be asked, and what is not there."""
    for path in ("/nl/", "/nl/write/"):
        _, lines = asked(port, path)
        found = {name.lower(): value for name, value in lines}
        cases = {
            200: asked(port, path, "HEAD"),
            206: asked(port, path, Range="bytes=0-9"),
            304: asked(port, path, If_None_Match=found["etag"]),
        }
        for status, (said, own) in cases.items():
            assert said == status, path
            demand(own, record.at(path), f"{path} {status}")
    for path in ABSENT:
        status, lines = asked(port, path)
        assert status == 404
        demand(lines, record.at(path), path)
    status, lines = asked(port, "/nl")
    assert status in (301, 302, 307, 308)
    demand(lines, record.default, "/nl")
    _, lines = asked(port, "/nl/", "POST")  # Caddy 2.6 answers it as it does GET
    demand(lines, record.default, "POST")
