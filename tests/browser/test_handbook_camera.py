"""What takes the pictures of the handbook: it shows what a record names, or says what is not there."""

import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Page

from handbook import palette
from handbook.camera import SHOWN, Camera
from handbook.records import Picture, Said, Unlike

STICK = Path("/somewhere/else/stick")  # stands for the folder of this run
PAGE = f"""<!doctype html><body style="margin:0"><main style="padding:40px">
<h1 style="margin:0;width:200px;height:40px">Postvak</h1><p id="where">In {STICK}/in. Nagekeken op maandag.</p>
<input type="text" value="{STICK}"><p hidden>Nobody sees this</p></main>"""
MARK = (0xB3, 0x00, 0x5E)


def record(*marks: Said, crop: tuple[Said, ...] = ("main",)) -> Picture:
    """A record without steps."""
    return Picture("tried", "desk", (), crop, marks)


@pytest.fixture
def camera(page: Page) -> Camera:
    """Give a camera on a page of ours that waits for nothing long."""
    page.set_content(PAGE)
    page.set_default_timeout(500)
    return Camera(page, "nl", "http://127.0.0.1", STICK)


def colours(picture: bytes) -> tuple[int, int, list[tuple[int, int, int]]]:
    """Width, height, and the colour of each pixel: of the one kind of PNG that `palette` writes."""
    parts, at = {}, 8
    while at < len(picture):
        (size,) = struct.unpack_from(">I", picture, at)
        parts[picture[at + 4 : at + 8]] = picture[at + 8 : at + 8 + size]
        at += size + 12
    width, height = struct.unpack_from(">II", parts[b"IHDR"])
    rows, known = zlib.decompress(parts[b"IDAT"]), list(struct.iter_unpack("BBB", parts[b"PLTE"]))
    lines = [rows[at + 1 : at + 1 + width] for at in range(0, len(rows), width + 1)]
    return width, height, [known[one] for line in lines for one in line]


@pytest.mark.parametrize(
    "wrong",
    [record("#none"), record("p[hidden]"), record("#where := Dinsdag"), record(crop=("h2",))],
)
def test_what_is_not_seen_is_refused_by_its_name(camera: Camera, wrong: Picture) -> None:
    """A mark or a crop that is nowhere or hidden, and words that are not there."""
    with pytest.raises(Unlike, match="picture tried: not on the screen: "):
        camera.take(wrong)


@pytest.mark.parametrize(
    "step", [("press", "#none"), ("see", "h2"), ("write", "h2 := x"), ("look", "h1")]
)
def test_a_step_that_cannot_be_done_is_refused(camera: Camera, step: tuple[str, str]) -> None:
    """What is pressed, seen or written must be there, and the verb known."""
    with pytest.raises(Unlike, match=r"picture tried: there is nothing to|there is no step"):
        camera.take(Picture("tried", "desk", (step,), ("main",), ()))


def test_a_number_stands_at_the_corner_of_its_element(camera: Camera) -> None:
    """Its disc is drawn over the corner, and the picture is cut around all that is named."""
    picture = palette.pack(camera.take(record("h1", crop=("h1",))), camera.page)
    width, height, pixels = colours(picture)
    assert (width, height) == (200 + 17 + 6, 40 + 17 + 6)
    assert pixels[13 * width + 4] == MARK  # left of the number, in its disc
    assert pixels[-1] != MARK
    assert len(set(pixels)) <= palette.COLOURS


def test_words_have_a_mark_in_the_language_of_the_tab(camera: Camera) -> None:
    """Where a paragraph says two things, the number stands at one of them."""
    said = {"nl": "#where := Nagekeken op", "en": "#where := Checked on"}
    plain, marked = (camera.take(record(*marks)) for marks in ((), (said,)))
    drawn = [colours(palette.pack(one, camera.page))[2].count(MARK) for one in (plain, marked)]
    assert drawn[0] == 0 < drawn[1]


def test_no_folder_of_this_machine_is_in_a_picture(camera: Camera) -> None:
    """In the text and in a field stands what a stick is called at a desk; then nothing of ours is left on the page."""
    camera.take(record("h1"))
    assert str(STICK) not in camera.page.inner_text("main")
    assert camera.page.input_value("input") == SHOWN
    assert camera.page.locator("body > div").count() == 0
