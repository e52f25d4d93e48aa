"""What is younger than our oldest browsers, by MDN's data: what a script or a style asks for in, names out.

A name after a dot is looked up in what bears it: an interface that is named before the dot, else every
interface that the oldest browsers have or that the script names. The scripts were bundled and
shrunk before, which leaves the names of others as they are.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from overrides.press.bundle import OLDEST

_DATA = (
    Path(__file__).parent / "old" / "node_modules" / "@mdn" / "browser-compat-data" / "data.json"
)
_NEVER = 10_000.0
# Phones have engines of the same name and number.
_BROWSERS = {
    **OLDEST,
    "chrome_android": OLDEST["chrome"],
    "firefox_android": OLDEST["firefox"],
    "safari_ios": OLDEST["safari"],
}
_NAMESPACES = ("Atomics", "Intl", "Math", "Reflect", "WebAssembly")  # no object is one of them
_ACCESS = re.compile(r"(?:\b([A-Z]\w+))?\??\.([A-Za-z]\w+)")
_GLOBAL = re.compile(r"(?<![.\w$])([A-Za-z]\w{3,})")
_PROPERTY = re.compile(r"[;{]([a-z][a-z-]+):")
_PSEUDO = re.compile(r":([a-z-]+)(?=[\s(),.{>:~+\[])")


@dataclass(frozen=True)
class Member:
    """What a browser has: `name` of `owner`; a global has no owner."""

    owner: str
    name: str
    is_static: bool
    is_younger: bool

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}" if self.owner else self.name


@cache
def _data() -> dict[str, Any]:
    if not _DATA.exists():
        raise RuntimeError("the old engines are not there: run NEED=old PY=python3 bash .ci/node")
    return dict(json.loads(_DATA.read_text("utf-8")))


def _number(version: object) -> float:
    """`≤37` and `15.4` are numbers; what no version has is in none that we carry."""
    found = re.fullmatch(r"≤?(\d+(?:\.\d+)?)(?:\.\d+)*", str(version))
    return float(found[1]) if found else _NEVER


def _since(statements: Any) -> float:
    """The first version that has it, under its own name and without a switch."""
    every = statements if isinstance(statements, list) else [statements]
    hindered = ("flags", "alternative_name", "prefix", "version_removed")
    plain = [one for one in every if not any(one.get(word) for word in hindered)]
    return min((_number(one.get("version_added")) for one in plain), default=_NEVER)


def _is_younger(compat: dict[str, Any], browsers: Mapping[str, float] = _BROWSERS) -> bool:
    support = compat["support"]
    return any(_since(support[b]) > oldest for b, oldest in browsers.items() if b in support)


def _compats() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Owner, name as MDN writes it, and what is known of it; a global has no owner."""
    for area in (_data()["javascript"]["builtins"], _data()["api"]):
        for owner, inner in area.items():
            if "__compat" in inner:
                yield "", owner, inner["__compat"]
            for name, one in inner.items():
                if "__compat" in one and name != owner and not name.endswith("_event"):
                    yield owner, name, one["__compat"]


@cache
def members() -> tuple[Member, ...]:
    """Every global and every member of one, of the language and of the web."""
    return tuple(
        Member(owner, plain, plain != name, _is_younger(compat))
        for owner, name, compat in _compats()
        for plain in [name.removesuffix("_static")]
    )


def after(browsers: Mapping[str, float]) -> list[tuple[str, str]]:
    """Owner and name of all that one of these browsers, by their versions, has not yet."""
    return [
        (owner, name.removesuffix("_static"))
        for owner, name, compat in _compats()
        if _is_younger(compat, browsers)
    ]


@cache
def _globals() -> dict[str, Member]:
    return {one.name: one for one in members() if not one.owner}


@cache
def _by_name() -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for one in members():
        found.setdefault(one.name, []).append(one)
    return found


def _bearers(script: str, owner: str, name: str) -> list[Member]:
    """Members that `owner.name` in this script can be."""
    alike = [one for one in _by_name().get(name, []) if one.owner]
    own = [one for one in alike if one.owner == owner]
    if own:
        return own
    objects = [one for one in alike if not one.is_static and one.owner not in _NAMESPACES]
    return [
        one
        for one in objects
        if not (whole := _globals().get(one.owner)) or not whole.is_younger or one.owner in script
    ]


def in_script(script: str) -> set[str]:
    """Names in a script that no bearer of them has in our oldest browsers."""
    found = set()
    for owner, name in set(_ACCESS.findall(script)):
        bearers = _bearers(script, owner, name)
        if bearers and all(one.is_younger for one in bearers):
            found.add(str(bearers[0]) if len({one.owner for one in bearers}) == 1 else name)
    names = set(_GLOBAL.findall(script))
    return found | {name for name in names if name in _globals() and _globals()[name].is_younger}


def in_style(style: str) -> set[str]:
    """Properties and pseudo-classes in a style that some of our oldest browsers do not know."""
    css = _data()["css"]
    known = [(css["properties"], _PROPERTY), (css["selectors"], _PSEUDO)]
    return {
        name
        for table, pattern in known
        for name in pattern.findall(style)
        if "__compat" in table.get(name, {}) and _is_younger(table[name]["__compat"])
    }


def plain_style(style: str) -> str:
    """A style without the lines, and the rules, that some of our oldest browsers do not know."""
    for name in sorted(in_style(style), key=len, reverse=True):
        style = re.sub(rf"(?<=[;{{]){name}:[^;{{}}]*;?", "", style)
        style = re.sub(rf"(?<=[{{}}])[^{{}}@]*:{name}(?![\w-])[^{{}}]*\{{[^{{}}]*\}}", "", style)
    return style


def taking_away(names: list[tuple[str, str]]) -> str:
    """A script that takes these members, as owner and name, out of the place where it runs."""
    return f"""(() => {{ for (const [owner, name] of {json.dumps(names)}) {{
  const places = owner ? [globalThis[owner], globalThis[owner]?.prototype] : [globalThis];
  if (owner === 'Window') places.push(globalThis);
  for (const place of places) if (place) {{
    const gone = name === '*' ? Reflect.ownKeys(place) : [name];
    for (const one of gone) Reflect.deleteProperty(place, one);
  }}
}} }})();\n"""


def is_gone(owner: str, name: str) -> str:
    """An expression: whether that member is nowhere in the place where it is looked at."""
    whose, what = json.dumps(owner), json.dumps(name)
    places = f"[self[{whose}], self[{whose}]?.prototype]" if owner else "[self]"
    return f"{places}.every((one) => !one || !Object.getOwnPropertyDescriptor(one, {what}))"


def recording(names: list[tuple[str, str]]) -> str:
    """A script that keeps in the set `asked` which of these members are asked for, where it runs and from then on."""
    return f"""(() => {{ const asked = globalThis.asked = new Set();
for (const [owner, name] of {json.dumps(names)}) {{
  const places = owner ? [globalThis[owner], globalThis[owner]?.prototype] : [globalThis];
  if (owner === 'Window') places.push(globalThis);
  for (const place of places) {{
    const found = Object(place) === place && Reflect.getOwnPropertyDescriptor(place, name);
    if (!found || !found.configurable || name === 'prototype') continue;
    const {{ configurable, enumerable, value, get, set }} = found;
    Reflect.defineProperty(place, name, {{ configurable, enumerable,
      get() {{ asked.add(`${{owner}}.${{name}}`); return get ? Reflect.apply(get, this, []) : value; }},
      set(given) {{ if (set) Reflect.apply(set, this, [given]);
        else Reflect.defineProperty(this, name, {{ ...found, value: given }}); }} }});
  }}
}} asked.clear(); }})();\n"""
