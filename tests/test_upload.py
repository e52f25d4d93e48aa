"""The site goes up into a real bucket, and at no moment stands there half: order, headers, kills, refusals."""

import json
import random
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from functions.cloud import bucket as site_bucket
from functions.cloud import log, tree, upload
from functions.cloud.bucket import Kept, SiteBucket
from functions.cloud.refused import Refused
from functions.cloud.tree import File
from tests import stores
from tests.faults import door, s3_error
from tests.releases import FORM, Reader, make_release, mark, sign_on
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
    """A second time nothing is sent; one changed file is sent alone, and then what binds it."""
    site = make_release(tmp_path)
    upload.upload(site, bucket)
    bucket.asked.clear()
    upload.upload(site, bucket)
    assert bucket.asked == []
    (site / "404.html").write_text("<p>other", "utf-8")
    mark(site)
    capsys.readouterr()
    upload.upload(site, bucket)
    assert bucket.asked[0] == "put 404.html"
    assert set(bucket.asked[1:]) == {"put SHA256SUMS", "put manifests.jsonl"}
    said = capsys.readouterr().err.splitlines()
    assert said[0].endswith("3 to send, 17 as they were, 0 to take away")
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
    upload.upload(sign_on(make_release(tmp_path / "1"), tmp_path / "log"), bucket)
    bucket.asked.clear()
    site = sign_on(make_release(tmp_path / "2", 2), tmp_path / "log")
    upload.upload(site, bucket, lambda seconds: bucket.asked.append(f"wait {seconds:.0f}"))
    new = [at for at, one in enumerate(bucket.asked) if "own-2" in one or "assets/2" in one]
    assert new == list(range(11))
    changed = bucket.asked[11:16]
    assert changed[:2] == ["put data/facts.yml", f"put {FORM}"]
    assert set(changed[2:4]) == {"put 404.html", "put index.html"}
    assert changed[4:] == ["put sitemap.xml"]
    assert set(bucket.asked[16:18]) == {"put SHA256SUMS", "put manifests.jsonl"}
    assert bucket.asked[18] == "wait 10"
    assert len(bucket.asked[19:]) == 6
    assert all(one.startswith("delete nl/own-1/") for one in bucket.asked[19:])
    there = stands_there(s3_endpoint, s3_bucket)
    assert there.keys() - {tree.LIST} - fetched(1) == (built(site) | OTHERS).keys()


def test_a_reader_never_meets_half_a_site_while_uploads_are_killed(
    tmp_path: Path, s3_endpoint: str, s3_bucket: str, bucket: Recorder
) -> None:
    """Three versions in turns, each killed at another request; the last run makes it whole."""
    sites = [make_release(tmp_path / str(version), version) for version in (1, 2, 3)]
    log = tmp_path / "log"
    upload.upload(sign_on(sites[0], log), bucket)
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
            child.stdin.write(f"{sign_on(sites[number % 3], log)} {chance.randrange(1, 32)}\n")
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
    upload.upload(sign_on(sites[1], log), bucket, at_once)
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
    log = tmp_path / "log"
    upload.upload(sign_on(sites[0], log), bucket, at_once)
    opened = reader.get(FORM)
    for version, before in ((2, 1), (2, 1), (1, 2), (2, 1)):
        upload.upload(sign_on(sites[version - 1], log), bucket, at_once)
        reword(sites[version - 1])
        upload.upload(sign_on(sites[version - 1], log), bucket, at_once)
        bucket.asked.clear()
        upload.upload(sign_on(sites[version - 1], log), bucket, at_once)
        assert bucket.asked == []
        reader.start(FORM, opened, "assets/1/seal.js")
        there = stands_there(s3_endpoint, s3_bucket)
        assert {key for key in there if key.startswith("assets/")} == fetched(before) | fetched(
            version
        )
    upload.upload(sign_on(sites[2], log), bucket, at_once)
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
    log = tmp_path / "log"
    upload.upload(sign_on(make_release(tmp_path / "1"), log), bucket)
    first = sign_on(make_release(tmp_path / "2", 2), log)
    second = sign_on(make_release(tmp_path / "3", 1, pages=7), log)
    other = Recorder(s3_bucket, s3_endpoint)
    bucket.asked.clear()
    with pytest.raises(Refused, match="somebody else uploads to this bucket"):
        upload.upload(first, bucket, lambda _: upload.upload(second, other, at_once))
    assert not [one for one in bucket.asked if one.startswith("delete")]
    upload.upload(second, bucket, at_once)
    there = stands_there(s3_endpoint, s3_bucket)
    assert there.keys() - {tree.LIST} - fetched(2) == (built(second) | OTHERS).keys()


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


def test_no_line_of_the_log_is_lost(
    tmp_path: Path, s3_endpoint: str, s3_bucket: str, bucket: Recorder
) -> None:
    """A release that was signed on an older log, or on none, is not put over what everybody may have kept."""
    known = tmp_path / "log"
    upload.upload(sign_on(make_release(tmp_path / "1"), known), bucket, at_once)
    upload.upload(sign_on(make_release(tmp_path / "2", 2), known), bucket, at_once)
    there = stands_there(s3_endpoint, s3_bucket)
    for release in (make_release(tmp_path / "3", 3), tmp_path / "1" / "site"):
        with pytest.raises(Refused, match="does not go on from the one that is served") as refused:
            upload.upload(release, bucket, at_once)
        assert "desk sign" in refused.value.hint
    assert stands_there(s3_endpoint, s3_bucket) == there
    upload.upload(sign_on(tmp_path / "3" / "site", known), bucket, at_once)
    assert stands_there(s3_endpoint, s3_bucket)[log.NAME] == known.read_bytes()
