"""A municipality is found by any name: of a place, or of a municipality that is gone, on a page and by the field."""

import csv
import json
import re
import shutil
import subprocess
import unicodedata
from collections import defaultdict
from functools import cache
from html import unescape
from pathlib import Path

import brotli
import pytest

from overrides.facts import place_names
from overrides.facts.data import sort_key
from overrides.pages import names, places
from overrides.words.errors import SiteError
from tests.own_records import own
from tests.site import LANGUAGES, ROOT, STRINGS, Built, asset

DATA = ROOT / "docs" / "data"
FIRST_FLIGHT_BYTES = 14_336
NAMES_BYTES = 12 * 1024  # fetched when the field is used
_LINE = re.compile(r"<li>(.*?)</li>")
_TO = re.compile(r'<a href="\.\./\.\./m/([^/"]+)/"')


def rows(name: str) -> list[tuple[str, str]]:
    """Name and code of each line of a file of the facts."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [(row[0], row[1]) for row in list(csv.reader(file))[1:]]


PLACES, FORMER = rows(place_names.PLACES), rows(place_names.FORMER)
_TEXT = (DATA / "municipalities.csv").read_text("utf-8")
_TABLE = {row["cbs_code"]: row for row in csv.DictReader(_TEXT.splitlines())}
SLUGS = {code: places.slug(row["name"]) for code, row in _TABLE.items()}


def lines(built: Built, name: str) -> list[str]:
    """The lines of the Dutch page of a name's letter that are of this name, as HTML."""
    return _listed(built.text(f"/nl/places/{sort_key(name)[0]}/")).get(names.base(name), [])


@cache
def _listed(page: str) -> dict[str, list[str]]:
    found = defaultdict(list)
    for line in _LINE.findall(page):
        found[re.split(r" \(|: ", plain(line))[0]].append(line)
    return found


def plain(line: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", line))


def test_the_lists_are_whole() -> None:
    """As many as their source has, and each municipality has a place."""
    assert (len(PLACES), len(FORMER)) == (2_497, 249)
    assert {code for _, code in PLACES} == set(_TABLE)
    # As they are written, and not as the export writes what stands behind an apostrophe.
    assert [
        name for name, _ in PLACES if re.search(r"'[A-Z]|[a-z][A-Z]|\b[A-Z]{2,}\b(?!\.)", name)
    ] == []


def test_every_name_leads_to_its_municipality_on_the_page_of_its_letter(built_site: Built) -> None:
    """Every row of both files; what is gone says so and leads only to what it is part of now."""
    for name, code in PLACES:
        found = [slug for one in lines(built_site, name) for slug in _TO.findall(one)]
        assert SLUGS[code] in found, name
    gone = STRINGS["nl"]("municipality.letter.gone", names="{}").partition("{}")[2]
    for name, code in FORMER:
        said = [one for one in lines(built_site, name) if gone in plain(one)]
        assert len(said) == 1, name
        assert SLUGS[code] in _TO.findall(said[0]), name


def test_a_name_in_more_than_one_municipality_says_so_with_every_province(
    built_site: Built,
) -> None:
    """All doubles of the list, those that are told apart by their province too."""
    codes = defaultdict(set)
    for name, code in PLACES:
        codes[names.base(name)].add(code)
    doubles = {name: found for name, found in codes.items() if len(found) > 1}
    several = STRINGS["nl"]("municipality.letter.several")
    for name, found in doubles.items():
        (line,) = [one for one in lines(built_site, name) if several in plain(one)]
        assert {SLUGS[code] for code in found} <= set(_TO.findall(line)), name
        assert all(f"({_TABLE[code]['province']})" in plain(line) for code in found), name
    assert len(doubles) > 60


def test_the_pages_of_letters_are_the_same_in_every_language(built_site: Built) -> None:
    """The same links in the same order; only the words around them differ."""
    for letter in names.by_letter(own()):
        found = [
            _TO.findall(built_site.text(f"/{one}/places/{letter.lower()}/")) for one in LANGUAGES
        ]
        assert all(links == found[0] for links in found), letter


def test_the_rule_of_a_former_municipality_is_shown_nowhere(built_site: Built) -> None:
    """No page is named after one, in any language, and none of the records is of one."""
    present = {names.base(row["name"]) for row in _TABLE.values()}
    lost = {places.slug(name) for name, _ in FORMER if names.base(name) not in present}
    pages = {path.split("/")[3] for path in built_site.paths if "/m/" in path}

    assert pages & lost == set()


@pytest.fixture(scope="module")
def found(built_site: Built) -> dict[str, list[list[object]]]:
    """What the field finds for every name in every spelling, by what was typed: code, gone, whole."""
    typed = sorted({one for name, _ in [*PLACES, *FORMER] for one in spellings(names.base(name))})
    node = shutil.which("node")
    assert node, "node is not there; it comes with the browser bundle"
    wanted = {
        "address": str(built_site.out / asset("names.js")),
        "own": {code: row["name"] for code, row in _TABLE.items()},
        "typed": typed,
    }
    done = subprocess.run(
        [node, ROOT / "tests" / "js" / "names.mjs"],
        input=json.dumps(wanted), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(zip(typed, json.loads(done.stdout), strict=True))


def spellings(name: str) -> list[str]:
    """As written, without marks and capitals, with spaces for signs, and in one piece."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return [name, bare, re.sub(r"[^a-z0-9]+", " ", bare).strip(), re.sub(r"[^a-z0-9]", "", bare)]


def test_every_name_is_found_by_the_field_in_every_spelling(
    found: dict[str, list[list[object]]],
) -> None:
    """Every row of both files, by the module of the page; s gravenmoer and sgravenmoer too."""
    assert {"s gravenmoer", "sgravenmoer", "'s-Gravenmoer"} <= set(found)
    for name, code in [*PLACES, *FORMER]:
        for typed in spellings(names.base(name)):
            whole = [one[0] for one in found[typed] if one[2]]
            assert code in whole, typed


def test_the_field_says_what_is_gone(found: dict[str, list[list[object]]]) -> None:
    """A former municipality is never found as if it were one."""
    for name, code in FORMER:
        assert [code, True, True] in found[name], name


def test_names_and_pages_of_letters_are_light(built_site: Built) -> None:
    """The names in one small file, and each page with style, icon and exit in one first flight."""
    pages = [body for name, body in built_site.files.items() if re.search("/places/./index", name)]
    shared = sum(
        packed(built_site.files[asset(name)]) for name in ("site.css", "icon.svg", "leave.js")
    )

    assert packed(built_site.files[asset("names.js")]) <= NAMES_BYTES
    assert max(map(packed, sorted(pages, key=len)[-8:])) + shared <= FIRST_FLIGHT_BYTES


def packed(body: bytes) -> int:
    """Bytes on the way, as the best packer would send them."""
    return len(brotli.compress(body))


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("places.csv", "name,cbs_code\n", "places.csv has other columns"),
        ("places.csv", "place,cbs_code\nEde\n", "places.csv, line 2 is no name with a code"),
        ("places.csv", "place,cbs_code\nA,GM0855\nA,GM0855\n", "line 3: A stands there twice"),
        ("former-municipalities.csv", "former_name,cbs_code\n,GM0855\n", "line 2 is no name"),
    ],
)
def test_a_list_that_is_broken_stops_the_build(
    tmp_path: Path, file: str, text: str, said: str
) -> None:
    """The line is named."""
    shutil.copytree(ROOT / "tests" / "records", tmp_path / "data")
    (tmp_path / "data" / file).write_text(text, "utf-8")

    with pytest.raises(SiteError, match=said):
        place_names.load(tmp_path / "data")
