"""What must never stand alone: "you can choose later" without the crimes that have a last day.

The law asks some people to ask for prosecution themselves within three months; rape and assault
have two levels since July 2024; and who is under 18 reads at the first step what the desk does.
"""

import re
from urllib.parse import urljoin

import pytest

from overrides.frame.edition import SOURCE_LANGUAGES
from tests.site import LANGUAGES, ROOT, Built, Page

LAST_DAY = "choices-effects.md#ask"
TERM = {"nl": "binnen drie maanden", "en": "three months"}
BACK = {"nl": "binnen acht dagen", "en": "within eight days"}
LATER = {
    "nl": r"later (?:nog )?kiezen|hoeft? (?:vandaag|nu|daarvoor) (?:niets?|geen) [^.;]*beslis"
    r"|(?:[Jj]ij|[Jj]e) beslist of je (?:iets|naar de politie)|^Niet vandaag",
    "en": r"choose later|do not have to decide (?:anything )?(?:today|about the police)"
    r"|[Yy]ou decide if you (?:do|go to the police)|^Not today",
}
LEVELS = {"sr-241": "sr-240", "sr-243": "sr-242"}


def sections(language: str) -> list[tuple[str, str]]:
    """Every section of every page of a language, with the name of its page; front matter is one."""
    found = []
    for path in sorted((ROOT / "docs" / language).glob("*.md")):
        found += [
            (path.stem, part)
            for part in re.split(r"^(?:## .*|---)$", path.read_text("utf-8"), flags=re.M)
        ]
    return found


def alone(text: str, language: str) -> bool:
    """Whether a section lets somebody choose later and does not say what has a last day."""
    return bool(re.search(LATER[language], text, re.M)) and LAST_DAY not in text


@pytest.mark.parametrize("language", SOURCE_LANGUAGES)
def test_choosing_later_never_stands_without_the_three_months(language: str) -> None:
    """Not on the page, not in the answer above it: each such sentence has the link beside it."""
    said = [name for name, text in sections(language) if re.search(LATER[language], text, re.M)]

    assert {"choices", "harm-hours", "life-neighbours", "work-operator"} <= set(said)
    assert [(name, text) for name, text in sections(language) if alone(text, language)] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Dat mag. Je kunt later nog kiezen. Let wel op twee dingen:"),
        ("nl", "Je hoeft vandaag niets te beslissen."),
        ("nl", "Jij beslist of je naar de politie gaat."),
        ("en", "You may. You can still choose later. Watch two things:"),
        ("en", "You do not have to decide anything today."),
        ("en", "You decide if you do anything."),
    ],
)
def test_the_sentences_that_stood_alone_are_known(language: str, text: str) -> None:
    """What pages said once would be found again."""
    assert alone(text, language)
    assert not alone(f"{text} [?]({LAST_DAY})", language)


@pytest.mark.parametrize("language", SOURCE_LANGUAGES)
def test_the_three_months_say_how_long_and_that_it_can_be_taken_back(language: str) -> None:
    """The section that all links lead to, and the two pages about others who harass or show."""
    for name in ("choices-effects", "life-neighbours", "life-photos"):
        text = (ROOT / "docs" / language / f"{name}.md").read_text("utf-8")
        assert TERM[language].removeprefix("binnen ") in text, name
        assert BACK[language] in text, name
        assert "[^sr-64-67]" in text, name


@pytest.mark.parametrize("language", SOURCE_LANGUAGES)
def test_rape_and_assault_stand_with_both_levels(language: str) -> None:
    """Who cites the crime of knowing cites the crime of "should have understood" beside it."""
    cited = 0
    for name, text in sections(language):
        for knowing, should_have in LEVELS.items():
            if f"[^{knowing}]" in text:
                cited += 1
                assert f"[^{should_have}]" in text, name
    assert cited > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_under_18_is_told_at_the_first_step(built_site: Built, language: str) -> None:
    """One sentence before anything is asked, in her language, to the page that says what we do."""
    page = Page(f"/{language}/write/", built_site.text(f"/{language}/write/"))
    (below,) = page.all("div", id="about")
    links = [a for a in page.all("a") if below in a.inside]

    (said,) = [
        a for a in links if urljoin(page.path, a.attributes["href"]).endswith("/help-young/")
    ]
    assert "18" in said.text
    assert not re.search(r"[A-Za-z]{3}", said.text) or language != "ar"


@pytest.mark.parametrize("language", SOURCE_LANGUAGES)
def test_the_page_on_the_desk_promises_the_same_under_18(language: str) -> None:
    """The promise stands beside "without your yes", and the doubts of law on the page it leads to."""
    (promise,) = [t for name, t in sections(language) if name == "about" and "help-young.md" in t]
    page = "".join(text for name, text in sections(language) if name == "help-young")

    assert {"nl": "zonder jouw ja", "en": "without your yes"}[language] in promise
    assert re.search(
        {"nl": r"jonger dan 16\?.*advocaat", "en": r"under 16\?.*lawyer"}[language], page
    )


@pytest.mark.parametrize("language", SOURCE_LANGUAGES)
def test_the_first_hours_say_that_no_doctor_checked_them_yet(language: str) -> None:
    """In the answer itself, until somebody did; hours and days stand there too."""
    text = next(t for name, t in sections(language) if name == "harm-hours" and "summary:" in t)

    assert {
        "nl": "arts moet deze pagina nog nakijken",
        "en": "doctor still has to check this page",
    }[language] in text
    assert re.search(r"\b2 (?:uur|hours)\b.*\b72\b", text)
