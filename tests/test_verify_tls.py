"""Does `desk verify` over https believe the right certificate under the right name, and nobody else's."""

import os
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import authority, practice, signed_site, stores
from tests.authority import Authority
from tests.signed_site import TODAY, Served
from tests.test_verify import SMALL, folder, trusted

__all__ = ["folder"]
NAME, OTHER = "desk.example", "other.example"
FEW = ("--agent", "tor", "--language", "nl", "--today", TODAY)


@dataclass
class Door:
    """A site under TLS; `shown` is the certificate from the next handshake on, `asked` the names in them."""

    site: Served
    authority: Authority
    shown: list[ssl.SSLContext]
    asked: list[str | None]


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """Serve the site behind certificates that are taken one after the other; the last one stays."""
    folder, port = tmp_path_factory.mktemp("tls"), stores.free_port()
    made, trusted = signed_site.write(folder, f"https://{NAME}:{port}"), authority.make(folder)
    context, asked = trusted.certificate(NAME), list[str | None]()
    shown = [context]

    def choose(connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        asked.append(name)
        connection.context = shown.pop(0) if len(shown) > 1 else shown[0]

    context.sni_callback = choose
    with signed_site.behind(made, port, context) as found:
        yield Door(found, trusted, shown, asked)


@pytest.fixture
def named(door: Door, tmp_path: Path) -> authority.Named:
    """Give a place where the name leads to the site, and its authority is trusted."""
    return authority.named(tmp_path, door.authority.file, desk_example="127.0.0.1")


def test_the_right_name_is_believed_and_asked_for(
    door: Door, folder: Path, named: authority.Named
) -> None:
    """The name is in the handshake and in `Host`, whether the machine's list of hosts has the address or --address."""
    door.asked.clear()
    address = door.site.address
    done = named.run(
        practice.sys.executable, "-m", "desk", "verify", address, "--folder", folder, *FEW
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    small = (practice.sys.executable, SMALL, address, "--site-key", trusted.pin())
    assert named.run(*small).stdout == "all well\n"
    given = ("--address", "127.0.0.2", *FEW)
    env = {**os.environ, "SSL_CERT_FILE": str(door.authority.file)}
    done = practice.desk("verify", address, "--folder", folder, *given, env=env)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert set(door.asked) == {NAME}
    assert door.site.host.hosts == {address.removeprefix("https://")}


@pytest.mark.parametrize(
    ("host", "days", "is_known", "said", "advice"),
    [
        (OTHER, 9, True, f"is not for {NAME}", "look at the address"),
        (NAME, 9, False, "by nobody whom this machine trusts", "SSL_CERT_FILE"),
        (NAME, -1, True, "is not valid today", "mend the certificate"),
    ],
)
def test_who_does_not_show_that_the_name_is_theirs_is_refused(
    door: Door, folder: Path, named: authority.Named, tmp_path: Path,
    host: str, days: int, is_known: bool, said: str, advice: str,
) -> None:  # fmt: skip
    """Something is wrong, 1, and not nobody there, 2; nothing they say is read. The small one does not look."""
    signs = door.authority if is_known else authority.make(tmp_path)
    door.shown[:] = [signs.certificate(host, days)]
    address = door.site.address
    door.site.host.seen.clear()
    done = named.run(
        practice.sys.executable, "-m", "desk", "verify", address, "--folder", folder, *FEW
    )
    assert (done.returncode, said in done.stdout, advice in done.stdout) == (1, True, True), done
    small = (practice.sys.executable, SMALL, address, "--site-key", trusted.pin())
    told = named.run(*small)
    assert (told.returncode, "could not look" in told.stdout) == (2, True)
    assert door.site.host.seen == set()


def test_another_certificate_in_the_middle_of_a_look_is_named(
    door: Door, folder: Path, named: authority.Named, tmp_path: Path
) -> None:
    """What was asked for then counts as changed, with who asked and of which machine."""
    well = door.authority.certificate(NAME)
    door.shown[:] = [well, well, authority.make(tmp_path).certificate(NAME)]
    address = door.site.address
    done = named.run(
        practice.sys.executable, "-m", "desk", "verify", address, "--folder", folder, *FEW
    )
    assert done.returncode == 1, done.stdout
    said = f"changed: / the certificate of {NAME} is signed by nobody whom this machine trusts"
    (line,) = (one for one in done.stdout.splitlines() if one.startswith(said))
    assert "as tor, nl, " in line
