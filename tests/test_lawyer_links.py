"""Who is told to ask a lawyer reads, one tap away, how to find one and who pays."""

import re

import pytest

from tests.site import ROOT

LAWYER = re.compile(r"\b(?:advocaat|lawyer)\b")
# Pages that give this advice; the others speak of a lawyer's check of the site itself.
PAGES = ("complaint-or-objection", "harm-unpaid", "help-stop", "life-school", "routes")
NOT_ADVICE = (
    "{: .say",  # a sentence to say
    "[een vriend / ",  # a blank in a letter
    "[a friend / ",
    "nog niet nagekeken",
    "not yet reviewed",
    "nog nakijken",
    "must still check",
    "notaris, advocaat",
    "notary, lawyer",
)


def unlinked(text: str) -> list[str]:
    """Lines that name a lawyer as advice, without the page on lawyers behind the word."""
    body = text.split("---", 2)[2]
    return [
        line
        for line in body.splitlines()
        if LAWYER.search(line)
        and "(help-lawyer.md)" not in line
        and not any(part in line for part in NOT_ADVICE)
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_lawyer_is_a_link_where_one_is_advised(language: str) -> None:
    """On every page about work, and on those on routes, stopping, clients and school."""
    folder = ROOT / "docs" / language
    paths = [*folder.glob("work-*.md"), *(folder / f"{name}.md" for name in PAGES)]
    found = {path.name: unlinked(path.read_text("utf-8")) for path in paths}

    assert len(paths) > len(PAGES)
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_a_page_without_the_link_is_seen() -> None:
    """A sentence to say is no advice, and neither is our own review."""
    text = "---\ntitle: x\n---\nAsk a lawyer.\n- *Ik wil een advocaat.*{: .say }\n"

    assert unlinked(text) == ["Ask a lawyer."]
