"""The small verifier as an outsider meets it: one file that is soon read, the vectors of WIRE.md, and its page."""

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests import attacks, signed_site, trusted
from tests.practice import REPO

FILE = REPO / "keys" / "verify.py"
VECTORS = json.loads((REPO / "tests/vectors/manifest.json").read_text("ascii"))
MAY_IMPORT = {"nacl"}
_ITEM = re.compile(r"^\d+\. `(.+)`$", re.M)


@pytest.fixture(scope="module")
def verify() -> ModuleType:
    spec = importlib.util.spec_from_file_location("small_verifier", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_small_verifier_is_one_short_file_of_the_standard_library() -> None:
    """At most 150 lines, PyNaCl beside it, and nothing of ours: it shares no mistake with the desk."""
    text = FILE.read_text("utf-8")
    assert len(text.splitlines()) <= 150
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module).partition(".")[0])
    assert names - sys.stdlib_module_names == MAY_IMPORT


@pytest.mark.parametrize("one", VECTORS["cases"], ids=lambda one: one["name"])
def test_the_small_verifier_reads_each_log_of_the_vectors(
    verify: ModuleType, one: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is to be believed, it believes; what is not, it refuses."""
    key = bytes.fromhex(VECTORS["site_key"])
    try:
        last = verify.read_log(one["log"].encode("utf-8", "surrogatepass"), key)
    except (SystemExit, ValueError, KeyError, TypeError):
        assert one["expect"] == "manifest", capsys.readouterr().out
        return
    assert one["expect"] == "ok"
    assert last["number"] == one["last"]["number"]  # type: ignore[index]


def page_lines(language: str) -> list[str]:
    """The lines of the page, as they stand there."""
    return _ITEM.findall((REPO / "docs" / language / "check.md").read_text("utf-8"))


def _run(where: Path, lines: list[str]) -> tuple[int, str]:
    """Type the lines into one shell, as the page has them; the exit code of the last, and all that was printed."""
    done = subprocess.run(
        ["bash", "-c", "\n".join(lines)],
        cwd=where,
        env={"PATH": os.environ["PATH"], "HOME": str(where)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def _source(folder: Path, site: Path) -> str:
    """A clone's origin: the small verifier, and in place of our build one that lays what `site` holds; its commit.

    Our own build costs minutes and a network; that it gives the same bytes twice is for other tests.
    """
    (folder / "keys").mkdir(parents=True)
    shutil.copy(FILE, folder / "keys")
    venv = Path(sys.executable).parents[1]
    rule = f"release:\n\tcp -r {site} site && rm -f site/board.bin site/nl/sound/door.mp3\n\tln -s {venv} .venv\n"
    (folder / "Makefile").write_text(rule, "utf-8")
    made = ["git init -q .", "git add .", "git -c user.name=a -c user.email=a@b commit -qm a"]
    code, said = _run(folder, [*made, "git rev-parse HEAD"])
    assert code == 0, said
    return said.split()[-1]


def test_the_ten_lines_of_the_page_find_what_is_as_it_was_signed_and_what_is_not(
    tmp_path: Path,
) -> None:
    """Typed as they stand, with the two addresses and the digits filled in, against a site that is served."""
    source, folder = tmp_path / "source", tmp_path / "there"
    commit = _source(source, folder / "site")
    with signed_site.served(folder, source=commit) as found:
        lines = [
            line.replace("ADDRESS", str(source))
            .replace("https://desk.example", found.address)
            .replace("FINGERPRINT", trusted.pin())
            for line in page_lines("nl")
        ]
        (tmp_path / "well").mkdir()
        code, said = _run(tmp_path / "well", lines)
        assert (code, said.splitlines()[-1]) == (0, "all well"), said
        digits = said.split("  SHA256SUMS")[0][-64:]
        assert f'\\"sums\\":\\"{digits}\\"' in said
        named = [line for line in said.splitlines() if "FAILED" in line or "No such file" in line]
        assert all("nl/sound/door.mp3" in line for line in named), said
        (tmp_path / "wrong").mkdir()
        with found.host.spoiling(attacks.at("/nl/door/index.html", attacks.turn)):
            code, said = _run(tmp_path / "wrong", lines)
        assert "nl/door/index.html: FAILED" in said
        with found.host.spoiling(attacks.at("/nl/door/", attacks.turn)):
            code, said = _run(tmp_path / "wrong" / "balie", lines[1:2] + lines[-1:])
        assert (code, "changed: /nl/door/\n" in said) == (1, True)


def test_the_page_has_ten_lines_the_same_in_both_languages() -> None:
    """A reader of one language types what was tried in the other."""
    assert len(page_lines("nl")) == 10
    assert page_lines("nl") == page_lines("en")
