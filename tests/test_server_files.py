"""The files of an own server: what systemd, tor and the installer say about them, before any machine is touched."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import listed, server_programs
from tests.releases import put_up
from tests.server_front import SERVER
from tests.stores import REPO, make_deployment

INSTALL = SERVER / "install"
MOST_EXPOSED = (
    5  # tenths of systemd's exposure, of 100; without a network of its own 0.4 is reached
)
SERVICES = ("balie-drop.service", "balie-sweep.service")


@pytest.mark.parametrize("unit", SERVICES)
def test_systemd_finds_little_that_a_service_could_reach(unit: str) -> None:
    """`systemd-analyze security`, which weighs some eighty settings, says "safe"."""
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager"]
    said = subprocess.run(
        [*command, f"--threshold={MOST_EXPOSED}", SERVER / unit], capture_output=True, text=True
    )
    assert said.returncode == 0, said.stdout + said.stderr
    assert "SAFE" in said.stdout


@pytest.mark.parametrize("unit", SERVICES)
def test_a_service_has_no_network_and_one_folder_to_write(unit: str) -> None:
    """These lines are what the promise rests on; the exposure alone could be had without one of them."""
    lines = (SERVER / unit).read_text("utf-8").splitlines()
    wanted = {"PrivateNetwork=yes", "RestrictAddressFamilies=AF_UNIX", "ProtectSystem=strict"}
    assert wanted | {"StandardOutput=null", "LimitCORE=0"} <= set(lines)
    written = [line for line in lines if re.match("ReadWritePaths|StateDirectory|BindPaths", line)]
    assert written == ["ReadWritePaths=/var/lib/balie/in"]
    assert "RequiresMountsFor=/var/lib/balie/in" in lines


@pytest.mark.parametrize("unit", ["balie-drop.service", "caddy.conf"])
def test_what_ends_is_started_again_without_an_end(unit: str) -> None:
    """systemd gives up after five starts in ten seconds, and Debian's Caddy after none; nobody is there to type."""
    lines = (SERVER / unit).read_text("utf-8").splitlines()
    assert {"StartLimitIntervalSec=0", "Restart=always", "RestartSec=1"} <= set(lines)


def test_tor_takes_the_onion_service_and_its_proof_of_work(tmp_path: Path) -> None:
    """Debian's tor has the module, and reads our file without a warning."""
    assert "pow: yes" in server_programs.tor("--list-modules").stdout.splitlines()
    text = (SERVER / "torrc").read_text("utf-8")
    assert "\nHiddenServicePoWDefensesEnabled 1\n" in text
    (tmp_path / "torrc").write_text(
        text.replace("/var/lib/tor-instances/balie", f"{tmp_path}/data")
    )
    (tmp_path / "data").mkdir(mode=0o700)
    done = server_programs.tor(
        "--verify-config", "-f", tmp_path / "torrc", "--DataDirectory", tmp_path / "data"
    )
    assert "Configuration was valid" in done.stdout
    said = [line for line in done.stdout.splitlines() if "running Tor as root" not in line]
    assert not [line for line in said if re.search(r"\[(warn|err)\]", line)]


def test_the_server_gets_packages_of_the_lock_and_no_others() -> None:
    """Each of them stands with the same hashes in the lock of `make serve`."""

    def blocks(name: str) -> dict[str, set[str]]:
        text = (REPO / "requirements" / name).read_text("utf-8")
        found = (block.split() for block in re.split(r"(?m)^(?=[a-z])", text) if block.strip())
        return {words[0]: {w for w in words if w.startswith("--hash=")} for words in found}

    server, whole = blocks("server.txt"), blocks("serve.txt")
    assert {name: whole[name] for name in server} == server
    assert {name.partition("==")[0] for name in server} >= {"starlette", "uvicorn", "uvloop"}
    assert not any(name.startswith(("boto", "cryptography", "pynacl")) for name in server)


def test_every_file_of_the_folder_is_put_somewhere() -> None:
    """The installer names each; a file that nobody puts anywhere would look like a wall."""
    text = INSTALL.read_text("utf-8")
    files = {path.name for path in SERVER.iterdir() if path.name not in ("install", "README.md")}
    assert {name for name in files if name not in text} == set()


def run(*arguments: str | Path, **more: object) -> "subprocess.CompletedProcess[str]":
    """Run the installer so that it changes nothing of this machine."""
    return subprocess.run([INSTALL, "--check", *arguments], capture_output=True, text=True, **more)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A folder as `make release` writes it."""
    made = make_deployment(tmp_path)
    (tmp_path / "site.headers").mkdir()
    (tmp_path / "site.headers" / "Caddyfile").write_text("header -Server\n")
    (tmp_path / "id.pub").write_text("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA courier\n")
    listed.write_list(made.site)
    listed.sign(made.site)
    return made.site


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"--address": None}, "no address was given yet"),
        ({"--address": "https://desk.example/"}, "the address is a host name and nothing else"),
        ({"--address": "a; import /etc/x"}, "the address is a host name and nothing else"),
        ({"--site": None}, "no site was given yet"),
        ({"--site": "/nowhere"}, "there is no file /nowhere/404.html"),
        ({"--keys": None}, "no key list was given yet"),
        ({"--keys": "/nowhere"}, "there is no file /nowhere"),
        (
            {"--keys": "/etc/hostname"},
            "the app does not take /etc/hostname: the key list cannot be",
        ),
        ({"--courier": "/etc/hostname"}, "is no public SSH key"),
        ({"--colour": "red"}, "unknown argument --colour"),
    ],
)
def test_what_is_not_right_is_refused_with_a_sentence_and_a_hint(
    release: Path, change: dict[str, str | None], said: str
) -> None:
    """Before anything is done, and with what to do."""
    given: dict[str, str | None] = {"--address": "desk.example", "--site": str(release)}
    given |= {"--keys": str(release.parent / "keys.json"), **change}
    done = run(*(part for pair in given.items() if pair[1] for part in pair))
    assert done.returncode == 2
    assert done.stderr.startswith("install: ")
    assert said in done.stderr
    assert "\nhint: " in done.stderr


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("rm SHA256SUMS", "has no list of its files"),
        ("echo x > index.html", "is not as its list says"),
        ("rm index.html", "is not as its list says"),
        ("rm manifests.jsonl", "is not signed"),
        ("echo {} >> manifests.jsonl", "is not signed"),
        ("echo x > 404.html; sha256sum 404.html > SHA256SUMS", "is not signed"),
    ],
)
def test_a_site_that_nobody_signed_is_not_put_up(release: Path, spoil: str, said: str) -> None:
    """Nor one that changed since: who compares it with its manifest would take it for another's."""
    subprocess.run(["sh", "-c", spoil], cwd=release, check=True)
    keys = release.parent / "keys.json"
    done = run("--address", "desk.example", "--site", release, "--keys", keys)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def looked_at(folder: Path, site: Path) -> str:
    """What the installer says of a site where one is served, in a folder of ours."""
    lines = INSTALL.read_text("utf-8")
    refuse = lines[lines.index("refuse() {") : lines.index("say() {")]
    look = lines[lines.index("look_at_manifests() {") : lines.index("# A list that the app")]
    script = f"{refuse}\n{look.replace('/srv/balie', str(folder))}\nsite=$1; look_at_manifests"
    command = ["bash", "-euo", "pipefail", "-c", script, "-", site]
    return subprocess.run(command, capture_output=True, text=True).stderr


def test_no_line_of_the_log_that_is_served_is_lost(release: Path, tmp_path: Path) -> None:
    """A site that was signed on an older log, or on none, does not take the place of the one that is there."""
    srv = tmp_path / "srv"
    shutil.copytree(release, srv / "site")
    assert looked_at(srv, release) == ""
    (release / "index.html").write_text("later", "utf-8")
    listed.write_list(release)
    listed.sign(release)
    assert looked_at(srv, release) == ""
    shutil.rmtree(srv / "site")
    shutil.copytree(release, srv / "site")
    (release / "manifests.jsonl").unlink()
    listed.sign(release)
    assert "does not go on from the one that is served" in looked_at(srv, release)


def test_a_link_in_the_site_is_refused(release: Path) -> None:
    """It could show a file of the machine to everybody."""
    (release / "passwd").symlink_to("/etc/passwd")
    done = run(
        "--address", "desk.example", "--site", release, "--keys", release.parent / "keys.json"
    )
    assert (done.returncode, "the site holds a link" in done.stderr) == (2, True)


def test_only_root_may_run_it(release: Path) -> None:
    """Anybody else is told so, and nothing was looked at."""
    done = run("--address", "desk.example", user=65_534, group=65_534, extra_groups=[])
    assert (done.returncode, "as root only" in done.stderr) == (2, True)


def test_scripts_of_the_release_before_stay_for_pages_that_are_open(tmp_path: Path) -> None:
    """Over a release with other words and the same scripts too; with a third there are no more than two."""
    there = []
    for number, scripts in enumerate(("aaaaaaaa", "bbbbbbbb", "bbbbbbbb", "cccccccc", "bbbbbbbb")):
        site = tmp_path / str(number)
        (site / "assets" / scripts).mkdir(parents=True)
        (site / "assets" / scripts / "seal.js").write_text(scripts)
        (site / "404.html").write_text(f"<link href=/assets/{scripts}/site.css><p>{number}")
        served = put_up(tmp_path, site, f"site{number}")
        there.append({path.name for path in (served / "assets").iterdir()})
        assert all(path.read_text() == path.parent.name for path in served.glob("assets/*/*"))
    before = {"aaaaaaaa", "bbbbbbbb"}, {"bbbbbbbb", "cccccccc"}
    assert there == [{"aaaaaaaa"}, before[0], before[0], before[1], before[1]]
    assert [path.name for path in (tmp_path / "srv" / "sites").iterdir()] == ["site4"]


def test_a_dry_run_says_what_is_to_do_and_does_none_of_it(release: Path) -> None:
    """Every file that would be put stands there, and none of them is there afterwards."""
    keys = release.parent / "keys.json"
    given = ["--address", "desk.example", "--site", str(release), "--keys", str(keys), "--onion"]
    done = run(*given, "--courier", release.parent / "id.pub")
    assert done.returncode == 1, done.stderr
    said = re.findall(r"^to do +(/\S+)$", done.stdout, re.M)
    assert {"/etc/balie/Caddyfile", "/srv/balie/site", "/opt/balie/venv"} <= set(said)
    assert not [path for path in said if Path(path).exists()]
    assert done.stdout.endswith("something is to do; run it without --check\n")
