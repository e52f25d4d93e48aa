"""What a month costs, as a formula: resources, sizes and prices in, units and sums out. Pure.

Units are counted from the template and from the built site; a price is a person's, with its day. What AWS
gives for free at first is not taken off, so that a sum says what it is when that ends.
"""

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from functions.cloud.stack import Stack

DROPS = (30, 1_000, 1_000_000)  # complaints in a month; the last in a flood, which reads no page
FLOOD = 1_000_000
_OBJECT = Decimal(16_384)  # WIRE.md section 2
_ANSWER = Decimal(2_048)  # an answer of the drop: all its headers
_BOARD = Decimal(139_386)  # section 7.1, with room for 128 answers
_GB = Decimal(2**30)
_MONTH_DAYS = 30
_ON_A_LIST = 1_000  # objects that one answer of S3 names
EDGE = (
    "cloudfront_requests",
    "cloudfront_gb_out",
    "cloudfront_gb_in",
    "edge_functions",
    "firewalls",
    "firewall_rules",
    "firewall_requests",
)  # what a flat-rate plan replaces
Units = dict[str, Decimal]


@dataclass(frozen=True)
class Sizes:
    """Of the built site, packed: bytes and files of one page with what it names, and of the form; bytes in all."""

    page: int
    page_files: int
    form: int
    form_files: int
    whole: int


@dataclass(frozen=True)
class Assumed:
    """What no template says."""

    pages: Decimal
    boards: Decimal
    seconds: Decimal


@dataclass(frozen=True)
class Price:
    """What so many units cost; `amount` is nothing while nobody has filled it in."""

    per: Decimal
    amount: Decimal | None


def units(drops: int, stack: Stack, sizes: Sizes, assumed: Assumed) -> Units:
    """How much of everything a month with so many complaints uses."""
    sent = Decimal(drops)
    readers = Decimal(0) if drops >= FLOOD else sent
    read, boards = readers * assumed.pages, readers * assumed.boards
    pages = read * sizes.page_files + readers * sizes.form_files
    files = pages + boards
    out = read * sizes.page + readers * sizes.form + boards * _BOARD + sent * _ANSWER
    (function,) = stack.of("AWS::Lambda::Function")
    rules = [len(one.get("Rules", ())) for one in stack.of("AWS::WAFv2::WebACL")]
    kept = sent * _OBJECT * days_kept(stack) / _MONTH_DAYS
    return {
        "cloudfront_requests": files + sent,
        "cloudfront_gb_out": out / _GB,
        "cloudfront_gb_in": sent * _OBJECT / _GB,
        "edge_functions": pages if stack.of("AWS::CloudFront::Function") else Decimal(0),
        "firewalls": Decimal(len(rules)),
        "firewall_rules": Decimal(sum(rules)),
        "firewall_requests": files + sent if rules else Decimal(0),
        "plan": Decimal(len(stack.of("AWS::PricingPlanManager::Subscription"))),
        "lambda_requests": sent,
        "lambda_gb_seconds": sent * assumed.seconds * Decimal(function["MemorySize"]) / 1024,
        # The drop's puts, and the courier's list once a day.
        "s3_puts": sent + _MONTH_DAYS * Decimal(math.ceil(max(drops, 1) / _ON_A_LIST)),
        "s3_gets": files + sent,  # the edge asks for each file anew; the courier fetches each once
        "s3_gb_months": (kept + sizes.whole) / _GB,
        "budgets": Decimal(len(stack.of("AWS::Budgets::Budget"))),
    }


def days_kept(stack: Stack) -> Decimal:
    """Until the lifecycle has taken the one version of a complaint away, in days.

    S3 rounds each of its two terms up to the next midnight.
    """
    found = [
        rule["ExpirationInDays"] + rule["NoncurrentVersionExpiration"]["NoncurrentDays"] + 2
        for bucket in stack.of("AWS::S3::Bucket")
        for rule in bucket.get("LifecycleConfiguration", {}).get("Rules", [])
        if "ExpirationInDays" in rule and "NoncurrentVersionExpiration" in rule
    ]
    return Decimal(min(found))


def counted(found: Units) -> Units:
    """The units that are paid for: with a plan it stands in place of the edge and its firewall."""
    left_out = EDGE if found["plan"] else ("plan",)
    return {name: amount for name, amount in found.items() if name not in left_out}


def missing(names: Units, prices: dict[str, Price]) -> list[str]:
    """Whose price nobody has filled in."""
    return [name for name in names if name not in prices or prices[name].amount is None]


def total(found: Units, prices: dict[str, Price]) -> Decimal:
    """The sum of units / per * price; every price must be there."""
    each = ((amount, prices[name]) for name, amount in found.items())
    return sum(
        (amount / price.per * price.amount for amount, price in each if price.amount is not None),
        Decimal(0),
    )


def most_at_once(stack: Stack, assumed: Assumed) -> tuple[int, Decimal] | None:
    """How many complaints are taken at the same time, and so in a second at most; nothing if unbounded."""
    (function,) = stack.of("AWS::Lambda::Function")
    at_once: Any = function.get("ReservedConcurrentExecutions")
    if not isinstance(at_once, int | str):
        return None
    return int(at_once), int(at_once) / assumed.seconds
