"""A first-time handler's hour: only the handbook's page, a practice desk and a keyboard."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from desk.cases.book import Casebook
from desk.keeping import rehearsal
from desk.store.vault import Vault
from desk.strings import LANGUAGES, LOCALE, read
from tests.browser import first_hour
from tests.browser.desk import patient, serving
from tests.browser.first_hour import Learner, of_page
from tests.practice import desk
from tests.runbook import HANDBOOK, replaced, steps, unseen
from tests.screens import TODAY
from tests.soak import SOAK

SPOKEN = LANGUAGES if SOAK else LANGUAGES[:1]
LOCALES = {"nl": "nl-NL", "en": "en-GB"}
# What the hour leaves behind, by the place of the complaint; each began with a complaint received.
LEFT = {
    "Rotterdam": ["triaged", "identity_read", "answered", "triaged"],
    "Groningen": ["deadline_set", "answered", "noted"],
    "Amsterdam": ["referred", "bundled", "answered", "reported_back", "outcome", "closed"],
}


def prepare(folder: Path, language: str) -> dict[str, str]:
    """Make the practice desk by the commands of the page; where its folders are here."""
    places = {"/media/cases/practice": f"{folder}/desk", "/media/stick": f"{folder}/stick"}
    for step in steps(HANDBOOK / language / first_hour.PAGE):
        argv = replaced(step.command, places).split()[1:]
        done = desk(*argv, "--today", TODAY.isoformat())
        assert done.returncode == 0, done.stderr
        shown = replaced(done.stdout, {meant: name for name, meant in places.items()})
        assert unseen(step, shown) is None
    return places


@pytest.mark.parametrize("language", SPOKEN)
def test_a_first_hour_by_the_page_alone(chromium: Browser, tmp_path: Path, language: str) -> None:
    """Every step finds what the page names; the store holds what was done, and the stick what leaves."""
    places = prepare(tmp_path, language)
    begun = time.monotonic()
    with serving(Path(places["/media/cases/practice"]), "--language", language) as address:
        page = chromium.new_context(locale=LOCALES[language]).new_page()
        patient(page)
        page.goto(address)
        page.wait_for_selector("#passphrase:focus")
        learner = Learner(page, language, TODAY, places)
        learner.follow(of_page(language))
        page.context.close()
    her, took = learner.her, time.monotonic() - begun
    figures = (
        f"{len(her.presses)} presses, {her.clicks} pages, {her.tool_seconds:.1f} of {took:.1f} s"
    )
    print(f"first hour in {language}: {figures}")
    with Vault.open(tmp_path / "desk", rehearsal.HANDLER, rehearsal.WORDS) as vault:
        cases = [case for case in Casebook(vault).cases.values() if case.kind == "complaint"]
    assert {one.municipality: [e.kind for e in one.thread[1:]] for one in cases} == LEFT
    assert (tmp_path / "stick" / "board.bin").is_file()


def _ids(text: str, language: str) -> set[str]:
    """The ids under which a text stands in the words of the desk."""
    files = (LOCALE / language).glob("*.po")
    return {name for path in files for name, said in read(path).items() if said == text}


def test_both_languages_have_the_same_hour() -> None:
    """The same deeds, keys and labels in the same order: what is walked in one holds in the other."""
    pairs = list(zip(*(of_page(language) for language in LANGUAGES), strict=True))
    assert len(pairs) > 100
    for dutch, english in pairs:
        assert (dutch.verb, dutch.mark) == (english.verb, english.mark), (dutch, english)
        if dutch.mark == "kbd":
            names = [first_hour.KEYS.get(one.what, one.what) for one in (dutch, english)]
            assert names[0] == names[1], (dutch, english)
        elif dutch.mark == "bold":
            assert _ids(dutch.what, "nl") & _ids(english.what, "en"), (dutch, english)


def test_the_page_is_read_as_a_person_reads_it() -> None:
    """A verb holds for what is marked behind it, to the end of its sentence; a key wants its verb."""
    text = "1. Press <kbd>M</kbd>. You see **Inbox** and `x`. Look for **Help**: Type *the day in a week*.\n"
    found = [(one.verb, one.what) for one in first_hour.deeds(text, "en")]
    assert found == [
        ("press", "M"),
        ("see", "Inbox"),
        ("see", "x"),
        ("see", "Help"),
        ("type", "the day in a week"),
    ]
    for wrong in ("1. Then <kbd>M</kbd>.\n", "1. Press **Inbox**.\n", "1. Type *some day*.\n"):
        with pytest.raises(AssertionError):
            list(first_hour.deeds(wrong, "en"))
