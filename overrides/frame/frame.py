"""The page shell for generated pages (step 1): rendered once per language, filled per page.

A template engine for each of thousands of pages is slow; cutting the shell at its holes once and
joining the pieces, bytes already, is not. It knows neither municipalities nor MkDocs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from markupsafe import Markup

from overrides.facts.front_matter import Facts
from overrides.frame import edition as editions
from overrides.frame import headers, shell
from overrides.frame.edition import ROOM, Edition
from overrides.frame.shell import Alternate, Link, View
from overrides.words import bidi, blanks

# No template, setting or string holds two of these signs; a hole that stayed open is an error.
_HOLE = re.compile("@@([a-z]+)@@")


def hole(name: str) -> str:
    """The mark of a hole; `name` is of small letters."""
    return f"@@{name}@@"


TITLE, DESCRIPTION, SLUG, FIRST, BODY = map(hole, ("title", "description", "slug", "first", "body"))


@dataclass(frozen=True)
class Place:
    """One generated page or one kind of it. `path` is below the language and ends in a slash.

    What answers first is filled in before what is said of the translation.

    Where nobody looks anything up, such as in a list of links, there is no day.
    """

    path: str
    title: str
    description: str
    last_checked: date | None
    check_again: date | None
    current: str = ""
    template: str = "main.html"
    listed_on: Link | None = None
    taken: tuple[str, ...] = ()  # file names of the pages whose words stand on it


@dataclass(frozen=True)
class Gap:
    """Where HTML comes in as it is; `name` is that of the hole."""

    name: str


@dataclass(frozen=True)
class Judged:
    """Text with holes that is read from right to left: what comes in is judged with it."""

    text: str

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The text with HTML in its holes, as UTF-8; what stands in a hole is not cut again."""
        html = _HOLE.sub(lambda hole: values[hole[1]], self.text)
        return bidi.isolate_part(html).encode("utf-8")


@dataclass(frozen=True)
class Frame:
    """A page cut at its holes: what is the same on every page of a kind is UTF-8 already."""

    parts: tuple[bytes | Gap | Judged, ...]

    @cached_property
    def _form(self) -> tuple[bytes, tuple[Gap | Judged, ...]]:
        """The page as a form for `%`, which fills it faster than joining its parts, and its gaps in order."""
        texts = [
            one.replace(b"%", b"%%") if isinstance(one, bytes) else b"%b" for one in self.parts
        ]
        return b"".join(texts), tuple(one for one in self.parts if not isinstance(one, bytes))

    def fill(self, **values: str) -> bytes:
        """The page with HTML in its holes."""
        form, gaps = self._form
        written = {name: html.encode("utf-8") for name, html in values.items()}
        return form % tuple(
            [written[gap.name] if isinstance(gap, Gap) else gap.fill(values) for gap in gaps]
        )


def cut(html: str) -> Frame:
    """A page with its holes open, ready to be filled."""
    parts: list[str | Gap | Judged] = []
    html = bidi.directed(html) if ' dir="rtl">' in html.partition("<head>")[0] else html
    for is_rtl, run in groupby(bidi.pieces(html), key=itemgetter(1)):
        text = "".join(piece for piece, _ in run)
        if is_rtl and not _HOLE.search(text):
            parts.append(bidi.isolated(text))
        elif is_rtl and _HOLE.sub("", text).strip():  # words around a hole are judged with it
            parts.append(Judged(text))
        else:
            pieces = _HOLE.split(text)
            gap = _judged if is_rtl else Gap
            parts += [gap(one) if at % 2 else one for at, one in enumerate(pieces)]
    return Frame(tuple(_joined(parts)))


def _judged(name: str) -> Judged:
    return Judged(hole(name))


def _joined(parts: list[str | Gap | Judged]) -> Iterator[bytes | Gap | Judged]:
    for is_text, run in groupby(parts, key=lambda part: isinstance(part, str)):
        if is_text:
            yield "".join(map(str, run)).encode("utf-8")
        else:
            yield from (part for part in run if not isinstance(part, str))


def frame(edition: Edition, nav: list[tuple[str, str]], place: Place) -> str:
    """The shell of one kind of page, with a hole where its text belongs.

    `nav` lists file name and title, as for written pages.
    """
    view = _view(edition, nav, place)
    return (
        shell.environment(ROOM / "templates")
        .get_template(place.template)
        .render(
            view=view,
            lead=view.lead,
            asset=view.asset,
            t=edition.t,
            name=blanks.shown(edition.settings.name),
            exit_url=edition.settings.exit_url,
            practice=edition.settings.practice or edition.keys.practice,
            contact=editions.contact_lines(edition),
            content=Markup(BODY),  # noqa: S704 - a hole of our own
        )
    )


def speaking(edition: Edition, language: str) -> Edition:
    """The same edition in another language, with the pages that were found when it was first asked."""
    found = replace(edition, t=edition.strings[language])
    vars(found)["written"] = edition.written
    return found


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
        assets=edition.assets,
        sums=edition.sums,
        canonical=edition.address(path),
        language=language,
        direction=edition.t.direction,
        shown=language,
        shown_direction=edition.t.direction,
        notes=editions.notes_of(edition, place.taken),
        first=Markup(FIRST),  # noqa: S704 - a hole of our own
        facts=facts,
        policy=headers.meta_policy(form=False),
        alternates=_alternates(edition, place.path),
        languages=_languages(edition, place.path, root),
        nav=editions.nav_links(edition, nav, place.current, root),
        today=edition.settings.reference_date,
        elsewhere=edition.elsewhere,
        listed_on=place.listed_on,
        is_made=True,
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
