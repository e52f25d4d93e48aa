"""Standard answers beside the form for an answer, in steps 6 and 7.

Comes in: a case and what was typed. Goes out: the text with a standard answer in it, the same in
Dutch, and how much room is left. It refuses to let an answer go with a hole in it.
"""

from dataclasses import dataclass

from desk.cases.case import Case
from desk.letters import answers
from desk.loopback.message import Form, first
from desk.page.forms import Choices, Draft
from desk.strings import Strings
from desk.work.working import bytes_left

_SIZES = {
    "arabic": 2.0,
    "cjk": 3.0,
    "cyrillic": 2.0,
    "greek": 2.0,
    "thai": 3.0,
}  # bytes of a letter


@dataclass(frozen=True, slots=True)
class Help:
    """What stands beside an answer: the Dutch of the standard one, where it stands in no field, the language it
    fell back to (or nothing), about how many letters are left, less than 0 when it is too long, and what the
    facts of the standard one rest on.
    """

    dutch: str
    fallback: str
    left: int
    source: str = ""


def choices(t: Strings) -> Choices:
    """Every standard answer with its name."""
    return tuple((answer, t(f"answers.{answer}")) for answer in answers.IDS)


def _pair(case: Case, form: Form) -> answers.Pair | None:
    chosen = first(form, "standard")
    language = first(form, "language") or case.reply_language
    return answers.pair(chosen, language) if chosen in answers.IDS else None


def fill(case: Case, form: Form) -> Form:
    """The form with the chosen standard answer below what was typed: nothing typed is lost.

    In a language that nobody at the desk need read, the Dutch goes into its own field.
    """
    found = _pair(case, form)
    if found is None:
        return form
    form = {**form, "text": _below(form, "text", found.text), "language": (found.language,)}
    if found.language in answers.CHECKED:
        return form
    return {**form, "dutch": _below(form, "dutch", found.dutch)}


def _below(form: Form, name: str, text: str) -> tuple[str]:
    typed = first(form, name).strip()
    return (f"{typed}\n\n{text}" if typed else text,)


def hole(t: Strings, form: Form) -> str:
    """The first hole that a standard answer left open, and what belongs in it; or nothing."""
    found = [one for name in ("text", "dutch") for one in answers.holes(first(form, name))]
    return f"{{{found[0]}}} ({t(f'answers.hole.{found[0]}')})" if found else ""


def letters_left(case: Case, text: str) -> int:
    """About how many letters an answer can still grow, in letters such as those in it.

    As long as there are none, such as those of her story. Less than 0 when it is too long.
    """
    left, size = bytes_left(text), _SIZES.get(case.script, 1.0)
    if text:
        size = len(text.encode("utf-8", errors="surrogatepass")) / len(text)
    return int(left // size)


def _whole(case: Case, form: Form) -> str:
    """All that would be sent, as far as it was typed; a language left open is hers."""
    text, dutch = first(form, "text"), first(form, "dutch")
    language = first(form, "language") or case.reply_language
    return answers.with_dutch(text, dutch, language) if dutch.strip() else text


def help_for(case: Case, draft: Draft) -> Help:
    """What stands beside the answer as it was typed."""
    form = draft.form if draft.action == "answer" else {}
    found = _pair(case, form)
    left = letters_left(case, _whole(case, form))
    if found is None:
        return Help("", "", left)
    is_shown = found.language != answers.DUTCH and not first(form, "dutch").strip()
    dutch = found.dutch if is_shown else ""
    has_hers = not answers.pair(found.id, case.reply_language).fell_back
    fallback = "" if has_hers else found.language
    return Help(dutch, fallback, left, found.source)
