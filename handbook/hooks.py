"""What MkDocs asks while it makes the handbook: the only module that knows its events.

`mkdocs serve -f handbook/mkdocs.yml` shows what a writer types; `make handbook` builds, and throws away what only a
server needs.
"""

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

sys.path.insert(0, str(Path(__file__).parents[1]))  # `mkdocs`, unlike `python -m mkdocs`, has not

from handbook import finish, sources
from handbook.links import Here, Links

STYLE = "assets/print.css"
SHIM = "assets/javascripts/iframe-worker.js"
_links = Links()
_command: list[str] = []  # MkDocs calls functions, and gives them nothing of ours to keep


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether a server shows this."""
    _command[:] = [command]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Links lead where the handbook has a page; MkDocs asks once for each language."""
    if _links not in config.markdown_extensions:
        config.markdown_extensions.append(_links)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The pictures, and the script with which the search works without a server."""
    shim = finish.WORKER / "shim" / "index.js"
    if not shim.is_file():
        raise PluginError("node_modules/iframe-worker is not there\nhint: type make handbook")
    files.append(File.generated(config, SHIM, abs_src_path=str(shim)))
    style = sources.ROOT / "handbook" / "print.css"
    files.append(File.generated(config, STYLE, abs_src_path=str(style)))
    folder = Path(config.extra.get("pictures", sources.ROOT / "var" / "pictures"))
    for path in sorted(folder.glob("??/*.png")):
        name = f"pictures/{path.relative_to(folder).as_posix()}"
        files.append(File.generated(config, name, abs_src_path=str(path)))
    return files


@event_priority(100)  # before all that reads the text
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A page, with the text below it that it shows."""
    language, _, name = page.file.src_uri.partition("/")
    source = str(page.meta.get("source", ""))
    own = page.meta.get("tags") or []
    page.meta["tags"] = [*own, *sources.sought(name, language)]
    _links.here = Here(language, name, source)
    try:
        return f"{markdown}\n\n{sources.body(source, language)}" if source else markdown
    except sources.NoSource as error:
        raise PluginError(f"{page.file.src_uri}: {error}") from None


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """A page without the room that templates leave: a third of it."""
    return finish.narrow(output)


@event_priority(-200)  # behind the index of all languages
def on_post_build(config: MkDocsConfig) -> None:
    """The last hand, when all languages are there."""
    if "serve" not in _command and not config.plugins["i18n"].building:  # type: ignore[attr-defined]
        finish.finish(Path(config.site_dir))
