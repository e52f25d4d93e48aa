"""The folder of what pages fetch: one for a build, named by what it is made of, so that no two builds mix."""

import re
import shutil
from pathlib import Path

import pytest

from overrides.frame import assets
from overrides.paper import one_file
from overrides.press import bundle
from tests.site import ROOT, Built, asset

_NAMED = re.compile(rb"""["'(]((?:/|\./|(?:\.\./)+)?assets/[^"'`)]*)""")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """Give a checkout of our own, as far as scripts are made of it."""
    for folder in ("assets", "press"):
        shutil.copytree(ROOT / "overrides" / folder, tmp_path / "overrides" / folder)
    for name in ("package-lock.json", "package.json", "tsconfig.json"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path / "overrides"


def test_every_page_and_every_script_of_a_build_names_the_same_folder(built_site: Built) -> None:
    """In all pages, made from data or written, and in the scripts that start a worker."""
    start = asset("").encode()
    pages = {
        name: text
        for name, text in built_site.files.items()
        if name.endswith(".html")
        and not name.endswith(f"/{one_file.NAME}")  # which asks for nothing
    }
    for name, text in pages.items():
        found = _NAMED.findall(text)
        assert len(found) >= 3, name
        assert all(one.lstrip(b"./").startswith(start) for one in found), name
    for script in ("write.js", "answer.js"):
        named = set(_NAMED.findall(built_site.files[asset(script)]))
        workers = {f"/{asset(name)}".encode() for name in ("seal.js", "seal_older.js")}
        assert named == workers, script


@pytest.mark.parametrize(
    "changed",
    [
        *("assets/seal.mjs", "assets/site.css", "assets/icon.svg", "../package-lock.json"),
        *("press/bundle.py", "press/index.py", "press/lookups.py"),
    ],
)
def test_what_they_are_made_of_names_the_folder(room: Path, changed: str) -> None:
    """Ours, the libraries, how they are joined, and in which form an index of pages is written."""
    before = assets.folder(room)
    with (room / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert before == assets.folder(ROOT / "overrides") != assets.folder(room)


def test_what_they_are_not_made_of_does_not(room: Path) -> None:
    """What an editor leaves behind, or another part of the build."""
    before = assets.folder(room)
    (room / "assets" / ".seal.mjs.swp").write_text("x", "utf-8")
    (room / "press" / "build.py").write_text("", "utf-8")
    assert assets.folder(room) == before


def test_two_builds_with_other_scripts_share_no_file(room: Path, tmp_path: Path) -> None:
    """So a page of one can neither fetch a script nor start a worker of the other."""
    out = tmp_path / "out"
    bundle.write(out, room)
    worker = room / "assets" / "seal.worker.mjs"
    worker.write_text(worker.read_text("utf-8") + "self.isNewer = true;\n", "utf-8")
    bundle.write(out, room)
    one, other = sorted((out / "assets").iterdir())
    for folder in (one, other):
        script = (folder / "write.js").read_bytes()
        assert {path.split(b"/")[2].decode() for path in _NAMED.findall(script)} == {folder.name}
    assert one.name != other.name
    assert (one / "seal.js").read_bytes() != (other / "seal.js").read_bytes()
