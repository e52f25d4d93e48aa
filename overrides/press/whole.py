"""All of the site (step 1): everything checked, then pages, chooser, 404, site maps and headers made.

`pin` has the key list verified first, and every process goes on from what was checked here.
"""

import shutil
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from overrides.facts import once
from overrides.frame import assets, source, sums
from overrides.frame.edition import CONFIG, ROOM, Edition
from overrides.frame.inputs import Read
from overrides.paper import pdf, sound, voice
from overrides.press import (
    again,
    bundle,
    carried,
    checks,
    header_formats,
    lookups,
    loose,
    report,
    sitemap,
)
from overrides.press.checks import Checked
from overrides.press.order import Order, Sent
from overrides.press.workers import Beside
from overrides.words import locales
from overrides.words.errors import Gathered, SiteError


def make(order: Order, written: Beside[Sent], read: Read | None) -> list[str]:
    """Make the site in a new folder and put it in its place; `written` waits for what it is to write.

    It is kept if `read` says what stood in its files before. Returns what to tell of it.
    """
    carried.refuse_foreign(order.out)
    order.out.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=order.out.parent, prefix=".site-") as folder,
        again.begun(order, read) as half,
        closing(written),  # it writes there, and ends before the folder goes
    ):
        made = Path(folder) / "site"
        made.mkdir()
        checked, commit = _checked(order, made)
        site = checked.edition
        pages = made.with_name("pages") if half else None
        shelf = order.shelf(Path(folder))
        known, pdfs = once.known(), order.paper or (order.release and not pdf.lacks())
        written.send(Sent(site, checked.facts, known, made, shelf, pages, half, pdfs))
        _rest(checked, made, written)
        _write(made, lookups.places(site, checked.facts))
        header_formats.write(site, made, order.out)
        _speak(order, site, made)
        sums.describe(order.settings, site, made, commit)
        sums.write(made)
        if read and half and pages:  # never with sound: that of another text would be wrong
            again.keep(order, read, checked, half, made, pages)
        said = carried.take_place(made, order.out)
    if not order.release:
        return said
    told = report.lines(checked, order.out, commit, sums.digits(order.out))
    return [*said, *told, *pdf.missed(), *sound.missed(site)]


def _checked(order: Order, made: Path) -> tuple[Checked, str]:
    """Everything looked at while scripts and styles are made, whose sums each page is to name; and the commit."""
    gathered, found, commit = Gathered(), list[Checked](), ""
    with bundle.beside(made, assets.folder()):
        with gathered.part():
            found.append(checks.check(order.job(_first(order)), release_on=_release_on(order)))
        with gathered.part():  # told with all else that is refused
            commit = _commit(order)
        gathered.refuse()
    (checked,) = found
    named = assets.sums(made / checked.edition.assets)
    return replace(checked, edition=replace(checked.edition, sums=named)), commit


def _rest(checked: Checked, made: Path, written: Beside[Sent]) -> None:
    """What belongs to no language is written here, while `written` writes the pages."""
    sys.stderr.write(checked.aging())
    site, behind = checked.edition, Gathered()
    with behind.part():
        index = sitemap.index(site.settings.site_url, site.strings)
        _write(made, {**loose.files(site), "keys.json": site.keys.text, "sitemap.xml": index})
        # Open data: the files as they are, so that everybody can check a page against them.
        shutil.copytree(site.docs / "data", made / "data")
    told = {(str(one), one.hint): one for one in written.done()}
    gathered = Gathered()
    gathered.found += told.values()  # once, what several languages say alike
    gathered.refuse()
    behind.refuse()  # told where nothing is wrong with the pages


def _commit(order: Order) -> str:
    """The commit of a release; a practice build is made of what lies there, and asks nobody."""
    own = order.docs.resolve() == ROOM.parent / "docs" and order.config == CONFIG
    return source.commit(ROOM.parent) if order.release and own else ""


def _speak(order: Order, site: Edition, made: Path) -> None:
    if order.sound or (order.release and not voice.lacks()):
        sound.write(site, made, sound.languages(site, release=order.release))


def _first(order: Order) -> str:
    return next(iter(locales.languages(order.config)))


def _release_on(order: Order) -> date | None:
    if order.release and order.today is None:
        raise SiteError("a release must be told which day it is")
    return order.today if order.release else None


def _write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
