"""What a browser can do for a page besides showing it: our header takes all of that away, and no engine knows more.

Only Chromium reads the header. Firefox, which knows such names for frames alone, is asked whether it knows one that
we have forgotten; WebKit says nothing of them.
"""

import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from overrides.frame import headers
from tests import browsers
from tests.engines import firefox_in

# Of Firefox's names, those that Chromium on a desk computer does not know, as its console says. Each needs a script of
# ours to be used, and no page of ours may stand in a frame.
_FRAMES_ONLY = {
    "document-domain",  # gone from Chromium
    "vr",  # the name of xr-spatial-tracking, years ago
    "web-share",  # Chromium knows it on phones
}
DENIED = {
    part.removesuffix("=()")
    for part in headers.of_site("https://desk.example", [])
    .default["Permissions-Policy"]
    .split(", ")
}


@pytest.mark.parametrize("program", [browsers.CHROMIUM, browsers.SHELL])
def test_a_page_is_allowed_nothing_that_chromium_can_take_away(address: str, program: str) -> None:
    """None is left, and the console has no complaint about a name that this browser does not know."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browsers.path(program), args=browsers.ARGUMENTS
        )
        page, said = browser.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        known = set(page.evaluate("document.featurePolicy.features()"))
        assert len(known) > 50
        for path in ("/nl/", "/nl/write/", "/nl/info.html", "/none/"):
            page.goto(address + path)
            assert page.evaluate("document.featurePolicy.allowedFeatures()") == [], path
        browser.close()
    assert known == DENIED
    assert [line for line in said if "404" not in line] == []


def test_firefox_knows_no_name_that_we_have_forgotten(address: str) -> None:
    """Its list is shown by a setting that no reader has; it reads no header, so nothing can be taken away there."""
    shown = {
        f"dom.security.featurePolicy.{name}.enabled": True for name in ("webidl", "experimental")
    }
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        firefox_in(Path(profile), shown) as tab,
    ):
        tab.open(f"{address}/nl/")
        known = set(tab.look("document.featurePolicy.features()"))
    assert len(known) > 10
    assert known - DENIED == _FRAMES_ONLY
