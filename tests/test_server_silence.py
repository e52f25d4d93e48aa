"""Steps 1 and 3 on an own server: nothing that a visit brings is written down by Caddy or the app, in any fault.

All that both say goes into files of one folder, which is searched with every other file in it. That the
search can find something is shown by Caddy with its usual loggers.
"""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests import server_front, server_marks, stores
from tests.server_front import Running
from tests.server_marks import Sender


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of a test's own, where a small disk may be mounted."""
    with TemporaryDirectory() as made:
        yield Path(made)


def search(running: Running, sender: Sender) -> list[str]:
    kept = running.folder / "drop" / "in"
    return server_marks.found(sender.marks(), [running.folder], kept)


def test_no_kind_of_request_leaves_a_mark(folder: Path) -> None:
    """Stored, refused, unknown pages, noise and what broke off: the files hold none of it."""
    with server_front.behind_caddy(folder) as running:
        sender = Sender(running.port)
        assert {204, 404, 400, 415} <= set(sender.all_kinds())
        assert search(running, sender) == []
    assert search(running, sender) == []


def _down(running: Running, sender: Sender) -> list[int]:
    """The app is away: Caddy answers by itself, with the site's headers."""
    running.app.kill()
    running.app.wait()
    running.listener.close()
    return [sender.drop(), sender.ask(b"GET /mark-path-77e0 HTTP/1.1\r\nhost: a\r\n\r\n")]


def _killed_under_way(running: Running, sender: Sender) -> list[int]:
    """The app ends, and its socket, while a whole request waits for an answer."""
    running.app.send_signal(signal.SIGSTOP)
    with sender.connect() as connection:
        connection.sendall(sender.request())
        time.sleep(0.3)
        running.app.kill()
        running.app.wait()
        running.listener.close()
        return [stores.read_reply(connection).status]


def _full(running: Running, sender: Sender) -> list[int]:
    """The disk of the drop is full after three objects."""
    return [sender.drop() for _ in range(12)]


def _read_only(running: Running, sender: Sender) -> list[int]:
    """The disk of the drop can only be read."""
    where = running.folder / "drop" / "in"
    subprocess.run(["mount", "-o", "remount,ro", where], check=True)
    return [sender.drop()]


@pytest.mark.parametrize(
    ("fault", "statuses"),
    [
        (_down, {502}),
        (_killed_under_way, {502}),
        (_full, {204, 503}),
        (_read_only, {503}),
    ],
)
def test_no_fault_leaves_a_mark(
    folder: Path, fault: Callable[[Running, Sender], list[int]], statuses: set[int]
) -> None:
    """The sender is told that it is not stored; no stream and no file says who was told so."""
    place = folder / "drop" / "in"
    place.mkdir(parents=True)
    assert os.geteuid() == 0, "a disk can be mounted as root only"
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], check=True)
    try:
        with server_front.behind_caddy(folder) as running:
            sender = Sender(running.port)
            assert set(fault(running, sender)) == statuses
            sender.break_off()
        assert search(running, sender) == []
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_sender_who_stops_half_way_leaves_no_mark(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its time, here a second, the line is given up: nothing is stored, and nobody is told that it is."""
    usual = server_front.caddy_command

    def hasty(at: Path, port: int, drop: str) -> list[str]:
        command = usual(at, port, drop)
        text = (at / "Caddyfile").read_text("utf-8")
        assert "read_body 35s" in text
        (at / "Caddyfile").write_text(text.replace("read_body 35s", "read_body 1s"), "utf-8")
        return command

    monkeypatch.setattr(server_front, "caddy_command", hasty)
    with server_front.behind_caddy(folder) as running:
        sender = Sender(running.port)
        with sender.connect() as connection:
            connection.sendall(sender.request()[:9_000])
            assert stores.read_reply(connection).status != 204
        assert running.kept.objects() == {}
    assert search(running, sender) == []


def test_a_handshake_of_a_stranger_leaves_no_mark(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever name and protocol it asks for, also as who proves a certificate would, and noise in its place."""
    usual = server_front.caddy_command

    def with_tls(at: Path, port: int, drop: str) -> list[str]:
        command = usual(at, port, drop)
        text = (at / "Caddyfile").read_text("utf-8")
        text = text.replace(f"http://:{port}", f"https://localhost:{port}")
        own = "auto_https disable_redirects\n\tlocal_certs\n\tskip_install_trust"
        (at / "Caddyfile").write_text(text.replace("auto_https off", own), "utf-8")
        return command

    monkeypatch.setattr(server_front, "caddy_command", with_tls)
    with server_front.caddy_alone(folder) as (port, _):
        server_marks.handshakes(port)
    assert (folder / "caddy.said").is_file()
    sought = [server_marks.SERVER_NAME.encode(), server_marks.ADDRESS.encode(), b"acme-tls"]
    assert server_marks.found(sought, [folder], folder / "none") == []


def test_an_answer_of_caddy_alone_has_the_headers_of_the_site(folder: Path) -> None:
    """Also the 502 says no store, no referrer, no script of others."""
    with server_front.behind_caddy(folder) as running:
        running.app.kill()
        running.app.wait()
        running.listener.close()
        reply = stores.exchange(running.port, stores.post(stores.make_object()))
    assert (reply.status, reply.body) == (502, b"")
    wanted = {n.lower(): v for n, v in server_front.RECORD.at("/drop").items()}
    assert reply.headers.items() >= (wanted | {"cache-control": "no-store"}).items()
    assert "server" not in reply.headers


def test_with_its_usual_loggers_caddy_writes_address_path_and_agent(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the search finds what is there. Either the error page or the choice of loggers keeps it out."""
    usual = server_front.caddy_command

    def chatty(at: Path, port: int, drop: str) -> list[str]:
        command = usual(at, port, drop)
        text = (at / "Caddyfile").read_text("utf-8")
        bare = re.sub(
            r"\t\tinclude tls\.obtain tls\.renew\n|\thandle_errors \{\n.*?\n\t\}\n",
            "",
            text,
            flags=re.S,
        )
        assert len(bare.splitlines()) == len(text.splitlines()) - 6
        (at / "Caddyfile").write_text(bare, "utf-8")
        return command

    monkeypatch.setattr(server_front, "caddy_command", chatty)
    with server_front.behind_caddy(folder) as running:
        sender = Sender(running.port)
        _down(running, sender)
        told = " ".join(search(running, sender))
    for mark in (server_marks.ADDRESS, server_marks.AGENT, server_marks.PATH):
        assert mark in told
