"""Our additions to Markdown: links that tell nothing, tables that read as cards."""

from markdown import markdown

from overrides.pages.markup import makeExtension

TABLE = "| Wie | Mag *binnen* |\n|-----|-----:|\n| **Politie** | soms |\n"


def render(text: str) -> str:
    """Markdown with the extensions that matter here."""
    tables = {"tables": {"use_align_attribute": True}}
    return markdown(text, extensions=["tables", makeExtension()], extension_configs=tables)


def test_links_to_other_hosts_tell_them_nothing() -> None:
    """No referrer and no handle on our window; links within the site stay as they are."""
    assert 'rel="noreferrer noopener"' in render("[x](https://other.example)")
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
