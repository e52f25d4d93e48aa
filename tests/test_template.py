"""The templates for AWS: no finding of a linter, no book about anybody, headers and paths as everywhere else."""

import inspect
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from functions import shape, store_s3
from functions.store_s3 import S3Store
from overrides.frame import headers, inline
from overrides.press import header_formats
from tests.policies import template
from tests.site import Built

WRITTEN, FIREWALL = template.read(), template.read(template.FIREWALL)
MADE, IN_FRONT = template.resources(WRITTEN), template.resources(FIREWALL)
EDGE = MADE["Distribution"]["Properties"]["DistributionConfig"]
# In the European Union; London and Zürich are not.
EUROPE = {"eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"}
KINDS = {
    "AWS::Budgets::Budget",
    "AWS::CloudFront::CachePolicy",
    "AWS::CloudFront::Distribution",
    "AWS::CloudFront::Function",
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::OriginRequestPolicy",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::IAM::Role",
    "AWS::Lambda::Function",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Url",
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "AWS::WAFv2::WebACL",
}
# Settings that would write down who came, copy what came, or hand it to somebody.
BOOKS = {
    "AnalyticsConfigurations",
    "CorsConfiguration",
    "DeadLetterConfig",
    "EventInvokeConfig",
    "FileSystemConfigs",
    "InventoryConfigurations",
    "KMSMasterKeyID",
    "KmsKeyArn",
    "Layers",
    "Logging",
    "LoggingConfig",
    "LoggingConfiguration",
    "MetadataConfiguration",
    "MetricsConfigurations",
    "NotificationConfiguration",
    "RealtimeLogConfigArn",
    "ReplicationConfiguration",
    "TracingConfig",
    "WebsiteConfiguration",
}


def _pairs(node: Any) -> Iterator[tuple[str, Any]]:
    """Every name with its value, at any depth."""
    if isinstance(node, dict):
        yield from node.items()
    for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _pairs(one)


def _of(kind: str) -> dict[str, dict[str, Any]]:
    both = {**MADE, **IN_FRONT}
    return {name: one["Properties"] for name, one in both.items() if one["Type"].endswith(kind)}


@pytest.mark.parametrize(
    ("path", "regions"), [(template.TEMPLATE, EUROPE), (template.FIREWALL, {"us-east-1"})]
)
def test_cfn_lint_finds_nothing(path: Path, regions: set[str]) -> None:
    """In each region that is allowed."""
    lint = Path(sys.executable).with_name("cfn-lint")
    command = [lint, "-r", *sorted(regions), "-t", path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_only_known_kinds_of_resource_are_made() -> None:
    """Nothing that keeps a log, a trail, a queue or a key of its own."""
    found = {one["Type"] for one in (*MADE.values(), *IN_FRONT.values())}
    assert found == KINDS


def test_no_book_is_kept_about_anybody() -> None:
    """No log, no trace, no copy, no notice of an object, no sample of a request, in either template."""
    pairs = [*_pairs(MADE), *_pairs(IN_FRONT)]
    assert {name for name, _ in pairs} & BOOKS == set()
    assert {value for name, value in pairs if name == "SampledRequestsEnabled"} == {False}
    seen = [one for one in _of("WebACL")["Firewall"]["Rules"] if "VisibilityConfig" in one]
    assert len(seen) == len(_of("WebACL")["Firewall"]["Rules"]) == 2
    text = json.dumps([MADE, IN_FRONT]).lower()
    assert not re.search(r"logs:|xray|kinesis|firehose|cloudtrail|sns:|x-forwarded", text)


def test_the_function_knows_one_name() -> None:
    """Its environment holds the bucket and nothing secret; it has its own role, and no network of its own."""
    (drop,) = _of("Lambda::Function").values()
    assert drop["Environment"] == {"Variables": {"BUCKET": "dropbucket"}}
    assert (drop["Architectures"], drop["Handler"]) == (["arm64"], "functions.cloud.handler.handle")
    assert drop["Role"].endswith("role/WriterRole")
    assert "VpcConfig" not in drop
    (url,) = _of("Lambda::Url").values()
    assert (url["AuthType"], "Cors" in url) == ("AWS_IAM", False)


def test_buckets_are_closed_and_sealed_at_rest() -> None:
    """No public access of any kind, no access lists, encrypted with the store's own key; kept when the stack goes."""
    found = [one for one in MADE.values() if one["Type"] == "AWS::S3::Bucket"]
    assert len(found) == 2
    for one in found:
        closed = one["Properties"]["PublicAccessBlockConfiguration"]
        assert [*closed.values()] == [True] * 4
        assert one["Properties"]["OwnershipControls"]["Rules"] == [
            {"ObjectOwnership": "BucketOwnerEnforced"}
        ]
        assert '"SSEAlgorithm": "AES256"' in json.dumps(one["Properties"]["BucketEncryption"])
        assert (one["DeletionPolicy"], one["UpdateReplacePolicy"]) == (
            "RetainExceptOnCreate",
            "Retain",
        )


def test_it_can_be_made_in_europe_alone() -> None:
    """Any other region has no place in the template, and nothing is made."""
    assert WRITTEN["Mappings"]["InEurope"].keys() == EUROPE
    for region in ("us-east-1", "eu-west-2", "eu-central-2"):
        with pytest.raises(KeyError, match=region):
            template.resources(WRITTEN, region=region)


def test_each_waits_longer_than_the_one_behind_it() -> None:
    """Store, function, edge, page: whoever gives up first says so to the one before, who is still there."""
    waits = inspect.signature(S3Store.__init__).parameters
    store = waits["connect_seconds"].default + waits["read_seconds"].default
    store += store_s3._LAST_START_SECONDS + store_s3._PAUSE_MS / 1000
    (drop,) = _of("Lambda::Function").values()
    (_, origin) = EDGE["Origins"]
    edge = origin["CustomOriginConfig"]["OriginReadTimeout"]
    connecting = origin["ConnectionAttempts"] * origin["ConnectionTimeout"]
    script = (template.ROOT / "overrides/assets/drop.mjs").read_text("utf-8")
    page = int(re.findall(r"\bTIMEOUT_MS = ([\d_]+);", script)[0].replace("_", "")) / 1000
    assert store + 5 <= drop["Timeout"] < edge < edge + connecting < page


def test_the_number_of_open_drops_can_be_left_to_the_account() -> None:
    """Five by default; 0 leaves the property out, for an account that has too few to set some apart."""
    assert MADE["Drop"]["Properties"]["ReservedConcurrentExecutions"] == 5
    without = template.resources(WRITTEN, Concurrency=0)["Drop"]["Properties"]
    assert "ReservedConcurrentExecutions" not in without


def _policy(name: str) -> dict[str, Any]:
    made: dict[str, Any] = MADE[name]["Properties"]["ResponseHeadersPolicyConfig"]
    items = made["CustomHeadersConfig"]["Items"]
    return {
        "SecurityHeadersConfig": made["SecurityHeadersConfig"],
        "CustomHeadersConfig": {"Quantity": len(items), "Items": items},
    }


@cache
def _said(*pairs: tuple[str, str]) -> dict[str, Any]:
    """Headers as the build spells them for CloudFront, without a name."""
    spelled: dict[str, Any] = json.loads(header_formats.to_cloudfront(dict(pairs), ""))
    return {name: value for name, value in spelled.items() if name != "Name"}


def _behaviour(path: str) -> dict[str, Any]:
    """The behaviour that CloudFront takes for a path: the first whose pattern fits, else the default."""
    for one in EDGE["CacheBehaviors"]:
        pattern = re.escape(one["PathPattern"]).replace(r"\*", ".*").replace(r"\?", ".")
        if re.fullmatch(pattern, path):
            return dict(one)
    return dict(EDGE["DefaultCacheBehavior"])


def test_every_path_has_the_headers_that_the_build_says(built_site: Built) -> None:
    """Read back as CloudFront reads it, the template gives every page and file what the one record says."""
    # The practice site has no TLS to promise; its paths are those of every site.
    record = headers.of_site("https://desk.example", [*built_site.headers["paths"]])
    for path in [*built_site.paths, *(f"/{name}" for name in built_site.files), "/board.bin"]:
        said = record.at(path.removesuffix("index.html"))
        assert _policy(_behaviour(path)["ResponseHeadersPolicyId"]) == _said(*said.items()), path


def test_the_style_of_the_file_to_keep_is_let_in() -> None:
    """After a change of it the template says its new sum, without a site to be built first."""
    known = template.TEMPLATE.read_text("utf-8").count(inline.source())
    assert known == 1, f"kept.css changed: in functions/template.yaml write {inline.source()}"


def test_no_answer_of_the_drop_is_stored() -> None:
    """The drop has the headers of a page for reading, and is never stored."""
    record = headers.of_site("https://desk.example", [])
    unstored = {**record.default, "Cache-Control": "no-store"}
    assert _policy(_behaviour("/drop")["ResponseHeadersPolicyId"]) == _said(*unstored.items())


def test_the_edge_keeps_pages_a_second_the_board_a_minute_and_the_drop_never() -> None:
    """And no behaviour sends a cookie, a query or a header that tells of a browser to what is behind it."""
    kept = {
        path: MADE[_behaviour(path)["CachePolicyId"]]["Properties"]["CachePolicyConfig"]["MaxTTL"]
        for path in ("/", "/nl/write/", "/nl/answer/", "/keys.json", "/board.bin")
    }
    assert kept == {"/": 1, "/nl/write/": 1, "/nl/answer/": 1, "/keys.json": 1, "/board.bin": 60}
    assert _behaviour("/drop")["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    sent = MADE["DropRequest"]["Properties"]["OriginRequestPolicyConfig"]
    assert sent["HeadersConfig"]["Headers"] == ["content-type", "x-amz-content-sha256"]
    asked = [
        value for name, value in _pairs(MADE) if name in ("CookieBehavior", "QueryStringBehavior")
    ]
    assert {*asked} == {"none"}
    assert "OriginRequestPolicyId" not in _behaviour("/board.bin")


def test_only_the_drop_takes_more_than_reading() -> None:
    """Pages are asked for; a complaint is never sent on to another address."""
    for path in ("/", "/nl/write/", "/nl/answer/", "/board.bin"):
        assert _behaviour(path)["AllowedMethods"] == ["GET", "HEAD"]
    assert _behaviour("/drop")["ViewerProtocolPolicy"] == "https-only"
    assert (_behaviour("/drop/")["TargetOriginId"], _behaviour("/x/drop")["TargetOriginId"]) == (
        "site",
        "site",
    )


def test_no_error_becomes_a_success() -> None:
    """What is not there is a page for 404, as 404; the firewall says 429 with the drop's own word, and never 403."""
    said = {(one["ErrorCode"], one["ResponseCode"]) for one in EDGE["CustomErrorResponses"]}
    assert said == {(403, 404), (404, 404)}
    wall = _of("WebACL")["Firewall"]
    blocks = [rule["Action"]["Block"]["CustomResponse"] for rule in wall["Rules"]]
    assert {(one["ResponseCode"], one["CustomResponseBodyKey"]) for one in blocks} == {
        (429, "busy")
    }
    status, code = shape.Refusal.BUSY.value
    assert (status, json.loads(wall["CustomResponseBodies"]["busy"]["Content"])) == (
        429,
        {"error": code},
    )


def _rewritten(paths: list[str]) -> list[str]:
    """What the edge's own function makes of each path, run by Node: a path, or `302` and where to."""
    node = shutil.which("node")
    assert node, "no Node: make .venv/node"
    code = MADE["Folders"]["Properties"]["FunctionCode"]
    script = f"""{code}
    const paths = JSON.parse(require('fs').readFileSync(0, 'utf8'));
    const made = paths.map((uri) => handler({{ request: {{ uri, method: 'GET', headers: {{}} }} }}));
    console.log(JSON.stringify(made.map((one) => one.uri ?? `${{one.statusCode}} ${{one.headers.location.value}}`)));
    """
    done = subprocess.run(
        [node, "-e", script], input=json.dumps(paths), capture_output=True, text=True, check=True
    )
    found: list[str] = json.loads(done.stdout)
    return found


PLACES = {
    "/": "/index.html",
    "/nl/": "/nl/index.html",
    "/nl/write/": "/nl/write/index.html",
    "/nl": "302 /nl/",
    "/nl/write": "302 /nl/write/",
    "/keys.json": "/keys.json",
    "/SHA256SUMS": "/SHA256SUMS",
    "/nl/SHA256SUMS": "302 /nl/SHA256SUMS/",
    "/manifests.jsonl": "/manifests.jsonl",
    "/assets/1f0c9a3e/site.css": "/assets/1f0c9a3e/site.css",
    "//other.example": "/404",
    "//other.example/": "/404",
    "//other": "/404",
    "/\\other": "/404",
    "/%2f%2fother.example": "/404",
    "/nl/%77rite/": "/404",
    "/nl//write/": "/404",
    "/nl;x": "/404",
    "/nl\n": "/404",
    "/a b": "/404",
}


def test_folders_have_their_index_and_nobody_is_sent_elsewhere() -> None:
    """The function at the edge, really run: no way of writing a path leads to another host or past its headers."""
    assert dict(zip(PLACES, _rewritten([*PLACES]), strict=True)) == PLACES


def test_every_file_of_the_site_is_reached(built_site: Built) -> None:
    """Each file that the build makes is asked for by its own name, and each page by that of its folder."""
    files = [name for name in built_site.files if name != "_headers"]
    pages = {name: "/" + name.removesuffix("index.html") for name in files}
    assert _rewritten([*pages.values()]) == [f"/{name}" for name in pages]


def test_the_publisher_has_the_rights_of_the_policy_for_other_stores() -> None:
    """keys/publisher.json, for a bucket without this template, says the same as the role here."""
    (theirs,) = json.loads((template.ROOT / "keys/publisher.json").read_text("ascii"))["Statement"]
    (ours,) = MADE["PublisherRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
    theirs["Resource"] = [one.replace("BUCKET", "sitebucket") for one in theirs["Resource"]]
    del theirs["Principal"]
    assert ours == theirs


def test_every_parameter_is_explained() -> None:
    """To a person who has done this once: whole sentences, what it does, and where it comes from."""
    for one in (WRITTEN, FIREWALL):
        for name, said in one["Parameters"].items():
            assert len(said["Description"].split()) >= 10, name
            assert said["Description"].endswith("."), name


def test_the_plan_is_subscribed_to_only_when_chosen() -> None:
    """Pay as you go makes none; the free plan covers the edge together with its firewall, which it requires."""
    assert "FlatRate" not in MADE
    free = template.resources(WRITTEN, Plan="free")["FlatRate"]["Properties"]
    assert (free["PlanFamily"], free["PlanTier"]) == ("CloudFront", "FREE")
    assert free["ResourceArns"] == [
        f"arn:aws:cloudfront::{template.ACCOUNT}:distribution/Distribution",
        template.GIVEN["FirewallArn"],
    ]
    assert EDGE["WebACLId"] == template.GIVEN["FirewallArn"]


def test_both_origins_are_reached_with_a_signature() -> None:
    """Each has the access control of its own kind, which always signs."""
    kinds = {"site": "s3", "drop": "lambda"}
    assert [origin["Id"] for origin in EDGE["Origins"]] == [*kinds]
    for origin in EDGE["Origins"]:
        access = MADE[origin["OriginAccessControlId"].partition(".")[0]]["Properties"]
        said = access["OriginAccessControlConfig"]
        assert said["OriginAccessControlOriginType"] == kinds[origin["Id"]]
        assert (said["SigningBehavior"], said["SigningProtocol"]) == ("always", "sigv4")


def test_what_others_build_on_is_given_out() -> None:
    """Names of buckets, the edge, the site, and the role of each person."""
    needed = {
        "SiteBucketName",
        "DropBucketName",
        "SiteAddress",
        "DistributionId",
        "DistributionDomain",
    }
    needed |= {f"{who}RoleArn" for who in ("Courier", "Purger", "Publisher", "Deployer")}
    assert needed <= WRITTEN["Outputs"].keys()
    assert FIREWALL["Outputs"].keys() == {"FirewallArn"}
