"""Site maps (step 1): the paths of every language in, one map per language and an index out.

The alternates stand in each page, so a map holds bare addresses and stays small. No dates: a page
says itself when it was checked.
"""

import os
from collections.abc import Iterable
from html import escape
from pathlib import Path

from overrides.frame.edition import Edition, url_path

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_START = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write(site: Edition, made: Path) -> None:
    """Write the map of the language that the site speaks; `made` holds all its pages.

    A page that shows the text of another language is no page of this one: it is reached from the
    language menu, and a search engine is sent to the text itself.
    """
    language = site.t.language
    shown = {url_path(language, page) for page in site.missing_pages()}
    text = one(site.settings.site_url, _paths(made, language) - shown)
    (made / _name(language)).write_text(text, "utf-8", newline="\n")


def _paths(made: Path, language: str) -> set[str]:
    """URL paths of all pages of a language."""
    folders = (at for at, _, names in os.walk(made / language) if "index.html" in names)
    return {f"{at.removeprefix(str(made))}/" for at in folders}


def _name(language: str) -> str:
    return f"sitemap-{language}.xml"


def index(site_url: str, languages: Iterable[str]) -> str:
    """The list of the maps."""
    places = "".join(
        f"<sitemap><loc>{escape(site_url, quote=False)}/{_name(language)}</loc></sitemap>\n"
        for language in languages
    )
    return f"{_START}<sitemapindex {_NAMESPACE}>\n{places}</sitemapindex>\n"


def one(site_url: str, paths: Iterable[str]) -> str:
    """The map of a language out of absolute URL paths."""
    places = "".join(
        f"<url><loc>{escape(site_url + path, quote=False)}</loc></url>\n" for path in sorted(paths)
    )
    return f"{_START}<urlset {_NAMESPACE}>\n{places}</urlset>\n"
