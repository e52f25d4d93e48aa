"""The form with every step answered, in any engine: what is typed and ticked, and what the desk must open of it.

The words are those of one language; the story is as long as the seal has room for, to the byte.
"""

import json
from dataclasses import dataclass
from typing import Any

from tests import way_back
from tests.engines import Tab, wait

ROOM = 15_234  # WIRE.md section 4
_HEX = {"complaint_id": "0" * 32, "reply_key": "0" * 64, "tag_key": "0" * 64}
# What is ticked in each step, by id.
_TICKS = {
    "role": ("role-permission",),
    "wish": ("wish-act",),
    "topics": ("topics-check", "topics-operator"),
    "place": ("period-half_year",),
    "sharing": (
        "scope-details",
        "to-ombudsman",
        "consent_store",
        "consent_act",
        "consent_count",
        "consent_quote",
    ),
    "reach": ("answerer-woman",),
}
_PUT_IN_FRONT = """(() => { const field = document.getElementById('story');
field.value = %s + field.value; field.dispatchEvent(new Event('input', {bubbles: true})); return field.value; })()"""
_CHOOSE = "document.getElementById('reply_language').value = 'pt-BR'"


@dataclass(frozen=True)
class Words:
    """What somebody types: the end of a story, a place, a name and how to be reached."""

    story: str
    municipality: str
    address_as: str
    contact: str

    def complaint(self, page: str) -> dict[str, Any]:
        """What the desk reads of it, with the longest story; keys and id are zeros."""
        made: dict[str, Any] = {
            **_HEX,
            "schema": 1,
            "form_language": page,
            "role": "permission",
            "wish": "act",
            "topics": ["check", "operator"],
            "municipality": self.municipality,
            "period": "half_year",
            "pass_on": {"scope": "details", "to": ["ombudsman"]},
            "consent": {"store": True, "act": True, "count": True, "quote": True},
            "address_as": self.address_as,
            "answerer": "woman",
            "reply_language": "pt-BR",
            "contact": self.contact,
            "story": self.story,
        }
        return made | {"story": "." * (ROOM - size(made)) + self.story}


def size(complaint: dict[str, Any]) -> int:
    """How many bytes a complaint is, WIRE.md section 5."""
    return len(json.dumps(complaint, ensure_ascii=False, separators=(",", ":")).encode())


def without_keys(complaint: dict[str, Any]) -> dict[str, Any]:
    """A complaint that was opened, with zeros where each has digits of its own."""
    for name, zeros in _HEX.items():
        assert len(bytes.fromhex(complaint[name])) == len(zeros) / 2
    return complaint | _HEX


def send(tab: Tab, address: str, words: Words, page: str) -> str:
    """Answer every step by hand, take and confirm a code, and send; returns its 24 digits."""
    tab.open(f"{address}/{page}/write/")
    wait(tab, "!document.getElementById('form').hidden")
    whole = words.complaint(page)
    for step, ticks in _TICKS.items():
        way_back.go_on(tab, step)
        for name in ticks:
            way_back.tick(tab, f"#{name}")
        if step == "place":
            tab.type("#municipality", words.municipality)
            _tell(tab, words.story, whole["story"])
    tab.type("#address_as", words.address_as)
    tab.look(_CHOOSE)
    tab.type("#contact", words.contact)
    return _confirm(tab)


def _tell(tab: Tab, typed: str, story: str) -> None:
    """Type the end of the story; fifteen thousand keys before it would take minutes."""
    way_back.go_on(tab, "story")
    tab.type("#story", typed)
    before = json.dumps(story.removesuffix(typed))
    assert tab.look(_PUT_IN_FRONT % before) == story


def _confirm(tab: Tab) -> str:
    way_back.go_on(tab, "code")
    way_back.tick(tab, "#code-yes")
    code = str(tab.look(way_back.DIGITS))
    tab.type("#code_last", code[-4:])
    way_back.go_on(tab, "check")
    tab.click("#send")
    wait(tab, "!document.getElementById('sent').hidden")
    return code
