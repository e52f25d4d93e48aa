"""`desk serve` as a process: where it starts, where it refuses to, and what it leaves behind."""

import shutil
import signal
import socket
import subprocess
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from desk.loopback import route
from tests.browser.desk import SERVE, serving
from tests.stores import REPO
from tests.vaults import WORDS, make_store

ALONE = ("unshare", "--net", "--map-root-user")  # a room of the kernel without any network


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an empty case store."""
    return make_store(tmp_path_factory.mktemp("desk"))


def _listen() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(*command: str | Path) -> subprocess.Popen[str]:
    """Start a command in the project and do not wait for it."""
    # A shell starts what runs in its background deaf to Ctrl+C, and children inherit that.
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "preexec_fn": _listen}
    return subprocess.Popen([*map(str, command)], cwd=REPO, text=True, **pipes)  # type: ignore[call-overload,no-any-return]


def can_be_alone() -> bool:
    """Whether this machine makes network namespaces."""
    if shutil.which(ALONE[0]) is None:
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


def is_on_a_network() -> bool:
    """Whether this machine has a default route."""
    return bool(route.ways_out(route.V4.read_text("ascii"), route.V6.read_text("ascii")))


def where(address: str) -> tuple[str, int]:
    """The host and the port in an address."""
    found = urlsplit(address)
    assert found.hostname is not None
    assert found.port is not None
    return found.hostname, found.port


def say(address: str, octets: bytes) -> bytes:
    """Send bytes to the port of an address; returns the answer."""
    with socket.create_connection(where(address), timeout=20) as connection:
        connection.sendall(octets)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_it_refuses_to_start_on_a_network(store: Path) -> None:
    """It names the interface, and nothing is served."""
    if not is_on_a_network():
        pytest.skip("this machine is on no network")
    with start(*SERVE, store) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert out == ""
    assert err.startswith("desk: this machine is on a network (")
    assert "--despite-network" in err


def test_it_starts_without_a_network(store: Path) -> None:
    """In a namespace of its own, without any option, and stops at Ctrl+C without a word."""
    if not can_be_alone():
        pytest.skip("this machine makes no network namespaces")
    with start(*ALONE, *SERVE, store) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("The desk is ready.")
        process.stdout.readline()
        assert "http://127." in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        err = process.communicate(timeout=60)[1]
    assert (process.returncode, err) == (0, "")


def test_it_warns_when_it_is_told_to_start_on_a_network(store: Path) -> None:
    """The first line says so."""
    if not is_on_a_network():
        pytest.skip("this machine is on no network")
    with start(*SERVE, store, "--despite-network") as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("warning: this machine is on a network (")
        process.terminate()


def test_a_folder_without_a_store_is_refused(tmp_path: Path) -> None:
    """Before any address is given."""
    with start(*SERVE, tmp_path, "--despite-network") as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "http://" not in out
    assert "there is no case store" in err


def test_only_this_machine_is_listened_to(store: Path) -> None:
    """The socket is bound to one address in 127.0.0.0/8 and to no other of the machine."""
    with serving(store) as address:
        host, port = where(address)
        rows = Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]
        listening = [row.split()[1] for row in rows if row.split()[3] == "0A"]
    octets = reversed(ip_address(host).packed)
    (found,) = [one for one in listening if one.endswith(f":{port:04X}")]
    assert found.partition(":")[0] == "".join(f"{octet:02X}" for octet in octets)
    assert ip_address(host) in ip_network("127.0.0.0/8")


def test_each_start_has_an_address_of_its_own(store: Path) -> None:
    """A cookie goes to all servers of an address, whatever their port: no other server has this one."""
    with serving(store) as first, serving(store) as second:
        hosts = {where(first)[0], where(second)[0]}
    assert len(hosts) == 2
    assert "127.0.0.1" not in hosts


@pytest.mark.parametrize(
    "head",
    [
        "Host: desk.example:{port}",
        "Host: localhost:{port}",
        "Host: 127.0.0.1:{port}",
        "Host: {host}:{port}\r\nOrigin: http://{host}:1",
        "Host: {host}:{port}\r\nSec-Fetch-Site: cross-site",
        "Host: {host}:{port}",
        "",
    ],
)
def test_strangers_get_the_same_few_words(store: Path, head: str) -> None:
    """In raw bytes: wrong host, wrong origin, no cookie; the token stays good for its owner."""
    with serving(store) as address:
        host, port = where(address)
        target = address.split("/", 3)[3]
        lines = head.format(host=host, port=port)
        answer = say(address, f"GET / HTTP/1.1\r\n{lines}\r\n\r\n".encode("ascii"))
        assert answer.startswith(b"HTTP/1.0 403 Forbidden\r\n")
        assert answer.endswith(b"<title>403 Forbidden</title><h1>403 Forbidden</h1></html>")
        good = f"GET /{target} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode("ascii")
        assert say(address, good).startswith(b"HTTP/1.0 303 ")
        assert say(address, good).startswith(b"HTTP/1.0 403 ")


def test_neither_address_nor_words_reach_the_list_of_processes(store: Path) -> None:
    """Other programs can read how a program was started."""
    with serving(store) as address:
        found = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, check=True)
    assert address.split("token=")[1].encode("ascii") not in found.stdout
    assert WORDS.encode("utf-8") not in found.stdout
