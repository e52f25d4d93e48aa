"""The shell of generated pages: cut once, filled often, and the same as if each were made whole."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overrides.frame import frame, shell
from overrides.words import bidi

SHELL = """<html dir="{direction}"><title>@@name@@ 12</title><h1>@@name@@</h1>
<p id="@@name@@">في @@name@@, 1012 AB (@@number@@).</p>@@block@@@@number@@<p dir="ltr">@@name@@ 3</p></html>"""
WORDS = st.text("ab 12-،في.&;@", max_size=12).map(lambda text: text.replace("&", "&amp;"))
BLOCKS = st.lists(WORDS, max_size=3).map(lambda found: "".join(f"<p>{one}</p>" for one in found))


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@given(name=WORDS, number=WORDS, block=BLOCKS)
def test_a_filled_shell_is_the_page_made_whole(
    direction: str, name: str, number: str, block: str
) -> None:
    """Also where a name and the words around it are one run of Latin text on an Arabic page."""
    html = SHELL.format(direction=direction)
    values = {"name": name, "number": number, "block": block}
    whole = re.sub("@@([a-z]+)@@", lambda hole: values[hole[1]], html)

    assert frame.cut(html).fill(**values).decode("utf-8") == bidi.isolate(whole)


def test_what_stands_in_a_hole_is_not_filled_again() -> None:
    """A name that looks like a hole stays a name."""
    assert frame.cut("<p>@@name@@</p>").fill(name="@@body@@", body="no") == b"<p>@@body@@</p>"


def test_a_hole_without_a_value_stops_the_build() -> None:
    """A page is never written with a mark of ours in it."""
    with pytest.raises(KeyError):
        frame.cut("<p>@@name@@</p>").fill(body="")


def test_templates_are_read_once_and_again_when_they_changed(tmp_path: Path) -> None:
    """Reading them takes longer than filling them; an editor's change is seen all the same."""
    page = tmp_path / "page.html"
    page.write_text("{{ word }}", "utf-8")
    found = shell.environment(tmp_path)
    first = found.get_template("page.html")
    assert shell.environment(tmp_path) is found
    assert found.get_template("page.html") is first

    page.write_text("{{ word }} more", "utf-8")
    os.utime(page, (1, 1))
    assert shell.environment(tmp_path).get_template("page.html").render(word="a") == "a more"
