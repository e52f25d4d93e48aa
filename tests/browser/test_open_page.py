"""Another build goes up while a page is open: it fetches what it names from its own, and so it still sends."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.browser.visit import Visit, caught
from tests.practice import Practice, running
from tests.releases import put_up
from tests.site import asset
from tests.way_back import own_site

OTHER = "00000000"
WORKERS = ("seal.js", "seal_older.js")


def build_after(site: Path, folder: Path) -> Path:
    """The same site as a build with other scripts writes it; a page of the one before gets nothing from its workers."""
    shutil.copytree(site, folder)
    was = asset("").encode()
    now = f"assets/{OTHER}/".encode()
    for path in [*folder.rglob("*.html"), *folder.glob("assets/*/*.js")]:
        text = path.read_bytes()
        path.write_bytes(text.replace(was, now))
    for name in WORKERS:
        (folder / asset(name)).write_text("throw new Error('of another build')", "utf-8")
    os.rename(folder / asset(""), folder / "assets" / OTHER)
    return folder


def test_a_form_that_was_opened_before_an_upload_still_sends(
    page: Page, practice: Practice, tmp_path: Path
) -> None:
    """Its worker is asked for when the other build is served already, and is that of its own build."""
    made = own_site(practice, tmp_path)
    served = put_up(tmp_path, made.site, "before")
    shutil.copyfile(f"{made.site}.headers.json", f"{served}.headers.json")
    desk = Practice(tmp_path, made.secret, made.keys, served, made.drop)
    after = build_after(made.site, tmp_path / "after")
    held: list[Route] = []
    with running(desk) as address:
        visit = Visit(page, address)
        page.route("**/seal*.js", lambda route: held.append(route))
        visit.open("write/")
        route = caught(page, held)
        put_up(tmp_path, after, "after")
        route.continue_()
        expect(page.locator("#form")).to_be_visible()
        visit.write("Zij kwamen binnen.")
        visit.send()
        visit.expect_sent()
        assert len(desk.names()) == 1
        html = page.request.get(f"{address}/nl/write/").text()
        assert f"assets/{OTHER}/write.js" in html
        assert asset("") not in html
