"""Of which commit a release is built (step 1): the folder of the program in, a commit or nothing out.

Git is asked, and only for a release. It refuses a clone in which anything that the site is made of is not as
it was committed: then no commit says what was built.
"""

import os
import subprocess
from pathlib import Path

from overrides.words.errors import SiteError

MADE_OF = ("docs", "overrides", "mkdocs.yml", "package.json", "package-lock.json", "requirements")
_SHOWN = 3


def commit(root: Path) -> str:
    """The commit that a clone stands at, in hexadecimal; empty for a folder that is no clone."""
    if not (root / ".git").exists():
        return ""
    changed = _git(root, "status", "--porcelain", "--", *MADE_OF).splitlines()
    if changed:
        more = f", and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        named = ", ".join(line[3:] for line in changed[:_SHOWN])
        said = f"what the site is made of is not as it was committed: {named}{more}"
        raise SiteError(said, "commit it, or take it away; git status shows it")
    return _git(root, "rev-parse", "HEAD").strip()


def _git(root: Path, *words: str) -> str:
    """What git says of this clone, whatever others its surroundings name."""
    around = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 - no shell, no words from outside
            ["git", *words],  # noqa: S607 - that of whoever releases
            cwd=root,
            env=around | {"GIT_OPTIONAL_LOCKS": "0"},
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        hint = f"look at what `git {words[0]}` says in this folder; without .git it is released of no commit"
        raise SiteError("git does not say of which commit this is", hint) from None
    return done.stdout
