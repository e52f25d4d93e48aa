"""What a page says of itself (step 1): the front matter of one Markdown file in, a record out.

A reading page without its dates, or a name nobody knows, stops the build. It knows no template.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any  # YAML front matter has no other type until it is checked here

import yaml

from overrides.errors import SiteError

FORM_TEMPLATES = ("write.html", "answer.html")  # pages that seal
_REQUIRED = {"title", "description"}
_READING = {"summary", "last_checked", "check_again", "legal_reviewer"}
_OPTIONAL = {"template", "waive", "native_checker"}


@dataclass(frozen=True)
class Facts:
    """Front matter of a page. A form page has no summary and no dates of its own."""

    title: str
    description: str
    summary: str = ""
    last_checked: date | None = None
    check_again: date | None = None
    legal_reviewer: str | None = None
    native_checker: str | None = None
    form: bool = False

    def is_stale(self, today: date) -> bool:
        """Whether the page is past the day on which it should have been checked again."""
        return self.check_again is not None and today > self.check_again


def read(path: Path) -> dict[str, Any]:
    """The raw front matter of a Markdown file; a file without it gives an empty record."""
    front = path.read_text(encoding="utf-8").split("---", 2)
    meta = yaml.load(front[1], yaml.CSafeLoader) if len(front) == 3 else None
    return meta if isinstance(meta, dict) else {}


def parse(page: str, meta: Mapping[str, Any]) -> Facts:
    """The record of one page; `page` is its file name, for the message."""
    form = meta.get("template") in FORM_TEMPLATES
    needed = _REQUIRED if form else _REQUIRED | _READING
    if missing := sorted(needed - set(meta)):
        raise SiteError(f"{page} lacks {', '.join(missing)} in its front matter")
    if unknown := sorted(set(meta) - _REQUIRED - _READING - _OPTIONAL):
        raise SiteError(f"{page} has unknown front matter: {', '.join(unknown)}")
    for name in ("last_checked", "check_again"):
        if not form and type(meta[name]) is not date:
            raise SiteError(f"{page}: {name} is not a date like 2026-11-22")
    return Facts(
        title=str(meta["title"]),
        description=str(meta["description"]),
        summary=str(meta.get("summary") or "").strip(),
        last_checked=meta.get("last_checked"),
        check_again=meta.get("check_again"),
        legal_reviewer=meta.get("legal_reviewer"),
        native_checker=meta.get("native_checker"),
        form=form,
    )
