"""A practice site built once per session, and its pages taken apart for the tests that read them.

The key list is signed with a test key; nobody has the private halves of the intake keys in it.
"""

import base64
import json
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree

import yaml
from nacl.signing import SigningKey

from desk.wire import canon
from desk.wire.canon import Value
from desk.wire.keylist import LABEL
from overrides.facts import data
from overrides.frame import assets
from overrides.frame.accountability import TEXTS
from overrides.frame.settings import Settings
from overrides.frame.settings import load as load_settings
from overrides.pages import places
from overrides.paper import one_file
from overrides.press.build import build
from overrides.press.order import Order
from overrides.words.locales import load_all
from tests.soak import SOAK

ROOT = Path(__file__).parent.parent
SETTINGS = ROOT / "settings.practice.yml"
CONFIG = ROOT / "mkdocs.yml"
STRINGS = load_all(ROOT / "overrides" / "locale", CONFIG)
LANGUAGES = tuple(STRINGS)
# Where each language costs seconds: one of each direction of writing, and all of them in a soak.
SHARE = tuple(code for code in LANGUAGES if SOAK or code in ("nl", "ar"))
PAGES = tuple(re.findall(r"^ +- (?:.+: )?([\w-]+)\.md$", CONFIG.read_text("utf-8"), re.M))
# The pages that each language has of its own, in the order of the menu.
OWN = {
    language: tuple(name for name in PAGES if (ROOT / "docs" / language / f"{name}.md").is_file())
    for language in LANGUAGES
}
FALLBACK = "en"  # whose text stands on a page that is not translated
# Pages made from data are alike: the frame is looked at on these, and on all of them in a soak.
_SLUGS = places.slugs(data.municipalities(ROOT / "docs" / "data"))
_ALIKE = ("GM0518", "GM0855", "GM0184", "GM1696")  # a rule, a conflict, no record, a merger
_SOME = ("places", "places/h", "search", "home-work", "cards", "cards/form", "cards/poster")
MADE = (*(f"m/{_SLUGS[code]}" for code in _ALIKE if code in _SLUGS), *_SOME)
# The pages of a menu in its order: those made from data stand among those that somebody wrote.
_WORK = next(at for at, name in enumerate(PAGES) if name.startswith("work-"))
MENU = (PAGES[0], "places", "search", *PAGES[1:_WORK], "cards", "home-work", *PAGES[_WORK:])
_VOID = {"br", "hr", "img", "input", "link", "meta", "option"}
_BLOCKS = {"p", "li", "td", "dd", "h1", "h2", "h3"}


def asset(name: str) -> str:
    """Path in the built site of a file that its pages fetch."""
    return f"{assets.folder()}/{name}"


SITE_SEED = b"s" * 32
ISSUED = "2026-11-22"


def key_list(
    *,
    practice: bool = True,
    uses: tuple[str, ...] = ("intake", "board", "site"),
    issued: str = ISSUED,
    seed: bytes = SITE_SEED,
    not_after: str = "2027-01-15",
) -> str:
    """Text of a list with one test key per use, signed with the site key of a seed."""
    entries: list[Value] = [_entry(use, seed, not_after) for use in uses]
    days: dict[str, Value] = {"version": 1, "issued": issued}
    signed = canon.dumps(days | {"practice": practice, "keys": entries})
    signature = SigningKey(seed).sign(LABEL + signed.encode("utf-8")).signature.hex()
    return canon.dumps({"signed": signed, "signature": signature})


def _public(use: str, seed: bytes) -> bytes:
    if use == "site":
        return bytes(SigningKey(seed).verify_key)
    return sha256(use.encode()).digest() * (38 if use == "intake" else 1)


def _entry(use: str, seed: bytes = SITE_SEED, not_after: str = "2027-01-15") -> dict[str, Value]:
    public = _public(use, seed)
    fingerprint = sha256(public).hexdigest()
    return {
        "use": use,
        "suite": 1,
        "id": fingerprint[:16],
        "fingerprint": fingerprint,
        "public": base64.b64encode(public).decode("ascii"),
        "not_before": "2026-10-01",
        "not_after": not_after,
    }


def pin(seed: bytes = SITE_SEED) -> str:
    """The fingerprint of a site key."""
    return sha256(_public("site", seed)).hexdigest()


def put_practice_key(folder: Path, seed: bytes = SITE_SEED, *, practice: bool = True) -> Path:
    """Write the public half of a site key into a folder, as `desk key new` does."""
    path = folder / f"site-{pin(seed)[:16]}.pub"
    path.write_text(json.dumps(_entry("site", seed) | {"practice": practice}), "ascii")
    return path


def settings_text(**changed: object) -> str:
    """The practice settings as text, with some of them changed; None takes one away."""
    raw = {**yaml.safe_load(SETTINGS.read_text(encoding="utf-8")), **changed}
    return yaml.safe_dump({name: value for name, value in raw.items() if value is not None})


def released(languages: tuple[str, ...] = LANGUAGES, **changed: object) -> str:
    """Settings that a release in these languages accepts."""
    good: dict[str, object] = {
        "practice": False,
        "site_key": pin(),
        "keys_issued_at_least": date.fromisoformat(ISSUED),
        "organisation": "Stichting Voorbeeld",
        "site_url": "https://balie.example",
        "unchecked": dict.fromkeys(languages[2:], date.fromisoformat(ISSUED)),
        "accountability": {name: dict.fromkeys(("nl", "en"), f"{name} *text*.") for name in TEXTS},
        "contact": [
            {
                "kind": "post",
                "text": dict.fromkeys(languages, "PO Box 1"),
                "verified_live": None,
            }
        ],
    }
    return settings_text(**{**good, **changed})


@dataclass
class Element:
    """One start tag, with the text inside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    inside: list["Element"] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, inside=[*self.open])
        self.elements.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


@dataclass(frozen=True)
class Page:
    """One built page: its URL path, its text and its elements in order."""

    path: str
    html: str

    @cached_property
    def elements(self) -> list[Element]:
        """Every start tag of the page; a tag that is not closed fails here."""
        reader = _Reader()
        reader.feed(self.html)
        reader.close()
        assert reader.open == []
        return reader.elements

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements of a tag with these attribute values (`class_` for class)."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and wanted.items() <= element.attributes.items()
        ]

    def meta(self, name: str) -> str:
        """Content of the only meta element of that name or http-equiv."""
        (found,) = self.all("meta", name=name) or self.all("meta", http_equiv=name)
        return found.attributes["content"]

    @property
    def is_form(self) -> bool:
        """Whether the page is one that seals."""
        return self.path.endswith(("/write/", "/answer/"))

    @property
    def is_made(self) -> bool:
        """Whether the page is made from data, not written by hand."""
        is_made = self.path.endswith(("/search/", "/home-work/"))
        return is_made or "/cards/" in self.path or "/places/" in self.path or "/m/" in self.path

    @property
    def language(self) -> str:
        """First part of the path, empty for chooser and 404."""
        first = self.path.strip("/").partition("/")[0]
        return first if first in LANGUAGES else ""

    @property
    def name(self) -> str:
        """File name of a written page without its ending, such as `door`."""
        return self.path.strip("/").partition("/")[2] or "index"

    @property
    def is_fallback(self) -> bool:
        """Whether the page must show the text of another language than its own."""
        written = bool(self.language) and not self.is_made
        return written and self.name not in OWN[self.language]

    @property
    def shown(self) -> str:
        """The language in which the text must stand."""
        return FALLBACK if self.is_fallback else self.language

    def blocks(self) -> list[Element]:
        """Innermost paragraphs, cells and headings of the text, without sources and test names."""
        blocks = [e for e in self.elements if e.tag in _BLOCKS and _is_text(e)]
        outer = {id(parent) for block in blocks for parent in block.inside}
        return [block for block in blocks if id(block) not in outer]


def _is_text(element: Element) -> bool:
    parents = [*element.inside, element]
    classes = {name for parent in parents for name in parent.attributes.get("class", "").split()}
    in_main = any(parent.tag == "main" for parent in parents)
    return in_main and not classes & {"footnote", "crumb", "fingerprint"}


@dataclass(frozen=True)
class Built:
    """A built site with what it was built from."""

    out: Path
    keys: str
    settings: Settings

    @cached_property
    def headers(self) -> dict[str, dict[str, dict[str, str]]]:
        """The header record beside the site."""
        text = self.out.with_name(f"{self.out.name}.headers.json").read_text(encoding="utf-8")
        record: dict[str, dict[str, dict[str, str]]] = json.loads(text)
        return record

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file of the site by its path."""
        found = sorted(path for path in self.out.rglob("*") if path.is_file())
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in found}

    @property
    def paths(self) -> list[str]:
        """URL path of every HTML page; the file to keep is none (`test_one_file`)."""
        html = [name for name in self.files if name.endswith(".html")]
        names = [name for name in html if not name.endswith(f"/{one_file.NAME}")]
        return ["/" + name.removesuffix("index.html") for name in names]

    @cached_property
    def pages(self) -> list[Page]:
        """Every written HTML page, the form and 404 included, and a share of those from data."""
        found = [Page(path, self.text(path)) for path in self.paths]
        chosen = {f"/{language}/{name}/" for language in LANGUAGES for name in MADE}
        return [page for page in found if SOAK or not page.is_made or page.path in chosen]

    def text(self, path: str) -> str:
        """The HTML of the page at this path."""
        name = f"{path}index.html" if path.endswith("/") else path
        return self.files[name[1:]].decode("utf-8")

    @property
    def reading_pages(self) -> list[Page]:
        """Written pages in a language that do not seal."""
        pages = [page for page in self.pages if page.language and not page.is_made]
        return [page for page in pages if not page.is_form]


def ready(docs: Path) -> Path:
    """A copy of pages and facts in which somebody did what a release needs people for."""
    front = re.compile(r"(?m)^medical_reviewer: null.*$")
    for page in docs.glob("*/*.md"):
        page.write_text(front.sub("medical_reviewer: A doctor", page.read_text("utf-8")), "utf-8")
    path = docs / "data" / "directory.yml"
    listed = yaml.safe_load(path.read_text("utf-8"))
    for one in listed["organisations"]:
        one["verified_live"] = "2026-11-01" if one["vital"] else one["verified_live"]
    path.write_text(yaml.safe_dump(listed, sort_keys=False, allow_unicode=True), "utf-8")
    return docs


def few(folder: Path, *codes: str) -> dict[str, Path]:
    """What a build of these languages alone is made from, in `folder`, to spoil: it costs so much less than all."""
    others = [code for code in LANGUAGES if code not in codes]
    left_out = [name for code in others for name in (code, f"{code}.po", f"{code}.yml")]
    made = {"docs": folder / "docs", "locale": folder / "locale", "config": folder / "few.yml"}
    for whole, part in ((ROOT / "docs", "docs"), (ROOT / "overrides" / "locale", "locale")):
        copytree(whole, made[part], ignore=ignore_patterns(*left_out))
    made["config"].write_text(_without(others), encoding="utf-8")
    return made


def _without(codes: list[str]) -> str:
    """The configuration of MkDocs without these languages."""
    lines = rf"(?m)^ +- {{locale: (?:{'|'.join(map(re.escape, codes))}),.*\n"
    return re.sub(lines, "", CONFIG.read_text("utf-8"))


def leave_only(house: Path, codes: tuple[str, ...]) -> None:
    """Take every other language out of a copy of the whole house, for the same reason."""
    others = [code for code in LANGUAGES if code not in codes]
    for code in others:
        rmtree(house / "docs" / code)
        for path in (house / "overrides" / "locale").glob(f"{code}.*"):
            path.unlink()
    if others:
        (house / "mkdocs.yml").write_text(_without(others), encoding="utf-8")


def build_site(folder: Path, settings: str = "", keys: str = "", **order: object) -> Built:
    """Build a site in `folder` from settings and a key list given as text."""
    settings_file, keys_file = folder / "settings.yml", folder / "keys.json"
    settings_file.write_text(settings or settings_text(), encoding="utf-8")
    keys_file.write_text(keys or key_list(), encoding="utf-8")
    put_practice_key(folder)
    today = load_settings(settings_file).reference_date if order.get("release") else None
    wanted = Order(settings_file, keys_file, folder / "site", **{"today": today, **order})  # type: ignore[arg-type]
    build(wanted)
    return built_in(folder)


def built_in(folder: Path) -> Built:
    """The site that was built there."""
    settings, keys = (
        load_settings(folder / "settings.yml"),
        (folder / "keys.json").read_text("utf-8"),
    )
    return Built(folder / "site", keys, settings)
