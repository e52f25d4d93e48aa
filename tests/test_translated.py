"""The line by which a translation says from which Dutch text it was made."""

from datetime import date
from pathlib import Path

import pytest

from overrides.facts import front_matter
from overrides.frame.translation import is_behind
from overrides.joining.translated import main, stamp
from overrides.words.errors import SiteError

DAY = date(2026, 11, 22)
TEXT = "---\ntitle: {0}\ndescription: {0}\n---\n\nEen *{0}* zin.\n\n---\n\nEinde.\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A Dutch page, one in English and one in Spanish."""
    for language in ("nl", "en", "es"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "door.md").write_text(TEXT.format(language), "utf-8")
    return tmp_path


def behind(docs: Path) -> bool:
    """What the Spanish page is now."""
    meta = front_matter.read(docs / "es" / "door.md")
    facts = front_matter.parse("x.md", {**meta, "template": "write.html"})
    return is_behind(docs, facts, "door.md")


def test_it_is_written_once_and_nothing_else_changes(docs: Path) -> None:
    """Last in the front matter; read again later it takes the place of the one before."""
    page = docs / "es" / "door.md"
    for day in (date(2026, 11, 20), DAY):
        assert main([str(page), "--day", str(day)]) == 0

    line = f"translated_from: {DAY} {front_matter.fingerprint(TEXT.format('nl'))}\n"
    before, text = front_matter.parted(TEXT.format("es"))
    assert page.read_text("utf-8") == before.replace("\n---\n", f"\n{line}---\n") + text


def test_a_page_is_behind_from_a_change_until_somebody_read_it_again(docs: Path) -> None:
    """Whoever runs the command says that it was read; nothing else does."""
    stamp(docs / "es" / "door.md", DAY)
    assert not behind(docs)

    (docs / "nl" / "door.md").write_text(TEXT.format("ander"), "utf-8")
    assert behind(docs)
    stamp(docs / "es" / "door.md", DAY)
    assert not behind(docs)


def test_a_page_whose_original_went_is_not_behind(docs: Path) -> None:
    """Nothing has changed that a reader should look at."""
    stamp(docs / "es" / "door.md", DAY)
    (docs / "nl" / "door.md").unlink()
    assert not behind(docs)


@pytest.mark.parametrize("name", ["nl/door.md", "en/door.md", "es/nowhere.md", "es/law.md"])
def test_what_is_no_translation_is_refused(docs: Path, name: str) -> None:
    """An original, a page that is not there, and one that the Dutch pages have not."""
    (docs / "es" / "law.md").write_text(TEXT.format("es"), "utf-8")
    before = {path: path.read_text("utf-8") for path in docs.rglob("*.md")}

    with pytest.raises(SiteError, match="is no translation of a Dutch page"):
        stamp(docs / name, DAY)
    assert {path: path.read_text("utf-8") for path in docs.rglob("*.md")} == before


def test_one_wrong_name_is_told_and_the_others_are_written(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a hint that names such a page."""
    pages = [str(docs / "en" / "door.md"), str(docs / "es" / "door.md")]
    assert main([*pages, "--day", str(DAY)]) == 1

    assert "hint: name a page such as docs/es/door.md" in capsys.readouterr().err
    assert not behind(docs)
    assert "translated_from" in (docs / "es" / "door.md").read_text("utf-8")
