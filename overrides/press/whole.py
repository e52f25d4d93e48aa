"""All of the site (step 1): everything checked, then pages, chooser, 404, site maps and headers made.

`pin` has the key list verified first, and every process goes on from what was checked here.
"""

import os
import shutil
import sys
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from overrides.frame import edition, frame, menu
from overrides.frame.edition import Edition
from overrides.frame.inputs import Read
from overrides.press import (
    again,
    bundle,
    carried,
    checks,
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


def make(order: Order, written: Beside[Sent], read: Read | None) -> list[str]:
    """Make the site in a new folder and put it in its place; `written` waits for what it is to write.

    It is kept if `read` says what stood in its files before. Returns what to tell of it.
    """
    checked = checks.check(order.job(_first(order)), release_on=_release_on(order))
    site = checked.edition
    carried.refuse_foreign(order.out)
    order.out.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=order.out.parent, prefix=".site-") as folder,
        closing(written),  # it writes there, and ends before the folder goes
    ):
        made = Path(folder) / "site"
        with bundle.beside(made, site.assets):
            pages = made.with_name("pages") if read else None
            written.send(Sent(site, made, order.shelf(Path(folder)), pages))
            found = _pages(order, checked, made, written)
        _write(made, lookups.files(site, checked.facts, order.config, made))
        _write(made, sitemap.files(site.settings.site_url, _listed(site, found)))
        header_formats.write(site, made, order.out)
        if read and pages:
            again.keep(order, read, checked, made, pages)
        told = sums.of(made) if order.release else ""  # without the board: it is not of the build
        sums.beside(order.out).unlink(missing_ok=True)
        said = carried.take_place(made, order.out)
    if order.release:
        sums.beside(order.out).write_text(told, encoding="utf-8", newline="\n")
    return [*said, *report.lines(checked, order.out)] if order.release else said


def _pages(order: Order, checked: Checked, made: Path, written: Beside[Sent]) -> set[str]:
    """All that needs no MkDocs is written here, while `written` writes the others; URL paths of all."""
    sys.stderr.write(checked.aging())
    beside, gathered = made.with_name("generated"), Gathered()
    with gathered.part():
        for language in checked.edition.strings:
            speaking = frame.speaking(checked.edition, language)
            listed = menu.whole(menu.written(order.config, speaking), speaking.t)
            generated.write(speaking, checked.facts, listed, beside)
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


def _loose(site: Edition, made: Path) -> None:
    """What belongs to no language."""
    made.mkdir(exist_ok=True)
    _write(made, {**loose.files(site), "keys.json": site.keys.text})
    # Open data: the files as they are, so that everybody can check a page against them.
    shutil.copytree(site.docs / "data", made / "data")


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


def _write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
