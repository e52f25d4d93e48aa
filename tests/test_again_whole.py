"""The real site, built by the press in processes of its own: built again, or whole, it is the same tree."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from tests.site import ROOT, SETTINGS, key_list, put_practice_key
from tests.small_site import SOURCE

LEFT_OUT = ("node_modules", "var", "findings", "__pycache__", ".*")


@dataclass(frozen=True)
class Repo:
    """A copy of the repo, in which all may be changed, and its press."""

    root: Path

    def press(self, *, out: str = "site", kept: bool = True) -> str:
        """What the press says; with nothing that was kept, if so asked."""
        if not kept:
            shutil.rmtree(self.root / "var" / "pages", ignore_errors=True)
        command = [sys.executable, "-m", "overrides.press", "--settings", "settings.yml"]
        command += ["--keys", "keys/keys.json", "--out", f"var/{out}"]
        return subprocess.run(
            command, cwd=self.root, capture_output=True, text=True, check=False
        ).stderr

    def tree(self, out: str = "site") -> dict[str, str]:
        """The hash of every file of a site and beside it, by path."""
        top = self.root / "var"
        found = [path for path in top.rglob("*") if path.is_file()]
        return {
            path.relative_to(top).as_posix().removeprefix(out): sha256(
                path.read_bytes()
            ).hexdigest()
            for path in found
            if path.relative_to(top).as_posix().startswith(out)
        }

    def append(self, words: str) -> None:
        """More words at the end of every page, each with those of its own."""
        for path in sorted((self.root / "docs").glob("*/*.md")):
            text = path.read_text("utf-8").rstrip("\n")
            path.write_text(f"{text}\n\n{words.format(path.parent.name, path.stem)}\n", "utf-8")

    def demand_same(self, *, again: bool) -> None:
        """With what is kept, and with nothing; `again` says whether no more than pages were made."""
        before = self.kept()
        said, tree = self.press(), self.tree()
        assert (self.kept() == before) is again
        whole = self.press(out="other", kept=False)
        assert (said, tree) == (whole, self.tree("other"))

    def kept(self) -> dict[str, int]:
        """When each kept site was put there: a whole build keeps its own under the same name."""
        found = (self.root / "var" / "pages" / "finished").glob("*/files.json")
        return {path.parent.name: path.stat().st_mtime_ns for path in found}


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    root = tmp_path_factory.mktemp("again") / "repo"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    (root / "node_modules").symlink_to((ROOT / "node_modules").resolve())
    (root / "keys" / "keys.json").write_text(key_list(), "utf-8")
    put_practice_key(root / "keys")
    shutil.copy(SETTINGS, root / "settings.yml")
    assert Repo(root).press() == ""
    return Repo(root)


def test_every_text_of_the_site_changed_it_is_the_same_tree(repo: Repo) -> None:
    """Headings, which the search knows too, links, sources and numbers, on every page of every language."""
    repo.append(
        "Anders."
    )  # after the first change of the Dutch all translations say that they are behind it
    repo.press()
    repo.append(f"## Nog {{0}} {{1}}\n\nMeer[^{SOURCE}] op [1](index.md) of 020 123 45 67.")
    repo.demand_same(again=True)


def test_what_is_refused_is_said_as_ever(repo: Repo) -> None:
    """Beside a site that stays as it was; when it is mended, no more than pages are made."""
    tree, path = repo.tree(), repo.root / "docs/nl/law.md"
    text = path.read_text("utf-8")
    path.write_text(f"{text}\nx[^gone] <b onclick=x>\n", "utf-8")
    said = repo.press()
    assert "law.md: there is no source gone (add it to docs/data/sources.yml)" in said
    assert "law.md: holds the attribute onclick on <b>" in said
    assert repo.tree() == tree

    path.write_text(text, "utf-8")
    before = repo.kept()
    path.write_text(f"{text}\nLater.\n", "utf-8")
    assert (repo.press(), repo.tree() == tree) == ("", False)
    path.write_text(text, "utf-8")
    assert (repo.press(), repo.tree()) == ("", tree)
    assert repo.kept() == before
