"""A flood on AWS: what the firewall counts as a drop, and that the arithmetic takes the numbers of the templates.

No firewall of Amazon's runs here: what its rule does is read off as Amazon describes it.
"""

import posixpath
from urllib.parse import unquote

from functions import shape
from functions.cloud import costs
from tests.policies import template
from tests.site import Built

WRITTEN, FIREWALL = template.read(), template.read(template.FIREWALL)
RULES = template.resources(FIREWALL)["Firewall"]["Properties"]["Rules"]
(OF_DROPS,) = [
    one["Statement"]["RateBasedStatement"] for one in RULES if one["Name"] == "drops-per-address"
]
# Ways of writing a path that CloudFront holds for /drop.
TO_THE_DROP = ["/drop", "//drop", "/%64rop", "/d%72o%70", "/x/../drop", "/./drop", "/../drop"]


def test_a_drop_counts_however_its_path_is_written(built_site: Built) -> None:
    """What the firewall looks for stands in every way of writing it, and in no file of the site."""
    sought = OF_DROPS["ScopeDownStatement"]["ByteMatchStatement"]
    assert (sought["FieldToMatch"], sought["PositionalConstraint"]) == ({"UriPath": {}}, "CONTAINS")
    assert [one["Type"] for one in sought["TextTransformations"]] == ["URL_DECODE"]

    def counts(path: str) -> bool:
        return sought["SearchString"] in unquote(path)

    plain = [posixpath.normpath(unquote(path)).replace("//", "/") for path in TO_THE_DROP]
    assert {*plain} == {"/drop"}
    assert all(map(counts, TO_THE_DROP))
    assert not any(map(counts, [*built_site.paths, *(f"/{name}" for name in built_site.files)]))


def test_the_arithmetic_of_a_flood_takes_the_numbers_of_the_templates() -> None:
    """THREATS.md follows from Concurrency and DropsPerAddress, the function's own manual from Memory."""
    said = (template.ROOT / "THREATS.md").read_text("utf-8")
    most = WRITTEN["Parameters"]["Concurrency"]["Default"]
    each = FIREWALL["Parameters"]["DropsPerAddress"]["Default"]
    per_second = 10 * most
    days, kept = per_second * 86_400, 45 * per_second * 86_400
    flat = " ".join(said.split())
    assert f"(`Concurrency`, {most})" in flat
    assert f"at 0.1 s both are {most / 0.1:.0f} a second, {days / 1e6:.1f} million" in flat
    assert f"and {days * shape.OBJECT_BYTES / 1e9:.0f} GB a day" in flat
    assert f"{kept / 1e6:.0f} million objects, {kept * shape.OBJECT_BYTES / 1e12:.1f} TB" in flat
    assert f"An address gets {each} in five minutes (`DropsPerAddress`)" in flat
    assert f"to use up `C` takes {per_second * 300 / each:.0f} addresses" in flat
    assert f"with 1 instead of {most} a fifth" in flat
    assert OF_DROPS["EvaluationWindowSec"] == 300
    answers = costs.FLOOD * costs._ANSWER / 2**30
    assert f"which come to {answers:.0f} GB at {costs._ANSWER / 1024:.0f} KB each" in flat
    readme = " ".join((template.ROOT / "functions/cloud/README.md").read_text("utf-8").split())
    memory = WRITTEN["Parameters"]["Memory"]["Default"]
    assert f"with {memory} MB, which is the default" in readme
