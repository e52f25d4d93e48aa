"""An own server as a whole: `install` on a fresh Debian, started with systemd, used, broken and searched.

Each Debian is made of its own packages, set up with this machine's network and started without any.
`make soak` runs it on both (`conftest.py` leaves it out of `make test`).
"""

import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests import server_marks, server_root, server_rows, stores
from tests.server_marks import Sender
from tests.server_root import GIVEN, SUITES, Machine
from tests.stores import REPO, exchange, make_object, name_of, post

ONION_PORT = 8480  # plain HTTP, for tor of the same machine
IN = "var/lib/balie/in"
HANDBOOK = (REPO / "handbook/pages/en/operators/first-answer.md").read_text("utf-8")


@dataclass(frozen=True)
class Set:
    """A machine that was set up and runs, and the folder with the keys of its people."""

    machine: Machine
    folder: Path
    installed: str

    @property
    def drop(self) -> Path:
        return self.machine.root / IN

    def sftp(self, who: str, batch: str) -> "subprocess.CompletedProcess[str]":
        """Say something as `courier` or `publisher`, over SSH."""
        given = ["-i", str(self.folder / who), "-o", "StrictHostKeyChecking=no"]
        given += ["-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-b", "-"]
        command = ["nsenter", "--net", "--target", str(self.machine.first), "sftp", *given]
        return subprocess.run(
            [*command, f"balie-{who}@127.0.0.1"],
            input=batch,
            cwd=self.folder,
            capture_output=True,
            text=True,
        )

    @contextmanager
    def mounted(self, who: str, place: str, more: str = "") -> Iterator[Path]:
        """Their folder as it is mounted on the computer with a network, with the words of the handbook."""
        at = self.folder / f"mounted-{who}"
        at.mkdir(exist_ok=True)
        words = f"{more}dir_cache=no,IdentityFile={self.folder / who}"
        assert f"sshfs -o {more}dir_cache=no,IdentityFile=~/.ssh/{who} balie-{who}@" in HANDBOOK
        command = ["nsenter", "--net", "--target", str(self.machine.first), "sshfs"]
        command += ["-o", "StrictHostKeyChecking=no,UserKnownHostsFile=/dev/null"]
        subprocess.run([*command, "-o", words, f"balie-{who}@127.0.0.1:{place}", at], check=True)
        try:
            yield at
        finally:
            subprocess.run(["fusermount3", "-u", at], check=True)


def desk(*words: object) -> str:
    """What the desk's command says, which has to succeed."""
    command = [sys.executable, "-m", "desk", *map(str, words)]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=SUITES)
def server(request: pytest.FixtureRequest) -> Iterator[Set]:
    """Set one up as a person does, and start it; Caddy signs its certificate itself."""
    with TemporaryDirectory(dir=REPO / "var") as made:
        folder = Path(made)
        folder.chmod(0o755)
        machine = server_root.made(request.param, folder)
        done = machine.install(*GIVEN)
        assert done.returncode == 0, done.stdout + done.stderr
        file = machine.root / "etc/balie/Caddyfile"
        file.write_text(
            file.read_text().replace(
                "\tadmin off", "\tadmin off\n\tlocal_certs\n\tskip_install_trust"
            )
        )
        with server_root.started(machine):
            yield Set(machine, folder, done.stdout)


def stored(server: Set) -> str:
    """Put an object through Caddy, and return its name."""
    body = make_object()
    with server.machine.network():
        assert exchange(ONION_PORT, post(body)).status == 204
    assert (server.drop / name_of(body)).read_bytes() == body
    return name_of(body)


def test_all_units_run_and_each_is_as_closed_as_its_file_says(server: Set) -> None:
    """Nothing failed; the app has no rights, a filter for system calls, and a network with one interface."""
    run = server.machine.run
    stored(server)
    failed = run("systemctl", "--failed", "--plain", "--no-legend").stdout
    assert not re.search("balie|caddy|tor@|ssh", failed), (
        failed
    )  # a module of the kernel may be missing here
    pid = run("systemctl", "show", "-P", "MainPID", "balie-drop.service").stdout.strip()
    status = run("cat", f"/proc/{pid}/status").stdout
    for line in ("CapEff:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2"):
        assert line in status
    links = run("nsenter", "--net", "--target", pid, "ip", "-o", "link").stdout.splitlines()
    assert [line.split()[1] for line in links] == ["lo:"]
    verified = run(
        "sh", "-c", "systemd-analyze verify /etc/systemd/system/balie-* 2>&1 | grep balie"
    )
    assert verified.stdout == ""


def test_set_up_again_it_changes_nothing(server: Set) -> None:
    """The drop, the board and the name of the onion service are what they were, and nobody was cut off."""
    name = stored(server)
    onion = server.machine.root / "var/lib/tor-instances/balie/site/hostname"
    before, pid = (
        onion.read_text(),
        server.machine.run("systemctl", "show", "-P", "MainPID", "balie-drop.service").stdout,
    )
    (server.machine.root / "etc/balie/Caddyfile").write_bytes(
        (server.machine.root / "repo/functions/server/Caddyfile").read_bytes()
    )
    done = server.machine.install(*GIVEN)
    assert (done.returncode, done.stderr) == (0, "")
    assert {line.split()[0] for line in done.stdout.splitlines()} == {"same", "note"}
    assert server.machine.install("--check").returncode == 0
    assert onion.read_text() == before
    assert re.fullmatch(r"[a-z2-7]{56}\.onion\n", before)
    assert (server.drop / name).exists()
    assert (
        server.machine.run("systemctl", "show", "-P", "MainPID", "balie-drop.service").stdout == pid
    )


def test_the_site_speaks_tls(server: Set) -> None:
    """By its name, with a certificate and with transport security; on the plain port it only points there."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with server.machine.network():
        plain = exchange(80, b"GET / HTTP/1.1\r\nhost: desk.example\r\n\r\n")
        with (
            socket.create_connection(("127.0.0.1", 443), timeout=30) as line,
            context.wrap_socket(line, server_hostname="desk.example") as tls,
        ):
            tls.sendall(post(make_object()).replace(b"localhost", b"desk.example"))
            reply = stores.read_reply(tls)
    assert reply.status == 204
    assert "max-age=" in reply.headers["strict-transport-security"]
    assert (plain.status, plain.headers["location"]) == (308, "https://desk.example/")


def test_raw_requests_end_as_they_do_elsewhere(server: Set) -> None:
    """The corpus, against the machine: nothing is stored that was not said to be, nor the other way round."""
    rows = server_rows.rows()
    with server.machine.network():
        answers = server_rows.ask_all(ONION_PORT, rows)
    kept = {path.name: path.read_bytes() for path in server.drop.iterdir() if path.name[0] != "."}
    for row in rows:
        is_kept = kept.get(name_of(row.object)) == row.object
        assert is_kept == (204 in answers[row.name]), row.name
        assert row.expect == "either" or is_kept == (row.expect == "stored"), row.name


def test_the_courier_fetches_and_can_do_nothing_else(server: Set) -> None:
    """What SFTP brings is what `desk fetch` takes; writing, deleting, a shell and a way on are refused."""
    stick = server.folder / "stick"
    shutil.rmtree(stick, ignore_errors=True)
    stick.mkdir()
    with server.mounted("courier", "/", "ro,") as drop:
        assert "0 refused" in desk("fetch", drop, stick)
        name = stored(server)  # what comes while it is mounted is seen at once
        assert "1 new" in desk("fetch", drop, stick)
    assert list(stick.glob(f"in/*/{name}"))
    for batch in (
        f"rm /in/{name}",
        "put courier.pub /in/x",
        "mkdir /in/y",
        f"rename /in/{name} /in/z",
        "ls /etc",
    ):
        assert server.sftp("courier", f"{batch}\n").returncode != 0, batch
    assert (server.drop / name).exists()
    ssh = [
        "ssh",
        "-i",
        str(server.folder / "courier"),
        "-o",
        "StrictHostKeyChecking=no",
        "-o",
        "UserKnownHostsFile=/dev/null",
    ]
    enter = ["nsenter", "--net", "--target", str(server.machine.first)]
    shell = subprocess.run(
        [*enter, *ssh, "balie-courier@127.0.0.1", "id"],
        capture_output=True,
        text=True,
        timeout=30,
        stdin=subprocess.DEVNULL,
    )
    assert "uid=" not in shell.stdout
    rules = server.machine.run("sshd", "-T", "-C", "user=root,host=a,addr=127.0.0.1").stdout
    assert {"forcecommand none", "chrootdirectory none"} <= set(rules.splitlines())


def test_the_publisher_s_board_is_served(server: Set) -> None:
    """What the publisher puts is what everybody gets; it comes to no complaint and to no page."""
    board = server.folder / "board.bin"
    board.write_bytes(b"a board " * 1_000)
    with server.mounted("publisher", "/board") as served:
        assert "refuses to write over" in desk("publish", "--probe", served)
    for _ in range(2):  # the second time it takes the place of the first
        batch = "put board.bin /board/.new\nrename /board/.new /board/board.bin\n"
        assert server.sftp("publisher", batch).returncode == 0
    with server.machine.network():
        reply = exchange(ONION_PORT, b"GET /board.bin HTTP/1.1\r\nhost: a\r\n\r\n")
    assert (reply.status, reply.body) == (200, board.read_bytes())
    for batch in (
        "put board.bin /x",
        "ls /in",
        "put board.bin /board/../../site/x",
        "get /etc/passwd",
    ):
        assert server.sftp("publisher", f"{batch}\n").returncode != 0, batch


def test_what_is_too_old_goes_with_the_timer_s_service(server: Set) -> None:
    """Under systemd, as its own user, and without a line in the journal that names a file."""
    old, young, half = stored(server), stored(server), server.drop / ".0f3a"
    half.write_bytes(b"half")
    for path in (server.drop / old, half):
        subprocess.run(["touch", "-m", "-d", "44 days ago -1 min", path], check=True)
    assert server.machine.run("systemctl", "start", "balie-sweep.service").returncode == 0
    there = {path.name for path in server.drop.iterdir()}
    assert young in there
    assert not {old, half.name} & there
    said = server.machine.run("journalctl", "--no-pager", "-b").stdout
    assert old not in said
    assert (
        "balie-sweep.timer" in server.machine.run("systemctl", "list-timers", "--no-pager").stdout
    )


def test_no_mark_of_a_visit_lies_anywhere_on_the_machine(server: Set) -> None:
    """Journal, logs, states, temporary files: after every kind of request, a killed app, and an app that is away."""
    machine = server.machine
    sender = Sender(ONION_PORT)
    with machine.network():
        assert 204 in sender.all_kinds()
        machine.run("systemctl", "kill", "-s", "STOP", "balie-drop.service")
        with sender.connect() as line:
            line.sendall(sender.request())
            time.sleep(0.3)
            machine.run("systemctl", "kill", "-s", "KILL", "balie-drop.service")
            # The socket is systemd's: who waits there is served by the app that comes next.
            assert stores.read_reply(line).status == 204
        assert sender.drop() == 204
        machine.run("systemctl", "stop", "balie-drop.socket", "balie-drop.service")
        assert sender.drop() == 502
        machine.run("systemctl", "start", "balie-drop.socket")
        assert sender.drop() == 204
        sender.break_off()
    journal = machine.run("journalctl", "--no-pager", "--output=export", "--all").stdout.encode()
    assert b"balie-drop" in journal
    assert [mark for mark in sender.marks() if mark in journal] == []
    machine.run("journalctl", "--flush", "--rotate")
    for below in ("var", "etc", "srv", "opt/balie/functions", "root", "home"):
        place = machine.root / below
        assert server_marks.found(sender.marks(), [place], server.drop) == []
    for below in ("run", "tmp", "dev/shm"):
        seen = machine.run(
            "grep",
            "-rlaF",
            "-e",
            "mark-",
            "-e",
            server_marks.ADDRESS,
            f"/{below}",
            "--exclude-dir=credentials",
        )
        assert seen.stdout == ""


def test_nothing_is_taken_while_the_disk_of_the_drop_is_away(server: Set) -> None:
    """A disk that the machine starts without: the sender is not told that it lies there, and then it does."""
    run = server.machine.run
    # As systemd makes one of a line in fstab, which it does not read in a container.
    disk = server.machine.root / "etc/systemd/system/var-lib-balie.mount"
    disk.write_text("[Mount]\nWhat=nothing\nWhere=/var/lib/balie\nType=no-such-disk\n")
    try:
        run("systemctl", "stop", "balie-drop.socket", "balie-drop.service")
        run("systemctl", "daemon-reload")
        run("systemctl", "start", "balie-drop.socket")
        with server.machine.network():
            assert exchange(ONION_PORT, post(make_object())).status == 502
        assert run("systemctl", "start", "balie-sweep.service").returncode != 0
    finally:
        disk.unlink()
        run("systemctl", "daemon-reload")
        run("systemctl", "reset-failed")
        run("systemctl", "start", "balie-drop.socket", "balie-drop.service")
    stored(server)


def test_who_cannot_start_tries_until_it_can(server: Set) -> None:
    """After many starts without its drop the app is there once the drop is, and so is a killed Caddy, by itself."""
    away = server.drop.with_name("away")
    restarts = ("systemctl", "show", "-P", "NRestarts", "balie-drop.service")
    server.drop.rename(away)
    try:
        server.machine.run("systemctl", "kill", "-s", "KILL", "balie-drop.service")
        until = time.monotonic() + 60
        while int(server.machine.run(*restarts).stdout) < 12:
            assert time.monotonic() < until
            time.sleep(0.5)
    finally:
        away.rename(server.drop)
    stored(server)
    server.machine.run("systemctl", "kill", "-s", "KILL", "caddy.service")
    time.sleep(3)
    stored(server)


def test_where_another_server_answers_it_says_so(server: Set) -> None:
    """Nothing is started beside a server that has the port."""
    run = server.machine.run
    run("systemctl", "stop", "caddy.service")
    run("systemd-run", "--unit=other", "python3", "-m", "http.server", "80")
    time.sleep(2)
    done = server.machine.install(*GIVEN)
    run("systemctl", "stop", "other.service")
    run("systemctl", "start", "caddy.service")
    assert (done.returncode, "another server has port 80" in done.stderr) == (2, True)
