"""The whole way in three engines: complain, be answered, come back in an empty browser, read, write back."""

from pathlib import Path

import pytest

from tests import way_back
from tests.browser.conftest import Opener
from tests.practice import Practice, running
from tests.soak import SOAK

# A story, the desk's answer and what she writes back.
TEXTS = {
    "nl": ("Zij kwamen binnen zonder te vragen.", "Wij bellen de politie.", "Dank u wel."),
    "en": ("They came in without asking.", "We are calling the police.", "Thank you."),
    "ar": ("دخلوا دون أن يسألوا.", "سنتصل بالشرطة غدا.", "شكرا جزيلا."),
    "bg": ("Влязоха, без да попитат.", "Ще се обадим на полицията.", "Благодаря."),
}
WAYS = [  # engine, language of the page, language of the texts
    ("chromium", "nl", "nl"),
    ("firefox", "en", "ar"),
    ("webkit", "nl", "bg"),
]
ALL_WAYS = [
    (engine, page, text) for engine, _, _ in WAYS for page in ("nl", "en") for text in TEXTS
]


@pytest.mark.parametrize(("engine", "page", "text"), ALL_WAYS if SOAK else WAYS)
def test_the_whole_way(
    opener: Opener,
    practice: Practice,
    tmp_path: Path,
    engine: str,
    page: str,
    text: str,
) -> None:
    """She complains, is answered, reads it in another browser by her code alone, and writes back: one thread."""
    story, answer, more = TEXTS[text]
    desk = way_back.own_site(practice, tmp_path)
    with running(desk) as address:
        pages = f"{address}/{page}/"
        with opener(engine)() as tab:
            code = way_back.complain(tab, pages, story)
        way_back.answer_at_desk(desk, answer, text)
        with opener(engine)() as tab:
            typed = code.translate(way_back.ARABIC_INDIC)
            (shown,) = way_back.read_answers(tab, pages, typed)
            way_back.write_back(tab, more)
    direction = "rtl" if text == "ar" else "ltr"
    assert shown == {"text": answer, "language": text, "direction": direction}
    assert way_back.thread_at_desk(desk) == [story, answer, more]
