"""Every policy, changed in one place: dropped, turned round, wider or narrower, by each part of each statement.

Comes in: a world. Goes out: worlds with one change, each with a name. The table must notice each of them; those that
change no answer to any call stand in `equivalent.csv`, each with the reason.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.policies.evaluator import Statement
from tests.policies.world import World

EQUIVALENT = Path(__file__).with_name("equivalent.csv")
_PAIRS = (("Action", "NotAction"), ("Resource", "NotResource"), ("Principal", "NotPrincipal"))
_OPPOSITE = {"Allow": "Deny", "Deny": "Allow", "true": "false", "false": "true"}


@dataclass(frozen=True)
class Mutant:
    """A world with one change; `name` says where and what."""

    name: str
    world: World


def mutants(world: World) -> Iterator[Mutant]:
    """All changes of one place."""
    for side in ("people", "things"):
        policies: dict[str, tuple[Statement, ...]] = getattr(world, side)
        for arn, statements in policies.items():
            for number, statement in enumerate(statements):
                where = f"{_called(arn, side)}/{statement.get('Sid', number)}"
                for what, changed in _changes(statement, world, is_own=side == "people"):
                    new = (*statements[:number], *changed, *statements[number + 1 :])
                    other = replace(world, **{side: {**policies, arn: new}})
                    yield Mutant(f"{where}: {what}", other)


def equivalent() -> dict[str, str]:
    """The changes that change no answer, and why, by name."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        return {one["mutant"]: one["why"] for one in csv.DictReader(file)}


def _called(arn: str, side: str) -> str:
    last = arn.rpartition(":")[2].removeprefix("role/")
    return f"{last} (who may take it)" if side == "things" and ":role/" in arn else last


def _changes(
    statement: Statement, world: World, *, is_own: bool
) -> Iterator[tuple[str, list[Statement]]]:
    yield "dropped", []
    yield "turned round", [{**statement, "Effect": _OPPOSITE[statement["Effect"]]}]
    for pair in _PAIRS:
        for name in pair:
            if name in statement:
                yield from _of_part(statement, name, pair[name == pair[0]], world, is_own)
    for operator, keys in statement.get("Condition", {}).items():
        for key in keys:
            yield from _of_condition(statement, operator, key)


def _of_part(
    statement: Statement, name: str, opposite: str, world: World, is_own: bool
) -> Iterator[tuple[str, list[Statement]]]:
    rest = {key: value for key, value in statement.items() if key != name}
    value = statement[name]
    yield f"{name} as {opposite}", [{**rest, opposite: value}]
    if "Principal" in name:
        for what, other in _principals(value, world):
            yield f"{name} {what}", [{**statement, name: other}]
        return
    # A policy of a thing reaches that thing alone, and a bucket knows no actions but its own.
    if is_own or ("Action" in name and value != "s3:*"):
        yield f"{name} is all", [{**statement, name: "*"}]
    for one in _list(value):
        others = [other for other in _list(value) if other != one]
        yield f"{name} without {_short(one)}", [{**statement, name: others}]
        for new in _near(one, is_own):
            yield f"{name} {_short(new)} for {_short(one)}", [{**statement, name: [*others, new]}]


def _principals(value: Any, world: World) -> Iterator[tuple[str, Any]]:
    if value != "*":
        yield "is everybody", "*"
    kinds = value.items() if value != "*" else [("AWS", []), ("Service", [])]
    for kind, named in kinds:
        for one in _list(named):
            others = [other for other in _list(named) if other != one]
            yield f"without {_short(one)}", {kind: others}
        for one in _candidates(kind, world):
            if one not in _list(named):
                yield f"only {_short(one)}", {kind: [one]}
                if value != "*":
                    yield f"also {_short(one)}", {kind: [*_list(named), one]}


def _candidates(kind: str, world: World) -> Iterable[str]:
    if kind == "Service":
        return ["cloudfront.amazonaws.com", "events.amazonaws.com", "lambda.amazonaws.com"]
    return [*world.people]


def _of_condition(
    statement: Statement, operator: str, key: str
) -> Iterator[tuple[str, list[Statement]]]:
    whole: dict[str, Any] = statement["Condition"]
    value = whole[operator][key]
    rest = {name: keys for name, keys in whole.items() if name != operator}
    yield f"{operator} {key} dropped", [{**statement, "Condition": rest}]
    near = ["*", "nothing", value.rpartition("/")[0] + "/*"]
    for new in [_OPPOSITE[value]] if operator in ("Bool", "Null") else near:
        if new != value:
            changed = {**rest, operator: {key: new}}
            yield f"{operator} {key} is {_short(new)}", [{**statement, "Condition": changed}]


def _near(one: str, is_own: bool) -> Iterator[str]:
    """What is a little wider or narrower than an action or a resource."""
    if ":s3:::" in one:
        bucket, slash, key = one.partition("/")
        near = {bucket, f"{bucket}/*", f"{bucket}/in/*", f"{bucket}/{key.removesuffix('*')}0*"}
        near |= {f"{bucket}/{key}*"} if key and not key.endswith("*") else set()
        if is_own:
            other = {"dropbucket": "sitebucket", "sitebucket": "dropbucket"}[_short(bucket)]
            near |= {f"{bucket}*", f"arn:aws:s3:::{other}{slash}{key}"}
        yield from sorted(near - {one})
    elif not one.startswith("arn:") and not one.endswith("*"):
        service, _, action = one.partition(":")
        yield from (f"{service}:*", f"{one}*", f"{service}:{action[:3]}*")


def _short(value: str) -> str:
    return value.rpartition(":")[2] if value.startswith("arn:") else value


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
