"""A letter on an English page in Chromium: what is copied is the Dutch to send, without the English beside it."""

from tests.browser.visit import Visit


def test_only_the_dutch_of_a_letter_is_copied(visit: Visit) -> None:
    """Somebody who selects the whole letter sends no line in another language, and loses none."""
    visit.language = "en"
    visit.open("letters/")
    letter = visit.page.locator(".letter").first
    dutch = letter.locator("p[lang=nl]").all_inner_texts()
    english = letter.locator(".beside").all_inner_texts()
    copied = letter.evaluate(
        """(letter) => {
            getSelection().selectAllChildren(letter);
            return getSelection().toString();
        }"""
    )

    assert len(dutch) == len(english) > 5
    assert all(line in copied for line in dutch)
    assert not any(line in copied for line in english)
