"""Everything that stops a build before a page is made (step 1): settings, keys, strings, facts and pages
in; all refusals at once, or what they add up to.

The clock comes in from outside, and only a release looks at it. It writes nothing.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from overrides.facts import data, days, directory, front_matter, promises
from overrides.facts.data import Data
from overrides.facts.days import Dated
from overrides.facts.front_matter import Facts
from overrides.frame import contacts, edition, keylist, settings, translation
from overrides.frame.edition import ROOM, Edition, Job
from overrides.frame.keylist import KeyList
from overrides.frame.settings import Settings
from overrides.pages import fields
from overrides.press import opening, pin
from overrides.words import locales
from overrides.words.errors import Gathered, SiteError
from overrides.words.strings import Strings

_MANY = 5  # of more days that are too late than these, only the newest is named


@dataclass(frozen=True)
class Checked:
    """What a build is made of. `pages` holds language, file name and front matter of each page."""

    edition: Edition
    facts: Data
    pages: tuple[tuple[str, str, Facts], ...]

    def aging(self) -> str:
        """What to say of contacts that should be tried again, a line and a hint for each."""
        day = self.edition.settings.reference_date
        old = directory.aging(self.facts.organisations, day)
        lines = (
            f"site: the contact of {name} was tried long ago\nhint: try it again\n" for name in old
        )
        return "".join(lines)


def check(job: Job, *, release_on: date | None = None) -> Checked:
    """Look at everything; `release_on` is today for a release, None for a practice build."""
    gathered = Gathered()
    docs = Path(job.docs)
    languages: tuple[str, ...] = ()
    with gathered.part():
        languages = tuple(locales.languages(Path(job.config)))
        edition.refuse_folders(docs, languages)
    with gathered.part():
        translation.refuse_need(Path(job.config), docs)
    strings: dict[str, Strings] = {}
    if languages:
        with gathered.part():
            strings = locales.load_all(Path(job.locale), Path(job.config))
    behind = Gathered()  # what is wrong with settings and keys is told behind the facts
    raw, day = _settings(job, behind, languages, release=release_on is not None)
    with ThreadPoolExecutor(
        1
    ) as beside:  # another process verifies the keys; the facts take as long
        chosen = _chosen(raw, day)
        verifying = beside.submit(_keys, Path(job.keys), chosen, behind, release_on)
        facts = _facts(docs / "data", gathered)
        found = tuple(pages(docs, languages, gathered))
        keys = verifying.result()
    gathered.found += behind.found
    if day and facts:
        gathered.found += _late([*_dated(docs, languages), *contacts.tried(raw)], day)
        with gathered.part():
            directory.aging(facts.organisations, day)
    if day and release_on:
        gathered.found += [*_release(day, release_on, keys), *contacts.aged(raw, day)]
    if facts and release_on:
        texts = [language for language, t in strings.items() if not t.is_checked]
        gathered.found += opening.refusals(
            opening.tasks(found, facts.organisations.values(), raw, texts=texts)
        )
    gathered.refuse()
    if facts is None or keys is None:
        raise SiteError("the facts or the keys cannot be read")  # never without a refusal above
    return Checked(replace(edition.load(job, strings), keys=keys), facts, found)


def _facts(folder: Path, gathered: Gathered) -> Data | None:
    found = None
    with gathered.part():
        found = data.load(folder)
    with gathered.part():
        fields.load(folder)
    with gathered.part():
        promised = promises.load(folder / "promises.yml")
        gathered.found += promises.unheld(promised, ROOM.parent / "tests")
    return found


def pages(
    docs: Path, languages: tuple[str, ...], gathered: Gathered
) -> Iterator[tuple[str, str, Facts]]:
    """Language, file name and front matter of every page that somebody wrote."""
    for language in languages:
        for path in sorted((docs / language).glob("*.md")):
            with gathered.part():
                name = f"{language}/{path.name}"
                facts = front_matter.parse(name, front_matter.read(path))
                translation.refuse_origin(language, path.name, facts)
                yield language, path.name, facts


def _settings(
    job: Job, gathered: Gathered, languages: tuple[str, ...], *, release: bool
) -> tuple[object, date | None]:
    """Refuse what is wrong in the settings; what they held, and the day that the build counts as."""
    raw: object = None
    with gathered.part():
        raw = settings.read(Path(job.settings))
        gathered.found += settings.refusals(raw, release=release)
        settings.refuse_other_languages(raw, languages)
    named = raw.get("reference_date") if isinstance(raw, dict) else None
    if job.reference_date:
        return raw, date.fromisoformat(job.reference_date)
    return raw, named if type(named) is date else None


def _keys(
    path: Path, chosen: Settings | None, gathered: Gathered, release_on: date | None
) -> KeyList | None:
    """The list, verified with the pin of the settings; without settings only its shape is known."""
    found = None
    with gathered.part():
        found = pin.checked(path, chosen) if chosen else keylist.load(path)
        if release_on and (chosen is None or chosen.practice):
            pin.refuse_mixed(found, path.name, practice=False)
        if release_on:
            pin.refuse_ahead(found, release_on, path.name)
    return found


def _chosen(raw: object, day: date | None) -> Settings | None:
    """The settings, if nothing is wrong with them; what is wrong was said."""
    if day is None or settings.refusals(raw):
        return None
    return replace(settings.parse(raw), reference_date=day)


def _late(dated: list[Dated], day: date) -> list[SiteError]:
    """Facts from a day after the one that the build counts as."""
    late = [one for one in dated if one.is_later_than(day)]
    if len(late) <= _MANY:
        return [one.refusal(day) for one in late]
    newest = max(late, key=lambda one: one.first)
    return [
        SiteError(
            f"the reference date {day} is older than {len(late)} days in the facts and pages",
            f"set reference_date: {newest.day} or later; {newest.where} names that day",
        )
    ]


def _dated(docs: Path, languages: tuple[str, ...]) -> list[Dated]:
    return [*days.of_data(docs / "data"), *days.of_pages(docs, languages)]


def _good_key(keys: KeyList, day: date, today: date) -> str:
    """What to do where no key is good on a day: move the day to a key that is there, or make one."""
    begun = [first for first, last in keys.intake_days if day < first <= today <= last]
    if begun:
        return f"set reference_date: {min(begun)} or later, up to today, {today}"
    return "make the key of this quarter with `desk key new intake`, then `desk key publish`"


def _release(day: date, today: date, keys: KeyList | None) -> Iterator[SiteError]:
    if day > today:
        hint = f"set reference_date: {today} or earlier; if that is not today, correct the clock"
        yield SiteError(f"the reference date {day} is later than today, {today}", hint)
    if keys and not any(first <= day <= last for first, last in keys.intake_days):
        hint = _good_key(keys, day, today)
        yield SiteError(f"no intake key in the list is good on the reference date {day}", hint)
