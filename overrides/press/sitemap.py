"""Site maps (step 1): the paths of every language in, one map per language and an index out.

The alternates stand in each page, so a map holds bare addresses and stays small. No dates: a page
says itself when it was checked.
"""

from html import escape

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_START = '<?xml version="1.0" encoding="UTF-8"?>\n'


def files(site_url: str, paths: dict[str, list[str]]) -> dict[str, str]:
    """Texts by file name; `paths` lists absolute URL paths by language."""
    maps = {f"sitemap-{language}.xml": _map(site_url, found) for language, found in paths.items()}
    places = "".join(
        f"<sitemap><loc>{escape(site_url, quote=False)}/{name}</loc></sitemap>\n" for name in maps
    )
    index = f"{_START}<sitemapindex {_NAMESPACE}>\n{places}</sitemapindex>\n"
    return {**maps, "sitemap.xml": index}


def _map(site_url: str, paths: list[str]) -> str:
    places = "".join(
        f"<url><loc>{escape(site_url + path, quote=False)}</loc></url>\n" for path in sorted(paths)
    )
    return f"{_START}<urlset {_NAMESPACE}>\n{places}</urlset>\n"
