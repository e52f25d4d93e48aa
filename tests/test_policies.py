"""Who may do what on AWS: each call of the table, each layer alone, and each change of a policy noticed.

It proves our reading of the policies, not Amazon's: `tests/policies/evaluator.py` decides, and no account is asked.
"""

import copy
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import Any

import cfnlint
import pytest

from tests import soak
from tests.policies import mutants, template, world
from tests.policies.evaluator import Call, Principal, Statement, is_allowed
from tests.policies.mutants import Mutant
from tests.policies.world import Row, World

WRITTEN = template.read()
WORLD = world.of(template.resources(WRITTEN))
ROWS = world.rows()
ACTIONS = Path(cfnlint.__file__).parent / "data" / "AdditionalSpecs" / "Policies.json"


def test_every_call_is_answered_as_the_table_says() -> None:
    """No row of the table is wrong."""
    assert list(world.wrong(WORLD, ROWS)) == []


def test_the_table_asks_enough_and_nothing_twice() -> None:
    """At least 80 different calls, all principals, both answers, and every layer for each role."""
    assert len({replace(row, answer="", why="") for row in ROWS}) == len(ROWS) >= 80
    assert {row.answer for row in ROWS} == {"allowed", "denied"}
    assert all(row.why for row in ROWS)
    roles = [arn.rpartition("/")[2].removesuffix("Role").lower() for arn in WORLD.people]
    assert {(row.layer, row.principal) for row in ROWS} >= {
        *product(("all", "role", "bucket"), roles)
    }


def test_every_change_of_a_policy_is_noticed() -> None:
    """Each part of each statement, dropped or changed, makes a row wrong, or stands in the list of no changes."""
    made = list(mutants.mutants(WORLD))
    unnoticed = {one.name for one in made if not any(world.wrong(one.world, ROWS))}
    assert len({one.name for one in made}) == len(made) > 700
    assert unnoticed == mutants.equivalent().keys()
    assert all(mutants.equivalent().values())


def test_what_is_listed_as_no_change_is_none() -> None:
    """Asked every action that S3 and Lambda know, the two worlds answer alike, at each layer."""
    listed = mutants.equivalent()
    for one in mutants.mutants(WORLD):
        if one.name in listed:
            asked = list(calls(random.Random(one.name), soak.count(20_000, 300)))
            assert [*world.wrong(one.world, asked)] == [*world.wrong(WORLD, asked)], one.name


def calls(order: random.Random, most: int) -> Iterator[Row]:
    """Calls of all kinds, in no order: who, at which layer, what and where, and in which way."""
    for who, layer, (action, place), tls, unmatched, source in order.sample(_whole(), most):
        given = {"prefix": "in/", "tls": tls, "if_none_match": unmatched, "mfa": "yes"}
        given |= {"source": source, "via_url": "yes", "answer": "allowed", "why": ""}
        yield Row(layer, who, action, place, **given)


@cache
def _whole() -> list[tuple[str, str, tuple[str, str], str, str, str]]:
    people = sorted({row.principal for row in ROWS})
    layers, yes = ("all", "role", "bucket"), ("", "yes")
    return [*product(people, layers, _asked(), ("yes", "no"), yes, ("", "ours"))]


@cache
def _asked() -> list[tuple[str, str]]:
    """Every action that S3 and Lambda know, with a place that it can be asked of."""
    known = json.loads(ACTIONS.read_text("utf-8"))
    places = {
        "bucket": ["drop", "site"],
        "object": ["drop/in/9320", "drop/x", "site/x", "site/board.bin", "site/board.probe"],
        "function": ["function"],
    }
    return [
        (f"{service}:{action}", place)
        for service in ("s3", "lambda")
        for action, said in known[service]["Actions"].items()
        for kind in said.get("Resources", [])
        for place in places.get(kind, [])
    ]


def _no_role(resources: dict[str, Any]) -> None:
    del resources["Drop"]["Properties"]["Role"]


def _no_door(resources: dict[str, Any]) -> None:
    resources["Drop"]["Properties"]["FunctionUrlConfig"]["AuthType"] = "NONE"


def _one_permission(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda resources: resources.pop(name)


@pytest.mark.parametrize(
    ("change", "noticed"),
    [
        (_no_role, "no line is written about anybody"),
        (_no_door, "not even its address"),
        (_one_permission("DropUrlPermission"), "the edge needs both permissions"),
        (_one_permission("DropInvokePermission"), "the edge needs both permissions"),
        (_one_permission("SiteBucketPolicy"), "a page is read"),
        (_one_permission("DropBucketPolicy"), "in the clear"),
    ],
)
def test_what_no_linter_sees_is_seen(
    change: Callable[[dict[str, Any]], None], noticed: str
) -> None:
    """A function without its own role, an open address, a missing permission: SAM's own output makes rows wrong."""
    written = copy.deepcopy(WRITTEN)
    change(written["Resources"])
    changed = world.of(template.resources(written))
    assert noticed in {row.why for row in world.wrong(changed, ROWS)}


def test_no_statement_allows_everybody_or_everything() -> None:
    """No allow names everybody, leaves out whom it means, or means every action or every resource."""
    statements = [
        one for side in (WORLD.people, WORLD.things) for all_ in side.values() for one in all_
    ]
    allows = [one for one in statements if one["Effect"] == "Allow"]
    assert len(allows) > 10
    for one in allows:
        assert "*" not in str(one.get("Principal", ""))
        assert not one.keys() & {"NotPrincipal", "NotAction", "NotResource"}
        assert "*" not in json.dumps(one["Action"])
        assert one.get("Resource") != "*"


ME = Principal("arn:aws:iam::1:role/me", "1")
ANYTHING: Statement = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def asked(own: list[Statement], there: list[Statement], **context: str) -> bool:
    call = Call(ME, "s3:GetObject", "arn:aws:s3:::b/in/x", context)
    return is_allowed(call, own, there, owner="1")


def test_the_evaluator_says_no_by_itself_and_a_deny_goes_first() -> None:
    """Nothing said is no; one deny, on either side, is stronger than every allow."""
    deny: Statement = {**ANYTHING, "Effect": "Deny"}
    assert not asked([], [])
    assert asked([ANYTHING], [])
    assert asked([], [{**ANYTHING, "Principal": {"AWS": ME.arn}}])
    assert not asked([ANYTHING, deny], [])
    assert not asked([ANYTHING], [{**deny, "Principal": "*"}])
    assert asked([ANYTHING], [{**deny, "NotPrincipal": {"AWS": ME.arn}}])
    assert not asked([ANYTHING], [{**deny, "Principal": {"AWS": ME.root}}])


EDGE = Principal("cloudfront.amazonaws.com")


def test_the_evaluator_knows_everybody_by_each_name() -> None:
    """Services are among everybody, in both ways of writing that; an account may be its number alone."""
    deny: Statement = {**ANYTHING, "Effect": "Deny"}
    call = Call(EDGE, "s3:GetObject", "arn:aws:s3:::b/in/x")
    mine: Statement = {**ANYTHING, "Principal": {"Service": EDGE.arn}}
    assert is_allowed(call, [], [mine], owner="1")
    for everybody in ("*", {"AWS": "*"}, {"AWS": ["*"]}):
        assert not is_allowed(call, [], [mine, {**deny, "Principal": everybody}], owner="1")
        assert asked([], [{**ANYTHING, "Principal": everybody}])
    assert not asked([ANYTHING], [{**deny, "Principal": {"AWS": ME.account}}])
    assert not asked([], [{**ANYTHING, "Principal": {"AWS": ME.account}}])
    with pytest.raises(ValueError, match="not known here"):
        asked([ANYTHING], [{**deny, "Principal": {"AWS": "arn:aws:iam::1:role/*"}}])


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ({"Action": "S3:Get?bject"}, True),
        ({"Action": "s3:GetObject?"}, False),
        ({"Action": ["s3:PutObject", "s3:get*"]}, True),
        ({"NotAction": "S3:GETOBJECT"}, False),
        ({"NotAction": ["s3:Put*", "s3:List*"]}, True),
        ({"Resource": "arn:aws:s3:::b/in/?"}, True),
        ({"Resource": "arn:aws:s3:::b"}, False),
        ({"Resource": "arn:aws:s3:::b/IN/x"}, False),
        ({"Resource": "in/x"}, False),
        ({"NotResource": "arn:aws:s3:::b"}, True),
        ({"NotResource": ["arn:aws:s3:::c/*", "arn:aws:s3:::b/*"]}, False),
    ],
)
def test_the_evaluator_reads_actions_and_resources(statement: Statement, allowed: bool) -> None:
    """Actions in any case, resources in their own; what is left out of a list; and a deny of all but one."""
    parts = {"Action": "*", "Resource": "*"}
    names = {name.removeprefix("Not") for name in statement}
    whole = {key: one for key, one in parts.items() if key not in names} | dict(statement)
    assert asked([{"Effect": "Allow", **whole}], []) is allowed
    assert asked([ANYTHING, {"Effect": "Deny", **whole}], []) is not allowed


@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        ({"Null": {"k": "true"}}, None, True),
        ({"Null": {"k": "true"}}, "x", False),
        ({"Null": {"k": "false"}}, "x", True),
        ({"Null": {"k": ["true", "false"]}}, None, True),
        ({"Null": {"k": True}}, None, True),
        ({"Bool": {"K": "true"}}, "true", True),
        ({"Null": {"K": "true"}}, "x", False),
        ({"Bool": {"k": "true"}}, "True", True),
        ({"Bool": {"k": "true"}}, None, False),
        ({"StringEquals": {"k": ["a", "b"]}}, "b", True),
        ({"StringEquals": {"k": "in/*"}}, "in/x", False),
        ({"StringLike": {"k": "in/*"}}, "in/x", True),
        ({"StringLike": {"k": "in/?"}}, "in/xx", False),
        ({"StringLike": {"k": "[ab]"}}, "a", False),
        ({"ArnEquals": {"k": "arn:aws:s3:::b*"}}, "arn:aws:s3:::bucket", True),
        ({"ArnLike": {"k": "arn:aws:*:e"}}, "arn:aws:s3:r:1:e", False),
        ({"ArnLike": {"k": "arn:aws:s3:*:1:e/*"}}, "arn:aws:s3:r:1:e/x", True),
        ({"Bool": {"k": "true"}, "Null": {"other": "false"}}, "true", False),
    ],
)
def test_the_evaluator_reads_conditions(
    condition: dict[str, Any], value: str | None, holds: bool
) -> None:
    """Each operator that a policy here uses; all of them must hold, and one value of several is enough."""
    context = {} if value is None else {"k": value}
    assert asked([{**ANYTHING, "Condition": condition}], [], **context) is holds


@pytest.mark.parametrize(
    "statement",
    [
        {**ANYTHING, "Condition": {"StringEqualsIfExists": {"k": "x"}}},
        {**ANYTHING, "Conditions": {}},
        {**ANYTHING, "Effect": "allow"},
        {"Effect": "Allow", "Resource": "*"},
        {**ANYTHING, "Resource": "arn:aws:s3:::b/${aws:username}/*"},
        {**ANYTHING, "Condition": {"ForAllValues:StringEquals": {"k": "x"}}},
        {**ANYTHING, "Condition": {"StringNotEquals": {"k": "x"}}},
    ],
)
def test_the_evaluator_does_not_skip_what_it_does_not_know(statement: Statement) -> None:
    """An operator, a part or an effect that is not known is an error."""
    with pytest.raises((KeyError, ValueError)):
        asked([statement], [], k="x")


def test_a_mutant_changes_one_statement() -> None:
    """All but one statement are as they were."""

    def said(there: World) -> list[str]:
        return [json.dumps([*there.people.values()]), json.dumps([*there.things.values()])]

    for one in islice(mutants.mutants(WORLD), 50):
        assert isinstance(one, Mutant)
        assert sum(a != b for a, b in zip(said(one.world), said(WORLD), strict=True)) == 1
