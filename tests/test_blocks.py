"""Markers in written pages: each becomes what it names, and other text is left alone."""

from pathlib import Path

import pytest

from overrides.pages import blocks
from tests.site import ROOT, STRINGS

FOLDER = ROOT / "docs" / "data"


@pytest.mark.parametrize(
    ("marker", "holds"),
    [
        ("{bills}", 'id="law-wrs"'),
        ("{coverage}", "Of 342 municipalities we know "),
        ("{directory}", 'id="org-csg"'),
        ("{fields}", "policy.yml</a>"),
    ],
)
def test_a_marker_becomes_one_block_of_html(marker: str, holds: str) -> None:
    """On one line, so that Markdown takes it as it is."""
    text = blocks.fill(f"Before.\n\n{marker}\n\nAfter.", FOLDER, STRINGS["en"], practice=True)

    before, _, block, _, after = text.splitlines()
    assert (before, after) == ("Before.", "After.")
    assert block.startswith("<div>")
    assert block.endswith("</div>")
    assert holds in block


def test_without_a_marker_no_file_is_read(tmp_path: Path) -> None:
    """A page that asks for nothing is as it was, though the folder is empty."""
    text = "No marker, {other}."

    assert blocks.fill(text, tmp_path, STRINGS["en"], practice=True) == text
