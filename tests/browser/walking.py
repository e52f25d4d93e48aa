"""Somebody without a mouse: Tab, Shift and Tab, Space, Enter, arrows and letters, in any engine, and what she sees.

At each stop the page is measured: whether the focus is seen, whether anything lies over it, how it differs from its
ground. Nothing here gives the focus to anything.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.engines import Tab

# Names of keys as WebDriver writes them; one letter stands for itself.
_WIRE = {
    "Tab": "\ue004",
    "Shift": "\ue008",
    "Enter": "\ue007",
    "Space": " ",
    "ArrowDown": "\ue015",
    "Control": "\ue009",
}
# WCAG 2.4.7, 2.4.11, 1.4.11: an outline of two pixels or more that differs 3 : 1 from what it stands on, and not all
# of three points of the box lie under something else. Gives the problems, the name of the stop and its place.
STOP = """(() => {
  const one = document.activeElement;
  if (!one || one === document.body) return {name: '', problems: [], place: -1};
  const label = one.labels?.[0];
  const box = (one.matches('.drawer') ? document.querySelector('.open') : one).getBoundingClientRect();
  const ringed = one.matches('.drawer') ? document.querySelector('.open') : one;
  const style = getComputedStyle(ringed);
  const problems = [];
  const parts = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (colour) => { const [r, g, b] = parts(colour).slice(0, 3).map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  let ground = ringed.parentElement;
  while (ground && (parts(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
  const below = ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)';
  const [a, b] = [style.outlineColor, below].map(light);
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const isHeading = one.tabIndex < 0;
  if (!isHeading && (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)) problems.push('no outline');
  else if (!isHeading && contrast < 3) problems.push(`outline ${contrast.toFixed(2)} : 1`);
  const room = [[box.left, box.right], [box.top, box.bottom]].map(([from, to], i) =>
    [Math.max(from, 0), Math.min(to, i ? innerHeight : innerWidth)]);
  const points = [0.05, 0.5, 0.95].map((share) => room.map(([from, to]) => from + share * (to - from)));
  const isFree = ([x, y]) => { const at = document.elementFromPoint(x, y);
    return at && (ringed.contains(at) || at.contains(ringed) || at === one || at === label || label?.contains(at)); };
  if (room.some(([from, to]) => to <= from)) problems.push('out of view');
  else if (!points.some(isFree)) problems.push(`under ${document.elementFromPoint(...points[1])?.className}`);
  const place = [...document.querySelectorAll('*')].indexOf(one);
  return {name: one.id || one.className || one.tagName, problems, place};
})()"""


def keys(tab: Any) -> Callable[[str], None]:
    """What presses a key, or keys held together (`Shift+Tab`), in the tab of either engine."""
    if hasattr(tab, "page"):
        return lambda name: tab.page.keyboard.press(name)

    def press(name: str) -> None:
        held = [_WIRE.get(one, one) for one in name.split("+")]
        down = [{"type": "keyDown", "value": one} for one in held]
        tab._act("key", [*down, *({"type": "keyUp", "value": one} for one in reversed(held))])

    return press


def narrow(tab: Any) -> None:
    """Make the tab as large as a small phone, where the menu is a drawer."""
    size = {"width": 360, "height": 640}
    if hasattr(tab, "page"):
        tab.page.set_viewport_size(size)
    else:
        tab.ask("browsingContext.setViewport", context=tab.context, viewport=size)


@dataclass
class Walker:
    """Keys go in; every stop and every problem is noted."""

    tab: Tab
    stops: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def press(self, *names: str) -> None:
        """Press keys one after the other."""
        for name in names:
            keys(self.tab)(name)

    def type(self, text: str) -> None:
        """Press the key of each letter."""
        self.press(*("Space" if letter == " " else letter for letter in text))

    def at(self) -> str:
        """Where the focus is, once it is noted what is wrong there."""
        found: dict[str, Any] = self.tab.look(STOP)
        self.stops.append(found["name"])
        self.places.append(found["place"])
        self.problems += [f"{found['name']}: {one}" for one in found["problems"]]
        return str(found["name"])

    def go(self, name: str, key: str = "Tab", most: int = 60) -> list[str]:
        """Press a key until the focus is there; the stops on the way, itself included.

        They follow the order of the page, or go against it with Shift.
        """
        begun = len(self.stops)
        for _ in range(most):
            self.press(key)
            if self.at() == name:
                break
        else:
            raise AssertionError(f"no way by {key} to {name}: {self.stops[begun:]}")
        places = self.places[begun:]
        assert places == sorted(places, reverse="Shift" in key), self.stops[begun:]
        return self.stops[begun:]
