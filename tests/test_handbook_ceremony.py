"""From the handbook alone: keys are made, a laptop is lost, and a store is restored, at a terminal.

What is typed stands on handlers/keys.md, which shows `keys/README.md` in its language, and on the page for the bad
day. The steps of the whole page of keys are followed in `test_ceremony_walk`; here is one bad day from its beginning.
"""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.keeping import holdings
from desk.store.vault import Vault
from desk.wire import keylist
from tests import runbook
from tests import test_ceremony_walk as page
from tests.ceremony import ROOT, opened
from tests.runbook import HANDBOOK, LANGUAGES
from tests.soak import SOAK
from tests.test_ceremony_walk import Step, Walk

CEREMONY, READING, LOSS = date(2026, 12, 1), date(2027, 2, 10), date(2027, 2, 20)
LOST, RESTORE = "A laptop is lost", "Restore"
PARTS = {  # of the page of keys: the day on which each is followed
    "The ceremony": CEREMONY,
    "Publish the key list": CEREMONY,
    "Read complaints": READING,
}
CANARY = "desk canary watch"  # only where the computer with a network was lost, and on a third one


def source(language: str) -> Path:
    """The text that the handbook's page of keys shows below its own."""
    text = (HANDBOOK / language / "handlers/keys.md").read_text("utf-8")
    found = re.search(r"(?m)^source: (\S+)$", text)
    assert found is not None
    return ROOT / found[1]


def bad_day(language: str) -> list[Step]:
    """What the page for a lost laptop says to type, in its order; what each shows stands on the page of keys."""
    text = (HANDBOOK / language / "operators/runbooks/laptop-lost.md").read_text("utf-8")
    typed = re.findall(r"`(desk [^`]+)`", text.split("\n## ")[1])
    shows = {
        step.command.removesuffix(" --language en"): step.shows
        for step in page.steps(language)
        if step.heading in (LOST, RESTORE)
    }
    return [Step(LOST, line, shows.get(line, ())) for line in typed if not line.startswith(CANARY)]


def loose(line: str) -> str:
    """A count of files or events is that of the cases of the page; faults are none in both."""
    return re.sub(r"\b(files|events|keys): \d+", r"\1: ...", line)


def seen(walk: Walk, step: Step) -> None:
    """Type a step, and find under it what the page shows."""
    if walk.language == "en" and step.heading == LOST and step.command.startswith("desk handler"):
        step = Step(step.heading, f"{step.command} --language en", step.shows)
    shown = walk.follow(step)
    told = tuple(map(loose, step.shows))
    assert runbook.unseen(runbook.Step(step.heading, shows=told), shown) is None, shown


@pytest.fixture(scope="module", params=LANGUAGES if SOAK else LANGUAGES[1:])
def walk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Make keys and a store, read complaints; then the laptop is gone, and the store restored."""
    days = PARTS | {LOST: LOSS, RESTORE: LOSS}
    walk = Walk(tmp_path_factory.mktemp("media"), request.param, days=days)
    for name in ("keys", "cases", "copy", "stick", "print", "bucket"):
        (walk.media / name).mkdir(mode=0o700)
    assert source(walk.language) == page.PAGES[walk.language]
    heading = ""
    for step in (one for one in page.steps(walk.language) if one.heading in PARTS):
        if step.heading != heading:
            heading = step.heading
            walk.rest(heading)
        if step.command.startswith("desk fetch"):
            page.seal_around(walk.media, READING)
        if not step.command.startswith("desk open"):  # which shows one complaint without a store
            seen(walk, step)
    for step in bad_day(walk.language):
        seen(walk, step)
    return walk


def key_ids(vault: Vault) -> set[str]:
    """The keys that lie in a store."""
    return {key.id for key in holdings.of(vault).keys.values()}


def test_the_page_for_the_bad_day_goes_from_new_words_to_a_second_copy() -> None:
    """Six commands, the same in both languages, all of the handbook."""
    english, dutch = ([step.command for step in bad_day(language)] for language in LANGUAGES)
    assert english == dutch
    verbs = [re.sub(r"^desk ((?:key |handler )?\w+).*", r"\1", command) for command in english]
    assert verbs == [
        *("handler lost", "key rotate", "key keep", "key publish", "restore", "backup")
    ]


def test_every_complaint_is_in_the_restored_store_and_in_its_copy(walk: Walk) -> None:
    """Both handlers open both of them, whose laptop it was with the new words."""
    for place in ("cases/restored", "copy/store"):
        for name in ("anna", "bram"):
            with opened(walk.media / place, name, walk.words[name]) as vault:
                assert len(Casebook(vault).cases) == 21
                assert set(walk.intake) <= key_ids(vault)


def test_the_words_that_were_with_the_laptop_open_nothing_that_is_used_now(walk: Walk) -> None:
    """They open the copy that is lost, which is why it counts as read; and nothing after it."""
    assert walk.lost_words.keys() == {"bram"}
    for place in ("copy/store", "cases/restored"):
        assert page.refused(walk.media / place, "bram", walk.lost_words["bram"])
    with opened(walk.media / "cases/store", "bram", walk.lost_words["bram"]) as lost:
        assert set(walk.intake) & key_ids(lost) == {walk.intake[0]}


def test_what_is_written_from_that_day_on_is_sealed_to_a_key_that_was_not_on_the_laptop(
    walk: Walk,
) -> None:
    """The list that was published holds the new key from the day of the loss."""
    listed = page.published(walk.media)
    picked = [
        keylist.pick(listed, today=day, built=CEREMONY) for day in (LOSS - timedelta(1), LOSS)
    ]
    assert [one.id for one in picked if one] == walk.intake


def test_the_paper_of_the_loss_is_there_in_the_language_of_the_page(walk: Walk) -> None:
    """To go through line by line, and to sign."""
    (paper,) = walk.printed("lost-bram-*")
    assert paper.name == f"lost-bram-{LOSS}.txt"
    heads = {"en": "A LAPTOP IS LOST", "nl": "EEN LAPTOP IS KWIJT"}
    assert heads[walk.language] in paper.read_text("utf-8")
