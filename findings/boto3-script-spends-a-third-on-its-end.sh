#!/usr/bin/env bash
# boto3 1.44.5: what a script costs that makes one S3 client, and what of that comes after its last line.
#
# Expected: a few milliseconds, as Python takes to end; the script has nothing left to do.
# Seen: about a third of all its processor time (0.35 s against 0.25 when the process ends at once, Python 3.11): the seventy thousand
#   objects that a client leaves, most of them out of JSON, are looked through once more. `gc.freeze()` as the last line saves that.
# Means: a program that runs for one request pays for its end, and who times a start by a whole script times that too.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check boto3==1.44.5
"$folder/venv/bin/python" - <<'PY'
import os
import subprocess
import sys

import boto3

print("boto3", boto3.__version__, "on Python", sys.version.split()[0])
MADE = "import boto3; client = boto3.client('s3', region_name='eu-west-1'); "
ENDS = {"as it is": "", "gc.freeze()": "import gc; gc.freeze()", "at once": "import os; os._exit(0)"}


def seconds(end: str) -> float:
    before = os.times()
    subprocess.run([sys.executable, "-c", MADE + end], check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


least = {name: min(seconds(end) for _ in range(9)) for name, end in ENDS.items()}
print(", ".join(f"{name}: {found:.2f} s" for name, found in least.items()))
assert least["as it is"] > 1.2 * least["at once"], "ending costs little now"
assert least["gc.freeze()"] < 0.95 * least["as it is"], "gc.freeze() saves nothing now"
PY
echo "as described"
