"""Steps 5 and 8 on a laptop: a bucket's answers count only in a store's own words.

Between a laptop and its store stand Wi-Fi login pages, proxies and filters, which answer in its place.
None of their answers may be read as an empty drop, a deleted object, or a board that is published.
"""

import socket
from collections.abc import Callable

import pytest

from desk.errors import DeskError
from desk.online.bucket import Bucket, ProbedSite, Site
from tests.fault_rows import CLOSED_PAGE, PAGE
from tests.faults import Act, canned, door, passed_on
from tests.stores import CREDENTIALS, make_object, name_of, s3_client

NAME = "0" * 64
BY_ITSELF = 'ETag: "5d41402abc4b2a76b9719d911017c592"\r\n'
ANSWERS: dict[str, Act] = {
    "page_200": canned("200 OK", PAGE, "text/html"),
    "closed_page_200": canned("200 OK", CLOSED_PAGE, "text/html"),
    "closed_page_200_with_etag": canned("200 OK", CLOSED_PAGE, "text/html", BY_ITSELF),
    "empty_200": canned("200 OK", "", "text/html"),
    "page_302": canned("302 Found", PAGE, "text/html", "location: /login\r\n"),
    "page_403": canned("403 Forbidden", CLOSED_PAGE, "text/html"),
    "page_412": canned("412 Precondition Failed", PAGE, "text/html"),
}
DEEDS: dict[str, Callable[[], object]] = {
    "fetch": lambda: list(Bucket("drop").names()),
    "purge": lambda: Bucket("drop").delete(NAME),
    "publish": lambda: Site("drop").put_board(b"board", None),
    "probe": lambda: ProbedSite("drop").put_new(),
}


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give credentials, and no second try: the answers stay the same."""
    for name, value in (CREDENTIALS | {"AWS_MAX_ATTEMPTS": "1"}).items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_in_place_of_the_store_is_an_error(
    monkeypatch: pytest.MonkeyPatch, answer: str, deed: str
) -> None:
    """Nothing found, nothing deleted, nothing published, nothing proven: told in words."""
    with door(ANSWERS[answer]) as opened:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", opened.endpoint)
        with pytest.raises(DeskError, match=r"^the store "):
            DEEDS[deed]()
        assert opened.visits <= 2


@pytest.mark.parametrize("answer", ["closed_page_200", "empty_200"])
def test_a_page_in_place_of_the_board_is_an_error(
    monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """Without a version that a put could name, what came is no board that is served."""
    with door(ANSWERS[answer]) as opened:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", opened.endpoint)
        with pytest.raises(DeskError, match="did not give the board"):
            Site("drop").board(100)


def shortened(endpoint: str) -> Act:
    """Let the real server list, and say on its way back that more would follow."""

    def act(request: bytes, line: socket.socket) -> None:
        answer = passed_on(endpoint, request)
        line.sendall(answer.replace(b"<IsTruncated>false<", b"<IsTruncated>true<"))

    return act


def test_a_list_that_breaks_off_is_not_the_whole_drop(
    s3_endpoint: str, s3_bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last page says that more follows, and not where: a stick with it must not count as whole."""
    body = make_object()
    s3_client(s3_endpoint).put_object(Bucket=s3_bucket, Key=f"in/{name_of(body)}", Body=body)
    with door(shortened(s3_endpoint)) as opened:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", opened.endpoint)
        with pytest.raises(DeskError, match="gave no whole list"):
            list(Bucket(s3_bucket).names())


def accepted(endpoint: str) -> Act:
    """Hand all on but deletions, which an edge says are accepted."""
    done = canned("202 Accepted", "")

    def act(request: bytes, line: socket.socket) -> None:
        if request.startswith(b"DELETE"):
            done(request, line)
        else:
            line.sendall(passed_on(endpoint, request))

    return act


def test_a_deletion_that_is_not_confirmed_is_an_error(
    s3_endpoint: str, s3_bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A purge never counts as gone what another has accepted in the store's place."""
    body = make_object()
    s3_client(s3_endpoint).put_object(Bucket=s3_bucket, Key=f"in/{name_of(body)}", Body=body)
    with door(accepted(s3_endpoint)) as opened:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", opened.endpoint)
        with pytest.raises(DeskError, match="did not confirm a deletion"):
            Bucket(s3_bucket).delete(name_of(body))
