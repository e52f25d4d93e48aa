"""What everybody needs of every page as it is built: outline, landmarks, names, help in one place, colours."""

import itertools
import re

import pytest

from tests.site import LANGUAGES, ROOT, STRINGS, Built, Page

STYLES = ("site.css", "form.css", "paper.css", "kept.css")
_LEVEL = re.compile(r"h[1-6]$")
# What moves, and what takes the ring of the focus away: neither stands in a style of ours.
_MOVES = re.compile(r"animation|transition|@keyframes|scroll-behavior|outline:\s*(?:0|none)")
_COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{3,6});")
WORDS = 4.5  # to 1, of words on their ground (WCAG 1.4.3)
EDGES = 3.0  # to 1, of the ring of the focus on what it may lie on (WCAG 1.4.11)
GROUNDS = ("paper", "soft", "tint", "red-tint", "amber-tint")
READ = [*(("ink", ground) for ground in GROUNDS), ("quiet", "paper"), ("quiet", "soft")]
READ += [("quiet", "tint"), ("lead", "paper"), ("lead", "soft"), ("lead", "tint")]
READ += [("red", "paper"), ("red", "red-tint"), ("paper", "lead"), ("white", "bar")]
SEEN = [*(("amber", ground) for ground in GROUNDS), ("amber", "bar"), ("quiet", "paper")]


def headings(page: Page) -> list[int]:
    """Levels in the order of the page."""
    return [int(one.tag[1]) for one in page.elements if _LEVEL.match(one.tag)]


def test_headings_are_an_outline(built_site: Built) -> None:
    """One of the first level, the first of all; no level is left out on the way down."""
    for page in built_site.pages:
        levels = headings(page)
        assert (levels[0], levels.count(1)) == (1, 1), page.path
        steps = itertools.pairwise(levels)
        assert [(a, b) for a, b in steps if b > a + 1] == [], page.path


def test_every_page_has_its_title_its_landmarks_and_one_order(built_site: Built) -> None:
    """One main part with a way to it, one bar, one foot; nothing jumps ahead in the order of Tab."""
    for page in built_site.pages:
        assert page.all("title")[0].text.strip(), page.path
        for tag in ("header", "main", "footer"):
            tops = [one for one in page.all(tag) if not any(e.tag == "main" for e in one.inside)]
            assert len(tops) == 1, (page.path, tag)
        assert "#main" in [one.attributes["href"] for one in page.all("a", class_="skip")]
        jumps = [one.attributes.get("tabindex", "0") for one in page.elements]
        assert set(jumps) <= {"0", "-1"}, page.path
        assert not any(
            {"autofocus", "accesskey", "draggable"} & set(one.attributes) for one in page.elements
        )


def test_help_stands_in_the_same_place_on_every_page(built_site: Built) -> None:
    """Danger first, then the ways to reach the desk, at the head of every foot (WCAG 3.2.6)."""
    seen = set()
    for page in [one for one in built_site.pages if one.language]:
        inside = [one for one in page.elements if any(e.tag == "footer" for e in one.inside)]
        seen.add(tuple((one.tag, one.attributes.get("class", "")) for one in inside[:4]))
    assert seen == {(("p", "emergency"), ("a", ""), ("h2", ""), ("ul", "other-ways"))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_says_what_stands_on_the_menu_button_opens_it(language: str) -> None:
    """The word in view is a part of the name that is heard (WCAG 2.5.3)."""
    t = STRINGS[language]
    assert t("menu.open").lower() in t("menu.label").lower()


@pytest.mark.parametrize("style", STYLES)
def test_nothing_moves_and_the_focus_is_seen(style: str) -> None:
    """No style of ours moves anything or takes the ring of the focus away."""
    text = (ROOT / "overrides" / "assets" / style).read_text("utf-8")
    assert _MOVES.findall(text) == []


def colours(dark: bool) -> dict[str, str]:
    """The colours of the site by name."""
    text = (ROOT / "overrides" / "assets" / "site.css").read_text("utf-8")
    light, _, rest = text.partition("@media (prefers-color-scheme: dark)")
    found = dict(_COLOUR.findall(light)) | {"white": "#fff"}
    return found | dict(_COLOUR.findall(rest)) if dark else found


def light_of(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """To 1."""
    low, high = sorted((light_of(one), light_of(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_colours_differ_enough(dark: bool) -> None:
    """Words from their ground, and the ring of the focus from whatever it lies on, the bar too."""
    found = colours(dark)
    pairs = [(pair, WORDS) for pair in READ] + [(pair, EDGES) for pair in SEEN]
    low = [
        (*pair, round(contrast(found[pair[0]], found[pair[1]]), 2))
        for pair, least in pairs
        if contrast(found[pair[0]], found[pair[1]]) < least
    ]
    assert low == []
