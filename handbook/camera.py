"""One tab that does what a record says, and takes its picture: steps and marks in, PNG out.

Comes in: a record of pictures.yml and a running screen. Goes out: the pixels of the part that it names, with numbered
marks. It refuses a record whose element is not there, or is hidden: such a picture would show something else.
"""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, TimeoutError

from desk.loopback.presses import SETTLE_SECONDS
from handbook.records import Picture, Said, Step, Unlike

WAIT_MS = 60_000  # for a page or an element
SHOWN = "/media/stick"  # the folder that stands in a picture
GIVEN = " := "  # between an element, and what is written, chosen or marked there
_ROOM = 17  # pixels around a mark, for its number
# A desk takes no press in the first moment of a page.
_STOOD = f"""() => document.readyState === 'complete'
  && performance.now() > performance.getEntriesByType('navigation')[0].responseEnd + {SETTLE_SECONDS * 1_000 + 50}"""
# A browser gives the cursor to whom the page wants, once, and late if it is busy; where nobody gets it, time is enough.
_SETTLED = """() => window.settled ||= document.readyState === 'complete' && (document.activeElement !== document.body
  || !document.querySelector('[autofocus]')
  || performance.now() > performance.getEntriesByType('navigation')[0].responseEnd + 5000)"""
# Where an element is on the page: left, top, right, bottom; of several, around all; of a text, around its words.
_BOX = """([path, text]) => {
  const found = [...document.querySelectorAll(path)];
  const words = element => {
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const at = walk.currentNode.data.indexOf(text);
      if (at < 0) continue;
      const range = new Range();
      range.setStart(walk.currentNode, at);
      range.setEnd(walk.currentNode, at + text.length);
      return range;
    }
  };
  const boxes = (text ? found.map(words).filter(Boolean) : found).map(one => one.getBoundingClientRect());
  if (boxes.every(box => box.width * box.height === 0)) return null;
  const most = (pick, side) => Math[pick](...boxes.map(box => box[side]));
  return [most('min', 'left') + scrollX, most('min', 'top') + scrollY,
    most('max', 'right') + scrollX, most('max', 'bottom') + scrollY];
}"""
_DRAW = """([boxes, real, shown]) => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) walk.currentNode.data = walk.currentNode.data.replaceAll(real, shown);
  for (const field of document.querySelectorAll('input[type=text]')) field.value = field.value.replaceAll(real, shown);
  const layer = document.createElement('div');
  const put = (x, y, style, text) => {
    const one = document.createElement('div');
    Object.assign(one.style, { position: 'absolute', left: `${x}px`, top: `${y}px`, boxSizing: 'border-box',
      zIndex: 99, ...style });
    one.textContent = text;
    layer.append(one);
  };
  for (const [left, top, right, bottom] of boxes) {
    put(left - 4, top - 4, { width: `${right - left + 8}px`, height: `${bottom - top + 8}px`,
      border: '2px solid #b3005e', borderRadius: '4px' }, '');
  }
  boxes.forEach(([left, top], i) => {
    put(Math.max(left - 15, 0), Math.max(top - 15, 0), { width: '22px', height: '22px', borderRadius: '50%',
      background: '#b3005e', color: '#fff', font: 'bold 14px/22px sans-serif', textAlign: 'center' }, String(i + 1));
  });
  document.body.append(layer);
}"""
_DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_WIPE = "() => document.body.lastElementChild.remove()"
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Camera:
    """A tab in one language, on the desk or the site."""

    page: Page
    language: str
    address: str  # without the token
    stick: Path

    def _said(self, about: Said) -> tuple[str, str]:
        """The element, and what is given for it, in the language of the tab."""
        text = about if isinstance(about, str) else about[self.language]
        where, _, given = text.partition(GIVEN)
        return where, given.replace(SHOWN, str(self.stick))

    def _do(self, step: Step, name: str) -> None:
        where, given = self._said(step[1])
        try:
            self._act(step[0], where, given)
        except TimeoutError:
            raise Unlike(f"picture {name}: there is nothing to {step[0]}: {where}") from None

    def _act(self, verb: str, where: str, given: str) -> None:
        page = self.page
        if verb == "open":
            page.goto(f"{self.address}{where}")
            return
        one = page.locator(where).first
        match verb:
            case "press":
                one.wait_for()
                if one.evaluate("one => one.matches('button')"):
                    page.wait_for_function(_STOOD)
                one.click()
            case "write":
                self._settle()
                one.fill(given)
                one.blur()  # no cursor, and no part of a day chosen
            case "choose":
                one.select_option(given)
            case "see":
                one.wait_for()
            case _:
                raise Unlike(f"there is no step called {verb}")

    def _settle(self) -> None:
        """Wait for the cursor of the page, which would come back after it was taken away."""
        self.page.wait_for_function(_SETTLED)

    def _box(self, about: Said, name: str) -> Box:
        where, given = self._said(about)
        try:
            self.page.locator(where).first.wait_for()
            found: list[float] | None = self.page.evaluate(_BOX, [where, given])
        except TimeoutError:
            found = None
        if found is None:
            raise Unlike(f"picture {name}: not on the screen: {where} {given}".rstrip())
        return found[0], found[1], found[2], found[3]

    def take(self, record: Picture) -> bytes:
        """Do its steps and take its picture. Afterwards the tab is as it was."""
        for step in record.steps:
            self._do(step, record.name)
        self._settle()
        self.page.mouse.move(0, 0)  # nothing is pointed at
        self.page.evaluate(_DRAWN)
        crop = [self._box(about, record.name) for about in record.crop]
        marks = [self._box(about, record.name) for about in record.marks]
        self.page.evaluate(_DRAW, [marks, str(self.stick), SHOWN])
        picture = self.page.screenshot(full_page=True, clip=self._clip(crop, marks))  # type: ignore[arg-type]
        self.page.evaluate(_WIPE)
        return picture

    def _clip(self, crop: list[Box], marks: list[Box]) -> dict[str, float]:
        """Around all of it, and the numbers, within the window."""
        wide = [(one[0] - _ROOM, one[1] - _ROOM, one[2] + 6, one[3] + 6) for one in marks]
        left, top = (max(0, min(box[side] for box in [*crop, *wide])) for side in (0, 1))
        right, bottom = (max(box[side] for box in [*crop, *wide]) for side in (2, 3))
        size = self.page.viewport_size
        width = min(right, size["width"] if size else right) - left
        return {"x": left, "y": top, "width": width, "height": bottom - top}
