"""What a release says when it is done (step 1): what was checked in, lines to print out.

What was built and of which commit, for which days it is good, which pages are due for a new check, and the
sum that is compared before it is signed. It decides nothing.
"""

import os
from datetime import date
from itertools import chain
from pathlib import Path

from overrides.frame import sums
from overrides.press.checks import Checked

_NAMED = 12  # of more pages that are due, only the number is told besides


def lines(checked: Checked, out: Path, source: str, digits: str) -> list[str]:
    """Six lines and one for each page that is due on the day that the build counts as.

    `source` is the commit, or empty; `digits` the sum of the list of files.
    """
    site = checked.edition
    day = site.settings.reference_date
    last = max(last for _, last in site.keys.intake_days)
    names = chain.from_iterable(names for _, _, names in os.walk(out))
    count = sum(name.endswith(".html") for name in names)
    return [
        f"{count} pages in {', '.join(site.strings)} for {site.settings.site_url}, in {out.name}, all made anew",
        f"good from {day} to {last}, the last day of its last intake key",
        *_due(checked, day),
        f"built of the commit {source}"
        if source
        else "built of no commit that is known: this folder is no clone",
        f"{sums.NAME} {digits}",
        f"compare these digits with who builds it beside you, then sign it: desk sign {out.name} (keys/README.md)",
    ]


def _due(checked: Checked, day: date) -> list[str]:
    dated = [
        (facts.check_again, f"{language}/{name}")
        for language, name, facts in checked.pages
        if facts.check_again
    ]
    due = sorted((again, page) for again, page in dated if again < day)
    later = sorted((again, page) for again, page in dated if again >= day)
    said = [f"due for a new check since {again}: {page}" for again, page in due[:_NAMED]]
    if len(due) > _NAMED:
        said.append(f"and {len(due) - _NAMED} pages more are due")
    if later:
        said.append(f"the next page is due after {later[0][0]}: {later[0][1]}")
    return said if due else ["no page is due for a new check", *said]
