"""Step 4: an S3 server that is away, in conflict or misunderstood: how often it is asked, what is told.

That every fault is answered right, loses nothing and passes by itself is held by `test_faults_s3.py`.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from functions import store_s3
from functions.app import Limits, create_app
from functions.errors import StoreError
from functions.store_s3 import S3Store
from tests.faults import (
    Act,
    canned,
    cut,
    door,
    hang,
    passing_on,
    s3_error,
)
from tests.stores import (
    BUCKET,
    CREDENTIALS,
    Deployment,
    KeptS3,
    Weed,
    exchange,
    free_port,
    make_object,
    name_of,
    post,
    serve,
    serve_in_thread,
)

CONFLICT = s3_error("409 Conflict", "ConditionalRequestConflict")
BROKEN = s3_error("500 Internal Server Error", "InternalError")
ELSEWHERE = canned("301 Moved", "", more="location: http://127.0.0.1:1/\r\n")


@dataclass(frozen=True)
class App:
    """The app in front of a faulty store, with its waiting times made short."""

    deployment: Deployment
    bucket: str = BUCKET

    @contextmanager
    def on(self, endpoint: str) -> Iterator[int]:
        store = S3Store(
            self.bucket,
            endpoint=endpoint,
            region=CREDENTIALS["AWS_REGION"],
            connect_seconds=0.3,
            read_seconds=0.5,
        )
        limits = Limits(store_seconds=1.5)
        with serve_in_thread(
            create_app(self.deployment.site, self.deployment.keys, store, limits)
        ) as port:
            yield port


@pytest.fixture
def app(deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> App:
    """Give the app with credentials for a store in the environment."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    return App(deployment)


def test_a_stopped_store_is_503_and_one_press_later_it_is_204(
    app: App, s3_endpoint: str, s3_bucket: str
) -> None:
    """Nothing listens: 503. The store comes back: the same bytes again are stored."""
    place, request = free_port(), post(make_object())
    app = App(app.deployment, s3_bucket)
    with app.on(f"http://127.0.0.1:{place}") as port:
        assert exchange(port, request).error == "store"
        with door(passing_on(s3_endpoint), port=place):
            assert exchange(port, request).status == 204


def test_a_stored_object_with_a_lost_answer_is_found_by_the_second_try(
    app: App, s3_endpoint: str, s3_bucket: str
) -> None:
    """The store keeps it but its answer is lost: 503, then 204, and one object."""
    body = make_object()
    app = App(app.deployment, s3_bucket)
    acts = passing_on(s3_endpoint, lose_the_answer=True), passing_on(s3_endpoint)
    with door(*acts) as opened, app.on(opened.endpoint) as port:
        assert exchange(port, post(body)).error == "store"
        assert exchange(port, post(body)).status == 204
    assert KeptS3(s3_endpoint, s3_bucket).objects() == {name_of(body): body}


@pytest.mark.parametrize("conflicts", [1, 2])
def test_a_conflict_that_passes_is_tried_again(
    app: App, s3_endpoint: str, s3_bucket: str, conflicts: int
) -> None:
    """Another writer was at work (409): the store is asked again within the same request."""
    body = make_object()
    app = App(app.deployment, s3_bucket)
    acts = [CONFLICT] * conflicts
    with door(*acts, passing_on(s3_endpoint)) as opened, app.on(opened.endpoint) as port:
        assert exchange(port, post(body)).status == 204
        assert opened.visits == conflicts + 1
    assert KeptS3(s3_endpoint, s3_bucket).objects() == {name_of(body): body}


@pytest.mark.parametrize(("act", "visits"), [(CONFLICT, 3), (BROKEN, 1), (ELSEWHERE, 1)])
def test_the_number_of_tries_is_bounded(app: App, act: Act, visits: int) -> None:
    """A lasting conflict is tried three times, any other fault once; where an answer leads, nobody goes."""
    with door(act) as opened, app.on(opened.endpoint) as port:
        assert exchange(port, post(make_object())).error == "store"
        assert opened.visits == visits


def test_a_missing_bucket_and_a_wrong_secret_are_503(
    app: App, s3_endpoint: str, s3_bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real server refuses us; the sender hears `store`, and nothing is kept."""
    with App(app.deployment, "no-such-bucket").on(s3_endpoint) as port:
        assert exchange(port, post(make_object())).error == "store"
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    with App(app.deployment, s3_bucket).on(s3_endpoint) as port:
        assert exchange(port, post(make_object())).error == "store"
    assert KeptS3(s3_endpoint, s3_bucket).objects() == {}


def test_the_real_times_end_before_ten_seconds(deployment: Deployment, tmp_path) -> None:
    """With nothing made short, a store that hangs is given up well before ten seconds."""
    with door(hang) as opened:
        env = CREDENTIALS | {"AWS_ENDPOINT_URL_S3": opened.endpoint}
        with serve(deployment, f"s3:{BUCKET}", tmp_path / "output", env) as server:
            began = time.monotonic()
            reply = exchange(server.port, post(make_object()))
            took = time.monotonic() - began
    assert reply.error == "store"
    assert server.output() == (
        b"functions: s3 store: ReadTimeoutError; the drop takes nothing until the store could be probed\n"
    )
    assert took < 9


def test_an_error_of_the_store_holds_no_address(app: App) -> None:
    """The error's own text and its chain name neither server, bucket nor object."""
    body = make_object()
    with door(cut) as opened:
        store = S3Store(BUCKET, endpoint=opened.endpoint, region=CREDENTIALS["AWS_REGION"])
        with pytest.raises(StoreError) as caught:
            store.put(name_of(body), body)
    assert "127.0.0.1" not in str(caught.value)
    assert name_of(body) not in str(caught.value)
    assert caught.value.__suppress_context__


SKEWED = s3_error("403 Forbidden", "RequestTimeTooSkewed")
EXPIRED = s3_error("400 Bad Request", "ExpiredToken")
LOGIN = canned("403 Forbidden", "<html>log in", "text/html")
PASSING = {
    "clock": (SKEWED, "its clock and ours are too far apart"),
    "credentials": (EXPIRED, "the credentials have expired"),
    "edge": (LOGIN, "status 403"),
}


@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_does_not_keep_the_app_from_starting(
    deployment: Deployment, tmp_path: Path, weed: Weed, fault: str
) -> None:
    """A wrong clock or a login page at the start is no store without rights: it is told, and asked again."""
    act, words = PASSING[fault]
    bucket, port = weed.new_bucket(), free_port()
    env = CREDENTIALS | {"AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{port}"}
    with ExitStack() as stack:
        with door(act, port=port):
            server = stack.enter_context(
                serve(deployment, f"s3:{bucket}", tmp_path / "output", env)
            )
            assert exchange(server.port, post(make_object())).error == "store"
        assert words.encode() in server.output()
        with door(passing_on(weed.endpoint), port=port):
            assert exchange(server.port, post(make_object())).status == 204


KEYS = "[default]\naws_access_key_id = {}\naws_secret_access_key = {}\n"


@pytest.mark.parametrize("before", [None, "nobody", "test-only"])
def test_changed_credentials_need_no_restart(
    s3_endpoint: str, s3_bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    """None at all, an unknown name, or a wrong secret; then the file is right, and the same store puts."""
    monkeypatch.setattr(store_s3, "_RENEWED_AFTER_SECONDS", 0)
    file, body = tmp_path / "credentials", make_object()
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    if before:
        file.write_text(KEYS.format(before, "no-secret"), "utf-8")
    store = S3Store(s3_bucket, endpoint=s3_endpoint, region=CREDENTIALS["AWS_REGION"])
    with pytest.raises(StoreError, match="credentials"):
        store.put(name_of(body), body)
    right = CREDENTIALS["AWS_ACCESS_KEY_ID"], CREDENTIALS["AWS_SECRET_ACCESS_KEY"]
    file.write_text(KEYS.format(*right), "utf-8")
    with suppress(StoreError):  # the one that finds the new credentials
        store.put(name_of(body), body)
    assert store.put(name_of(body), body) in (True, False)
    assert KeptS3(s3_endpoint, s3_bucket).names() == {name_of(body)}


def test_half_a_file_of_settings_is_no_other_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """While somebody writes it, the store says what it said before, and not what its library says."""
    monkeypatch.setattr(store_s3, "_RENEWED_AFTER_SECONDS", 0)
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    body, file = make_object(), tmp_path / "config"
    with door(EXPIRED) as opened:
        store = S3Store(BUCKET, endpoint=opened.endpoint, region=CREDENTIALS["AWS_REGION"])
        monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
        file.write_text("[defau", "utf-8")
        with pytest.raises(StoreError, match="the credentials have expired"):
            store.put(name_of(body), body)


def test_credentials_are_not_looked_for_with_every_put(
    s3_endpoint: str, s3_bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flood of refused puts costs one look in five seconds."""
    made: list[bool] = []
    real = S3Store._make_client
    monkeypatch.setattr(S3Store, "_make_client", lambda self: (made.append(True), real(self))[1])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    store = S3Store(s3_bucket, endpoint=s3_endpoint, region=CREDENTIALS["AWS_REGION"])
    for _ in range(5):
        with pytest.raises(StoreError):
            store.put(name_of(make_object()), make_object())
    assert len(made) == 1


def test_a_store_without_an_address_is_an_error() -> None:
    """Its name is known to nobody: an error of ours, without that name."""
    store = S3Store(BUCKET, endpoint="http://nobody.invalid:1", region=CREDENTIALS["AWS_REGION"])
    body = make_object()
    with pytest.raises(StoreError) as caught:
        store.put(name_of(body), body)
    assert "invalid" not in str(caught.value)
