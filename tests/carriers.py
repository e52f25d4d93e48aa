"""Which source carries a value of local policy, told a second time from plain YAML.

Written from what fields.yml says of `kind`, and not from our loader, so that neither of the two is right
by itself: a rule in force outweighs policy, older rules and what government itself writes, and those
outweigh the rest; among equals the newest date counts, and one without a date least.
"""

from typing import Any  # plain YAML

STRONG = ("in_force",)
WEAK = ("court", "expert centre", "municipality association", "news", "political party",
        "sex-worker organisation")  # fmt: skip
SURE = {3: "high", 2: "medium", 1: "low"}


def strength(source: dict[str, Any]) -> int:
    """From 1 to 3."""
    return 3 if source["kind"] in STRONG else 1 if source["kind"] in WEAK else 2


def day(source: dict[str, Any]) -> str:
    """A date that sorts: 2020 before 2020-03, and no date before all others."""
    date = str(source["date"] or "")
    return date if len(date) != len("2020") else f"{date}-01-01"


def ranked(record: dict[str, Any], ids: list[str]) -> list[dict[str, Any]]:
    """These texts of a record, the one that carries the value first."""
    texts = [one for one in record["legal_basis"] + record["sources"] if one["id"] in ids]
    assert len(texts) == len(ids) > 0, (record["cbs_code"], ids)
    return sorted(texts, key=lambda one: (strength(one), day(one)), reverse=True)


def carried(record: dict[str, Any], stated: dict[str, Any]) -> dict[str, Any]:
    """A value with the date and the certainty that its page must show."""
    first = ranked(record, stated["sources"])[0]
    order = ("low", "medium", "high")
    sure = min(SURE[strength(first)], record["confidence"], key=order.index)
    return {**stated, "as_of": first["date"], "confidence": sure}
