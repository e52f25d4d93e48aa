"""What a month costs: units against numbers that were worked out by hand, and prices that only a person fills in."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from functions.cloud import costs, dry_run, stack
from functions.cloud.costs import Assumed, Price, Sizes
from functions.cloud.refused import Refused
from functions.cloud.stack import Stack

ROOT = Path(__file__).parent
SMALL = ROOT / "stack.yaml"
# A page of 10,240 bytes in 3 files, a form of 102,400 in 6, a site of 3 GiB.
SIZES = Sizes(page=10_240, page_files=3, form=102_400, form_files=6, whole=3 * 2**30)
ASSUMED = Assumed(pages=Decimal(4), boards=Decimal(2), seconds=Decimal(2))


def small(**given: object) -> Stack:
    return stack.make(stack.read(SMALL), "eu-west-3", given)


def test_the_units_of_a_month_are_those_that_were_worked_out_by_hand() -> None:
    """1,000 complaints: each step is written out, with no formula of the code."""
    found = costs.units(1_000, small(), SIZES, ASSUMED)
    # 4,000 pages x 3 + 1,000 forms x 6 = 18,000 files; 2,000 boards; 1,000 posts
    assert found["cloudfront_requests"] == 21_000
    assert found["firewall_requests"] == 21_000
    assert found["edge_functions"] == 18_000  # the board and the drop have none
    assert found["s3_gets"] == 20_000 + 1_000
    # 40,960,000 + 102,400,000 + 2,000 x 139,386 + 1,000 x 2,048 = 424,180,000 bytes
    assert found["cloudfront_gb_out"] == Decimal(424_180_000) / 1_073_741_824
    assert found["cloudfront_gb_in"] == Decimal(16_384_000) / 1_073_741_824
    assert found["lambda_requests"] == 1_000
    assert found["lambda_gb_seconds"] == 1_000  # half a GB for 2 s
    assert found["s3_puts"] == 1_000 + 30  # one list a day
    # 27 + 1 days and two midnights are a whole month: 16,384,000 bytes on any day, beside 3 GB of site
    assert found["s3_gb_months"] == 3 + Decimal(16_384_000) / 1_073_741_824
    assert (found["firewalls"], found["firewall_rules"], found["budgets"]) == (1, 3, 1)
    assert found["plan"] == 0


def test_a_flood_sends_and_reads_nothing() -> None:
    """A million complaints: no page, no board, a list of a thousand answers a day."""
    found = costs.units(1_000_000, small(), SIZES, ASSUMED)
    assert found["cloudfront_requests"] == 1_000_000
    assert found["edge_functions"] == 0
    assert found["s3_puts"] == 1_030_000
    assert found["lambda_gb_seconds"] == 1_000_000


def test_memory_and_concurrency_are_those_of_the_parameters() -> None:
    """What is given counts, else what the template has; without a bound nothing is said of one."""
    found = costs.units(30, small(Memory=256), SIZES, ASSUMED)
    assert found["lambda_gb_seconds"] == 15  # 30 x 2 s x a quarter
    assert costs.most_at_once(small(), ASSUMED) == (4, 2)
    assert costs.most_at_once(small(Concurrency=0), ASSUMED) is None


def test_a_sum_is_each_unit_by_its_price() -> None:
    """Three lines added up by hand: 21,000 / 10,000 x 0.01 + 3 x 1 + 1,000 x 0.00002 = 3.041."""
    found = {"a": Decimal(21_000), "b": Decimal(3), "c": Decimal(1_000)}
    prices = {
        "a": Price(Decimal(10_000), Decimal("0.01")),
        "b": Price(Decimal(1), Decimal(1)),
        "c": Price(Decimal(1), Decimal("0.00002")),
    }
    assert costs.total(found, prices) == Decimal("3.041")
    assert costs.missing(found, prices) == []
    assert costs.missing(found, {"a": Price(Decimal(1), None), "b": prices["b"]}) == ["a", "c"]


def test_a_plan_stands_in_place_of_the_edge_and_its_firewall() -> None:
    """With it they cost nothing of their own; without it there is no plan to pay."""
    with_plan = costs.counted(costs.units(30, small(Plan="free"), SIZES, ASSUMED))
    without = costs.counted(costs.units(30, small(), SIZES, ASSUMED))
    assert with_plan["plan"] == 1
    assert not set(costs.EDGE) & set(with_plan)
    assert set(costs.EDGE) <= set(without)
    assert "plan" not in without


def filled(folder: Path, **changed: object) -> Path:
    """A copy of the prices in which a person filled in every blank with 2."""
    raw = yaml.safe_load(dry_run.PRICES.read_text("utf-8"))
    raw |= {"looked_up_on": "2026-11-30", "currency": "USD"}
    names = ("pages", "boards", "seconds")
    raw["assumed"] = dict(
        zip((f"{one}_for_each_complaint" for one in names), (4, 2, 2), strict=True)
    )
    raw["prices"] = {name: one | {"price": 2} for name, one in raw["prices"].items()}
    raw |= changed
    (folder / "prices.yml").write_text(yaml.safe_dump(raw), "utf-8")
    return folder / "prices.yml"


def test_nobody_has_filled_in_a_price_here() -> None:
    """What is shipped has no price and no day: none is from memory; every unit has its place."""
    known, _, _ = dry_run.prices()
    assert all(price.amount is None for price in known.values())
    assert set(known) == set(costs.units(30, small(), SIZES, ASSUMED))


def test_without_prices_the_units_are_told_and_what_is_missing_is_named() -> None:
    """No sum is made of half of them."""
    said = "\n".join(dry_run.what_it_costs(small(), SIZES))
    row = next(line for line in said.splitlines() if "lambda_requests" in line)
    assert row.split() == ["lambda_requests", "30", "1,000", "1,000,000"]
    assert "no sum: prices are missing in prices.yml: cloudfront_requests, " in said
    assert "units / per x price" not in said


def test_with_prices_there_is_a_sum_with_its_day(tmp_path: Path) -> None:
    """Worked out by hand for the plan: 1 + 30 / 1,000,000 + 60 + 60 / 1,000 + ... each times 2."""
    lines = list(dry_run.what_it_costs(small(Plan="free"), SIZES, filled(tmp_path)))
    # 30: plan 1, requests 0.00003, GB-seconds 30, puts 0.06, gets 0.63, GB 3.00045776, budget 1 = 35.69048776
    last = lines[-1].split()
    assert (last[5], last[-1]) == ("71.38", "2026-11-30")
    # 1,000: 1 + 0.001 + 1,000 + 1.03 + 21 + 3.01525879 + 1 = 1,027.04625879
    assert last[6] == "2,054.09"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"looked_up_on": None}, "prices without a day"),
        ({"prices": {"plan": {"per": 1, "price": "cheap"}}}, "plan is no number"),
        ({"prices": {"plan": {"per": 1, "price": -1}}}, "plan is no number"),
    ],
)
def test_a_price_without_a_day_or_that_is_no_number_is_refused(
    tmp_path: Path, changed: dict[str, object], said: str
) -> None:
    """A sum of old or wrong prices would look like one."""
    with pytest.raises(Refused, match=said):
        dry_run.prices(filled(tmp_path, **changed))


def test_sizes_are_measured_as_the_edge_packs_them(tmp_path: Path) -> None:
    """A page is its own bytes and those of what every page names."""
    files = {"nl/index.html": "a" * 9_000, "nl/write/index.html": "b" * 9_000, "keys.json": "{}"}
    files |= {
        f"assets/1f0c9a3e/{name}": "x" for name in ("site.css", "leave.js", "write.js", "seal.js")
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    found = dry_run.sizes(tmp_path)
    assert found.whole == 18_006
    assert found.page < found.form < 500
    assert (found.page_files, found.form_files) == (3, 6)
    with pytest.raises(Refused, match="is no built site"):
        dry_run.sizes(tmp_path / "assets")
