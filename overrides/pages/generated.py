"""Pages made from data (step 1): the data folder and the menu in, files of the site out.

They never pass through MkDocs: the shell is rendered once per language and filled per record. A
wrong record stops the build before anything is written.
"""

from pathlib import Path

from overrides.facts.data import Data
from overrides.frame import menu
from overrides.frame.edition import Edition
from overrides.pages import by_letter, municipality, search


def write(site: Edition, facts: Data, config: Path, out: Path) -> None:
    """Write the pages of the language that the site speaks; `config` is mkdocs.yml."""
    nav = _menu(config, site)
    context = municipality.Context(site, facts, {site.t.language: nav})
    pages = {
        **municipality.render(site.t.language, context),
        **by_letter.render(site, facts, nav),
        **search.render(site, nav),
    }
    for name, content in pages.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _menu(config: Path, site: Edition) -> menu.Menu:
    return menu.whole(menu.written(config, site), site.t)
