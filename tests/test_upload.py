"""The site goes up into a real bucket, and at no moment stands there half: order, headers, kills, refusals."""

import json
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from functions.cloud import bucket as site_bucket
from functions.cloud import tree, upload
from functions.cloud.bucket import Kept, SiteBucket
from functions.cloud.refused import Refused
from functions.cloud.tree import File
from overrides.press import report
from tests import stores
from tests.faults import door, s3_error
from tests.releases import FORM, Reader, make_release, mark
from tests.site import key_list
from tests.soak import SOAK
from tests.stores import s3_client

OTHERS = {"board.bin": b"signed", "board.probe": b"p", "logo/of-somebody.svg": b"<svg/>"}


def at_once(_: float) -> None:
    """Wait for nobody."""


class Recorder(SiteBucket):
    """A real bucket that remembers what it was asked to change."""

    def __init__(self, name: str, endpoint: str) -> None:
        super().__init__(name, endpoint=endpoint, region="eu-west-1")
        self.asked: list[str] = []

    def put(self, key: str, file: File) -> str:
        self.asked.append(f"put {key}")
        return super().put(key, file)

    def delete(self, key: str) -> None:
        self.asked.append(f"delete {key}")
        super().delete(key)


@pytest.fixture
def bucket(s3_endpoint: str, s3_bucket: str) -> Recorder:
    """Give a new bucket of a real server, in which others have put three objects."""
    client = s3_client(s3_endpoint)
    for key, body in OTHERS.items():
        client.put_object(Bucket=s3_bucket, Key=key, Body=body)
    return Recorder(s3_bucket, s3_endpoint)


def stands_there(endpoint: str, name: str) -> dict[str, bytes]:
    client = s3_client(endpoint)
    listed = client.list_objects_v2(Bucket=name)["Contents"]
    return {
        one["Key"]: client.get_object(Bucket=name, Key=one["Key"])["Body"].read() for one in listed
    }


def built(site: Path) -> dict[str, bytes]:
    """All that is to stand in the bucket, by key."""
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {key: path.read_bytes() for key, path in found.items() if key != "_headers"}


def fetched(version: int) -> set[str]:
    """What only the pages of this build fetch."""
    names = ("icon.svg", "leave.js", "seal.js", "site.css", "write.js")
    return {f"assets/{version}/{name}" for name in names}


def test_a_release_stands_in_the_bucket_with_its_headers(
    tmp_path: Path, s3_endpoint: str, s3_bucket: str, bucket: Recorder
) -> None:
    """Each file with its type and with how long it may be kept; what others put there is as it was."""
    site = make_release(tmp_path)
    upload.upload(site, bucket)
    there = stands_there(s3_endpoint, s3_bucket)
    there.pop(tree.LIST)
    assert there == built(site) | OTHERS
    client = s3_client(s3_endpoint)
    heads = {key: client.head_object(Bucket=s3_bucket, Key=key) for key in built(site)}
    kept = {key: head["CacheControl"] for key, head in heads.items()}
    assert {key for key, said in kept.items() if said == "no-store"} == {FORM}
    assert set(kept.values()) == {"no-store", "no-cache"}
    assert heads[FORM]["ContentType"] == "text/html; charset=utf-8"
    assert heads["assets/1/write.js"]["ContentType"] == "text/javascript; charset=utf-8"
    assert heads["sitemap.xml"]["ContentType"] == "application/xml"


def test_what_is_there_is_not_sent_again(
    tmp_path: Path, bucket: Recorder, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second time nothing is sent; one changed file is sent alone."""
    site = make_release(tmp_path)
    upload.upload(site, bucket)
    bucket.asked.clear()
    upload.upload(site, bucket)
    assert bucket.asked == []
    (site / "404.html").write_text("<p>other", "utf-8")
    mark(site)
    capsys.readouterr()
    upload.upload(site, bucket)
    assert bucket.asked == ["put 404.html"]
    said = capsys.readouterr().err.splitlines()
    assert said[0].endswith("1 to send, 16 as they were, 0 to take away")
    assert said[-1].endswith("not put by this command: 3, the first board.bin")


def test_a_changed_header_is_sent(tmp_path: Path, bucket: Recorder) -> None:
    """The same bytes under another rule of the headers are another object."""
    site = make_release(tmp_path)
    upload.upload(site, bucket)
    bucket.asked.clear()
    policy = json.loads((tmp_path / "site.headers.json").read_text("utf-8"))
    policy["paths"]["/404.html"] = {"Cache-Control": "no-store"}
    (tmp_path / "site.headers.json").write_text(json.dumps(policy), "utf-8")
    upload.upload(site, bucket)
    assert bucket.asked == ["put 404.html"]


def test_new_files_then_scripts_forms_pages_and_maps_then_the_old_ones_go(
    tmp_path: Path, s3_endpoint: str, s3_bucket: str, bucket: Recorder
) -> None:
    """Nothing is named before it is there, and nothing goes that a page may still name."""
    upload.upload(make_release(tmp_path / "1"), bucket)
    bucket.asked.clear()
    site = make_release(tmp_path / "2", 2)
    upload.upload(site, bucket, lambda seconds: bucket.asked.append(f"wait {seconds:.0f}"))
    new = [at for at, one in enumerate(bucket.asked) if "own-2" in one or "assets/2" in one]
    assert new == list(range(11))
    changed = bucket.asked[11:16]
    assert changed[:2] == ["put data/facts.yml", f"put {FORM}"]
    assert set(changed[2:4]) == {"put 404.html", "put index.html"}
    assert changed[4:] == ["put sitemap.xml"]
    assert bucket.asked[16] == "wait 10"
    assert len(bucket.asked[17:]) == 6
    assert all(one.startswith("delete nl/own-1/") for one in bucket.asked[17:])
    there = stands_there(s3_endpoint, s3_bucket)
    assert there.keys() - {tree.LIST} - fetched(1) == (built(site) | OTHERS).keys()


def test_a_reader_never_meets_half_a_site_while_uploads_are_killed(
    tmp_path: Path, s3_endpoint: str, s3_bucket: str, bucket: Recorder
) -> None:
    """Three versions in turns, each killed at another request; the last run makes it whole."""
    sites = [make_release(tmp_path / str(version), version) for version in (1, 2, 3)]
    upload.upload(sites[0], bucket)
    reader, stop = Reader(s3_endpoint, s3_bucket), threading.Event()

    def walk_on() -> None:
        while not stop.is_set():
            reader.walk()

    walking = threading.Thread(target=walk_on)
    command = [sys.executable, "-m", "tests.upload_child", s3_endpoint, s3_bucket]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True, cwd=stores.REPO) as child:
        walking.start()
        chance, ended = random.Random(14), []
        for number in range(400 if SOAK else 6):
            child.stdin.write(f"{sites[number % 3]} {chance.randrange(1, 32)}\n")
            child.stdin.flush()
            ended.append(child.stdout.readline().strip())
            rest = Reader(s3_endpoint, s3_bucket)
            rest.walk()
            assert rest.broken == []
        child.stdin.close()
        stop.set()
        walking.join()
    assert set(ended) <= {"killed", "done"}
    assert ended.count("killed") > len(ended) / 2
    assert (reader.broken, reader.walks > 3) == ([], True)
    upload.upload(sites[1], bucket, at_once)
    there = stands_there(s3_endpoint, s3_bucket)
    for key in {tree.LIST} | fetched(1) | fetched(3):
        there.pop(key, None)
    assert there == built(sites[1]) | OTHERS


def test_whoever_opened_a_page_before_starts_its_worker_after(
    tmp_path: Path, s3_endpoint: str, s3_bucket: str, bucket: Recorder
) -> None:
    """Over an upload with other scripts and others with other words, also back to where she was."""
    sites = [make_release(tmp_path / str(version), version) for version in (1, 2, 3)]
    reader = Reader(s3_endpoint, s3_bucket)
    upload.upload(sites[0], bucket, at_once)
    opened = reader.get(FORM)
    for version, before in ((2, 1), (2, 1), (1, 2), (2, 1)):
        upload.upload(sites[version - 1], bucket, at_once)
        reword(sites[version - 1])
        upload.upload(sites[version - 1], bucket, at_once)
        bucket.asked.clear()
        upload.upload(sites[version - 1], bucket, at_once)
        assert bucket.asked == []
        reader.start(FORM, opened, "assets/1/seal.js")
        there = stands_there(s3_endpoint, s3_bucket)
        assert {key for key in there if key.startswith("assets/")} == fetched(before) | fetched(
            version
        )
    upload.upload(sites[2], bucket, at_once)
    there = stands_there(s3_endpoint, s3_bucket)
    assert {key for key in there if key.startswith("assets/")} == fetched(2) | fetched(3)
    assert reader.broken == []


def reword(site: Path) -> None:
    """Another text on a page, and the same scripts."""
    path = site / "404.html"
    path.write_text(path.read_text("utf-8") + "<p>more", "utf-8")
    mark(site)


def test_the_board_is_never_touched(
    tmp_path: Path, s3_endpoint: str, s3_bucket: str, bucket: Recorder
) -> None:
    """Neither by a tree that carries an older one, nor by a list that calls it ours."""
    site = make_release(tmp_path)
    upload.upload(site, bucket)
    (site / "board.bin").write_bytes(b"older")
    kept = bucket.kept()
    bucket.keep(Kept(kept.files | {"board.bin": None, "board.probe": None}, kept.etag))
    (site / "404.html").write_text("<p>other", "utf-8")
    (tmp_path / "site.sums").unlink()
    shutil.move(site / "board.bin", tmp_path)
    mark(site)
    shutil.move(tmp_path / "board.bin", site)
    upload.upload(site, bucket)
    there = stands_there(s3_endpoint, s3_bucket)
    assert {key: there[key] for key in OTHERS} == OTHERS


def test_of_two_uploads_at_once_the_first_takes_nothing_away(
    tmp_path: Path, s3_endpoint: str, s3_bucket: str, bucket: Recorder
) -> None:
    """What is old for one may be new for the other: the one that was overtaken stops, and says so."""
    upload.upload(make_release(tmp_path / "1"), bucket)
    first, second = make_release(tmp_path / "2", 2), make_release(tmp_path / "3", 1, pages=7)
    other = Recorder(s3_bucket, s3_endpoint)
    bucket.asked.clear()
    with pytest.raises(Refused, match="somebody else uploads to this bucket"):
        upload.upload(first, bucket, lambda _: upload.upload(second, other, at_once))
    assert not [one for one in bucket.asked if one.startswith("delete")]
    upload.upload(second, bucket, at_once)
    there = stands_there(s3_endpoint, s3_bucket)
    assert there.keys() - {tree.LIST} - fetched(2) == (built(second) | OTHERS).keys()


def no_sums(site: Path) -> None:
    report.sums_beside(site).unlink()


def practice(site: Path) -> None:
    (site / "keys.json").write_text(key_list(), "utf-8")
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
    (site / "nl" / "één").mkdir()
    (site / "nl" / "één" / "index.html").write_text("x", "utf-8")
    mark(site)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (no_sums, "site is no release: site.sums is not there"),
        (practice, "keys.json is a practice key list"),
        (changed, "index.html is not as it was built"),
        (added, "notes.html was added to the site or taken from it"),
        (gone, "index.html was added to the site or taken from it"),
        (unknown, "nobody has said of which type film.mp4 is"),
        (linked, "data/link.txt was added to the site or taken from it"),
        (unserved, "the edge finds no file of the name 'nl/één/index.html'"),
        (no_headers, "site.headers.json cannot be used"),
        (no_rule, "the headers do not say how long"),
    ],
)
def test_what_is_no_whole_release_is_refused_before_anything_is_sent(
    tmp_path: Path, bucket: Recorder, spoil: Callable[[Path], None], said: str
) -> None:
    """With a sentence and a hint."""
    site = make_release(tmp_path)
    spoil(site)
    with pytest.raises(Refused, match=said) as refused:
        upload.upload(site, bucket)
    assert "\nhint: " in str(refused.value)
    assert bucket.asked == []
    assert bucket.kept() == Kept()


def run(site: Path, *more: str) -> tuple[int, str]:
    """The command itself, as an operator types it."""
    command = [sys.executable, "-m", "functions.cloud.upload", "--site", str(site), *more]
    done = subprocess.run(command, capture_output=True, text=True, cwd=stores.REPO)
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_the_command_says_in_words_what_the_store_refuses(
    tmp_path: Path, s3_endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No right and no such bucket each have their hint; no address and no traceback is shown."""
    site = make_release(tmp_path)
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3_endpoint)
    code, said = run(site, "--bucket", "nobody-has-this")
    assert (code, "give the bucket as the deployment said it" in said) == (1, True), said
    with door(s3_error("403 Forbidden", "AccessDenied")) as opened:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", opened.endpoint)
        code, said = run(site, "--bucket", "x")
    assert (code, "look at the credentials of the deployer" in said) == (1, True), said
    assert "Traceback" not in said
    code, said = run(site, "--bucket", "s3://x")
    assert (code, "give the bucket as the deployment said it" in said) == (1, True), said
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    code, said = run(site, "--bucket", "x")
    assert (code, "look at the credentials of the deployer" in said) == (1, True), said
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    code, said = run(site, "--bucket", "x")
    assert (code, "cannot be used: ProfileNotFound\nhint: look at AWS_PROFILE" in said) == (1, True)


LISTS = ["[]", '{"files":', "{}", "7", "<html>", '{"version":1,"files":[1]}']
LISTS += ['{"version":2,"files":{"logo/of-somebody.svg":null}}']


@pytest.mark.parametrize("text", LISTS)
def test_a_list_that_is_none_is_told_and_nothing_is_put(
    tmp_path: Path, s3_endpoint: str, s3_bucket: str, bucket: Recorder, text: str
) -> None:
    """Whatever stands there under its name: a sentence, and not one file is sent."""
    s3_client(s3_endpoint).put_object(Bucket=s3_bucket, Key=tree.LIST, Body=text.encode())
    with pytest.raises(Refused, match=f"{tree.LIST} is not as this command wrote it"):
        upload.upload(make_release(tmp_path), bucket)
    assert bucket.asked == []


def test_a_store_that_changes_bytes_is_noticed(
    tmp_path: Path, s3_endpoint: str, s3_bucket: str, bucket: Recorder
) -> None:
    """Something that another program wrote over ours between the put and the end is told."""
    site = make_release(tmp_path)

    class Meddled(Recorder):
        def listed(self) -> dict[str, str]:
            if self.asked:
                client = s3_client(s3_endpoint)
                client.put_object(Bucket=s3_bucket, Key="index.html", Body=b"other")
            return super().listed()

    with pytest.raises(Refused, match=r"index\.html is not in the bucket as it was put"):
        upload.upload(site, Meddled(s3_bucket, s3_endpoint))
    upload.upload(site, bucket)
    assert stands_there(s3_endpoint, s3_bucket)["index.html"] == built(site)["index.html"]


def test_the_list_follows_the_one_before_and_no_other(bucket: Recorder) -> None:
    """Two that begin at once: one of them stops before the first file."""
    bucket.keep(Kept({}, ""))
    with pytest.raises(Refused, match="somebody else"):
        bucket.keep(Kept({}, ""))
    assert site_bucket.AT_ONCE > 1
