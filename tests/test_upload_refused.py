"""What is no release, is not as it was built, or is not signed does not go up (functions/cloud/tree.py, log.py)."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from functions.cloud import log, upload
from functions.cloud.bucket import Kept, SiteBucket
from functions.cloud.refused import Refused
from tests import listed
from tests.releases import make_release, mark
from tests.site import key_list


@pytest.fixture
def bucket(s3_endpoint: str, s3_bucket: str) -> SiteBucket:
    """Give a new bucket of a real server."""
    return SiteBucket(s3_bucket, endpoint=s3_endpoint, region="eu-west-1")


def no_sums(site: Path) -> None:
    (site / log.SUMS).unlink()


def practice(site: Path) -> None:
    (site / "keys.json").write_text(key_list(), "utf-8")
    (site / log.NAME).unlink()
    mark(site)


def changed(site: Path) -> None:
    (site / "index.html").write_text("<p>other", "utf-8")


def added(site: Path) -> None:
    (site / "notes.html").write_text("<p>draft", "utf-8")


def gone(site: Path) -> None:
    (site / "index.html").unlink()


def unknown(site: Path) -> None:
    (site / "film.mp4").write_bytes(b"0")
    mark(site)


def no_headers(site: Path) -> None:
    site.with_name("site.headers.json").unlink()


def no_rule(site: Path) -> None:
    policy = {"default": {"Content-Security-Policy": "default-src 'none'"}, "paths": {}}
    site.with_name("site.headers.json").write_text(json.dumps(policy), "utf-8")


def linked(site: Path) -> None:
    """Name a file of this computer under the site, as if the build had."""
    (site.parent / "secret.txt").write_text("x", "utf-8")
    (site / "data" / "link.txt").symlink_to(site.parent / "secret.txt")
    mark(site)


def unserved(site: Path) -> None:
    (site / "nl" / "a+b").mkdir()
    (site / "nl" / "a+b" / "index.html").write_text("x", "utf-8")
    mark(site)


def unsigned(site: Path) -> None:
    (site / log.NAME).unlink()


def unsigned_since(site: Path) -> None:
    """Build it again, as `make release` does, which keeps the log."""
    (site / "index.html").write_text("<p>other", "utf-8")
    listed.write_list(site)


def moved_since(site: Path) -> None:
    listed.write_list(site, url="https://other.example")


def relabelled(site: Path) -> None:
    """Put a later line without its chain behind the log."""
    whole = (site / log.NAME).read_bytes()
    (site / log.NAME).write_bytes(whole + whole)


def cut_off(site: Path) -> None:
    (site / log.NAME).write_bytes((site / log.NAME).read_bytes()[:-1])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (no_sums, "site is no release: SHA256SUMS is not there"),
        (practice, "keys.json is a practice key list"),
        (changed, "index.html is not as it was built"),
        (added, "notes.html was added to the site or taken from it"),
        (gone, "index.html was added to the site or taken from it"),
        (unknown, "nobody has said of which type film.mp4 is"),
        (linked, "data/link.txt was added to the site or taken from it"),
        (unserved, r"the edge finds no file of the name 'nl/a\+b/index.html'"),
        (unsigned, "site is not signed: manifests.jsonl is not there"),
        (unsigned_since, "site is not signed: the last manifest is of another build"),
        (moved_since, "site is not signed: the last manifest is of another build"),
        (relabelled, "manifests.jsonl is no log of manifests"),
        (cut_off, "manifests.jsonl is no log of manifests"),
        (no_headers, "site.headers.json cannot be used"),
        (no_rule, "the headers do not say how long"),
    ],
)
def test_what_is_no_whole_release_is_refused_before_anything_is_sent(
    tmp_path: Path, bucket: SiteBucket, spoil: Callable[[Path], None], said: str
) -> None:
    """With a sentence and a hint."""
    site = make_release(tmp_path)
    spoil(site)
    with pytest.raises(Refused, match=said) as refused:
        upload.upload(site, bucket)
    assert "\nhint: " in str(refused.value)
    assert bucket.listed() == {}
    assert bucket.kept() == Kept()
