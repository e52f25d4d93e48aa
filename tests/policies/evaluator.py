"""Whether a call is allowed, as AWS describes it: a deny goes before an allow, and without an allow it is a no.

Comes in: a call, and the statements of policies. Goes out: yes or no. A part of a statement that is not known here is
an error, never skipped. Not here: what this project has none of (boundaries, service control policies, sessions with a
policy of their own, access lists), and the block of public access, which could only take more away.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

Statement = Mapping[str, Any]
_PARTS = {"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction"}
_PARTS |= {"Resource", "NotResource", "Condition"}
_PERSON = re.compile(r"[0-9]+|arn:aws:(?:iam|sts)::[0-9]+:[^*?]+")  # an account, or one of it


@dataclass(frozen=True)
class Principal:
    """Who calls: the ARN of a role or user, the name of a service, or nobody known (`arn` is empty)."""

    arn: str
    account: str = ""  # 12 digits; empty for a service, and for nobody known

    @property
    def root(self) -> str:
        return f"arn:aws:iam::{self.account}:root"


@dataclass(frozen=True)
class Call:
    """One action on one resource, with the condition keys that the request has."""

    principal: Principal
    action: str
    resource: str
    context: Mapping[str, str] = field(default_factory=dict)


def is_allowed(
    call: Call, own: Sequence[Statement], there: Sequence[Statement], *, owner: str
) -> bool:
    """Decide; `own` are the statements on who calls, `there` those on what is called, in the account `owner`."""
    found = [one for one in own if _applies(one, call)]
    there = [one for one in there if _concerns(one, call.principal) and _applies(one, call)]
    if any(one["Effect"] == "Deny" for one in (*found, *there)):
        return False
    by_itself = any(one["Effect"] == "Allow" for one in found)
    named = any(_is_named(one, call.principal) for one in there)
    # Where only the account is named, its own policies decide.
    lent = bool(there)
    if call.principal.account and call.principal.account != owner:
        return by_itself and (named or lent)
    if call.action.startswith("sts:"):  # nobody takes a role that does not trust them
        return named or (lent and by_itself)
    return named or by_itself


def _is_named(statement: Statement, principal: Principal) -> bool:
    """Whether it says who calls, or everybody, and not the account alone."""
    if "NotPrincipal" in statement:
        return True
    return _is_one_of(statement["Principal"], principal, with_account=False)


def _applies(statement: Statement, call: Call) -> bool:
    if unknown := statement.keys() - _PARTS:
        raise ValueError(f"parts of a statement that are not known here: {sorted(unknown)}")
    if statement["Effect"] not in ("Allow", "Deny"):
        raise ValueError(f"an effect that is not known here: {statement['Effect']}")
    if "${" in str(statement):  # Amazon puts something of the call in its place
        raise ValueError("a variable of a policy, which is not known here")
    return (
        _names(statement, "Action", call.action, _same_action)
        and _names(statement, "Resource", call.resource, _like, default=True)
        and all(
            _holds(operator, key, _list(wanted), call.context)
            for operator, keys in statement.get("Condition", {}).items()
            for key, wanted in keys.items()
        )
    )


def _names(
    statement: Statement,
    part: str,
    value: str,
    same: Callable[[str, str], bool],
    *,
    default: bool = False,
) -> bool:
    if part in statement:
        return any(same(one, value) for one in _list(statement[part]))
    if f"Not{part}" in statement:
        return not any(same(one, value) for one in _list(statement[f"Not{part}"]))
    if default:  # a trust policy is on the role itself
        return True
    raise ValueError(f"a statement without {part}")


def _concerns(statement: Statement, principal: Principal) -> bool:
    if "NotPrincipal" in statement:
        return not _is_one_of(statement["NotPrincipal"], principal)
    return _is_one_of(statement["Principal"], principal)


def _is_one_of(named: Any, principal: Principal, *, with_account: bool = True) -> bool:
    if named == "*":
        return True
    if unknown := named.keys() - {"AWS", "Service"}:
        raise ValueError(f"kinds of principal that are not known here: {sorted(unknown)}")
    people, services = _list(named.get("AWS", [])), _list(named.get("Service", []))
    if unknown := [one for one in people if one != "*" and not _PERSON.fullmatch(one)]:
        raise ValueError(f"principals that are not known here: {unknown}")
    if "*" in people:  # the same as "*" alone, services too
        return True
    if not principal.account:
        return bool(principal.arn) and principal.arn in services
    whole = {principal.root, principal.account}
    return principal.arn in people or (with_account and not whole.isdisjoint(people))


def _holds(operator: str, key: str, wanted: list[str], context: Mapping[str, str]) -> bool:
    value = {name.lower(): one for name, one in context.items()}.get(key.lower())
    if operator == "Null":
        return str(value is None).lower() in [str(one).lower() for one in wanted]
    same = _OPERATORS[operator]  # another one is a KeyError: better no answer than a wrong one
    return value is not None and any(same(one, value) for one in wanted)


def _like(pattern: str, value: str) -> bool:
    return _compiled(pattern).fullmatch(value) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)


def _same_action(pattern: str, value: str) -> bool:
    return _like(pattern.lower(), value.lower())


def _same_arn(pattern: str, value: str) -> bool:
    """Part by part: no wildcard reaches over a colon, but for the last part."""
    ours, theirs = pattern.split(":", 5), value.split(":", 5)
    return len(ours) == len(theirs) and all(map(_like, ours, theirs))


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "ArnEquals": _same_arn,
    "ArnLike": _same_arn,
    "Bool": lambda wanted, value: wanted.lower() == value.lower(),
    "StringEquals": lambda wanted, value: wanted == value,
    "StringLike": _like,
}


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
