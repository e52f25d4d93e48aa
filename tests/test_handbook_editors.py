"""The pages for editors and translators, typed in a copy of the house: what the build says, word for word.

What a page of the handbook shows as a page or record of the site is what is saved: a block called `markdown` or
`yaml`. The copy has two languages, or three for translators, so that a build takes seconds.
"""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from overrides.facts import front_matter
from overrides.text import page_html
from overrides.words.errors import SiteError
from tests import runbook
from tests.runbook import Walk
from tests.site import ROOT, key_list, put_practice_key
from tests.soak import count

EDITORS = ("editors/page", "editors/record", "editors/review")
PAGES = (*EDITORS, "translators/index")
NAME = "work-ride.md"
CHANGED = ("docs", "overrides/locale", "mkdocs.yml", "settings.practice.yml")


def blocks(language: str, page: str, kind: str) -> list[str]:
    """What stands in the blocks of one kind on a page."""
    text = (runbook.HANDBOOK / language / f"{page}.md").read_text("utf-8")
    return re.findall(rf"(?ms)^```{kind}\n(.*?)^```$", text)


def shown(number: int) -> dict[str, str]:
    """The page of the site that the handbook shows, by language: the good one, then its mistakes."""
    return {one: blocks(one, "editors/page", "markdown")[number] for one in runbook.LANGUAGES}


def saved(house: Path) -> None:
    """Save the page in both languages."""
    for language, text in shown(0).items():
        (house / "docs" / language / NAME).write_text(text, "utf-8")


def mistaken(house: Path) -> None:
    """Put the mistakes below the page."""
    for language, text in shown(1).items():
        with (house / "docs" / language / NAME).open("a", encoding="utf-8") as file:
            file.write(text)


def mended(house: Path) -> None:
    """Take the mistakes out, and put the page into the list behind its sister."""
    saved(house)
    changed(house / "mkdocs.yml", "  - work-ways.md\n", f"  - work-ways.md\n  - {NAME}\n")


def wrong(house: Path) -> None:
    """Write a value that is none, and the source of the handbook with the front of its site."""
    data = house / "docs" / "data"
    first = re.search(r"(?m)^    home_alone: .*$", (data / "policy.yml").read_text("utf-8"))
    assert first is not None
    changed(data / "policy.yml", first[0], "    home_alone: {value: perhaps, sources: [s1]}")
    (source,) = blocks("en", "editors/record", "yaml")
    assert [source] == blocks("nl", "editors/record", "yaml")
    front = re.sub(r"(wetten\.overheid\.nl)/\S+", r"\1", source)
    with (data / "sources.yml").open("a", encoding="utf-8") as file:
        file.write(f"\n{front}")


def later(house: Path) -> None:
    """Put the records right again, and let half a year pass."""
    shutil.copytree(house / "was" / "docs" / "data", house / "docs" / "data", dirs_exist_ok=True)
    path = house / "settings.practice.yml"
    dated = re.sub(r"(?m)^reference_date: .*$", "reference_date: 2027-06-01", path.read_text())
    path.write_text(dated, "utf-8")


def read(house: Path) -> None:
    """Write down that a lawyer read the first page of the list."""
    path = house / "docs" / "nl" / "help-young.md"
    changed(path, "legal_reviewer: null", "legal_reviewer: mr. A. Voorbeeld")


def dutch(house: Path) -> None:
    """Change the Dutch text of a page that was translated."""
    with (house / "docs" / "nl" / "door.md").open("a", encoding="utf-8") as file:
        file.write("\nEen zin erbij.\n")


DEEDS: dict[str, Callable[[Path], None]] = {
    "the page": saved,
    "the mistakes": mistaken,
    "mended": mended,
    "the wrong records": wrong,
    "half a year passes": later,
    "a lawyer has read one": read,
    "the Dutch text changes": dutch,
}


def changed(path: Path, old: str, new: str) -> None:
    """Change the first place of a file; one that is not there is a mistake."""
    text = path.read_text("utf-8")
    assert old in text, (path.name, old)
    path.write_text(text.replace(old, new, 1), "utf-8")


def fewer(house: Path, languages: tuple[str, ...]) -> None:
    """Leave these languages alone in a copy of the house."""
    for folder in (house / "docs").iterdir():
        if folder.name not in (*languages, "data"):
            shutil.rmtree(folder)
    for file in (house / "overrides" / "locale").rglob("*.po"):
        if file.stem not in languages:
            file.unlink()
    path = house / "mkdocs.yml"
    others = rf"(?m)^ +- {{locale: (?!(?:{'|'.join(languages)}),).*\n"
    path.write_text(re.sub(others, "", path.read_text("utf-8")), "utf-8")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house as somebody has cloned it, with practice keys; what a page may change lies in `was` too."""
    house = runbook.house(tmp_path_factory.mktemp("clone") / "house")
    fewer(house, ("nl", "en", "es"))
    keys = house / "var" / "practice"
    keys.mkdir(parents=True)
    (keys / "keys.json").write_text(key_list(), "utf-8")
    put_practice_key(keys)
    (house / "was").mkdir()
    for name in CHANGED:
        (house / "was" / name).parent.mkdir(exist_ok=True)
        (house / name).rename(house / "was" / name)
    return house


@pytest.fixture
def walk(clone: Path, name: str) -> Walk:
    """Somebody who begins a page in that clone; Spanish is there for who translates alone."""
    for path in CHANGED:
        shutil.rmtree(clone / path, ignore_errors=True)
        copy = shutil.copytree if (clone / "was" / path).is_dir() else shutil.copy
        copy(clone / "was" / path, clone / path)
    if name in EDITORS:
        fewer(clone, ("nl", "en"))
    return Walk(clone, {"/media/": "/media/"})


@pytest.mark.parametrize("language", runbook.LANGUAGES[: count(2, 1)])
@pytest.mark.parametrize("name", PAGES)
def test_each_command_shows_what_the_page_says(name: str, language: str, walk: Walk) -> None:
    """In the order of the page, with what is saved between them."""
    typed = 0
    for step in runbook.steps(runbook.HANDBOOK / language / f"{name}.md"):
        if step.deed:
            DEEDS[step.deed](walk.house)
        else:
            typed += 1
            said = walk.follow(step)
            assert runbook.unseen(step, said) is None, f"{step.command}\n{said}"
    assert typed >= 2


@pytest.mark.parametrize("name", [*PAGES, "editors/index"])
def test_each_program_in_a_block_that_is_read_is_there(name: str) -> None:
    """Programs of the virtual environment, with the modules and files of tests behind them."""
    made = {*blocks("en", name, "text")}
    assert made == {*blocks("nl", name, "text")}
    for line in "".join(made).splitlines():
        if line.startswith((".venv/bin/python", "git ")):
            paths = [word for word in line.split()[1:] if "/" in word]
            assert paths
            assert [path for path in paths if not (ROOT / path).is_file()] == []


def front(**changes: object) -> str:
    """What is said of a front matter with one mistake."""
    good: dict[str, object] = {"title": "A", "description": "B", "summary": "C"}
    days = {"last_checked": date(2026, 11, 22), "check_again": date(2027, 5, 22)}
    meta = {**good, **days, "legal_reviewer": None, **changes}
    with pytest.raises(SiteError) as refused:
        front_matter.parse(NAME, {name: value for name, value in meta.items() if value != ""})
    return str(refused.value)


def test_what_the_table_quotes_is_what_the_build_says() -> None:
    """Each sentence of the table, in both languages; the first, of the list in mkdocs.yml, is typed above."""
    with pytest.raises(SiteError) as refused:
        page_html.refuse('<p><b style="color:red">now</b></p>')
    said = [*front_errors(), *map(str, refused.value.every)]
    for language in runbook.LANGUAGES:
        text = (runbook.HANDBOOK / language / "editors/page.md").read_text("utf-8")
        rows = re.findall(r"(?m)^\| `([^`]+)` \| ", text.partition("```console")[2])
        assert len(rows) == 8
        assert [row for row in rows[4:] if not any(row in one for one in said)] == []


def front_errors() -> list[str]:
    """Without a day, with one too far away, and with one in quotes."""
    far = front(check_again=date(2029, 5, 22))
    return [front(check_again=""), far, front(last_checked="2026-11-22")]
