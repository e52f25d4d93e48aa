"""Cards in whole builds: what an edit changes, and which PDFs a site and a release have.

Each takes seconds; their share of `make test` stands in `test_cards.py`.
"""

import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest

from overrides.paper import pdf
from overrides.press.build import build
from overrides.press.order import Order
from tests.site import (
    ISSUED,
    LANGUAGES,
    ROOT,
    Built,
    build_site,
    key_list,
    put_practice_key,
    ready,
    released,
)


def test_a_sentence_that_was_edited_is_another_on_the_card_too(tmp_path: Path) -> None:
    """After a first build only edited pages are made again, and a card is another page than the one that was edited."""
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", docs)
    kept = tmp_path / "kept"
    build_site(tmp_path, docs=docs, kept=kept)
    page = docs / "en" / "door.md"
    text = page.read_text("utf-8")
    assert "This is my home." in text
    page.write_text(text.replace("This is my home.", "I live in this place."), "utf-8")
    now = build_site(tmp_path, docs=docs, kept=kept).text("/en/cards/")
    assert "I live in this place." in now
    assert "This is my home." not in now


def test_no_page_leads_to_a_pdf_that_is_not_there(built_site: Built, tmp_path: Path) -> None:
    """The same of a whole site with PDFs, and of one without."""
    assert own_pdfs(built_site) == set()
    with_pdfs = build_site(tmp_path, paper=True)
    linked = own_pdfs(with_pdfs)
    assert linked == {f"/{name}" for name in with_pdfs.files if name.endswith(".pdf")}
    assert {f"/{language}/cards/cards.pdf" for language in LANGUAGES} <= linked


def own_pdfs(site: Built) -> set[str]:
    """Paths of the PDFs of this site that its pages lead to; sources are elsewhere."""
    links = [(path, re.findall(r'href="([^"]+\.pdf)"', site.text(path))) for path in site.paths]
    return {urljoin(path, one) for path, found in links for one in found if "://" not in one}


def test_a_release_without_pdfs_says_in_one_line_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody finds out by a page without a link that a package was missing."""
    monkeypatch.setattr(pdf, "_PACKAGES", ("a_package_that_is_not_there",))
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", docs)
    settings, keys = tmp_path / "settings.yml", tmp_path / "keys.json"
    settings.write_text(released(), "utf-8")
    keys.write_text(key_list(practice=False), "utf-8")
    put_practice_key(tmp_path)
    today = date.fromisoformat(ISSUED)
    order = Order(settings, keys, tmp_path / "site", docs=ready(docs), release=True, today=today)
    said = build(order)
    assert [line for line in said if "PDF" in line] == pdf.missed()
    assert not list(order.out.rglob("*.pdf"))
