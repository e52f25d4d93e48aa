"""Browsers that people made safer: without compilers and WebAssembly, hiding who they are, keeping nothing.

Each is a real browser with the settings that do it there. A page of measurements beside the site says what they cost.
"""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from tests import browsers, engines, old_engines
from tests.bench.page import bundle, public_key
from tests.engines import Tab, wait
from tests.practice import Practice

# What Tor Browser's level "Safer" switches off in every page.
SAFER = {
    "javascript.options.wasm": False,
    "javascript.options.ion": False,
    "javascript.options.baselinejit": False,
    "javascript.options.asmjs": False,
    "javascript.options.native_regexp": False,
}
RESISTING = {
    "privacy.resistFingerprinting": True,
    "privacy.resistFingerprinting.letterboxing": True,
}
PRIVATE = {"browser.privatebrowsing.autostart": True}
KEEPING_NOTHING = {
    "dom.storage.enabled": False,
    "dom.indexedDB.enabled": False,
    "dom.caches.enabled": False,
    "dom.serviceWorkers.enabled": False,
    "network.cookie.cookieBehavior": 2,  # none
}
SAFEST = {**SAFER, "javascript.enabled": False}
# By name, what opens one.
HARDENED: dict[str, Callable[[], AbstractContextManager[Tab]]] = {
    "firefox as tor browser's safer": lambda: engines.firefox(
        settings=SAFER | RESISTING | PRIVATE | KEEPING_NOTHING
    ),
    "firefox without compilers": lambda: engines.firefox(settings=SAFER),
    "firefox resisting fingerprinting": lambda: engines.firefox(settings=RESISTING),
    "firefox private": lambda: engines.firefox(settings=PRIVATE),
    "firefox keeping nothing": lambda: engines.firefox(settings=KEEPING_NOTHING),
    "webkit without compilers": lambda: engines.webkit(
        {"JSC_useJIT": "false", "JSC_useWasm": "false"}
    ),
    "chromium without compilers": lambda: _chromium({"javascript_jit": 2}),
    "chromium without its optimiser": lambda: _chromium({"javascript_optimizer": 2}),
}
# The best of a few means over a tenth of a second: some of these browsers round their clock, and others work here too.
# Of the loop the best of many, as short as the clock lets them be: a mean is longer by all that others do meanwhile.
_MEASURE = """
import { seal } from './overrides/assets/seal.mjs';
import { deriveKeys, makeCode } from './overrides/assets/code.mjs';
import { encodeComplaint } from './overrides/assets/wire.mjs';
const key = Uint8Array.from(atob(await (await fetch('key')).text()), (char) => char.charCodeAt(0));
const json = encodeComplaint({ story: 'x'.repeat(15_000) });
async function once(act, least) {
  const begun = performance.now();
  let count = 0;
  do { await act(); count += 1; } while (performance.now() - begun < least);
  return (performance.now() - begun) / count;
}
async function best(act, rounds, least = 100) {
  const all = [];
  while (all.length < rounds) all.push(await once(act, least));
  return Math.min(...all);
}
function step() {
  const begun = performance.now();
  let now = begun;
  while (now === begun) now = performance.now();
  return now - begun;
}
let kept = 0;
function loop() {
  let sum = kept;
  for (let i = 0; i < 2e6; i += 1) sum = (Math.imul(sum, 31) + i) | 0;
  kept = sum;
}
globalThis.found = {
  first: await once(() => seal(json, key), 0),
  seal: await best(() => seal(json, key), 3),
  code: await best(() => deriveKeys(makeCode()), 2),
  loop: await best(loop, 20, 4 * step()),
  has_wasm: 'WebAssembly' in globalThis,
};
"""


@contextmanager
def _chromium(settings: dict[str, int]) -> Iterator[Tab]:
    """Debian's Chromium with what its site settings write into the profile; 2 blocks."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        chosen = {"profile": {"default_content_setting_values": settings}}
        preferences = Path(profile) / "Default" / "Preferences"
        preferences.parent.mkdir()
        preferences.write_text(json.dumps(chosen), "ascii")
        headless = ["--headless=new"]
        with old_engines.chromium_in(browsers.path(), Path(profile), headless) as tab:
            yield tab


def write_page(folder: Path, practice: Practice) -> None:
    """Put the page of measurements there."""
    (folder / "key").write_text(public_key(practice), "ascii")
    (folder / "run.js").write_text(bundle(_MEASURE, "esm"), "utf-8")
    (folder / "index.html").write_text('<script type="module" src="run.js"></script>', "ascii")


def measured(tab: Tab, address: str) -> dict[str, Any]:
    """Milliseconds of the first seal, a later one, the keys of a code and a plain loop; whether it has WebAssembly."""
    tab.open(f"{address}/index.html")
    wait(tab, "window.found")
    return dict(tab.look("window.found"))
