"""Small releases of a site for the tests of the upload, and a reader who walks through a bucket.

A release is a few pages that name each other, a script, a form, a list of keys and a map of the site, with
a list of its files and headers as `make release` writes them, and a log as `desk sign` does.
"""

import json
import re
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from botocore.exceptions import ClientError

from desk.wire import manifest
from tests import listed, stores
from tests.site import key_list
from tests.stores import POLICY, s3_client

FORM = "nl/write/index.html"
_LINK = re.compile(r'(?:href|src)="/([^"]*)"')


def page(version: int, links: list[str]) -> str:
    return f"<!doctype html><p>{version}" + "".join(f'<a href="/{link}">x</a>' for link in links)


def make_release(folder: Path, version: int = 1, *, pages: int = 6) -> Path:
    """Write a release; versions share names, change what stands in them, and have names of their own."""
    own = [f"nl/own-{version}/p{number}/index.html" for number in range(pages)]
    named = [f"assets/{version}/write.js", "keys.json", FORM, *own]
    texts = {path: page(version, named) for path in ("index.html", "404.html", FORM, *own)}
    fetched = ("icon.svg", "leave.js", "seal.js", "site.css", "write.js")
    texts |= {f"assets/{version}/{name}": f"// {version}" for name in fetched}
    texts |= {"keys.json": key_list(practice=False), "sitemap.xml": f"<x>{version}</x>"}
    texts |= {"_headers": "/*", "data/facts.yml": f"a: {version}\n"}
    for path, text in texts.items():
        (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / path).write_text(text, "utf-8")
    mark(folder / "site")
    (folder / "site.headers.json").write_text(json.dumps(POLICY), "utf-8")
    return folder / "site"


def put_up(folder: Path, site: Path, name: str) -> Path:
    """Let the own server's installer put a site up with its own lines, but in a folder of ours."""
    text = (stores.REPO / "functions" / "server" / "install").read_text("utf-8")
    lines = text[text.index("scripts_of() {") : text.index("install_settings() {")]
    moved = lines.replace("/srv/balie", str(folder / "srv"))
    command = ["bash", "-euo", "pipefail", "-c", f'{moved}\nsite=$1; site_now "$2"', "-"]
    subprocess.run([*command, site, name], check=True)
    return folder / "srv" / "site"


def mark(site: Path) -> None:
    """List what stands there now, and sign it."""
    practice = json.loads((site / "keys.json").read_text("utf-8"))["signed"]
    listed.write_list(site, practice=json.loads(practice)["practice"])
    listed.sign(site)


def sign_on(site: Path, known: Path) -> Path:
    """Sign a release behind all that were signed before, as who has one key does; `known` has their log."""
    log = site / manifest.NAME
    if known.exists():
        log.write_bytes(known.read_bytes())
    sums = sha256((site / "SHA256SUMS").read_bytes()).hexdigest()
    if sums not in log.read_text("ascii").splitlines()[-1]:
        listed.sign(site)
    known.write_bytes(log.read_bytes())
    return site


@dataclass
class Reader:
    """Somebody who opens the first page and follows every link; `broken` is what she ran into."""

    endpoint: str
    bucket: str
    walks: int = 0

    def __post_init__(self) -> None:
        self._client = s3_client(self.endpoint)
        self.broken: list[str] = []

    def get(self, key: str) -> str | None:
        try:
            return self._client.get_object(Bucket=self.bucket, Key=key)["Body"].read().decode()
        except ClientError:
            return None

    def walk(self) -> None:
        """Every page that can be reached, and all that it names, must be there, its script of the same build."""
        waiting, seen = ["index.html"], {"index.html"}
        while waiting:
            key = waiting.pop()
            html = self.get(key) or ""
            for link in set(_LINK.findall(html)) - seen:
                if link.endswith(".js"):
                    self.start(key, html, link)
                    continue
                if self.get(link) is None and self._still_names(key, link):
                    self.broken.append(f"{key} names {link}")
                if link.endswith(".html"):
                    waiting.append(link)
                seen.add(link)
        self.walks += 1

    def start(self, key: str, html: str, script: str) -> None:
        """Fetch a script for a page that she has open, however long ago she opened it."""
        build, found = html.removeprefix("<!doctype html><p>")[:1], self.get(script)
        if found != f"// {build}":
            self.broken.append(f"{key} of {build} got {script}: {found}")

    def _still_names(self, key: str, link: str) -> bool:
        """Whether the page that is there now names what is not there: she may have read an older one."""
        now = self.get(key)
        return now is not None and f'"/{link}"' in now and self.get(link) is None
