"""Puts the drop and the edge up at AWS: `make deploy`, or `make deploy DRY=1` to see it first.

The operator's files come in, two stacks go out: the firewall in the one region where the edge finds it, then
everything else. The SAM CLI does the work and asks before it changes anything; here stands what it may not be
given: practice keys, a release that is none, a region outside Europe. Twice the same changes nothing.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from functions.cloud import dry_run, given, stack
from functions.cloud.given import Files, Given
from functions.cloud.refused import Refused
from functions.cloud.stack import Stack, Template

ROOM = Path(__file__).resolve().parents[1]
MAIN, FIREWALL = ROOM / "template.yaml", ROOM / "firewall.yaml"
FIREWALL_REGION = "us-east-1"  # CloudFront takes its firewall from nowhere else
_SAM = "1.170.0"  # requirements/deploy.in
_YES = "type the same again, and answer y when it asks"
_NEXT = """\
Next, in this order:
  make site-upload BUCKET={SiteBucketName}
  python -m functions probe s3:{DropBucketName}
  and let the DNS record of the domain point to {DistributionDomain}"""


@dataclass(frozen=True)
class Templates:
    """The two of them as they are written."""

    main: Template
    firewall: Template

    def stack(self, values: Given) -> Stack:
        """All that both make."""
        region = values.region if values.region in self.main.regions else self.main.regions[0]
        found = stack.make(self.main, region, values.of(self.main)).resources
        first = stack.make(self.firewall, FIREWALL_REGION, values.of(self.firewall))
        return Stack(first.resources | found)


def command(template: Path, name: str, region: str, parameters: dict[str, object]) -> list[str]:
    """What is typed to the SAM CLI for one stack."""
    line = ["deploy", "--template-file", str(template), "--stack-name", name, "--region", region]
    line += ["--capabilities", "CAPABILITY_IAM", "--resolve-s3", "--confirm-changeset"]
    line += ["--no-fail-on-empty-changeset", "--no-progressbar"]
    if parameters:
        line += ["--parameter-overrides", *(f"{key}={one}" for key, one in parameters.items())]
    return line


def deploy(files: Files, values: Given, templates: Templates) -> None:
    """Make or change both stacks. Raises `Refused`."""
    sam = _sam()
    name = f"{values.stack}-firewall"
    _run(sam, command(FIREWALL, name, FIREWALL_REGION, values.of(templates.firewall)))
    made = _outputs(name, FIREWALL_REGION)
    filled = {"FirewallArn": made["FirewallArn"], "Runtime": given.runtime(files.package)}
    filled["Preload"] = given.preload(files.site)
    _run(sam, command(MAIN, values.stack, values.region, values.of(templates.main) | filled))
    _say([_NEXT.format_map(_outputs(values.stack, values.region))])


def _sam() -> Path:
    """The SAM CLI of this Python, of the version that was tried."""
    sam = Path(sys.executable).with_name("sam")
    try:
        done = subprocess.run(  # noqa: S603 - no shell, no words from outside
            [sam, "--version"], capture_output=True, text=True, check=True, env=_environment()
        )
    except (OSError, subprocess.CalledProcessError):
        raise Refused("the SAM CLI is not there", "type: make deploy, which installs it") from None
    if _SAM not in done.stdout:
        raise Refused(f"the SAM CLI is not {_SAM}", "remove var/sam, then type: make deploy")
    return sam


def _environment() -> dict[str, str]:
    return os.environ | {"SAM_CLI_TELEMETRY": "0"}  # else it tells its makers of every run


def _run(sam: Path, line: list[str]) -> None:
    done = subprocess.run([sam, *line], env=_environment())  # noqa: S603 - checked values, no shell
    if done.returncode:
        hint = "what it says stands above; repair that and type the same again"
        raise Refused(f"the SAM CLI stopped with status {done.returncode}", hint)


def _outputs(name: str, region: str) -> dict[str, str]:
    import boto3  # here, since a dry run needs no AWS
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        client: Any = boto3.session.Session().client("cloudformation", region_name=region)
        found = client.describe_stacks(StackName=name)["Stacks"][0]
    except (BotoCoreError, ClientError, IndexError) as error:
        raise Refused(f"the stack {name} is not there ({type(error).__name__})", _YES) from None
    if not found.get("Outputs"):  # after a no it has a name and nothing else
        raise Refused(f"the stack {name} was not made", _YES)
    return {one["OutputKey"]: one["OutputValue"] for one in found["Outputs"]}


def preview(files: Files, values: Given, templates: Templates) -> Iterable[str]:
    """All lines of a dry run."""
    found = templates.stack(values)
    yield f"This would be made at AWS, in {values.region or 'the region that you choose'}:"
    yield ""
    yield from dry_run.what_will_be(found)
    yield ""
    yield "What it uses in a month; prices stand in functions/cloud/prices.yml:"
    yield ""
    try:
        yield from dry_run.what_it_costs(found, dry_run.sizes(files.site))
    except Refused as refused:
        yield f"  not counted: {refused}"
    faults = list(given.faults(files, values, templates.main, templates.firewall))
    yield ""
    yield "Nothing stands in the way." if not faults else "What stands in the way:"
    for fault in faults:
        yield f"  {str(fault).replace(chr(10), chr(10) + '  ')}"


def main(arguments: list[str] | None = None) -> int:
    """Command line; 0 when it is done or shown, 1 when something stands in the way."""
    parser = argparse.ArgumentParser(prog="python -m functions.cloud.deploy", description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="make nothing, say what would be")
    for name, path in vars(Files()).items():
        parser.add_argument(f"--{name}", type=Path, default=path)
    told = vars(parser.parse_args(arguments))
    is_dry, files = told.pop("dry_run"), Files(**told)
    try:
        values = given.read(files.given)
        templates = Templates(stack.read(MAIN), stack.read(FIREWALL))
        if is_dry:
            _say(preview(files, values, templates))
            return 0
        faults = list(given.faults(files, values, templates.main, templates.firewall))
        if not faults:
            deploy(files, values, templates)
    except Refused as refused:
        faults = [refused]
    _say(f"deploy: {fault}" for fault in faults)
    return 1 if faults else 0


def _say(lines: Iterable[str]) -> None:
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main())
