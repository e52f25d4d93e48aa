"""Sees to it that programs of Debian's packages are there, for the modules that can be run for it."""

import os
import shutil
import subprocess
from collections.abc import Sequence


def see_to(what: str, programs: Sequence[str], packages: Sequence[str]) -> int:
    """0 when the programs are there or were installed, 3 when somebody has to install them.

    As root it installs the packages. Without root it prints the one line to run.
    """
    if all(map(shutil.which, programs)):
        return 0
    if os.geteuid() != 0:
        print(f"the tests need {what}; run: sudo apt-get install -y", *packages)
        return 3
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "check": True}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", *packages], **quiet)
    return 0
