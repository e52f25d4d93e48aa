"""Texts of the project that a page of the handbook shows below its own: one source, never a copy.

Comes in: a page whose front matter says `source: keys/README.md`. Goes out: the body of that file as it stands
below the page's own text. It refuses a source that is not there.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "handbook" / "pages"
LANGUAGES = ("nl", "en")
WORDS = ROOT / "handbook" / "words.yml"
_FRONT = re.compile(r"\A---\n(.*?)^---\n", re.M | re.S)
_IN_ENGLISH = "De tekst hieronder is in het Engels."


class NoSource(Exception):
    """A page names a source that is not there."""


def front(path: Path) -> dict[str, object]:
    """The front matter of a page; empty without one."""
    found = _FRONT.match(path.read_text("utf-8"))
    return dict(yaml.safe_load(found[1]) or {}) if found else {}


def plain_name(source: str) -> str:
    """`keys/README.nl.md` and `keys/README.md` are one text in two languages."""
    return re.sub(r"\.(?:nl|en)\.md$", ".md", source)


@cache
def shown() -> dict[str, str]:
    """The page that shows a text, by the path of that text: `keys/README.md` gives `handlers/keys.md`."""
    found = {}
    for path in sorted((PAGES / LANGUAGES[0]).rglob("*.md")):
        if source := front(path).get("source"):
            found[plain_name(str(source))] = path.relative_to(PAGES / LANGUAGES[0]).as_posix()
    return found


@cache
def _words() -> dict[str, dict[str, str]]:
    return dict(yaml.safe_load(WORDS.read_text("utf-8")))


def sought(name: str, language: str) -> list[str]:
    """Words with which people look for a page, beside those that stand on it."""
    return _words().get(name, {}).get(language, "").split()


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it stands in a block of code."""
    fence = ""
    for line in text.splitlines():
        mark = re.match(r" {0,3}(`{3,}|~{3,})", line)
        is_code = bool(fence or mark)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        yield line, is_code


def below(text: str) -> str:
    """A text with each heading one level lower, where it begins with a title: the page has one already."""
    lines = list(_lines(_FRONT.sub("", text)))
    has_title = any(line.startswith("# ") and not is_code for line, is_code in lines)
    mark = "#" if has_title else ""
    return "\n".join(
        mark + line if re.match("#+ ", line) and not is_code else line for line, is_code in lines
    )


def body(source: str, language: str) -> str:
    """What stands below a page's own text; on a Dutch page it says so when that is English."""
    path = ROOT / source
    if not path.is_file():
        raise NoSource(f"{source} is not there, and a page of the handbook shows it")
    text = below(path.read_text("utf-8"))
    if language == "en" or source.endswith(f".{language}.md"):
        return text
    return f'*{_IN_ENGLISH}*\n\n<div lang="en" markdown="1">\n\n{text}\n\n</div>'
