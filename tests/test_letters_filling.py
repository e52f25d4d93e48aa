"""Words and values made one text (desk/letters/filling.py)."""

import pytest
from jinja2 import UndefinedError

from desk.letters.filling import Value, checked, fill
from desk.letters.refusals import LetterRefusal


def test_values_are_filled_in_and_every_span_is_known() -> None:
    """What the template says, what names a receiver, and what is left for the leak check."""
    values = {"to": Value("Oss", "public"), "day": Value("3 mei", "fixed"), "what": Value("iets")}
    filled = fill("Aan {{ to }}, {{ day }}: {{ what }}!", values)
    assert filled.text == "Aan Oss, 3 mei: iets!"
    assert [filled.text[a:b] for a, b in filled.fixed] == ["Aan ", ", ", "3 mei", ": ", "!"]
    assert [filled.text[a:b] for a, b in filled.public] == ["Oss"]


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ 7 * 7 }}",
        "{% for x in range(9) %}x{% endfor %}",
        "{{ to.__class__ }}",
        "{# weg #}",
        "<script>alert(1)</script>",
        "{{ ''.__class__.__mro__ }}",
        "%(to)s {0} ${to}",
    ],
)
def test_a_value_is_never_read_as_a_template(hostile: str) -> None:
    """It stands in the letter as it was typed."""
    assert fill("[{{ what }}]", {"what": Value(hostile)}).text == f"[{hostile}]"


def test_a_template_cannot_reach_beyond_its_values() -> None:
    """The sandbox and the strict names hold for the words of the desk as well."""
    with pytest.raises(UndefinedError):
        fill("{{ missing }}", {})
    with pytest.raises(UndefinedError):
        fill("{% if missing %}x{% endif %}", {})
    with pytest.raises(Exception, match="unsafe"):
        fill("{{ what.__class__.__mro__ }}", {"what": Value("x")})


def test_an_empty_value_can_be_asked_for() -> None:
    """A part of a letter that depends on it stays away."""
    template = "a{% if what %} b {{ what }}{% endif %}"
    assert fill(template, {"what": Value("")}).text == "a"
    assert fill(template, {"what": Value("c")}).text == "a b c"


def test_choices_are_compared_and_tags_leave_no_blank_line() -> None:
    """Words of closed lists come without marks; a line with only a tag is no line."""
    template = 'x\n{% if over == "year" %}\njaar\n{% endif %}\ny'
    assert fill(template, {}, {"over": "year"}).text == "x\njaar\ny"
    assert fill(template, {}, {"over": "longer"}).text == "x\ny"


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\x1b[2J", "\u202e", "\ufdd0", "\ufdd3", "\x00", "\r"]
)
def test_a_value_with_anything_hidden_is_refused(hidden: str) -> None:
    """Also the marks that stand around values; the field is named, the value is not."""
    with pytest.raises(LetterRefusal) as refused:
        checked("conduct", f"geheim{hidden}woord")
    assert (refused.value.reason, refused.value.field) == ("hidden", "conduct")
    assert "geheim" not in f"{refused.value} {refused.value.hint}"


@pytest.mark.parametrize("plain", ["Zoë\nnaast\tmij", "می\u200cخواهم", "你好", ""])
def test_a_value_in_any_script_is_taken(plain: str) -> None:
    """Line breaks, tabs, and joiners between letters that need them."""
    assert checked("conduct", plain) == plain
