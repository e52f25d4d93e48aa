"""Pages made from data (step 1): the data folder and the menu in, files of the site out.

They never pass through MkDocs: the shell is rendered once per language and filled per record. A
wrong record stops the build before anything is written.
"""

import sys
from pathlib import Path

from overrides.facts import directory
from overrides.facts.data import Data
from overrides.frame import frame, menu
from overrides.frame.edition import Edition
from overrides.pages import municipality


def write(site: Edition, facts: Data, config: Path, out: Path) -> None:
    """Write the pages of every language into the site folder; `config` is mkdocs.yml."""
    for name in directory.aging(facts.organisations, site.settings.reference_date):
        sys.stderr.write(f"site: the contact of {name} was tried long ago\nhint: try it again\n")
    menus = {language: _menu(config, site, language) for language in site.strings}
    context = municipality.Context(site, facts, menus)
    for language in site.strings:
        for name, content in municipality.render(language, context).items():
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def _menu(config: Path, site: Edition, language: str) -> menu.Menu:
    speaking = frame.speaking(site, language)
    return menu.whole(menu.written(config, speaking), speaking.t)
