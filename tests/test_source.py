"""Of which commit a release is built: a real clone says it, and one that was changed is no commit at all."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from overrides.frame import source
from overrides.words.errors import SiteError


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@desk.example")
    done = subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode().strip()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give a clone in which one page is committed."""
    folder = tmp_path / "clone"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "law.md").write_text("law", "utf-8")
    (folder / ".gitignore").write_text("*.pyc\n", "utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "first")
    return folder


def test_a_clone_says_its_commit(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That of this folder, whatever another clone the surroundings name."""
    monkeypatch.setenv("GIT_DIR", str(clone.parent / "other"))
    said = source.commit(clone)
    monkeypatch.delenv("GIT_DIR")
    assert said == git(clone, "rev-parse", "HEAD")
    assert len(said) == 40


def test_a_folder_that_is_no_clone_has_none(tmp_path: Path) -> None:
    """Also below the clone of something else: that says nothing of what lies here."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / "unpacked").mkdir()
    assert source.commit(tmp_path / "unpacked") == ""


def test_what_the_site_is_not_made_of_may_be_changed(clone: Path) -> None:
    """The settings of a desk, its keys and what programs leave behind lie in the clone and in no commit."""
    for name in ("settings.yml", "keys.json", "docs/x.pyc"):
        (clone / name).write_text("x", "utf-8")
    assert source.commit(clone) == git(clone, "rev-parse", "HEAD")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda clone: (clone / "docs/law.md").write_text("other"), "committed: docs/law.md"),
        (lambda clone: (clone / "docs/new.md").write_text("new"), "committed: docs/new.md"),
        (lambda clone: (clone / "docs/law.md").unlink(), "committed: docs/law.md"),
        (lambda clone: [(clone / f"docs/{n}").touch() for n in range(5)], ", and 2 more"),
        (lambda clone: (clone / ".git/HEAD").write_text("x"), "git does not say"),
    ],
)
def test_a_clone_that_was_changed_is_refused(
    clone: Path, spoil: Callable[[Path], object], said: str
) -> None:
    """A commit under a manifest is a promise that anyone can build the same."""
    spoil(clone)
    with pytest.raises(SiteError, match=said) as refused:
        source.commit(clone)
    assert refused.value.hint
