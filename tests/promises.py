"""The promises of the privacy page, each with what its tests say now: `make promises`, in Dutch with LANGUAGE=nl.

pytest runs exactly the tests that docs/data/promises.yml names, and says on the other stream what it always says. A
promise is green when each of its tests ran and passed; 1 when one is not.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO
from xml.etree import ElementTree

from overrides.facts import promises
from overrides.facts.promises import Promise

ROOT = Path(__file__).parent.parent
WORDS = {"nl": ("groen", "ROOD"), "en": ("green", "RED")}
COLOURS = ("\x1b[32m", "\x1b[31m")
PYTEST = ["-n", "2", "--dist", "loadfile", "--max-worker-restart=0", "-o", "junit_family=xunit1"]
DID_NOT_RUN = "did not run"
OUTCOMES = {"failure": "failed", "error": "failed", "skipped": "was skipped"}


def outcomes(tests: Sequence[str], house: Path) -> dict[str, str]:
    """What is wrong with each test, empty where it ran and passed with every set of its parameters."""
    said = {test: promises.lost(test, house / "tests") for test in dict.fromkeys(tests)}
    there = [test for test, why in said.items() if not why]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", *PYTEST, f"--junitxml={report}", *there]
        if there:  # without a name pytest would run every test there is
            subprocess.run(command, cwd=house, stdout=2, check=False)
        cases = [] if not report.is_file() else list(ElementTree.parse(report).iter("testcase"))
    ran: dict[str, list[str]] = {}
    for case in cases:
        name = f"{case.get('file')}::{case.get('name')}"
        found = [OUTCOMES[child.tag] for child in case if child.tag in OUTCOMES] or [""]
        for one in {name, name.partition("[")[0]}:
            ran.setdefault(one, []).extend(found)
    return said | {test: max(ran.get(test, [DID_NOT_RUN])) for test in there}


def lines(
    found: Sequence[Promise], said: Mapping[str, str], language: str, *, colour: bool
) -> Iterator[str]:
    """A line for each sentence of the page, and below one that is red what its tests say."""
    for promise in found:
        wrong = [f"{test} {said[test]}" for test in promise.tests if said[test]]
        word = f"{WORDS[language][bool(wrong)]:<6}"
        word = f"{COLOURS[bool(wrong)]}{word}\x1b[0m" if colour else word
        yield f"{word} {promise.says[language]}"
        yield from (f"       {one}" for one in wrong)


def is_coloured(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Only on a terminal, and not where somebody asked for none (no-color.org)."""
    return stream.isatty() and not environment.get("NO_COLOR")


def main(arguments: Sequence[str] | None = None, house: Path = ROOT) -> int:
    """Run them and print the page's sentences; 1 when one is not held."""
    parser = argparse.ArgumentParser(prog="python -m tests.promises", description=__doc__)
    parser.add_argument("--language", default="en", help="nl or en; as LANGUAGE may be nl_NL:nl")
    language = "nl" if parser.parse_args(arguments).language.startswith("nl") else "en"
    found = promises.load(house / "docs" / "data" / "promises.yml")
    said = outcomes([test for one in found for test in one.tests], house)
    for line in lines(found, said, language, colour=is_coloured(sys.stdout, os.environ)):
        print(line)
    held = [one for one in found if not any(said[test] for test in one.tests)]
    print(f"\n{len(held)} of {len(found)} promises are {WORDS['en'][0]}")
    return 0 if len(held) == len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
