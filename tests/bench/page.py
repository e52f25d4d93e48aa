"""What a visit weighs and how long sealing takes, in a real Chromium against the running practice desk.

Every kind of page has keys of its own, since each has a budget of its own. Sealing is timed in the page's
own thread, since throttling does not reach workers; sending is the real page with its worker.
"""

import json
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import brotli
from playwright.sync_api import Browser, Page, sync_playwright

from tests import browsers
from tests.bench import weight
from tests.bench.calm import Watch
from tests.bench.figures import Figure, counted, median
from tests.bench.weight import Weighed
from tests.browser.visit import NO_ED25519, Visit
from tests.practice import REPO, Practice, make_practice, running
from tests.site import LANGUAGES

ROUNDS = 3
SEALS = 41
SENDS = 5
BUNDLE = """
import { seal } from './overrides/assets/seal.mjs';
import { encodeComplaint } from './overrides/assets/wire.mjs';
globalThis.bench = { seal, encodeComplaint };
"""
SEAL_LOOP = """
([count, key]) => {
  const publicKey = Uint8Array.from(atob(key), (c) => c.charCodeAt(0));
  const json = bench.encodeComplaint({ story: 'x'.repeat(15_000) });
  const times = [];
  for (let i = 0; i < count; i += 1) {
    const start = performance.now();
    bench.seal(json, publicKey);
    times.push(performance.now() - start);
  }
  return times;
}
"""
SEND = """
() => new Promise((resolve) => {
  const start = performance.now();
  const look = () => document.getElementById('sent').hidden
    ? requestAnimationFrame(look) : resolve(performance.now() - start);
  document.getElementById('send').click();
  look();
})
"""


def weights(browser: Browser, site: Path, address: str) -> dict[str, Figure]:
    """The keys of all kinds of pages but the form; each page is visited with and without script."""
    found: dict[str, Figure] = {}
    paths = weight.paths(site)
    for kind in weight.READING:
        visits = [
            weight.visit(browser, address + path, script=script)
            for path in paths[kind]
            for script in (True, False)
        ]
        found |= heaviest(kind, visits)
    found |= indexes(site)
    answers = [weight.visit(browser, address + path).total for path in paths["answer"]]
    return {**found, "answer.first_visit_brotli": counted(max(answers))}


def indexes(site: Path) -> dict[str, Figure]:
    """What the two fields fetch when they are used, of all languages the heaviest."""
    packed = {
        path.stem: len(brotli.compress(path.read_bytes())) for path in site.glob("assets/*/*.js")
    }
    searched = max(packed[f"search-{language}"] for language in LANGUAGES)
    return {
        "places.index_brotli": counted(packed["names"]),
        "search.index_brotli_max": counted(searched),
    }


def heaviest(kind: str, visits: Sequence[Weighed]) -> dict[str, Figure]:
    """Heaviest first visit, most requests and most script among the pages of one kind."""
    return {
        f"{kind}.first_visit_brotli_max": counted(max(one.total for one in visits)),
        f"{kind}.requests_max": counted(max(one.requests for one in visits)),
        f"{kind}.script_bytes_max": counted(max(one.script for one in visits)),
    }


def forms(browser: Browser, address: str) -> dict[str, Figure]:
    """The form with everything, in each language, and the heaviest; that one in an older browser too."""
    totals = {one: weight.form(browser, address, one).total for one in LANGUAGES}
    heaviest_one = max(totals, key=totals.__getitem__)
    older = weight.form(browser, address, heaviest_one, NO_ED25519).total
    each = {f"form.first_visit_brotli_{one}": counted(total) for one, total in totals.items()}
    found = {"form.first_visit_brotli": counted(totals[heaviest_one]), **each}
    return {**found, "older_form.first_visit_brotli": counted(older)}


def throttle(page: Page, rate: int) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})


def bundle(entry: str, form: str = "iife") -> str:
    """Modules as one script for the page thread, a classic one or (`esm`) a module."""
    command = [str(REPO / "node_modules/.bin/esbuild"), "--bundle", "--minify", f"--format={form}"]
    done = subprocess.run(
        command, input=entry, cwd=REPO, capture_output=True, text=True, check=True
    )
    return done.stdout


def seal_ms(browser: Browser, public: str, rate: int) -> float:
    """Median of sealing a full complaint after warm-up, in the thread of a new page."""
    page = browser.new_page()
    page.add_script_tag(content=bundle(BUNDLE))
    page.evaluate(SEAL_LOOP, [SEALS, public])
    throttle(page, rate)
    times = page.evaluate(SEAL_LOOP, [SEALS, public])
    page.close()
    return statistics.median(times)


def send_ms(browser: Browser, address: str, rate: int) -> float:
    """From pressing send to the shown confirmation, in a new page whose worker has warmed up."""
    page = browser.new_page()
    visit = Visit(page, address)
    visit.open_form()
    visit.write("x" * 10_000)
    throttle(page, rate)
    taken = float(page.evaluate(SEND))
    page.close()
    return taken


def times(browser: Browser, practice: Practice, address: str, watch: Watch) -> dict[str, Figure]:
    """The keys of sealing and sending, each in rounds of new pages."""
    key = public_key(practice)
    found = {}
    for rate in (1, 4):
        found[f"seal.warm_ms_{rate}x"] = median(seal_ms(browser, key, rate) for _ in range(ROUNDS))
        watch.look()
    watch.remark("seal.send_ms_4x slows the page down, and not the worker that seals")
    found["seal.send_ms_4x"] = median(send_ms(browser, address, 4) for _ in range(SENDS))
    return found


def public_key(practice: Practice) -> str:
    listed = json.loads(json.loads(practice.keys.read_text("utf-8"))["signed"])["keys"]
    return str(next(entry["public"] for entry in listed if entry["use"] == "intake"))


def measure(watch: Watch) -> dict[str, Figure]:
    """The values of the table for all kinds of pages, and for sealing."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        practice = make_practice(Path(name), "http://127.0.0.1:9/weather")
        with running(practice) as address:
            browser = playwright.chromium.launch(
                executable_path=browsers.path(), args=browsers.ARGUMENTS
            )
            found = weights(browser, practice.site, address) | forms(browser, address)
            found |= times(browser, practice, address, watch)
            browser.close()
    return found
