#!/usr/bin/env bash
# checkov 3.3.30 and aws-sam-translator 1.115.0: a function of Lambda whose URL asks nobody who they are (AuthType NONE).
#
# Expected: CKV_AWS_258 ("Ensure that Lambda function URLs AuthType is not None") names it, however it is written: as an
# AWS::Lambda::Url, or as the FunctionUrlConfig of an AWS::Serverless::Function, of which SAM makes that AWS::Lambda::Url.
# Other checks of functions, such as CKV_AWS_116, know both ways of writing one.
# Seen: it names the first. Of the second it says nothing, neither failed nor passed.
# Means: with SAM, a clean report does not say that a URL is closed. Ask what the translator makes, or read the property.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" # two environments: checkov pins a boto3 of its own
python3 -m venv "$folder/sam"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check checkov==3.3.30
"$folder/sam/bin/pip" install --quiet --disable-pip-version-check aws-sam-translator==1.115.0
cat >"$folder/sam.json" <<'JSON'
{
  "AWSTemplateFormatVersion": "2010-09-09",
  "Transform": "AWS::Serverless-2016-10-31",
  "Resources": {
    "Hello": {
      "Type": "AWS::Serverless::Function",
      "Properties": {
        "CodeUri": "s3://code/hello.zip",
        "Handler": "hello.handle",
        "Runtime": "python3.14",
        "FunctionUrlConfig": {"AuthType": "NONE"}
      }
    }
  }
}
JSON
"$folder/sam/bin/python" - "$folder/sam.json" "$folder/plain.json" <<'PY'
import json
import sys
from pathlib import Path

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

session = boto3.session.Session(region_name="eu-central-1")
written = json.loads(Path(sys.argv[1]).read_text("utf-8"))
made = Translator({}, Parser(), boto_session=session).translate(written, {})
Path(sys.argv[2]).write_text(json.dumps(made), "utf-8")
print("SAM makes of it:", made["Resources"]["HelloUrl"])
assert made["Resources"]["HelloUrl"]["Properties"]["AuthType"] == "NONE"
PY
said() {
  "$folder/venv/bin/checkov" --framework cloudformation --skip-download --compact -f "$1" -c CKV_AWS_258,CKV_AWS_116 2>/dev/null |
    grep -E '^Check:|FAILED|PASSED' | paste -sd' ' || true
}
"$folder/venv/bin/checkov" --version
echo "as SAM has it: $(said "$folder/sam.json")"
echo "as SAM makes it: $(said "$folder/plain.json")"
said "$folder/plain.json" | grep -q 'CKV_AWS_258.*FAILED'
said "$folder/sam.json" | grep -q 'CKV_AWS_116.*FAILED'
if said "$folder/sam.json" | grep -q CKV_AWS_258; then exit 1; fi
echo "as described"
