"""All policies of a template side by side, and the table of calls that is asked of them.

Comes in: resources as `template` resolves them. Goes out: for each row of `table.csv` whether it is allowed. A layer
can be looked at alone: `role` without the policies of buckets, `bucket` with roles that may do everything.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.policies.evaluator import Call, Principal, Statement, is_allowed
from tests.policies.template import ACCOUNT, MANAGED

TABLE = Path(__file__).with_name("table.csv")
ALL: Statement = {"Effect": "Allow", "Action": "*", "Resource": "*"}
EDGE = f"arn:aws:cloudfront::{ACCOUNT}:distribution/"
_OTHER = "444455556666"
# Whom the table knows beside the roles of the template. Two of them may do everything, for all that their account says.
_OUTSIDE = {
    "anyone": Principal(""),
    "colleague": Principal(f"arn:aws:iam::{ACCOUNT}:user/colleague", ACCOUNT),
    "owner": Principal(f"arn:aws:iam::{ACCOUNT}:user/owner", ACCOUNT),
    "stranger": Principal(f"arn:aws:iam::{_OTHER}:role/stranger", _OTHER),
    "edge": Principal("cloudfront.amazonaws.com"),
    "lambda": Principal("lambda.amazonaws.com"),
    "events": Principal("events.amazonaws.com"),
}
_OWN = {_OUTSIDE[name].arn: (ALL,) for name in ("owner", "stranger")}
_YES_NO = {"yes": "true", "no": "false"}


@dataclass(frozen=True)
class World:
    """The statements of each policy, by a name that says where it stands.

    `people` are those on a role, by its ARN; `things` those on a bucket, a function or a role, by its ARN.
    """

    people: dict[str, tuple[Statement, ...]]
    things: dict[str, tuple[Statement, ...]]
    writer: str  # ARN of the role that the function has
    auth: str  # who may knock at the function's address: AWS_IAM or NONE

    def layer(self, name: str) -> "World":
        if name == "bucket":
            return replace(self, people=dict.fromkeys(self.people, (ALL,)))
        if name == "role":
            bare = {arn: () if ":s3:::" in arn else there for arn, there in self.things.items()}
            return replace(self, things=bare)
        if name != "all":
            raise ValueError(f"no such layer: {name}")
        return self


@dataclass(frozen=True)
class Row:
    """One call of the table; blank where a request has nothing of the kind."""

    layer: str
    principal: str
    action: str  # two joined by ` + ` must both be allowed
    resource: str
    prefix: str
    tls: str
    if_none_match: str
    mfa: str
    source: str  # on whose behalf the edge calls: `ours`, or the distribution of somebody else
    via_url: str
    answer: str
    why: str

    def context(self, auth: str) -> Iterator[tuple[str, str]]:
        yield "aws:SecureTransport", _YES_NO[self.tls or "yes"]
        if self.if_none_match:
            yield "s3:if-none-match", "*"
        if self.prefix:
            yield "s3:prefix", self.prefix
        if self.mfa:
            yield "aws:MultiFactorAuthPresent", _YES_NO[self.mfa]
        if self.source:
            yield "aws:SourceArn", EDGE + {"ours": "Distribution", "other": "Other"}[self.source]
        if self.via_url:
            yield "lambda:InvokedViaFunctionUrl", _YES_NO[self.via_url]
            yield "lambda:FunctionUrlAuthType", auth


def wrong(world: World, table: list[Row]) -> Iterator[Row]:
    """The rows that are answered otherwise than the table says."""
    layers = {name: world.layer(name) for name in ("all", "role", "bucket")}
    for row in table:
        there = layers[row.layer]
        asked = (_is_allowed(there, call) for call in _calls(row, world.writer, world.auth))
        if all(asked) is not {"allowed": True, "denied": False}[row.answer]:
            yield row


def _is_allowed(world: World, call: Call) -> bool:
    arn = call.resource
    thing = arn.partition("/")[0] if ":s3:::" in arn else arn
    own = world.people.get(call.principal.arn) or _OWN.get(call.principal.arn, ())
    return is_allowed(call, own, world.things.get(thing, ()), owner=ACCOUNT)


@lru_cache(maxsize=1024)
def _calls(row: Row, writer: str, auth: str) -> list[Call]:
    context = dict(row.context(auth))
    actions = row.action.split(" + ")
    return [Call(_who(row.principal, writer), one, _arn(row.resource), context) for one in actions]


def rows() -> list[Row]:
    """The whole table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Row(**one) for one in csv.DictReader(file)]


def of(made: dict[str, dict[str, Any]]) -> World:
    """All policies of a template's resources."""
    people, things = {}, {}
    for name, one in made.items():
        given = one["Properties"]
        if one["Type"] == "AWS::IAM::Role":
            arn = _arn(f"role:{name}")
            people[arn] = tuple(_of_role(given))
            things[arn] = tuple(given["AssumeRolePolicyDocument"]["Statement"])
        elif one["Type"] == "AWS::S3::BucketPolicy":
            things[f"arn:aws:s3:::{given['Bucket']}"] = tuple(given["PolicyDocument"]["Statement"])
    function = _arn("function")
    things[function] = tuple(
        _permission(name, one["Properties"])
        for name, one in made.items()
        if one["Type"] == "AWS::Lambda::Permission"
    )
    (drop,), (url,) = _kind(made, "Function"), _kind(made, "Url")
    return World(people, things, drop["Properties"]["Role"], url["Properties"]["AuthType"])


def _kind(made: dict[str, dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [one for one in made.values() if one["Type"] == f"AWS::Lambda::{kind}"]


def _of_role(given: dict[str, Any]) -> Iterator[Statement]:
    for policy in given.get("Policies", []):
        yield from policy["PolicyDocument"]["Statement"]
    for arn in given.get("ManagedPolicyArns", []):
        yield from MANAGED[arn]


def _permission(name: str, given: dict[str, Any]) -> Statement:
    """What Lambda writes into the policy of a function for one permission."""
    condition: dict[str, dict[str, str]] = {}
    if "SourceArn" in given:
        condition["ArnLike"] = {"aws:SourceArn": given["SourceArn"]}
    if "FunctionUrlAuthType" in given:
        condition["StringEquals"] = {"lambda:FunctionUrlAuthType": given["FunctionUrlAuthType"]}
    if "InvokedViaFunctionUrl" in given:
        via = str(given["InvokedViaFunctionUrl"]).lower()
        condition["Bool"] = {"lambda:InvokedViaFunctionUrl": via}
    principal = given["Principal"]
    return {
        "Sid": name,
        "Effect": "Allow",
        "Principal": "*" if principal == "*" else {"Service": principal},
        "Action": given["Action"],
        "Resource": _arn("function"),
        "Condition": condition,
    }


def _who(name: str, writer: str) -> Principal:
    if name in _OUTSIDE:
        return _OUTSIDE[name]
    return Principal(writer if name == "writer" else _arn(f"role:{name.title()}Role"), ACCOUNT)


def _arn(short: str) -> str:
    """`drop/in/x`, `site/board.bin`, `drop` and `site` for the buckets, `function`, `role:NAME`, or an ARN."""
    bucket, slash, key = short.partition("/")
    if bucket in ("drop", "site"):
        return f"arn:aws:s3:::{bucket}bucket{slash}{key}"
    if short == "function":
        return f"arn:aws:lambda:eu-central-1:{ACCOUNT}:function:Drop"
    if short.startswith("role:"):
        return f"arn:aws:iam::{ACCOUNT}:role/{short[5:]}"
    return short
