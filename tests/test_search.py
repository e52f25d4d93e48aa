"""The search over the site's own pages: the words that people use find the page first, and it holds nothing else."""

import json
import shutil
import subprocess
from typing import Any

import brotli
import pytest
import yaml

from overrides.press.index import headings as headings_of
from overrides.words import synonyms
from overrides.words.errors import SiteError
from tests.site import LANGUAGES, ROOT, Built, Page, asset

INDEX_BYTES = 12 * 1024
FIRST_FLIGHT_BYTES = 14_336
WORDS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (ROOT / "tests" / "search_words.yml").read_text("utf-8")
)
LEAST = 60  # in each language
HALF = 0.5  # 53 of 100 in Dutch


def index(built: Built, language: str) -> list[list[Any]]:
    """The rows of a built index: path, title, its language, what is said, words, headings."""
    text = built.files[asset(f"search-{language}.js")].decode("utf-8")
    found: list[list[Any]] = json.loads(text.removeprefix("export default "))
    return found


def ranked(
    built: Built, *, bare: bool = False, others: bool = False
) -> dict[str, list[tuple[str, str, list[str]]]]:
    """By language: what was typed, the page that must come first, and the pages found."""
    asked = [
        {
            "address": str(built.out / asset(f"search-{language}.js")),
            "typed": [one for words in pages.values() for one in words],
        }
        for language, pages in WORDS.items()
    ]
    node = shutil.which("node")
    assert node, "node is not there; it comes with the browser bundle"
    done = subprocess.run(
        [node, ROOT / "tests" / "js" / "search.mjs"],
        input=json.dumps({"asked": asked, "bare": bare, "others": others}),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    wanted = [[page for page, words in pages.items() for _ in words] for pages in WORDS.values()]
    return {
        language: [
            (typed, page, [path for path, _ in paths])
            for typed, page, paths in zip(one["typed"], pages, some, strict=True)
        ]
        for language, one, pages, some in zip(WORDS, asked, wanted, found, strict=True)
    }


@pytest.mark.parametrize("bare", [False, True], ids=["as-built", "by-words-alone"])
def test_the_words_that_people_use_find_the_page_first(built_site: Built, bare: bool) -> None:
    """Sixty in each language, some of them misspelt; also if titles and headings said nothing."""
    for language, answers in ranked(built_site, bare=bare).items():
        wrong = [(typed, found[:3]) for typed, page, found in answers if found[:1] != [f"{page}/"]]
        assert wrong == [], language
        assert all(len(found) <= 8 for _, _, found in answers)


def test_what_nobody_wrote_down_is_found_in_every_language_alike(built_site: Built) -> None:
    """Half of the words find their page by those beside them, also where no spaces or many endings are written."""
    for language, answers in ranked(built_site, others=True).items():
        first = [found[:1] == [f"{page}/"] for _, page, found in answers]
        assert sum(first) >= HALF * len(first), (language, sum(first), len(first))


def test_there_are_sixty_words_in_every_language_that_has_its_own() -> None:
    """And none is there twice."""
    assert set(WORDS) == set(LANGUAGES)
    for language, pages in WORDS.items():
        asked = [one for words in pages.values() for one in words]
        assert len(set(asked)) == len(asked) >= LEAST, language


def test_every_page_is_in_the_index_and_nothing_that_stands_nowhere(built_site: Built) -> None:
    """Titles and headings are those of the built page, and the rest stands in the list of words."""
    made = ("places/", "home-work/")  # the menu has a shorter title for them
    for language in LANGUAGES:
        rows = index(built_site, language)
        page = Page("", built_site.text(f"/{language}/search/"))
        menu = {
            e.attributes["href"] for e in page.all("a") if "../../" in e.attributes.get("href", "")
        }
        paths = {f"../../{language}/{row[0]}" for row in rows}
        assert paths == {href for href in menu if "#" not in href and "search/" not in href}
        known = synonyms.load(ROOT / "overrides" / "locale" / "synonyms" / f"{language}.yml")
        for path, title, shown, said, words, headings in rows:
            name = f"{path.strip('/') or 'index'}.md"
            built = Page("", built_site.text(f"/{language}/{path}"))
            assert built.all("title")[0].text == f"{title} · Info" or path in made, path
            assert (said, words) == (known.said.get(name, ""), known.words.get(name, [])), path
            ids = {e.attributes.get("id"): e.text.strip() for e in built.all("h2")}
            assert all(ids[at].startswith(text[:20]) for at, text in pairs(headings)), path
            marks = {e.attributes.get("lang", "") for e in built.all("div")} - {""}
            assert shown in ("", *marks), path


def pairs(flat: list[str]) -> list[tuple[str, str]]:
    return list(zip(flat[::2], flat[1::2], strict=True))


def test_every_page_has_words_that_people_use(built_site: Built) -> None:
    """In every language, also where the page itself is in English; there a line says what it is about."""
    for language in LANGUAGES:
        for path, _, shown, said, words, _ in index(built_site, language):
            assert len(words) >= 2, (language, path)
            assert said or not shown, (language, path)


def test_the_index_and_its_page_are_light(built_site: Built) -> None:
    """The page in one first flight; the index, which is fetched when the field is used, below its budget."""
    for language in LANGUAGES:
        packed = len(brotli.compress(built_site.files[asset(f"search-{language}.js")]))
        assert packed <= INDEX_BYTES, language
        names = (
            *map(asset, ("site.css", "icon.svg", "search.js")),
            f"{language}/search/index.html",
        )
        assert (
            sum(len(brotli.compress(built_site.files[one])) for one in names) <= FIRST_FLIGHT_BYTES
        )


def test_headings_are_those_of_the_text() -> None:
    """Not those of the foot, of the sources or of a link to elsewhere; without marks."""
    page = (
        '<main><h2 id="a">Wat &amp; hoe<sup id="fnref:x"><a href="#fn:x">1</a></sup></h2>'
        '<h2 id="sources">Bronnen</h2><h2><a href="x/">Weg</a></h2></main><h2 id="other-ways">Voet</h2>'
    )
    assert headings_of(page) == ["a", "Wat & hoe"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("words: {}\n", "synonyms/nl.yml has other parts"),
        ("said: {}\nwords: {nowhere: [a]}\n", "synonyms/nl.yml names nowhere.md, which is no page"),
        ("said: {}\nwords: {door: [18]}\n", "door.md has no list of words"),
        ("said: {door: [a]}\nwords: {}\n", "what is said of door.md is no line"),
    ],
)
def test_words_that_are_broken_stop_the_build(tmp_path: Any, text: str, said: str) -> None:
    """The page is named; a language without words has none yet."""
    path = tmp_path / "nl.yml"
    assert synonyms.load(path) == synonyms.Synonyms()
    path.write_text(text, "utf-8")
    with pytest.raises(SiteError, match=said):
        synonyms.refuse_lost(synonyms.load(path), {"door.md"}, "nl")
