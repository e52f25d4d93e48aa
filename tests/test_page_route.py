"""Whether the machine is on a network (desk/loopback/route.py): the kernel's tables, as text and for real."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.loopback import route

HEADINGS = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
DEFAULT = "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
LOCAL = "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
ZERO = "0" * 32
REJECT = f"{ZERO} 00 {ZERO} 00 {ZERO} ffffffff 00000001 00000000 00200200       lo\n"
DEFAULT_6 = f"{ZERO} 00 {ZERO} 00 {'fd'.ljust(32, '0')} 00000400 00000003 0 00000003     wlan0\n"
CHECK = """
from desk.errors import DeskError
from desk.loopback import route
try:
    print("said", route.check(despite={despite}))
except DeskError as error:
    print("refused", error.message)
"""


def look(*before: str, despite: bool = False) -> str:
    """Look at the real tables of this machine, in a process of its own."""
    script = CHECK.format(despite=despite)
    command = [*before, sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def tables(folder: Path, v4: str) -> dict[str, Path]:
    """Lay tables of routes into a folder; there is none for the other protocol."""
    (folder / "route").write_text(v4, "ascii")
    return {"v4": folder / "route", "v6": folder / "none"}


@pytest.mark.parametrize(
    ("v4", "v6", "expected"),
    [
        ("", "", ()),
        (HEADINGS, REJECT, ()),
        (HEADINGS + LOCAL, "", ()),
        (HEADINGS + LOCAL + DEFAULT, REJECT, ("eth0",)),
        (HEADINGS, REJECT + DEFAULT_6, ("wlan0",)),
        (HEADINGS + DEFAULT + DEFAULT, DEFAULT_6, ("eth0", "wlan0")),
        (HEADINGS + DEFAULT.replace("\t0003\t", "\t0002\t"), "", ()),
        (HEADINGS + DEFAULT.replace("\t0003\t", "\t0203\t"), "", ()),
        (HEADINGS + DEFAULT.replace("eth0", "lo"), "", ()),
        (HEADINGS + DEFAULT.replace("\t0003\t", "\tgarbage\t"), "", ("eth0",)),
        (HEADINGS + "eth0\t00000000\n", "eth0 00\n", ()),
        (HEADINGS + LOCAL, DEFAULT_6.replace(" 00 ", " 40 ", 1), ()),
    ],
)
def test_only_a_default_route_that_is_up_leads_out(
    v4: str, v6: str, expected: tuple[str, ...]
) -> None:
    """Routes to the neighbours, of the machine itself, down or refusing do not count."""
    assert route.ways_out(v4, v6) == expected


def test_the_line_of_headings_is_no_route() -> None:
    """A table of one protocol starts with headings, whatever they look like."""
    assert route.ways_out(DEFAULT, "") == ()


def test_a_machine_on_a_network_is_refused_by_the_name_of_the_interface(tmp_path: Path) -> None:
    """The message says which plug to pull, and the hint how to go on in practice."""
    with pytest.raises(DeskError, match=r"on a network \(eth0\)") as refused:
        route.check(despite=False, **tables(tmp_path, HEADINGS + DEFAULT))
    assert "--despite-network" in refused.value.hint


def test_who_insists_is_warned(tmp_path: Path) -> None:
    """With the option it starts, and says what is wrong."""
    said = route.check(despite=True, **tables(tmp_path, HEADINGS + DEFAULT))
    assert said == "this machine is on a network (eth0)"


def test_a_machine_without_a_way_out_is_fine(tmp_path: Path) -> None:
    """Nothing is said when there is nothing to say."""
    assert route.check(despite=False, **tables(tmp_path, HEADINGS + LOCAL)) == ""


def test_a_system_that_does_not_tell_gets_a_warning(tmp_path: Path) -> None:
    """Elsewhere than on Linux the tool cannot look, and does not pretend to."""
    nowhere = tmp_path / "none" / "route"
    assert "unplug it yourself" in route.check(despite=False, v4=nowhere, v6=nowhere)


def test_an_empty_room_of_the_kernel_has_no_way_out() -> None:
    """In a real network namespace of its own, a process is on no network."""
    unshare = shutil.which("unshare")
    command = [str(unshare), "--net", "--map-root-user"]
    made = unshare and subprocess.run([*command, "true"], capture_output=True, check=False)
    if not made or made.returncode:
        pytest.skip("this machine makes no network namespaces")
    assert look(*command) == "said"
