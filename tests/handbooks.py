"""The handbook built for the tests, with a grey point for each picture: nobody looks at them here."""

import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.site import ROOT

STAND_IN = ("--stand-in", "--pictures")


def build(out: Path, house: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the program; its pictures lie beside what it makes."""
    command = [sys.executable, "-m", "handbook.build", *STAND_IN, out.with_name("points"), out]
    return subprocess.run(command, cwd=house, capture_output=True, text=True)


@dataclass(frozen=True)
class Handbook:
    """A handbook that was built."""

    folder: Path

    @cached_property
    def pages(self) -> dict[str, dict[str, str]]:
        """The HTML of each page by language and path below it."""
        every = {
            path.relative_to(self.folder).as_posix(): path.read_text("utf-8")
            for path in sorted(self.folder.rglob("*.html"))
        }
        english = {name[3:]: text for name, text in every.items() if name.startswith("en/")}
        dutch = {name: text for name, text in every.items() if not name.startswith("en/")}
        return {"nl": dutch, "en": english}

    def text(self, language: str, name: str) -> str:
        """What stands on a page, without its frame."""
        return self.pages[language][name].partition("<article")[2].partition("</article>")[0]

    def headings(self, language: str, name: str) -> list[str]:
        """The levels of its headings, in their order."""
        return re.findall(r"<h([1-6])", self.text(language, name))

    def pictures(self, language: str, name: str) -> list[str]:
        """The pictures on it, without the folder of the language."""
        return re.findall(rf'src="[./]*pictures/{language}/([^"]+)"', self.text(language, name))
