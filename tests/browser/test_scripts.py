"""How text of each kind of letters breaks and stands on the smallest phone, in three engines and at twice the size.

Each engine lays a page out in a frame of 320 pixels, since not every driver can make its window as small.
"""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.browser.conftest import Opener
from tests.browser.test_layout import WIDER, letters
from tests.browser.visit import Visit
from tests.engines import Tab, wait
from tests.practice import Practice
from tests.site import SHARE
from tests.soak import SOAK

ENGINES = ("chromium", "firefox", "webkit")
NARROW = 320
READ = ("", "door/", "harm-hours/", "help/", "privacy/") if SOAK else ("door/", "harm-hours/")
_FRAME = b"<!doctype html><meta charset=utf-8><iframe id=f style='width:320px;height:640px;border:0'></iframe>"
_INSIDE = "document.getElementById('f').contentDocument"
# Where lines begin within a run of text: what stands before and behind, and what stands out of the frame.
_LINES = r"""(() => {
  const page = document.getElementById('f').contentDocument, range = page.createRange();
  const words = new Intl.Segmenter(page.documentElement.lang, {granularity: 'word'});
  const signs = new Intl.Segmenter(page.documentElement.lang);
  const found = {lines: 0, inWords: [], marks: [], wide: []};
  const closing = /[\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f\uff09\u300b\u201d\u2019]/;
  const own = /[\u0e00-\u0e7f\u3000-\u9fff]/;
  for (const part of page.querySelectorAll('main :is(p, li, h1, h2, h3, td, dt, dd, label, summary)')) {
    for (const text of part.childNodes) {
      if (text.nodeType !== 3 || !own.test(text.data) || !part.getClientRects().length) continue;
      if (part.closest('.sound, .hidden, thead')) continue;
      const starts = new Set([...words.segment(text.data)].map(({index}) => index));
      let before;
      for (const {index, segment} of signs.segment(text.data)) {
        range.setStart(text, index); range.setEnd(text, index + segment.length);
        const box = [...range.getClientRects()].pop();
        if (!box?.width || !segment.trim()) continue;
        if (box.right > 320.5 || box.left < -0.5) found.wide.push(text.data.slice(0, 30));
        if (before && box.top > before.top + before.height / 2) {
          found.lines++;
          const around = `${text.data.slice(Math.max(0, index - 9), index)}|${text.data.slice(index, index + 9)}`;
          if (!starts.has(index)) found.inWords.push(around);
          if (closing.test(segment)) found.marks.push(around);
        }
        before = box;
      }
    }
  }
  return found;
})()"""
# All steps, panels and folded parts at once.
_SHOW_ALL = """() => { for (const e of document.querySelectorAll('main [hidden]')) e.hidden = false;
  for (const e of document.querySelectorAll('main details')) e.open = true; }"""
# Boxes that hide what does not fit, and do: by more than the pixel that rounding takes.
_CLIPPED = """() => [...document.querySelectorAll('main *, .leave, .open')].filter((one) => {
  const style = getComputedStyle(one);
  return one.checkVisibility() && !one.closest('.hidden, thead, svg') && style.overflowY !== 'visible'
    && !['TEXTAREA', 'INPUT', 'SELECT'].includes(one.tagName) && one.scrollHeight > one.clientHeight + 1;
}).map((one) => one.tagName + one.className + one.innerText.slice(0, 20))"""


class _Handler(SimpleHTTPRequestHandler):
    """The built site, and one page that holds a frame."""

    def do_GET(self) -> None:
        if self.path != "/frame":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(_FRAME)))
        self.end_headers()
        self.wfile.write(_FRAME)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is said about what was asked for."""


@pytest.fixture(scope="module")
def files(practice: Practice) -> Iterator[str]:
    """Give the address of the files of the site as they are, which may be shown in a frame of the test."""
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Handler, directory=practice.site)
    ) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def laid_out(tab: Tab, path: str) -> dict[str, Any]:
    """What the page looks like in the frame."""
    tab.look(f"document.getElementById('f').src = '/{path}'")
    frame = f"{_INSIDE}?.readyState === 'complete' && {_INSIDE}.location.pathname === '/{path}'"
    wait(tab, frame)
    assert tab.look(f"{_INSIDE}.defaultView.innerWidth") == NARROW
    found: dict[str, Any] = tab.look(_LINES)
    return found


@pytest.mark.parametrize("engine", ENGINES)
def test_thai_breaks_between_words_and_chinese_before_no_closing_mark(
    opener: Opener, files: str, engine: str
) -> None:
    """Also in cells and headings; and no line is wider than the phone."""
    with opener(engine)() as tab:
        tab.open(f"{files}/frame")
        for page in READ:
            thai, chinese = (laid_out(tab, f"{language}/{page}") for language in ("th", "zh"))
            assert min(thai["lines"], chinese["lines"]) > 20, page
            assert (thai["inWords"], chinese["marks"]) == ([], []), page
            assert (thai["wide"], chinese["wide"]) == ([], []), page


@pytest.mark.parametrize("language", SHARE)
def test_nothing_is_cut_or_wider_than_a_small_phone_at_twice_the_size(
    visit: Visit, language: str
) -> None:
    """Marks above and below Thai and Arabic letters, the longest words of choices and buttons, numbers to call."""
    letters(visit, 32)
    visit.page.set_viewport_size({"width": NARROW, "height": 640})
    visit.language = language
    for path in ("help/", "write/", "answer/", "m/amsterdam/", "cards/form/"):
        visit.open(path)
        visit.page.evaluate(_SHOW_ALL)
        assert visit.page.evaluate(WIDER) == [], path
        assert visit.page.evaluate(_CLIPPED) == [], path
