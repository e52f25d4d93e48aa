"""All of the site (step 1): everything checked, then pages, chooser, 404, site maps and headers made.

`pin` has the key list verified first, and every process goes on from what was checked here.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

from overrides.facts import directory
from overrides.frame import edition, frame, headers, inputs, menu
from overrides.frame.edition import Edition
from overrides.press import (
    bundle,
    carried,
    checks,
    finished,
    generated,
    header_formats,
    lookups,
    loose,
    report,
    sitemap,
    sums,
)
from overrides.press.checks import Checked
from overrides.press.languages import Sent
from overrides.press.order import Order
from overrides.press.workers import Beside
from overrides.words import locales
from overrides.words.errors import Gathered, SiteError

_FORM_PAGES = ("write.md", "answer.md")


def make(order: Order, written: Beside[Sent]) -> list[str]:
    """Make the site in a new folder and put it in its place; `written` waits for what it is to write.

    Returns what to tell of it.
    """
    read = inputs.files(order.docs, order.config) if order.finished() else ""
    checked = checks.check(order.job(_first(order)), release_on=_release_on(order))
    site = checked.edition
    _refuse_foreign(order.out)
    order.out.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=order.out.parent, prefix=".site-") as folder,
        closing(written),  # it writes there, and ends before the folder goes
    ):
        made = Path(folder) / "site"
        with bundle.beside(made):
            written.send(Sent(site, made, order.shelf(Path(folder)), order.finished()))
            found = _pages(order, checked, read, made, written)
        _write(made, lookups.files(site, checked.facts, order.config, made))
        _write(made, sitemap.files(site.settings.site_url, _listed(site, found)))
        _headers(order, site, made)
        told = (
            sums.of(made) if order.release else ""
        )  # without the board, which is not of the build
        sums.beside(order.out).unlink(missing_ok=True)
        said = carried.take_place(made, order.out)
    if order.release:
        sums.beside(order.out).write_text(told, encoding="utf-8", newline="\n")
    return [*said, *report.lines(checked, order.out)] if order.release else said


def _pages(
    order: Order, checked: Checked, read: str, made: Path, written: Beside[Sent]
) -> set[str]:
    """All that needs no MkDocs is written here, while `written` writes the others; URL paths of all."""
    for name in directory.aging(checked.facts.organisations, _day(checked)):
        sys.stderr.write(f"site: the contact of {name} was tried long ago\nhint: try it again\n")
    beside, gathered = made.with_name("generated"), Gathered()
    with gathered.part():
        from_data(order, checked, read, beside)
    found = _paths(beside)
    behind = Gathered()  # told where nothing is wrong with the pages
    with behind.part():
        _loose(checked.edition, made)
    gathered.found += written.done()
    gathered.refuse()
    behind.refuse()
    found |= _paths(made)
    for section in beside.glob("*/*"):  # only now: MkDocs empties its folder when it begins
        section.rename(made / section.relative_to(beside))
    return found


def from_data(order: Order, checked: Checked, read: str, beside: Path) -> None:
    """Take what is kept of each language, or make it; no page made from data is changed in place.

    `read` is the hash of the files before they were read; what somebody changed since is not kept.
    """
    site, kept = checked.edition, order.finished()
    around = inputs.around(site, read) if kept else ""
    made: list[Callable[[], None]] = []
    for language in site.strings:
        speaking = frame.speaking(site, language)
        listed = menu.whole(menu.written(order.config, speaking), speaking.t)
        name = inputs.of(["from data", around, language, repr(listed)])
        part = finished.Part(kept / name, os.link) if kept else None
        if not (part and part.lay(beside / language)):
            names = generated.write(speaking, checked.facts, listed, beside)
            made += [partial(part.store, beside / language, names)] if part else []
    if made and _is_as_read(order, read):
        for store in made:
            store()


def _is_as_read(order: Order, read: str) -> bool:
    return inputs.is_same_program() and read == inputs.files(order.docs, order.config)


def _loose(site: Edition, made: Path) -> None:
    """What belongs to no language."""
    made.mkdir(exist_ok=True)
    _write(made, {**loose.files(site), "keys.json": site.keys.text})
    # Open data: the files as they are, so that everybody can check a page against them.
    shutil.copytree(site.docs / "data", made / "data")


def _day(checked: Checked) -> date:
    return checked.edition.settings.reference_date


def _first(order: Order) -> str:
    return next(iter(locales.languages(order.config)))


def _release_on(order: Order) -> date | None:
    if order.release and order.today is None:
        raise SiteError("a release must be told which day it is")
    return order.today if order.release else None


def _paths(top: Path) -> set[str]:
    """URL paths of all pages below a folder."""
    folders = (at for at, _, names in os.walk(top) if "index.html" in names)
    return {f"{at.removeprefix(str(top))}/" for at in folders}


def _listed(site: Edition, found: set[str]) -> dict[str, list[str]]:
    """URL paths by language of all pages to be found there.

    A page that shows the text of another language is no page of this one: it is reached from the
    language menu, and a search engine is sent to the text itself.
    """
    listed = {}
    for language in site.strings:
        missing = frame.speaking(site, language).missing_pages()
        shown = {edition.url_path(language, page) for page in missing}
        own = {path for path in found if path.startswith(f"/{language}/")}
        listed[language] = sorted(own - shown)
    return listed


def _headers(order: Order, site: Edition, made: Path) -> None:
    """Headers beside the site for our own application, and in every other spelling."""
    forms = [edition.url_path(one, page) for one in site.strings for page in _FORM_PAGES]
    record = headers.of_site(site.settings.site_url, forms)
    spelled = header_formats.files(record)
    _write(made, {"_headers": spelled["_headers"]})
    beside = order.out.with_name(f"{order.out.name}.headers")
    beside.mkdir(exist_ok=True)
    _write(beside, spelled)
    _write(order.out.parent, {f"{order.out.name}.headers.json": header_formats.to_json(record)})


def _write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _refuse_foreign(out: Path) -> None:
    """A wrong --out must not cost a folder that is not ours."""
    if out.exists() and any(out.iterdir()) and not (out / "keys.json").is_file():
        raise SiteError(f"{out.name} is not a built site", "give --out a folder of its own")
