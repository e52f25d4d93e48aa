"""A form that the desk has closed by its setting: what a reader finds there, and that nothing else changes."""

import pytest
from playwright.sync_api import Browser, expect

from tests.site import STRINGS, Built, asset, build_site, few, settings_text

CODES = ("nl", "en", "ar")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    """Give a site with its form open, and the same one after the setting; the second takes what the first left."""
    folder = tmp_path_factory.mktemp("closed")
    files, kept = few(folder, *CODES), folder / "kept"
    opened = build_site(folder, settings_text(form_open=True), kept=kept, **files)
    before = opened.files
    closed = build_site(folder, settings_text(form_open=False), kept=kept, **files)
    assert opened.files is before
    return opened, closed


def test_only_the_page_of_the_form_is_another_one(sites: tuple[Built, Built]) -> None:
    """Beside it the search, which no longer finds its words, and what says how the site was made and what it holds."""
    opened, closed = (site.files for site in sites)
    assert opened.keys() == closed.keys()
    others = {name for name, octets in opened.items() if closed[name] != octets}
    said = {"SHA256SUMS", "built.json", "settings.yml"}
    said |= {asset(f"search-{code}.js") for code in CODES}
    assert others - said == {f"{code}/write/index.html" for code in CODES}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_closed_form_says_so_and_names_the_ways(
    chromium: Browser, sites: tuple[Built, Built], code: str, scripts: bool
) -> None:
    """Nothing can be typed there; answers are one press away, and the exit stands where it always does."""
    _, closed = sites
    t = STRINGS[code]
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.set_content(closed.text(f"/{code}/write/"))
    expect(page.get_by_role("heading", name=t("write.closed.title"))).to_be_visible()
    assert t("write.closed.why") not in page.locator("main").inner_text()
    assert page.locator("main .other-ways li").count() == len(closed.settings.contact)
    assert page.locator("form, input:not(#drawer), textarea, script[src$='write.js']").count() == 0
    link = page.locator("main").get_by_role("link", name=t("write.sent.answer"))
    assert str(link.get_attribute("href")).endswith(f"{code}/answer/")
    expect(page.locator("#leave")).to_be_visible()
    context.close()
