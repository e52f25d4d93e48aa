"""The pages as built: the frame of every page, its safety, its links and its bytes."""

import json
import re
import subprocess
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import yaml

from desk.wire import manifest
from overrides.facts import data
from overrides.frame import inline
from overrides.frame.headers import SOUND
from overrides.pages import names, places
from overrides.words.errors import SiteError
from tests.serving import signs_of_a_preview
from tests.site import (
    LANGUAGES,
    MENU,
    OWN,
    PAGES,
    ROOT,
    SETTINGS,
    SHARE,
    STRINGS,
    Built,
    Element,
    Page,
    asset,
    build_site,
    few,
    key_list,
    pin,
    ready,
    released,
)
from tests.telling import WORDS, telling

# The topic of a page by the first word of its name; a page without one stands alone.
TOPICS = {
    **{name: name for name in ("door", "work", "life", "choices", "help")},
    "cards": "door",
    "harm": "choices",
    "home": "work",
    **dict.fromkeys(["complaint", "routes", "letters"], "complaints"),
    **dict.fromkeys(
        [
            "law",
            "unknown",
            "professionals",
            "municipalities",
            "about",
            "privacy",
            "leaving",
            "accessibility",
            "data",
            "accessibility",
            "check",
        ],
        "more",
    ),
}


def test_exactly_these_files_are_built(built_site: Built) -> None:
    """No file comes in unseen: no map of sources, no font, no picture, no page of a tool."""
    assets = {
        asset(name)
        for name in (
            "answer.js",
            "form.css",
            "icon.svg",
            "leave.js",
            "names.js",
            "paper.css",
            "places.js",
            "search.js",
            *(f"search-{language}.js" for language in LANGUAGES),
            "seal.js",
            "seal_older.js",
            "site.css",
            "write.js",
        )
    }
    facts = data.load(ROOT / "docs" / "data")
    slugs = places.slugs(facts.municipalities).values()
    letters = [letter.lower() for letter in names.by_letter(facts)]
    made = [
        "places",
        "search",
        "cards",
        "cards/form",
        "cards/poster",
        "home-work",
        *(f"m/{slug}" for slug in slugs),
    ]
    made += [f"places/{letter}" for letter in letters]
    pages = {
        f"{language}/{'' if page == 'index' else page + '/'}index.html"
        for language in LANGUAGES
        for page in [*PAGES, *made]
    }
    pages |= {f"{language}/info.html" for language in LANGUAGES}  # to keep
    maps = {"sitemap.xml", *(f"sitemap-{language}.xml" for language in LANGUAGES)}
    published = {f"data/{path.name}" for path in (ROOT / "docs" / "data").iterdir()}

    assert set(built_site.files) == assets | pages | maps | published | {
        "404.html", "SHA256SUMS", "_headers", "built.json", "headers.json", "index.html", "keys.json", "settings.yml",
    }  # fmt: skip


def test_every_page_has_the_leave_link_before_all_text(built_site: Built) -> None:
    """A plain link that works without script, tells the target nothing, and comes early."""
    for page in built_site.pages:
        (leave,) = page.all("a", id="leave")
        assert leave.attributes["href"] == built_site.settings.exit_url, page.path
        assert set(leave.attributes["rel"].split()) == {"noreferrer", "nofollow"}
        assert leave.text.strip(), page.path
        assert page.elements.index(leave) < page.elements.index(page.all("main")[0])


def test_the_policy_in_the_page_equals_the_header(built_site: Built) -> None:
    """A page says of itself what the server says of it, before anything is loaded, but for what it does not need."""
    record = built_site.headers
    for page in built_site.pages:
        headers = {**record["default"], **record["paths"].get(page.path, {})}
        wanted = headers["Content-Security-Policy"].replace("frame-ancestors 'none'; ", "")
        wanted = wanted.replace(f" {inline.source()}", "")  # of the file to keep
        wanted = wanted.removesuffix(f"; {SOUND}")  # of a page that is read aloud
        tags = [element.attributes.get("http-equiv", element.tag) for element in page.elements]
        assert (
            page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0].attributes["content"]
            == wanted
        ), page.path
        assert tags.index("Content-Security-Policy") < tags.index("link")


def test_header_paths_are_form_pages_that_exist(built_site: Built) -> None:
    """A header for a page that is not there would mean a page without its header."""
    forms = {page.path for page in built_site.pages if page.is_form}

    assert set(built_site.headers["paths"]) == forms
    assert forms == {
        f"/{language}/{page}/" for language in LANGUAGES for page in ("write", "answer")
    }


def test_nothing_is_inline(built_site: Built) -> None:
    """No script text, no style element, no style or on-attribute: the policy would refuse it."""
    for page in built_site.pages:
        assert [e for e in page.all("script") if "src" not in e.attributes or e.text] == []
        assert page.all("style") == []
        names = {name for element in page.elements for name in element.attributes}
        assert {name for name in names if name == "style" or name.startswith("on")} == set()


# An address of another host, wherever in an attribute it stands; where a link leads is asked for by no page.
ELSEWHERE = re.compile(r"(?:^|[\s=,(])(?:https?:)?//[\w-]", re.IGNORECASE)
LEADING = {("a", "href"), ("link", "href")}


def test_nothing_is_loaded_from_another_host(built_site: Built) -> None:
    """Every source, style and icon is a path on this site, and no other attribute names another."""
    for page in built_site.pages:
        for element in page.elements:
            for name, value in element.attributes.items():
                is_free = (element.tag, name) in LEADING or name.startswith("xmlns")
                assert is_free or not ELSEWHERE.search(value or ""), (page.path, element.tag, name)
        loaded = [e.attributes["src"] for e in page.elements if "src" in e.attributes]
        loaded += [
            e.attributes["href"]
            for e in page.all("link")
            if e.attributes["rel"] not in ("alternate", "canonical")
        ]
        assert [address for address in loaded if urlsplit(address).netloc] == [], page.path
        assert {element.tag for element in page.elements} & {"img", "iframe", "object"} == set()
    for name, content in built_site.files.items():
        if name.endswith((".css", ".js")):
            assert re.findall(rb"(?:https?:)?//[a-z0-9-]+\.[a-z]", content) == [], name


def test_each_script_and_style_is_named_byte_by_byte(built_site: Built) -> None:
    """Whoever changes one on the way needs to change the page too; nothing else is fetched by a tag but the icon."""
    known = {
        name: f"sha256-{b64encode(sha256(content).digest()).decode()}"
        for name, content in built_site.files.items()
        if name.startswith("assets/")
    }
    for page in built_site.pages:
        tags = page.all("link", rel="stylesheet") + page.all("script")
        for tag in tags:
            at = tag.attributes.get("href") or tag.attributes["src"]
            name = urljoin(page.path, at).removeprefix("/")
            assert tag.attributes["integrity"] == known[name], page.path
        assert {tag.attributes["rel"] for tag in page.all("link")} <= {
            "stylesheet", "icon", "canonical", "alternate",
        }  # fmt: skip


def test_links_to_other_hosts_tell_them_nothing(built_site: Built) -> None:
    """No referrer and no handle on our window."""
    for page in built_site.pages:
        for link in page.all("a"):
            exits = link.attributes["href"] == built_site.settings.exit_url
            if urlsplit(link.attributes["href"]).netloc and not exits:
                assert link.attributes["rel"] == "noreferrer", link.attributes["href"]


def test_only_the_exit_runs_on_reading_pages(built_site: Built) -> None:
    """One script everywhere, one more on each page that seals."""
    for page in built_site.pages:
        scripts = [urljoin(page.path, e.attributes["src"]) for e in page.all("script")]
        extra = [f"/{asset(page.path.split('/')[2])}.js"] if page.is_form else []
        last = page.path.strip("/").rpartition("/")[2]
        with_field = last in ("places", "search")  # the script is the exit with a field behind it
        wanted = [f"/{asset(last)}.js"] if with_field else [f"/{asset('leave.js')}", *extra]
        assert scripts == wanted, page.path
        assert all(e.attributes["type"] == "module" for e in page.all("script"))


def test_language_and_direction_stand_on_every_page(built_site: Built) -> None:
    """A screen reader reads each page in its own language, from the side where it begins."""
    for page in built_site.pages:
        (root,) = page.all("html")
        language = page.language or "nl"
        direction = STRINGS[language].direction
        assert root.attributes == {"lang": language, "dir": direction}, page.path


def test_alternates_are_absolute_mutual_and_have_a_default(built_site: Built) -> None:
    """Search engines want whole addresses, and each language naming every other that has it."""
    site = built_site.settings.site_url
    for page in built_site.pages:
        found = {
            e.attributes["hreflang"]: e.attributes["href"]
            for e in page.all("link", rel="alternate")
        }
        rest = page.path.removeprefix(f"/{page.language}/") if page.language else ""
        wanted = {
            language: f"{site}/{language}/{rest}"
            for language in LANGUAGES
            if page.is_made or not page.language or page.name in OWN[language]
        }
        wanted["x-default"] = f"{site}/en/{rest}" if rest else f"{site}/"
        assert found == ({} if page.path == "/404.html" else wanted), page.path


def test_each_page_names_its_own_address(built_site: Built) -> None:
    """404 is not a page of its own and names none; without a translation it is the English page."""
    for page in built_site.pages:
        canonical = [e.attributes["href"] for e in page.all("link", rel="canonical")]
        own = page.path.replace(f"/{page.language}/", f"/{page.shown}/", 1)
        wanted = [built_site.settings.site_url + (own if page.language else page.path)]
        assert canonical == ([] if page.path == "/404.html" else wanted)


def test_titles_descriptions_and_addresses_are_neutral(built_site: Built) -> None:
    """Somebody who sees the tab, a shared link, a download or the history learns nothing from it, in no language."""
    for page in built_site.pages:
        title = page.all("title")[0].text
        assert title.endswith(" · Info"), page.path
        assert 0 < len(page.meta("description")) <= 110, page.path
        saved = [link.attributes.get("download", "") for link in page.all("a")]
        for words in (title, page.meta("description"), *saved):
            assert telling(words) == [], words
        # A shared link shows title and description: no page has others for that, nor a manifest with a name.
        assert [one for one in page.all("meta") if "property" in one.attributes] == []
        assert page.all("link", rel="manifest") == []
    assert [name for name in built_site.files if telling(name)] == []


def test_every_language_has_its_telling_words() -> None:
    """The list of each knows at least what its own glossary calls the work."""
    glossary = ROOT / "overrides" / "locale" / "glossary"
    assert tuple(WORDS) == LANGUAGES
    for language, pattern in WORDS.items():
        called = yaml.safe_load((glossary / f"{language}.yml").read_text("utf-8"))["sekswerker"]
        assert re.search(pattern, called["say"], re.I), language


def test_no_page_sends_a_referrer_or_forbids_search(built_site: Built) -> None:
    """The meta says it also where a server does not; a page about rights may be found."""
    for page in built_site.pages:
        assert page.meta("referrer") == "no-referrer"
        assert page.all("meta", name="robots") == []
        assert page.all("meta", name="generator") == []


def test_the_practice_banner_stands_on_every_page(built_site: Built) -> None:
    """Nobody takes a practice site for a desk."""
    for page in built_site.pages:
        assert len(page.all("aside", class_="practice")) == 1, page.path


def test_a_release_has_no_banner_and_asks_for_transport_security(tmp_path: Path) -> None:
    """With complete settings and real keys the same build makes the real site."""
    keys = key_list(practice=False)
    languages = tuple(code for code in LANGUAGES if code in ("en", *SHARE))
    files = few(tmp_path, *languages)
    ready(files["docs"])
    released_site = build_site(tmp_path, released(languages), keys, release=True, **files)
    assert signs_of_a_preview(released_site) == []

    assert all(page.all("aside", class_="practice") == [] for page in released_site.pages)
    assert "Strict-Transport-Security" in released_site.headers["default"]
    assert b"OPEN:" not in b"".join(released_site.files.values())
    built = json.loads(released_site.files["built.json"])
    assert built == {"practice": False, "site_url": "https://balie.example", "source": ""}


def test_the_list_of_a_site_has_every_file_that_it_serves(built_site: Built) -> None:
    """As any Debian reads it, as the desk does, and in the order of its bytes; what a host eats is not in it."""
    said = subprocess.run(
        ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"],
        cwd=built_site.out,
        capture_output=True,
    )
    assert (said.returncode, said.stderr) == (0, b"")
    listed = manifest.read_sums(built_site.files["SHA256SUMS"])
    assert set(built_site.files) - set(listed) == {"SHA256SUMS", "_headers"}
    assert set(listed) <= set(built_site.files)


def test_what_a_site_says_of_itself_is_what_it_was_built_with(built_site: Built) -> None:
    """For practice, at its address, of no commit; its headers, and settings with which anyone builds it again."""
    said = manifest.read_built(built_site.files["built.json"])
    assert said == manifest.Built(True, "http://127.0.0.1:8000", "")
    assert json.loads(built_site.files["headers.json"]) == built_site.headers
    raw = yaml.safe_load(built_site.files["settings.yml"])
    assert raw == yaml.safe_load(SETTINGS.read_text("utf-8"))


def test_a_release_refuses_practice_settings_and_keys(tmp_path: Path) -> None:
    """And leaves nothing behind that could be taken for a site."""
    with pytest.raises(SiteError, match="practice: true"):
        build_site(tmp_path, keys=key_list(practice=False), release=True)
    with pytest.raises(SiteError, match="practice key"):
        build_site(tmp_path, released(), release=True)

    assert not (tmp_path / "site").exists()


def targets(built: Built) -> dict[str, set[str]]:
    """Every URL path of the site with the ids on it."""
    ids: dict[str, set[str]] = {f"/{name}": set() for name in built.files}
    for path in built.paths:
        ids[path] = set(re.findall(r'<[^<>]* id="([^"]+)"', built.text(path)))
    return ids


def test_no_link_within_the_site_is_broken(built_site: Built) -> None:
    """Every address leads to a file, every anchor to an element."""
    known = targets(built_site)
    for page in built_site.pages:
        for element in page.elements:
            address = element.attributes.get("href") or element.attributes.get("src")
            if address is None or urlsplit(address).netloc:
                continue
            if urlsplit(address).scheme in ("mailto", "tel"):
                continue
            parts = urlsplit(urljoin(page.path, address))
            assert parts.path in known, f"{page.path}: {address}"
            assert not parts.fragment or parts.fragment in known[parts.path], address


def test_ids_are_unique_and_labels_find_their_field(built_site: Built) -> None:
    """An id given twice sends a label, a link or a screen reader to the wrong place."""
    for page in built_site.pages:
        ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
        assert len(ids) == len(set(ids)), page.path
        assert {e.attributes["for"] for e in page.all("label")} <= set(ids), page.path


def test_each_page_has_one_heading_of_its_own_and_skips_no_level(built_site: Built) -> None:
    """Headings are how many people find their way through a page."""
    for page in built_site.pages:
        levels = [int(e.tag[1]) for e in page.elements if re.fullmatch(r"h[1-6]", e.tag)]
        assert levels.count(1) == 1, page.path
        assert levels[0] == 1, page.path
        assert all(after <= before + 1 for before, after in pairwise(levels))


def links_in(page: Page, class_name: str) -> list[Element]:
    """Links inside the element of that class."""
    return [
        link
        for link in page.all("a")
        if any(parent.attributes.get("class") == class_name for parent in link.inside)
    ]


def test_every_page_leads_back_and_to_every_other_page(built_site: Built) -> None:
    """Back leaves the site, so each page carries its own way back, menu and languages.

    The menu has the pages of one topic and those that stand alone; any other topic is one line, which
    leads to its place in the list of all pages.
    """
    for page in [page for page in built_site.pages if page.language]:
        crumb = links_in(page, "crumb")
        is_home = page.path == f"/{page.language}/"
        up = [urljoin(page.path, e.attributes["href"]) for e in crumb][:1]
        assert up == ([] if is_home else [f"/{page.language}/"]), page.path
        menu = links_in(page, "menu")
        found = [urljoin(page.path, e.attributes["href"]) for e in menu]
        assert found == menu_of(page), page.path
        current = [e.attributes.get("aria-current") for e in menu].count("page")
        is_listed = "/m/" in page.path or page.path.endswith(("/places/h/", "/form/", "/poster/"))
        assert current == (0 if is_listed else 1), page.path
        languages = [e.attributes["lang"] for e in links_in(page, "languages")]
        assert languages == list(LANGUAGES)


def menu_of(page: Page) -> list[str]:
    """Where the menu of a page must lead, in the order of the site."""
    found: list[str] = []
    own = TOPICS.get(page.name.partition("-")[0], "") if page.name in MENU else ""
    for name in MENU:
        topic = TOPICS.get(name.partition("-")[0], "")
        path = f"/{page.language}/{'' if name == 'index' else name + '/'}"
        line = f"/{page.language}/search/#{topic}" if topic not in ("", own) else path
        found += [] if line in found else [line]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_all_pages_names_each_once_under_its_topic(
    built_site: Built, language: str
) -> None:
    """In the order of the menu, with a heading where the menu of every page leads; no script is needed."""
    page = Page(f"/{language}/search/", built_site.text(f"/{language}/search/"))
    inside = [
        e for e in page.elements if any(p.attributes.get("class") == "topics" for p in e.inside)
    ]
    found: dict[str, list[str]] = {"": []}
    for element in inside:
        if element.tag == "h2":
            assert element.text == STRINGS[language](f"menu.{element.attributes['id']}")
            found[element.attributes["id"]] = []
        elif element.tag == "a":
            found[list(found)[-1]].append(urljoin(page.path, element.attributes["href"]))
    wanted: dict[str, list[str]] = {"": []}
    for name in [name for name in MENU if name != "search"]:
        topic = TOPICS.get(name.partition("-")[0], "")
        path = f"/{language}/{'' if name == 'index' else name + '/'}"
        wanted.setdefault(topic, []).append(path)

    assert found == wanted


def test_the_form_page_carries_the_key_list_and_the_pinned_key(built_site: Built) -> None:
    """In every language, byte for byte as it was signed; a page without it could not seal."""
    forms = [page for page in built_site.pages if page.is_form]

    assert len(forms) == 2 * len(LANGUAGES)
    assert built_site.files["keys.json"].decode() == built_site.keys
    for page in forms:
        (form,) = page.all("div", id=page.path.split("/")[2])
        assert form.attributes["data-keylist"] == built_site.keys
        assert form.attributes["data-built"] == str(built_site.settings.reference_date)
        assert sha256(bytes.fromhex(form.attributes["data-pinned"])).hexdigest() == pin()
        assert len(page.all("p", class_="fingerprint")) == (1 if "/write/" in page.path else 0)


def test_the_form_page_names_the_other_ways_without_script(built_site: Built) -> None:
    """What is shown before any script runs says that nothing can be sealed and where else to go."""
    for page in built_site.pages:
        if page.is_form:
            (panel,) = page.all("div", id="no-script")
            assert "hidden" not in panel.attributes
            for way in built_site.settings.contact:
                own = way.text.get(page.language, way.text["en"]).removeprefix("OPEN:").strip()
                blank = STRINGS[page.language](f"contact.blank.{way.kind}")
                assert (own or blank) in panel.text, page.path
            assert "hidden" in page.all("form")[0].attributes


def test_the_404_page_speaks_every_language(built_site: Built) -> None:
    """Its links start at the root, since nobody knows how deep the wrong address was."""
    page = next(page for page in built_site.pages if page.path == "/404.html")

    assert [e.attributes["lang"] for e in page.all("section")] == list(LANGUAGES)
    links = {e.attributes["href"] for e in page.all("a", class_="button")}
    assert links == {f"/{language}/" for language in LANGUAGES}
    loaded = [
        e.attributes.get("src") or e.attributes["href"]
        for e in [*page.all("script"), *page.all("link")]
    ]
    assert all(address.startswith("/") for address in loaded)


def test_the_first_page_leads_to_every_language(built_site: Built) -> None:
    """It is in no language and only asks for one."""
    page: Page = next(page for page in built_site.pages if page.path == "/")

    names = [STRINGS[language].name for language in LANGUAGES]
    assert [e.text for e in page.all("a", class_="button")] == names


def test_site_maps_list_every_page_once(built_site: Built) -> None:
    """One map per language and an index over them, with whole addresses, of its own pages only."""
    site = built_site.settings.site_url
    index = re.findall("<loc>(.*?)</loc>", built_site.files["sitemap.xml"].decode())
    listed = [
        address
        for name in index
        for address in re.findall(
            "<loc>(.*?)</loc>", built_site.files[name.removeprefix(f"{site}/")].decode()
        )
    ]

    pages = [Page(path, "") for path in built_site.paths]
    assert sorted(listed) == sorted(
        site + page.path for page in pages if page.language and not page.is_fallback
    )


def test_the_data_is_published_as_it_is(built_site: Built) -> None:
    """Everybody can check a page against the very file it was made from."""
    folder = ROOT / "docs" / "data"
    for path in folder.iterdir():
        assert built_site.files[f"data/{path.name}"] == path.read_bytes(), path.name
