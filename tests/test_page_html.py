"""What the text of a page may hold: the quick look at plain tags finds what the whole reading finds."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import markdown

from overrides.text import page_html
from overrides.text.markup import makeExtension
from overrides.words.errors import SiteError

PIECES = [
    "<p>",
    "</p>",
    '<a href="',
    '">',
    "<a",
    " href=",
    "https://x.example/",
    "java",
    "script:",
    "x",
]
PIECES += [
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<!doctype html>",
    "<?x>",
    "<",
    ">",
    '"',
    "'",
    " ",
    "/",
]
PIECES += [
    "<br />",
    '<img src="x" />',
    '<p onclick="x">',
    '<td data-label="x > y">',
    "\n",
    "&lt;",
    "&#58;",
    "<P>",
    '<p title=" href=',
    '" href="javascript:x">',
    "</script>",
    "<br/>",
]


def said(content: str) -> list[str]:
    """What is refused."""
    try:
        page_html.refuse(content)
    except SiteError as error:
        return [str(one) for one in error.every]
    return []


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example('<p><a href="javascript:x">x</a></p>')
@example("<p>x</p><script>if (a < b) </script>")
@example('<p title="<script>">x</p>')
@example('<p title=" href=" href="javascript:x">x</p>')
@example('<a href="java&#115;cript:x">x</a>')
def test_tags_that_are_alike_are_read_once_and_nothing_is_missed(content: str) -> None:
    """The same refusals, in the same order, as when every sign is read."""
    found = dict.fromkeys(page_html._read(content))

    assert said(content) == [f"holds {what}" for what in found]


@pytest.mark.parametrize(
    "content", ["<p>x</p>" * 3, '<a href="/x" rel="noreferrer">x</a>', "x > y"]
)
def test_what_markdown_makes_is_let_in(content: str) -> None:
    """Plain tags and text."""
    assert said(content) == []


SAID = [
    "- *N.*{: .say }",
    "- ",
    "1. ",
    "    - ",
    "*N.*{: .say }",
    " x",
    "\n",
    "\n\n",
    "## K\n\n",
    "[a](b)",
]


@given(st.lists(st.sampled_from(SAID), max_size=20).map("".join))
@example("- *N.*{: .say } x\n- y")
@example("- *N.*{: .say }\n    - *N.*{: .say }\n    - x")
@example("Say:\n- *N.*{: .say } x")
def test_the_quick_look_at_sentences_to_say_finds_what_the_whole_reading_finds(text: str) -> None:
    """A list of nothing but such sentences is not read; where one is hidden, the whole section is."""
    content = markdown(text, extensions=["attr_list", makeExtension()])
    with pytest.MonkeyPatch.context() as patch:
        quick = said(content)
        patch.setattr(page_html, "_SAID", re.compile("(?!)"))
        assert quick == said(content)
