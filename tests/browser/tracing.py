"""What is done in a browser whose profile is searched afterwards: a visit that uses every field, and another site."""

from tests import way_back
from tests.browser import keeping
from tests.browser.reading import ANSWER, CODE
from tests.browser.visit import STEPS
from tests.engines import wait
from tests.lasting import Lasting

MARK = "zqxhers"  # her word, in every field that takes one
CHOICES = ("role-permission", "topics-operator", "consent_store", "code-yes")
FIELDS = ("municipality", "story", "address_as", "contact")


def look_up(tab: Lasting, site: str) -> None:
    """Words in both fields that look something up."""
    for path in ("search/", "places/"):
        tab.open(site + path)
        wait(tab, "document.getElementById('part').checkVisibility()")
        tab.type("#part", MARK)


def fill(tab: Lasting, site: str) -> str:
    """Words and choices in every step of the form up to the last; returns the digits of the code."""
    tab.open(site + "write/")
    wait(tab, "!document.getElementById('form').hidden")
    for step in STEPS[:-1]:
        way_back.go_on(tab, step)
        for choice in CHOICES:
            if tab.look(f"document.getElementById('{choice}').checkVisibility()"):
                way_back.tick(tab, f"#{choice}")
        for field in FIELDS:
            if tab.look(f"document.getElementById('{field}').checkVisibility()"):
                tab.type(f"#{field}", MARK)
    digits = str(tab.look(way_back.DIGITS))
    tab.type("#code_last", digits[-4:])
    way_back.go_on(tab, "check")
    return digits


def read(tab: Lasting, site: str) -> None:
    """An answer on the screen, and words begun under it."""
    (said,) = way_back.read_answers(tab, site, CODE)
    assert ANSWER in said["text"]
    way_back.press_until(tab, "#again", "document.getElementById('words').checkVisibility()")
    tab.type("#words", MARK)


def let_keep(tab: Lasting, other: str) -> None:
    """Let the other site keep what it can, and leave a word in its field."""
    tab.open(other)
    wait(tab, keeping.KEPT)
    tab.type("#sent", keeping.SENT)
    tab.click("#go")
    wait(tab, "location.pathname === '/sent'")
    tab.open(other)
    wait(tab, keeping.KEPT)
    tab.type("#field", keeping.FIELD)
