"""The last hand on the folder: an index for each language, and nothing in it that no reader needs.

Comes in: what MkDocs wrote, and where it took the theme from. Goes out: the same folder, smaller, the same bytes
whenever and wherever it was made.
"""

import json
import re
from importlib.metadata import distribution
from pathlib import Path

from handbook.sources import LANGUAGES, ROOT

WORKER = ROOT / "node_modules" / "iframe-worker"
# With the day in it, for servers, for debugging, or for languages that the handbook does not speak.
_BALLAST = (
    "sitemap.xml*",
    "404.html",
    "search/search_index.json",
    "assets/**/*.map",
    "assets/stylesheets/palette.*",
    "assets/javascripts/lunr/*.js",
    "assets/javascripts/lunr/min/*.js",
)
_KEPT = ("lunr.stemmer.support.min.js", "lunr.nl.min.js")
_MAP = re.compile(r"\s*(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*\Z")


def split(index: str) -> str:
    """One script with an index for each language; a page takes that of its own. `index` is MkDocs' JSON."""
    found = json.loads(index)
    parts: dict[str, list[object]] = {language: [] for language in LANGUAGES}
    for entry in found["docs"]:
        parts["en" if entry["location"].startswith("en/") else "nl"].append(entry)
    whole = {
        language: {"config": {**found["config"], "lang": [language]}, "docs": docs}
        for language, docs in parts.items()
    }
    text = json.dumps(whole, separators=(",", ":"), ensure_ascii=False)
    return f"var __index = ({text})[document.documentElement.lang]\n"


def narrow(page: str) -> str:
    """A page of HTML in which a line break and what stands around it is one line break; a block of code stays."""
    parts = re.split(r"(<pre.*?</pre>)", page, flags=re.S)
    return "".join(
        one if one.startswith("<pre") else re.sub(r"\s*\n\s*", "\n", one) for one in parts
    )


def licences() -> str:
    """What their authors want to go along with the theme and with the script that searches without a server."""
    material = distribution("mkdocs-material").read_text("licenses/LICENSE")
    parts = ("Material for MkDocs", material), ("iframe-worker", (WORKER / "LICENSE").read_text())
    return "\n".join(f"{name}\n\n{text}" for name, text in parts)


def finish(site: Path) -> None:
    """Split the index, throw ballast away, and name the licences."""
    index = (site / "search/search_index.json").read_text("utf-8")
    (site / "search/search_index.js").write_text(split(index), "utf-8")
    for pattern in _BALLAST:
        for path in site.glob(pattern):
            if path.name not in _KEPT:
                path.unlink()
    for path in [*site.glob("assets/**/*.css"), *site.glob("assets/**/*.js")]:
        text = path.read_text("utf-8")
        path.write_text(_MAP.sub("\n", text), "utf-8")
    (site / "assets/LICENCES.txt").write_text(licences(), "utf-8")
