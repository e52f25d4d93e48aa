"""Everything that a letter can ask or refuse has words in both languages (desk/locale/*/letters.po)."""

import pytest

from desk.leak import leak
from desk.letters import templates
from desk.letters.refusals import REASONS, LetterRefusal
from desk.strings import Strings

LANGUAGES = ("nl", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_field_and_choice_has_words(language: str) -> None:
    """Labels for the forms of the page and the help of the command line."""
    words = Strings(language)
    for template in templates.TEMPLATES.values():
        assert words(f"letter.{template.id}")
        assert words(f"letter.{template.id}.about")
        for field in template.fields:
            assert words(f"field.{field.name}")
            for choice in field.choices:
                assert words.choice(field.name, choice) != choice


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_and_every_kind_of_leak_has_words(language: str) -> None:
    """What is wrong, and what to do."""
    words = Strings(language)
    for reason in REASONS:
        assert words(f"letter.refusal.{reason}")
        assert words(f"letter.refusal.{reason}.hint")
    for kind in leak.KINDS:
        assert words(f"leak.{kind}")
    assert words("leak.at", kind="x", start=1, end=2)


@pytest.mark.parametrize("reason", REASONS)
def test_a_refusal_has_the_same_words_as_the_screen(reason: str) -> None:
    """What the command line says in English is what the screen says, but for names of commands."""
    words = Strings("en")
    message, hint = REASONS[reason]
    assert words(f"letter.refusal.{reason}").lower() == message.lower()
    if "`" not in hint:
        assert words(f"letter.refusal.{reason}.hint").lower() == hint.lower()


@pytest.mark.parametrize("reason", REASONS)
def test_a_refusal_says_what_is_wrong_and_what_to_do(reason: str) -> None:
    """In small letters and without a full stop, the field first if one is to blame."""
    refusal = LetterRefusal(reason, "conduct")
    assert refusal.message == f"conduct: {REASONS[reason][0]}"
    assert refusal.hint == REASONS[reason][1]
    for text in REASONS[reason]:
        assert text[0].islower()
        assert not text.endswith(".")


def test_a_leak_is_told_by_its_kind_and_place() -> None:
    """Counted from 1, as a reader counts; never by its words."""
    refusal = LetterRefusal("leak", leaks=[leak.Leak("name", 0, 3), leak.Leak("date", 9, 12)])
    assert refusal.message == "the letter tells something of the case (name at 1, date at 10)"
    assert refusal.leaks == (leak.Leak("name", 0, 3), leak.Leak("date", 9, 12))
