"""What a release says when it is done (step 1): what was checked in, lines to print out.

What was built, for which days it is good, which pages are due for a new check, and the sums that lie beside
it. It decides nothing.
"""

import os
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import Path

from overrides.press.checks import Checked

_NAMED = 12  # of more pages that are due, only the number is told besides


def lines(checked: Checked, out: Path) -> list[str]:
    """Three lines and one for each page that is due on the day that the build counts as."""
    site = checked.edition
    day = site.settings.reference_date
    last = max(last for _, last in site.keys.intake_days)
    names = chain.from_iterable(names for _, _, names in os.walk(out))
    count = sum(name.endswith(".html") for name in names)
    return [
        f"{count} pages in {', '.join(site.strings)} for {site.settings.site_url}, in {out.name}, all made anew",
        f"good from {day} to {last}, the last day of its last intake key",
        *_due(checked, day),
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


def sums_of(made: Path) -> str:
    """A line for each file of the folder `made`, by path: its SHA-256, two spaces, the path, as `sha256sum` writes it.

    They mark a release: a build for practice has none, and what was changed, half copied or added since is
    not the site that was checked.
    """
    found = [Path(at) / name for at, _, names in os.walk(made) for name in names]
    lines = ((path.relative_to(made).as_posix(), path.read_bytes()) for path in found)
    return "".join(f"{sha256(octets).hexdigest()}  {path}\n" for path, octets in sorted(lines))


def sums_beside(out: Path) -> Path:
    """Where those of the site `out` lie."""
    return out.with_name(f"{out.name}.sums")
