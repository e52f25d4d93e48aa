"""The two pages in no language (step 1): chooser and 404, from the same frame as all others.

Settings and all strings in, two HTML texts out. They speak the first two languages of the menu at
once and link to every one.
"""

from overrides.facts.front_matter import Facts
from overrides.frame import headers, shell
from overrides.frame.edition import ROOM, Edition
from overrides.frame.shell import Alternate, Link, View
from overrides.words import bidi, blanks
from overrides.words.strings import Joined

_SPOKEN = 2  # more would not fit on the leave button


def files(edition: Edition) -> dict[str, str]:
    """`index.html` and `404.html` of the whole site."""
    pages = {"index.html": _chooser(edition), "404.html": _missing(edition)}
    templates = {"index.html": "chooser.html", "404.html": "404.html"}
    environment = shell.environment(ROOM / "templates")
    return {
        name: bidi.isolate(
            environment.get_template(templates[name]).render(_context(edition, view))
        )
        for name, view in pages.items()
    }


def _chooser(edition: Edition) -> View:
    alternates = [Alternate(lang, edition.address(f"/{lang}/")) for lang in edition.strings]
    alternates.append(Alternate("x-default", edition.address("/")))
    return _view(edition, "chooser", root="", canonical=edition.address("/"), found=alternates)


def _missing(edition: Edition) -> View:
    # Served at any depth, so its links start at the root; not a page of its own, so no address.
    return _view(edition, "missing", root="/", canonical="", found=[])


def _view(
    edition: Edition, name: str, *, root: str, canonical: str, found: list[Alternate]
) -> View:
    t = _joined(edition)
    first = next(iter(edition.strings.values()))
    facts = Facts(title=t(f"{name}.title"), description=t(f"{name}.description"))
    links = [
        Link(f"{root}{voice.language}/", voice.name, voice.language, voice.direction)
        for voice in edition.strings.values()
    ]
    return View(
        path="/",
        root=root,
        assets=edition.assets,
        sums=edition.sums,
        canonical=canonical,
        language=first.language,
        direction=first.direction,
        shown=first.language,
        shown_direction=first.direction,
        notes=(),
        facts=facts,
        policy=headers.meta_policy(form=False),
        alternates=tuple(found),
        languages=tuple(links),
        nav=(),
        today=edition.settings.reference_date,
    )


def _joined(edition: Edition) -> Joined:
    return Joined(tuple(edition.strings.values())[:_SPOKEN])


def _context(edition: Edition, view: View) -> dict[str, object]:
    return {
        "view": view,
        "asset": view.asset,
        "t": _joined(edition),
        "voices": tuple(edition.strings.values()),
        "name": blanks.shown(edition.settings.name),
        "exit_url": edition.settings.exit_url,
        "practice": edition.settings.practice or edition.keys.practice,
    }
