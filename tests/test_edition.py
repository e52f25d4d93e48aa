"""One language of the site: names filled in, addresses of the others, places to turn to."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from overrides.facts import front_matter
from overrides.frame import edition, shell
from overrides.frame.edition import Edition, Job
from overrides.joining import translated
from overrides.pages import written
from overrides.press import sitemap
from overrides.words.errors import SiteError
from tests.site import ROOT, SETTINGS, key_list


@pytest.fixture
def dutch(tmp_path: Path) -> Edition:
    """The Dutch edition of the practice site."""
    (tmp_path / "keys.json").write_text(key_list(), encoding="utf-8")
    docs = str(ROOT / "docs")
    return edition.load(Job("nl", str(SETTINGS), str(tmp_path / "keys.json"), docs, None))


@pytest.mark.parametrize(
    ("page", "path"),
    [("index.md", "/nl/"), ("door.md", "/nl/door/"), ("deep/index.md", "/nl/deep/")],
)
def test_pages_have_an_address(page: str, path: str) -> None:
    """The first page stands at the folder of its language."""
    assert edition.url_path("nl", page) == path


@pytest.mark.parametrize(
    ("path", "root"),
    [("/", ""), ("/nl/", "../"), ("/nl/door/", "../../"), ("/a/b/c/", "../../../")],
)
def test_the_way_up_is_counted(path: str, root: str) -> None:
    """Relative links keep working in a copy on a stick or a mirror."""
    assert shell.root_of(path) == root


def test_names_are_filled_in_and_escaped(dutch: Edition) -> None:
    """A desk's name is text, never markup; a blank shows without its marker."""
    chosen = replace(dutch.settings, name="A <b>")

    text = written.fill("{{ desk_name }} bij {{organisation}}", chosen, dutch.t)

    assert text == "A &lt;b&gt; bij (naam · name)"


def test_a_text_is_read_as_it_stands(dutch: Edition) -> None:
    """It is neither HTML nor Markdown, and another language carries its mark."""
    texts = {"funding": {"nl": "a_b *c* <d> [e](f) | g", "en": "h"}}
    chosen = replace(dutch.settings, accountability=texts)
    blank = replace(dutch.settings, accountability={"funding": {"nl": "OPEN:", "en": ""}})

    said = written.fill("{{ funding }}", chosen, dutch.t)
    arabic = written.fill("{{ funding }}", chosen, dutch.strings["ar"])

    assert not re.search(r"[*_<>\[|]", said)
    assert arabic == '<span lang="en" dir="ltr">h</span>'
    assert written.fill("{{ funding }}", blank, dutch.t) == dutch.t("accountability.blank")


def test_an_unknown_hole_stops_the_build(dutch: Edition) -> None:
    """A mistyped name never becomes an empty place."""
    with pytest.raises(SiteError, match="nothing to fill in for desk_nam"):
        written.fill("{{ desk_nam }}", dutch.settings, dutch.t)


def test_summary_comes_first_and_sources_last(dutch: Edition) -> None:
    """The marks of the summary count with those of the text; behind its heading come the footnotes."""
    facts = front_matter.Facts("T", "D", summary="Kort\nantwoord.[^awb-5-12]")

    text, groups = written.markdown(dutch, facts, "door.md", "Tekst.")

    assert text.startswith('!!! summary "Kort"\n    Kort antwoord.[^1]\n\nTekst.')
    fold = '<details class="fold"><summary>Alle bronnen</summary></details>'
    assert text.endswith(f"## Waar staat dit? {{: #sources }}\n\n{fold}\n")
    assert groups == [("awb-5-12",)]


def test_the_summary_stands_where_the_page_says(dutch: Edition) -> None:
    """Behind what is said first, once, and before the first heading."""
    facts = front_matter.Facts("T", "D", summary="Antwoord.")

    text, _ = written.markdown(dutch, facts, "door.md", "Eerst.\n\n{summary}\n\n## Kop\n\nTekst.")

    assert text == 'Eerst.\n\n!!! summary "Kort"\n    Antwoord.\n\n\n## Kop\n\nTekst.'


@pytest.mark.parametrize(
    ("summary", "body"),
    [
        ("A.", "## Kop\n\n{summary}\n"),
        ("A.", "{summary}\n\n{summary}\n"),
        ("A.", "Eerst. {summary}\n"),
        ("A.", "Eerst.\n\n{summary}\n\n## Kop\n\nEn {summary} hier.\n"),
        ("", "{summary}\n"),
    ],
)
def test_a_place_where_no_summary_can_stand_is_refused(
    dutch: Edition, summary: str, body: str
) -> None:
    """Nobody finds an answer below a heading; twice it is none, and a mark is never shown to a reader."""
    with pytest.raises(SiteError, match="stands where no summary can"):
        written.markdown(dutch, front_matter.Facts("T", "D", summary=summary), "door.md", body)


def test_a_page_without_claims_has_no_list_of_sources(dutch: Edition) -> None:
    """No heading over nothing."""
    assert written.markdown(dutch, front_matter.Facts("T", "D"), "write.md", "Tekst.") == (
        "Tekst.",
        [],
    )


def test_a_page_that_one_language_lacks_is_shown_in_another_and_says_so(
    dutch: Edition, tmp_path: Path
) -> None:
    """No alternate promises it; the menu leads to it; it is marked with the language of its text."""
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "door.md").write_text("---\ntitle: T\n---\n", "utf-8")
    english = replace(dutch, docs=tmp_path, t=dutch.strings["en"])
    facts = front_matter.Facts("T", "D")

    view = edition.view(english, facts, "door.md", [("door.md", "T")])

    assert [a.language for a in view.alternates] == ["nl", "x-default"]
    assert [link.language for link in view.languages] == list(dutch.strings)
    assert (view.language, view.shown, view.shown_direction) == ("en", "nl", "ltr")
    assert view.canonical.endswith("/nl/door/")
    assert view.notes == (
        "This page is not translated into English yet. Here is the text in Dutch.",
    )
    assert english.missing_pages() == {"door.md": tmp_path / "nl" / "door.md"}


def test_a_page_is_shown_in_english_first_and_in_dutch_last(dutch: Edition, tmp_path: Path) -> None:
    """Its own language before both; a page that nobody wrote is made in every language."""
    shown = []
    for language in ("nl", "en", "es"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "door.md").write_text("---\ntitle: T\n---\n", "utf-8")
        spanish = replace(dutch, docs=tmp_path, t=dutch.strings["es"])
        shown.append(spanish.shown("door.md").language)

    assert shown == ["nl", "en", "es"]
    assert spanish.shown("places.md").language == "es"


def test_a_menu_marks_titles_of_another_language(dutch: Edition) -> None:
    """English and its direction on what is not translated, nothing on the rest."""
    arabic = replace(dutch, t=dutch.strings["ar"])

    written, made, borrowed = edition.nav_links(
        arabic, [("door.md", "A"), ("places.md", "B"), ("routes.md", "C")], "places.md", "../"
    )

    assert (written.href, written.language, written.current) == ("../ar/door/", "", False)
    assert (made.href, made.language, made.current) == ("../ar/places/", "", True)
    assert (borrowed.href, borrowed.language, borrowed.direction) == ("../ar/routes/", "en", "ltr")


def test_an_unchecked_translation_says_so_until_somebody_checked_it(dutch: Edition) -> None:
    """On written and on generated pages, and not in the languages the site is written in."""
    facts = front_matter.Facts("T", "D")
    checked = replace(facts, native_checker="M., 2026-11-22")
    spanish = replace(dutch, t=dutch.strings["es"])

    note = (dutch.strings["es"]("translation.unchecked"),)
    assert edition.translation_notes(spanish, facts, "door.md") == note
    assert edition.translation_notes(spanish, facts) == note
    assert edition.translation_notes(spanish, checked, "door.md") == ()
    assert edition.translation_notes(dutch, facts, "door.md") == ()


def test_what_takes_words_of_a_page_is_checked_and_behind_with_it(
    dutch: Edition, tmp_path: Path
) -> None:
    """A card of sentences that nobody has checked says so, also where the strings were checked."""
    own = replace(dutch.strings["es"], is_checked=True)
    spanish = replace(dutch, strings={**dutch.strings, "es": own}, t=own)
    assert edition.notes_of(spanish, ()) == ()
    assert edition.notes_of(spanish, ("door.md",)) == (own("translation.unchecked"),)
    assert edition.notes_of(dutch, ("door.md",)) == ()

    shutil.copytree(dutch.docs, tmp_path / "docs")
    with (tmp_path / "docs" / "nl" / "door.md").open("a", encoding="utf-8") as file:
        file.write("\nEen zin erbij.\n")
    later = replace(spanish, docs=tmp_path / "docs")
    since = own("translation.since", date=own.day(date(2026, 11, 22)))
    assert edition.notes_of(later, ("help.md", "door.md"))[0] == since


def test_what_is_made_of_strings_is_checked_with_them(dutch: Edition) -> None:
    """A page made from data, and a form, whose own file holds no word but a title."""
    form = front_matter.Facts("T", "D", form=True, native_checker="M., 2026-11-22")
    unchecked = replace(dutch, t=dutch.strings["es"])
    own = replace(dutch.strings["es"], is_checked=True)
    checked = replace(dutch, strings={**dutch.strings, "es": own}, t=own)

    assert len(edition.translation_notes(unchecked, form, "write.md")) == 1
    for facts, page in ((form, "write.md"), (front_matter.Facts("T", "D"), "")):
        assert edition.translation_notes(checked, facts, page) == ()
    assert len(edition.translation_notes(checked, front_matter.Facts("T", "D"), "door.md")) == 1


def test_a_translation_behind_its_original_says_since_when(dutch: Edition, tmp_path: Path) -> None:
    """Of the day on which somebody held it against another Dutch text; English is written beside the Dutch."""
    for language in ("nl", "es", "en"):
        (tmp_path / language).mkdir()
        shutil.copy(ROOT / "docs" / language / "door.md", tmp_path / language)
    page = tmp_path / "es" / "door.md"
    translated.stamp(page, date(2026, 11, 20))
    spanish = replace(dutch, docs=tmp_path, t=dutch.strings["es"])
    facts = front_matter.parse("door.md", front_matter.read(page))

    assert len(edition.translation_notes(spanish, facts, "door.md")) == 1
    original = tmp_path / "nl" / "door.md"
    original.write_text(f"{original.read_text('utf-8')}\nEen zin erbij.\n", "utf-8")
    first, _ = edition.translation_notes(spanish, facts, "door.md")
    assert first == spanish.t("translation.since", date="20 de noviembre de 2026")
    english = replace(spanish, t=dutch.strings["en"])
    assert edition.translation_notes(english, front_matter.Facts("T", "D"), "door.md") == ()


def test_a_contact_without_text_in_a_language_shows_the_english_one(dutch: Edition) -> None:
    """Every reader gets every way to reach the desk, marked with the language it is written in."""
    contact = tuple(replace(one, text={"en": "x<y"}) for one in dutch.settings.contact)
    arabic = replace(dutch, t=dutch.strings["ar"])
    arabic = replace(arabic, settings=replace(dutch.settings, contact=contact))

    (line, *_) = edition.contact_lines(arabic)

    assert '<span lang="en" dir="ltr">x&lt;y</span>' in line
    assert "<span" not in edition.contact_lines(dutch)[0]


def test_site_maps_escape_what_xml_needs() -> None:
    """An address may hold an ampersand, a site map may not."""
    made = sitemap.one("https://a.example", ["/nl/?a&b/"])
    assert "<loc>https://a.example/nl/?a&amp;b/</loc>" in made
    assert "<loc>https://a.example/?a&amp;b/sitemap-nl.xml</loc>" in sitemap.index(
        "https://a.example/?a&b", ["nl"]
    )
