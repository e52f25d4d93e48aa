"""Converted Markdown that is kept (step 1): a page's text in, the HTML that MkDocs made of it out.

A page is kept under the hash of everything that its HTML is made of, so that a change of any of it asks
for another name, and nothing is ever out of date. What is broken or was meddled with is made anew; a
release begins with an empty folder. It knows no record and no template.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any  # of what is written down as JSON

from mkdocs.structure.pages import Page

from overrides.frame import inputs, menu

if TYPE_CHECKING:  # all of MkDocs, which a page that is made again does without
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

MOST = 2_000  # pages in the folder, some 50 KB each; those that nobody asked for longest go


@dataclass(frozen=True)
class Converted:
    """What converting a page gave: its HTML, the ids in it, and by file the ids that it links to."""

    content: str
    ids: frozenset[str]
    links: dict[str, dict[str, str]]


@dataclass
class Shelf:
    """The folder of kept pages, and what this build has made and not put there yet.

    `around` is the hash of all that every page of the language is made of besides its text.
    """

    folder: Path
    around: str
    made: dict[str, Converted] = field(default_factory=dict)

    def name(self, page: str, text: str) -> str:
        """Under which name a page is kept; its text has names, facts and sources in it already."""
        return sha256(json.dumps([self.around, page, text]).encode()).hexdigest()

    def take(self, name: str) -> Converted | None:
        """What is kept under a name; nothing where there is none, or none that is whole."""
        path = self.folder / name
        try:
            digest, _, body = path.read_bytes().partition(b"\n")
            if _digest(name, body) != digest:
                return None
            content, ids, links = json.loads(body)
            os.utime(path)
        except (OSError, ValueError):
            return None
        return Converted(content, frozenset(ids), links)

    def store(self) -> None:
        """Put there what was made; called when nothing was wrong with any page of the language."""
        if not inputs.is_same_program():
            self.made.clear()
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, page in self.made.items():
            body = json.dumps([page.content, sorted(page.ids), page.links]).encode()
            half = self.folder / f"{name}.{os.getpid()}"
            half.write_bytes(_digest(name, body) + b"\n" + body)
            half.replace(self.folder / name)
        self.made.clear()


def _digest(name: str, body: bytes) -> bytes:
    """Of a page and its name: neither a piece of it nor another page passes for it."""
    return sha256(name.encode() + b"\n" + body).hexdigest().encode()


def tidy(folder: Path, most: int = MOST) -> None:
    """Take away the pages beyond so many that were asked for longest ago."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):  # another build took it away
            if path.is_file():
                found.append((path.stat().st_mtime_ns, path))
    for _, path in sorted(found, reverse=True)[most:]:
        path.unlink(missing_ok=True)


class KeptPage(Page):
    """A page of MkDocs whose Markdown is converted only where no build did so before."""

    is_kept = False

    def render(self, config: "MkDocsConfig", files: "Files") -> None:
        """Convert the Markdown, or take what is kept of it."""
        shelf: Shelf = config.extra["kept"]
        name = shelf.name(neutral(self.file.src_uri, config), self.markdown or "")
        found = shelf.take(name)
        if found is None:
            super().render(config, files)
            shelf.made[name] = converted(self, config)
            return
        self.is_kept = True
        self.content = found.content
        self.present_anchor_ids = set(found.ids)
        named: dict[str, File] = config.extra["named"]
        self.links_to_anchors = {named[uri]: ids for uri, ids in found.links.items()}


def is_kept(page: Page) -> bool:
    """Whether a page was converted, and found to be right, by a build before."""
    return isinstance(page, KeptPage) and page.is_kept


def lay_out(files: "Files", config: "MkDocsConfig") -> None:
    """Make every page of the menu one that can be kept; called when all files are known.

    The plugin takes a path apart for each link that leads there; here it does so once. MkDocs misses
    a page in the menu only where it has to make the page itself.
    """
    files.get_file_from_path = cache(files.get_file_from_path)  # type: ignore[method-assign]
    config.extra["kept"] = Shelf(config.extra["shelf"], around(config, files))
    named = {neutral(file.src_uri, config): file for file in files.documentation_pages()}
    config.extra["named"] = named
    for name in named.keys() & set(menu.names(config.nav)):
        KeptPage(None, named[name], config)


def neutral(path: str, config: "MkDocsConfig") -> str:
    """A path without its language: a page that is shown in several is converted once."""
    return path.removeprefix(f"{config.extra['edition'].t.language}/")


def converted(page: Page, config: "MkDocsConfig") -> Converted:
    links = {
        neutral(file.src_uri, config): ids for file, ids in (page.links_to_anchors or {}).items()
    }
    return Converted(page.content or "", frozenset(page.present_anchor_ids or ()), links)


def around(config: "MkDocsConfig", files: "Files") -> str:
    """The hash of what every page is made of: options, programs, and what a link may lead to."""
    made_of = {
        "addresses": sorted(
            (neutral(file.src_uri, config), neutral(file.url, config)) for file in files
        ),
        "options": [config.markdown_extensions, config.mdx_configs, config.use_directory_urls],
        "strictness": dict(config.validation.links),
        "programs": inputs.programs(),
    }
    return sha256(json.dumps(made_of, sort_keys=True, default=_by_name).encode()).hexdigest()


def _by_name(extension: object) -> str:
    """An extension that is an object and no name; what it does is in `programs`."""
    return f"{type(extension).__module__}.{type(extension).__qualname__}"


def listed(config: "MkDocsConfig") -> dict[str, Any] | None:
    """What the pages of a language were made with, and what each has and is linked to, to be kept as JSON.

    None where the options hold something that JSON has not, or that only the whole of MkDocs does.
    """
    links = dict(config.validation.links)
    names = [one for one in config.markdown_extensions if isinstance(one, str)]
    plugin = config.plugins["i18n"].config.languages
    if any(one.build and one.admonition_translations for one in plugin):
        return None
    found = {
        "around": config.extra["kept"].around,
        "extensions": names,
        "configs": config.mdx_configs,
        "levels": {name: int(level) for name, level in links.items()},
        "pages": {name: _listed(file.page, config) for name, file in config.extra["named"].items()},
    }
    is_whole = config.use_directory_urls and json.loads(json.dumps(found)) == found
    return found if is_whole else None


def _listed(page: Page, config: "MkDocsConfig") -> dict[str, Any]:
    made = converted(page, config)
    return {
        "path": page.file.src_uri,
        "url": page.file.url,
        "ids": sorted(made.ids),
        "links": made.links,
        "frame": config.extra["frames"][neutral(page.file.src_uri, config)],
    }
