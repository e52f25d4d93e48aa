"""What is allowed in one municipality (step 1): its policy record in, or none, HTML answers out.

Each answer is a value with its own date, certainty and source, or says that it is not known and what
is usual. It rounds nothing: a conflict stays a conflict, and unknown never becomes a ban.
"""

import re
from datetime import date

from overrides.facts import states
from overrides.facts.policy import FORMS, Claim, Fact, Passage, Policy
from overrides.facts.texts import Backing, Text
from overrides.pages import lead
from overrides.pages.nationwide import Usual
from overrides.pages.wording import Voice, fold, found, items, link
from overrides.text.tables import table

_WARNED = ("allowed", "allowed_conditions", "tolerated")
_AT_HOME = ("home_alone", "home_together")
_NO_PLACE = "street"  # no lease and no plan for a building
_NUMBER = re.compile(r"\btelephone\b|\d{2,4}[ -]\d{3}")


class Answers:
    """The answers of one municipality in one language; `name` is HTML already."""

    def __init__(self, voice: Voice, name: str, policy: Policy | None, today: date) -> None:
        self._voice = voice
        self._language = voice.t.language
        self._closed, self._colon = voice.t.closed, voice.t.letters.colon
        self._name = name
        self._policy = policy
        self._today = today
        texts = policy.texts if policy else ()
        self._numbers = {text.id: str(number) for number, text in enumerate(texts, 1)}
        self._dates = {text.id: text.date for text in texts}

    def forms(self, usual: Usual) -> str:
        """The answers about the eight forms; what is usual stands where nothing is known, folded behind others."""
        title = f'<h2 id="forms">{self._voice("forms.title")}</h2>'
        silent = states.silent(self._policy) if self._policy else FORMS
        if not states.has_rows(self._policy):
            inside = usual.note + (usual.table(FORMS) if silent == FORMS else self._table(usual))
        else:
            note = f"<p>{self._voice('forms.note')} {self._voice('forms.note.check')}</p>"
            inside = note + self._table(usual, silent) + usual.fold(silent)
        return title + usual.named(inside, self._name)

    def _table(self, usual: Usual, without: tuple[str, ...] = ()) -> str:
        heads = [self._voice("forms.form"), self._voice("forms.rule")]
        rows = (self._row(form, usual) for form in FORMS if form not in without)
        return table(heads, rows, quiet=True)

    def _row(self, form: str, usual: Usual) -> tuple[str, list[str]]:
        fact = self._policy.facts[form] if self._policy else Fact("unknown")
        if not fact.is_known:
            _, (named, said) = usual.row(form, self._disputed(self._claims(form)))
        else:
            value = lead.words(self._voice, states.of_value(form, str(fact.value)))
            named = self._voice(f"form.{form}")
            said = self._closed(f"<strong>{value}</strong>")
            said += self._warning(form, fact) + self._meta(fact)
        return form, [named, said + self._landlord(form)]

    def _landlord(self, form: str) -> str:
        """What the landlord hears or does, by the answer about home."""
        if self._policy is None or form != states.AT_LANDLORDS:
            return ""
        return "".join(
            f"<br><strong>{self._voice('landlord')}</strong> "
            + (self._condition(one.passage, one.backing) or self._unsure(one.passage))
            for one in self._policy.landlord
        )

    def _unsure(self, passage: Passage) -> str:
        return f'{self._said(passage)} <a href="#sources">{self._voice("landlord.unsure")}</a>'

    def _said(self, passage: Passage) -> str:
        """Text as it was found, as a sentence."""
        return self._closed(found(passage, self._language))

    def _warning(self, form: str, fact: Fact) -> str:
        at_home = form in _AT_HOME and fact.value == "permit"
        if form == _NO_PLACE or (fact.value not in _WARNED and not at_home):
            return ""
        return f' <a href="#warn">{self._voice("warn.row")}</a>'

    def _claims(self, *about: str) -> list[Claim]:
        claims = self._policy.conflicts if self._policy else ()
        return [claim for claim in claims if claim.about in about]

    def _disputed(self, claims: list[Claim]) -> str:
        if not claims:
            return ""
        said = f"{self._closed(lead.words(self._voice, states.CONFLICT))} {self._voice('value.conflict.more')}"
        return f"<strong>{said}</strong>{items(map(self._claim, claims))}"

    def _claim(self, claim: Claim) -> str:
        text = found(claim.passage, self._language)
        source = self._dated(claim.source) if claim.source else self._voice("source.none")
        return f"{self._voice('claim')} {text} [{source}]"

    def _ref(self, one: str) -> str:
        return f'<a class="footnote-ref" href="#{one}">{self._numbers[one]}</a>'

    def _dated(self, one: str) -> str:
        """A source with its own date."""
        return f"{self._ref(one)}, {self._voice.moment(self._dates[one])}"

    def _meta(self, fact: Fact) -> str:
        check = self._voice.check(fact.as_of, fact.confidence, self._today)
        return self._rests(Backing(fact.as_of, fact.confidence, fact.sources), check)

    def _rests(self, backing: Backing, check: str = "") -> str:
        """Date and certainty of the strongest source, which stands first; the others with their own."""
        first, *others = backing.sources
        more = self._voice.t.letters.semicolon.join(map(self._dated, others))
        also = f". {self._voice('fact.others', sources=more)}" if others else ""
        return self._voice.fact(backing.as_of, backing.confidence, self._ref(first) + also, check)

    def more(self, age: str) -> str:
        """Permit at home, age, maximum, home entry and conditions; `age` is the national one."""
        voice = self._voice
        policy = self._policy
        facts = policy.facts if policy else {}
        unknown = Fact("unknown")
        lines = [
            ("permit", self._permit(facts.get("permit_self_employed_home", unknown))),
            ("age", self._age(facts.get("min_age", unknown), age)),
            ("max", self._maximum(facts.get("max_licences", unknown))),
            ("entry", self._entry(facts.get("home_entry_bylaw", unknown))),
        ]
        listed = "".join(
            f'<dt id="{name}">{voice(name)}</dt><dd>{text}</dd>' for name, text in lines
        )
        return (
            f'<h2 id="more">{voice("more.title")}</h2><dl>{listed}</dl>'
            f"{self._conditions()}{self._other_conflicts()}{self._notes()}"
        )

    def _permit(self, fact: Fact) -> str:
        if not fact.is_known:
            return self._voice("not_known")
        return self._closed(self._voice(f"permit.{fact.value}")) + self._meta(fact)

    def _age(self, fact: Fact, national: str) -> str:
        if not fact.is_known:
            return national
        said = self._voice(f"age.{fact.applies_to}", age=str(fact.value))
        return self._closed(said) + self._meta(fact)

    def _maximum(self, fact: Fact) -> str:
        if not fact.is_known:
            return self._voice("not_known")
        voice = self._voice
        said = [self._closed(voice(f"limit.{of}", count=str(count))) for of, count in fact.limits]
        if any(count == 0 for _, count in fact.limits):
            said.append(voice("limit.zero"))
        if any(count for _, count in fact.limits):
            said.append(voice("limit.room"))
        said.append(f"({self._text(fact)})")
        return " ".join(said) + self._meta(fact)

    def _entry(self, fact: Fact) -> str:
        said = self._voice(f"entry.{fact.value}")
        return self._closed(said) + self._meta(fact) if fact.is_known else said

    def _text(self, fact: Fact) -> str:
        """A value that is a text."""
        return found(Passage(str(fact.value), "en", fact.dutch), self._language)

    def _conditions(self) -> str:
        """Those with a source of their own; then those of which nobody can tell which source it was."""
        if self._policy is None or not self._policy.conditions:
            return ""
        voice, language = self._voice, self._language
        sure = (self._condition(one.passage, one.backing) for one in self._policy.conditions)
        unsure = items(
            found(one.passage, language) for one in self._policy.conditions if not one.backing
        )
        lead = f"<p>{voice('condition.unsure')}</p>" if unsure else ""
        return f'<h3 id="conditions">{voice("conditions")}</h3>{items(filter(None, sure))}{lead}{unsure}'

    def _condition(self, passage: Passage, backing: Backing | None) -> str:
        if backing is None:
            return ""
        return self._said(passage) + self._rests(backing)

    def _other_conflicts(self) -> str:
        lines = [
            f"{self._voice(f'conflict.{about}')}{self._colon}{items(map(self._claim, claims))}"
            for about in ("recognition", "validity")
            if (claims := self._claims(about))
        ]
        if not lines:
            return ""
        title = self._voice("conflicts")
        return f'<h3 id="conflicts">{title}</h3><div class="contested note">{items(lines)}</div>'

    def _notes(self) -> str:
        if self._policy is None or not self._policy.notes.text:
            return ""
        notes = found(self._policy.notes, self._language)
        return f'<h3 id="notes">{self._voice("notes")}</h3><p>{notes}</p>'

    def supervisor(self) -> str:
        """Who checks here, if anybody found it."""
        fact = self._policy.facts["supervisor"] if self._policy else Fact("unknown")
        if not fact.is_known:
            return f'<p id="supervisor">{self._voice("checks.here.none", name=self._name)}</p>'
        title = self._voice("checks.here", name=self._name)
        return f'<p id="supervisor">{title}{self._colon}{self._text(fact)}{self._meta(fact)}</p>'

    def ask_at(self, *, practice: bool) -> str:
        """Where to ask, if anybody found it; a number that nobody called is for practice only."""
        fact = self._policy.facts["ask_at"] if self._policy else Fact("unknown")
        if not fact.is_known or (_NUMBER.search(str(fact.value)) and not practice):
            return ""
        return f'<p id="ask">{self._voice("lookup.ask_at")}{self._colon}{self._text(fact)}{self._meta(fact)}</p>'

    def sources(self) -> str:
        """The texts that the record rests on, or that there is none."""
        texts = self._policy.texts if self._policy else ()
        lines = "".join(f'<li id="{text.id}">{self._source(text)}</li>' for text in texts)
        if not lines:
            return f"<p>{self._voice('sources.none', name=self._name)}</p>"
        listed = f'{fold(self._voice.t("sources.fold"))}<ol class="footnote">{lines}</ol>'
        back = self._voice("forms.title")  # Back of the browser leaves the site
        return f'{listed}<p class="footnote-backref"><a href="#forms">{back}</a></p>'

    def _source(self, text: Text) -> str:
        """One source: title with link, article, kind and date."""
        voice = self._voice
        # Titles of rules are Dutch, so that they can be found; the others were written in English.
        language = "nl" if text.is_rule else "en"
        title = link(text.url, found(Passage(text.title, language), voice.t.language))
        parts = [title]
        if text.article:
            article = found(Passage(text.article, "en"), voice.t.language)
            parts.append(voice("sources.article", article=article))
        parts.append(voice(f"source.kind.{text.kind}"))
        parts.append(voice.moment(text.date))
        if text.url is None:
            parts.append(voice("sources.no_url"))
        return voice.t.closed(voice.t.letters.comma.join(parts))
