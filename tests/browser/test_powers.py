"""What a browser can do for a page besides showing it: our header takes it away, or it is argued why not.

Only Chromium reads the header. Firefox, which knows such names for frames alone, is asked whether it knows one that
we have forgotten; WebKit says nothing of them.
"""

import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

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
# What the header leaves out, by its reason.
_LEFT_OUT = {
    "asks for a connection or a frame that the policy of every page refuses": """cross-origin-isolated deferred-fetch
        deferred-fetch-minimal local-network local-network-access loopback-network private-state-token-issuance
        private-state-token-redemption""",
    "goes no further than a power that is taken away: camera, microphone or screen": """captured-surface-control
        on-device-speech-recognition speaker-selection""",
    "is what a page of ours has anyway, or does to itself": """aria-notify encrypted-media keyboard-map
        media-playback-while-not-visible picture-in-picture storage-access sync-xhr unload""",
    "is gone from the web, and only its name is left": "interest-cohort",
}
_REASONED = {name for names in _LEFT_OUT.values() for name in names.split()}
# Hints about the device go to a server that asks for them by Accept-CH, which ours does not.
_HINTS = "ch-"
DENIED = {
    part.removesuffix("=()")
    for part in headers.of_site("https://desk.example", [])
    .default["Permissions-Policy"]
    .split(", ")
}


@pytest.mark.parametrize("program", [browsers.CHROMIUM, browsers.SHELL])
def test_chromium_has_no_power_that_is_neither_taken_away_nor_argued(
    chromium: Browser, address: str, program: str
) -> None:
    """And the console has no complaint about a name that this browser does not know."""
    browser = chromium.browser_type.launch(
        executable_path=browsers.path(program), args=browsers.ARGUMENTS
    )
    page, said = browser.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    known = set(page.evaluate("document.featurePolicy.features()"))
    assert len(known) > 50
    for path in ("/nl/", "/nl/write/", "/nl/info.html", "/none/"):
        answer = page.goto(address + path)
        assert answer
        assert "accept-ch" not in answer.headers
        left = set(page.evaluate("document.featurePolicy.allowedFeatures()"))
        assert {one for one in left if not one.startswith(_HINTS)} <= _REASONED, path
    browser.close()
    assert {one for one in known if not one.startswith(_HINTS)} == DENIED | _REASONED
    assert not DENIED & _REASONED
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
    assert known - DENIED - _REASONED == _FRAMES_ONLY
