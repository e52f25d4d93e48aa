"""The page shell for generated pages (step 1): rendered once per language, filled per page.

A template engine for each of thousands of pages is slow; cutting the shell at its holes once and
joining the pieces is not. It knows neither municipalities nor MkDocs.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from overrides.facts.front_matter import Facts
from overrides.frame import edition as editions
from overrides.frame import headers, shell
from overrides.frame.edition import ROOM, Edition
from overrides.frame.shell import Alternate, Link, View
from overrides.words import blanks

# No template, setting or string holds two of these signs; a hole that stayed open is an error.
_HOLE = re.compile("@@([a-z]+)@@")
TITLE, DESCRIPTION, SLUG, BODY = (
    f"@@{name}@@" for name in ("title", "description", "slug", "body")
)


@dataclass(frozen=True)
class Place:
    """One generated page or one kind of it. `path` is below the language and ends in a slash."""

    path: str
    title: str
    description: str
    last_checked: date
    check_again: date
    current: str = ""
    template: str = "main.html"
    listed_on: Link | None = None


@dataclass(frozen=True)
class Frame:
    """A shell cut at its holes: text, name of a hole, text, and so on."""

    pieces: tuple[str, ...]

    def fill(self, **values: str) -> bytes:
        """The page with HTML in its holes, as UTF-8."""
        texts = list(self.pieces)
        texts[1::2] = [values[name] for name in self.pieces[1::2]]
        return "".join(texts).encode("utf-8")


def frame(edition: Edition, nav: list[tuple[str, str]], place: Place) -> Frame:
    """The shell of one kind of page. `nav` lists file name and title, as for written pages."""
    view = _view(edition, nav, place)
    html = (
        shell.environment(ROOM / "templates")
        .get_template(place.template)
        .render(
            view=view,
            link=view.link,
            asset=view.asset,
            t=edition.t,
            name=blanks.shown(edition.settings.name),
            exit_url=edition.settings.exit_url,
            practice=edition.settings.practice or edition.keys.practice,
            contact=editions.contact_lines(edition),
            content=Markup(BODY),  # noqa: S704 - a hole of our own
        )
    )
    return Frame(tuple(_HOLE.split(html)))


def speaking(edition: Edition, language: str) -> Edition:
    """The same edition in another language."""
    return replace(edition, t=edition.strings[language])


def _view(edition: Edition, nav: list[tuple[str, str]], place: Place) -> View:
    language = edition.t.language
    path = f"/{language}/{place.path}"
    root = shell.root_of(path)
    facts = Facts(
        title=place.title,
        description=place.description,
        last_checked=place.last_checked,
        check_again=place.check_again,
    )
    return View(
        path=path,
        root=root,
        canonical=edition.address(path),
        language=language,
        direction=edition.t.direction,
        shown=language,
        shown_direction=edition.t.direction,
        notes=editions.translation_notes(edition, facts),
        facts=facts,
        policy=headers.meta_policy(form=False),
        alternates=_alternates(edition, place.path),
        languages=_languages(edition, place.path, root),
        nav=editions.nav_links(edition, nav, place.current, root),
        today=edition.settings.reference_date,
        listed_on=place.listed_on,
    )


def _alternates(edition: Edition, path: str) -> tuple[Alternate, ...]:
    """A generated page is there in every language; for any other language the English one."""
    found = {language: edition.address(f"/{language}/{path}") for language in edition.strings}
    fallback = found.get("en", *list(found.values())[:1])
    return tuple(Alternate(*pair) for pair in [*found.items(), ("x-default", fallback)])


def _languages(edition: Edition, path: str, root: str) -> tuple[Link, ...]:
    return tuple(
        Link(
            f"{root}{language}/{path}",
            t.name,
            language,
            t.direction,
            language == edition.t.language,
        )
        for language, t in edition.strings.items()
    )
