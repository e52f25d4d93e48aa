"""A real Chromium and a running practice desk for every test in this folder."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import cache, partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import browsers, engines, shared, way_back
from tests.browser.elsewhere import Asked, serving
from tests.browser.reading import Boards, Reader
from tests.browser.visit import Visit
from tests.engine_starts import started
from tests.engines import Tab
from tests.practice import AWAY, Practice, make_practice, moved, practice_in, running
from tests.soak import SOAK

# A drill of half a minute, and one file in three engines: their share of `make test` are the tests of each screen, and
# `tests/test_one_file.py`.
collect_ignore = [] if SOAK else ["test_desk_drill.py", "test_one_file.py"]

# The name of an engine in, what opens a new and empty browser of it out.
Opener = Callable[[str], Callable[[], AbstractContextManager[Tab]]]


@pytest.fixture(scope="session")
def other_site() -> Iterator[tuple[str, list[Asked]]]:
    """Give another site and all that is asked of it: what came before the visit, and where the exit leads to."""
    with serving(AWAY) as served:
        yield served


@pytest.fixture(scope="session")
def elsewhere(other_site: tuple[str, list[Asked]]) -> str:
    """Give the address of the other site."""
    return other_site[0]


@pytest.fixture
def asked(other_site: tuple[str, list[Asked]]) -> list[Asked]:
    """Give what the other site was asked since the test began."""
    other_site[1].clear()
    return other_site[1]


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory, elsewhere: str) -> Practice:
    """Give a practice desk, made by the commands that a desk uses; its site leads to the other site of this worker."""
    exit_url, folder = elsewhere + "weather", tmp_path_factory.mktemp("practice")
    whole = shared.made(tmp_path_factory, "practice", lambda at: make_practice(at, exit_url))
    moved(whole, folder, exit_url)
    return practice_in(folder)


@pytest.fixture(scope="session")
def address(practice: Practice) -> Iterator[str]:
    """Give the address at which site and drop are running."""
    with running(practice) as found:
        yield found


# Of this folder, not of the session: its driver runs an event loop, which tests elsewhere start themselves.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Give a real browser; in the whole counts, and in the way back, the one with windows."""
    program = browsers.path(browsers.CHROMIUM if SOAK else browsers.SHELL)
    with sync_playwright() as playwright:
        launch = partial(playwright.chromium.launch, executable_path=program)
        with started("chromium", lambda: launch(args=browsers.ARGUMENTS)) as browser:
            yield browser


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """Give a fresh profile of a small phone."""
    made = chromium.new_context(viewport={"width": 360, "height": 640}, locale="nl-NL")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Give an empty tab."""
    return context.new_page()


@pytest.fixture
def visit(page: Page, address: str) -> Visit:
    """Give a visit that has not begun."""
    return Visit(page, address)


@pytest.fixture
def fresh(tmp_path: Path, practice: Practice) -> Practice:
    """Give the practice desk with an empty file store of its own."""
    return Practice(tmp_path, practice.secret, practice.keys, practice.site, tmp_path / "drop")


@pytest.fixture(scope="module")
def boards(practice: Practice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Boards]:
    """Give a running practice desk with a store and a board of its own."""
    desk = way_back.own_site(practice, tmp_path_factory.mktemp("boards"))
    with running(desk) as found:
        yield Boards(desk, found)


@pytest.fixture
def reader(page: Page, boards: Boards) -> Reader:
    """Give a reader who has not come to the answer page yet."""
    return Reader(page, boards.address)


@pytest.fixture(scope="package")
def opener(chromium: Browser) -> Iterator[Opener]:
    """Give what opens a browser of an engine, new and empty each time.

    Of Chromium and Firefox one runs for all of the folder, since a start costs ten times what a profile in it costs.
    """
    with ExitStack() as running:
        start = running.enter_context
        whole = cache(lambda: start(engines.running_chromium(chromium.browser_type)))
        fox = cache(lambda: start(engines.firefox()))
        own: dict[str, Callable[[], AbstractContextManager[Tab]]] = {
            "chromium": lambda: engines.tab_of(whole()),
            "firefox": lambda: fox().apart(),
            "webkit": engines.webkit,
        }
        yield own.__getitem__
