"""The own server as it runs: the app on a socket that it inherits, and a real server in front of it.

Caddy reads the file that `functions/server/install` puts in place; only paths and ports are others. nginx
reads what the press writes. Each front and the app get files for all that they say.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from overrides.frame import headers
from overrides.press import header_formats
from tests import server_programs, stores

SERVER = stores.REPO / "functions" / "server"
RECORD = headers.of_site("https://desk.example", ["/nl/write/"])
# The descriptor is the one that systemd uses; `exec` keeps the number of the process.
_INHERIT = 'exec 3<&"$1"; export LISTEN_PID=$$ LISTEN_FDS=1; shift; exec "$@"'
NGINX = """worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/errors; {user}
events {{ worker_connections 2048; }}
http {{
    access_log off;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    include {folder}/nginx-http.conf;
    server {{
        listen 127.0.0.1:{port};
        include {folder}/nginx-server.conf;
        include {folder}/nginx-drop.conf;
    }}
}}
"""
CADDY = """{{
	admin off
	auto_https off
	log default {{
		exclude http.log.error
	}}
}}
http://:{port} {{
	bind 127.0.0.1
	import {folder}/Caddyfile
	import {folder}/Caddyfile-drop
}}
"""


@dataclass
class Running:
    """A front and the app behind it. `folder` holds all that both were given and wrote."""

    port: int
    folder: Path
    kept: stores.KeptFiles
    app: "subprocess.Popen[bytes]"
    front: "subprocess.Popen[bytes] | None"
    listener: socket.socket

    def said(self) -> bytes:
        """All that either wrote to its streams."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob("*.said")))


def spawn(command: list[str], said: Path, **more: object) -> "subprocess.Popen[bytes]":
    with said.open("ab") as sink:
        return subprocess.Popen(command, stdout=sink, stderr=sink, cwd=stores.REPO, **more)


def start_app(
    folder: Path, listener: socket.socket, store: str | None = None
) -> "subprocess.Popen[bytes]":
    """Start the app on a socket that is listening, as systemd does."""
    number = str(listener.fileno())
    command = ["bash", "-c", _INHERIT, "app", number, sys.executable, "-m", "functions"]
    command += ["--site", str(folder / "site"), "--keys", str(folder / "keys.json")]
    command += ["--store", store or f"files:{folder / 'drop'}"]
    return spawn(command, folder / "app.said", pass_fds=[listener.fileno()])


def _wait_for_answer(port: int) -> None:
    deadline = time.monotonic() + stores.START_SECONDS
    while time.monotonic() < deadline:
        try:
            if stores.exchange(port, b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"nothing answers on port {port}")


def caddy_command(folder: Path, port: int, drop: str) -> list[str]:
    """Put the Caddyfile of the server in `folder`, for the app at the socket `drop`; returns its command."""
    program = str(server_programs.caddy())
    shutil.copy(
        SERVER / f"buffers-{'2.6' if _is_old_caddy() else '2.7'}.caddy", folder / "buffers.caddy"
    )
    (folder / "headers.caddy").write_text(header_formats.to_caddy(RECORD))
    text = (SERVER / "Caddyfile").read_text("utf-8").replace("/etc/balie/", f"{folder}/")
    text = text.replace("/run/balie/drop.sock", drop).replace(":8480", f":{stores.free_port()}")
    assert "{$BALIE_ADDRESS}" in text
    text = text.replace("{$BALIE_ADDRESS}", f"http://:{port}")
    own = "\tadmin off\n\tdefault_bind 127.0.0.1\n\tauto_https off"
    (folder / "Caddyfile").write_text(text.replace("\tadmin off", own))
    return [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


def pressed_caddy_command(folder: Path, port: int, app_port: int) -> list[str]:
    """Write the configuration of a Caddy with the lines of the press; returns its command."""
    old, new = ((SERVER / f"buffers-{one}.caddy").read_text("utf-8") for one in ("2.6", "2.7"))
    line = new.splitlines()[-1]
    for name, text in header_formats.files(RECORD).items():
        if name.startswith("Caddyfile"):
            assert name == "Caddyfile" or line in text
            own = text.replace(line, old) if _is_old_caddy() else text
            (folder / name).write_text(own.replace("127.0.0.1:8000", f"127.0.0.1:{app_port}"))
    (folder / "Main").write_text(CADDY.format(folder=folder, port=port))
    program = str(server_programs.caddy())
    return [program, "run", "--config", str(folder / "Main"), "--adapter", "caddyfile"]


def _is_old_caddy() -> bool:
    command = [server_programs.caddy(), "version"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return said.lstrip("v").startswith("2.6")


def nginx_command(folder: Path, port: int, app_port: int) -> list[str]:
    """Write the configuration of nginx in `folder`; returns its command."""
    for name, text in header_formats.files(RECORD).items():
        if name.startswith("nginx"):
            (folder / name).write_text(text.replace("127.0.0.1:8000", f"127.0.0.1:{app_port}"))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, user=user))
    program = str(server_programs.nginx())
    return [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors")]


def _files(folder: Path) -> None:
    folder.chmod(0o755)
    stores.make_deployment(folder)
    (folder / "site.headers.json").write_text(header_formats.to_json(RECORD))


@contextmanager
def behind_caddy(folder: Path) -> Iterator[Running]:
    """Run the app on a Unix socket with Caddy in front, for the time of the block."""
    _files(folder)
    port = stores.free_port()
    with ExitStack() as stack, socket.socket(socket.AF_UNIX) as listener:
        drop = f"{stack.enter_context(TemporaryDirectory())}/drop.sock"  # a short name: it has 107 bytes
        listener.bind(drop)
        listener.listen(2048)
        app = start_app(folder, listener)
        stack.callback(lambda: stores.end(running.app))
        env = os.environ | {"HOME": str(folder / "home")}
        command = caddy_command(folder, port, drop)
        front = spawn(command, folder / "caddy.said", env=env)
        stack.callback(stores.end, front)
        kept = stores.KeptFiles(folder / "drop")
        running = Running(port, folder, kept, app, front, listener)
        stores.wait_until_open(port, front)
        _wait_for_answer(port)
        yield running


@contextmanager
def caddy_again(running: Running) -> Iterator[None]:
    """Start Caddy anew on the Caddyfile that lies in the folder, as `systemctl restart caddy` does."""
    command = [str(server_programs.caddy()), "run", "--config", str(running.folder / "Caddyfile")]
    env = os.environ | {"HOME": str(running.folder / "home")}
    front = spawn([*command, "--adapter", "caddyfile"], running.folder / "caddy.said", env=env)
    try:
        stores.wait_until_open(running.port, front)
        yield
    finally:
        stores.end(front)


@contextmanager
def caddy_alone(folder: Path) -> Iterator[tuple[int, socket.socket]]:
    """Run Caddy before a socket on which a test listens itself: its port, and that socket."""
    port = stores.free_port()
    with TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{short}/drop.sock")
        listener.listen()
        command = caddy_command(folder, port, f"{short}/drop.sock")
        env = os.environ | {"HOME": str(folder / "home")}
        front = spawn(command, folder / "caddy.said", env=env)
        try:
            stores.wait_until_open(port, front)
            yield port, listener
        finally:
            stores.end(front)


@contextmanager
def behind_nginx(
    folder: Path, command: Callable[[Path, int, int], list[str]] = nginx_command
) -> Iterator[Running]:
    """Run the app on a port with nginx in front, which hands on the drop only; or another server that does."""
    with alone(folder) as app:
        port = stores.free_port()
        env = os.environ | {"HOME": str(folder / "home")}
        front = spawn(command(folder, port, app.port), folder / "front.said", env=env)
        try:
            stores.wait_until_open(port, front)
            yield Running(port, folder, app.kept, app.app, front, app.listener)
        finally:
            stores.end(front)


def behind_pressed_caddy(folder: Path) -> AbstractContextManager[Running]:
    """The same with Caddy and what the press writes for it."""
    return behind_nginx(folder, pressed_caddy_command)


@contextmanager
def alone(folder: Path) -> Iterator[Running]:
    """Run the app on a port, with nothing in front."""
    _files(folder)
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        app = start_app(folder, listener)
        port = int(listener.getsockname()[1])
        try:
            _wait_for_answer(port)
            kept = stores.KeptFiles(folder / "drop")
            yield Running(port, folder, kept, app, None, listener)
        finally:
            stores.end(app)
