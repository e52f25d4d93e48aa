"""The handbook reads itself: the same in both languages, short, its commands real, its links leading somewhere."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.runbook import HANDBOOK, LANGUAGES, steps
from tests.site import ROOT
from tests.test_hints import GROUPS, help_of

SOURCES = yaml.safe_load((ROOT / "docs/data/sources.yml").read_text("utf-8"))
NOT_OURS = ("handbook/pages/", "tests/", "findings/", "CHANGELOG.md")
OTHER = "operators/organisation/"  # papers to fill in, held by a test of their own


def pages(language: str) -> list[str]:
    """The pages of one language by their path."""
    found = (path.relative_to(HANDBOOK / language) for path in (HANDBOOK / language).rglob("*.md"))
    return sorted(name.as_posix() for name in found if not name.as_posix().startswith(OTHER))


PAGES = pages("en")
BAD_DAYS = {
    "flood",
    "key-lost",
    "laptop-lost",
    "search",
    "danger",
    "wrong-law",
    "domain-seized",
    "account-locked",
    "bill-rises",
}
MOST_LINES, MOST_LETTERS = 60, 4_500  # of a page for a bad day: a sheet of A4
PARTS = 5  # first do this, what not to do, who decides, what you tell people, what stays true
_LAW = re.compile(r"\b(?:(?:AVG|GDPR|Sv|Sr|UAVG|Awb|Wpg) \d+|Algemene termijnenwet)")
_SOURCED = re.compile(
    r"\[(\w+) ([\w:]+), (?:text of|tekst van) (\d{4})\]\([./]+docs/data/sources\.yml\)"
)
_SPAN = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
_OPTION = re.compile(r"(?<!\S)--[a-z][a-z-]+")
OURS = ("desk ", "make ", ".venv/bin/", "functions/server/install ")  # programs whose words we know
_MODULE = re.compile(r"\.venv/bin/python -m ([\w.]+)")
_NAME = re.compile(
    r"(?=.*[A-Za-z])[\w./-]{3,}"
)  # of a file, a setting, a field, a text: one word between back quotes
# What a reader makes or names, and names of others.
ELSES = {
    "january.canary",
    "work-ride.md",
    "site.before",
    "/media/newboard",
    "cf-ray",
    "nel",
    "report-to",
}
ELSES |= {"/nl/work-ride/", "/en/work-ride/", "Expires"}
_PART = re.compile(
    r'((?:"[^"]+"(?:, |,? and |,? en )?)*)'  # "Read complaints" and "Restore"
    r'(?: (?:in|on|op|bij) )?\[[^\]]+\]\(([./\w-]+\.md)\)((?:, "[^"]+")?)'  # [there](keys.md), "Restore"
)
_COUNT = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*")
_NUMBER = re.compile(r"\b0\d{2,3}[- ]?\d{3,}|\b\d{3}-\d{4}\b|\+31")


def text_of(language: str, name: str) -> str:
    return (HANDBOOK / language / name).read_text("utf-8")


def commands(text: str) -> Iterator[str]:
    """What is to be typed on a page: lines of blocks, and `desk` and `make` between back quotes."""
    block = ""
    for line in text.splitlines():
        if line.startswith("```"):
            block = "" if block else line[3:] or "plain"
        elif block == "text" or (block == "console" and line.startswith("$ ")):
            yield line.removeprefix("$ ").removesuffix(" --language en")
        elif not block:
            yield from (one for one in _SPAN.findall(line) if one.startswith(OURS))


EVERY = [(language, name) for language in LANGUAGES for name in PAGES]
TYPED = sorted({one for language, name in EVERY for one in commands(text_of(language, name))})


def test_there_is_a_page_for_each_bad_day_in_both_languages() -> None:
    """Nine, and the same pages in each language."""
    assert {f"operators/runbooks/{name}.md" for name in BAD_DAYS} == {
        name for name in PAGES if name.startswith("operators/runbooks/")
    }
    assert [pages(language) for language in LANGUAGES] == [PAGES, PAGES]


def told(language: str, name: str) -> tuple[list[str], list[str]]:
    """The numbers in the words of a page, and the names on it; not what a Dutch page says behind a fault."""
    words = re.sub(r"(?ms)\A---\n.*?^---\n|^```.*?^```$|^- `.*?$", "", text_of(language, name))
    words = re.sub(r"\]\([^)]*\)", "]", words)
    names = [one.replace("/nl/", "/en/").replace(".nl.", ".en.") for one in _SPAN.findall(words)]
    counts = [re.sub("[.,]", "", one) for one in _COUNT.findall(_SPAN.sub("", words))]
    return sorted(counts), sorted(filter(_NAME.fullmatch, names))


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_tell_the_same_numbers_and_names(name: str) -> None:
    """A sentence that one of them has alone has a number or a name of its own, more often than not."""
    assert told("en", name) == told("nl", name)


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_say_to_do_the_same(name: str) -> None:
    """As many headings, steps and lines of tables, and the same commands in the same order."""
    english, dutch = (text_of(language, name) for language in LANGUAGES)
    for mark in (r"(?m)^#+ ", r"(?m)^\d+\. ", r"(?m)^- ", r"(?m)^\| "):
        assert len(re.findall(mark, english)) == len(re.findall(mark, dutch)), mark
    assert list(commands(english)) == list(commands(dutch))
    links = [
        one.replace("/docs/nl/", "/docs/en/").replace("README.nl.md", "README.md")
        for one in _LINK.findall(dutch)
    ]
    assert _LINK.findall(english) == links


@pytest.mark.parametrize("command", [one for one in TYPED if one.startswith("desk ")])
def test_a_verb_of_the_handbook_can_be_typed(command: str) -> None:
    """The verb is there, and has each option that stands behind it."""
    words = command.removeprefix("desk ").split()
    shown = help_of(*words[: 2 if words[0] in GROUPS else 1])
    assert [one for one in _OPTION.findall(command) if one not in shown] == []


def shape(command: str) -> tuple[str, ...]:
    """The verb with its options, whatever they are given."""
    words = command.removeprefix("desk ").split()
    verb = words[: 2 if words[0] in GROUPS else 1]
    return (*verb, *sorted(set(_OPTION.findall(command)) - {"--language"}))


def is_name(command: str) -> bool:
    """Whether a verb is only named, with nothing behind it."""
    words = command.removeprefix("desk ").split()
    return len(words) == (2 if words[0] in GROUPS else 1)


def test_a_step_with_a_key_is_typed_as_the_page_about_keys_says() -> None:
    """Both tell of the same verbs with the same options: no two pages say one thing differently."""
    page = (ROOT / "keys" / "README.md").read_text("utf-8")
    told = {
        shape(one)
        for one in re.findall(r"(?m)^    (desk .+)$|`(desk [^`]+)`", page)
        for one in one
        if one
    }
    both = {one[:2] if one[0] in GROUPS else one[:1] for one in told}
    mine = {shape(one) for one in TYPED if one.startswith("desk ") and not is_name(one)}
    known = {one for one in mine if (one[:2] if one[0] in GROUPS else one[:1]) in both}
    assert len(known) > 15
    assert known - told == set()


@pytest.mark.parametrize("command", [one for one in TYPED if one.startswith("make ")])
def test_a_target_of_the_handbook_is_in_the_makefile(command: str) -> None:
    """`make X` is a target."""
    targets = re.findall(r"^([\w$()./-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert command.split()[1].replace(".venv", "$(VENV)") in targets


@pytest.mark.parametrize(
    "command", [one for one in TYPED if one.startswith(("functions/", ".venv/"))]
)
def test_a_program_of_the_handbook_is_there(command: str) -> None:
    """A module with what it is run by, or a program of the virtual environment; the installer has each option."""
    if module := _MODULE.match(command):
        path = ROOT / module[1].replace(".", "/")
        assert module[1] == "pytest" or path.with_suffix(".py").is_file() or path.is_dir()
    elif command.startswith("functions/"):
        installer = (ROOT / "functions/server/install").read_text("utf-8")
        assert [one for one in _OPTION.findall(command) if one not in installer] == []
    else:
        assert command.split()[:2] == [".venv/bin/mkdocs", "serve"]


@cache
def house() -> str:
    """All that the project says of itself: not its tests, and not the handbook."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = (one for one in listed.stdout.splitlines() if not one.startswith(NOT_OURS))
    return "\n".join((ROOT / one).read_bytes().decode("utf-8", "ignore") for one in paths)


@cache
def is_there(name: str) -> bool:
    """Whether a file has this name, or the project knows the word."""
    if (ROOT / name.lstrip("/")).exists() or name in ELSES:
        return True
    return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", house()))


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_name_between_back_quotes_is_one_of_the_project(language: str, name: str) -> None:
    """A file, a setting, a field, the id of a text, a check: nobody looks for one that is not there."""
    if name == "handlers/first-hour.md":
        return  # what is typed and seen there is walked
    page = re.sub(r"(?ms)^```.*?^```$", "", text_of(language, name))
    names = {one for one in _SPAN.findall(page) if _NAME.fullmatch(one)}
    assert sorted(one for one in names if not is_there(one)) == []


def test_a_name_that_nobody_has_is_seen() -> None:
    """The test above can fail, for each kind of name."""
    for name in ("overrides/locale/none/", "SETTINGS.md", "write.closed.never", "tried_by_nobody"):
        assert not is_there(name), name
    for name in ("overrides/locale/", "WIRE.md", "write.closed.why", "tried_by_sex_workers"):
        assert is_there(name), name


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_link_has_the_words_of_a_page_and_not_the_name_of_its_file(
    language: str, name: str
) -> None:
    """Who reads on paper, or in Dutch, looks for a title."""
    links = re.findall(r"\[([^\]]+)\]\((?:[./\w-]*/)?([\w.-]+)\.md[^)]*\)", text_of(language, name))
    named = [
        one
        for one, stem in links
        if one.endswith(".md") or (one == stem and (language == "nl" or "-" in stem))
    ]
    assert named == []


def parts_named(language: str, name: str) -> Iterator[tuple[str, Path]]:
    """What stands in quotes before or behind a link, with the text to which it leads."""
    page = HANDBOOK / language / name
    for line in re.sub(r"(?<=\S)\n(?=[\w\[`*])", " ", page.read_text("utf-8")).splitlines():
        for before, path, behind in _PART.findall(line):
            text = (page.parent / path).resolve()
            if source := re.match(r"(?ms)---\n.*?^source: (\S+)$", text.read_text("utf-8")):
                text = ROOT / source[1]
            yield from ((one, text) for one in re.findall(r'"([^"]+)"', f"{before} {behind}"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_of_another_page_that_is_named_is_there(language: str) -> None:
    """A heading of it, as far as its colon: before it stand the minutes that a ceremony takes."""
    named = [(name, *part) for name in PAGES for part in parts_named(language, name)]
    assert len(named) >= 20
    assert [
        (name, part)
        for name, part, text in named
        if part not in {one for head in headings(text) for one in (head, head.partition(":")[0])}
    ] == []


def headings(text: Path) -> list[str]:
    return re.findall(r"(?m)^#+ (.+)$", text.read_text("utf-8"))


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_links_and_files_of_the_handbook_are_there(language: str, name: str) -> None:
    """Each link leads to a file, and each path of ours between back quotes is one."""
    text = text_of(language, name)
    for path in _LINK.findall(text):
        if path.endswith(".png"):  # the build makes them, and stops where one is missing
            continue
        assert ((HANDBOOK / language / name).parent / path).exists(), path
    for path in re.findall(
        r"`((?:functions|tests|docs|handbook|keys|overrides|desk)/[\w./-]+)`", text
    ):
        assert (ROOT / path).exists() or path == "keys/keys.json", path


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_bad_day_has_one_sheet_of_paper(language: str, name: str) -> None:
    """Five parts, the first of them numbered; no number of a help line, and each law with its source."""
    text = text_of(language, name)
    if name.startswith("operators/runbooks/"):
        assert len(text.splitlines()) <= MOST_LINES
        assert len(text) <= MOST_LETTERS
        parts = text.split("\n## ")[1:]
        assert len(parts) == PARTS
        assert len(re.findall(r"(?m)^\d+\. ", parts[0])) >= 3
        assert sum(part.count("\n1. ") for part in parts) == 1
    assert not _NUMBER.search(
        text
    )  # they stand in docs/data, with the day on which somebody called
    assert len(_LAW.findall(text)) == len(_SOURCED.findall(text))
    for law, article, year in _SOURCED.findall(text):
        assert str(source_of(law, article)["text_of"]).startswith(year)


def source_of(law: str, article: str) -> dict[str, object]:
    """The record of an article: its own, or the one in which it stands with others."""
    name = f"{law}-{article}".lower().replace(":", "-").replace("algemene-", "")
    whole = (one for key, one in SOURCES.items() if key == name or key.startswith(f"{name}-"))
    return dict(next(whole))


def test_a_runbook_is_read_as_it_stands(tmp_path: Path) -> None:
    """The reader of runbooks finds commands, what they show and deeds, and no line of another block."""
    page = (
        "## 1. A\n```console\n$ one\nshown\n$ two\n```\n<!-- deed: go -->\n```text\n$ three\n```\n"
    )
    path = tmp_path / "page.md"
    path.write_text(page, "utf-8")
    assert [(one.command, one.shows, one.deed) for one in steps(path)] == [
        ("one", ("shown",), ""),
        ("two", (), ""),
        ("", (), "go"),
    ]
