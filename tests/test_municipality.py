"""The pages of all municipalities: each says exactly what its record says, and nothing more."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import brotli
import pytest

from overrides.facts import data, states
from overrides.facts.policy import FORMS, Condition, Fact, Passage, Policy
from overrides.facts.texts import Backing
from overrides.frame import edition
from overrides.frame.edition import Edition, Job
from overrides.pages import lead, municipality, places
from overrides.pages.municipality import Context
from overrides.pages.wording import Voice, months_after, months_between
from overrides.press import bundle
from tests.own_records import facts
from tests.site import LANGUAGES, ROOT, SETTINGS, Page, asset, key_list

FIRST_FLIGHT = 14_336  # bytes of one page with style, icon and script; DESIGN: one TCP first flight
WITHOUT_RECORD = "GM0184"  # Urk
NAV = {
    language: [
        ("index.md", "Info"),
        ("door.md", "Door"),
        ("routes.md", "Routes"),
        ("write.md", "Write"),
        ("leaving.md", "Leaving"),
    ]
    for language in LANGUAGES
}


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """Everything that the pages of every language are made from."""
    keys = tmp_path_factory.mktemp("keys") / "keys.json"
    keys.write_text(key_list(), "utf-8")
    job = Job("nl", str(SETTINGS), str(keys), str(ROOT / "docs"), "2026-11-22")
    return Context(edition.load(job), facts(), NAV)


@pytest.fixture(scope="module")
def rendered(context: Context) -> dict[str, bytes]:
    """The files of every language."""
    return {
        name: page
        for language in LANGUAGES
        for name, page in municipality.render(language, context).items()
    }


def page_of(files: dict[str, bytes], code: str, language: str = "en") -> Page:
    """The page of one municipality."""
    slug = places.slugs(facts().municipalities)[code]
    return Page(f"/{language}/m/{slug}/", files[f"{language}/m/{slug}/index.html"].decode("utf-8"))


def page_html(files: dict[str, bytes], code: str) -> str:
    """The HTML of the English page of one municipality."""
    return page_of(files, code).html


def text(page: Page, element_id: str) -> str:
    """What stands in the one element with this id, tags read as spaces."""
    (found,) = re.findall(rf'<(\w+)(?: [^>]*)? id="{element_id}"[^>]*>(.*?)</\1>', page.html)
    return spaced(found[1])


def spaced(html: str) -> str:
    """The text in a piece of HTML, with single spaces and none before a full stop."""
    plain = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    return re.sub(r" (?=[.,\])])|(?<=[\[(]) ", "", plain)


def answer(page: Page, term_id: str) -> str:
    """What stands in the description after a term."""
    found = re.search(rf'<dt id="{term_id}">.*?</dt><dd>(.*?)</dd>', page.html)
    assert found
    return spaced(found[1])


def on(day: date, context: Context) -> Context:
    """The same facts, in a build that counts as another day."""
    settings = replace(context.edition.settings, reference_date=day)
    return replace(context, edition=replace(context.edition, settings=settings))


def voice(context: Context, language: str) -> Voice:
    """The strings of a language."""
    return Voice(context.edition.strings[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_municipality_has_a_page_of_its_own(
    rendered: dict[str, bytes], language: str
) -> None:
    """A page for each, none in the place of another, the list, and the page about work at home."""
    names = {name for name in rendered if name.startswith(f"{language}/")}

    assert len(names) == len(facts().municipalities) + 2
    assert f"{language}/home-work/index.html" in names
    assert f"{language}/places/index.html" in names
    assert f"{language}/m/s-gravenhage/index.html" in names
    assert f"{language}/m/sudwest-fryslan/index.html" in names


def said_of(say: Voice, value: str) -> list[str]:
    """The words of a value, and those where it is the permit of a business."""
    ids = (value, f"{value}.business")
    return [say(one) for one in ids if f"municipality.{one}" in say.t.texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_known_fact_has_value_date_certainty_and_sources(
    context: Context, rendered: dict[str, bytes], language: str
) -> None:
    """For all records and forms the row says the recorded value, and each source it links exists."""
    say = voice(context, language)
    for code, policy in facts().policies.items():
        page = page_of(rendered, code, language)
        ids = {one.attributes.get("id") for one in page.elements}
        for form in FORMS:
            fact = policy.facts[form]
            row = text(page, form)
            if not fact.is_known:
                assert say("usual") in row
                continue
            assert any(words in row for words in said_of(say, f"value.{fact.value}"))
            assert say("usual") not in row
            when = say("fact.undated") if fact.as_of is None else say.moment(fact.as_of)
            assert f"{when.removesuffix('.')}" in row
            assert say.certainty(fact.confidence) in row
            linked = {f"#{source}" for source in fact.sources}
            assert linked <= set(re.findall(r'href="(#[bs]\d+)"', row_html(page, form)))
            assert set(fact.sources) <= ids


def row_html(page: Page, form: str) -> str:
    """The HTML of the row of one form."""
    found = re.search(rf'<tr role="row" id="{form}">(.*?)</tr>', page.html)
    assert found
    return found[1]


def test_tilburg_says_what_its_record_says(rendered: dict[str, bytes]) -> None:
    """Each answer has its own day: of the policy, of the bylaw, of the news that alone states it."""
    page = page_of(rendered, "GM0855")

    assert text(page, "home_alone").startswith("Alone at home Allowed, with conditions")
    assert "Look at your lease" in text(page, "home_alone")
    assert text(page, "home_alone").endswith(
        "Date: 1 January 2020. Certainty: medium. Source: 1. Also: 3, April 2024; 4, no date"
    )
    said = "Not needed. Check it first. Date: April 2024. Certainty: low."
    assert answer(page, "permit").startswith(said)
    assert text(page, "club").startswith(
        "Club or private house Only with a permit of the operator. Check it first. "
        "Date: 1 January 2020. Certainty: high. Source: 2."
    )
    said = "Registered at that address. Date: April 2024. Certainty: low. Source: 3"
    assert said in spaced(page.html)
    assert "Municipality with police, GGD and Sterk Huis" in text(page, "supervisor")
    assert "Not known is no ban, and no permission. Form of work" in text(page, "usual")
    assert "Not known. Nobody has read it yet." in answer(page, "entry")
    assert "Beleidsnota prostitutie en seksbranche Gemeente Tilburg 2019" in text(page, "b1")
    assert "policy paper, 1 January 2020" in text(page, "b1")
    assert "rule; in force in the copy that we read" in text(page, "b2")
    said = "Alone at home? Allowed, with conditions. Source from 1 January 2020. Check it first."
    assert text(page, "lead") == said


def test_sittard_geleen_says_what_its_record_says(rendered: dict[str, bytes]) -> None:
    """Not allowed alone, by the policy of 2007 and not by the newer news; together, by the news of 2021."""
    page = page_of(rendered, "GM1883")

    said = "Alone at home? Not allowed. Source from 18 April 2007. Check it first."
    assert text(page, "lead") == said
    said = "Alone at home Not allowed. Check it first. Date: 18 April 2007. Certainty: medium. "
    assert text(page, "home_alone").startswith(f"{said}Source: 1. Also: 2")
    said = "Together at home Not allowed. Check it first. Date: 2021. Certainty: low. Source: 3"
    assert text(page, "home_together") == said
    assert "lease" not in text(page, "home_alone")
    assert answer(page, "permit").startswith("Cannot be had. Check it first. Date: 18 April 2007.")
    assert "the owner gets a copy if the resident rents" in page.html


def test_utrecht_says_what_its_record_says(rendered: dict[str, bytes]) -> None:
    """Allowed with conditions, 21 for home work, at most six businesses, and a maximum is no room."""
    page = page_of(rendered, "GM0344")

    assert "Allowed, with conditions" in text(page, "home_alone")
    assert "Date: 15 April 2025. Certainty: medium." in text(page, "home_alone")
    said = "Alone at home? Allowed, with conditions. Source from 15 April 2025. "
    assert text(page, "lead") == f"{said}The rule may have changed."
    assert text(page, "window").startswith("Window Not allowed. Check it first. Date: not shown.")
    said = "21 years, for work at home. The rule may have changed. Date: 15 April 2025."
    assert answer(page, "age").startswith(said)
    said = "Maximum number of businesses: 6. A maximum does not mean that there is room."
    assert answer(page, "max").startswith(said)
    assert "Clients only between 06:00 and 01:00" in page.html


def test_den_haag_leaves_its_conflict_open(rendered: dict[str, bytes]) -> None:
    """Both claims stand there, each with its source and its day, and no side is chosen."""
    page = page_of(rendered, "GM0518")
    row = text(page, "home_alone")

    assert row.startswith("Alone at home Sources conflict. We do not choose.")
    said = "Alone at home? Sources conflict. We do not choose. Check it first."
    assert text(page, "lead") == said
    assert "NRC 2017: working from home is not allowed [2, 27 February 2017]" in row
    assert "a home with a licence, and a sign at the front door [3, May 2017]" in row
    assert "Not allowed" not in row
    assert "Also called: Den Haag, The Hague." in page.html


def test_haarlemmermeer_says_maximum_zero(rendered: dict[str, bytes]) -> None:
    """Zero windows, and what zero means."""
    page = page_of(rendered, "GM0394")

    said = answer(page, "max")
    assert said.startswith("Maximum number of windows: 0. Zero means: no permit can be had.")
    assert "Date: 6 February 2024. Certainty: high." in said
    said = "Window Not allowed. Check it first. Date: 6 February 2024."
    assert text(page, "window").startswith(said)


@pytest.mark.parametrize(("language", "usual"), [("nl", "Gebruikelijk"), ("en", "Usual in")])
def test_without_a_record_the_usual_rule_is_never_the_rule_here(
    rendered: dict[str, bytes], language: str, usual: str
) -> None:
    """Every row first says that it is not known, then what is usual; no value stands there."""
    page = page_of(rendered, WITHOUT_RECORD, language)

    for form in FORMS:
        row = text(page, form)
        assert re.search(r"(Niet bekend voor|Not known for) Urk\. ", row)
        assert usual in row
        assert "<strong>" not in row_html(page, form)
    assert 'href="#home_alone"' not in page.html  # eight times that nothing is known is no answer
    assert "GM0184" in page.html


def test_wijdemeren_says_that_a_merger_is_planned(rendered: dict[str, bytes]) -> None:
    """Planned, with its day and source, outcome unknown; and Hilversum says so too."""
    page = page_of(rendered, "GM1696")
    assert "Wijdemeren is planned to become part of Hilversum on 1 January 2027." in page.html
    assert "Whether that goes ahead is not known here." in page.html
    assert "Date: 21 November 2025. Certainty: high." in page.html
    for code in ("GM1696", "GM0402"):
        (box,) = re.findall(
            r'id="merger">.*?<div class="warning">(.*?)</div>', page_html(rendered, code)
        )
        assert spaced(box).startswith("Wijdemeren is planned to become part of Hilversum on 1 Jan")
    assert "merger" not in page_html(rendered, "GM0855")


@pytest.mark.parametrize(
    ("day", "trust", "beside"),
    [
        (date(2025, 2, 5), "Certainty: high.", ""),
        (date(2025, 2, 6), "The rule may have changed.", "The rule may have changed. "),
        (date(2026, 2, 5), "The rule may have changed.", "The rule may have changed. "),
        (date(2026, 2, 6), "Check it first.", "Check it first. "),
    ],
)
def test_how_far_to_trust_an_answer_moves_with_the_reference_date(
    context: Context, day: date, trust: str, beside: str
) -> None:
    """The record of Haarlemmermeer is of 6 February 2024: a year later it is old, then check first."""
    page = page_of(municipality.render("en", on(day, context)), "GM0394")

    assert text(page, "lead") == f"Window? Not allowed. Source from 6 February 2024. {trust}"
    assert text(page, "window").startswith(f"Window Not allowed. {beside}Date: 6 February 2024.")


def test_an_answer_without_a_date_says_so(rendered: dict[str, bytes]) -> None:
    """Noordwijk's page has no date, so nobody can tell how old it is."""
    said = "Window? Not allowed. Source without a date. Check it first."
    assert text(page_of(rendered, "GM0575"), "lead") == said


@pytest.mark.parametrize(
    ("kept", "kind"),
    [
        ({}, "known"),
        ({"facts": None}, "texts"),
        ({"facts": None, "conflicts": True}, "conflict"),
        ({"facts": "supervisor"}, "pointer"),
        ({"facts": None, "texts": ()}, "none"),
    ],
)
def test_something_was_found_only_where_a_value_is_known(
    context: Context, kept: dict[str, object], kind: str
) -> None:
    """A text about a municipality, or sources that conflict, is no answer and is not called one."""
    policy, unknown = facts().policies["GM0855"], Fact("unknown")
    named = kept.get("facts", policy.facts)
    known = policy.facts if named is policy.facts else dict.fromkeys(policy.facts, unknown)
    if isinstance(named, str):
        known = {**known, named: policy.facts[named]}
    changed = replace(policy, facts=known, texts=kept.get("texts", policy.texts), conditions=())
    if kept.get("conflicts"):
        changed = replace(changed, conflicts=facts().policies["GM0518"].conflicts)
    said = lead.line(voice(context, "en"), "Tilburg", changed, date(2026, 11, 22))
    rows = lead.Rows(voice(context, "en")).of(changed)

    assert states.kind(changed) == kind
    assert ("We found something" in said) == (kind == "pointer")
    assert ("We found no rule" in said) == (kind in ("texts", "none"))
    assert ("#home_alone" in rows) == (kind in ("known", "conflict"))
    assert ("#supervisor" in rows) == (kind == "pointer")
    assert ("#sources" in rows) == (kind in ("texts", "pointer"))


def test_the_page_itself_goes_stale(context: Context) -> None:
    """Past its own review date the frame says so, on pages without a record too."""
    later = municipality.render("en", on(date(2027, 5, 23), context))
    before = municipality.render("en", on(date(2027, 5, 22), context))

    counts = [
        len(page_of(files, WITHOUT_RECORD).all("p", class_="warning")) for files in (before, later)
    ]
    assert counts == [0, 1]


def test_home_entry_is_shown_when_somebody_read_it(context: Context) -> None:
    """Not known on every page today; a record that knows it says so with its source."""
    policy = facts().policies["GM0855"]
    read = Fact("yes", "2026-12-01", "high", ("b2",))
    known = replace(policy, facts={**policy.facts, "home_entry_bylaw": read})
    changed = replace(facts(), policies={**facts().policies, "GM0855": known})
    page = page_of(municipality.render("en", replace(context, data=changed)), "GM0855")

    assert answer(page, "entry").startswith("Yes, an authorisation is needed then. Date: 1 Dec")


def test_text_as_found_keeps_its_language(rendered: dict[str, bytes]) -> None:
    """On a Dutch page our Dutch wording stands; elsewhere the English note, marked as English."""
    dutch, english, spanish = (page_of(rendered, "GM0855", one) for one in ("nl", "en", "es"))

    assert '<span class="found">Eigen woning</span>' in dutch.html
    assert '<span class="found">Vergunningen sinds 2020: 3 jaar' in dutch.html
    assert '<span class="found">Own dwelling</span>' in english.html
    assert '<span class="found" lang="en" dir="ltr">Permits since 2020' in spanish.html


def test_text_as_found_cannot_become_markup(context: Context) -> None:
    """Data are written by many hands; a sign of HTML in them stays a sign."""
    bad = Passage('<script src="x">&', "en", "<b>")
    rule = Condition(bad, Backing("2024", "low", ("s1",)))
    policy: Policy = replace(facts().policies["GM0855"], conditions=(rule,), notes=bad)
    changed = replace(facts(), policies={**facts().policies, "GM0855": policy})
    page = page_of(municipality.render("en", replace(context, data=changed)), "GM0855")

    assert "&lt;script src=&quot;x&quot;&gt;&amp;" in page.html
    assert len(page.all("script")) == 1


def test_help_near_says_police_tie_and_anonymity(rendered: dict[str, bytes]) -> None:
    """Groningen shows who goes along on checks; a region without anybody says so."""
    page = page_of(rendered, "GM0014")
    assert "Meetingpoint / Time2Connect Groningen" in page.html
    assert "Goes along on checks." in page.html
    assert "We do not know whether it works without a name." in page.html
    assert "For this region we found no organisation." in page_of(rendered, "GM0361").html
    assert "Vertrouwenspersoon sekswerkers Rotterdam" in page_of(rendered, "GM0599").html
    assert "Vertrouwenspersoon sekswerkers Rotterdam" not in page_of(rendered, "GM0606").html


def test_a_release_shows_no_number_that_nobody_called(context: Context) -> None:
    """Only 112; practice shows the others, and the mail of an organisation of the region, as not tried."""
    released: Edition = replace(
        context.edition, settings=replace(context.edition.settings, practice=False)
    )
    made = municipality.render("en", replace(context, edition=released))
    page, practice = page_of(made, "GM0518"), page_of(municipality.render("en", context), "GM0518")

    assert set(re.findall(r'href="tel:([^"]+)"', page.html)) == {"112"}
    assert "mailto:" not in page.html
    assert "14 030" not in page_html(made, "GM0344")
    assert 'href="mailto:info@dehaven.nl">info@dehaven.nl</a> (not called yet)' in practice.html


def test_who_helps_in_the_whole_country_is_said_in_one_place(rendered: dict[str, bytes]) -> None:
    """Behind those of the region a link leads to the page of help: no page of a municipality repeats it."""
    page = page_of(rendered, "GM0014")
    (heading,) = page.all("h2", id="help")
    behind = page.elements[page.elements.index(heading) :]
    links = [e.attributes["href"] for e in behind if e.tag == "a"]
    assert "../../help/" in links[: links.index("../../about/#check")]
    assert "Centrum Seksueel Geweld" not in page.html


def test_pages_stay_within_the_first_flight(rendered: dict[str, bytes], tmp_path: Path) -> None:
    """The heaviest page with style, icon and scripts, packed, is one first flight of TCP."""
    bundle.write(tmp_path)
    assets = {path.name: path.read_bytes() for path in tmp_path.glob(asset("*"))}
    shared = sum(packed(assets[name]) for name in ("site.css", "icon.svg", "leave.js"))
    filtered = packed(assets["places.js"]) - packed(assets["leave.js"])
    # Packing all of them takes a minute, so the heaviest before packing stand for the others.
    heaviest = sorted(rendered.values(), key=len)[-12:]

    assert max(packed(page) for page in heaviest) + shared <= FIRST_FLIGHT
    listed = [packed(rendered[f"{one}/places/index.html"]) for one in LANGUAGES]
    assert max(listed) + shared + filtered <= FIRST_FLIGHT
    assert filtered <= 1_050  # what looks names up, and asks for them once


def packed(content: bytes) -> int:
    """Bytes on the way, as the best packer would send them."""
    return len(brotli.compress(content, quality=11))


def test_two_renders_are_byte_identical(context: Context, rendered: dict[str, bytes]) -> None:
    """No clock, no order by chance."""
    for language in LANGUAGES:
        for name, page in municipality.render(language, context).items():
            assert rendered[name] == page


def test_pages_render_where_mkdocs_cannot_be_imported(tmp_path: Path) -> None:
    """Another generator, or none, can fill the same records: nothing here knows MkDocs."""
    (tmp_path / "keys.json").write_text(key_list(), "utf-8")
    program = f"""
import sys
sys.modules["mkdocs"] = None
sys.modules["material"] = None
from pathlib import Path
from overrides.facts import data; from overrides.frame import edition; from overrides.pages import municipality
job = edition.Job("nl", {str(SETTINGS)!r}, {str(tmp_path / "keys.json")!r}, "docs", None)
facts = data.load(Path("docs/data"))
context = municipality.Context(edition.load(job), facts, {NAV!r})
print(len(municipality.render("nl", context)))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert int(done.stdout) == len(data.municipalities(ROOT / "docs" / "data")) + 2


def test_months_are_whole() -> None:
    """A month is over on the same day of the next, not before."""
    assert months_between(date(2024, 2, 6), date(2025, 2, 5)) == 11
    assert months_between(date(2024, 2, 6), date(2025, 2, 6)) == 12
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
