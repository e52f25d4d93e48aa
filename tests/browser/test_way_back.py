"""The whole way in three engines: complain, be answered, come back in an empty browser, read, write back."""

from itertools import cycle
from pathlib import Path

import pytest

from tests import way_back, whole_form
from tests.browser.conftest import Opener
from tests.practice import Practice, running
from tests.site import LANGUAGES
from tests.soak import SOAK
from tests.whole_form import ROOM, Words

# A story, the desk's answer and what she writes back.
TEXTS = {
    "nl": ("Zij kwamen binnen zonder te vragen.", "Wij bellen de politie.", "Dank u wel."),
    "en": ("They came in without asking.", "We are calling the police.", "Thank you."),
    "ar": ("دخلوا دون أن يسألوا.", "سنتصل بالشرطة غدا.", "شكرا جزيلا."),
    "bg": ("Влязоха, без да попитат.", "Ще се обадим на полицията.", "Благодаря."),
    "th": ("พวกเขาเข้ามาโดยไม่ถาม", "เราจะโทรหาตำรวจพรุ่งนี้", "ขอบคุณมาก"),
    "zh": ("他们没有问就进来了。", "我们明天给警察打电话。", "谢谢。"),
}
WAYS = [  # engine, language of the page, language of the texts
    ("chromium", "th", "th"),
    ("firefox", "ar", "ar"),
    ("webkit", "nl", "bg"),
]
ALL_WAYS = [
    (engine, page, text)
    for engine, _, _ in WAYS
    for page, text in zip(LANGUAGES, cycle(TEXTS), strict=False)
]


@pytest.mark.parametrize(("engine", "page", "text"), ALL_WAYS if SOAK else WAYS)
def test_the_whole_way(
    opener: Opener,
    practice: Practice,
    elsewhere: str,
    tmp_path: Path,
    engine: str,
    page: str,
    text: str,
) -> None:
    """Every step answered, in another browser the answer read by the code alone, and one thread at the desk.

    The complaint is as large as one can be, and the desk reads what was typed to the last byte. Then she writes half a
    story more and leaves: neither there nor by Back and Forward is anything of us.
    """
    story, answer, more = TEXTS[text]
    words = Words(f'"{story}" \\ {story}', story[:12], more, story[-12:])
    desk = way_back.own_site(practice, tmp_path)
    with running(desk) as address:
        pages = f"{address}/{page}/"
        with opener(engine)() as tab:
            code = whole_form.send(tab, address, words, page)
            left = way_back.leave_half_written(tab, pages, elsewhere + "before", story)
        (opened,) = desk.complaints()
        way_back.answer_at_desk(desk, answer, text)
        with opener(engine)() as tab:
            typed = code.translate(way_back.ARABIC_INDIC)
            (shown,) = way_back.read_answers(tab, pages, typed)
            way_back.write_back(tab, more)
    complaint = words.complaint(page)
    assert (whole_form.without_keys(opened), whole_form.size(opened)) == (complaint, ROOM)
    assert [one.split("\n")[0] for one in left] == [elsewhere + one for one in way_back.VISITED]
    assert [one for one in (story, address) if any(one in all_of_it for all_of_it in left)] == []
    direction = "rtl" if text == "ar" else "ltr"
    assert shown == {"text": answer, "language": text, "direction": direction}
    assert way_back.thread_at_desk(desk) == [complaint["story"], answer, more]
