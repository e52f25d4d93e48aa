"""A dossier in a real browser, opened from a file as on a machine without a network."""

from pathlib import Path

from playwright.sync_api import Browser

from desk import terminal
from tests.test_letters_dossier import HOSTILE, page


def test_a_dossier_is_shown_as_it_was_written(chromium: Browser, tmp_path: Path) -> None:
    """Texts are equal, the style is taken, nothing is refused by the policy or asked of anybody."""
    path = tmp_path / "dossier.html"
    path.write_text(page(*HOSTILE), "utf-8")
    shown = chromium.new_page()
    told: list[str] = []
    shown.on("console", lambda message: told.append(message.text))
    shown.on("request", lambda request: told.append(request.url))
    shown.goto(path.as_uri())
    texts = shown.eval_on_selector_all(".text", "found => found.map(one => one.textContent)")
    style = shown.eval_on_selector(".text", "one => getComputedStyle(one).whiteSpaceCollapse")
    shown.close()
    assert texts == [terminal.clean(text) for text in HOSTILE]
    assert told == [path.as_uri()]
    assert style == "preserve"
