"""The templates as CloudFormation gets them: SAM's transform carried out offline, then every reference given a value.

An intrinsic function that is not known here is an error: nothing in a policy may stay unread.
"""

import copy
import re
from pathlib import Path
from typing import Any

import boto3
import yaml
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE, FIREWALL = ROOT / "functions" / "template.yaml", ROOT / "functions" / "firewall.yaml"
ACCOUNT, REGION = "111122223333", "eu-central-1"
# What SAM gives a function that names no role; the test has to know what it says, AWS publishes it.
LOGS = {
    "Effect": "Allow",
    "Action": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    "Resource": "*",
}
MANAGED = {"arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole": [LOGS]}
_PSEUDO = {
    "AWS::AccountId": ACCOUNT,
    "AWS::NoValue": None,
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::StackName": "balie",
}
GIVEN = {
    "CertificateArn": f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/00",
    "Domain": "desk.example",
    "FirewallArn": f"arn:aws:wafv2:us-east-1:{ACCOUNT}:global/webacl/firewall/00",
}


class _Loader(yaml.SafeLoader):
    """YAML with the short forms of CloudFormation: `!Ref X` is `{"Ref": "X"}`."""


def _short(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt":
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _short)


def read(path: Path = TEMPLATE) -> dict[str, Any]:
    """A template as it is written."""
    # Not unsafe: the loader is a SafeLoader.
    found: dict[str, Any] = yaml.load(path.read_text("utf-8"), _Loader)
    return found


def resources(
    written: dict[str, Any], *, region: str = REGION, **given: object
) -> dict[str, dict[str, Any]]:
    """The resources that a template makes, by name; SAM's transformed, all references resolved.

    `given` are values of parameters, else their defaults. Raises `KeyError` for a region that no mapping has.
    """
    source = copy.deepcopy(written)
    for one in source["Resources"].values():
        if one["Type"] == "AWS::Serverless::Function":
            one["Properties"]["CodeUri"] = "s3://code/function.zip"  # where SAM's CLI puts the zip
    session = boto3.session.Session(region_name=region)
    made = Translator({}, Parser(), boto_session=session).translate(source, {})
    return _Resolver(made, region, given).resources()


class _Resolver:
    """Gives each reference of a transformed template a value that tells what it refers to."""

    def __init__(self, template: dict[str, Any], region: str, given: dict[str, object]) -> None:
        self._template = template
        defaults = {k: v.get("Default") for k, v in template.get("Parameters", {}).items()}
        self._values = {**_PSEUDO, **defaults, **GIVEN, **given, "AWS::Region": region}

    def resources(self) -> dict[str, dict[str, Any]]:
        found = self._template["Resources"]
        made = {name: one for name, one in found.items() if self._is_made(one)}
        return {name: self._value(one) for name, one in made.items()}

    def _is_made(self, resource: dict[str, Any]) -> bool:
        name = resource.get("Condition")
        return name is None or self._value(self._template["Conditions"][name])

    def _value(self, node: Any) -> Any:
        if isinstance(node, list):
            return [value for one in node if (value := self._value(one)) is not None]
        if not isinstance(node, dict):
            return node
        name = next(iter(node), "")
        if len(node) == 1 and (name == "Ref" or name.startswith("Fn::")):
            return self._called(name, node[name])
        pairs = {key: self._value(one) for key, one in node.items()}
        return {key: value for key, value in pairs.items() if value is not None}

    def _called(self, name: str, given: Any) -> Any:
        if name == "Fn::If":
            condition, yes, no = given
            return self._value(yes if self._value(self._template["Conditions"][condition]) else no)
        if name == "Ref":
            return self._values[given] if given in self._values else self._named(given, "")
        if name == "Fn::GetAtt":
            return self._named(*given)
        if name == "Fn::Sub":
            return re.sub(r"\$\{([^}]+)\}", lambda found: self._substituted(found[1]), given)
        return _PLAIN[name](self._template, self._value(given))

    def _substituted(self, name: str) -> str:
        thing, _, attribute = name.partition(".")
        return str(
            self._called("Fn::GetAtt", [thing, attribute])
            if attribute
            else self._called("Ref", thing)
        )

    def _named(self, thing: str, attribute: str) -> str:
        kind = self._template["Resources"][thing]["Type"]
        arn = {
            "AWS::S3::Bucket": f"arn:aws:s3:::{thing.lower()}",
            "AWS::IAM::Role": f"arn:aws:iam::{ACCOUNT}:role/{thing}",
            "AWS::Lambda::Function": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{thing}",
        }
        if attribute == "Arn":
            return arn[kind]
        if attribute == "FunctionUrl":
            return f"https://{thing.lower()}.lambda-url.{REGION}.on.aws/"
        return f"{thing}.{attribute}" if attribute else thing.lower() if "Bucket" in kind else thing


_PLAIN = {
    "Fn::Equals": lambda _, given: str(given[0]) == str(given[1]),
    "Fn::FindInMap": lambda template, given: template["Mappings"][given[0]][given[1]][given[2]],
    "Fn::Not": lambda _, given: not given[0],
    "Fn::Select": lambda _, given: given[1][int(given[0])],
    "Fn::Split": lambda _, given: given[1].split(given[0]),
}
