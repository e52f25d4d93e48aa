"""YAML as people write it: what it cannot read, or reads otherwise, is one sentence with its line."""

from pathlib import Path

import pytest

from overrides.words import yaml_file
from overrides.words.errors import SiteError


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("a: 1\nb: Balie: voor jou", "x.yml, line 2: a colon stands where none can", "in quotes"),
        ("a: 1\n  b: 2", "x.yml, line 2: a colon stands where none can", "right below"),
        ("a:\n\tb: 1", "x.yml, line 2: a tab, or a value", "with spaces"),
        ("a: 1\nb: @x", "x.yml, line 2: a tab, or a value that begins with a sign", "in quotes"),
        ("a: 1\nb: 'x", "x.yml, line 2: a quote is opened and not closed", "close the quotes"),
        ("a:\n  - b\n c: d", "x.yml, line 3: cannot be read", "indent"),
        ("a: {b: c\n", "x.yml, line 1: cannot be read", "brackets"),
        ("a: 1\nb", "x.yml, line 2: cannot be read", "colons"),
        ("a: 2027-02-31", "x.yml, line 1: there is no such day as 2027-02-31", "that exists"),
        ("a: 1\nb: 2\na: 3", "x.yml, line 3: a stands there twice", "keep one"),
        ("a: !x 1", "x.yml, line 1: cannot be read", "quotes"),
        ("a: \x01", "x.yml holds a sign that is no text", "again"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_with_its_line(text: str, said: str, hint: str) -> None:
    """File, line, what is wrong, and what to do about it."""
    with pytest.raises(SiteError) as refused:
        yaml_file.parse(text, "x.yml")

    assert str(refused.value).startswith(said)
    assert hint in refused.value.hint
    assert "\n" not in str(refused.value)


def test_lines_above_a_text_are_counted() -> None:
    """Front matter begins below the first line of its file."""
    with pytest.raises(SiteError, match="line 3"):
        yaml_file.parse("a: 1\nb: c: d", "nl/door.md", above=1)


def test_another_spelling_of_text_is_named(tmp_path: Path) -> None:
    """A file saved for an old program; a mark at its beginning does no harm."""
    (tmp_path / "x.yml").write_bytes("a: é".encode("latin-1"))
    with pytest.raises(SiteError, match=r"x\.yml is not UTF-8 text"):
        yaml_file.read(tmp_path / "x.yml")

    (tmp_path / "x.yml").write_bytes(b"\xef\xbb\xbfa: 1")
    assert yaml_file.read(tmp_path / "x.yml") == {"a": 1}
