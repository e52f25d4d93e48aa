"""GNU gettext as translators have it below their editors, for tests that hold our files against it.

`python -m tests.po_programs` sees to it that it is there: as root it installs Debian's package, else it prints the
one line to run. A test without it fails and says the same line.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from tests import packages

PROGRAMS = ["msgfmt", "msgmerge", "msgcat"]
RUN = "run as root: python -m tests.po_programs"


def run(program: str, *arguments: str | Path) -> str:
    """Run one of the programs to its end; what it wrote."""
    if shutil.which(program) is None:
        raise RuntimeError(f"there is no {program}; {RUN}")
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def normal(path: Path) -> str:
    """A file as gettext itself writes it, each text in one line."""
    return run("msgcat", "--no-wrap", path)


if __name__ == "__main__":
    sys.exit(packages.see_to("gettext", PROGRAMS, ["gettext"]))
