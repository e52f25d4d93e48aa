"""What axe finds wrong in a page, by all its rules for WCAG 2.2 A and AA, its best practices and its experiments.

Not by those of level AAA, which nobody promises here.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental")
RULES = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
# The checkbox of the menu stands before all landmarks, since the style opens the menu by it where no script runs. The
# page about accessibility says so. No rule of WCAG; axe calls it a best practice.
KNOWN = {("region", "#drawer")}


def violations(page: Page) -> list[str]:
    """Rule, impact and place of each, whatever its impact.

    From the top of the page: axe takes what lies under the bar just now for a target that is too small.
    """
    page.evaluate("scrollTo(0, 0)")
    found = Axe().run(page, options=RULES).response["violations"]
    places = [(one, " ".join(map(str, node["target"]))) for one in found for node in one["nodes"]]
    return [
        f"{one['id']} ({one['impact']}): {at}" for one, at in places if (one["id"], at) not in KNOWN
    ]
