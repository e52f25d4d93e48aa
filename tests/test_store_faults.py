"""Step 4: an S3 server that is away, broken, slow, in conflict, or hidden behind an edge.

The app must answer `store` in time and never 204 unless the object is safe. The faults come from
a small server on loopback (`faults.py`), since a real one does not fail on demand.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from functions.app import Limits, create_app
from functions.errors import StoreError
from functions.store_s3 import S3Store
from tests.faults import (
    Act,
    canned,
    cut,
    door,
    drip,
    half_an_answer,
    hang,
    passing_on,
    s3_error,
)
from tests.stores import (
    BUCKET,
    CREDENTIALS,
    Deployment,
    KeptS3,
    exchange,
    free_port,
    make_object,
    name_of,
    post,
    serve,
    serve_in_thread,
)

PAGE = "<html><body>Request blocked</body></html>"
CONFLICT = s3_error("409 Conflict", "ConditionalRequestConflict")
FAULTS: dict[str, Act] = {
    "status_500": s3_error("500 Internal Server Error", "InternalError"),
    "status_503": s3_error("503 Slow Down", "SlowDown"),
    "status_404": s3_error("404 Not Found", "NoSuchBucket"),
    "html_403_of_an_edge": canned("403 Forbidden", PAGE, "text/html"),
    "html_500_of_an_edge": canned("500 Oops", PAGE, "text/html"),
    "html_200_of_an_edge": canned("200 OK", PAGE, "text/html"),
    "empty_200_of_an_edge": canned("200 OK", "", "text/html"),
    "another_checksum": canned("200 OK", "", more='ETag: "x"\r\nx-amz-checksum-sha256: AAAA\r\n'),
    "unreadable_header": canned("200 OK", "", more='ETag: "x"\r\nx-amz-object-size: many\r\n'),
    "redirect_301": canned("301 Moved", "", more="location: http://127.0.0.1:1/\r\n"),
    "redirect_307": canned("307 Moved", "", more="location: http://127.0.0.1:1/\r\n"),
    "conflict_always": CONFLICT,
    "cut": cut,
    "half_an_answer": half_an_answer,
    "hang": hang,
    "drip": drip,
}


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


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_store_is_503(
    app: App, fault: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever the store does wrong, the sender hears `store` within ten seconds."""
    with door(FAULTS[fault]) as opened, app.on(opened.endpoint) as port:
        began = time.monotonic()
        reply = exchange(port, post(make_object()))
        took = time.monotonic() - began
    assert (reply.status, reply.error) == (503, "store")
    assert took < 10
    assert capfd.readouterr() == ("", "")


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


@pytest.mark.parametrize(("act", "visits"), [(CONFLICT, 3), (FAULTS["status_500"], 1)])
def test_the_number_of_tries_is_bounded(app: App, act: Act, visits: int) -> None:
    """A lasting conflict is tried three times, any other fault once."""
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
