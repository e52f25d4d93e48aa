"""Why a letter is refused (desk/letters/refusals.py)."""

from desk.leak.leak import Leak
from desk.letters.refusals import LetterRefusal
from desk.strings import LANGUAGES, Strings


def test_a_leak_is_told_by_its_kind_and_place() -> None:
    """Counted from 1, as a reader counts; never by its words."""
    refusal = LetterRefusal("leak", leaks=[Leak("name", 0, 3), Leak("date", 9, 12)])
    assert refusal.message == "the letter tells something of the case (name at 1, date at 10)"
    assert str(refusal) == refusal.message
    assert refusal.leaks == (Leak("name", 0, 3), Leak("date", 9, 12))
    assert all(Strings(language)("leak.at", kind="x", start=1, end=2) for language in LANGUAGES)
