"""The written pages of one language (step 1): an edition in, HTML files in a folder out, by MkDocs.

Whoever calls it in a process of its own may do so at the same time as others. What MkDocs warns of or
refuses comes back as one error. It reads no environment, and leaves the pages and what is kept of them.
"""

import json
import sys
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from overrides.frame.edition import CONFIG, ROOM, Edition
from overrides.frame.menu import Menu
from overrides.hooks import kept
from overrides.hooks.heard import heard
from overrides.words.errors import SiteError

_OF_A_PART = "A 'dirty' build is being performed"


class MkDocs:
    """MkDocs with its plugins, loaded once: it takes as long as twenty pages."""

    def __init__(self, config: Path, docs: Path) -> None:
        # The plugin asks setuptools for the version of a theme that is not there; that takes as long again.
        sys.modules.setdefault("pkg_resources", None)  # type: ignore[arg-type]
        with heard() as said, config.open("rb") as file:
            try:
                self._config = load_config(
                    file,
                    config_file_path=str(CONFIG),  # what stands in it is meant from there
                    docs_dir=str(docs),
                    hooks=[str(ROOM / "hooks" / "site.py")],
                )
            except MkDocsException as error:
                raise SiteError("\n".join(dict.fromkeys(said)) or str(error)) from error

    def language(
        self,
        site: Edition,
        out: Path,
        shelf: Path,
        *,
        pages: Path | None = None,
        listed: Menu | None = None,
    ) -> None:
        """Render the pages of the language that the site speaks into a folder.

        `shelf` is the folder of pages converted before; into `pages` is written what some of them can be
        made again with. `SiteError` holds every line that MkDocs said. With the menu in `listed` only
        pages that are older than their source are rendered, in a folder where all of them stand. For
        another language afterwards it is of no use.
        """
        self._config.site_dir = str(out)
        self._config.strict = listed is None  # MkDocs itself warns of rendering only a part
        self._config.extra.update(edition=site, menu=listed, shelf=shelf)
        with heard() as said:
            try:
                build(self._config, dirty=listed is not None)
            except MkDocsException as error:
                said = said or [str(error)]
            lines = dict.fromkeys(line for line in said if not line.startswith(_OF_A_PART))
        if lines:
            told = "\n".join([f"the pages in {site.t.language} cannot be built:", *lines])
            raise SiteError(told)
        self._config.extra["kept"].store()
        if pages and (made := kept.listed(self._config)):
            (pages / f"{site.t.language}.json").write_text(json.dumps(made), "utf-8")
