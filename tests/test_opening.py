"""What only people can do before a site opens: printed, and where it is vital no release without it."""

from dataclasses import replace
from datetime import date

from overrides.facts import directory
from overrides.facts.directory import Organisation
from overrides.facts.front_matter import Facts
from overrides.pages import pictograms
from overrides.pages.pictograms import Meant
from overrides.press import lists, opening
from overrides.press.opening import Task
from tests.site import ROOT, SETTINGS

COMMITTED = directory.load(ROOT / "docs" / "data" / "directory.yml")
CSG = COMMITTED["csg"]
PAGE = Facts("T", "D")
MEDICAL = replace(PAGE, is_medical=True)
ENOUGH = {"tried_by_sex_workers": 5, "tried_by_handlers": 2}


def waiting(
    who: str, *pages: opening.Page, organisations: tuple[Organisation, ...] = ()
) -> list[Task]:
    """What waits for one group of people."""
    return [one for one in opening.tasks(pages, organisations, ENOUGH) if one.who == who]


def test_the_pages_that_can_do_most_harm_are_read_first() -> None:
    """By a lawyer, in the language of the law; a form has none."""
    names = ("work-eu.md", "about.md", "door.md", "harm-report.md", "door-tax.md")
    pages = [("nl", name, PAGE) for name in names]
    form = ("nl", "write.md", replace(PAGE, form=True))
    read = ("nl", "law.md", replace(PAGE, legal_reviewer="A lawyer"))

    found = waiting("lawyer", *pages, form, read, ("en", "door.md", PAGE))

    assert [one.what for one in found] == [
        "harm-report.md", "door.md", "door-tax.md", "work-eu.md", "about.md",
    ]  # fmt: skip
    assert not any(one.vital for one in found)


def test_a_page_for_a_doctor_is_vital_in_both_languages() -> None:
    """Until a doctor has a name on it; a page without that line needs none."""
    pages = [(language, "a.md", MEDICAL) for language in ("nl", "en", "es")]
    read = ("nl", "b.md", replace(MEDICAL, medical_reviewer="A doctor"))

    found = waiting("doctor", *pages, read, ("nl", "c.md", PAGE))

    assert [str(one) for one in opening.refusals(found)] == [
        "a release refuses what is vital: no doctor has read nl/a.md",
        "a release refuses what is vital: no doctor has read en/a.md",
    ]


def test_what_is_vital_is_called_first_and_112_never() -> None:
    """A release refuses one vital number that nobody called, whatever else was."""
    plain = replace(CSG, id="plain", name="Plain", vital=False)
    unfit = replace(plain, id="unfit", contact_ready_to_show=False)
    emergency = replace(CSG, id="112")
    called = replace(CSG, id="called", verified_live=date(2026, 11, 1))

    found = waiting("caller", organisations=(plain, unfit, emergency, called, CSG))

    assert [(one.what, one.vital) for one in found] == [
        (f"nobody has called {CSG.name}", True),
        ("Plain", False),
    ]
    (refused,) = opening.refusals(found)
    assert "verified_live of csg" in refused.hint


def test_who_must_be_asked_is_asked_and_not_called() -> None:
    """Until somebody did; then it is called like the others."""
    first = replace(CSG, vital=False, listing="ask_first")
    asked = replace(first, asked_on=date(2026, 11, 1))

    assert [one.who for one in opening.tasks((), (first,), ENOUGH)] == ["asker"]
    assert [one.who for one in opening.tasks((), (asked,), ENOUGH)] == ["caller"]


UNCHECKED = [("ar", "door.md", PAGE), ("ar", "write.md", PAGE), ("es", "door.md", PAGE)]


def native(**raw: object) -> list[Task]:
    """What waits for native readers with these settings."""
    found = opening.tasks([*UNCHECKED, ("en", "door.md", PAGE)], (), {**ENOUGH, **raw})
    return [one for one in found if one.who == "native"]


def test_a_language_opens_unchecked_only_where_the_desk_decided_so() -> None:
    """With `need`; it is refused by name until then, and afterwards it still stands on the list."""
    decided = {"ar": date(2026, 11, 22)}
    found = native(translations="need", unchecked=decided)

    assert [(one.what, one.vital) for one in found] == [
        ("ar: 2, first door.md, write.md", False),
        ("no native speaker has checked es: 1, first door.md", True),
    ]
    (refused,) = opening.refusals(found)
    assert "write the language and the day in unchecked" in refused.hint


def test_strings_that_nobody_checked_ask_for_the_same_decision() -> None:
    """The form, the errors and the pages of municipalities are made of them alone."""
    pages = [("es", "door.md", replace(PAGE, native_checker="M., 2026-11-22"))]
    raw = {**ENOUGH, "translations": "need", "unchecked": {}}
    assert opening.refusals(opening.tasks(pages, (), raw)) == []

    (refused,) = opening.refusals(opening.tasks(pages, (), raw, texts=["nl", "es"]))
    assert "no native speaker has checked es: strings, sounds and facts" in str(refused)
    raw["unchecked"] = {"es": date(2026, 11, 22)}
    assert opening.refusals(opening.tasks(pages, (), raw, texts=["es"])) == []


def test_with_checked_nobody_has_to_decide() -> None:
    """What nobody has checked is not shown."""
    assert opening.refusals(native(translations="checked", unchecked={})) == []


def test_people_who_tried_it_are_counted() -> None:
    """A count that is missing is none."""
    people = [one.what for one in opening.tasks((), (), {"tried_by_handlers": 1})]

    assert people == ["tried_by_sex_workers: None of 5", "tried_by_handlers: 1 of 2"]


def test_what_is_behind_the_dutch_waits_for_a_translator() -> None:
    """Pages and strings, language by language; it stops nobody."""
    behind = {"es": ("door.md", "answer.again"), "ar": ()}
    (found,) = opening.tasks((), (), ENOUGH, behind=behind)

    assert (found.who, found.what) == ("translator", "es: 2, first door.md, answer.again")
    assert not found.vital


def test_people_say_what_a_drawing_means_until_enough_were_right() -> None:
    """Ten of them, seven right; with fewer the drawing goes, and the list says so."""
    drawn = [
        Meant("door", "a door", 0, 0),
        Meant("letter", "a letter", 7, 10),
        Meant("money", "money", 13, 20),
        Meant("phone", "a telephone", 9, 9),
    ]
    found = [one.what for one in opening.tasks((), (), ENOUGH, drawn)]

    assert found == [
        "door: a door",
        "money: 13 of 20 understood it, it goes",
        "phone: a telephone",
    ]


def test_every_drawing_waits_for_people_with_what_it_should_mean() -> None:
    """None can be drawn and forgotten: the list is made of the set itself."""
    (title,) = [
        said for said in opening.lines(lists.before_you_open(SETTINGS)) if "drawing" in said
    ]
    listed = [one.what for one in lists.before_you_open(SETTINGS) if one.who == "readers"]

    assert title.startswith("10 people with 3 languages say what a drawing means")
    assert {one.partition(":")[0] for one in listed} == set(pictograms.drawings())
    assert all(one.partition(": ")[2] for one in listed)


def test_the_repository_claims_nothing_that_nobody_did() -> None:
    """No reviewer, no call and nobody who tried it stands in what is committed."""
    found = lists.before_you_open(SETTINGS)

    assert all(one.verified_live is None and one.asked_on is None for one in COMMITTED.values())
    assert {one.who for one in found} >= {
        "lawyer", "caller", "native", "people", "asker", "readers",
    }  # fmt: skip
    assert any(str(one).endswith(CSG.name) for one in opening.refusals(found))
    said = list(opening.lines(found))
    assert len(said) == len(found) + len({one.who for one in found})
