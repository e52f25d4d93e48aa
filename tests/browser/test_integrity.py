"""A script or style that is not the one the page names: no engine runs it, and the form says what to do.

A worker and an `import` have no such attribute in HTML: they lie in the folder that the page names, and no test here
says that a browser would notice another one there.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import old_engines
from tests.browser.conftest import Opener
from tests.engines import Tab, wait
from tests.practice import Practice, running
from tests.site import SHARE
from tests.soak import SOAK
from tests.way_back import forget_sums, own_site

ENGINES = ("chromium", "firefox", "webkit", 92)
FORMS = ("write/", "answer/")
FIELDS = ("places/", "search/")
_RAN = b"globalThis.another = true;"
_STYLE = b"body{outline:1px dashed}"
_HAS_RUN = "globalThis.another === true"
_IS_STYLED = "getComputedStyle(document.body).outlineStyle === 'dashed'"
_SHOWN = "[...document.querySelectorAll('[data-panel]')].filter((e) => !e.hidden).map((e) => e.id).join()"


@dataclass(frozen=True)
class Changed:
    """Two addresses of one site whose scripts and styles are others than its pages name; one names nothing."""

    checked: str
    unchecked: str


@pytest.fixture(scope="module")
def changed(practice: Practice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changed]:
    """Serve both. Everything is put into new files: those of the practice desk are the same on disk."""
    folders = [tmp_path_factory.mktemp(name) for name in ("checked", "unchecked")]
    desks = [own_site(practice, folder) for folder in folders]
    for desk in desks:
        for path in desk.site.glob("assets/*/*"):
            more = {".js": _RAN, ".css": _STYLE}.get(path.suffix, b"")
            _anew(path, path.read_bytes() + more)
    forget_sums(desks[1].site)
    with running(desks[0]) as checked, running(desks[1]) as unchecked:
        yield Changed(checked, unchecked)


def _anew(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def opened(opener: Opener, engine: str | int) -> AbstractContextManager[Tab]:
    """An engine of today by name, or an old Chromium by version."""
    return old_engines.chromium(engine) if isinstance(engine, int) else opener(engine)()


@pytest.mark.parametrize("engine", ENGINES if SOAK else ENGINES[:2])
def test_what_was_changed_on_the_way_neither_runs_nor_paints(
    opener: Opener, changed: Changed, engine: str | int
) -> None:
    """Where a page names nothing the same files run, so it is the name that keeps them out.

    A form says what it says where scripts are off: that nothing can be sent from here, and the other ways.
    """
    with opened(opener, engine) as tab:
        for page in ("door/", *FORMS, *FIELDS):
            tab.open(f"{changed.unchecked}/{SHARE[0]}/{page}")
            wait(tab, f"{_HAS_RUN} && {_IS_STYLED}")
            tab.open(f"{changed.checked}/{SHARE[0]}/{page}")
            assert not tab.look(f"{_HAS_RUN} || {_IS_STYLED}"), page
            assert tab.look("document.querySelector('a#leave').href.startsWith('http')")
            assert tab.look("document.querySelector('main').innerText.length > 100"), page
            if page in FORMS:
                assert tab.look(_SHOWN) == "no-script", page
                assert tab.look(
                    "document.querySelector('#no-script .other-ways li').offsetHeight > 0"
                )
