"""A site again after the texts of some pages changed (step 1): what stood in the files, and the last build of
everything else, in; the same site as a whole build makes, out.

It never says what is wrong: where anything is, it leaves all to a whole build, which does.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any  # of what a build wrote down as JSON

from overrides.facts import records, sources
from overrides.frame import (
    assets,
    edition,
    frame,
    inputs,
    keylist,
    menu,
    settings,
    sums,
    translation,
)
from overrides.frame.assets import Sums
from overrides.frame.edition import Edition
from overrides.frame.inputs import Read
from overrides.paper import cards, one_file
from overrides.press import carried, finished, header_formats, index, workers
from overrides.press.finished import Finished
from overrides.press.order import Order
from overrides.words.cldr import Calendar
from overrides.words.errors import SiteError
from overrides.words.strings import Strings

if TYPE_CHECKING:
    from overrides.press.checks import Checked

_ALL = "all"  # what was written down of no language; no code of a language is as long


def make(order: Order, read: Read) -> bool:
    """Make the site from what is kept, if nothing but texts of pages changed since, and all of them are right."""
    whole = _kept(order, read)
    if not whole.folder.is_dir():
        return False
    carried.refuse_foreign(order.out)
    order.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=order.out.parent, prefix=".site-") as folder:
        made = Path(folder) / "site"
        with workers.beside("what is kept", partial(_lay, whole, made)) as laying:
            try:
                told = whole.told(_ALL)
                site = _edition(order, told)
                changed = _changed(read, told)
                _refuse_sayings(changed, told["sayings"])
                pages = _pages(order, site, whole, changed)
            except Exception:  # whatever it is, a whole build follows and says it
                return False
            if laying.done():
                return False
        _put(made, pages, made / site.assets)
        _put_files(made, pages, site, told["kept"])
        header_formats.write(site, made, order.out)
        sums.write(made)
        sys.stderr.write(told["said"])
        carried.take_place(made, order.out)
    return True


def _lay(whole: Finished, made: Path, receive: Callable[[], None]) -> None:
    whole.lay(made)


def _edition(order: Order, told: dict[str, Any]) -> Edition:
    """What the text of a page is made of: nobody looks for words or for keys in it."""
    strings = {
        language: Strings(
            language, texts, direction, name, facts, sounds, Calendar(*written), checked
        )
        for language, texts, direction, name, facts, sounds, written, checked in told["strings"]
    }
    return Edition(
        docs=order.docs,
        settings=settings.load(order.settings, order.reference_date),
        keys=keylist.load(order.keys),
        strings=strings,
        t=next(iter(strings.values())),
        sources={name: sources.parse(name, fields) for name, fields in told["sources"].items()},
        synonyms={},
        assets=assets.folder(),
        sums=Sums(told["sums"]),
        need=translation.pages_of_need(order.config),
    )


def _changed(read: Read, told: dict[str, Any]) -> dict[str, str]:
    """The texts that are not as they were, by name."""
    now, before = read.hashes(), told["texts"]
    if now.keys() != before.keys():
        raise SiteError(
            "there are other pages"
        )  # never, since their names are in the hash of the rest
    return {name: read.texts[name] for name in now if now[name] != before[name]}


def _refuse_sayings(changed: dict[str, str], before: dict[str, dict[str, str]]) -> None:
    """A sentence to say may stand on a card too, which is another page."""
    if any(cards.sayings(text) != before[name] for name, text in changed.items()):
        raise SiteError("a sentence to say is another")


def _pages(order: Order, site: Edition, whole: Finished, changed: dict[str, str]) -> dict[str, str]:
    """The HTML of every page that shows one of these texts, by its path in the site."""
    from overrides.hooks import again  # only where a page is to be made

    found: dict[str, str] = {}
    for language in site.strings:
        speaking = frame.speaking(site, language)
        texts = {
            page: text
            for folder, page, text in ((*name.split("/"), text) for name, text in changed.items())
            if speaking.shown(page).language == folder
        }
        if texts:
            listed = whole.told(language)
            made = again.pages(speaking, texts, listed, order.shelf(whole.folder))
            found |= {edition.url_path(language, name): html for name, html in made.items()}
    return found


def _put(made: Path, pages: dict[str, str], indexes: Path) -> None:
    """Lay pages in the site in place of those that were kept, and their headings in the indexes."""
    for path, html in pages.items():
        _write(made / path.strip("/") / "index.html", html)
    for language in {path.split("/")[1] for path in pages}:
        own = {path: html for path, html in pages.items() if path.startswith(f"/{language}/")}
        file = indexes / index.name(language)
        before = file.read_text("utf-8")
        now = index.renewed(before, language, own)
        if now != before:
            _write(file, now)


def _put_files(made: Path, pages: dict[str, str], site: Edition, chosen: list[str]) -> None:
    """Make the file to keep anew in each language in which a page of it is another."""
    for language in site.strings:
        if any(edition.url_path(language, name) in pages for name in chosen):
            one_file.write(frame.speaking(site, language), chosen, made)


def _write(path: Path, text: str) -> None:
    path.unlink()  # it is one more name of a file that is kept
    path.write_text(text, "utf-8", newline="\n")


def _kept(order: Order, read: Read) -> Finished:
    folder = order.finished()
    if folder is None:
        raise SiteError("a release takes nothing that is kept")
    return Finished(folder / read.around)


@contextmanager
def begun(order: Order, read: Read | None) -> Iterator[Path | None]:
    """A folder for what is going to be kept, if anything is; each language lays its own pages there."""
    with _kept(order, read).half() if read else nullcontext() as half:
        yield half


def keep(order: Order, read: Read, checked: "Checked", half: Path, made: Path, pages: Path) -> None:
    """Keep a whole site that was made from what was read, for the builds after it."""
    if not inputs.is_as_read(order.job(""), read):
        return  # somebody saved meanwhile: nobody knows which of the two it was made from
    strings = [
        (language, t.texts, t.direction, t.name, t.facts, t.sounds, t.calendar, t.is_checked)
        for language, t in checked.edition.strings.items()
    ]
    told: dict[str, Any] = {"texts": read.hashes(), "strings": strings, "said": checked.aging()}
    told["sayings"] = {name: cards.sayings(text) for name, text in read.texts.items()}
    listed = [(name, "") for name in menu.listed(order.config)]
    told["kept"] = one_file.names(name for name, _ in menu.whole(listed, checked.edition.t))
    told["sums"] = checked.edition.sums
    told["sources"] = records.read(order.docs / "data" / "sources.yml")
    (pages / f"{_ALL}.json").write_text(json.dumps(told, default=date.isoformat), "utf-8")
    whole = _kept(order, read)
    whole.store(half, made, pages, parts=checked.edition.strings)
    finished.tidy(whole.folder.parent)
