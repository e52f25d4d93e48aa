"""A server is tried as a whole before it is chosen: a line for each thing, and what lacks is named.

SeaweedFS does all but one; the doors in front of it are servers as they were met, that do less.
"""

import socket
from collections.abc import Callable

import pytest

from functions import probe_server
from functions.probe_server import BOARD, DROP, KEEPING, Row
from tests import stores
from tests.faults import Act, canned, door, passing_on
from tests.stores import CREDENTIALS
from tests.test_probe import run

ASKED = {asked: use for use, asked, _, _ in probe_server._CHECKS}


TWICE, RACE, SUM, LISTED, REPLACED, VERSIONS, GOES, LOCK, PUBLIC = ASKED


def tried(endpoint: str) -> dict[str, str]:
    """What each check says the server lacks."""
    found = list(probe_server.rows(endpoint, CREDENTIALS["AWS_REGION"]))
    assert [Row(one.use, one.asked, "") for one in found] == [
        Row(use, asked, "") for asked, use in ASKED.items()
    ]
    return {one.asked: one.lacks for one in found}


def test_seaweedfs_does_all_but_one_and_nothing_stays(s3_endpoint: str) -> None:
    """Every bucket of the trial is gone but the one that a lock holds for a day."""
    done = run("probe", "--server", s3_endpoint)
    *lines, last = done.stderr.splitlines()
    noes = [line for line in lines if not line.endswith(" yes")]
    assert (done.returncode, len(lines), len(noes)) == (0, len(ASKED), 1), done.stderr
    assert noes[0].endswith(f"{PUBLIC}         no: PutPublicAccessBlock: status 501")
    assert last.startswith("functions: it can be used, but not to keep")
    left = stores.s3_client(s3_endpoint).list_buckets()["Buckets"]
    assert len([one for one in left if one["Name"].startswith("balie-probe-")]) <= 1


def without(header: bytes) -> Callable[[str], Act]:
    """A server that never looks at a header of this name, in front of the real one."""

    def act_for(endpoint: str) -> Act:
        real = passing_on(endpoint)

        def act(request: bytes, line: socket.socket) -> None:
            head, _, body = request.partition(b"\r\n\r\n")
            rows = [row for row in head.split(b"\r\n") if not row.lower().startswith(header)]
            real(b"\r\n".join(rows) + b"\r\n\r\n" + body, line)

        return act

    return act_for


def never_adding_up(endpoint: str) -> Act:
    """A server that takes bytes with a sum that is not theirs, as three that were tried do."""
    real, done = passing_on(endpoint), canned("200 OK", "", more='ETag: "x"\r\n')
    wrong = probe_server._ZEROS.encode()
    return lambda request, line: (done if wrong in request else real)(request, line)


def refusing(query: bytes) -> Callable[[str], Act]:
    """A server that does not know requests with this in their path."""

    def act_for(endpoint: str) -> Act:
        real, no = passing_on(endpoint), canned("501 Not Implemented", "<Error/>")
        return lambda request, line: (no if query in request.split(b" ")[1] else real)(
            request, line
        )

    return act_for


@pytest.mark.parametrize(
    ("server", "lacking"),
    [
        (without(b"if-none-match"), {TWICE, RACE}),
        (never_adding_up, {SUM}),
        (without(b"if-match"), {REPLACED}),
        (refusing(b"list-type=2"), {LISTED}),
        (refusing(b"versioning"), {VERSIONS}),
        (refusing(b"lifecycle"), {GOES}),
        (refusing(b"object-lock"), {LOCK}),
    ],
    ids=["condition", "sum", "match", "list", "versions", "lifecycle", "lock"],
)
def test_what_a_server_does_not_do_is_named_and_nothing_else(
    s3_endpoint: str,
    server: Callable[[str], Act],
    lacking: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each check sees its own fault: a check that cannot fail would say yes to every server."""
    monkeypatch.setattr(probe_server, "_ROUNDS", 1)
    with door(server(s3_endpoint)) as opened:
        found = tried(opened.endpoint)
    assert {asked for asked, lacks in found.items() if lacks} == lacking | {PUBLIC}, found


@pytest.mark.parametrize(
    ("query", "code", "said"),
    [
        (b"list-type=2", 1, "this server cannot be used"),
        (b"lifecycle", 0, "take away by yourself what is older than 45 days"),
    ],
)
def test_the_command_ends_with_one_where_drop_or_board_cannot_use_it(
    s3_endpoint: str, query: bytes, code: int, said: str
) -> None:
    """What only keeps is told, and can be done by hand."""
    assert set(ASKED.values()) == {DROP, BOARD, KEEPING}
    with door(refusing(query)(s3_endpoint)) as opened:
        done = run("probe", "--server", opened.endpoint)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr


def test_a_server_that_is_away_is_told_in_words() -> None:
    """Without its address and without a traceback."""
    port = stores.free_port()
    done = run("probe", "--server", f"http://127.0.0.1:{port}")
    assert done.returncode == 1
    assert "no: EndpointConnectionError" in done.stderr
    assert (str(port) in done.stderr, "Traceback" in done.stderr) == (False, False)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"AWS_PROFILE": "nobody"}, "the settings for S3 cannot be used: ProfileNotFound"),
        ({"AWS_ENDPOINT_URL_S3": "s3.example"}, "it begins with http:// or https://"),
    ],
)
@pytest.mark.parametrize("what", ["s3:drop", "--server=s3.example"])
def test_settings_of_which_no_client_can_be_made_are_told_in_words(
    setting: dict[str, str], said: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A profile that nobody wrote, an address without its beginning: one sentence and a hint, and no traceback."""
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    done = run("probe", what, endpoint=setting.get("AWS_ENDPOINT_URL_S3", ""))
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert "Traceback" not in done.stderr
    assert "hint: give " in done.stderr
