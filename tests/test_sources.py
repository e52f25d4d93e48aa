"""Sources: every record complete and read by somebody, and footnotes that say so."""

import html
import re

import pytest
import yaml

from overrides.facts import data
from overrides.facts.sources import Source, load, parse
from overrides.frame.settings import load as load_settings
from overrides.pages.footnotes import Notes, footnote
from overrides.text.marks import gathered, used_ids
from overrides.words.errors import SiteError
from tests.site import LANGUAGES, OWN, ROOT, SETTINGS, STRINGS, Built

FIELDS: dict[str, object] = {
    "name": "Algemene wet bestuursrecht",
    "article": "5:15",
    "url": "https://wetten.overheid.nl/BWBR0005537",
    "text_of": "2026-08-01",
    "read": "2026-11-22",
    "mark": "L",
}


def changed(**fields: object) -> dict[str, object]:
    """A good record with some fields changed; None takes one away."""
    return {name: v for name, v in {**FIELDS, **fields}.items() if v is not None}


def test_the_committed_sources_all_parse() -> None:
    """Each has an https address, a mark L, S or N, the date of the text and the day of reading."""
    sources = load(ROOT / "docs" / "data" / "sources.yml")

    assert len(sources) > 20
    assert {source.mark for source in sources.values()} <= {"L", "S", "N"}
    today = load_settings(SETTINGS).reference_date
    assert all(source.read <= today for source in sources.values())


def test_every_committed_source_is_used_on_a_page_or_in_the_data() -> None:
    """A source that carries no claim goes out."""
    sources = load(ROOT / "docs" / "data" / "sources.yml")
    texts = [path.read_text("utf-8") for path in (ROOT / "docs").glob("*/*.md")]
    used = {name for text in texts for name in used_ids(text)}
    facts = data.load(ROOT / "docs" / "data")
    used.update(name for route in facts.routes for name in route.sources)
    for official in facts.officials:
        used.update(official.sources)
        used.update(name for power in official.places.values() for name in power.sources)

    assert set(sources) - used == set()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_rests_on_the_same_sources(language: str) -> None:
    """A translation claims what the original claims, from the same texts."""
    docs = ROOT / "docs"
    for name in OWN[language]:
        original, translated = (
            set(used_ids((docs / folder / f"{name}.md").read_text("utf-8")))
            for folder in ("nl", language)
        )
        assert translated == original, name


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"mark": "M"}, "has the mark M"),
        ({"url": "http://wetten.overheid.nl/BWBR0005537"}, "has no https address"),
        ({"url": "https://wetten.overheid.nl"}, "leads to the front of a site"),
        ({"url": "https://uitspraken.rechtspraak.nl/"}, "leads to the front of a site"),
        ({"newest": False}, "has newest: False"),
        ({"read": None}, "needs exactly"),
        ({"note": "new"}, "needs exactly"),
        ({"read": "22-11-2026"}, "has a date that is none"),
        ({"text_of": "lately"}, "has a date that is none"),
    ],
)
def test_a_bad_record_stops_the_build(fields: dict[str, object], said: str) -> None:
    """What nobody has read, or nobody can look up, may not carry a claim."""
    with pytest.raises(SiteError, match=f"source awb {said}"):
        parse("awb", changed(**fields))


def test_used_ids_come_once_and_in_order() -> None:
    """A page refers to one source as often as it likes."""
    assert used_ids("Een.[^b] Twee.[^a][^b]") == ["b", "a"]


def test_an_unknown_id_stops_the_build() -> None:
    """The message names the id; the build adds the page."""
    with pytest.raises(SiteError, match="there is no source awb-9-9"):
        Notes({}, STRINGS["nl"]).of([("awb-9-9",)], "", STRINGS["nl"])


@pytest.mark.parametrize(
    ("text", "marked", "groups"),
    [
        ("Een.[^a] Twee.[^b][^a]", "Een. Twee.[^1]", [("a", "b")]),
        ("- Een.[^a] Meer.\n- Twee.[^b]", "- Een. Meer.[^1]\n- Twee.[^2]", [("a",), ("b",)]),
        ("Een.[^a]\n\nTwee.[^a] Drie.", "Een.[^1]\n\nTwee. Drie.[^1]", [("a",)]),
        ("Een[^a]\nen verder.\n  - Onder.", "Een\nen verder.[^1]\n  - Onder.", [("a",)]),
        (
            "| A.[^a] | B.[^b] C. |\n|---|---|",
            "| A.[^1] | B. C.[^2] |\n|---|---|",
            [("a",), ("b",)],
        ),
        ("## Kop[^a] {: #kop }\n\nTekst.", "## Kop[^1] {: #kop }\n\nTekst.", [("a",)]),
        ('!!! unknown "X"\n    Een.[^a] Twee.', '!!! unknown "X"\n    Een. Twee.[^1]', [("a",)]),
        ("- *Nee.*{: .say }[^a] No.", "- *Nee.*{: .say } No.[^1]", [("a",)]),
        ("Geen bron.", "Geen bron.", []),
    ],
    ids=["claims", "items", "same", "nested", "cells", "heading", "box", "say", "none"],
)
def test_a_block_has_one_mark_with_all_its_sources(
    text: str, marked: str, groups: list[tuple[str, ...]]
) -> None:
    """At its end, in the order of its claims; blocks with the same sources share a number."""
    assert gathered(text) == (marked, groups)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_keeps_its_sources(built_site: Built, language: str) -> None:
    """On each page as built: a mark leads to the sources of its block, each by its own words, in their order."""
    sources = load(ROOT / "docs" / "data" / "sources.yml")
    t = STRINGS[language]
    for name in OWN[language]:
        _, front, body = (
            (ROOT / "docs" / language / f"{name}.md").read_text("utf-8").split("---", 2)
        )
        summary = yaml.safe_load(front).get("summary", "")
        text, groups = gathered(f"{summary}\n\n{body}")
        assert {one for ids in groups for one in ids} == set(used_ids(summary + body)), name
        page = built_site.text(f"/{language}/{name}/".replace("/index/", "/"))
        notes = re.findall(r'<li id="fn:\d+">(.*?)</li>', page, re.S)
        told = {tuple(map(plain, re.findall("<p>(.*?)</p>", note, re.S))) for note in notes}
        wanted = {tuple(plain(footnote(sources[one], t)) for one in ids) for ids in groups}
        assert told == wanted, name
        assert page.count('href="#fn:') == len(re.findall(r"\[\^\d+\]", text)), name


def plain(html_text: str) -> str:
    """The words of a paragraph, without the way back."""
    return " ".join(html.unescape(re.sub("<[^>]+>", "", html_text)).replace("↩", "").split())


def test_a_dutch_footnote_says_where_and_when() -> None:
    """Law, article, address, date of the text and day of reading stand in one line."""
    assert footnote(parse("awb", FIELDS), STRINGS["nl"]) == (
        '<a href="https://wetten.overheid.nl/BWBR0005537" rel="noreferrer">'
        "<em>Algemene wet bestuursrecht</em>, artikel 5:15</a>. "
        "Tekst van 1 augustus 2026. Gelezen op 22 november 2026."
    )


def test_an_english_footnote_keeps_the_dutch_name_and_marks_it() -> None:
    """A reader must recognise the name on a letter, a screen reader must pronounce it."""
    text = footnote(parse("awb", FIELDS), STRINGS["en"])

    assert '<em lang="nl">Algemene wet bestuursrecht</em>, article 5:15</a>. ' in text
    assert text.endswith("Text of 1 August 2026. Read on 22 November 2026.")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text_of": "2017"}, "Text of 2017."),
        ({"text_of": "undated"}, "Text without a date."),
        ({"mark": "N"}, "Secondary source, not an official one."),
        ({"text_of": "2017"}, "There may be a newer text."),
        ({"text_of": "2025-07-01"}, "There may be a newer text."),
    ],
)
def test_a_weaker_source_says_so(fields: dict[str, object], words: str) -> None:
    """An old, undated or secondary text is shown as what it is."""
    source: Source = parse("awb", changed(**fields))

    assert words in footnote(source, STRINGS["en"])


@pytest.mark.parametrize(
    "fields", [{}, {"text_of": "2010-07-01", "newest": True}, {"text_of": "2014", "mark": "S"}]
)
def test_a_text_of_today_is_not_called_old(fields: dict[str, object]) -> None:
    """A law that nobody changed since is no old text, and a ruling does not get a newer one."""
    assert "newer" not in footnote(parse("awb", changed(**fields)), STRINGS["en"])


def test_a_source_without_an_address_gets_no_link() -> None:
    """No link to a place where the text does not stand; the note says that there is none."""
    text = footnote(parse("avg", changed(url=None)), STRINGS["en"])

    assert text.startswith(
        '<em lang="nl">Algemene wet bestuursrecht</em>, article 5:15. We have no'
    )
    assert "<a" not in text


def test_a_record_is_no_html() -> None:
    """What stands in it is read as it stands, in the address too."""
    signs = changed(name="A <b> & *c*", article="1 < 2", url="https://a.example/?b=1&c='")
    text = footnote(parse("awb", signs), STRINGS["nl"])

    assert text.startswith('<a href="https://a.example/?b=1&amp;c=&#x27;" rel="noreferrer"><em>')
    assert "<em>A &lt;b&gt; &amp; *c*</em>, artikel 1 &lt; 2</a>" in text


def test_every_law_with_an_id_has_the_same_address_everywhere() -> None:
    """One law, one address: a part of it without one was forgotten."""
    found: dict[str, set[str | None]] = {}
    for source in load(ROOT / "docs" / "data" / "sources.yml").values():
        if source.mark == "L":
            found.setdefault(source.name.casefold(), set()).add(source.url)

    assert {name: urls for name, urls in found.items() if len(urls) > 1} == {}
