"""The ten lines of the page `check`, typed as an outsider types them against a real release of all languages. A soak.

The release is made from a clone and signed, and served under TLS at the address that it was built for; the outsider
has another clone, and makes the release again. Only Python's and Node's packages are those of this machine, for no
test fetches them: a hook of git puts them into each clone.
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import attacks, authority, listed, rebuilds, signed_site, trusted
from tests.authority import Named
from tests.signed_site import TODAY, Served, SignedSite
from tests.site import ROOT, ready, released
from tests.soak import SOAK
from tests.test_verify_house import page_lines

pytestmark = pytest.mark.skipif(not SOAK, reason="a soak of minutes; test_verify_house has the small site")  # fmt: skip
NAME, PORT = "balie.example", 443  # a release refuses an address with a port
HOOK = """#!/bin/sh
ln -sfn {venv} .venv; ln -sfn {node} node_modules
touch -d 2020-01-01 package-lock.json requirements/*
"""


@dataclass(frozen=True)
class Released:
    """A release that is served, the clone that it was made from, and where its name leads to it."""

    source: Path
    site: Served
    named: Named
    environment: dict[str, str]


def _hooked(folder: Path) -> dict[str, str]:
    """An environment in which each clone gets the packages of this machine."""
    hook = folder / "template" / "hooks" / "post-checkout"
    hook.parent.mkdir(parents=True)
    venv, node = Path(sys.executable).parents[1], (ROOT / "node_modules").resolve()
    hook.write_text(HOOK.format(venv=venv, node=node), "utf-8")
    hook.chmod(0o755)
    told = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return told | {"GIT_TEMPLATE_DIR": str(hook.parents[1])}


def _source(folder: Path, environment: dict[str, str]) -> Path:
    """A clone in which somebody did what a release needs people for, and its release."""
    source = folder / "source"
    subprocess.run(["git", "clone", "-q", ROOT, source], env=environment, check=True)
    ready(source / "docs")
    commit = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "ready"]
    subprocess.run(commit, cwd=source, env=environment, check=True)
    settings = released(
        site_url=f"https://{NAME}", site_key=trusted.pin(), keys_issued_at_least=trusted.ISSUED
    )
    (source / "settings.yml").write_text(settings, "utf-8")
    (source / "keys.json").write_text(trusted.key_list(), "ascii")
    made = ["make", "release", "SETTINGS=settings.yml", "KEYS=keys.json"]
    done = subprocess.run(made, cwd=source, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    listed.sign(source / "site", trusted.SITE_SEED, TODAY)
    return source


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Released]:
    folder = tmp_path_factory.mktemp("release")
    environment = _hooked(folder)
    source, trust = _source(folder, environment), authority.make(folder)
    signed_site.SignedSite(source, f"https://{NAME}", practice=False).board()
    address = f"127.{secrets.randbelow(200) + 20}.{secrets.randbelow(250)}.7"
    made = SignedSite(source, f"https://{NAME}", practice=False)
    with signed_site.behind(made, PORT, trust.certificate(NAME), (address,)) as site:
        named = authority.named(folder, trust.file, balie_example=address)
        yield Released(source, site, named, environment)


def _typed(release: Released, where: Path, lines: list[str]) -> tuple[int, str]:
    """Type the lines into one shell; the exit code of the last, and all that was printed, in its order."""
    where.mkdir(exist_ok=True)
    typed = "\n".join(("exec 2>&1", *lines))
    done = release.named.run("bash", "-c", typed, cwd=where, env=release.environment)
    return done.returncode, done.stdout


def test_the_ten_lines_make_the_same_release_and_find_what_was_changed(
    release: Released, tmp_path: Path
) -> None:
    """Not one file differs, PDFs and sound among them; then one page is altered."""
    lines = [
        line.replace("ADDRESS", str(release.source))
        .replace("https://desk.example", f"https://{NAME}")
        .replace("FINGERPRINT", trusted.pin())
        for line in page_lines("en")
    ]
    code, said = _typed(release, tmp_path / "there", lines)
    assert (code, said.splitlines()[-1]) == (0, "all well"), said[-3000:]
    assert [one for one in said.splitlines() if "FAILED" in one or "No such file" in one] == []
    ours, theirs = release.source / "site", tmp_path / "there" / "balie" / "site"
    assert rebuilds.difference(_files(ours), _files(theirs)) == ""
    with release.site.host.spoiling(attacks.at("/ar/write/", attacks.turn)):
        code, said = _typed(release, tmp_path / "there" / "balie", [lines[1], lines[9]])
    assert (code, said) == (1, "changed: /ar/write/\n")


def _files(site: Path) -> dict[str, str]:
    lines = (site / "SHA256SUMS").read_text("ascii").splitlines()
    return {line[66:]: line[:64] for line in lines}


def test_desk_verify_finds_the_release_well(release: Released, tmp_path: Path) -> None:
    """As its timer runs it: every file as each program, what runs or seals in each language too."""
    folder = signed_site.watching(tmp_path / "watch")
    command = (sys.executable, "-m", "desk", "verify", f"https://{NAME}", "--folder", folder)
    done = release.named.run(*command)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    print(done.stdout.splitlines()[-1])  # how many requests, bytes and seconds
