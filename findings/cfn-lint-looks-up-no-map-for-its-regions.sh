#!/usr/bin/env bash
# cfn-lint 1.58.0: a map of regions that has no entry for the region for which the template is checked (--regions).
#
# Expected: !FindInMap [Places, !Ref AWS::Region, Name] is E1011 when it is told that the region is us-east-1 and the map has
# eu-central-1 alone, as it is where us-east-1 is written out. Of types that a region lacks it does speak (E3006).
# Seen: with --regions us-east-1 it says nothing of the reference, also with informational rules; written out it is E1011.
# Means: a template that is meant to fail outside its regions passes everywhere; a test has to look up the map itself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cfn-lint==1.58.0
template() {
  cat <<YAML
AWSTemplateFormatVersion: "2010-09-09"
Mappings:
  Places:
    eu-central-1: {Name: Frankfurt}
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      Tags: [{Key: place, Value: !FindInMap [Places, $1, Name]}]
YAML
}
template '!Ref "AWS::Region"' >"$folder/reference.yaml"
template us-east-1 >"$folder/written.yaml"
said() { "$folder/venv/bin/cfn-lint" --include-checks I --regions us-east-1 --format parseable -t "$1" || true; }
"$folder/venv/bin/cfn-lint" --version
echo "by reference: $(said "$folder/reference.yaml")"
echo "written out: $(said "$folder/written.yaml" | cut -d: -f6-)"
test -z "$(said "$folder/reference.yaml")"
said "$folder/written.yaml" | grep -q E1011
echo "as described"
