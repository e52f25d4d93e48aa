"""Some pages of a language made again (step 1): their new texts and what a whole build wrote down in, HTML out.

MkDocs' own page converts them, with the options, the names and the frames of that build, and nothing else of
MkDocs is loaded. Whatever is not right, or not as it was known then, is refused in a word: a whole build follows,
and says it as it should be said.
"""

import re
from contextlib import nullcontext
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any  # of what a build wrote down as JSON

from overrides.facts import front_matter
from overrides.frame.edition import Edition
from overrides.frame.frame import FIRST
from overrides.hooks import kept, text
from overrides.hooks.heard import heard
from overrides.hooks.kept import KeptPage, Shelf
from overrides.pages.footnotes import Notes
from overrides.text import markup
from overrides.words import bidi
from overrides.words.errors import SiteError

_BUILT_IN = re.compile("[a-z_]+")  # names of the library's own extensions


@dataclass(eq=False)
class _File:
    """As MkDocs knows a page: `src_uri` has no language where the text is in another one."""

    src_uri: str
    url: str
    inclusion: Any = field(default_factory=lambda: SimpleNamespace(is_excluded=lambda: False))
    page: KeptPage | None = None


class _Files(dict[str, _File]):
    """All pages of a language by their paths, found as the plugin for languages finds them."""

    def __init__(self, language: str, pages: dict[str, dict[str, Any]]) -> None:
        self._language = language
        self.update({page["path"]: _File(page["path"], page["url"]) for page in pages.values()})

    def get_file_from_path(self, path: str) -> _File | None:
        """The page that a link means; None where there is none by that path."""
        inside = path.removeprefix(f"{self._language}/")
        ways = (path, inside) if inside != path else (f"{self._language}/{path}", path)
        return next((self[way] for way in ways if way in self), None)


class _Config(dict[str, Any]):
    """The options of MkDocs that its page asks for."""

    def __init__(self, site: Edition, listed: dict[str, Any], shelf: Shelf, files: _Files) -> None:
        super().__init__(mdx_configs={})
        self._listed = listed
        self.use_directory_urls = True
        self.validation = SimpleNamespace(links=SimpleNamespace(**listed["levels"]))
        self.extra = {"edition": site, "kept": shelf}
        self.extra["named"] = {kept.neutral(path, self): file for path, file in files.items()}  # type: ignore[arg-type]

    def begin_page(self) -> None:
        """Every page has extensions of its own."""
        configs = self._listed["configs"] or {}
        found = [_extension(name, configs.get(name, {})) for name in self._listed["extensions"]]
        self["markdown_extensions"] = [*found, markup.makeExtension()]


def _extension(name: str, config: dict[str, Any]) -> Any:
    """One of the library itself: to find others it looks through everything that is installed."""
    if not _BUILT_IN.fullmatch(name):
        raise SiteError(f"{name} is no extension of the library")
    return import_module(f"markdown.extensions.{name}").makeExtension(**config)


def pages(
    site: Edition, texts: dict[str, str], listed: dict[str, Any], folder: Path
) -> dict[str, str]:
    """The HTML of these pages by name; `listed` has what a whole build wrote down of the language.

    `folder` is that of converted pages. `SiteError` where anything is not right.
    """
    files = _Files(site.t.language, listed["pages"])
    shelf = Shelf(folder, listed["around"])
    config = _Config(site, listed, shelf, files)
    notes = Notes(site.sources, site.t)
    with heard() as said:
        found = {
            name: _page(name, written, site, listed["pages"][name], config, files, notes)
            for name, written in texts.items()
        }
    if said:
        raise SiteError("\n".join(said))
    _refuse_lost(listed["pages"])
    shelf.store()
    return found


def _page(
    name: str,
    written: str,
    site: Edition,
    known: dict[str, Any],
    config: Any,
    files: Any,
    notes: Notes,
) -> str:
    """One page; what it has and is linked to is written down anew in `known`."""
    config.begin_page()
    page = KeptPage(None, config.extra["named"][name], config)
    meta = front_matter.read(site.docs / site.shown(name).language / name)
    lines = "\n".join(written.splitlines())  # as the plugin for languages leaves them
    page.markdown, groups = text.markdown(site, name, meta, lines)
    page.render(config, files)
    content = text.content(page.content or "", page, site, name, groups, notes, nullcontext)
    made = kept.converted(page, config)
    known["ids"] = made.ids
    known["links"] = made.links
    parts = text.parts(content, is_own=site.shown(name) == site.t)
    if bool(parts[FIRST]) != (FIRST in known["frame"]):
        raise SiteError(f"{name} begins otherwise than before")
    html = text.framed(known["frame"], parts)
    return bidi.isolate(html) if site.t.direction == "rtl" else html


def _refuse_lost(pages: dict[str, dict[str, Any]]) -> None:
    """Every link to a part of a page leads to one that is there."""
    for page in pages.values():
        for to, ids in page["links"].items():
            if not set(ids) <= set(pages[to]["ids"]):
                raise SiteError(f"{to} has lost a part that is linked to")
