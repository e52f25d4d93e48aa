"""The events of MkDocs (step 1): pages and templates in, our plain functions called.

MkDocs reads Markdown and checks links; strings, sources, frames and templates are ours. It runs
once per language, with the edition that `render` hands it; without one nothing is built.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any, cast

import jinja2
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from overrides.facts import front_matter
from overrides.frame import edition, menu, shell
from overrides.frame.edition import ROOM, Edition
from overrides.frame.frame import BODY, FIRST
from overrides.frame.menu import Menu
from overrides.hooks import kept, text
from overrides.pages.footnotes import Notes
from overrides.text import markup
from overrides.words import blanks
from overrides.words.errors import SiteError


@contextmanager
def _named(page: str) -> Iterator[None]:
    """Say on which page the build stopped."""
    try:
        yield
    except SiteError as error:
        raise PluginError("\n".join(_lines(page, error))) from error


@contextmanager
def _gathered(page: str, config: MkDocsConfig) -> Iterator[None]:
    """Keep what is wrong on a page, so that all pages are looked at before the build stops."""
    try:
        yield
    except SiteError as error:
        config.extra["refused"] += _lines(page, error)


def _lines(page: str, error: SiteError) -> list[str]:
    hints = [f" ({one.hint})" if one.hint else "" for one in error.every]
    return [f"{page}: {one}{hint}" for one, hint in zip(error.every, hints, strict=True)]


def _edition(config: MkDocsConfig) -> Edition:
    return cast(Edition, config.extra["edition"])


def _name(page: Page, config: MkDocsConfig) -> str:
    """The file name of a page, whichever language its text is in."""
    return page.file.src_uri.removeprefix(f"{_edition(config).t.language}/")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take what `render` loaded; without it somebody started MkDocs with this hook by hand."""
    loaded = config.extra.get("edition")
    if not isinstance(loaded, Edition):
        raise PluginError("MkDocs alone does not build this site: type make site")
    for one in config.plugins["i18n"].config.languages:  # before the plugin itself looks
        one.build = one.default = one.locale == loaded.t.language
    config.extra["refused"] = []
    config.markdown_extensions.append(markup.makeExtension())
    config.extra["groups"], config.extra["frames"] = {}, {}
    return config


@event_priority(100)
def _own_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out the other languages before the plugin, at -100, looks at each of their files; and pages not shown."""
    site = _edition(config)
    left = site.left_out()
    for file in list(files):
        if not file.src_uri.startswith(f"{site.t.language}/") or file.src_uri in left:
            files.remove(file)
    return files


@event_priority(-200)  # the plugin knows one language to fall back to
def _fallen_back(files: Files, config: MkDocsConfig) -> Files:
    """Where a page is not translated, take the text of another language in its place."""
    for name, shown in _edition(config).missing_pages().items():
        files.append(File(name, str(shown.parent), config.site_dir, config.use_directory_urls))
    kept.lay_out(files, config)
    return files


on_files = CombinedEvent(_own_files, _fallen_back)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Remember it for the menu, which is made when the titles of all pages are read; and begin the footnotes.

    The plugin for languages has made its copy of all that stood in `extra` before.
    """
    config.extra["nav"] = nav
    config.extra["notes"] = Notes(_edition(config).sources, _edition(config).t)
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Add summary and names to the Markdown of a page, and remember its sources."""
    name = _name(page, config)
    with _gathered(name, config):
        made = text.markdown(_edition(config), name, page.meta, markdown)
        markdown, config.extra["groups"][name] = made
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Refuse a page that holds more than Markdown and our own lists make; list sections and sources."""
    site, name = _edition(config), _name(page, config)
    groups, notes = config.extra["groups"].get(name, []), config.extra["notes"]
    part = partial(_gathered, name, config)
    return text.content(html, page, site, name, groups, notes, part)


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Swap the environment for ours, which escapes; the build writes 404 and sitemap itself."""
    if config.extra["refused"]:
        raise PluginError("\n".join(config.extra["refused"]))
    config.theme.static_templates = set()
    config.extra["alike"] = _alike(_edition(config))
    config.extra["pages"] = _pages(config)
    return shell.environment(ROOM / "templates")


def _pages(config: MkDocsConfig) -> Menu:
    """The menu of every page of the language."""
    listed = config.extra["menu"] or [
        (_name(page, config), str(page.meta["title"])) for page in config.extra["nav"].pages
    ]
    return menu.whole(listed, _edition(config).t)


def _alike(site: Edition) -> dict[str, Any]:
    """What a template may use on every page of a language. Any: Jinja takes names of every type."""
    return {
        "t": site.t,
        "name": blanks.shown(site.settings.name),
        "exit_url": site.settings.exit_url,
        "practice": site.settings.practice or site.keys.practice,
        "form_open": site.settings.form_open,
        "contact": edition.contact_lines(site),
        "keylist": site.keys.text,
        "pinned": site.keys.site_key,
        "fingerprints": site.keys.fingerprints,
        "reply_languages": site.settings.reply_languages.items(),
        "built": site.settings.reference_date.isoformat(),
        "board_epoch": site.settings.board_epoch,
        "cover_minutes": str(edition.COVER_MINUTES),
        "empty_hours": str(edition.EMPTY_HOURS),
    }


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Hand a template exactly what it may use, and holes for the text."""
    site, name = _edition(config), _name(page, config)
    with _named(name):
        facts = front_matter.parse(name, page.meta)
        view = edition.view(site, facts, name, config.extra["pages"])
        first = FIRST if _parts(page, site, name)[FIRST] else ""
        return {
            **config.extra["alike"],
            "view": replace(view, first=Markup(first)),  # noqa: S704 - a hole of our own
            "lead": view.lead,
            "asset": view.asset,
            "content": Markup(BODY),  # noqa: S704 - the same
        }


def on_post_page(frame: str, page: Page, config: MkDocsConfig) -> str:
    """Put the text into its frame, which is kept without it."""
    name = _name(page, config)
    config.extra["frames"][name] = frame
    return text.framed(frame, _parts(page, _edition(config), name))


def _parts(page: Page, site: Edition, name: str) -> dict[str, str]:
    return text.parts(str(page.content), is_own=site.shown(name) == site.t)
