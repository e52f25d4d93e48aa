"""What the templates make, as CloudFormation gets them: files and parameters in, resources by name out.

SAM's own translator carries out the transform, without a network or an account. It knows no price.
"""

import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any  # what stands in a template: JSON of any shape

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

_REGIONS = (
    "InEurope"  # the mapping without which the template makes nothing: the one list of regions
)
Resource = dict[str, Any]


@dataclass(frozen=True)
class Template:
    """A template as it is written."""

    text: dict[str, Any]

    @property
    def regions(self) -> list[str]:
        """Where it may be deployed."""
        return sorted(self.text.get("Mappings", {}).get(_REGIONS, {}))

    @property
    def parameters(self) -> dict[str, dict[str, Any]]:
        """What it asks for, by name."""
        return dict(self.text.get("Parameters", {}))


@dataclass(frozen=True)
class Stack:
    """What is made of a template with some values: resources by name, every parameter filled in."""

    resources: dict[str, Resource] = field(default_factory=dict)

    def of(self, kind: str) -> list[Resource]:
        """The properties of all resources of one type."""
        return [one.get("Properties", {}) for one in self.resources.values() if one["Type"] == kind]


def read(path: Path) -> Template:
    """Read a template."""
    return Template(yaml_parse(path.read_text("utf-8")))


def make(template: Template, region: str, given: dict[str, object]) -> Stack:
    """The resources that a deployment with the values `given` makes, else with the defaults."""
    text = copy.deepcopy(template.text)
    for one in text["Resources"].values():
        if one["Type"] == "AWS::Serverless::Function":
            one["Properties"]["CodeUri"] = "s3://bucket/key"  # where the SAM CLI puts the zip
    session = boto3.session.Session(region_name=region)
    translator = Translator({}, Parser(), boto_session=session)
    made = translator.translate(text, {})
    translator.metrics.publish()  # to nobody; else it complains at the end of the process
    values = {name: one.get("Default") for name, one in template.parameters.items()} | given
    filled = _Filled(values, made.get("Conditions", {}))
    return Stack(
        {
            name: filled.value(one)
            for name, one in made["Resources"].items()
            if "Condition" not in one or filled.holds(one["Condition"])
        }
    )


@dataclass(frozen=True)
class _Filled:
    values: dict[str, object]
    conditions: dict[str, Any]

    def value(self, found: Any) -> Any:
        """A value with its parameters filled in; what only AWS knows stays as it is written."""
        match found:
            case {"Ref": str(name)} if name in self.values:
                return self.values[name]
            case {"Fn::If": [str(name), then, otherwise]}:
                return self.value(then if self.holds(name) else otherwise)
            case dict():
                return {key: self.value(one) for key, one in found.items()}
            case list():
                return [self.value(one) for one in found]
        return found

    def holds(self, name: str) -> bool:
        return self._is_true(self.conditions[name])

    def _is_true(self, condition: Any) -> bool:
        match condition:
            case {"Fn::Equals": [one, other]}:
                return bool(str(self.value(one)) == str(self.value(other)))
            case {"Fn::Not": [inner]}:
                return not self._is_true(inner)
            case {"Fn::And": [*inner]}:
                return all(map(self._is_true, inner))
            case {"Fn::Or": [*inner]}:
                return any(map(self._is_true, inner))
            case {"Condition": str(name)}:
                return self.holds(name)
        raise ValueError(f"a condition that is not known here: {condition}")
