"""The letters that the desk can write, in step 7: what each is for and what it takes.

Comes in: the name of a letter. Goes out: its fields and its words. It refuses to take words from
anywhere but the files that come with the desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from desk.cases.fields import Field
from desk.letters.refusals import LetterRefusal
from desk.wire import schema

FOLDER = Path(__file__).with_name("templates")
SENDER = "sender"  # who wrote to the desk, as the receiver of a letter
OPERATOR = "operator"
COMPLAINT, BUNDLE = "complaint", "bundle"

# What the leak check makes of a value: `free` is checked for everything; `public` names a receiver
# or the desk, so its numbers are no leaks; `hers` may stand, for she agreed that it does; `about`
# names the one she complains of, so names and numbers of the case may stand in it.
Use = Literal["free", "public", "hers", "about"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A field of a letter, and what may stand in it."""

    field: Field
    use: Use = "free"


@dataclass(frozen=True, slots=True)
class Template:
    """One letter. Its words are `templates/<id>.<language>.txt`, its label `letter.<id>`."""

    id: str
    on: tuple[str, ...]  # the kinds of case it is made from
    receivers: tuple[str, ...]  # WIRE.md section 5.3, `sender` or `operator`
    slots: tuple[Slot, ...]
    scope: str = ""  # what she must have agreed to pass on at least, WIRE.md section 5
    acts: bool = False  # whether she must have agreed that the desk acts
    languages: tuple[str, ...] = ("nl",)

    @property
    def fields(self) -> tuple[Field, ...]:
        """What a handler fills in, in this order."""
        chosen = (_recipient(self.receivers),) if len(self.receivers) > 1 else ()
        spoken = (_language(self.languages),) if len(self.languages) > 1 else ()
        asked = (_TO_OPERATOR,) if OPERATOR in self.receivers else ()
        return (*chosen, *spoken, *(slot.field for slot in self.slots), *asked, LATIN)


def _recipient(receivers: tuple[str, ...]) -> Field:
    return Field("recipient", "choice", receivers)


def _language(languages: tuple[str, ...]) -> Field:
    return Field("letter_language", "choice", languages)


def _text(name: str, *, required: bool = True) -> Slot:
    return Slot(Field(name, "text", required=required))


# Names of the case that are written in another script, as the letter would write them.
LATIN = Field("latin_names", "line", required=False)
_TO_OPERATOR = Field("to_operator", "yes", required=False)
_TO = Slot(Field("to_address", "text"), "public")
_DESK = Slot(Field("from_desk", "text"), "public")
_PERIOD = Slot(Field("over_period", "choice", ("half_year", "year", "longer")))
_BODIES = tuple(receiver for receiver in schema.RECEIVERS if receiver != "help")

TEMPLATES: Mapping[str, Template] = {
    template.id: template
    for template in (
        Template(
            id="municipal_complaint",
            on=(COMPLAINT,),
            receivers=("municipality",),
            slots=(
                _TO,
                Slot(Field("her_name", "line"), "hers"),
                Slot(Field("is_her_name", "yes", required=False)),
                Slot(Field("her_address", "text"), "hers"),
                Slot(Field("complained_about", "line", required=False), "about"),
                _text("conduct"),
                _text("request"),
                Slot(Field("be_heard", "yes", required=False)),
            ),
            scope="name",
            acts=True,
        ),
        Template(
            id="talk_request",
            on=(COMPLAINT, BUNDLE),
            receivers=(*_BODIES, OPERATOR),
            slots=(_TO, _DESK, _text("pattern"), _text("request")),
            scope="details",
            acts=True,
        ),
        Template(
            id="bundled_signal",
            on=(BUNDLE,),
            receivers=_BODIES,
            slots=(_TO, _DESK, _PERIOD, _text("pattern"), _text("effect"), _text("request")),
            scope="pattern",
        ),
        Template(
            id="ombudsman_signal",
            on=(BUNDLE,),
            receivers=("ombudsman",),
            slots=(_TO, _DESK, _PERIOD, _text("pattern"), _text("effect")),
            scope="pattern",
        ),
        Template(
            id="unsolicited_advice",
            on=(BUNDLE,),
            receivers=_BODIES,
            slots=(_TO, _DESK, _text("pattern"), _text("advice")),
        ),
        Template(
            id="referral_note",
            on=(COMPLAINT,),
            receivers=("help",),
            slots=(
                _TO,
                _DESK,
                Slot(Field("say_name", "yes", required=False), "hers"),
                Slot(Field("say_contact", "yes", required=False), "hers"),
                _text("help_wanted"),
                _text("agreed_contact"),
            ),
            scope="details",
        ),
        Template(
            id="report_back",
            on=(COMPLAINT,),
            receivers=(SENDER,),
            slots=(
                _text("done"),
                _text("result"),
                _text("next_step", required=False),
            ),
            languages=("nl", "en"),
        ),
    )
}


def find(name: str) -> Template:
    """A letter by its id; else `LetterRefusal`."""
    template = TEMPLATES.get(name)
    if template is None:
        raise LetterRefusal("unknown_template")
    return template


def tells_who(name: str) -> bool:
    """Whether a letter can hold her name or how to find her; one of a later version may."""
    template = TEMPLATES.get(name)
    return template is None or any(slot.use == "hers" for slot in template.slots)


@cache
def words(template: str, language: str) -> str:
    """The words of a letter as its file has them, with Jinja's marks."""
    return (FOLDER / f"{template}.{language}.txt").read_text("utf-8")
