"""What an operator gives to a deployment: files in, values or all that is wrong with them out.

Everything that is wrong is said at once, before anything is made. It reaches no network and no AWS.
"""

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any  # what stands in a file that a person wrote

import yaml

from functions.cloud import tree
from functions.cloud.refused import Refused, real_keys
from functions.cloud.stack import Template

FILLED = ("FirewallArn", "Runtime", "Preload")  # by the deployment itself
_COPY = "copy functions/cloud/deploy.yml to deploy.yml, and fill it in"
_ANEW = "make both of the same keys: make release, then make package"


@dataclass(frozen=True)
class Files:
    """Where everything lies."""

    given: Path = Path("deploy.yml")
    settings: Path = Path("settings.yml")
    keys: Path = Path("keys/keys.json")
    site: Path = Path("site")
    package: Path = Path("var/function.zip")


@dataclass(frozen=True)
class Given:
    """Region, name of the stack, and parameters of both templates, without blanks."""

    region: str = ""
    stack: str = "balie"
    parameters: dict[str, object] = field(default_factory=dict)

    def of(self, template: Template) -> dict[str, object]:
        """Those that a template asks for."""
        return {key: one for key, one in self.parameters.items() if key in template.parameters}


def read(path: Path) -> Given:
    """What stands in the operator's file; nothing where there is none. Raises `Refused`."""
    if not path.exists():
        return Given()
    raw = _yaml(path)
    named = (raw.get("parameters") or {}).items()
    return Given(
        str(raw.get("region") or ""),
        str(raw.get("stack") or "balie"),
        {key: value for key, value in named if value not in (None, "")},
    )


def faults(files: Files, given: Given, main: Template, firewall: Template) -> Iterator[Refused]:
    """All that stands in the way of a deployment."""
    if not files.given.exists():
        yield Refused(f"there is no {files.given.name}", _COPY)
    elif not given.region:
        yield Refused("no region is given", f"fill in region in {files.given.name}: {_or(main)}")
    elif given.region not in main.regions:
        said = f"{given.region} is no region in which this may stand"
        yield Refused(said, f"take one of these, all in Europe: {_or(main)}")
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", given.stack):
        yield Refused("the stack has no plain name", "give small letters, digits and hyphens")
    yield from _parameters(given.parameters, main.parameters | firewall.parameters)
    yield from _settings(files.settings, given)
    yield from _pieces(files)


def _or(template: Template) -> str:
    return ", ".join(template.regions)


def _parameters(values: dict[str, object], asked: dict[str, dict[str, Any]]) -> Iterator[Refused]:
    for name in values:
        if name not in asked or name in FILLED:
            yield Refused(f"{name} is no parameter to give", "take it out of deploy.yml")
    for name, one in asked.items():
        if name in FILLED:
            continue
        means = " ".join(str(one.get("Description", "")).split())
        if name not in values:
            if "Default" not in one:
                yield Refused(f"the parameter {name} is missing", f"{means} Write it in deploy.yml")
        elif not _fits(str(values[name]), one):
            yield Refused(f"the parameter {name} has a value that it cannot have", means)


def _fits(value: str, one: dict[str, Any]) -> bool:
    if "AllowedValues" in one and value not in map(str, one["AllowedValues"]):
        return False
    if one.get("Type") == "Number":
        least, most = one.get("MinValue", 0), one.get("MaxValue", float("inf"))
        return value.isdecimal() and least <= int(value) <= most
    return re.fullmatch(one.get("AllowedPattern", ".*"), value) is not None


def _settings(path: Path, given: Given) -> Iterator[Refused]:
    if not path.exists():
        hint = "copy settings.practice.yml to settings.yml and fill it in; or give SETTINGS=FILE"
        yield Refused(f"there are no settings {path.name}", hint)
        return
    raw = _yaml(path)
    domain = given.parameters.get("Domain")
    if raw.get("practice") is not False:
        yield Refused(f"{path.name} is for practice", "set practice to false, and fill it in")
    elif domain and raw.get("site_url") != f"https://{domain}":
        said = f"the site is built for {raw.get('site_url')} and Domain is {domain}"
        yield Refused(said, "give the same name in settings and deploy.yml, then: make release")


def _pieces(files: Files) -> Iterator[Refused]:
    """The key list, the release and the function's package, which must be of one making."""
    try:
        text = real_keys(files.keys).text
    except Refused as refused:
        yield refused
        return
    try:
        tree.read(files.site)
        if (files.site / "keys.json").read_text("utf-8") != text:
            yield Refused(
                f"the release was built with another key list than {files.keys.name}", _ANEW
            )
        yield from _package(files, text)
    except Refused as refused:
        yield refused


def _package(files: Files, keys: str) -> Iterator[Refused]:
    beside = files.site.with_name(f"{files.site.name}.headers.json")
    try:
        with zipfile.ZipFile(files.package) as packed:
            names = ("keys.json", "headers.json")
            found = [packed.read(name).decode("utf-8") for name in names]
    except FileNotFoundError:
        yield Refused(f"{files.package.name} is not there", "type: make package")
        return
    except (OSError, KeyError, zipfile.BadZipFile):
        yield Refused(f"{files.package.name} is no package of the function", "type: make package")
        return
    if found != [keys, beside.read_text("utf-8")]:
        said = f"{files.package.name} was made with other keys or headers than the release"
        yield Refused(said, _ANEW)


def runtime(package: Path) -> str:
    """Lambda's name of the Python whose byte code is in the package."""
    with zipfile.ZipFile(package) as packed:
        found = re.search(r"\.cpython-3(\d+)\.pyc", "\n".join(packed.namelist()))
    if not found:
        raise Refused(f"{package.name} holds no byte code", "type: make package")
    return f"python3.{found[1]}"


def preload(site: Path) -> str:
    """Whether the headers of the release ask for the browsers' own list, as the template's parameter says it."""
    record = json.loads(site.with_name(f"{site.name}.headers.json").read_text("utf-8"))
    return str("preload" in record["default"].get("Strict-Transport-Security", "")).lower()


def _yaml(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise Refused(f"{path.name} cannot be read", "look for a line that is not YAML") from None
    if not isinstance(raw, dict):
        raise Refused(f"{path.name} cannot be read", _COPY)
    return raw
