"""Says whether a site is what its desk signed. It knows WIRE.md section 6.2, and no other code of this project.

    python3 verify.py URL --site-key FINGERPRINT [--log FILE] [--built FOLDER] [--practice]

It needs PyNaCl, asks once for every file with a plain GET, and prints each thing that is not as it was signed. It ends
with 0: all well, 1: something is wrong, 2: could not look. It does not see what is changed for one reader alone.
"""

import argparse
import base64
import json
import secrets
import sys
from datetime import UTC, date, datetime
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from os.path import commonprefix
from pathlib import Path
from urllib.parse import urlsplit

from nacl.bindings import crypto_core_ed25519_is_valid_point as is_point
from nacl.signing import VerifyKey

NAMES = "version number issued practice site_url source sums files previous"
MOST_BYTES, MOST_LOG_BYTES, OLD_DAYS = 2**26, 2**22, 100
NOT_REBUILT = (".pdf", ".mp3")  # they need fonts or a voice, and stand by their hash alone
NOT_LISTED = {"SHA256SUMS", "manifests.jsonl", "board.bin", "uploaded.json", "_headers"}
CARRIES = """accept-ranges age alt-svc connection content-encoding content-length content-type date etag keep-alive
 last-modified server transfer-encoding vary via x-cache""".split()  # noqa: SIM905 - shorter to read


def demand(holds: object, said: str, code: int = 1) -> None:
    if not holds:  # then nothing after it can be believed
        print(said)
        sys.exit(code)


def get(line: HTTPConnection, path: str, is_first: bool = True) -> tuple:
    """Status, headers and body; no redirect is followed."""
    try:
        line.request("GET", path, headers={"Accept-Encoding": "identity"})
        answer = line.getresponse()
        return answer.status, answer.getheaders(), answer.read(MOST_BYTES)
    except (OSError, HTTPException) as error:
        line.close()  # the server may have closed it since the request before
        demand(is_first, f"could not look at {path}: {error!r}", code=2)
        return get(line, path, is_first=False)


def is_signed(key: bytes, outer: dict) -> bool:
    """WIRE.md section 1.2: the equation, and two points of the subgroup."""
    try:
        signature = bytes.fromhex(outer["signature"])
        VerifyKey(key).verify(b"balie/1 manifest\n" + outer["signed"].encode(), signature)
    except Exception:  # whatever the library has against it
        return False
    return is_point(key) and is_point(signature[:32]) and signature.hex() == outer["signature"]


def exact(text: str, names: str) -> dict:
    value = json.loads(text)
    is_plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")) == text
    demand(is_plain and list(value) == names.split(), "/manifests.jsonl: not the one encoding")
    return value


def read_log(octets: bytes, key: bytes) -> dict:
    """The last manifest, when each names the hash of the line before it."""
    lines, before, ours, one = octets.split(b"\n"), "0" * 64, False, {}
    demand(lines.pop() == b"" and len(octets) <= MOST_LOG_BYTES, "/manifests.jsonl is cut off")
    for number, line in enumerate(lines):
        at = f"/manifests.jsonl: number {number}"
        outer = exact(line.decode(), "signed signature")
        one, signs = exact(outer["signed"], NAMES), is_signed(key, outer)
        is_next = (one["version"], one["number"], one["previous"]) == (1, number, before)
        demand(is_next, f"{at} breaks the chain")
        demand(signs or not ours, f"{at} is not signed by the site key")
        before, ours = sha256(line).hexdigest(), signs  # a site key may change, and then for good
    demand(ours, "/manifests.jsonl is not signed by the site key")
    return one


def faults(at: str, answer: tuple, digest: str, rules: dict, status: int = 200) -> list:
    """What is not as it was signed in the answer to a request for `at`."""
    code, said, body = answer[0], [(name.lower(), value) for name, value in answer[1]], answer[2]
    if code != status:
        return [f"missing: {at} is answered with {code}"]
    found = [] if sha256(body).hexdigest() == digest else [f"changed: {at}"]
    signed = {**rules["default"], **rules["paths"].get(at, {})}
    for name, value in signed.items():
        values = [one for key, one in said if key == name.lower()]
        found += [] if values == [value] else [f"header: {at} {name} is {values or 'missing'}"]
    extra = {name for name, _ in said} - {*map(str.lower, signed), *CARRIES}
    return found + [f"header: {at} {one} is extra" for one in extra if one[:6] != "x-amz-"]


def compare_built(sums: dict, folder: Path) -> list:
    files = {one.relative_to(folder).as_posix(): one for one in folder.rglob("*") if one.is_file()}
    made = {path: sha256(one.read_bytes()).hexdigest() for path, one in files.items()}
    paths = {path for path in {*made, *sums} - NOT_LISTED if not path.endswith(NOT_REBUILT)}
    return [f"built otherwise: {one}" for one in sorted(paths) if made.get(one) != sums.get(one)]


def check(line: HTTPConnection, asked: argparse.Namespace) -> list:
    """A line for each thing that is wrong; the site key is the one whose fingerprint you compared with paper."""
    pin, key_list = asked.site_key, json.loads(get(line, "/keys.json")[2])
    entries = json.loads(key_list["signed"])["keys"]
    keys = [base64.b64decode(one["public"]) for one in entries if one["fingerprint"] == pin]
    demand(keys and sha256(keys[0]).hexdigest() == pin, "/keys.json names another site key")
    signed = read_log(log := get(line, "/manifests.jsonl")[2], keys[0])
    mine = asked.log.read_bytes() if asked.log.exists() else b""
    same = len(commonprefix([log.splitlines(), mine.splitlines()]))  # noqa: RUF071 - of lines
    demand(log.startswith(mine), f"/manifests.jsonl and your copy part at number {same}")
    asked.log.write_bytes(log)
    sums_text = get(line, "/SHA256SUMS")[2]
    demand(sha256(sums_text).hexdigest() == signed["sums"], "/SHA256SUMS is not the signed one")
    sums = dict(one.split("  ")[::-1] for one in sums_text.decode().splitlines())
    rules = get(line, "/headers.json")[2]
    demand(sha256(rules).hexdigest() == sums["headers.json"], "changed: /headers.json")
    age = datetime.now(UTC).date() - date.fromisoformat(signed["issued"])
    found = [] if -1 <= age.days <= OLD_DAYS else [f"signed {age.days} days ago"]
    found += [f"signed for {signed['site_url']}"] if signed["site_url"] != asked.url else []
    found += ["for practice only"] if signed["practice"] and not asked.practice else []
    for path, digest in sums.items():
        at, status = f"/{path}".removesuffix("index.html"), 200
        if path == "404.html":  # it stands wherever nothing else does
            at, status = f"/{secrets.token_hex(8)}", 404
        found += faults(at, get(line, at), digest, json.loads(rules), status)
    return found + (compare_built(sums, asked.built) if asked.built else [])


def main() -> int:
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("url")
    parser.add_argument("--site-key", required=True)
    parser.add_argument("--log", type=Path, default=Path("/dev/null"))
    parser.add_argument("--built", type=Path)
    parser.add_argument("--practice", action="store_true")
    asked = parser.parse_args()
    kind = HTTPSConnection if asked.url.startswith("https:") else HTTPConnection
    try:
        found = check(kind(urlsplit(asked.url).netloc, timeout=60), asked)
    except (ValueError, KeyError, TypeError, RecursionError):
        found = ["a file that should be signed has not the form of WIRE.md section 6.2"]
    print(*(found or ["all well"]), sep="\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
