"""One page of every kind, in both directions of writing, light and dark, in Chromium.

All rules of axe, and what axe does not look at.
"""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import rules, seeing
from tests.browser.visit import Visit
from tests.site import LANGUAGES
from tests.soak import SOAK

# In no language; first; with sentences to say; of need; finders; from data, with rules and without; cards; letters; not
# translated; list of helpers; with holes; tables; the two that seal; the file to keep.
ALONE = ("", "404.html")
KINDS = (
    "",
    "door/",
    "choices/",
    "harm-hours/",
    "places/",
    "places/h/",
    "search/",
    "m/tilburg/",
    "m/urk/",
    "home-work/",
    "cards/",
    "cards/form/",
    "cards/poster/",
    "letters/",
    "law/",
    "help/",
    "about/",
    "accessibility/",
    "data/",
    "privacy/",
    "leaving/",
    "write/",
    "answer/",
    "info.html",
)
SCHEMES = ("light", "dark")
CHOSEN = LANGUAGES if SOAK else ("nl", "ar")
PATHS = [*ALONE, *(f"{language}/{kind}" for language in CHOSEN for kind in KINDS)]
# The rules are half of the time: in a share they are held against each kind once, in one direction or the other.
OTHERS = {f"{language}/{kind}" for at, language in enumerate(("nl", "ar")) for kind in KINDS[at::2]}
# A share looks at every kind in each direction, once light and once dark.
LOOKS = [
    (path, scheme)
    for path in PATHS
    for scheme in SCHEMES
    if SOAK or (scheme == "dark") == path.startswith("ar/")
]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_kind_of_page_breaks_a_rule(chromium: Browser, address: str, scheme: str) -> None:
    """Of any impact; in forced colours everything has its edge, at 320 pixels nothing is cut off."""
    context = chromium.new_context(viewport={"width": 360, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
    visit = Visit(context.new_page(), address)
    found = {}
    for path in [path for path, wanted in LOOKS if wanted == scheme]:
        visit.page.goto(f"{address}/{path}")
        looks = [seeing.small, seeing.cut, seeing.unseen]
        if SOAK or path not in OTHERS:
            looks.append(rules.violations)
        found[path] = [one for look in looks for one in look(visit.page)]
    context.close()
    assert len(found) >= len(KINDS)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_who_asks_for_less_motion_sees_no_bar_that_moves(visit: Visit) -> None:
    """While a code is worked on nobody knows how long it takes: words say so, and the bar stays away."""
    page = visit.page
    visit.open("answer/")
    expect(page.locator("#look")).to_be_visible()
    bar = page.locator("#fetched")
    bar.evaluate("one => { one.hidden = false; one.removeAttribute('value'); }")
    shown = []
    for wanted in ("no-preference", "reduce"):
        page.emulate_media(reduced_motion=wanted)  # type: ignore[arg-type]
        shown.append(bar.is_visible())
    bar.evaluate("one => { one.value = 0.5; }")
    assert (shown, bar.is_visible()) == ([True, False], True)


def test_the_file_to_keep_fits_where_words_are_long(visit: Visit) -> None:
    """In Polish the word beside a number is the longest of all: it breaks, and pushes nothing off a small screen."""
    visit.page.goto(f"{visit.address}/pl/info.html")
    assert seeing.cut(visit.page) == []
