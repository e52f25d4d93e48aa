"""Step 4 on Lambda: what was cut out of Amazon's library changes no put.

The same puts are made in two processes: one has the unpacked package and nothing else, in the other
boto3 with all its files makes the client. What they send and what they make of an answer is compared:
all but times, ids, signatures and the names that the libraries give themselves.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import botocore
import pytest

from tests.soak import SOAK
from tests.stores import CREDENTIALS, REPO, make_object, name_of

CHILD = REPO / "tests" / "put_child.py"
DATA = "botocore/data"
S3 = f"{DATA}/s3/2006-03-01"
# Of one visit or one library, and different each time.
OWN_HEADERS = {"x-amz-date", "user-agent", "amz-sdk-invocation-id", "amz-sdk-request"}
OWN_ANSWERS = {"date", "x-amz-request-id", "x-amz-id-2", "RequestId", "HostId"}
ENVIRONMENT = {"PATH": os.environ["PATH"], "AWS_EC2_METADATA_DISABLED": "true"}
KEYS = {name: CREDENTIALS[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
LAMBDA = {**ENVIRONMENT, **KEYS, "AWS_SESSION_TOKEN": "a/token+of=a role"}
DUAL = {"AWS_USE_DUALSTACK_ENDPOINT": "true"}
BODY = make_object()
OK = {"ETag": '"d41d8cd98f00b204e9800998ecf8427e"', "x-amz-version-id": "v1"}
ERROR = "<Error><Code>{}</Code><Message>no</Message><RequestId>r</RequestId></Error>"
HTML = {"content-type": "text/html"}
ANSWERS: dict[str, tuple[int, Mapping[str, str], str]] = {
    "stored": (200, OK, ""),
    "another_checksum": (200, OK | {"x-amz-checksum-sha256": "AAAA"}, ""),
    "of_an_edge": (200, HTML, "<html>hello</html>"),
    "there_already_412": (412, {}, ERROR.format("PreconditionFailed")),
    "another_writer_409": (409, {}, ERROR.format("ConditionalRequestConflict")),
    "expired_400": (400, {}, ERROR.format("ExpiredToken")),
    "no_right_403": (403, {}, ERROR.format("AccessDenied")),
    "html_403": (403, HTML, "<html>Request blocked</html>"),
    "no_bucket_404": (404, {}, ERROR.format("NoSuchBucket")),
    "moved_301": (301, {"x-amz-bucket-region": "eu-west-1"}, ERROR.format("PermanentRedirect")),
    "moved_elsewhere_301": (
        301,
        {"x-amz-bucket-region": "eu-north-1"},
        ERROR.format("PermanentRedirect"),
    ),
    "moved_nowhere_301": (301, {}, ERROR.format("PermanentRedirect")),
    "sent_on_307": (307, {"location": "http://127.0.0.1:1/"}, ERROR.format("TemporaryRedirect")),
    "html_sent_on_302": (302, HTML | {"location": "http://127.0.0.1:1/"}, "<html>log in"),
    "other_region_400": (400, {}, ERROR.format("AuthorizationHeaderMalformed")),
    "clock_403": (403, {}, ERROR.format("RequestTimeTooSkewed")),
    "broken_500": (500, {}, ERROR.format("InternalError")),
    "html_500": (500, HTML, "<html>oops"),
    "half_an_error_500": (500, {}, "<Error><Code>Intern"),
    "no_conditions_501": (501, {}, ERROR.format("NotImplemented")),
    "slow_503": (503, {}, ERROR.format("SlowDown")),
    "a_modelled_error_400": (400, {}, ERROR.format("InvalidRequest")),
}


def case(region: str = "eu-west-1", bucket: str = "drop", **more: object) -> dict[str, object]:
    """One put of the same object; without `endpoint` it goes to Amazon, and is never sent there."""
    name = name_of(BODY)
    checksum = base64.b64encode(bytes.fromhex(name)).decode("ascii")
    common = {"name": name, "body": BODY.hex(), "checksum": checksum, "endpoint": None}
    return {**common, "region": region, "bucket": bucket, "answer": (200, OK, ""), **more}


def regions() -> list[str]:
    """Every region of every partition that the whole library knows, or a few of different kinds."""
    if not SOAK:
        return ["eu-central-1", "us-east-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"]
    path = Path(botocore.__file__).parent / "data" / "endpoints.json"
    return [name for part in json.loads(path.read_text())["partitions"] for name in part["regions"]]


CASES = {
    **{f"answer_{name}": case(answer=answer) for name, answer in ANSWERS.items()},
    **{f"region_{name}": case(region=name) for name in regions()},
    "a_dotted_bucket": case(bucket="drop.example.org"),
    "an_address_of_a_server": case(endpoint="http://127.0.0.1:1"),
    "nobody_listens": case(endpoint="http://127.0.0.1:1", answer=None),
}


def run(
    cases: Mapping[str, object], env: Mapping[str, str], unpacked: Path | None
) -> dict[str, Any]:
    """What one process tells of each case: the package's own, or with None the whole library's."""
    if unpacked is None:
        command = [sys.executable, "-B", str(CHILD), "stock"]
        path = str(REPO)
    else:
        command = [sys.executable, "-S", "-s", "-P", "-B", str(CHILD)]
        path = str(unpacked)
    done = subprocess.run(
        command,
        input=json.dumps([*cases.values()]),
        env={**env, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert said["from"].startswith(path)
    return dict(zip(cases, map(masked, said["told"]), strict=True))


def masked(value: Any) -> Any:
    """The same without what is of one visit: times, ids, signatures, and who made it."""
    if isinstance(value, list):
        return [masked(one) for one in value]
    if isinstance(value, dict):
        own = OWN_ANSWERS | OWN_HEADERS
        return {k: masked(v) for k, v in value.items() if k.lower() not in own and k not in own}
    if isinstance(value, str):
        return re.sub(r"Signature=[0-9a-f]{64}|/20\d{6}/", "(own)", value)
    return value


@pytest.mark.parametrize("more", [{}, DUAL] if SOAK else [{}], ids=str)
def test_every_put_and_every_answer_is_that_of_the_whole_library(
    unpacked: Path, more: dict[str, str]
) -> None:
    """In every region, to Amazon's address and another, whatever is answered: the same bytes."""
    env = LAMBDA | more
    ours, theirs = run(CASES, env, unpacked), run(CASES, env, None)
    for name in CASES:
        assert ours[name] == theirs[name], name
        if name != "nobody_listens" and not more:  # some have no such second kind of address
            assert [ours[name][0][0][0], ours[name][0][0][3]] == ["PUT", name_of(BODY)]
    sent = [told[0] for name, told in ours.items() if name.startswith("region_")]
    hosts = {one[0][1].split("/")[2] for one in sent if one}
    assert len(hosts) == len(regions()) if not more else hosts


@pytest.mark.parametrize("env", [ENVIRONMENT, ENVIRONMENT | KEYS], ids=["none", "no_token"])
def test_credentials_that_are_missing_are_missing_in_the_same_way(
    unpacked: Path, env: dict[str, str]
) -> None:
    """Without any nothing is sent; without a role's token the put has none."""
    cases = {"one": CASES["answer_stored"]}
    ours = run(cases, env, unpacked)
    assert ours == run(cases, env, None)
    assert ("NoCredentialsError" in json.dumps(ours)) == (env == ENVIRONMENT)


def test_a_real_server_gets_and_gives_the_same(
    unpacked: Path, s3_endpoint: str, s3_bucket: str, weed: Any
) -> None:
    """SeaweedFS: stored, there already, no such bucket, a wrong secret."""
    told = {}
    for kind, bucket in {"ours": s3_bucket, "theirs": weed.new_bucket()}.items():
        real = {
            name: case(bucket=place, endpoint=s3_endpoint, answer=None)
            for name, place in {"new": bucket, "again": bucket, "nowhere": "no-such-bucket"}.items()
        }
        place = unpacked if kind == "ours" else None
        found = run(real, ENVIRONMENT | KEYS, place)
        wrong = {"wrong": real["new"]}
        found |= run(wrong, ENVIRONMENT | KEYS | {"AWS_SECRET_ACCESS_KEY": "wrong"}, place)
        told[kind] = json.loads(json.dumps(found).replace(bucket, "(bucket)"))
    assert told["ours"] == told["theirs"]
    statuses = [_status(told["ours"][name][1]) for name in ("new", "again", "nowhere", "wrong")]
    assert statuses == [200, 412, 404, 403]


def _status(found: Any) -> int:
    answer = found if isinstance(found, dict) else found[2]
    return int(answer["ResponseMetadata"]["HTTPStatusCode"])


def _without(path: str, *keys: str) -> Callable[[Path], None]:
    """Take one entry out of a file of the package's data."""

    def cut(folder: Path) -> None:
        model = json.loads((folder / path).read_text("utf-8"))
        inner = model
        for key in keys[:-1]:
            inner = inner[int(key) if isinstance(inner, list) else key]
        del inner[keys[-1]]
        (folder / path).write_text(json.dumps(model), "utf-8")

    return cut


def _no_file(path: str) -> Callable[[Path], None]:
    return lambda folder: (folder / path).unlink()


CUTS = {
    "a_header": _without(
        f"{S3}/service-2.json", "shapes", "PutObjectRequest", "members", "IfNoneMatch"
    ),
    "an_answer": _without(f"{S3}/service-2.json", "shapes", "PutObjectOutput", "members", "ETag"),
    "an_error": _without(f"{S3}/service-2.json", "shapes", "InvalidRequest"),
    "the_rules": _no_file(f"{S3}/endpoint-rule-set-1.json"),
    "the_partitions": _no_file(f"{DATA}/partitions.json"),
    "the_endpoints": _no_file(f"{DATA}/endpoints.json"),
}


FEW = {name: CASES[name] for name in ("answer_stored", "answer_a_modelled_error_400")}


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """Give what the whole library tells of a few cases."""
    return run(FEW, LAMBDA, None)


@pytest.mark.parametrize("cut", CUTS)
def test_data_that_was_cut_too_far_is_seen(
    unpacked: Path, whole: dict[str, Any], tmp_path: Path, cut: str
) -> None:
    """The comparison above is no test that cannot fail."""
    folder = tmp_path / "function"
    shutil.copytree(unpacked, folder)
    CUTS[cut](folder)
    assert run(FEW, LAMBDA, unpacked) == whole
    assert run(FEW, LAMBDA, folder) != whole
