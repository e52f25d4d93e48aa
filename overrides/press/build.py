"""Builds the whole site (step 1): settings and a key list in, a folder of static files out.

Each language is made in processes of its own; then chooser, 404, site maps and headers. Two builds of
the same input are byte for byte alike: a clock is read only to refuse. `pin` has the key list verified
first, and every process goes on from what was checked here.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from overrides.frame import edition, frame, headers
from overrides.frame.edition import CONFIG, ROOM, Edition, Job
from overrides.press import (
    bundle,
    carried,
    checks,
    header_formats,
    languages,
    lookups,
    loose,
    report,
    sitemap,
)
from overrides.words import locales
from overrides.words.errors import SiteError

_ROOT = ROOM.parent
_FORM_PAGES = ("write.md", "answer.md")


@dataclass(frozen=True)
class Order:
    """What to build from what. `docs` holds a folder per language and `data`.

    A release is told which day it is, only to refuse a date that is still to come. `kept` is the
    folder of converted Markdown that one build leaves to the next; a release asks for none of it.
    """

    settings: Path
    keys: Path
    out: Path
    docs: Path = _ROOT / "docs"
    reference_date: date | None = None
    release: bool = False
    locale: Path = ROOM / "locale"
    config: Path = CONFIG
    today: date | None = None
    kept: Path | None = None

    def job(self, language: str) -> Job:
        """The part of the order that one language process needs."""
        return Job(
            language=language,
            settings=str(self.settings.resolve()),
            keys=str(self.keys.resolve()),
            docs=str(self.docs.resolve()),
            reference_date=self.reference_date.isoformat() if self.reference_date else None,
            locale=str(self.locale.resolve()),
            config=str(self.config.resolve()),
        )


def build(order: Order) -> list[str]:
    """Build into a new folder and put it in place of the old one only when everything is right.

    Returns what to tell of it: what was built, for which days, and what is due.
    """
    checked = checks.check(order.job(_first(order)), release_on=_release_on(order))
    site = checked.edition
    _refuse_foreign(order.out)
    order.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=order.out.parent, prefix=".site-") as folder:
        made, shelf = Path(folder) / "site", _shelf(order, Path(folder))
        with bundle.beside(made):
            languages.write(checked, order.config, made, shelf)
        _write(made, {**loose.files(site), "keys.json": site.keys.text})
        _write(made, lookups.files(site, checked.facts, order.config, made))
        _write(made, sitemap.files(site.settings.site_url, _paths(site, made)))
        # Open data: the files as they are, so that everybody can check a page against them.
        shutil.copytree(site.docs / "data", made / "data")
        _headers(order, site, made)
        said = carried.take_place(made, order.out)
    return [*said, *report.lines(checked, order.out)]


def _first(order: Order) -> str:
    return next(iter(locales.languages(order.config)))


def _release_on(order: Order) -> date | None:
    if order.release and order.today is None:
        raise SiteError("a release must be told which day it is")
    return order.today if order.release else None


def _shelf(order: Order, folder: Path) -> Path:
    """Where converted Markdown is kept; a release begins with none."""
    return folder / "kept" if order.release or order.kept is None else order.kept


def _paths(site: Edition, made: Path) -> dict[str, list[str]]:
    """URL paths by language of all pages to be found there.

    A page that shows the text of another language is no page of this one: it is reached from the
    language menu, and a search engine is sent to the text itself.
    """
    found = {}
    for language in site.strings:
        missing = frame.speaking(site, language).missing_pages()
        shown = {edition.url_path(language, page) for page in missing}
        folders = (at for at, _, names in os.walk(made / language) if "index.html" in names)
        paths = {f"{at.removeprefix(str(made))}/" for at in folders}
        found[language] = sorted(paths - shown)
    return found


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 0 when the site is built, 1 when something is wrong with what came in."""
    parser = argparse.ArgumentParser(prog="python -m overrides.press", description="build the site")
    parser.add_argument("--settings", type=Path, required=True)
    parser.add_argument("--keys", type=Path, required=True, help="the signed key list")
    parser.add_argument("--out", type=Path, required=True, help="folder of the site")
    parser.add_argument(
        "--reference-date", type=_day, help="a day such as 2026-11-22, instead of the settings'"
    )
    parser.add_argument("--release", action="store_true", help="refuse everything for practice")
    given = vars(parser.parse_args(arguments))
    try:
        said = build(Order(**given, today=date.today(), kept=_ROOT / "var" / "pages"))
    except SiteError as error:
        for one in error.every:
            hint = f"\nhint: {one.hint}" if one.hint else ""
            sys.stderr.write(f"site: {one}{hint}\n")
        return 1
    if given["release"]:
        sys.stdout.write("".join(f"site: {line}\n" for line in said))
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day such as 2026-11-22") from None
