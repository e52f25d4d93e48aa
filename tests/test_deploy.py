"""Before anything is made at AWS: what would be, in words, and everything that stands in the way, at once.

No account can be had here: what is typed to the SAM CLI is caught by a stand-in for it, and CloudFormation's
answer is canned. tests/stack.yaml stands for the template, which has tests of its own.
"""

import json
import os
import re
import socket
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from functions.cloud import deploy, dry_run, given, stack
from functions.cloud.given import Files
from functions.cloud.refused import Refused
from functions.cloud.stack import Stack
from tests.faults import canned, door
from tests.releases import make_release
from tests.site import key_list
from tests.test_costs import ROOT, SMALL

TEMPLATES = sorted(
    path
    for path in (*(ROOT.parent / "functions").glob("*.yaml"), SMALL)
    if "\nResources:" in path.read_text("utf-8")
)
TEMPLATES_BY_NAME = {path.name: path for path in TEMPLATES}
GIVEN = {
    "region": "eu-west-3",
    "stack": "desk",
    "parameters": {"Domain": "desk.example", "Memory": 256, "AlarmEmail": "board@desk.example"},
}
SETTINGS = {"practice": False, "site_url": "https://desk.example"}


def write(path: Path, value: object) -> None:
    path.write_text(yaml.safe_dump(value), "utf-8")


def pack(path: Path, keys: str, headers: str) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("keys.json", keys)
        packed.writestr("headers.json", headers)
        packed.writestr("functions/cloud/__pycache__/handler.cpython-314.pyc", b"")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    """Give all that a deployment needs, with nothing wrong in it."""
    monkeypatch.setattr(deploy, "MAIN", SMALL)
    firewall = {
        "Parameters": {"AlarmEmail": {"Type": "String"}},
        "Resources": {"Other": {"Type": "AWS::WAFv2::WebACL", "Properties": {}}},
    }
    write(tmp_path / "firewall.yaml", firewall)
    monkeypatch.setattr(deploy, "FIREWALL", tmp_path / "firewall.yaml")
    site = make_release(tmp_path)
    keys = (site / "keys.json").read_text("utf-8")
    (tmp_path / "keys.json").write_text(keys, "utf-8")
    pack(tmp_path / "function.zip", keys, (tmp_path / "site.headers.json").read_text("utf-8"))
    write(tmp_path / "deploy.yml", GIVEN)
    write(tmp_path / "settings.yml", SETTINGS)
    names = {"given": "deploy.yml", "settings": "settings.yml", "keys": "keys.json"}
    names |= {"site": "site", "package": "function.zip"}
    return Files(**{name: tmp_path / path for name, path in names.items()})


def options(files: Files) -> list[str]:
    return [one for name, path in vars(files).items() for one in (f"--{name}", str(path))]


def faults(files: Files) -> list[Refused]:
    main, firewall = stack.read(deploy.MAIN), stack.read(deploy.FIREWALL)
    return list(given.faults(files, given.read(files.given), main, firewall))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_kind_of_resource_has_words(path: Path) -> None:
    """Of each template, with every condition on: a kind without words would be listed as nothing."""
    made = stack.make(stack.read(path), "eu-central-1", {"Plan": "free"})
    lines = list(dry_run.what_will_be(made))
    named = {line.partition(":")[0].strip() for line in lines if line.startswith("  ")}
    assert set(made.resources) <= named


def test_a_kind_without_words_is_refused() -> None:
    """It is named, and where its words belong."""
    with pytest.raises(Refused, match="nobody has said what AWS::S3::Strange is"):
        list(dry_run.what_will_be(Stack({"X": {"Type": "AWS::S3::Strange"}})))


def test_nothing_stands_in_the_way_of_a_whole_set(files: Files) -> None:
    """The fixture itself is right, so that each fault below is its own."""
    assert faults(files) == []
    assert given.runtime(files.package) == "python3.14"


Spoil = Callable[[Files], None]


def changed(**more: object) -> Spoil:
    return lambda files: write(files.given, GIVEN | more)


def parameter(**more: object) -> Spoil:
    return changed(parameters=GIVEN["parameters"] | more)


def practice_keys(files: Files) -> None:
    files.keys.write_text(key_list(), "utf-8")


def other_keys(files: Files) -> None:
    files.keys.write_text(key_list(practice=False, issued="2026-11-23"), "utf-8")


def other_package(files: Files) -> None:
    keys = files.keys.read_text("utf-8")
    pack(files.package, keys, json.dumps({"default": {}, "paths": {}}))


def no_release(files: Files) -> None:
    (files.site / "SHA256SUMS").unlink()


FAULTS: dict[str, Spoil] = {
    "there is no deploy.yml": lambda files: files.given.unlink(),
    "no region is given": changed(region=None),
    "us-east-1 is no region": changed(region="us-east-1"),
    "the stack has no plain name": changed(stack="Desk; rm"),
    "the parameter Domain is missing": parameter(Domain=""),
    "the parameter Domain has a value": parameter(Domain="https://desk.example"),
    "the parameter Memory has a value": parameter(Memory=64),
    "the parameter Plan has a value": parameter(Plan="best"),
    "Colour is no parameter": parameter(Colour="red"),
    "FirewallArn is no parameter": parameter(FirewallArn="arn:x"),
    "there are no settings": lambda files: files.settings.unlink(),
    "settings.yml is for practice": lambda files: write(files.settings, {"practice": True}),
    "the site is built for": lambda files: write(
        files.settings, SETTINGS | {"site_url": "https://other.example"}
    ),
    "there is no key list": lambda files: files.keys.unlink(),
    "keys.json is a practice key list": practice_keys,
    "the release was built with another key list": other_keys,
    "site is no release": no_release,
    "function.zip is not there": lambda files: files.package.unlink(),
    "function.zip is no package": lambda files: files.package.write_bytes(b"PK"),
    "function.zip was made with other keys or headers": other_package,
}


@pytest.mark.parametrize("said", FAULTS)
def test_each_fault_is_refused_with_a_hint(
    files: Files, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the SAM CLI is looked for, with 1; the dry run names it too and ends with 0."""
    FAULTS[said](files)
    found = [str(fault) for fault in faults(files)]
    assert [one for one in found if one.startswith(said) and "\nhint: " in one], found
    assert deploy.main(options(files)) == 1
    assert f"deploy: {said}" in capsys.readouterr().err
    assert deploy.main(["--dry-run", *options(files)]) == 0
    assert f"  {said}" in capsys.readouterr().err


def test_a_file_that_is_no_yaml_is_refused(
    files: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    """The operator's own file, with a tab in it."""
    files.given.write_text("region:\n\teu", "utf-8")
    assert deploy.main(options(files)) == 1
    assert "deploy: deploy.yml cannot be read" in capsys.readouterr().err


def test_a_dry_run_reaches_no_network_and_needs_no_account(
    files: Files, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No socket is opened; what would be made and what it uses is told."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a dry run reached for the network")

    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(deploy, "_sam", refuse)
    assert deploy.main(["--dry-run", *options(files)]) == 0
    said = capsys.readouterr().err
    assert "made at AWS, in eu-west-3:" in said
    assert "  Drop: the function that takes a sealed complaint; it keeps no log" in said
    assert "1,000,000" in said
    assert said.endswith("Nothing stands in the way.\n")


OUTPUTS = {"FirewallArn": "arn:aws:wafv2:us-east-1:1:global/webacl/x/y", "SiteBucketName": "site-1"}
OUTPUTS |= {"DropBucketName": "drop-1", "DistributionDomain": "d.example"}


@pytest.fixture
def typed(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], list[list[str]]]:
    """Put a stand-in in the place of the SAM CLI; gives what was typed to it, with the telemetry's switch."""
    program, record = tmp_path / "bin" / "sam", tmp_path / "typed"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\nimport os, sys\n"
        "if '--version' in sys.argv: print('SAM CLI, version 1.170.0'); sys.exit()\n"
        f"with open({str(record)!r}, 'a') as file:\n"
        "    print(os.environ['SAM_CLI_TELEMETRY'], *sys.argv[1:], sep='\\t', file=file)\n"
        f"sys.exit(os.path.exists({str(tmp_path / 'broken')!r}))\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(deploy.sys, "executable", str(program.with_name("python")))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    return lambda: [line.split("\t") for line in record.read_text("utf-8").splitlines()]


def described(outputs: dict[str, str] | None = None) -> str:
    rows = "".join(
        f"<member><OutputKey>{key}</OutputKey><OutputValue>{value}</OutputValue></member>"
        for key, value in (OUTPUTS if outputs is None else outputs).items()
    )
    one = f"<member><StackName>x</StackName><Outputs>{rows}</Outputs></member>"
    result = f"<DescribeStacksResult><Stacks>{one}</Stacks></DescribeStacksResult>"
    space = 'xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"'
    return f"<DescribeStacksResponse {space}>{result}</DescribeStacksResponse>"


def test_the_firewall_is_made_first_and_its_name_given_to_the_rest(
    files: Files,
    typed: Callable[[], list[list[str]]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Two stacks, in two regions, without telemetry; then what to type next."""
    with door(canned("200 OK", described(), "text/xml")) as opened:
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFORMATION", opened.endpoint)
        assert deploy.main(options(files)) == 0
    first, second = typed()
    assert first[:3] == ["0", "deploy", "--template-file"]
    assert first[-2:] == ["--parameter-overrides", "AlarmEmail=board@desk.example"]
    assert first[4:8] == ["--stack-name", "desk-firewall", "--region", "us-east-1"]
    assert second[4:8] == ["--stack-name", "desk", "--region", "eu-west-3"]
    values = second[second.index("--parameter-overrides") + 1 :]
    assert values == [
        "Domain=desk.example",
        "Memory=256",
        f"FirewallArn={OUTPUTS['FirewallArn']}",
        "Runtime=python3.14",
        "Preload=false",
    ]
    for line in (first, second):
        assert {"--no-fail-on-empty-changeset", "--confirm-changeset", "CAPABILITY_IAM"} < set(line)
    assert "make site-upload BUCKET=site-1" in capsys.readouterr().err


def test_a_no_at_the_question_is_told_and_nothing_more_is_made(
    files: Files,
    typed: Callable[[], list[list[str]]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The SAM CLI ends with 0 then, and leaves a stack that has a name and nothing else."""
    with door(canned("200 OK", described({}), "text/xml")) as opened:
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFORMATION", opened.endpoint)
        assert deploy.main(options(files)) == 1
    assert len(typed()) == 1
    said = "deploy: the stack desk-firewall was not made\nhint: type the same again, and answer y"
    assert said in capsys.readouterr().err


def test_when_the_sam_cli_stops_nothing_more_is_made(
    files: Files,
    typed: Callable[[], list[list[str]]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The second stack would want the first."""
    (tmp_path / "broken").touch()
    assert deploy.main(options(files)) == 1
    assert len(typed()) == 1
    assert "deploy: the SAM CLI stopped with status 1\nhint: " in capsys.readouterr().err


def test_the_sam_cli_is_the_one_that_was_tried(
    files: Files,
    typed: Callable[[], list[list[str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Another version, or none, is refused; the version is the one of the requirements."""
    pinned = (ROOT.parent / "requirements" / "deploy.in").read_text("utf-8").strip()
    assert pinned == f"aws-sam-cli=={deploy._SAM}"
    monkeypatch.setattr(deploy, "_SAM", "2.0.0")
    assert deploy.main(options(files)) == 1
    assert "deploy: the SAM CLI is not 2.0.0" in capsys.readouterr().err
    (tmp_path / "bin" / "sam").unlink()
    assert deploy.main(options(files)) == 1
    assert "deploy: the SAM CLI is not there" in capsys.readouterr().err


def test_the_shipped_sample_has_every_parameter_that_must_be_given(files: Files) -> None:
    """What an operator copies names all of them and no other, so that each blank is seen."""
    sample = yaml.safe_load((dry_run.ROOM / "deploy.yml").read_text("utf-8"))
    real = [stack.read(path).parameters for path in TEMPLATES if path != SMALL]
    asked = {name: one for each in real for name, one in each.items()}
    needed = {name for name, one in asked.items() if "Default" not in one} - set(given.FILLED)
    assert not real or set(sample["parameters"]) == needed
    assert given.read(dry_run.ROOM / "deploy.yml").region == ""
    assert faults(replace(files, given=dry_run.ROOM / "deploy.yml"))


def test_the_manual_names_what_the_templates_give_out() -> None:
    """Each output in the order of an afternoon is one of the template's."""
    manual = (dry_run.ROOM / "README.md").read_text("utf-8")
    named = set(re.findall(r"\b[A-Z][a-z]+(?:RoleArn|BucketName|Domain)\b", manual))
    assert named
    main = stack.read(TEMPLATES_BY_NAME["template.yaml"])
    assert named <= set(main.text["Outputs"])
