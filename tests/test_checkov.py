"""What checkov says of the templates: each finding is known and has a reason, and no reason outlives its finding.

It lives in an environment of its own, beside the one of the tests: it pins boto3 and others for itself.
"""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.policies.template import FIREWALL, TEMPLATE

CHECKOV = Path(sys.prefix) / "checkov" / "bin" / "checkov"
SKIPPED = Path(__file__).parent / "policies" / "checkov.csv"


def test_every_finding_is_known_and_every_reason_needed(tmp_path: Path) -> None:
    """A new finding fails, and so does a reason for one that is no longer there."""
    with SKIPPED.open(encoding="utf-8", newline="") as file:
        skipped = {(one["check"], one["resource"]): one["why"] for one in csv.DictReader(file)}
    said = _checked(tmp_path)
    found = {(one["check_id"], one["resource"]) for one in said["results"]["failed_checks"]}
    summary = said["summary"]
    assert (summary["parsing_errors"], summary["passed"] > 50) == (0, True), summary
    assert (found - skipped.keys(), skipped.keys() - found) == (set(), set())
    assert all(skipped.values())


def _checked(home: Path) -> dict[str, Any]:
    assert CHECKOV.is_file(), "checkov is not there: make .venv/checkov/ready"
    command = [CHECKOV, "--framework", "cloudformation", "--skip-download", "--quiet", "-o", "json"]
    command += ["-f", TEMPLATE, FIREWALL]
    environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    done = subprocess.run(
        command, capture_output=True, text=True, env={**environment, "HOME": str(home)}, cwd=home
    )
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
