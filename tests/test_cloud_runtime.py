"""Step 3 under the real client of Lambda's runtime: what it answers, and that it tells nobody else.

The unpacked package runs in a process of its own, the store is SeaweedFS or a door that misbehaves.
Marks for all that says who sent what are looked for everywhere but in the answer: on the two streams,
in the folders that the process may write to, and in all that it tells the Runtime API.
"""

import base64
import secrets
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults import canned, cut, door, drip, half_an_answer, hang, s3_error
from tests.runtime_api import TRACE, Function, command, environment, event_of, function
from tests.stores import BUCKET, CREDENTIALS, KeptS3, free_port, headers_for, make_object, name_of

OWN = secrets.token_hex(4)  # what another test leaves is not ours
ADDRESS, AGENT, PATH, QUERY, COOKIE = (
    f"mark-{name}-{OWN}" for name in ("address", "agent", "path", "query", "cookie")
)
BODY = make_object()
HASH = name_of(BODY)


def event(body: bytes = BODY, path: str = "/drop", **more: Any) -> dict[str, Any]:
    """A sound event with a mark in every place that says something of a visit."""
    heads = headers_for(body) | {
        "user-agent": AGENT,
        "cookie": COOKIE,
        "referer": f"https://{PATH}/",
    }
    made = event_of(body, heads, path=path, query=f"q={QUERY}", address=ADDRESS)
    return made | {"cookies": [COOKIE], "queryStringParameters": {"q": QUERY}} | more


def marks(body: bytes = BODY) -> list[bytes]:
    """What may be nowhere: the marks, the name of the object, its bytes in three spellings, the visit."""
    text = event_of(body, {})["body"]
    words = [
        ADDRESS,
        AGENT,
        PATH,
        QUERY,
        COOKIE,
        name_of(body),
        text[64:128],
        body[64:128].hex(),
        TRACE,
    ]
    return [body[64:128], *(word.encode("ascii") for word in words)]


def tells_nothing(running: Function, *, but: int = 0) -> None:
    """No mark anywhere; on the streams nothing at all, and to the API `but` errors of the client."""
    said = [running.output(), *running.left().values(), *running.left_elsewhere()]
    said += [one.head.encode("utf-8") + one.body for one in running.api.posted]
    for mark in marks():
        assert not [one for one in said if mark in one], mark
    assert len(running.told()) == but
    if not but:
        assert running.output() == b""
        assert running.left() == {}


def code(answer: Mapping[str, Any]) -> tuple[int, str]:
    return answer["statusCode"], answer.get("body", "")


STORE = (503, '{"error":"store"}')


@contextmanager
def running(unpacked: Path, endpoint: str, bucket: str = BUCKET, **env: str) -> Iterator[Function]:
    """The function in front of a store at this address."""
    own = {"BUCKET": bucket, "AWS_ENDPOINT_URL_S3": endpoint}
    with function(unpacked, CREDENTIALS | own | env) as found:
        yield found


def test_a_complaint_is_stored_and_nobody_is_told(
    unpacked: Path, s3_endpoint: str, s3_bucket: str
) -> None:
    """Stored, again, refused, not here: the answers, one object, and not a word."""
    with running(unpacked, s3_endpoint, s3_bucket) as found:
        assert [code(found.invoke(event())) for _ in range(2)] == [(204, "")] * 2
        assert code(found.invoke(event(make_object(key_id=b"12345678"))))[0] == 400
        assert code(found.invoke(event(path=f"/{PATH}"))) == (404, "")
        assert code(found.invoke(event(isBase64Encoded=AGENT)))[0] == 400
        assert code(found.invoke({"detail": AGENT})) == (404, "")
        tells_nothing(found)
    assert KeptS3(s3_endpoint, s3_bucket).objects() == {HASH: BODY}


def test_the_store_hears_of_the_object_alone(unpacked: Path) -> None:
    """Its name and bytes, and of the visit nothing: also not the id that Amazon gives each."""
    asked: list[bytes] = []

    def noted(request: bytes, line: Any) -> None:
        asked.append(request)
        kept = base64.b64encode(bytes.fromhex(HASH)).decode("ascii")
        canned("200 OK", "", more=f'ETag: "x"\r\nx-amz-checksum-sha256: {kept}\r\n')(request, line)

    with door(noted) as opened, running(unpacked, opened.endpoint) as found:
        assert code(found.invoke(event())) == (204, "")
    (request,) = asked
    head = request.partition(b"\r\n\r\n")[0].lower()
    for mark in (ADDRESS, AGENT, PATH, QUERY, COOKIE, TRACE):
        assert mark.encode("ascii") not in head
    assert b"trace" not in head


PAGE = "<html><body>Request blocked</body></html>"
CONFLICT = s3_error("409 Conflict", "ConditionalRequestConflict")
# In the order in which they are met, each by one request.
MISBEHAVIOUR = {
    "status_500": s3_error("500 Internal Server Error", "InternalError"),
    "status_503": s3_error("503 Slow Down", "SlowDown"),
    "no_bucket": s3_error("404 Not Found", "NoSuchBucket"),
    "credentials_expired": s3_error("400 Bad Request", "ExpiredToken"),
    "clock_wrong": s3_error("403 Forbidden", "RequestTimeTooSkewed"),
    "no_conditions": s3_error("501 Not Implemented", "NotImplemented"),
    "html_403_of_an_edge": canned("403 Forbidden", PAGE, "text/html"),
    "html_500_of_an_edge": canned("500 Oops", PAGE, "text/html"),
    "html_200_of_an_edge": canned("200 OK", PAGE, "text/html"),
    "unreadable_header": canned("200 OK", "", more='ETag: "x"\r\nx-amz-object-size: many\r\n'),
    # Amazon's library warns of it, with the whole address, also where nobody asked for a log.
    "a_line_that_is_no_header": canned("500 Oops", "", more="no colon here\r\n"),
    "redirect_307": canned("307 Moved", "", more="location: http://127.0.0.1:1/\r\n"),
    "said_back": canned(
        "500 Oops", f"<Error><Code>{AGENT}</Code><Message>{HASH}</Message></Error>"
    ),
    "cut": cut,
    "half_an_answer": half_an_answer,
    "hang": hang,
    "drip": drip,
}


def test_no_fault_of_the_store_makes_it_speak(unpacked: Path) -> None:
    """Each fault in turn: `store` within ten seconds, the next is asked all the same, and not a word."""
    acts = [*MISBEHAVIOUR.values(), CONFLICT]
    with door(*acts) as opened, running(unpacked, opened.endpoint) as found:
        for name in [*MISBEHAVIOUR, "conflict_always"]:
            assert code(found.invoke(event())) == STORE, name
        tells_nothing(found)
        assert opened.visits == len(MISBEHAVIOUR) + 3
        assert found.process.poll() is None


@pytest.mark.parametrize("form", ["Text", "JSON"])
def test_a_log_that_somebody_switched_on_stays_empty(unpacked: Path, form: str) -> None:
    """One setting in the console makes Amazon's library tell each step, names and signatures: not here."""
    loud = {"AWS_LAMBDA_LOG_LEVEL": "DEBUG", "AWS_LAMBDA_LOG_FORMAT": form}
    act = canned("200 OK", PAGE, "text/html")
    with door(act) as opened, running(unpacked, opened.endpoint, **loud) as found:
        assert code(found.invoke(event())) == STORE
        tells_nothing(found)


def test_a_store_that_is_away_or_not_ours_is_not_spoken_of(
    unpacked: Path, s3_endpoint: str, s3_bucket: str
) -> None:
    """Nobody listens; a wrong secret; no credentials at all; a bucket that is not there."""
    nobody = f"http://127.0.0.1:{free_port()}"
    for endpoint, bucket, env in (
        (nobody, BUCKET, {}),
        (s3_endpoint, s3_bucket, {"AWS_SECRET_ACCESS_KEY": "wrong"}),
        (s3_endpoint, s3_bucket, {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}),
        (s3_endpoint, "no-such-bucket", {}),
    ):
        with running(unpacked, endpoint, bucket, **env) as found:
            assert code(found.invoke(event())) == STORE
            tells_nothing(found)
    assert KeptS3(s3_endpoint, s3_bucket).objects() == {}


BROKEN: dict[str, dict[str, str | None]] = {
    "no_key_list": {"keys.json": None},
    "a_key_list_of_rubbish": {"keys.json": f"{AGENT} {{"},
    "a_key_list_with_no_key": {"keys.json": '{"signed": "{\\"version\\": 1}"}'},
    "half_a_letter": {"keys.json": f"\udcff{AGENT}"},
    "no_library": {"botocore/data/s3/2006-03-01/service-2.json": None},
    "broken_rules": {"botocore/data/s3/2006-03-01/endpoint-rule-set-1.json": f"{AGENT} {{"},
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_package_that_is_broken_answers_store_and_tells_nothing(
    unpacked: Path, tmp_path: Path, name: str
) -> None:
    """The client prints whatever ends a start, with its text: so nothing ends it."""
    folder = tmp_path / "function"
    shutil.copytree(unpacked, folder)
    for path, text in BROKEN[name].items():
        (folder / path).unlink()
        if text is not None:
            (folder / path).write_bytes(text.encode("utf-8", "surrogateescape"))
    with running(folder, "http://127.0.0.1:1") as found:
        assert code(found.invoke(event())) == STORE
        tells_nothing(found)


def test_without_a_bucket_it_answers_store(unpacked: Path) -> None:
    """A setting that is missing is a 503, which a canary sees."""
    with function(unpacked, CREDENTIALS) as found:
        assert code(found.invoke(event())) == STORE
        tells_nothing(found)


def test_without_the_headers_of_the_site_it_still_stores(
    unpacked: Path, tmp_path: Path, s3_endpoint: str, s3_bucket: str
) -> None:
    """The edge in front sets the same ones; a complaint is not lost for them."""
    folder = tmp_path / "function"
    shutil.copytree(unpacked, folder)
    (folder / "headers.json").write_text(f"{AGENT} {{", "utf-8")
    with running(folder, s3_endpoint, s3_bucket) as found:
        assert code(found.invoke(event())) == (204, "")
        tells_nothing(found)


def test_byte_code_of_another_python_only_makes_it_slow(
    unpacked: Path, tmp_path: Path, s3_endpoint: str, s3_bucket: str
) -> None:
    """The sources are there too, so a runtime of another version stores all the same."""
    folder = tmp_path / "function"
    shutil.copytree(unpacked, folder, ignore=shutil.ignore_patterns("__pycache__"))
    with running(folder, s3_endpoint, s3_bucket) as found:
        assert code(found.invoke(event())) == (204, "")
        tells_nothing(found)


def test_an_event_that_is_no_json_never_reaches_us_and_is_not_repeated(unpacked: Path) -> None:
    """The client itself refuses it and says so, in words of its own; Lambda gives no such event."""
    with running(unpacked, "http://127.0.0.1:1") as found:
        with pytest.raises(RuntimeError, match="let an error out"):
            found.invoke(f'{{"body": "{AGENT}", '.encode("ascii"))
        tells_nothing(found, but=1)
        assert code(found.invoke(event(path="/"))) == (404, "")


def test_the_marks_would_be_seen(unpacked: Path, tmp_path: Path) -> None:
    """A handler that lets one exception out is told of by the client, text and all: the looking works."""
    (tmp_path / "careless.py").write_text(
        "def handle(event, context):\n    raise ValueError(event['headers']['user-agent'])\n",
        "utf-8",
    )
    with function(tmp_path, handler="careless.handle") as found:
        with pytest.raises(RuntimeError, match="let an error out"):
            found.invoke(event())
        assert AGENT.encode("ascii") in found.output()
        assert AGENT.encode("ascii") in found.told()[0].body


NAMES = """
import functions.cloud.handler, sys
print(*sorted({m.__file__ for m in sys.modules.values() if getattr(m, "__file__", None)}), sep="\\n")
"""


def test_it_is_the_package_that_runs_and_nothing_of_this_machine(
    unpacked: Path, tmp_path: Path
) -> None:
    """Each module of such a process is Python's own or the package's: not boto3, nor this checkout."""
    env = environment(unpacked, tmp_path / "room", "127.0.0.1:1", CREDENTIALS | {"BUCKET": BUCKET})
    line = [*command()[: command().index("-m")], "-c", NAMES]
    done = subprocess.run(line, env=env, cwd=tmp_path, capture_output=True, text=True, check=True)
    standard = sysconfig.get_paths()["stdlib"]
    files = done.stdout.splitlines()
    assert str(unpacked / "functions/store_s3.py") in files
    ours = [path for path in files if not path.startswith(standard)]
    assert not [path for path in ours if not path.startswith(str(unpacked))]
    assert not [path for path in files if "site-packages" in path]
