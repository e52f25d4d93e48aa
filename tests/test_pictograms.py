"""Pictograms: one set, rows made of links in Markdown, and no drawing that nobody sees."""

import re

import pytest

from overrides.pages import pictograms
from overrides.words.errors import SiteError

LIST = """<ul>
<li><a href="../door/" class="i-door"><strong>They want to come in</strong> Sentences to show</a></li>
<li><a href="#paper" class="i-paper" hreflang="en">They have a paper</a></li>
</ul>"""


def test_a_list_of_links_becomes_rows_with_each_drawing_once() -> None:
    """The words stay in the link, the drawing is hidden from screen readers."""
    made = pictograms.insert(LIST + LIST)
    assert made.count('<ul class="rows">') == 2
    assert made.count("<symbol ") == 2
    row = '<svg class="i" aria-hidden="true"><use href="#i-paper"/></svg><span>They have a paper</span>'
    assert f'<a href="#paper" hreflang="en">{row}</a>' in made


def test_a_text_without_rows_stays_as_it_is() -> None:
    """Other lists and links are not touched, and nothing is drawn."""
    text = '<ul><li><a href="../door/">The door</a></li></ul>'
    assert pictograms.insert(text) == text


def test_an_unknown_name_is_refused_with_those_that_are_known() -> None:
    """An editor sees which names there are."""
    with pytest.raises(SiteError, match="no pictogram shield") as refused:
        pictograms.insert('<ul><li><a href="x" class="i-shield">x</a></li></ul>')
    assert "door" in str(refused.value.hint)


def test_drawings_take_the_colour_of_the_words() -> None:
    """No colour stands in a drawing, and each is of one size."""
    for name, drawing in pictograms.drawings().items():
        assert not re.search(r"fill|stroke=|style|#(?!i-)", drawing), name
        assert 'viewBox="0 0 24 24"' in drawing, name


def test_each_drawing_says_what_people_should_read_in_it() -> None:
    """Behind it in the set, once, and on no page."""
    found = {one.name: one for one in pictograms.meant()}
    assert found.keys() == pictograms.drawings().keys()
    assert all(one.asked == one.read_by == 0 for one in found.values())  # nobody was asked yet
    assert found["letter"].meaning not in "".join(pictograms.drawings().values())


@pytest.mark.parametrize(
    ("behind", "said"),
    [("<!-- a door -->", (0, 0)), ("<!-- a door; 8 of 10 -->", (8, 10)), ("", None)],
)
def test_what_is_meant_is_read_with_its_count(
    monkeypatch: pytest.MonkeyPatch, behind: str, said: tuple[int, int] | None
) -> None:
    """One that does not say it is refused."""
    drawn = f'<svg>\n<symbol id="i-door" viewBox="0 0 24 24"></symbol>{behind}\n</svg>'
    monkeypatch.setattr(pictograms, "_set", lambda: drawn)
    if said is None:
        with pytest.raises(SiteError, match="nobody wrote what people should read"):
            pictograms.meant.__wrapped__()
        return
    (one,) = pictograms.meant.__wrapped__()
    assert (one.meaning, one.read_by, one.asked) == ("a door", *said)


def test_every_pictogram_is_beside_words() -> None:
    """One for those who see it, and none that says something alone."""
    made = pictograms.insert(LIST)
    for row in re.findall(r"<li>(.*?)</li>", made):
        assert re.search(r"<span>.*\w.*</span>", row)


def test_a_row_is_made_wherever_markdown_wrote_the_class() -> None:
    """MkDocs writes the address behind it; a link begins with its address everywhere else."""
    made = pictograms.insert('<ul><li><a class="i-door" href="../x/" lang="en">X</a></li></ul>')
    assert '<ul class="rows"><li><a href="../x/" lang="en"><svg ' in made
    assert made.partition("<svg hidden>")[0].endswith("<span>X</span></a></li></ul>")
