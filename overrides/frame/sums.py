"""What anyone compares a site by (step 1, WIRE.md section 6.2): a finished folder in, its list of files in it out.

The list has the hash of every file, and among them three that say what the site was made of and how it is
served. Nothing is signed here: that is done offline, where the site key is.
"""

import json
import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import yaml

from overrides.frame import settings
from overrides.frame.edition import Edition
from overrides.words.errors import SiteError

NAME, LOG = "SHA256SUMS", "manifests.jsonl"
_BUILT, _SETTINGS = "built.json", "settings.yml"
# Written by others than the build, or read by a host and not served.
_LEFT_OUT = frozenset({NAME, LOG, "_headers", "board.bin", "board.probe", "uploaded.json"})
_PATH = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.+-]*/)*[A-Za-z0-9_][A-Za-z0-9_.+-]*")


def describe(given: Path, site: Edition, made: Path, source: str) -> None:
    """Say in two files of the site what it was built with: the settings file `given`, and its commit or nothing."""
    practice = site.settings.practice or site.keys.practice
    built = {"practice": practice, "site_url": site.settings.site_url, "source": source}
    _write(made / _BUILT, json.dumps(built, separators=(",", ":")))
    raw = settings.read(given) | {"reference_date": site.settings.reference_date}
    _write(made / _SETTINGS, yaml.safe_dump(raw, allow_unicode=True, sort_keys=False))


def write(made: Path) -> None:
    """Write the list of all files in a folder; `SiteError` for a name that it cannot hold.

    Where a list lies already, a file that has another name besides is one that was kept, as it was listed.
    """
    before = _listed(made / NAME)
    lines = [
        f"{before[name] if name in before and _is_kept(made / name) else _digits(made / name)}  {name}\n"
        for name in sorted(_names(made))
    ]
    (made / NAME).unlink(missing_ok=True)
    _write(made / NAME, "".join(lines))


def digits(site: Path) -> str:
    """The sum of the list of a site, which two who built it compare: 64 hexadecimal digits."""
    return _digits(site / NAME)


def _names(made: Path) -> Iterator[str]:
    for at, _, names in os.walk(made):
        inside = at[len(str(made)) + 1 :]
        for name in names:
            path = f"{inside}/{name}" if inside else name
            if path in _LEFT_OUT:
                continue
            if not _PATH.fullmatch(path):
                hint = "name it with letters of English, digits, dots and dashes"
                raise SiteError(f"the list of the site cannot hold the file {path}", hint)
            yield path


def _listed(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    return {line[66:]: line[:64] for line in path.read_text("ascii").splitlines()}


def _is_kept(path: Path) -> bool:
    return path.stat().st_nlink > 1


def _digits(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
