"""Caddy and nginx in front of the app, with the generated lines: `python -m tests.bench.fronts [FOLDER ...]`.

Five hundred half-open requests beside fifty who send, through each server that is found; prints what
the fifty were told, and how many lines reached the app. Both programs come from elsewhere (Debian's
nginx, Caddy 2.7 or newer); the folders are searched for them before PATH. Exits with 1 if one is missing,
or if one of the fifty was not served.
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from overrides.frame import headers
from overrides.press import header_formats
from tests import stores
from tests.test_app_slow import BEGUN, HALF_OPEN, HONEST, begun, send_all

_NGINX = """worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/errors; {user}
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
_CADDY = """{{
\tadmin off
\tauto_https off
\tservers {{
\t\ttimeouts {{
\t\t\tread_header 10s
\t\t\tread_body 10s
\t\t}}
\t}}
}}
:{port} {{
\tbind 127.0.0.1
\timport {folder}/Caddyfile
\timport {folder}/Caddyfile-drop
}}
"""


def nginx(program: str, folder: Path, port: int) -> list[str]:
    """Write its configuration; returns its command."""
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, port=port, user=user))
    return [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors")]


def caddy(program: str, folder: Path, port: int) -> list[str]:
    """Write its configuration; returns its command."""
    (folder / "Main").write_text(_CADDY.format(folder=folder, port=port))
    return [program, "run", "--config", str(folder / "Main"), "--adapter", "caddyfile"]


def measure(make: Callable[[str, Path, int], list[str]], program: str, folder: Path) -> bool:
    """Run app and server, and say what happened; whether all fifty were served."""
    deployment = stores.make_deployment(folder / "deployment")
    record, port = headers.of_site("https://balie.example", ["/nl/write/"]), stores.free_port()
    with stores.serve(deployment, f"files:{folder / 'drop'}", folder / "said") as app:
        for name, text in header_formats.files(record).items():
            (folder / name).write_text(text.replace("127.0.0.1:8000", f"127.0.0.1:{app.port}"))
        command = make(program, folder, port)
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as front:
            try:
                stores.wait_until_open(port, front)
                with begun(port, HALF_OPEN, tuple(BEGUN.values())):
                    bodies = [stores.make_object() for _ in range(HONEST)]
                    told = Counter(send_all(port, bodies))
            finally:
                stores.end(front)
    kept = len(stores.KeptFiles(folder / "drop").objects())
    said = app.output()
    print(f"{make.__name__}: {dict(told)}, {kept} stored, the app said {said!r}")
    return told == {204: HONEST} and kept == HONEST and not said


def main() -> int:
    """Measure both; 1 if one is not there, or left somebody out."""
    path = os.pathsep.join([*sys.argv[1:], os.environ["PATH"], "/usr/sbin"])
    failed = 0
    for make in (nginx, caddy):
        program = shutil.which(make.__name__, path=path)
        if not program:
            print(f"{make.__name__} is not there")
            failed = 1
            continue
        with TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)
            failed |= not measure(make, program, Path(folder))
    return failed


if __name__ == "__main__":
    sys.exit(main())
