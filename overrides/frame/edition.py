"""One language of the site (step 1): strings, shared facts and settings in, page records out.

Everything a page takes from outside its own Markdown passes here: sources, names, dates, addresses
of the other languages. It knows neither MkDocs nor HTML.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from markupsafe import Markup

from overrides.facts import front_matter, sources
from overrides.facts.front_matter import Facts
from overrides.facts.sources import Source
from overrides.frame import assets, headers, keylist, settings, shell, translation
from overrides.frame.assets import Sums
from overrides.frame.elsewhere import Elsewhere
from overrides.frame.keylist import KeyList
from overrides.frame.settings import Contact, Settings
from overrides.frame.translation import SOURCE_LANGUAGES
from overrides.words import blanks, locales, synonyms
from overrides.words.errors import Gathered, SiteError
from overrides.words.strings import Strings
from overrides.words.synonyms import Synonyms

ROOM = Path(__file__).parents[1]
CONFIG = ROOM.parent / locales.LIST
_HOME = "index.md"
COVER_MINUTES, EMPTY_HOURS = 5, 4  # without use: form and answer page say and do so
NEEDED = ("index.md", "write.md", "answer.md")  # without these a language is none
# Where a page is not translated: what most readers can read, then the original.
_FALLBACKS = ("en", "nl")


@dataclass(frozen=True)
class Job:
    """What is to be built: a language, and the files it is built from."""

    language: str
    settings: str
    keys: str
    docs: str
    reference_date: str | None
    locale: str = str(ROOM / "locale")
    config: str = str(CONFIG)


@dataclass(frozen=True)
class Edition:
    """Everything that the pages of one language need."""

    docs: Path
    settings: Settings
    keys: KeyList
    strings: dict[str, Strings]
    t: Strings
    sources: dict[str, Source]
    synonyms: dict[str, Synonyms]
    assets: str  # the folder in the site of what its pages fetch
    sums: Sums = field(default_factory=Sums)  # of the files in it
    need: tuple[str, ...] = ()  # file names of the pages of need

    def address(self, path: str) -> str:
        """Absolute address of a path on this site."""
        return self.settings.site_url + path

    def __deepcopy__(self, memo: object) -> "Edition":
        """Itself, since nobody changes it: the plugin for languages copies all that it is handed."""
        return self

    @cached_property
    def written(self) -> dict[str, frozenset[str]]:
        """File names of the pages that somebody wrote and that this site shows, by language."""
        choice = translation.Choice(self.settings.translations, self.need)
        return {
            language: frozenset(
                path.name
                for path in (self.docs / language).glob("*.md")
                if choice.shows(language, path)
            )
            for language in self.strings
        }

    def shown(self, page: str) -> Strings:
        """The strings of the language in which a page is shown: its own, or where it falls back to.

        A page that nobody wrote is made from data, in every language.
        """
        if page not in self._shown:
            own = self.t.language
            having = (lang for lang in (own, *_FALLBACKS) if page in self.written.get(lang, ()))
            self._shown[page] = self.strings[next(having, own)]
        return self._shown[page]

    @cached_property
    def _shown(self) -> dict[str, Strings]:
        """What `shown` found: every page asks for all pages of the menu."""
        return {}

    def left_out(self) -> set[str]:
        """Pages of this language that are there and not shown, such as `es/law.md`."""
        own = self.t.language
        there = {path.name for path in (self.docs / own).glob("*.md")}
        return {f"{own}/{name}" for name in there - self.written[own]}

    def missing_pages(self) -> dict[str, Path]:
        """Pages of the Dutch original that this language lacks, each with the file shown instead."""
        return {
            name: self.docs / self.shown(name).language / name
            for name in sorted(self.written["nl"] - self.written[self.t.language])
        }

    @cached_property
    def elsewhere(self) -> Elsewhere:
        """Where pages stand that are shown in another language than their path says."""
        found = {name: self.shown(name).language for name in self.missing_pages()}
        return {
            url_path(self.t.language, name): (language, self.t(f"translation.in.{language}"))
            for name, language in found.items()
        }

    def languages_of(self, page: str) -> list[str]:
        """Languages that have this page; `page` is a file name such as `door.md`."""
        return [language for language, names in self.written.items() if page in names]


def load(job: Job, strings: dict[str, Strings] | None = None) -> Edition:
    """Read everything the job names; the first thing that is missing or wrong stops the build.

    `strings` are those of all languages, where somebody has read them already.
    """
    docs = Path(job.docs)
    day = date.fromisoformat(job.reference_date) if job.reference_date else None
    chosen = settings.load(Path(job.settings), day)
    found = strings or locales.load_all(Path(job.locale), Path(job.config))
    loaded = translation.spoken(found, chosen.translations)
    if job.language not in loaded:
        raise SiteError(f"{job.language} is no language of the site", f"add it to {locales.LIST}")
    return Edition(
        docs=docs,
        settings=chosen,
        keys=keylist.load(Path(job.keys)),
        strings=loaded,
        t=loaded[job.language],
        sources=sources.load(docs / "data" / "sources.yml"),
        synonyms={
            language: synonyms.load(Path(job.locale) / "synonyms" / f"{language}.yml")
            for language in loaded
        },
        assets=assets.folder(),
        need=translation.pages_of_need(Path(job.config)),
    )


def refuse_folders(docs: Path, languages: tuple[str, ...]) -> None:
    """A language is a folder of pages too: the list and the folders agree."""
    gathered = Gathered()
    for path in sorted(docs.iterdir()):
        if path.is_dir() and path.name != "data" and path.name not in languages:
            hint = (
                f"add {locales.ENTRY % path.name} there, and a {path.name}.po in overrides/locale"
            )
            said = f"docs/{path.name} is a folder of no language in {locales.LIST}"
            gathered.found.append(SiteError(said, hint))
    for language in languages:
        missing = [name for name in NEEDED if not (docs / language / name).is_file()]
        gathered.found += [
            SiteError(
                f"{locales.LIST} names {language}, and there is no docs/{language}/{name}",
                "translate it; other pages may follow later",
            )
            for name in missing
        ]
    gathered.refuse()


@lru_cache(maxsize=4096)  # every page has the whole menu
def url_path(language: str, page: str) -> str:
    """`door.md` in `nl` stands at `/nl/door/`, its `index.md` at `/nl/`."""
    folder = page.removesuffix(_HOME).removesuffix(".md").strip("/")
    return f"/{language}/{folder}/" if folder else f"/{language}/"


def view(edition: Edition, facts: Facts, page: str, nav: list[tuple[str, str]]) -> shell.View:
    """The frame of one page. `nav` lists file name and title of every page of the language."""
    language = edition.t.language
    path = url_path(language, page)
    root = shell.root_of(path)
    return shell.View(
        path=path,
        root=root,
        assets=edition.assets,
        sums=edition.sums,
        canonical=edition.address(url_path(edition.shown(page).language, page)),
        language=language,
        direction=edition.t.direction,
        shown=edition.shown(page).language,
        shown_direction=edition.shown(page).direction,
        notes=translation_notes(edition, facts, page),
        facts=facts,
        policy=headers.meta_policy(facts.form),
        alternates=alternates(edition, page),
        languages=language_links(edition, page, root),
        nav=nav_links(edition, nav, page, root),
        today=edition.settings.reference_date,
        elsewhere=edition.elsewhere,
    )


def nav_links(
    edition: Edition, nav: list[tuple[str, str]], current: str, root: str
) -> tuple[shell.Link, ...]:
    """The menu; a title in another language than the page's carries that language."""
    links = []
    for name, title in nav:
        href = root + url_path(edition.t.language, name)[1:]
        shown = edition.shown(name)
        language = shown.language if shown.language != edition.t.language else ""
        links.append(shell.Link(href, title, language, shown.direction, name == current))
    return tuple(links)


def translation_notes(edition: Edition, facts: Facts, page: str = "") -> tuple[str, ...]:
    """What a reader must know of a translation: not there, behind the Dutch page, or unchecked.

    Without `page` it is a page made from data, of which `notes_of` is the whole.
    """
    t, shown = edition.t, edition.shown(page) if page else edition.t
    if shown != t:
        return (t("translation.fallback", shown=t(f"translation.in.{shown.language}")),)
    # The text of a form, and of a page made from data, is that of the strings.
    checked = facts.is_checked if page and not facts.form else t.is_checked
    return _notes(edition, {page: facts} if page else {}, is_checked=checked)


def notes_of(edition: Edition, taken: Iterable[str]) -> tuple[str, ...]:
    """The same of what is made of strings, and of words of the pages `taken`, each by its file name."""
    own = edition.t.language
    facts = {
        name: front_matter.parse(name, front_matter.read(edition.docs / own / name))
        for name in taken
        if edition.shown(name) == edition.t
    }
    checked = edition.t.is_checked and all(one.is_checked for one in facts.values())
    return _notes(edition, facts, is_checked=checked)


def _notes(edition: Edition, pages: dict[str, Facts], *, is_checked: bool) -> tuple[str, ...]:
    """Since when the oldest of some pages is behind, and that nobody has checked them."""
    t, notes = edition.t, []
    if late := [
        facts.translated_on
        for name, facts in pages.items()
        if facts.translated_on and translation.is_behind(edition.docs, facts, name)
    ]:
        notes.append(t("translation.since", date=t.day(min(late))))
    if t.language not in SOURCE_LANGUAGES and not is_checked:
        notes.append(t("translation.unchecked"))
    return tuple(notes)


def alternates(edition: Edition, page: str) -> tuple[shell.Alternate, ...]:
    """Absolute addresses of a page in every language that has it.

    For a language we do not have, the first page leads to the language chooser and any other
    page to its English text.
    """
    found = {lang: edition.address(url_path(lang, page)) for lang in edition.languages_of(page)}
    fallback = edition.address("/") if page == _HOME else found.get("en", *list(found.values())[:1])
    pairs = [*found.items(), ("x-default", fallback)]
    return tuple(shell.Alternate(language, href) for language, href in pairs)


def language_links(edition: Edition, page: str, root: str) -> tuple[shell.Link, ...]:
    """The language menu: the same page elsewhere, each language by its own name."""
    links = []
    for language, t in edition.strings.items():
        href = root + url_path(language, page)[1:]
        current = language == edition.t.language
        links.append(shell.Link(href, t.name, language, t.direction, current))
    return tuple(links)


def contact_lines(edition: Edition) -> tuple[Markup, ...]:
    """Other ways to reach the desk, one line each; what nobody tried yet says so."""
    return tuple(_contact_line(entry, edition) for entry in edition.settings.contact)


def _contact_line(entry: Contact, edition: Edition) -> Markup:
    """In the language of the page, or marked with the language in which the desk wrote it."""
    t = edition.t
    own = next(one for one in (t.language, *_FALLBACKS) if one in entry.text)
    said = blanks.shown(entry.text[own])
    if not said:
        own, said = t.language, t(f"contact.blank.{entry.kind}")
    text = Markup.escape(said)
    if own != t.language:
        direction = edition.strings[own].direction
        text = Markup('<span lang="{}" dir="{}">{}</span>').format(own, direction, text)
    untried = "contact.not_called" if entry.kind == "telephone" else "contact.not_checked"
    day = entry.verified_live
    state = t("contact.verified", date=t.day(day)) if day else t(untried)
    kind = t(f"contact.kind.{entry.kind}")
    line = Markup.escape(t("contact.line", kind="{kind}", text="{text}", state="{state}"))
    return line.format(kind=kind, text=text, state=state)
