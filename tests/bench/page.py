"""What a visit weighs and how long sealing takes, in a real Chromium against the running practice desk.

Weights are brotli 11 of every body that the browser fetched on a first visit. Times with CPU
throttling run the sealing module in the page's own thread, since throttling does not reach workers.
"""

import json
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import brotli
from playwright.sync_api import Browser, Page, sync_playwright

from tests import browsers
from tests.browser.visit import Visit
from tests.practice import REPO, Practice, make_practice, running
from tests.site import LANGUAGES

HEAVIEST = 3
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


def reading_paths(site: Path) -> list[str]:
    """URL paths to visit in each language: every written page, and the heaviest generated ones."""
    found = []
    for language in LANGUAGES:
        pages = set((site / language).rglob("index.html"))
        generated = {page for page in pages if page.parent.parent.name == "m"}
        weight = {page: len(brotli.compress(page.read_bytes(), quality=5)) for page in generated}
        heaviest = sorted(generated, key=weight.__getitem__)[-HEAVIEST:]
        found += [*(pages - generated), *heaviest]
    paths = (f"/{page.parent.relative_to(site).as_posix()}/" for page in found)
    return sorted(path for path in paths if not path.endswith("/write/"))


def first_visit(
    browser: Browser, address: str, script: bool = True
) -> Callable[[str], dict[str, int]]:
    """Weigh one page in a fresh profile: bytes by address, each brotli 11."""

    def weigh(path: str) -> dict[str, int]:
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        bodies: dict[str, int] = {}
        page.on("response", lambda a: bodies.update({a.url: len(brotli.compress(a.body()))}))
        page.goto(address + path, wait_until="networkidle")
        context.close()
        return bodies

    return weigh


def weights(browser: Browser, practice: Practice, address: str) -> dict[str, float | None]:
    """Reading pages: the heaviest first visit, the most requests, the script."""
    visits = [
        first_visit(browser, address, script)(path)
        for path in reading_paths(practice.site)
        for script in (True, False)
    ]
    scripts = [sum(n for url, n in visit.items() if url.endswith(".js")) for visit in visits]
    forms = [sum(first_visit(browser, address)(f"/{lang}/write/").values()) for lang in LANGUAGES]
    return {
        "page.first_visit_brotli_max": max(sum(visit.values()) for visit in visits),
        "page.requests_max": max(map(len, visits)),
        "page.script_bytes_max": max(scripts),
        "form.first_visit_brotli": max(forms),
        "form.first_visit_brotli_older": max(forms) + older_bytes(practice.site),
    }


def older_bytes(site: Path) -> int:
    """What a browser without Ed25519 of its own fetches more: the other worker instead of its own."""
    own, older = (
        len(brotli.compress((site / "assets" / name).read_bytes()))
        for name in ("seal.js", "seal_older.js")
    )
    return older - own


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
    """Median of sealing a full complaint after warm-up, in the page thread."""
    page = browser.new_page()
    page.add_script_tag(content=bundle(BUNDLE))
    page.evaluate(SEAL_LOOP, [SEALS, public])
    throttle(page, rate)
    times = page.evaluate(SEAL_LOOP, [SEALS, public])
    page.close()
    return round(statistics.median(times), 2)


def send_ms(browser: Browser, address: str, rate: int) -> float:
    """Median from pressing send to the shown confirmation, warm."""
    times = []
    for _ in range(SENDS):
        page = browser.new_page()
        visit = Visit(page, address)
        visit.open_form()
        visit.write("x" * 10_000)
        throttle(page, rate)
        times.append(page.evaluate(SEND))
        page.close()
    return round(statistics.median(times), 1)


def public_key(practice: Practice) -> str:
    listed = json.loads(json.loads(practice.keys.read_text("utf-8"))["signed"])["keys"]
    return str(next(entry["public"] for entry in listed if entry["use"] == "intake"))


def measure() -> dict[str, float | None]:
    """The values of the table for page, form and seal."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        practice = make_practice(Path(name), "http://127.0.0.1:9/weather")
        with running(practice) as address:
            browser = playwright.chromium.launch(
                executable_path=browsers.path(), args=browsers.ARGUMENTS
            )
            key = public_key(practice)
            found = weights(browser, practice, address)
            found["seal.warm_ms_1x"] = seal_ms(browser, key, 1)
            found["seal.warm_ms_4x"] = seal_ms(browser, key, 4)
            found["seal.send_ms_4x"] = send_ms(browser, address, 4)
            browser.close()
    return found


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
