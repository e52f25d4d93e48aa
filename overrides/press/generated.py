"""Pages made from data (step 1): the data folder and the menu in, files of the site out.

They never pass through MkDocs: the shell is rendered once per language and filled per record. A
wrong record stops the build before anything is written.
"""

from pathlib import Path

from overrides.facts.data import Data
from overrides.frame.edition import Edition
from overrides.frame.menu import Menu
from overrides.pages import by_letter, municipality, search
from overrides.paper import cards, large, pages, pdf


def write(
    site: Edition, facts: Data, menu: Menu, out: Path, *, with_pdfs: bool = False
) -> list[str]:
    """Write the pages of the language that the site speaks, and PDFs where they are asked for; their paths below it.

    `menu` is the whole one of that language.
    """
    context = municipality.Context(site, facts, {site.t.language: menu})
    found = cards.of(site)
    copied_wrong = with_pdfs and pdf.is_copied_wrong(site.t)
    files = {
        **municipality.render(site.t.language, context),
        **by_letter.render(site, facts, menu),
        **search.render(site, menu),
        **pages.render(site, menu, found, pdf=with_pdfs, wrong=copied_wrong),
    }
    files |= large.render(site, menu, pdf=with_pdfs)
    if with_pdfs:
        files |= _large(site)
        folder = f"{site.t.language}/{pages.PATH}"
        files |= {f"{folder}{name}": octets for name, octets in pdf.made(site, found).items()}
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return [name.removeprefix(f"{site.t.language}/") for name in files]


def _large(site: Edition) -> dict[str, bytes]:
    """The PDFs of the form and the poster by path."""
    return {
        f"{site.t.language}/{path}{large.pdf_of(path)}": pdf.sheet(
            site, found, site.t(f"{name}.title")
        )
        for path, (name, found) in large.blocks(site).items()
    }
