"""The frame around every page (step 1): a record of one page in, HTML out through our templates.

Jinja with escaping on and undefined names refused. It knows neither MkDocs nor Markdown, so another
generator can fill the same record.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from overrides.facts.front_matter import Facts
from overrides.frame import elsewhere
from overrides.frame.assets import Sums
from overrides.frame.elsewhere import Elsewhere
from overrides.frame.translation import SOURCE_LANGUAGES

if TYPE_CHECKING:
    import jinja2

# The first word of a page's name is its topic; some words share one, and the rest stand by themselves.
_TOPICS = {
    "door": "door",
    "cards": "door",
    "work": "work",
    "home": "work",
    "life": "life",
    "choices": "choices",
    "harm": "choices",
    "help": "help",
    "complaint": "complaints",
    "routes": "complaints",
    "letters": "complaints",
    "law": "more",
    "unknown": "more",
    "professionals": "more",
    "municipalities": "more",
    "about": "more",
    "privacy": "more",
    "leaving": "more",
    "accessibility": "more",
    "check": "more",
    "data": "more",
}


@dataclass(frozen=True)
class Link:
    """A link as a template shows it; `language` and `direction` are those of the words in it."""

    href: str
    text: str
    language: str = ""
    direction: str = "ltr"
    current: bool = False


@dataclass(frozen=True)
class Alternate:
    """The same page in one language, by absolute address; `language` may be `x-default`."""

    language: str
    href: str


@dataclass(frozen=True)
class View:
    """All that the frame needs to know of one page. `path` is absolute and ends in a slash."""

    path: str
    root: str
    assets: str  # folder of what the page fetches, from the root: `assets/1f0c9a3e`
    canonical: str
    language: str
    direction: str
    shown: str  # the language of the text, which differs where a page is not translated
    shown_direction: str
    notes: tuple[str, ...]
    facts: Facts
    policy: str
    alternates: tuple[Alternate, ...]
    languages: tuple[Link, ...]
    nav: tuple[Link, ...]
    today: date
    listed_on: Link | None = None  # the page that lists this one, where it is in no menu
    elsewhere: Elsewhere = field(default_factory=dict)
    first: str = ""  # of the text: what stands before all else, also before the notes
    sums: Sums = field(default_factory=Sums)  # of what the page fetches
    is_made: bool = False  # from data, which somebody compiled and nobody checked on a day

    @property
    def is_borrowed(self) -> bool:
        """Whether the text is in another language than the page, since nobody has translated it."""
        return self.shown != self.language

    @property
    def originals(self) -> tuple[Link, ...]:
        """This page in the languages it was written in, where something is to be said of a translation."""
        if self.is_borrowed or not self.notes:
            return ()
        return tuple(link for link in self.languages if link.language in SOURCE_LANGUAGES)

    @cached_property
    def menu(self) -> list[tuple[str, list[Link]]]:
        """The topic of this page with its pages, each other topic without, in the order of the site.

        The topic is empty where pages stand alone.
        """
        return [
            (topic, links if topic in ("", self.topic) else [])
            for topic, links in by_topic(self.nav)
        ]

    @cached_property
    def home(self) -> Link | None:
        """The link back to the first page of the language; None on that page itself."""
        first = self.nav[0] if self.nav else None
        return None if first is None or first.current else first

    @cached_property
    def topic(self) -> str:
        """The topic under which this page stands in the menu; empty where it stands alone."""
        return next((_topic(link) for link in self.nav if link.current), "")

    @cached_property
    def above(self) -> Link | None:
        """The page that this one stands below: that of its topic, if the topic has one, or its list."""
        named = (link for link in self.nav if self.topic and _name(link) == self.topic)
        found = next(named, self.listed_on)
        return None if found is None or found.current else found

    @property
    def offers_file(self) -> bool:
        """Whether the one file to keep is offered here: on the pages that stand in it, and where traces are told of."""
        slug = self.path.removeprefix(f"/{self.language}/").strip("/")
        return is_kept(f"{slug}.md") or slug == "leaving"

    def link(self, url: str) -> str:
        """Relative link to a page of the same language, such as `routes/`."""
        return f"{self.root}{self.language}/{url}"

    def lead(self, url: str, text: str) -> Markup:
        """The link itself, around a text in the language of the page; it says where another comes."""
        return elsewhere.link(self.link(url), text, self.path, self.elsewhere)

    def asset(self, name: str) -> str:
        """Relative link to a file that the page fetches."""
        return f"{self.root}{self.assets}/{name}"

    def sum(self, name: str) -> str:
        """What that file must be, or the browser refuses it."""
        return self.sums[name]


def is_kept(name: str) -> bool:
    """Whether a page stands in the one file to keep: what cannot wait, and where help is."""
    is_door = name == "door.md" or name.startswith("door-")
    return is_door or name in ("cards.md", "harm-hours.md", "help.md")


def by_topic(nav: Iterable[Link]) -> list[tuple[str, list[Link]]]:
    """All pages by topic, in the order of the site; the topic is empty where a page stands alone."""
    return [(topic, list(links)) for topic, links in groupby(nav, _topic)]


def _topic(link: Link) -> str:
    return _TOPICS.get(_name(link).partition("-")[0], "")


def _name(link: Link) -> str:
    return link.href.rstrip("/").rpartition("/")[2]


def root_of(path: str) -> str:
    """The way from a folder path such as `/nl/door/` up to the root: `../../`."""
    return "../" * path.strip("/").count("/") + ("../" if path.strip("/") else "")


@cache
def environment(templates: Path) -> "jinja2.Environment":
    """Jinja over a folder of templates: escapes everything, forgives no unknown name.

    One for each folder, since reading the templates takes longer than filling them; a template
    that changed since is read again.
    """
    import jinja2  # as long to load as our own modules, and not for a page that is made again

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def read_all(templates: Path) -> None:
    """Read every template now: processes that are begun later have them read."""
    found = environment(templates)
    for path in templates.glob("*.html"):
        found.get_template(path.name)
