"""What is shipped asks for nothing that our oldest browsers lack, or does without it."""

import re

import pytest

from overrides.press.bundle import OLDEST
from tests import younger
from tests.site import ROOT, Built, asset

# Asked for only where it is there, or a name of our own that some interface happens to bear too.
WITHOUT_IT = {
    "Intl.Segmenter": "a story that is too long is split between characters as the engine counts them",
    "Uint8Array.fromHex": "the libraries look whether it is there",
    "Uint8Array.toHex": "the libraries look whether it is there",
    "FontFaceSet.check": "our own: the name of a check",
    "SubtleCrypto.getPublicKey": "the libraries' own",
    "Window.print": "the slip is printed with the browser's own menu",
    "at": "our own: the number of the step in view",
}
# What is meant can be read and pressed without it.
LOOKS = {
    "accent-color": "colour of a ticked box",
    "color-scheme": "dark scroll bars",
    "content-visibility": "folded parts on paper: else what was opened is printed",
    "details-content": "folded parts on paper: else what was opened is printed",
    "cursor": "a hand on a computer",
    "focus-visible": "the browser's own ring instead of ours",
    "has": "a frame around what is chosen, which the box shows too",
    "outline": "corners of the ring",
    "page": "margins of the printed slip, and what a browser prints there: the page says to look first",
    "resize": "a corner to pull",
    "text-size-adjust": "letters stay as large as they are",
    "text-wrap": "headings of even lines",
}
SCRIPTS = ("answer", "leave", "places", "search", "seal", "seal_older", "write")


def test_no_script_needs_what_the_oldest_browsers_lack(built_site: Built) -> None:
    """Ours and the libraries', as shipped; each exception says how it does without."""
    found = {
        f"{name}: {one}"
        for name in SCRIPTS
        for one in younger.in_script(built_site.files[asset(f"{name}.js")].decode("utf-8"))
        if one not in WITHOUT_IT
    }

    assert found == set()


def test_no_style_needs_what_the_oldest_browsers_lack(built_site: Built) -> None:
    """A line that is not understood costs looks, and takes no other line along."""
    styles = [asset(f"{name}.css") for name in ("site", "form")]
    style = b"\n".join(built_site.files[name] for name in styles).decode("utf-8")
    lists = [rule for rule in re.findall(r"[^{};]+(?=\{)", style) if ":has(" in rule]

    assert younger.in_style(style) - set(LOOKS) == set()
    assert younger.in_style(younger.plain_style(style)) == set()  # which a walk is made in
    assert lists
    assert all("," not in rule for rule in lists)


@pytest.mark.parametrize(
    ("script", "refused"),
    [
        ("Object.hasOwn(e,n)", {"Object.hasOwn"}),
        ("fetch('/drop',{signal:AbortSignal.timeout(3)})", {"AbortSignal.timeout"}),
        ("x.findLast(y)", {"findLast"}),
        ("structuredClone(x)", {"structuredClone"}),
        ("Promise.withResolvers()", {"Promise.withResolvers"}),
        ("a?.toSorted()", {"toSorted"}),
        ("Promise.any(x);s.replaceAll('a','b');s.padStart(2);new AbortController", set()),
    ],
)
def test_the_search_finds_what_is_younger(script: str, refused: set[str]) -> None:
    """What stopped phones of 2021, and its kind; what they have is let through."""
    assert younger.in_script(script) == refused


def test_the_readme_names_the_oldest_browsers() -> None:
    """The numbers that the build goes by, and the year."""
    readme = (ROOT / "README.md").read_text("utf-8")
    named = [f"{browser.title()} {version}" for browser, version in OLDEST.items()]

    assert [name for name in named if name not in readme] == []
    assert "2021" in readme
