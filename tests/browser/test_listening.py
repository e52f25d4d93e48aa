"""A page to listen to in a browser: silent and light until somebody presses, then it speaks."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page

from overrides.paper import sound
from tests import printed, way_back
from tests.browser.visit import Visit
from tests.practice import Practice, running

LOADED = "document.querySelector('audio').readyState"
HEARD = """() => {
  const one = document.querySelector("audio");
  return one.readyState >= 3 && one.duration > 60 && one.currentTime > 0.2;
}"""


@pytest.fixture(scope="module")
def speaking(practice: Practice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a practice site of its own, in which one page has sound."""
    desk = way_back.own_site(practice, tmp_path_factory.mktemp("speaking"))
    site = replace(printed.editions()["es"], need=("leaving.md",))
    sound.write(site, desk.site, ["es"])
    with running(desk) as found:
        yield found


def test_nothing_is_fetched_before_a_press_and_then_it_plays(page: Page, speaking: str) -> None:
    """No request for sound while it is read; one after the press; both policies let it in."""
    visit = Visit(page, speaking, "es")
    visit.open("leaving/")
    page.locator("audio").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    assert page.evaluate(LOADED) == 0
    assert not [one for one in visit.requests if ".mp3" in one.url]
    page.locator("audio").click(position={"x": 20, "y": 27})
    page.wait_for_function(HEARD)
    asked = {one.url for one in visit.requests if ".mp3" in one.url}
    assert asked == {f"{speaking}/es/sound/leaving.mp3"}
    assert visit.troubles == []
    page.set_viewport_size({"width": 240, "height": 640})  # as at a large zoom
    assert page.evaluate("document.querySelector('audio').getBoundingClientRect().right") <= 240


def test_another_page_lets_no_sound_in(page: Page, speaking: str) -> None:
    """What its meta does not name is refused, though the header of every page for reading lets it in."""
    visit = Visit(page, speaking, "es")
    visit.open("privacy/")
    page.evaluate(
        "document.body.append(Object.assign(new Audio('/es/sound/leaving.mp3'), {preload: 'auto'}))"
    )
    page.wait_for_function("() => document.querySelector('audio').error")
    assert any("media-src" in one or "default-src" in one for one in visit.troubles)
