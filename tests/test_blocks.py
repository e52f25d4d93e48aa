"""Markers in written pages: each becomes what it names, and other text is left alone."""

from pathlib import Path

import pytest
from markdown import markdown

from overrides.pages import blocks
from overrides.words.errors import SiteError
from tests.site import ROOT, STRINGS

FOLDER = ROOT / "docs" / "data"


@pytest.mark.parametrize(
    ("marker", "holds"),
    [
        ("{bills}", 'id="law-wrs"'),
        ("{coverage}", "Of 342 municipalities we know "),
        ("{directory:violence}", 'id="org-csg"'),
        ("{fields}", "policy.yml</a>"),
    ],
)
def test_a_marker_becomes_one_block_of_html(marker: str, holds: str) -> None:
    """In the place of its paragraph, so that Markdown never reads it."""
    html = markdown(f"Before.\n\n{marker}\n\nAfter.", extensions=["attr_list"])
    text = blocks.fill(html, FOLDER, STRINGS["en"], practice=True)

    before, block, after = text.splitlines()
    assert (before, after) == ("<p>Before.</p>", "<p>After.</p>")
    assert block.startswith("<div>")
    assert block.endswith("</div>")
    assert holds in block


def test_without_a_marker_no_file_is_read(tmp_path: Path) -> None:
    """A page that asks for nothing is as it was, though the folder is empty."""
    text = "No marker, {other}."

    assert blocks.fill(text, tmp_path, STRINGS["en"], practice=True) == text


def test_a_vital_number_stands_in_a_text_and_says_that_nobody_called_it() -> None:
    """In practice; a release is not made before somebody did."""
    said = blocks.fill("Now: {contact:csg}", FOLDER, STRINGS["en"], practice=True)

    assert said.startswith("Now: <strong>Centrum Seksueel Geweld (CSG)</strong>. Contact: ")
    assert '<a href="tel:08000188">0800-0188</a> (not called yet)' in said


@pytest.mark.parametrize("name", ["nobody", "belle", "slachtofferhulp"])
def test_no_other_number_stands_in_a_text(name: str) -> None:
    """It would be missing from the real site, where nobody called it."""
    with pytest.raises(SiteError, match=f"no vital number of {name}"):
        blocks.fill(f"{{contact:{name}}}", FOLDER, STRINGS["nl"], practice=True)
