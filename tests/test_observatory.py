"""The headers and pages of an https site, scored by Mozilla's own functions: only a place in browsers' lists is left.

The package fetches that list when it is installed, and we let it not: the test writes the one line itself, so what the
real list says of a desk is not known here. `tests/observatory/grade.mjs` says what else stands in for a host.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from overrides.frame import headers
from tests.site import ROOT, SHARE, Built, Page
from tests.soak import SOAK

HOST = "desk.example"
FOLDER = ROOT / "tests" / "observatory"
PACKAGE = FOLDER / "node_modules" / "@mdn" / "mdn-http-observatory"
BEST, LISTED, NO_SCRIPT = 135, 5, 5
# What is left without a header. Policy and referrer stand in the page too: of the policy only the frames are missed.
COSTS = {
    "Content-Security-Policy": 80,
    "Cross-Origin-Resource-Policy": 125,
    "Referrer-Policy": 135,
    "Strict-Transport-Security": 80,
    "X-Content-Type-Options": 130,
}


def kinds(built: Built, *, whole: bool) -> list[Page]:
    """A page for each set of files that pages fetch, or every page of every language."""
    if whole:
        return built.pages
    found: dict[tuple[str, ...], Page] = {}
    for page in built.pages:
        fetched = [
            e.attributes.get("src") or e.attributes.get("href", "")
            for e in page.elements
            if e.tag in ("script", "link")
            and e.attributes.get("rel") not in ("alternate", "canonical")
        ]
        names = (page.path if not page.language else "", *(at.rpartition("/")[2] for at in fetched))
        if page.language in ("", None, SHARE[0]):
            found.setdefault(names, page)
    return [*found.values()]


def scored(listed: bool, folder: Path, record: str, *pages: Page) -> list[dict[str, Any]]:
    """What the Observatory says of these pages with these headers, on a host that is on the list of browsers or not."""
    if not PACKAGE.is_dir():
        raise RuntimeError(
            "the Observatory is not there; run: NEED=observatory PY=.venv/bin/python bash .ci/node"
        )
    shutil.copytree(PACKAGE / "src", folder / "src")
    # It asks hosts over the network, with libraries that are left out here; the types name its class and nothing else.
    (folder / "src/retriever/session.js").write_text("export class Session {}", "ascii")
    (folder / "node_modules").symlink_to(FOLDER / "node_modules")
    (folder / "package.json").write_text('{"type": "module"}', "ascii")
    (folder / "conf").mkdir()
    known = {HOST: {"mode": "force-https", "includeSubDomains": True}} if listed else {}
    (folder / "conf" / "hsts-preload.json").write_text(json.dumps(known), "ascii")
    said = headers.Headers(**json.loads(record))
    sent = [
        {
            "headers": said.at(page.path) | {"Content-Type": "text/html; charset=utf-8"},
            "html": page.html,
        }
        for page in pages
    ]
    done = subprocess.run(
        ["node", FOLDER / "grade.mjs", folder],
        input=json.dumps({"host": HOST, "pages": sent}), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def record_of(built: Built, *, without: str = "") -> str:
    """The headers of the site at an https address, as `headers.json` has them."""
    record = headers.of_site(f"https://{HOST}", [*built.headers["paths"]])
    default = {name: value for name, value in record.default.items() if name != without}
    return json.dumps({"default": default, "paths": record.paths})


@pytest.mark.parametrize(("listed", "best"), [(False, BEST), (True, BEST + LISTED)])
def test_every_kind_of_page_gets_all_that_there_is(
    built_site: Built, tmp_path: Path, listed: bool, best: int
) -> None:
    """135, and 140 on the list; 5 less where there is no script that could be named byte by byte.

    The list has hosts and no pages: so it is enough to look at all of them without it.
    """
    pages = kinds(built_site, whole=SOAK and not listed)
    assert len(pages) >= 8
    for page, found in zip(
        pages, scored(listed, tmp_path, record_of(built_site), *pages), strict=True
    ):
        wanted = best - (0 if page.all("script") else NO_SCRIPT)
        assert (found["score"], found["grade"]) == (wanted, "A+"), (page.path, found["results"])


def test_a_header_less_costs_points(built_site: Built, tmp_path: Path) -> None:
    """So the score above comes from the headers, and not from what the runner takes for granted."""
    (page,) = [page for page in built_site.pages if page.path == f"/{SHARE[0]}/"]
    found = {}
    for number, name in enumerate(COSTS):
        record = record_of(built_site, without=name)
        (one,) = scored(False, tmp_path / str(number), record, page)
        found[name] = one["score"]

    assert found == COSTS
