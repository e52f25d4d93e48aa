"""Our additions to Markdown: links that tell nothing, tables that read as cards."""

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown, markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import BLOCK_LEVEL_ELEMENTS

from overrides.text.markup import makeExtension

TABLE = "| Wie | Mag *binnen* |\n|-----|-----:|\n| **Politie** | soms |\n"


def render(text: str) -> str:
    """Markdown with the extensions that matter here."""
    tables = {"tables": {"use_align_attribute": True}}
    return markdown(text, extensions=["tables", makeExtension()], extension_configs=tables)


def test_links_to_other_hosts_tell_them_nothing() -> None:
    """No referrer and no handle on our window; links within the site stay as they are."""
    assert 'rel="noreferrer"' in render("[x](https://other.example)")
    assert "rel=" not in render("[x](door.md)")


def test_cells_carry_the_heading_of_their_column() -> None:
    """On a phone each cell stands under its heading, also when that has markup."""
    html = render(TABLE)

    assert '<td data-label="Wie" role="cell"><strong>Politie</strong></td>' in html
    assert 'data-label="Mag binnen"' in html


def test_tables_keep_their_meaning_and_have_no_style() -> None:
    """Roles for screen readers, no style attribute against the content policy."""
    html = render(TABLE)

    assert '<table role="table">' in html
    assert html.count('role="columnheader"') == 2
    assert html.count('role="row"') == 2
    assert "style=" not in html


SIGNS = [
    "a ",
    "b",
    "*",
    "**",
    "_",
    "`",
    "``",
    "[",
    "](",
    ")",
    "![",
    "<",
    ">",
    "/",
    "&amp;",
    "&",
    "\\",
]
SIGNS += [
    "  \n",
    "\n",
    "\n\n",
    "| a | b |\n|---|---|\n",
    "- ",
    "# ",
    "[^1]",
    "[^1]: c\n",
    "{: #x }",
    "<div>",
    "</div>\n",
    "<b>",
    ":",
    "@",
]


def converted(text: str, *, by_the_library: bool) -> str:
    """A text with the extensions of the site."""
    names = ["attr_list", "def_list", "tables", "toc", makeExtension()]
    md = Markdown(extensions=names)
    if by_the_library:
        md.treeprocessors.register(InlineProcessor(md), "inline", 20)
        md.block_level_elements = BLOCK_LEVEL_ELEMENTS.copy()
    return str(md.convert(text))


@given(st.lists(st.sampled_from(SIGNS), max_size=25).map("".join))
def test_what_is_left_alone_holds_nothing_that_the_library_would_change(text: str) -> None:
    """The same HTML as by the library, which tries every pattern on every text."""
    assert converted(text, by_the_library=False) == converted(text, by_the_library=True)


def test_the_library_still_asks_by_the_name_that_is_private_to_it() -> None:
    """Else the pages are the same, and take longer."""
    names = {"_InlineProcessor__handleInline", "_InlineProcessor__applyPattern"}
    assert names <= vars(InlineProcessor).keys()


def test_a_list_of_sentences_to_say_is_marked() -> None:
    """By the build, since the oldest browsers do not know a list by what is in it; other lists stay."""
    said = "*Nee.*{: .say lang=nl } No."
    html = markdown(
        f"- {said}\n\n- {said}\n\nx\n\n- *x*", extensions=["attr_list", makeExtension()]
    )

    assert (html.count('<ul class="says">'), html.count("<ul>")) == (1, 1)
    assert '<ul class="says">' in markdown(f"- {said}", extensions=["attr_list", makeExtension()])


def test_names_of_blocks_are_found_without_a_search() -> None:
    """They are those of the library; in its list, each element of a page is looked for name by name."""
    md = Markdown(extensions=["toc", makeExtension()])
    assert isinstance(md.block_level_elements, frozenset)
    assert md.block_level_elements == set(BLOCK_LEVEL_ELEMENTS)
    assert [md.is_block_level(tag) for tag in ("p", "TD", "a", "h2/", 5)] == [
        True,
        True,
        False,
        True,
        False,
    ]
