"""What a screen reader is given of a page, as Chromium's accessibility tree has it: lines that a person can read.

One line for each thing in its order: role, name, state, and what is told besides. Things that hold others stand
before them, which are indented. What differs each time (code, fingerprints, days) is named instead.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from playwright.sync_api import Page

# Roles whose name is all that is heard of them: what stands inside makes the name.
_WHOLE = {
    "heading",
    "link",
    "button",
    "checkbox",
    "radio",
    "textbox",
    "combobox",
    "DisclosureTriangle",
    "progressbar",
    "option",
}
_HOLDING = {
    "banner",
    "navigation",
    "main",
    "contentinfo",
    "complementary",
    "form",
    "group",
    "radiogroup",
    "list",
    "DescriptionList",
    "alert",
    "status",
    "article",
    "region",
    "blockquote",
}
_UNHEARD = {"generic", "none", "LabelText"}
_NAMES = {
    "DisclosureTriangle": "summary",
    "DescriptionList": "description list",
    "contentinfo": "footer",
}
_STATES = ("checked", "expanded", "invalid", "required", "busy", "readonly", "disabled")
_OTHER_EACH_TIME = (
    (re.compile(r"\b\d{4}( ?\d{4}){5}\b"), "(code)"),
    (re.compile(r"\b[0-9a-f]{4}( [0-9a-f]{4}){3,}\b"), "(fingerprint)"),
    (re.compile(r"(?:x ?){4,}"), "(what was written)"),
)
_ISOLATES = re.compile("[\u2066-\u2069]")
_PANEL = "[data-panel]:not([hidden])"
Node = dict[str, Any]


@dataclass
class Tree:
    """One reading of the tree of a page."""

    nodes: dict[str, Node]
    panel: int  # as the browser numbers it, 0 where there is none

    @classmethod
    def of(cls, page: Page) -> "Tree":
        """Ask Chromium for it."""
        wire = page.context.new_cdp_session(page)
        found = wire.send("Accessibility.getFullAXTree")["nodes"]
        top = wire.send("DOM.getDocument")["root"]["nodeId"]
        asked = {"nodeId": top, "selector": _PANEL}
        node = wire.send("DOM.querySelector", asked)["nodeId"]
        panel = (
            wire.send("DOM.describeNode", {"nodeId": node})["node"]["backendNodeId"] if node else 0
        )
        wire.detach()
        return cls({node["nodeId"]: node for node in found}, panel)

    def children(self, node: Node, of_label: bool = False) -> Iterator[Node]:
        """What stands inside, through everything that no reader hears of; words that a control is named by once."""
        for key in node.get("childIds", ()):
            child = self.nodes[key]
            role = _role(child)
            if role == "Legend" or (of_label and role == "StaticText" and not child["ignored"]):
                continue
            if child["ignored"] or role in _UNHEARD:
                yield from self.children(child, of_label or self._is_around_a_control(child))
            else:
                yield child

    def _is_around_a_control(self, node: Node) -> bool:
        return _role(node) == "LabelText" and any(
            _role(inner) in _WHOLE for inner in self.children(node)
        )

    def heard(self, node: Node, depth: int = 0) -> list[str]:
        """The lines of a node and of all inside it; words that follow each other are one line."""
        role = _role(node)
        if role in _WHOLE:
            return [_line(node, depth)]
        begins = [_line(node, depth)] if role in _HOLDING else []
        below = depth + (role in _HOLDING)
        for is_text, group in groupby(self.children(node), lambda one: _role(one) == "StaticText"):
            if is_text:
                words = " ".join(filter(None, map(_text, group)))
                begins += [f'{"  " * below}text "{_named(words)}"'] if words else []
            else:
                begins += [line for child in group for line in self.heard(child, below)]
        return begins

    def of_panel(self) -> list[str]:
        """What stands in the part of the page that is in view; the whole page, where a cover lies over it."""
        found = [one for one in self.nodes.values() if one.get("backendDOMNodeId") == self.panel]
        return self.heard(found[0]) if found else self.of_page()

    def of_page(self) -> list[str]:
        """All of it, from the first link to the foot."""
        (root,) = (node for node in self.nodes.values() if "parentId" not in node)
        return self.heard(root)

    def focus(self) -> str:
        """What has the focus."""
        found = [node for node in self.nodes.values() if _is(node, "focused")]
        return _line(found[-1], 0) if found and _role(found[-1]) != "RootWebArea" else "the page"

    def live(self) -> dict[str, str]:
        """What each live region holds, by its own id: it is said when it changes, without anybody going there."""
        regions = [
            node for node in self.nodes.values() if _is(node, "live") and not node["ignored"]
        ]
        tops = [one for one in regions if _role(one) in ("alert", "status", "log")]
        return {str(one["backendDOMNodeId"]): " / ".join(self._words(one)) for one in tops}

    def _words(self, node: Node) -> list[str]:
        """What stands in quotes in its lines."""
        return [word for line in self.heard(node) for word in re.findall(r'"(.*)"', line)]


def _is(node: Node, name: str) -> bool:
    values = [
        one["value"].get("value") for one in node.get("properties", ()) if one["name"] == name
    ]
    return any(value not in (False, "false", "off", None) for value in values)


def _named(line: str) -> str:
    """Without what is another each time, nor more than the beginning of what a test wrote."""
    for pattern, name in _OTHER_EACH_TIME:
        line = pattern.sub(name, line)
    return line


def _role(node: Node) -> str:
    return str(node.get("role", {}).get("value", ""))


def _text(node: Node) -> str:
    return " ".join(_ISOLATES.sub("", str(node.get("name", {}).get("value", ""))).split())


def _line(node: Node, depth: int) -> str:
    role = _role(node)
    found = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    said = [_NAMES.get(role, role)]
    if "level" in found and role == "heading":
        said.append(str(found["level"]))
    if _text(node):
        said.append(f'"{_text(node)}"')
    states = [name for name in _STATES if found.get(name) not in (None, False, "false")]
    states += [
        f"not {name}" for name in ("checked", "expanded") if found.get(name) in (False, "false")
    ]
    value = str(node.get("value", {}).get("value", ""))
    if value and role != "heading":
        states.append(f"holds {value}")
    if states:
        said.append(f"[{', '.join(states)}]")
    told = " ".join(str(node.get("description", {}).get("value", "")).split())
    if told:
        said.append(f"({told})")
    return "  " * depth + _named(" ".join(said))


@dataclass
class Listener:
    """Writes down a page state by state: where the focus is, what is said by itself, and what stands there.

    Of a state that another became, what is new (+) and what is gone (-).
    """

    lines: list[str] = field(default_factory=list)
    _before: list[str] = field(default_factory=list)
    _live: dict[str, str] = field(default_factory=dict)

    def note(self, page: Page, name: str) -> None:
        """Add a state; the names of all but the whole page are those of `states`."""
        tree = Tree.of(page)
        found = tree.of_page() if name.startswith("the whole page") else tree.of_panel()
        live = tree.live()
        said = [text for key, text in live.items() if text and text != self._live.get(key)]
        self.lines += [
            "",
            f"== {name}",
            f"focus: {tree.focus()}",
            *(f"says: {one}" for one in said),
        ]
        self.lines += _changed(self._before, found) if ", " in name else found
        self._before, self._live = found, live


def _changed(before: list[str], after: list[str]) -> list[str]:
    compared = difflib.ndiff(before, after)
    return [line for line in compared if line[:1] in "+-"]
