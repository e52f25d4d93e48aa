"""A day of an editor and of a translator, played on a copy of the pages: every change as the README asks.

What is changed here is right, so that a build accepts it and no test of the site fails on it.
"""

import re
from datetime import date
from pathlib import Path

import polib
import yaml

from overrides.joining import translated
from tests.site import LANGUAGES

LATER, AGAIN = "2026-12-05", "2027-06-05"
LANGUAGE = next(code for code in ("pl", "hu", "eo") if code not in LANGUAGES)
PAGES = ("index", "write", "answer")


def change(path: Path, old: str, new: str) -> None:
    """Change the first place of a file that holds this; a place that is not there is a mistake."""
    text = path.read_text("utf-8")
    assert old in text, (path.name, old)
    path.write_text(text.replace(old, new, 1), "utf-8")


def changes_a_rule(data: Path) -> str:
    """A municipality whose rule was found to have changed, with the text it now rests on; its code."""
    path = data / "policy.yml"
    text = path.read_text("utf-8")
    first = yaml.safe_load(text)[0]
    code, name = first["cbs_code"], first["name"]
    known = "{value: forbidden, sources: [b99]}"
    text = re.sub(r"(?m)^(    home_alone: ).*$", rf"\g<1>{known}", text, count=1)
    says = f"regulation: APV {name} 2026, article: null, url: null, date: '{LATER}', kind: in_force"
    rule = f"  - {{id: b99, {says}}}\n"
    text = re.sub(r"(?m)^  confidence: .*$", "  confidence: high", text, count=1)
    text = re.sub(r"(?m)^  legal_basis:.*\n", lambda found: found[0] + rule, text, count=1)
    path.write_text(text, "utf-8")
    return str(code)


def rechecks(page: Path, *, lawyer: str | None = None, native: str | None = None) -> None:
    """A page looked at again, by whom the front matter then names."""
    text = page.read_text("utf-8")
    text = re.sub(r"(?m)^last_checked: .*$", f"last_checked: {LATER}", text, count=1)
    text = re.sub(r"(?m)^check_again: .*$", f"check_again: {AGAIN}", text, count=1)
    if lawyer:
        text = re.sub(r"(?m)^legal_reviewer: .*$", f"legal_reviewer: {lawyer}", text, count=1)
    if native:
        text = re.sub(r"(?m)^native_checker: .*\n", "", text, count=1)
        text = text.replace("\n---\n", f"\nnative_checker: {native}\n---\n", 1)
    page.write_text(text, "utf-8")


def lists_a_language(config: Path) -> None:
    """A line at the end of the list in mkdocs.yml."""
    text = config.read_text("utf-8")
    last = re.findall(r"(?m)^ +- \{locale: .*\n", text)[-1]
    line = f"        - {{locale: {LANGUAGE}, name: In {LANGUAGE}, extra: {{direction: ltr}}}}\n"
    config.write_text(text.replace(last, last + line), "utf-8")


def adds_a_language(docs: Path, locale: Path, config: Path) -> None:
    """A line in the list, three pages and the strings; each says something of its own."""
    lists_a_language(config)
    (docs / LANGUAGE).mkdir()
    for name in PAGES:
        text = (docs / "en" / f"{name}.md").read_text("utf-8")
        (docs / LANGUAGE / f"{name}.md").write_text(text, "utf-8")
        translated.stamp(docs / LANGUAGE / f"{name}.md", date(2026, 11, 22))
    file = polib.pofile(str(locale / "en.po"))
    for entry in file:
        entry.msgstr = f"{LANGUAGE} {entry.msgstr}"
    file.save(str(locale / f"{LANGUAGE}.po"))


def works_a_day(docs: Path, locale: Path, config: Path, settings: Path) -> str:
    """All of it, and the day that the build counts as moves along; the code of the changed rule."""
    code = changes_a_rule(docs / "data")
    rechecks(docs / "nl" / "door.md", lawyer="mr. A. Voorbeeld")
    rechecks(docs / "en" / "law.md")
    rechecks(docs / "es" / "door.md", native=f"una traductora, {LATER}")
    adds_a_language(docs, locale, config)
    text = settings.read_text("utf-8")
    dated = re.sub(r"(?m)^reference_date: .*$", f"reference_date: {LATER}", text)
    settings.write_text(dated, "utf-8")
    return code
