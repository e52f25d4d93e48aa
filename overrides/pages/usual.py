"""What is usual where nobody knows the rule (step 1): the usual rule of each form in, HTML out.

It stands behind the words that the rule here is not known, and is never called the rule here. Made once
per language for all places that lack the same answers; each puts its own name in.
"""

from functools import lru_cache

from overrides.facts.policy import FORMS
from overrides.facts.usual import Common
from overrides.pages.wording import Voice, folded, origin, table

AT = "usual"  # where the fold stands on a page with other answers


def said(voice: Voice, common: Common) -> dict[str, str]:
    """For each form of work what is usual, with date, certainty and source."""
    return {form: _said(voice, common, form) for form in FORMS}


def _said(voice: Voice, common: Common, form: str) -> str:
    line = common.forms[form]
    words = voice(f"usual.{form}.{line.pattern}")
    source = origin(line.source, voice.t.language) if line.source else voice("usual.own")
    return f" <br>{voice('usual')} {words}{voice.fact(line.as_of, line.confidence, source)}"


class Usual:
    """Rows and tables of forms of which nothing is known, in one language; `name` is what to replace."""

    def __init__(self, voice: Voice, common: Common, name: str) -> None:
        self._voice = voice
        self._name = name
        self._said = said(voice, common)
        self.table = lru_cache(maxsize=None)(self._table)
        self.fold = lru_cache(maxsize=None)(self._fold)

    def named(self, html: str, name: str) -> str:
        """The same with the name of a municipality in it, which is HTML already."""
        return html.replace(self._name, name)

    @property
    def note(self) -> str:
        """That it is not the rule here."""
        return f"<p>{self._voice('forms.note.usual', name=self._name)}</p>"

    def row(self, form: str, first: str = "") -> tuple[str, list[str]]:
        """The row of one form; `first` is what to say in place of that nothing is known."""
        unknown = first or self._voice("value.unknown", name=self._name)
        return form, [self._voice(f"form.{form}"), unknown + self._said[form]]

    def _table(self, forms: tuple[str, ...]) -> str:
        heads = [self._voice("forms.form"), self._voice("forms.rule")]
        return table(heads, map(self.row, forms), quiet=True)

    def _fold(self, forms: tuple[str, ...]) -> str:
        if not forms:
            return ""
        inside = folded(self._voice("way.usual"), self.note + self._table(forms))
        return f'<div id="{AT}">{inside}</div>'
