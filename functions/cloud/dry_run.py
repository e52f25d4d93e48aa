"""What a deployment would make, in plain words, and what it costs: stack and prices in, lines out.

It makes nothing and asks nobody: no account and no network is needed. A price comes from prices.yml, where
a person writes it with its day; without one the units are told and what is missing is named.
"""

import gzip
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import groupby
from pathlib import Path
from typing import Any  # what stands in a file that a person wrote

import yaml

from functions.cloud import costs
from functions.cloud.costs import Assumed, Price, Sizes
from functions.cloud.refused import Refused
from functions.cloud.stack import Stack

ROOM = Path(__file__).parent
PRICES, RESOURCES = ROOM / "prices.yml", ROOM / "resources.yml"
_BESIDE = {
    "SAM's own stack": "a bucket in which the SAM CLI keeps the function's package, with older ones",
    "what AWS counts": "how many requests there were and how long they took; no address, no text",
}
_PAGE = ("assets/*/site.css", "assets/*/leave.js")  # what every page names
_FORM = ("assets/*/write.js", "assets/*/seal.js", "keys.json")


def what_will_be(stack: Stack) -> Iterator[str]:
    """A line for each resource, in groups. Raises `Refused` for a kind that has no words."""
    words = yaml.safe_load(RESOURCES.read_text("utf-8"))
    if strange := sorted({one["Type"] for one in stack.resources.values()} - set(words)):
        raise Refused(f"nobody has said what {strange[0]} is", f"add it to {RESOURCES.name}")
    rows = sorted(
        (words[one["Type"]][0], name, _said(one, words)) for name, one in stack.resources.items()
    )
    for group, own in groupby(rows, key=lambda row: row[0]):
        yield f"{group}:"
        yield from (f"  {name}: {said}" for _, name, said in own)
    yield "Also, and in no template:"
    yield from (f"  {name}: {said}" for name, said in _BESIDE.items())


def _said(one: dict[str, Any], words: dict[str, list[str]]) -> str:
    own = one.get("Properties", {}).get("Description")
    said = ", ".join(words[one["Type"]][1:])
    return f"{said}: {own}" if own and one["Type"] == "AWS::IAM::Role" else said


def sizes(site: Path) -> Sizes:
    """Measured on a built site, each file packed as the edge packs it; the form has the largest pages."""
    pages = [_packed(path) for path in sorted(site.glob("*/**/index.html"))]
    form = [_packed(path) for path in sorted(site.glob("*/write/index.html"))]
    fetched = [[path for name in names for path in site.glob(name)] for names in (_PAGE, _FORM)]
    if not pages or not form or [*map(len, fetched)] != [len(_PAGE), len(_FORM)]:
        hint = "type: make release; before there is one, make site, and SITE=var/site behind this"
        raise Refused(f"{site.name} is no built site", hint)
    named, sealing = (sum(map(_packed, paths)) for paths in fetched)
    whole = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    mean = sum(pages) // len(pages)
    return Sizes(
        page=mean + named,
        page_files=1 + len(_PAGE),
        form=max(form) + named + sealing,
        form_files=1 + len(_PAGE) + len(_FORM),
        whole=whole,
    )


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))


def prices(path: Path = PRICES) -> tuple[dict[str, Price], Assumed, str]:
    """Prices, what is assumed, and currency with its day; raises `Refused` for what is no number."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    found = {
        name: Price(_number(one["per"], name), _blank(one["price"], name))
        for name, one in raw["prices"].items()
    }
    assumed = Assumed(
        *(
            _number(raw["assumed"][f"{name}_for_each_complaint"], name)
            for name in ("pages", "boards", "seconds")
        )
    )
    day = raw["looked_up_on"]
    if not day and any(price.amount is not None for price in found.values()):
        raise Refused("prices without a day", f"fill in looked_up_on in {path.name}")
    return found, assumed, f"{raw['currency'] or '?'}, prices of {day}"


def _number(raw: object, name: str) -> Decimal:
    try:
        found = Decimal(str(raw))
    except InvalidOperation:
        raise Refused(f"{name} is no number in {PRICES.name}", "write it as 0.25") from None
    if found < 0 or not found.is_finite():
        raise Refused(f"{name} is no number in {PRICES.name}", "write it as 0.25")
    return found


def _blank(raw: object, name: str) -> Decimal | None:
    return None if raw in (None, "") else _number(raw, name)


def what_it_costs(stack: Stack, site: Sizes, path: Path = PRICES) -> Iterator[str]:
    """Units for each month of `costs.DROPS`, and sums if every price is there."""
    known, assumed, currency = prices(path)
    months = [costs.counted(costs.units(one, stack, site, assumed)) for one in costs.DROPS]
    yield "complaints in a month".ljust(26) + "".join(f"{one:>16,}" for one in costs.DROPS)
    for name in months[0]:
        row = "".join(f"{_plain(month[name]):>16}" for month in months)
        price = known.get(name)
        said = f"  x {price.amount} for {price.per:,}" if price and price.amount is not None else ""
        yield f"  {name:<24}{row}{said}"
    yield f"  for each complaint {assumed.pages} pages are read, and {assumed.boards} times the board"
    yield f"  (none in the flood); the function works {assumed.seconds} s; kept {costs.days_kept(stack)} days"
    if bound := costs.most_at_once(stack, assumed):
        yield f"  at most {bound[0]} are taken at the same time, so {bound[1]:,.0f} in a second"
    if gone := costs.missing(months[0], known):
        yield f"no sum: prices are missing in {path.name}: {', '.join(gone)}"
        return
    sums = "".join(f"{costs.total(month, known):>16,.2f}" for month in months)
    yield "units / per x price".ljust(26) + f"{sums}  {currency}"


def _plain(amount: Decimal) -> str:
    """With three decimals at most, and none that say nothing."""
    text = f"{amount:,.3f}"
    return text.rstrip("0").rstrip(".")
